#include "engine/kpi/metric.h"

#include "engine/kpi/metric_parts.h"

#include <algorithm>
#include <array>

#include "engine/kpi/kpi_parts.h"

namespace callmill {
namespace {

using C = CallCount;
using A = AgentCount;
using L = LineCount;

template <class Count>
std::vector<LinearTerm> sum(std::initializer_list<Count> counts) {
  std::vector<LinearTerm> terms;
  for (const Count c : counts) terms.push_back({at(c), 1.0});
  return terms;
}

std::vector<LinearTerm> minus(std::vector<LinearTerm> terms, C count) {
  terms.push_back({at(count), -1.0});
  return terms;
}

const std::vector<ScopeKind> kCallScopes = {ScopeKind::kTotal, ScopeKind::kQueue,
                                            ScopeKind::kCallerType};
const std::vector<ScopeKind> kQueueScopes = {ScopeKind::kTotal, ScopeKind::kQueue};
// Blocked callers and menus come before any queue.
const std::vector<ScopeKind> kHotlineScopes = {ScopeKind::kTotal, ScopeKind::kCallerType};
const std::vector<ScopeKind> kAgentScopes = {ScopeKind::kTotal, ScopeKind::kGroup};
const std::vector<ScopeKind> kLineScopes = {ScopeKind::kTotal, ScopeKind::kTrunks};

// Whoever is sent away at closing time has failed for want of agents as one who gave up has.
const std::vector<LinearTerm> kServed = sum({C::kAnswered, C::kAbandoned, C::kDisconnected});
const std::vector<LinearTerm> kSignedIn = sum(
    {A::kAvailable, A::kTalk, A::kDialling, A::kWrap, A::kAux, A::kRinging, A::kDesk, A::kChat});

std::vector<LinearTerm> times(std::vector<LinearTerm> terms, double weight) {
  for (LinearTerm& term : terms) term.weight *= weight;
  return terms;
}

void add_call_counts(std::vector<Metric>& m) {
  const auto hot = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, C count) {
    m.push_back(
        {key, en, zh, formula, Unit::kCount, Family::kCalls, kHotlineScopes, sum({count}), {}});
  };
  const auto all = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, C count) {
    m.push_back(
        {key, en, zh, formula, Unit::kCount, Family::kCalls, kCallScopes, sum({count}), {}});
  };
  hot("attempts", "Attempts", "呼入量", "N", C::kAttempts);
  hot("blocked", "Blocked", "呼损量", "X", C::kBlocked);
  hot("network_lost", "Lost in the network", "网络损失量", "L", C::kNetworkLost);
  all("cut", "Cut before an answer", "应答前中断量", "K: on lines that failed", C::kCut);
  hot("self_served", "Self-served", "自助完成量", "Is", C::kSelfServed);
  hot("menu_hang_ups", "Hung up in the menu", "菜单挂断量", "Ih", C::kMenuHangUps);
  all("refused", "Refused", "拒绝量(队列满)", "refused by a full queue, part of X", C::kRefused);
  all("offered", "Offered to agents", "人工请求量", "O", C::kOffered);
  all("answered", "Answered", "接通量", "A", C::kAnswered);
  all("transferred_in", "Transferred in", "转入量", "T", C::kTransferredIn);
  all("abandoned", "Abandoned", "放弃量", "B", C::kAbandoned);
  all("answered_within", "Answered in time", "限时接通量", "A(T)", C::kAnsweredWithin);
  all("left_message", "Left a message", "留言量", "V", C::kLeftMessage);
  all("deflected", "Went on by another channel", "转其他渠道量", "G: out of a queue",
      C::kDeflected);
  hot("deflected_in_menu", "Other channel in the menu", "菜单转其他渠道量", "Gm: out of a menu",
      C::kDeflectedInMenu);
  all("disconnected", "Disconnected at closing", "下班断开量", "D", C::kDisconnected);
  all("callbacks", "Left by callback", "转回拨量", "C", C::kCallbacks);
}

void add_call_shares(std::vector<Metric>& m) {
  const auto add = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, const std::vector<ScopeKind>& scopes,
                       std::vector<LinearTerm> numerator, std::vector<LinearTerm> denominator) {
    m.push_back({key, en, zh, formula, Unit::kShare, Family::kCalls, scopes, std::move(numerator),
                 std::move(denominator)});
  };
  add("answer_rate", "Answer rate", "接通率(人工)", "A / (A + B + D)", kCallScopes,
      sum({C::kAnswered}), kServed);
  add("answer_rate_with_callbacks", "Answer rate with callbacks made", "接通率(含回拨)",
      "(A + callbacks made) / (A + B + C + D)", kCallScopes, sum({C::kAnswered, C::kCallbacksMade}),
      sum({C::kAnswered, C::kAbandoned, C::kCallbacks, C::kDisconnected}));
  add("overall_answer_rate", "Overall answer rate", "综合接通率", "(A1 + Is) / N", kHotlineScopes,
      minus(sum({C::kAnswered, C::kSelfServed}), C::kTransferredAnswered), sum({C::kAttempts}));
  add("transfer_rate", "Transfer rate", "转接率", "passed on / A", kCallScopes,
      sum({C::kTransferred}), sum({C::kAnswered}));
  add("loss_rate", "Loss rate", "呼损率(中继)", "X / N", kHotlineScopes, sum({C::kBlocked}),
      sum({C::kAttempts}));
  add("network_loss_rate", "Network loss rate", "网络损失率", "L / N", kHotlineScopes,
      sum({C::kNetworkLost}), sum({C::kAttempts}));
  add("refused_rate", "Refused share", "拒绝率(队列满)", "refused / (O + refused)", kCallScopes,
      sum({C::kRefused}), sum({C::kOffered, C::kRefused}));
  add("abandon_rate", "Abandon rate", "放弃率", "B / (A + B + D)", kCallScopes,
      sum({C::kAbandoned}), kServed);
  add("delay_share", "Share that waits", "等待占比", "(A + B + D - answered at once) / (A + B + D)",
      kCallScopes, minus(kServed, C::kAnsweredAtOnce), kServed);
  add("service_level", "Service level", "服务水平", "A(T) / (A + B + D)  (f3)", kCallScopes,
      sum({C::kAnsweredWithin}), kServed);
  add("service_level_f1", "Service level f1", "服务水平 f1", "(A(T) + B(T)) / (A + B + D)",
      kCallScopes, sum({C::kAnsweredWithin, C::kAbandonedWithin}), kServed);
  add("service_level_f2", "Service level f2", "服务水平 f2", "A(T) / A", kCallScopes,
      sum({C::kAnsweredWithin}), sum({C::kAnswered}));
  add("service_level_f4", "Service level f4", "服务水平 f4", "A(T) / (A + B + D - B(T))",
      kCallScopes, sum({C::kAnsweredWithin}), minus(kServed, C::kAbandonedWithin));
  add("service_level_f3s", "Service level f3s", "服务水平 f3s", "A(T) / (A + B + D - S)",
      kCallScopes, sum({C::kAnsweredWithin}), minus(kServed, C::kShortAbandoned));
  add("containment", "Containment", "自助分流率", "Is, notices left out / entered the menu",
      kHotlineScopes, minus(sum({C::kSelfServed}), C::kByNotice), sum({C::kMenuEntered}));
  add("repeat_share", "Repeat share", "重复来电占比", "attempts after the caller's first / N",
      kHotlineScopes, sum({C::kRedials}), sum({C::kAttempts}));
}

void add_call_times(std::vector<Metric>& m) {
  const auto add = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, std::vector<LinearTerm> numerator,
                       std::vector<LinearTerm> denominator) {
    m.push_back({key, en, zh, formula, Unit::kSeconds, Family::kCalls, kCallScopes,
                 std::move(numerator), std::move(denominator)});
  };
  // From the day's histogram, which is kept by queue.
  const auto quantile = [&](std::string_view key, std::string_view en, std::string_view zh,
                            std::string_view formula, C count) {
    m.push_back({key,
                 en,
                 zh,
                 formula,
                 Unit::kSeconds,
                 Family::kCalls,
                 kQueueScopes,
                 sum({count}),
                 {},
                 true});
  };
  const std::vector<LinearTerm> answered = sum({C::kAnswered});
  add("asa", "Average speed of answer", "平均应答速度", "wait of answered / A",
      sum({C::kWaitAnswered}), answered);
  add("mean_wait", "Mean wait", "平均排队时间", "wait of answered and abandoned / (A + B)",
      sum({C::kWaitAnswered, C::kWaitAbandoned}), sum({C::kAnswered, C::kAbandoned}));
  add("max_wait", "Longest wait", "最长等待", "longest wait, mean over days", sum({C::kMaxWait}),
      {});
  quantile("wait_p50", "Median wait", "等待中位数", "50 % of A + B wait no longer, mean over days",
           C::kWaitP50);
  quantile("wait_p80", "Wait, 80 %", "等待 80 分位", "80 % of A + B wait no longer, mean over days",
           C::kWaitP80);
  quantile("wait_p95", "Wait, 95 %", "等待 95 分位", "95 % of A + B wait no longer, mean over days",
           C::kWaitP95);
  add("mean_time_to_abandon", "Mean time to abandon", "平均放弃时间", "wait of abandoned / B",
      sum({C::kWaitAbandoned}), sum({C::kAbandoned}));
  add("talk", "Talk time", "平均通话时长", "talk / A", sum({C::kTalk}), answered);
  add("hold", "Hold time", "平均保持时长", "hold / A", sum({C::kHold}), answered);
  add("wrap", "Wrap-up time", "话后处理时长", "wrap / A", sum({C::kWrap}), answered);
  add("aht", "Average handle time", "平均处理时长", "(talk + hold + wrap) / A",
      sum({C::kTalk, C::kHold, C::kWrap}), answered);
}

void add_agents(std::vector<Metric>& m) {
  const auto add = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, Unit unit, std::vector<LinearTerm> numerator,
                       std::vector<LinearTerm> denominator) {
    m.push_back({key, en, zh, formula, unit, Family::kAgents, kAgentScopes, std::move(numerator),
                 std::move(denominator)});
  };
  const auto busy = sum({A::kTalk, A::kDialling, A::kWrap, A::kDesk, A::kChat});
  add("occupancy", "Occupancy", "利用率(话务)",
      "busy / (busy + available); busy = talk + wrap + desk + chat", Unit::kShare, busy,
      sum({A::kTalk, A::kDialling, A::kWrap, A::kDesk, A::kChat, A::kAvailable, A::kRinging}));
  add("talk_utilisation", "Talk utilisation", "通话利用率", "talk / signed-in", Unit::kShare,
      sum({A::kTalk, A::kDialling}), kSignedIn);
  add("wrap_utilisation", "Wrap-up utilisation", "话后整理率", "wrap / signed-in", Unit::kShare,
      sum({A::kWrap}), kSignedIn);
  add("utilisation", "Utilisation", "员工利用率", "busy / signed-in", Unit::kShare, busy,
      kSignedIn);
  add("talk_idle_share", "Talk and available", "通话及空闲占比", "(talk + available) / signed-in",
      Unit::kShare, sum({A::kTalk, A::kDialling, A::kAvailable, A::kRinging}), kSignedIn);
  add("calls_per_agent_hour", "Calls per agent-hour", "时均电话",
      "talks and chats of agents / signed-in hours", Unit::kPerHour,
      times(sum({A::kAnswered}), 3600.0), kSignedIn);
  add("idle_per_contact", "Idle time a contact", "接触间空闲时长", "available / contacts taken",
      Unit::kSeconds, sum({A::kAvailable}), sum({A::kAnswered, A::kReached}));
  add("signed_in", "Agents signed in", "在席人数", "signed-in time / time", Unit::kAgents,
      kSignedIn, sum({A::kElapsed}));
  add("busy_agents", "Agents busy", "平均忙座席数", "busy time / time", Unit::kAgents, busy,
      sum({A::kElapsed}));
  add("desk_utilisation", "Desk work", "工单处理占比", "desk / signed-in", Unit::kShare,
      sum({A::kDesk}), kSignedIn);
  add("chat_utilisation", "Time at chat", "会话占比", "time with a chat or several / signed-in",
      Unit::kShare, sum({A::kChat}), kSignedIn);
  add("chat_concurrency", "Chats at once", "平均并发会话数",
      "time of all chats at agents, after-work included / time with a chat or several",
      Unit::kNumber, sum({A::kChatTime}), sum({A::kChat}));
  add("dials", "Dials", "外呼量", "dials", Unit::kCount, sum({A::kDials}), {});
  add("reach_rate", "Reach rate", "外呼接通率", "reached / dials", Unit::kShare, sum({A::kReached}),
      sum({A::kDials}));
}

void add_lines(std::vector<Metric>& m) {
  const std::vector<ScopeKind> trunks = {ScopeKind::kTrunks};
  const auto add = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, Unit unit, const std::vector<ScopeKind>& scopes,
                       std::vector<LinearTerm> numerator, std::vector<LinearTerm> denominator) {
    m.push_back({key, en, zh, formula, unit, Family::kLines, scopes, std::move(numerator),
                 std::move(denominator)});
  };
  add("attempts", "Attempts", "呼入量", "N", Unit::kCount, trunks, sum({L::kAttempts}), {});
  add("blocked", "Blocked", "呼损量", "X", Unit::kCount, trunks, sum({L::kBlocked}), {});
  add("loss_rate", "Loss rate", "呼损率(中继)", "X for want of a line or port / N", Unit::kShare,
      trunks, sum({L::kBlocked}), sum({L::kAttempts}));
  add("lines_overflowed", "Went on to other lines", "溢出到其他中继",
      "calls that found no line here and tried the next group", Unit::kCount, trunks,
      sum({L::kOverflowed}), {});
  add("no_line", "No line", "无空闲中继", "of X, no line was free", Unit::kCount, kLineScopes,
      {{at(L::kBlocked), 1.0}, {at(L::kNoPort), -1.0}}, {});
  add("no_port", "No menu port", "无空闲 IVR 端口", "of X, no port of the menus was free",
      Unit::kCount, kLineScopes, sum({L::kNoPort}), {});
  add("lines_cut", "Calls cut", "线路中断量", "calls on lines that failed, answered or not",
      Unit::kCount, kLineScopes, sum({L::kCut}), {});
  add("talks_cut", "Talks cut", "通话中断量", "of the calls cut, talks with agents", Unit::kCount,
      kLineScopes, sum({L::kTalksCut}), {});
  add("trunk_occupancy", "Line occupancy", "中继占用率", "busy line-time / line-time", Unit::kShare,
      kLineScopes, sum({L::kBusy}), sum({L::kLineTime}));
  add("trunk_peak", "Peak of busy lines", "中继占用峰值", "most lines busy at once, mean over days",
      Unit::kLines, trunks, sum({L::kPeak}), {});
  add("lines_in_service", "Lines in service", "可用中继数", "line-time in service / time",
      Unit::kLines, kLineScopes, sum({L::kLineTime}), sum({L::kElapsed}));
}

void add_floor(std::vector<Metric>& m) {
  using F = FloorCount;
  const auto add = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, Unit unit, F count) {
    m.push_back({key,
                 en,
                 zh,
                 formula,
                 unit,
                 Family::kFloor,
                 {ScopeKind::kTotal, ScopeKind::kRule},
                 sum({count}),
                 {}});
  };
  add("rule_firings", "Firings", "触发次数", "times a rule fired", Unit::kCount, F::kFirings);
  add("rule_time_on", "Time on", "生效时长", "time a rule was on", Unit::kSeconds, F::kTimeOn);
  add("agents_moved", "Agents moved", "调组人次", "agents lent to another group", Unit::kCount,
      F::kMoved);
  add("breaks_ended", "Breaks ended", "提前结束小休", "agents back early from a break",
      Unit::kCount, F::kBreaksEnded);
  add("called_in", "Called in", "应急到岗人数", "people called in", Unit::kCount, F::kCalledIn);
  add("extra_time", "Extra time", "加班时长", "time of overtime and of people called in",
      Unit::kSeconds, F::kExtraTime);
  add("calls_shed", "Calls shed", "主动拒接量", "calls refused by a rule, part of X", Unit::kCount,
      F::kShed);
  add("rule_cost", "Cost of extra time", "加班成本", "extra time x its price", Unit::kMoney,
      F::kCost);
}

std::vector<Metric> make_metrics() {
  std::vector<Metric> m;
  add_call_counts(m);
  add_call_shares(m);
  add_call_times(m);
  add_agents(m);
  add_lines(m);
  add_caller_metrics(m);
  add_contact_metrics(m);
  add_cost_metrics(m);
  add_callback_metrics(m);
  add_campaign_metrics(m);
  add_floor(m);
  add_people(m);
  add_message_metrics(m);
  add_chat_metrics(m);
  return m;
}

}  // namespace

std::span<const Metric> metrics() {
  static const std::vector<Metric> all = make_metrics();
  return all;
}

const Metric* find_metric(std::string_view key, ScopeKind kind) {
  for (const Metric& metric : metrics())
    if (metric.key == key &&
        std::find(metric.scopes.begin(), metric.scopes.end(), kind) != metric.scopes.end())
      return &metric;
  return nullptr;
}

}  // namespace callmill
