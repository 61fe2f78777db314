#include "app/report/formulas_zh.h"

#include <array>

namespace callmill {
namespace {

using Entry = std::pair<std::string_view, std::string_view>;

constexpr std::array kCalls = {
    Entry{"(A + B + D - answered at once) / (A + B + D)", "(A + B + D - 立即接通) / (A + B + D)"},
    Entry{"(A + callbacks made) / (A + B + C + D)", "(A + 已回拨) / (A + B + C + D)"},
    Entry{"(talk + hold + wrap) / A", "(通话 + 保持 + 话后) / A"},
    Entry{"50 % of A + B wait no longer, mean over days",
          "A + B 中 50% 的等待不超过此值，按天平均"},
    Entry{"80 % of A + B wait no longer, mean over days",
          "A + B 中 80% 的等待不超过此值，按天平均"},
    Entry{"95 % of A + B wait no longer, mean over days",
          "A + B 中 95% 的等待不超过此值，按天平均"},
    Entry{"G: out of a queue", "G：从队列转出"},
    Entry{"Gm: out of a menu", "Gm：从菜单转出"},
    Entry{"Is, notices left out / entered the menu", "Is(不含队列前公告) / 进入菜单"},
    Entry{"K: on lines that failed", "K：因线路故障"},
    Entry{"attempts after the caller's first / N", "首次之后的呼入 / N"},
    Entry{"longest wait, mean over days", "最长等待，按天平均"},
    Entry{"passed on / A", "转出 / A"},
    Entry{"refused / (O + refused)", "拒绝 / (O + 拒绝)"},
    Entry{"refused by a full queue, part of X", "队列已满而拒绝，X 的一部分"},
    Entry{"talk / A", "通话 / A"},
    Entry{"wait of abandoned / B", "放弃者等待 / B"},
    Entry{"wait of answered / A", "接通者等待 / A"},
    Entry{"wait of answered and abandoned / (A + B)", "接通者与放弃者等待 / (A + B)"},
    Entry{"wrap / A", "话后 / A"},
    Entry{"hold / A", "保持 / A"},
};

constexpr std::array kAgents = {
    Entry{"(talk + available) / signed-in", "(通话 + 空闲) / 签入"},
    Entry{"talks and chats of agents / signed-in hours", "坐席通话与会话 / 签入小时"},
    Entry{"available / contacts taken", "空闲 / 受理量"},
    Entry{"busy / (busy + available); busy = talk + wrap + desk + chat",
          "忙碌 / (忙碌 + 空闲)；忙碌 = 通话 + 话后 + 工单 + 会话"},
    Entry{"busy / signed-in", "忙碌 / 签入"},
    Entry{"busy time / time", "忙碌时间 / 时间"},
    Entry{"desk / signed-in", "工单 / 签入"},
    Entry{"dials", "外呼次数"},
    Entry{"reached / dials", "接通 / 外呼次数"},
    Entry{"signed-in time / time", "签入时间 / 时间"},
    Entry{"talk / signed-in", "通话 / 签入"},
    Entry{"time of all chats at agents, after-work included / time with a chat or several",
          "全部会话的时间(含会话后处理) / 有会话的时间"},
    Entry{"time with a chat or several / signed-in", "有会话的时间 / 签入"},
    Entry{"wrap / signed-in", "话后 / 签入"},
};

constexpr std::array kPeople = {
    Entry{"break / signed-in", "小休 / 签入"},
    Entry{"coaching / signed-in", "辅导 / 签入"},
    Entry{"meal / signed-in", "用餐 / 签入"},
    Entry{"meeting / signed-in", "会议 / 签入"},
    Entry{"no_answer / signed-in", "未应答 / 签入"},
    Entry{"not picked up / rings", "未应答 / 振铃"},
    Entry{"other / signed-in", "其他 / 签入"},
    Entry{"present shifts / planned shifts", "到岗班次 / 计划班次"},
    Entry{"time in the scheduled state / scheduled time", "处于计划状态的时间 / 计划时间"},
    Entry{"time worked / time scheduled to work", "实际工作时间 / 计划工作时间"},
    Entry{"training / signed-in", "培训 / 签入"},
};

constexpr std::array kLines = {
    Entry{"busy line-time / line-time", "占用线时 / 线时"},
    Entry{"calls on lines that failed, answered or not", "故障线路上的来电，不论是否接通"},
    Entry{"calls that found no line here and tried the next group",
          "本组无空闲线、转试下一中继组的来电"},
    Entry{"line-time in service / time", "可用线时 / 时间"},
    Entry{"most lines busy at once, mean over days", "同时占用的最多线数，按天平均"},
    Entry{"of X, no line was free", "X 中无空闲中继"},
    Entry{"of X, no port of the menus was free", "X 中无空闲 IVR 端口"},
    Entry{"of the calls cut, talks with agents", "中断来电中与坐席通话者"},
};

constexpr std::array kStories = {
    Entry{"P who hung up in the menu, never served / P", "P 中在菜单挂断且未获服务者 / P"},
    Entry{"P never served, blocked, abandoned or cut off at last, who call no more / P",
          "P 中末次被呼损、放弃或断开，未获服务且不再来电者 / P"},
    Entry{"P who left a message that nobody works off, never served / P",
          "P 中留言而无人处理、未获服务者 / P"},
    Entry{"P who were served, whose matter is open and who call no more / P",
          "P 中已获服务、问题未解决且不再来电者 / P"},
    Entry{
        "P who still wait, or for a callback or the answer to a message, when the run is over / P",
        "P 中运行结束时仍在等待、待回拨或待答复留言者 / P"},
    Entry{"P whose next call lies after the end of the run / P", "P 中下次来电在运行期之后者 / P"},
    Entry{"attempts of P, by call or chat / P", "P 的呼入与会话次数 / P"},
    Entry{"time from first ring to first answer / Ps", "首次振铃至首次接通的时间 / Ps"},
    Entry{"contacts with an agent", "坐席受理的服务"},
    Entry{"100 (promoters - detractors) / contacts not cut short",
          "100 (推荐者 - 贬损者) / 未中断的服务量"},
    Entry{"100 (promoters - detractors) / answers to this question",
          "100 (推荐者 - 贬损者) / 回答此问的量"},
    Entry{"F coded settled / F", "F 中坐席标记已解决 / F"},
    Entry{"F judged settled / F checked", "F 中质检判为已解决 / 抽检的 F"},
    Entry{"F not followed by a call of the same number within the window / F",
          "F 中时限内同号码未再来电 / F"},
    Entry{"F settled / F", "F 中已解决 / F"},
    Entry{"F who say settled / F who answer", "F 中答“已解决” / 参评的 F"},
    Entry{"Q settled / Q", "Q 中已解决 / Q"},
    Entry{"answers to this question / surveys offered", "回答此问的量 / 邀评量"},
    Entry{"satisfied / contacts not cut short", "满意 / 未中断的服务量"},
    Entry{"X for want of a line or port / N", "因线路或端口不足的 X / N"},
    Entry{"satisfied / answers to this question", "满意 / 回答此问的量"},
    Entry{"self-served and settled / self-served", "自助且已解决 / 自助完成"},
    Entry{"surveys answered / offered", "参评量 / 邀评量"},
};

constexpr std::array kMoney = {
    Entry{"contacts answered x value + settled contacts x value",
          "接起的服务 × 单价 + 已解决服务 × 单价"},
    Entry{"busy line-time x price of a minute", "占用线时 × 每分钟单价"},
    Entry{"callers who gave up x value", "流失来电人 × 单价"},
    Entry{"cost / (A1 + chats answered + callbacks made)", "成本 / (A1 + 接起的会话 + 已回拨)"},
    Entry{"lines x rent", "线数 × 租金"},
    Entry{"list x price a number", "名单 × 每号单价"},
    Entry{"list x cost a number", "名单 × 每号单价"},
    Entry{"overtime and people called in x price", "加班与应急到岗时间 × 单价"},
    Entry{"revenue - cost", "收入 - 成本"},
    Entry{"signed-in time x wage, extra time apart", "签入时间 × 工资，加班另计"},
    Entry{"wages + extra time + lines + call minutes + lost callers + list checks",
          "工资 + 加班 + 中继 + 通话费 + 流失 + 名单过滤"},
};

constexpr std::array kRules = {
    Entry{"agents back early from a break", "提前结束小休的坐席"},
    Entry{"agents lent to another group", "借调到其他组的坐席"},
    Entry{"calls refused by a rule, part of X", "规则拒接的来电，X 的一部分"},
    Entry{"extra time x its price", "加班时间 × 单价"},
    Entry{"people called in", "应急到岗人数"},
    Entry{"time a rule was on", "规则生效的时间"},
    Entry{"time of overtime and of people called in", "加班与应急到岗的时间"},
    Entry{"times a rule fired", "规则触发的次数"},
};

constexpr std::array kOutbound = {
    Entry{"(dropped + hung up without an agent) / live answers",
          "(拨号器挂断 + 等不到坐席而挂断) / 真人接听"},
    Entry{"1 - live answers / dials", "1 - 真人接听 / 外呼次数"},
    Entry{"C - made - failed, when the day is over", "C - 完成 - 失败，当天结束时"},
    Entry{"C / offers", "C / 提供"},
    Entry{"acceptance to answer, of those made", "从接受到接听，仅计完成者"},
    Entry{"answer to agent, of the talks", "从接听到坐席，仅计通话"},
    Entry{"busy / dials", "用户忙 / 外呼次数"},
    Entry{"callbacks answered by the caller", "客户接听的回拨"},
    Entry{"callbacks whose last try failed", "最后一次拨打仍失败的回拨"},
    Entry{"dials of the dialler", "拨号器外呼次数"},
    Entry{"dropped / live answers", "拨号器挂断 / 真人接听"},
    Entry{"invalid numbers / dials", "空号 / 外呼次数"},
    Entry{"invalid numbers taken off the list", "从名单剔除的空号"},
    Entry{"live answers / dials", "真人接听 / 外呼次数"},
    Entry{"live answers that found an agent", "接通坐席的真人接听"},
    Entry{"machines / dials", "语音信箱 / 外呼次数"},
    Entry{"made / C", "完成 / C"},
    Entry{"network failures / dials", "网络故障 / 外呼次数"},
    Entry{"no answer / dials", "无人接听 / 外呼次数"},
    Entry{"numbers dialled at least once / list", "至少拨过一次的号码 / 名单"},
    Entry{"numbers done with / list", "已办结的号码 / 名单"},
    Entry{"offers", "提供次数"},
    Entry{"out of reach / dials", "不在服务区 / 外呼次数"},
    Entry{"persons who answered", "真人接听"},
    Entry{"refused / dials", "拒接 / 外呼次数"},
    Entry{"numbers talked with at least once / list", "至少通话一次的号码 / 名单"},
    Entry{"telephones off / dials", "关机 / 外呼次数"},
    Entry{"tries / (made + failed)", "拨打次数 / (完成 + 失败)"},
};

constexpr std::array kDeferred = {
    Entry{"Ha", "Ha"},
    Entry{"Ha / (Ha + Hb)", "Ha / (Ha + Hb)"},
    Entry{"W, those open at the start of the run included", "W，含运行开始时的积压"},
    Entry{"Wd, of those that came in the period", "Wd，仅计该时段到达者"},
    Entry{"age of an open message, mean over time", "未办结工单的时长，按时间平均"},
    Entry{"done by their deadline / W whose deadline lies within the run",
          "按时办结 / 时限在运行期内的 W"},
    Entry{"first reply within the queue's time / (Ha + Hb)", "时限内首次回复 / (Ha + Hb)"},
    Entry{"open messages, mean over the open hours", "未办结工单，按营业时间平均"},
    Entry{"time from coming to done / Wd", "到达至办结的时间 / Wd"},
    Entry{"time from first reply to end / chats over", "首次回复至结束的时间 / 结束的会话"},
    Entry{"wait of answered chats / Ha", "接起会话的等待 / Ha"},
    Entry{"waiting or at an agent when the centre closes, all days",
          "下班时在等待或在坐席处的会话，各天合计"},
};

template <std::size_t... Sizes>
constexpr auto join(const std::array<Entry, Sizes>&... parts) {
  std::array<Entry, (Sizes + ...)> all{};
  std::size_t n = 0;
  const auto add = [&](const auto& part) {
    for (const Entry& entry : part) all[n++] = entry;
  };
  (add(parts), ...);
  return all;
}

constexpr auto kAll =
    join(kCalls, kAgents, kPeople, kLines, kStories, kMoney, kRules, kOutbound, kDeferred);

}  // namespace

std::span<const std::pair<std::string_view, std::string_view>> formulas_in_chinese() {
  return kAll;
}

}  // namespace callmill
