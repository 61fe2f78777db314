#include "engine/kpi/kpi_table.h"

#include <algorithm>
#include <limits>
#include <span>

#include "engine/kpi/cost_counts.h"
#include "engine/kpi/kpi_cells.h"
#include "engine/kpi/kpi_parts.h"

namespace callmill {
namespace {

// The mean of so many days; a maximum stays one.
template <class Count>
void divide(std::span<double> out, double days) {
  for (std::size_t i = 0; i < out.size(); ++i)
    if (!by_maximum(static_cast<Count>(i))) out[i] /= days;
}

bool is_in(const DaySpan& span, std::uint32_t day) {
  return day >= span.first && day < span.end;
}

// Writes one row: `cell_of(interval)` gives the scope's cell of an interval of the run.
template <class Count, class CellOf>
void write_row(const KpiLayout& layout, const KpiLayout::Row& row, const Blueprint& plan,
               ReplicationCounts& out, CellOf&& cell_of) {
  const std::uint32_t slots = layout.intervals();
  const auto put = [&](std::uint32_t period, const Cell<Count>& cell) {
    const auto place = std::span{out}.subspan(row.offset + period * row.width, row.width);
    write<Count>(cell, place);
    return place;
  };
  Cell<Count> total{};
  std::vector<Cell<Count>> days(layout.days()), spans(layout.spans().size());
  for (std::uint32_t slot = 0; slot < slots; ++slot) {
    Cell<Count> at_this_time{};
    int counted = 0;
    for (std::uint32_t i = slot; i < plan.intervals; i += slots) {
      const Cell<Count> cell = cell_of(i);
      const bool counts = i >= plan.first_counted;
      if (counts) combine<Count>(total, cell);
      if (counts || days.empty()) combine<Count>(at_this_time, cell);
      counted += counts ? 1 : 0;
      if (!days.empty()) combine<Count>(days[i / slots], cell);
      for (std::size_t s = 0; counts && s < spans.size(); ++s)
        if (is_in(layout.spans()[s], i / slots)) combine<Count>(spans[s], cell);
    }
    const auto place = put(slot, at_this_time);
    if (!days.empty() && counted > 0) divide<Count>(place, counted);
  }
  put(slots, total);
  for (std::uint32_t d = 0; d < days.size(); ++d) put(slots + 1 + d, days[d]);
  for (std::uint32_t s = 0; s < spans.size(); ++s) put(layout.end_of_days() + s, spans[s]);
}

// Where an indicator can lie: shares from 0 to 1; differences of parts of a whole, as a net
// promoter score, between the weights of the parts; sums of money with a part that counts against
// them anywhere; all others from 0 on.
struct Range {
  double low = 0, high = std::numeric_limits<double>::infinity();
};
Range range_of(const Metric& metric) {
  if (metric.unit == Unit::kShare) return {0, 1};
  const auto lighter = [](const LinearTerm& a, const LinearTerm& b) { return a.weight < b.weight; };
  const auto [least, most] =
      std::minmax_element(metric.numerator.begin(), metric.numerator.end(), lighter);
  const bool signed_parts = least != metric.numerator.end() && least->weight < 0;
  if (signed_parts && metric.unit == Unit::kMoney)
    return {-std::numeric_limits<double>::infinity()};
  if (signed_parts && metric.unit == Unit::kNumber) return {least->weight, most->weight};
  return {};
}

// Quantiles of the counted waits of one queue, or of all.
void write_quantiles(const Recorder& r, const KpiLayout::Row& row, std::uint32_t total,
                     ReplicationCounts& out) {
  WaitHistogram waits;
  for (std::uint32_t q = 0; q < r.queues(); ++q)
    if (row.scope.kind == ScopeKind::kTotal ? !r.plan().queues[q].chats : row.scope.index == q)
      waits.add(r.waits(q));
  const auto put = [&](CallCount count, double share) {
    out[row.offset + total * row.width + at(count)] = to_seconds(waits.quantile(share));
  };
  put(CallCount::kWaitP50, 0.50);
  put(CallCount::kWaitP80, 0.80);
  put(CallCount::kWaitP95, 0.95);
}

}  // namespace

KpiLayout::KpiLayout(const Blueprint& plan)
    : intervals_{plan.days.intervals_a_day},
      days_{plan.days.several_days ? plan.days.days() : 0},
      first_counted_{plan.days.several_days ? 0 : plan.first_counted},
      spans_{plan.days.spans} {
  add(Family::kCalls, ScopeKind::kTotal, 1, kWidth<CallCount>);
  add(Family::kCalls, ScopeKind::kQueue, plan.queues.size(), kWidth<CallCount>);
  add(Family::kCalls, ScopeKind::kCallerType, plan.caller_types, kWidth<CallCount>);
  add(Family::kAgents, ScopeKind::kTotal, 1, kWidth<AgentCount>);
  add(Family::kAgents, ScopeKind::kGroup, plan.groups.size(), kWidth<AgentCount>);
  add(Family::kLines, ScopeKind::kTotal, 1, kWidth<LineCount>);
  add(Family::kLines, ScopeKind::kTrunks, plan.first_line.size() - 1, kWidth<LineCount>);
  if (plan.has_messages) {
    add(Family::kMessages, ScopeKind::kTotal, 1, kWidth<MessageCount>);
    add(Family::kMessages, ScopeKind::kQueue, plan.queues.size(), kWidth<MessageCount>);
    add(Family::kMessages, ScopeKind::kCallerType, plan.caller_types, kWidth<MessageCount>);
  }
  if (plan.has_chats) {
    add(Family::kChats, ScopeKind::kTotal, 1, kWidth<ChatCount>);
    add(Family::kChats, ScopeKind::kQueue, plan.queues.size(), kWidth<ChatCount>);
    add(Family::kChats, ScopeKind::kCallerType, plan.caller_types, kWidth<ChatCount>);
  }
  if (plan.tracks_callers) {
    add(Family::kCallers, ScopeKind::kTotal, 1, kWidth<CallerCount>);
    add(Family::kCallers, ScopeKind::kCallerType, plan.caller_types, kWidth<CallerCount>);
  }
  if (plan.calls_back) {
    add(Family::kCallbacks, ScopeKind::kTotal, 1, kWidth<CallbackCount>);
    add(Family::kCallbacks, ScopeKind::kQueue, plan.queues.size(), kWidth<CallbackCount>);
  }
  if (!plan.campaigns.empty()) {
    add(Family::kCampaigns, ScopeKind::kTotal, 1, kWidth<CampaignCount>);
    add(Family::kCampaigns, ScopeKind::kCampaign, plan.campaigns.size(), kWidth<CampaignCount>);
  }
  if (plan.tracks_people) {
    add(Family::kPeople, ScopeKind::kTotal, 1, kWidth<PeopleCount>);
    add(Family::kPeople, ScopeKind::kGroup, plan.groups.size(), kWidth<PeopleCount>);
  }
  if (plan.follows_up) {
    add(Family::kContacts, ScopeKind::kTotal, 1, kWidth<ContactCount>);
    add(Family::kContacts, ScopeKind::kCallerType, plan.caller_types, kWidth<ContactCount>);
  }
  if (plan.prices.any) add(Family::kCosts, ScopeKind::kTotal, 1, kWidth<CostCount>);
  if (!plan.floor.rules.empty()) {
    add(Family::kFloor, ScopeKind::kTotal, 1, kWidth<FloorCount>);
    add(Family::kFloor, ScopeKind::kRule, plan.floor.rules.size(), kWidth<FloorCount>);
  }
  counted_ = size_;
  if (plan.follows_up) {
    add(Family::kContactsGiven, ScopeKind::kTotal, 1, kWidth<ContactCount>);
    add(Family::kContactsGiven, ScopeKind::kCallerType, plan.caller_types, kWidth<ContactCount>);
  }
}

void KpiLayout::add(Family family, ScopeKind kind, std::size_t count, std::size_t width) {
  for (std::uint32_t i = 0; i < count; ++i) {
    rows_.push_back({family, {kind, i}, size_, width});
    size_ += width * std::size_t{periods()};
  }
}

std::size_t KpiLayout::find(Family family, Scope scope) const {
  const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const Row& r) {
    return r.family == family && r.scope == scope;
  });
  return static_cast<std::size_t>(row - rows_.begin());
}

void add_to_periods(const Blueprint& plan, const KpiLayout& layout, const KpiLayout::Row& row,
                    std::uint32_t interval, std::size_t k, double value, ReplicationCounts& out) {
  const std::uint32_t slots = layout.intervals(), slot = interval % slots;
  const auto add = [&](std::uint32_t period, double x) {
    out[row.offset + period * row.width + k] += x;
  };
  const bool counts = interval >= plan.first_counted;
  if (counts) add(slots, value);
  if (layout.days() == 0) {
    add(slot, value);
    return;
  }
  add(slots + 1 + interval / slots, value);
  if (!counts) return;
  for (std::uint32_t s = 0; s < layout.spans().size(); ++s)
    if (is_in(layout.spans()[s], interval / slots)) add(layout.end_of_days() + s, value);
  const std::uint32_t left_out =
      plan.first_counted > slot ? (plan.first_counted - slot + slots - 1) / slots : 0;
  add(slot, value / (layout.days() - left_out));
}

void export_counts(const Recorder& recorder, const KpiLayout& layout, ReplicationCounts& out) {
  out.assign(layout.size(), 0.0);
  const Blueprint& plan = recorder.plan();
  for (const KpiLayout::Row& row : layout.rows()) {
    switch (row.family) {
      case Family::kCalls:
        write_row<CallCount>(layout, row, plan, out,
                             [&](std::uint32_t i) { return call_cell(recorder, row.scope, i); });
        if (row.scope.kind != ScopeKind::kCallerType)
          write_quantiles(recorder, row, layout.intervals(), out);
        break;
      case Family::kAgents:
        write_row<AgentCount>(layout, row, plan, out,
                              [&](std::uint32_t i) { return agent_cell(recorder, row.scope, i); });
        break;
      case Family::kPeople:
        write_row<PeopleCount>(layout, row, plan, out, [&](std::uint32_t i) {
          return people_cell(recorder, row.scope, i);
        });
        break;
      case Family::kLines:
        write_row<LineCount>(layout, row, plan, out,
                             [&](std::uint32_t i) { return line_cell(recorder, row.scope, i); });
        break;
      case Family::kMessages:
        write_messages(recorder, layout, row, out);
        break;
      case Family::kChats:
        write_chats(recorder, layout, row, out);
        break;
      case Family::kCallers:
        write_callers(recorder, layout, row, out);
        break;
      case Family::kContacts:
        write_contacts(recorder, layout, row, out);
        break;
      case Family::kContactsGiven:
        write_contacts_given(recorder, layout, row, out);
        break;
      case Family::kCosts:
        write_costs(recorder, layout, row, out);
        break;
      case Family::kFloor:
        write_row<FloorCount>(layout, row, plan, out,
                              [&](std::uint32_t i) { return floor_cell(recorder, row.scope, i); });
        break;
      case Family::kCallbacks:
        write_row<CallbackCount>(layout, row, plan, out, [&](std::uint32_t i) {
          return callback_cell(recorder, row.scope, i);
        });
        break;
      case Family::kCampaigns:
        write_row<CampaignCount>(layout, row, plan, out, [&](std::uint32_t i) {
          return campaign_cell(recorder, row.scope, i);
        });
        break;
    }
  }
}

KpiTable::KpiTable(const Blueprint& plan) : layout_{plan} {
  for (const KpiLayout::Row& row : layout_.rows()) {
    if (row.offset >= layout_.counted()) break;
    for (std::uint32_t i = 0; i < layout_.periods(); ++i) moments_.emplace_back(row.width);
  }
}

void KpiTable::add(const ReplicationCounts& counts) {
  ++replications_;
  std::size_t m = 0;
  for (const KpiLayout::Row& row : layout_.rows()) {
    if (row.offset >= layout_.counted()) break;
    for (std::uint32_t i = 0; i < layout_.periods(); ++i)
      moments_[m++].add(std::span{counts}.subspan(row.offset + i * row.width, row.width));
  }
}

Estimate KpiTable::estimate(const Metric& metric, Scope scope, std::uint32_t interval,
                            double confidence) const {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const std::size_t row = layout_.find(metric.family, scope);
  if (row == layout_.rows().size() || (metric.day_only && interval != layout_.intervals()))
    return {kNaN, kNaN, kNaN, replications_};
  const Moments& moments = moments_[row * std::size_t{layout_.periods()} + interval];
  Estimate e = ratio_estimate(moments, metric.numerator, metric.denominator, confidence);
  if (weights_ > 0 && metric.denominator.empty()) {  // of a block that is not whole
    const double scale = static_cast<double>(replications_) / weights_;
    for (double* part : {&e.value, &e.ci_low, &e.ci_high}) *part *= scale;
  }
  keep_in_range(metric, e);
  return e;
}

void keep_in_range(const Metric& metric, Estimate& e) {
  const Range range = range_of(metric);
  if (e.ci_low < range.low && e.value >= range.low) e.ci_low = range.low;
  if (e.ci_high > range.high && e.value <= range.high) e.ci_high = range.high;
}

Estimate KpiTable::day(std::string_view key, Scope scope, double confidence) const {
  const Metric* metric = find_metric(key, scope.kind);
  CALLMILL_CHECK(metric != nullptr, "no such metric for that kind of scope");
  return estimate(*metric, scope, layout_.intervals(), confidence);
}

}  // namespace callmill
