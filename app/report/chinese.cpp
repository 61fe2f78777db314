#include "app/report/chinese.h"

#include <array>

#include "app/report/formulas_zh.h"
#include "app/report/phrases.h"

namespace callmill {
namespace {

constexpr std::array kPhrases = {
    // rules that a plan file breaks
    Phrase{"{} works {}, and the centre is open {}", "{0} 的班次为 {1}，而中心开放时间为 {2}"},
    Phrase{"{} has more than one shift of the day", "{0} 当天不止一个班次"},
    Phrase{"give each shift an agent of its own", "请为每个班次安排不同的坐席"},
    Phrase{"{} works a shift of no kind that the scenario has", "{0} 的班次不属于场景中的任何班次"},
    Phrase{"kinds of shift: {}", "可用班次：{0}"},
    Phrase{"{} works {}, which is a shift of {}", "{0} 排了 {1}，而该班次属于 {2}"},
    Phrase{"{} works {}; {} lasts {}", "{0} 的班次长 {1}，{2} 应为 {3}"},
    Phrase{"{} begins at {}; {} begins from {} to {}, every {}",
           "{0} 于 {1} 上班；{2} 的上班时间为 {3} 至 {4}，每 {5} 一档"},
    Phrase{"the nearest is {}", "最近的上班时间是 {0}"},
    Phrase{"{} has {} break(s); {} has {}", "{0} 有 {1} 次休息，{2} 应有 {3} 次"},
    Phrase{"{} has a {} of {}; it lasts {}", "{0} 的 {1} 长 {2}，应为 {3}"},
    Phrase{"{} has the {} at {}; it begins between {} and {}",
           "{0} 的 {1} 于 {2} 开始，应在 {3} 至 {4} 之间开始"},
    Phrase{"{} has the {} {}, which is not within the shift or not after the one before",
           "{0} 的 {1}（{2}）不在班次之内，或早于上一次休息"},
    Phrase{"{} agents work {}; max_agents is {}", "{1} 排了 {0} 人，max_agents（人数上限）为 {2}"},
    Phrase{"{} agents work {}; min_agents is {}", "{1} 排了 {0} 人，min_agents（人数下限）为 {2}"},
    Phrase{"{} works {}; {} lasts {}, and up to {} more by steps of {}",
           "{0} 的班次长 {1}，{2} 应为 {3}，最多可延长 {4}（每 {5} 一档）"},
    Phrase{"{} is off {}; {} is worked in one stretch", "{0} 于 {1} 离岗；{2} 不是分段班"},
    Phrase{"{} works in one stretch; {} is split", "{0} 连续上班；{1} 是分段班"},
    Phrase{"{} is off {}; {} is split between {} and {} for {} to {}, by steps of {}",
           "{0} 于 {1} 离岗；{2} 应在 {3} 至 {4} 之间离岗 {5} 至 {6}，每 {7} 一档"},
    Phrase{"limit {} counts {} of {} agents; {} is {}",
           "限制 {0} 计得 {1} 人（共 {2} 人），{3} 为 {4}"},
    Phrase{"limit {}: {} agents are at work at {}; {} is {}",
           "限制 {0}：{2} 时在席 {1} 人，{3} 为 {4}"},
    Phrase{"limit {}: {} agents are on duty at {}; {} is {}",
           "限制 {0}：{2} 时在岗 {1} 人，{3} 为 {4}"},
    Phrase{"lines.{} has no number of lines, neither here nor in the scenario",
           "lines.{0} 的线数在方案与场景中都没有给出"},
    Phrase{"add a row with lines {} and count 20", "请加一行，lines 列为 {0}，count 列为 20"},
    // rules of one person that a roster breaks
    Phrase{"{} works {} on a fixed day off", "{0} 在固定休息日排了 {1}"},
    Phrase{"{} does not work {}, which is fixed", "{0} 未排固定的班次 {1}"},
    Phrase{"{} works {} without the skill {}", "{0} 排了 {1}，但没有技能 {2}"},
    Phrase{"{} works {} on a day; at most {}", "{0} 一天工作 {1}，最多 {2}"},
    Phrase{"{} works more shifts {} than {}", "{0} 的 {1} 班次超过 {2} 个"},
    Phrase{"{} works {} the day after {}, which must not be", "{0} 在 {2} 的次日排了 {1}，不允许"},
    Phrase{"{} rests {} between {} and {}; at least {}",
           "{0} 在 {2} 与 {3} 之间休息 {1}，至少 {4}"},
    Phrase{"{} works {} days in a row; at most {}", "{0} 连续工作 {1} 天，最多 {2} 天"},
    Phrase{"{} works {} day(s) in a row; at least {}", "{0} 连续工作仅 {1} 天，至少 {2} 天"},
    Phrase{"{} has {} day(s) off in a row; at least {}", "{0} 连续休息仅 {1} 天，至少 {2} 天"},
    Phrase{"{} works more than {} nights in a row", "{0} 连续夜班超过 {1} 个"},
    Phrase{"{} works {} in a week; at most {}", "{0} 一周工作 {1}，最多 {2}"},
    Phrase{"{} has {} day(s) off in a week; at least {}", "{0} 一周休息 {1} 天，至少 {2} 天"},
    Phrase{"{} works {} of overtime; at most {}", "{0} 加班 {1}，最多 {2}"},
    Phrase{"{} works {} in all; at most {}", "{0} 总工时 {1}，最多 {2}"},
    Phrase{"{} works {} in all; at least {}", "{0} 总工时 {1}，至少 {2}"},
    Phrase{"{} works on {} weekends; at most {}", "{0} 有 {1} 个周末上班，最多 {2} 个"},
    // the same as rules
    Phrase{"at most {} weekends", "最多 {0} 个周末上班"},
    Phrase{"at most {} nights in a row", "最多连续 {0} 个夜班"},
    Phrase{"at least {} day(s) of work in a row", "至少连续工作 {0} 天"},
    Phrase{"at least {} day(s) off in a row", "至少连续休息 {0} 天"},
    Phrase{"at most {} days of work in a row", "最多连续工作 {0} 天"},
    Phrase{"at least {} day(s) off in a week", "每周至少休息 {0} 天"},
    Phrase{"at least {} of rest between shifts", "班次之间至少休息 {0}"},
    Phrase{"at most {} of overtime", "加班最多 {0}"},
    Phrase{"at most {} in a week", "每周最多 {0}"},
    Phrase{"at most {} on a day", "每天最多 {0}"},
    Phrase{"at most {} in all", "总工时最多 {0}"},
    Phrase{"at least {} in all", "总工时至少 {0}"},
    Phrase{"at most {} shifts {}", "{1} 班次最多 {0} 个"},
    Phrase{"{} needs the skill {}", "{0} 需要技能 {1}"},
    Phrase{"{} must not be the day after {}", "{1} 的次日不得排 {0}"},
    Phrase{"day {} is fixed to {}", "第 {0} 天固定为 {1}"},
    // why a plan is as it is, or why there is none (explain.h)
    Phrase{"{} to {} has only agents of these shifts", "{0} 至 {1} 只有这些班次的坐席"},
    Phrase{"max_agents of '{}' is {} instead of {}",
           "'{0}' 的 max_agents（人数上限）为 {1}（原为 {2}）"},
    Phrase{"'{}' may begin from {} instead of {}", "'{0}' 最早可于 {1} 上班（原为 {2}）"},
    Phrase{"'{}' may begin until {} instead of {}", "'{0}' 最晚可于 {1} 上班（原为 {2}）"},
    Phrase{"'{}' may begin every {} instead of {}", "'{0}' 每 {1} 一档上班时刻（原为 {2}）"},
    Phrase{"'{}' begins from {} to {}, every {}", "'{0}' 的上班时间为 {1} 至 {2}，每 {3} 一档"},
    Phrase{"'{}' begins at {}", "'{0}' 于 {1} 上班"},
    Phrase{"breaks of '{}' begin within their windows", "'{0}' 的休息须在时间窗内开始"},
    Phrase{"break windows of '{}' are wider by {} at both ends",
           "'{0}' 的休息时间窗两端各放宽 {1}"},
    Phrase{"break windows of '{}' are as wide as they can be", "'{0}' 的休息时间窗放到最宽"},
    Phrase{"'{}' lasts {} instead of {}", "'{0}' 时长为 {1}（原为 {2}）"},
    Phrase{"'{}' lasts {}", "'{0}' 时长为 {1}"},
    Phrase{"'{}' may also last {}", "'{0}' 另可时长 {1}"},
    Phrase{"{} agent-hours hired at {} an hour: {}", "按时段外聘 {0} 坐席小时，每小时 {1}：{2}"},
    Phrase{"ivr.ports is {} instead of {}", "ivr.ports（IVR 端口数）为 {0}（原为 {1}）"},
    Phrase{"groups.{}.staff has {} more at all its hours", "groups.{0}.staff 各时段均增加 {1} 人"},
    Phrase{"{} instead of {}", "{0}（原为 {1}）"},
    Phrase{"{} over the day", "{0}，全天"},
    Phrase{"{} in each interval", "{0}，每个时段"},
    Phrase{"Erlang A, each interval by itself", "Erlang A，各时段单独计算"},
    Phrase{"what intervals hand on, and breaks to the minute (the exact day)",
           "时段间的延续与逐分钟的休息（瞬态精确法）"},
    Phrase{"simulated: lines, menus, mixes of callers", "仿真：线数、菜单、各类来话混合"},
    Phrase{"laws of talk, wrap-up and patience as they are, not exponential",
           "通话、话后处理与耐心的实际分布（非指数）"},
    Phrase{"callers who hang up at once, or never", "立即挂断或永不挂断的来话者"},
    Phrase{"redials of callers who found no line", "遇忙（呼损）后的重拨"},
    Phrase{"attendance, experience, fatigue and speed of agents", "坐席的出勤、经验、疲劳与快慢"},
    Phrase{"busy and quiet days", "忙日与闲日的波动"},
    Phrase{"events of the day and rules of the floor", "当天的突发事件与现场规则"},
    Phrase{"calls that other groups take over (overflow, flex agents)",
           "其他坐席组接走的电话（溢出、机动坐席）"},
    Phrase{"rules that cannot hold together", "不能同时成立的规则"},
    Phrase{"what would help", "何种放宽有效"},
    Phrase{"the cheapest of them simulated", "仿真其中最省的一种"},
    Phrase{"which rule costs most", "哪条规则代价最大"},
    Phrase{"formula and simulation", "公式与仿真"},
    Phrase{"one agent more, one fewer: simulated", "增减一名坐席：仿真"},
    Phrase{"one agent more, one fewer: what it costs", "增减一名坐席：成本"},
    // why a plan fails
    Phrase{"targets hold on {} of days [{}, {}], wanted {}: days differ by more than staff can "
           "answer for, or more fresh days are needed to show it",
           "{0} 的日子里目标达成 [{1}, {2}]，要求 "
           "{3}：日间差异大于人力所能应对，或需要更多新日来证实"},
    Phrase{"no plan was found whose targets hold on {} of days: the plan printed holds on average",
           "未找到在 {0} 的日子里达成目标的方案：所打印的方案为平均达标"},
    Phrase{
        "{}; {}% of the blocked found none of the {} ports of ivr.ports, which plan does not size",
        "{0}；其中 {1}% 的呼损是因为 {2} 个 IVR 端口（ivr.ports）全忙，plan 不计算端口数"},
    Phrase{"{} is {} [{}, {}], wanted {} after {} rounds of more lines",
           "{0} 为 {1} [{2}, {3}]，要求 {4}；已加中继 {5} 轮"},
    Phrase{
        "{} is {} [{}, {}], wanted {}: more staff would lower it, and shifts and the other targets "
        "ask for these agents",
        "{0} 为 {1} [{2}, {3}]，要求 {4}：增加人力只会使其更低，而班次与其他目标需要这些坐席"},
    Phrase{"{} is {} [{}, {}], wanted {}: no group with shifts stands first in its queue's route",
           "{0} 为 {1} [{2}, {3}]，要求 {4}：没有可排班的坐席组排在其队列路由的首位"},
    Phrase{"{} is {} [{}, {}], wanted {} with {} times the staff that Erlang A asks for",
           "{0} 为 {1} [{2}, {3}]，要求 {4}；人力已达 Erlang A 需求的 {5} 倍"},
    Phrase{"{} needs {} agents, shifts can reach {}: {}",
           "{0} 需要 {1} 名坐席，班次最多可达 {2}：{3}"},
    Phrase{"{}: no cover by these shifts holds the targets of the day",
           "{0}：这些班次没有一种排法能达到全天目标"},
    Phrase{"{}: the solver found no cover within its time limit", "{0}：求解器在时限内未找到排班"},
    Phrase{"{}: no plan keeps these limits together: {}", "{0}：以下限制无法同时满足：{1}"},
    Phrase{"limit {} allows {}", "限制 {0} 只允许 {1} 人"},
    Phrase{"limit {} is used up", "限制 {0} 已用尽"},
    Phrase{"max_agents of {} is used up", "{0} 的 max_agents（人数上限）已用尽"},
    Phrase{"min_agents of {}", "min_agents（人数下限）：{0}"},
    Phrase{"limit '{}'", "限制 '{0}'"},
    Phrase{"{} (with the other slots covered)", "{0}（其他时段已满足）"},
    Phrase{"max_agents of {}", "max_agents（人数上限）：{0}"},
    Phrase{"every shift on duty has a break that cannot be moved: {}",
           "当班班次均处于不可移动的休息：{0}"},
    Phrase{"there are no shifts", "没有班次"},
    Phrase{"no shift of {} is on duty", "班次 {0} 均不当班"},
    Phrase{"no mix of shifts and breaks gives every slot enough",
           "没有一种班次与休息的组合能满足所有时段"},
    Phrase{"there must be at least one slot", "至少要有一个时段"},
    Phrase{"{}: shift '{}': {}", "{0}：班次 '{1}'：{2}"},
    Phrase{"length must lie in 1..{}", "时长须在 1 至 {0} 个时段之间"},
    Phrase{"'{}' is {}, of {}", "'{0}' 为 {1}；{2}"},
    Phrase{"'{}' is {}", "'{0}' 为 {1}"},
    Phrase{"'{}' and {} more", "'{0}' 等（另有 {1} 个）"},
    // what binds an interval
    Phrase{"{}; no number of agents meets {}", "{0}；再多坐席也达不到 {1}"},
    Phrase{"the load", "话务强度"},
    Phrase{"{} >= {} in {}s for '{}'", "{0} >= {1}（{2} 秒内，{3}）"},
    Phrase{"{} <= {} in {}s for '{}'", "{0} <= {1}（{2} 秒内，{3}）"},
    Phrase{"{} >= {} in {}s", "{0} >= {1}（{2} 秒内）"},
    Phrase{"{} <= {} in {}s", "{0} <= {1}（{2} 秒内）"},
    Phrase{"{} >= {} for '{}'", "{0} >= {1}（{2}）"},
    Phrase{"{} <= {} for '{}'", "{0} <= {1}（{2}）"},
    Phrase{"{} >= {}", "{0} >= {1}"},
    Phrase{"{} <= {}", "{0} <= {1}"},
    // how the requirement was found, and why so
    Phrase{"{}; {} by {}: {}", "{0}；{1} 按 {2}：{3}"},
    Phrase{"sipp", "逐时段稳态法"},
    Phrase{"lagged", "滞后稳态法"},
    Phrase{"mol", "修正负荷法"},
    Phrase{"transient", "瞬态精确法"},
    Phrase{"as asked for", "按指定"},
    Phrase{"interrupted", "已中断"},
    Phrase{"over the day {} agent-hours, agents where they are worth most; for the same in each "
           "interval {}",
           "全天共 {0} 坐席小时，坐席安排在最有价值的时段；若每个时段都达标则需 {1}"},
    Phrase{"each interval by itself: the day through is known of exponential patience and handle "
           "times, without lines, menus or repeats",
           "各时段单独计算：贯穿全天的方法仅适用于指数分布的耐心与处理时长，且无线数限制、菜单与"
           "重拨"},
    Phrase{"each interval by itself: a goal on waits over a time is known there alone",
           "各时段单独计算：超时等待的目标只能如此计算"},
    Phrase{"each interval by itself: agents of some are given",
           "各时段单独计算：部分时段的坐席数已给定"},
    Phrase{"transient: {}", "瞬态精确法：{0}"},
    Phrase{"mol: {}", "修正负荷法：{0}"},
    Phrase{"lagged: {}", "滞后稳态法：{0}"},
    Phrase{"each interval by itself", "各时段单独计算"},
    Phrase{"the exact day does not know this measure by interval",
           "瞬态精确法不给出该指标的各时段值"},
    Phrase{"no staff meets the goal in every interval", "没有人力能使每个时段都达标"},
    Phrase{"the exact day would take {} billion state updates",
           "瞬态精确法需更新状态 {0} × 10 亿次，过于耗时"},
    Phrase{"no staff meets the goal in the exact day", "按瞬态精确法没有人力能达标"},
    Phrase{"no interval asks for other whole staff than Erlang A by itself would",
           "各时段的整数人力与单独按 Erlang A 计算的相同"},
    Phrase{"{} of {} intervals ask for other staff than Erlang A by itself, {} to {} agents",
           "{1} 个时段中有 {0} 个与单独按 Erlang A 计算的人力不同，相差 {2} 至 {3} 人"},
    // rounds
    Phrase{"first plan", "初始方案"},
    Phrase{"as far as shifts reach", "班次所能达到的程度"},
    Phrase{"closer cover", "更精确的排班"},
    Phrase{"trade {}", "边际调整 {0}"},
    Phrase{"design day x {}", "设计日话务 x {0}"},
    Phrase{"{} of days, confirmed on fresh days", "{0} 的日子，以新的日子验证"},
    Phrase{"holds on {} of days [{}, {}]", "{0} 的日子达成 [{1}, {2}]"},
    Phrase{"holds on {} of days", "{0} 的日子达成"},
    Phrase{"confirmed on fresh days", "用新的天数确认"},
    Phrase{"{} {} [{}, {}]", "{0} {1} [{2}, {3}]"},
    Phrase{"{} from {}, {}", "{1} 起 {0} 人，{2}"},
    Phrase{"{} from {}", "{1} 起 {0} 人"},
    Phrase{"{}, {}", "{0}，{1}"},
    Phrase{"lines {}", "中继 {0}"},
    Phrase{"{} x {}", "{0} × {1}"},
};

}  // namespace

std::string formula_of(const Metric& metric, Lang lang) {
  if (lang == Lang::kEn) return std::string{metric.formula};
  for (const auto& [english, chinese] : formulas_in_chinese())
    if (english == metric.formula) return std::string{chinese};
  return std::string{metric.formula};
}

std::string indicator(std::string_view key, Lang lang) {
  if (lang == Lang::kZh)
    for (const Metric& metric : metrics())
      if (metric.key == key) return std::string{metric.zh};
  return std::string{key};
}

std::string sentence(std::string_view english, Lang lang) {
  if (lang == Lang::kEn) return std::string{english};
  return by_book(kPhrases, english,
                 [](std::string_view word) { return indicator(word, Lang::kZh); });
}

}  // namespace callmill
