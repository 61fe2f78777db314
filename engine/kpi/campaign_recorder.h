#pragma once
// The recorder's books on campaigns, by the interval of the dial.

#include <cstdint>
#include <vector>

#include "engine/blueprint/blueprint.h"
#include "engine/centre/call.h"
#include "engine/kpi/counts.h"

namespace callmill {

class CampaignRecorder {
 public:
  explicit CampaignRecorder(const Blueprint& plan)
      : plan_{&plan}, cells_(plan.campaigns.size() * plan.intervals) {}

  // Size and cost of the lists stand in the first counted interval.
  void follow(const Blueprint& plan) { plan_ = &plan; }
  void reset() {
    for (Cell<CampaignCount>& cell : cells_) cell.fill(0);
    for (std::uint32_t k = 0; k < plan_->campaigns.size(); ++k) {
      const CampaignPlan& p = plan_->campaigns[k];
      Cell<CampaignCount>& first = cells_[index(k, plan_->first_counted)];
      first[at(CampaignCount::kNumbers)] = p.numbers;
      first[at(CampaignCount::kFilterCost)] =
          static_cast<std::int64_t>(p.filter_cost * p.numbers * 1e6 + 0.5);
    }
  }
  void dialled(std::uint32_t campaign, const Call& dial) {
    Cell<CampaignCount>& cell = of(campaign, dial);
    ++cell[at(CampaignCount::kDials)];
    cell[at(CampaignCount::kFirstDials)] += dial.attempt == 0 ? 1 : 0;
  }
  // Causes and their counts stand in the same order.
  void outcome(std::uint32_t campaign, const Call& dial, DialCause cause) {
    ++of(campaign, dial)[at(CampaignCount::kNetwork) + static_cast<std::size_t>(cause)];
  }
  void reached(std::uint32_t campaign, const Call& party, SimDuration wait) {
    Cell<CampaignCount>& cell = of(campaign, party);
    ++cell[at(CampaignCount::kReached)];
    cell[at(CampaignCount::kFirstReached)] += has(party, Mark::kRepeat) ? 0 : 1;
    cell[at(CampaignCount::kWait)] += wait.count();
  }
  void filtered(std::uint32_t campaign, std::uint32_t interval) {
    ++cells_[index(campaign, interval)][at(CampaignCount::kFiltered)];
    ++cells_[index(campaign, interval)][at(CampaignCount::kEnded)];
  }
  void ended(std::uint32_t campaign, const Call& dial) {
    ++of(campaign, dial)[at(CampaignCount::kEnded)];
  }
  const Cell<CampaignCount>& cell(std::uint32_t campaign, std::uint32_t interval) const {
    return cells_[index(campaign, interval)];
  }

 private:
  std::size_t index(std::uint32_t campaign, std::uint32_t interval) const {
    return std::size_t{campaign} * plan_->intervals + interval;
  }
  Cell<CampaignCount>& of(std::uint32_t campaign, const Call& dial) {
    return cells_[index(campaign, dial.interval)];
  }
  const Blueprint* plan_;
  std::vector<Cell<CampaignCount>> cells_;
};

}  // namespace callmill
