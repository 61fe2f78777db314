#pragma once
// Counts of the floor's rules, by rule and interval: how often, how long, with how many agents, at
// what cost.
//
// Times are sums of signed moments, as in Recorder. Cost is kept in millionths of the currency.

#include <cmath>
#include <vector>

#include "engine/centre/observer.h"
#include "engine/kpi/counts.h"

namespace callmill {

class FloorRecorder : public Observer {
 public:
  explicit FloorRecorder(const Blueprint& plan)
      : days_{&plan.days},
        wage_{&plan.prices.wage},
        intervals_{plan.intervals},
        length_{plan.interval},
        cells_(plan.floor.rules.size() * plan.intervals),
        now_(plan.floor.rules.size()) {}

  void follow(const Blueprint& plan) {
    days_ = &plan.days;
    wage_ = &plan.prices.wage;
  }
  void reset() {
    for (auto& cell : cells_) cell.fill(0);
    for (Now& now : now_) now = {};
    interval_ = 0;
  }
  void interval_began(std::uint32_t interval) {
    interval_ = interval;
    if (now_.empty() || interval >= intervals_) return;
    end_ = days_->begin_of(interval) + length_;
    for (std::uint32_t r = 0; r < now_.size(); ++r) {
      Cell<FloorCount>& cell = cells_[std::size_t{r} * intervals_ + interval];
      cell[at(FloorCount::kTimeOn)] = now_[r].on * length_.count();
      cell[at(FloorCount::kExtraTime)] = now_[r].paid * length_.count();
      cell[at(FloorCount::kCost)] = cost(now_[r].cost_per_hour, length_);
      cell[at(FloorCount::kExtraWage)] = cost(now_[r].wage_per_hour, length_);
    }
  }
  void rule_began(std::uint32_t rule, SimTime t) {
    count(rule, FloorCount::kFirings);
    turn(rule, +1, t);
  }
  void rule_ended(std::uint32_t rule, SimTime t) { turn(rule, -1, t); }
  void agent_lent(std::uint32_t rule, SimTime) { count(rule, FloorCount::kMoved); }
  void break_ended(std::uint32_t rule, SimTime) { count(rule, FloorCount::kBreaksEnded); }
  void called_in(std::uint32_t rule, SimTime) { count(rule, FloorCount::kCalledIn); }
  void extra_paid(std::uint32_t rule, bool begins, std::uint32_t home, double cost_per_hour,
                  SimTime t) {
    const double wage_per_hour = (*wage_)[home] * 3600;
    const int sign = begins ? +1 : -1;
    now_[rule].paid += sign;
    now_[rule].cost_per_hour += sign * cost_per_hour;
    now_[rule].wage_per_hour += sign * wage_per_hour;
    if (interval_ >= intervals_) return;
    Cell<FloorCount>& cell = here(rule);
    cell[at(FloorCount::kExtraTime)] += sign * (end_ - t).count();
    cell[at(FloorCount::kCost)] += sign * cost(cost_per_hour, end_ - t);
    cell[at(FloorCount::kExtraWage)] += sign * cost(wage_per_hour, end_ - t);
  }
  void shed(std::uint16_t, std::uint32_t, std::uint32_t, std::uint16_t rule) {
    count(rule, FloorCount::kShed);
  }

  const Cell<FloorCount>& cell(std::uint32_t rule, std::uint32_t interval) const {
    return cells_[std::size_t{rule} * intervals_ + interval];
  }
  std::uint32_t rules() const { return static_cast<std::uint32_t>(now_.size()); }

 private:
  struct Now {
    std::int64_t on = 0, paid = 0;
    double cost_per_hour = 0, wage_per_hour = 0;  // of all extra time of this moment
  };
  static std::int64_t cost(double per_hour, SimDuration time) {
    return std::llround(per_hour * static_cast<double>(time.count()) / 3600);
  }
  Cell<FloorCount>& here(std::uint32_t rule) {
    return cells_[std::size_t{rule} * intervals_ + interval_];
  }
  void count(std::uint32_t rule, FloorCount what) {
    if (interval_ < intervals_) ++here(rule)[at(what)];
  }
  void turn(std::uint32_t rule, int by, SimTime t) {
    now_[rule].on += by;
    if (interval_ < intervals_) here(rule)[at(FloorCount::kTimeOn)] += by * (end_ - t).count();
  }

  const Horizon* days_;
  const std::vector<double>* wage_;  // by group, of a second
  std::uint32_t intervals_;
  SimDuration length_;
  std::vector<Cell<FloorCount>> cells_;  // rule by rule
  std::vector<Now> now_;                 // by rule
  std::uint32_t interval_ = 0;           // == intervals_ while the centre is closed
  SimTime end_;                          // of the interval
};

}  // namespace callmill
