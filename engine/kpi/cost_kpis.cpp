// Money by component, from the other counts and the prices. A replication's amounts are exact sums;
// the interval of a total has the covariance of its parts in it.

#include <algorithm>
#include <array>
#include <utility>

#include "engine/kpi/cost_counts.h"
#include "engine/kpi/kpi_parts.h"

namespace callmill {
namespace {

using C = CostCount;

double signed_in_seconds(const Recorder& r, std::uint32_t group, std::uint32_t interval) {
  const Cell<AgentCount>& cell = r.agents(group, interval);
  std::int64_t sum = 0;
  for (std::size_t s = 0; s < kAgentStates; ++s)
    sum += s == static_cast<std::size_t>(AgentState::kOff) ? 0 : cell[s];
  return static_cast<double>(sum) * 1e-6;
}

// Contacts that an agent has answered, each once, however often the call was passed on; a callback
// that is made is one.
struct Calls {
  std::int64_t answered = 0;
  std::int64_t not_served = 0;  // lost on the way, for want of a line or an agent, or cut off
};
Calls calls_of(const Recorder& r, std::uint32_t interval) {
  Calls sum;
  for (std::uint32_t type = 0; type < r.plan().caller_types; ++type)
    for (std::uint32_t queue = 0; queue <= r.queues(); ++queue) {
      const Cell<CallCount>& cell = r.calls(type, queue, interval);
      sum.answered += cell[at(CallCount::kAnswered)] - cell[at(CallCount::kTransferredAnswered)] +
                      cell[at(CallCount::kCallbacksMade)];
      for (const CallCount lost : {CallCount::kNetworkLost, CallCount::kBlocked, CallCount::kCut,
                                   CallCount::kAbandoned, CallCount::kDisconnected})
        sum.not_served += cell[at(lost)];
    }
  if (r.plan().calls_back)
    for (std::uint32_t queue = 0; queue < r.queues(); ++queue)
      sum.not_served += r.callbacks().cell(queue, interval)[at(CallbackCount::kFailed)];
  if (r.plan().calls_back && r.plan().transfers)
    for (std::uint32_t queue = 0; queue < r.queues(); ++queue)
      sum.answered -= r.callbacks().cell(queue, interval)[at(CallbackCount::kMadeAgain)];
  return sum;
}

// Callers lost for good; each attempt is a caller's only one where nobody calls again.
std::int64_t lost_callers(const Recorder& r, const Calls& calls, std::uint32_t interval) {
  if (!r.plan().tracks_callers) return calls.not_served;
  std::int64_t lost = 0;
  for (std::uint32_t type = 0; type < r.plan().caller_types; ++type)
    lost += r.callers(type, interval)[at(CallerCount::kGaveUp)];
  return lost;
}

// Settled contacts; of a type without a resolution all that end with a talk of it, so neither those
// that are passed on nor those that were cut short.
std::int64_t settled_contacts(const Recorder& r, std::uint32_t interval) {
  const Blueprint& plan = r.plan();
  std::int64_t settled = 0;
  for (std::uint32_t type = 0; type < plan.caller_types; ++type) {
    if (plan.aftermath[type].resolves) {
      settled += r.contacts(type, interval)[at(ContactCount::kResolved)];
      continue;
    }
    for (std::uint32_t queue = 0; queue <= r.queues(); ++queue) {
      const Cell<CallCount>& cell = r.calls(type, queue, interval);
      settled += cell[at(CallCount::kAnswered)] - cell[at(CallCount::kTransferred)] +
                 cell[at(CallCount::kCallbacksMade)] - cell[at(CallCount::kBrokenOff)];
    }
  }
  return settled;
}

// Overtime and people called in: at the price of such an hour, and at the wage.
struct Extra {
  double price = 0, wage = 0;
};
Extra extra_time(const Recorder& r, std::uint32_t interval) {
  std::int64_t price = 0, wage = 0;  // in millionths
  for (std::uint32_t rule = 0; rule < r.floor().rules(); ++rule) {
    const Cell<FloorCount>& cell = r.floor().cell(rule, interval);
    price += cell[at(FloorCount::kCost)];
    wage += cell[at(FloorCount::kExtraWage)];
  }
  return {static_cast<double>(price) * 1e-6, static_cast<double>(wage) * 1e-6};
}

double list_checks(const Recorder& r, std::uint32_t interval) {
  std::int64_t millionths = 0;
  for (std::uint32_t k = 0; k < r.plan().campaigns.size(); ++k)
    millionths += r.campaigns().cell(k, interval)[at(CampaignCount::kFilterCost)];
  return static_cast<double>(millionths) * 1e-6;
}

std::array<double, kWidth<C>> amounts(const Recorder& r, std::uint32_t interval) {
  const Blueprint& plan = r.plan();
  const PricePlan& price = plan.prices;
  std::array<double, kWidth<C>> out{};
  for (const std::uint32_t g : plan.floor.groups)  // not in the file's order: the sum rounds
    out[at(C::kWages)] += price.wage[g] * signed_in_seconds(r, g, interval);
  const Extra extra = extra_time(r, interval);
  out[at(C::kWages)] -= extra.wage;  // is paid as extra time
  out[at(C::kExtraTime)] = extra.price;
  out[at(C::kFilter)] = list_checks(r, interval);
  out[at(C::kLines)] = price.rent / plan.intervals;
  std::int64_t busy = 0;
  for (std::uint32_t t = 0; t + 1 < plan.first_line.size(); ++t)
    busy += r.lines(t, interval)[at(LineCount::kBusy)];
  out[at(C::kCallMinutes)] = price.per.call_minute / 60e6 * static_cast<double>(busy);
  const Calls calls = calls_of(r, interval);
  out[at(C::kLost)] = price.per.lost_caller * static_cast<double>(lost_callers(r, calls, interval));
  out[at(C::kRevenue)] = price.per.answered * static_cast<double>(calls.answered) +
                         price.per.resolved * static_cast<double>(settled_contacts(r, interval));
  out[at(C::kAnswered)] = static_cast<double>(calls.answered);
  return out;
}

}  // namespace

void add_cost_metrics(std::vector<Metric>& m) {
  const auto add = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, std::vector<LinearTerm> numerator,
                       std::vector<LinearTerm> denominator) {
    m.push_back({key,
                 en,
                 zh,
                 formula,
                 Unit::kMoney,
                 Family::kCosts,
                 {ScopeKind::kTotal},
                 std::move(numerator),
                 std::move(denominator)});
  };
  const auto one = [](C count) { return std::vector<LinearTerm>{{at(count), 1.0}}; };
  std::vector<LinearTerm> all, margin = one(C::kRevenue);
  for (const C part : kCostParts) {
    all.push_back({at(part), 1.0});
    margin.push_back({at(part), -1.0});
  }
  add("cost", "Cost", "成本",
      "wages + extra time + lines + call minutes + lost callers + list checks", all, {});
  add("cost_wages", "Wages", "人工成本", "signed-in time x wage, extra time apart", one(C::kWages),
      {});
  add("cost_extra_time", "Extra time", "加班成本", "overtime and people called in x price",
      one(C::kExtraTime), {});
  add("cost_lines", "Line rent", "中继租金", "lines x rent", one(C::kLines), {});
  add("cost_call_minutes", "Call minutes", "通话费", "busy line-time x price of a minute",
      one(C::kCallMinutes), {});
  add("cost_lost_callers", "Lost callers", "流失成本", "callers who gave up x value", one(C::kLost),
      {});
  add("cost_list_checks", "List checks", "名单过滤费", "list x price a number", one(C::kFilter),
      {});
  add("revenue", "Revenue", "收入", "contacts answered x value + settled contacts x value",
      one(C::kRevenue), {});
  add("margin", "Margin", "收益", "revenue - cost", margin, {});
  add("cost_per_answer", "Cost per answered contact", "单次服务成本",
      "cost / (A1 + chats answered + callbacks made)", all, one(C::kAnswered));
}

void write_costs(const Recorder& recorder, const KpiLayout& layout, const KpiLayout::Row& row,
                 ReplicationCounts& out) {
  const Blueprint& plan = recorder.plan();
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    const auto amount = amounts(recorder, i);
    for (std::size_t k = 0; k < amount.size(); ++k) {
      add_to_periods(plan, layout, row, i, k, amount[k], out);
    }
  }
}

}  // namespace callmill
