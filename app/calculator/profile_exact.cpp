// The same staff through the exact day: what an interval hands on to the next is counted.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/calculator/profile_day.h"

namespace callmill::calculator {
namespace {

constexpr double kAffordable = 2e9;  // updates of a state: some two seconds

// About how long a queue takes to empty after the last call: by fluid through the day, and some
// handle times on top (e^-12 of calls last longer).
double closing_time(const TransientInput& day) {
  constexpr int kSteps = 50;
  double waiting = 0;
  for (const TransientPiece& p : day.pieces) {
    const double step = p.length / kSteps;
    for (int i = 0; i < kSteps; ++i)
      waiting = std::max(0.0, waiting + step * (p.arrival_rate - double(p.agents) * p.service_rate -
                                                p.patience_rate * waiting));
  }
  const TransientPiece& last = day.pieces.back();
  const double drain = std::max(double(last.agents) * last.service_rate, last.patience_rate);
  return 12 / last.service_rate + (drain > 0 ? 2 * waiting / drain : 0);
}

}  // namespace

ExactDay::Why day_unknown(const Profile& profile) {
  std::int64_t lines = -1;
  for (const IntervalAnswer& each : profile.intervals) {
    const Queue& q = each.interval.queue;
    if (has_menu(q) || calls_again(q) || has_general_patience(q) || has_general_handle(q) ||
        q.agents_are_lines || q.loss > 0 || (lines >= 0 && lines != q.lines))
      return ExactDay::Why::kModel;
    lines = q.lines;
    if (std::isnan(each.agents)) return ExactDay::Why::kAgents;
    if (std::floor(each.agents) != each.agents) return ExactDay::Why::kFractions;
  }
  return ExactDay::Why::kKnown;
}

TransientInput day_of(const Question& parts, const Profile& profile, DayPieces& pieces,
                      bool to_the_end) {
  TransientInput day;
  day.within = parts.queue.within_s;
  day.with_waits = day.by_event = true;
  day.tolerance = 1e-9;
  const Queue& first = profile.intervals.front().interval.queue;
  day.service_rate = 1 / first.aht_s;
  day.patience_rate = 1 / first.patience_s;  // 0 where nobody gives up
  day.lines = first.lines;
  double end = profile.intervals.front().interval.from_s;
  for (const IntervalAnswer& each : profile.intervals) {
    const Interval& i = each.interval;
    const double aht = i.queue.aht_s > 0 ? i.queue.aht_s : first.aht_s;
    if (i.from_s > end) {
      pieces.closed.push_back(day.pieces.size());
      TransientPiece after = day.pieces.back();
      after.arrival_rate = 0;
      after.length = i.from_s - end;
      day.pieces.push_back(after);
    }
    pieces.of_interval.push_back(day.pieces.size());
    day.pieces.push_back({i.length_s, i.calls / i.length_s, std::llround(each.agents), 1 / aht,
                          1 / i.queue.patience_s});
    end = i.from_s + i.length_s;
  }
  if (!to_the_end) return day;
  TransientPiece after = day.pieces.back();
  after.arrival_rate = 0;
  after.length = closing_time(day);
  pieces.closed.push_back(day.pieces.size());
  day.pieces.push_back(after);
  return day;
}

namespace {

// Sums over intervals, of which the figures are ratios.
struct Sums {
  double offered = 0, accepted = 0, within = 0, gone_within = 0, answers = 0, abandons = 0,
         waited = 0, answers_within = 0, busy = 0, staffed = 0;
  void add(const TransientInterval& t, double agents, double length_s) {
    offered += t.offered;
    accepted += t.offered - t.blocked;
    within += t.answered_within;
    gone_within += t.abandoned_within;
    answers += t.answers;
    abandons += t.abandons;
    waited += t.answered_wait;
    answers_within += t.answers_within;
    busy += t.mean_busy * length_s;
    staffed += (agents + t.mean_leavers) * length_s;
  }
  // What becomes after a closing of those who still wait: no occupancy, nobody is on duty for it.
  void add_after_closing(const TransientInterval& t) {
    answers += t.answers;
    abandons += t.abandons;
    waited += t.answered_wait;
    answers_within += t.answers_within;
  }
  // f2 counts the answered of an interval's own calls, which are known of the day alone.
  double level(std::string_view key, bool day) const {
    const auto share = [](double part, double of) { return of > 0 ? part / of : std::nan(""); };
    if (key == "service_level") return share(within, accepted);
    if (key == "service_level_f1") return share(within + gone_within, accepted);
    if (key == "service_level_f2") return day ? share(within, answers) : std::nan("");
    if (key == "service_level_f4") return share(within, accepted - gone_within);
    return share(within, offered);
  }
  ExactFigures figures(const Indicator& level_asked, bool day) const {
    const auto share = [](double part, double of) { return of > 0 ? part / of : std::nan(""); };
    return {level(level_asked.key, day),
            share(answers, answers + abandons),
            share(abandons, answers + abandons),
            share(waited, answers),
            share(busy, staffed),
            share(answers_within, answers + abandons)};
  }
};

// NaN of a target that the exact day gives no figure of.
double figure_of(const Question& parts, const ExactFigures& f, const Target& target) {
  const std::string_view key = target.what->key;
  if (key == level_of(parts).key && target.within_s == parts.queue.within_s) return f.service_level;
  if (key == "answer_rate") return f.answer_rate;
  if (key == "abandon_rate") return f.abandon_rate;
  if (key == "asa_s") return f.asa_s;
  if (key == "occupancy") return f.occupancy;
  return std::nan("");
}

bool misses(const Question& parts, const ExactFigures& f) {
  return std::any_of(parts.targets.begin(), parts.targets.end(), [&](const Target& target) {
    const double value = figure_of(parts, f, target);
    // A hair of the exact day's own error is no miss.
    constexpr double kHair = 1e-7;
    return target.at_least ? value < target.value - kHair : value > target.value + kHair;
  });
}

}  // namespace

bool holds_over_the_day(const Question& parts, const Profile& profile) {
  return profile.exact.day && !misses(parts, *profile.exact.day);
}

void add_exact_day(const Question& parts, Profile& profile) {
  ExactDay& exact = profile.exact;
  exact.why = profile.intervals.empty() || profile.calls <= 0 ? ExactDay::Why::kAgents
                                                              : day_unknown(profile);
  if (exact.why != ExactDay::Why::kKnown) return;
  DayPieces pieces;
  const TransientInput day = day_of(parts, profile, pieces);
  exact.updates = expected_updates(day);
  if (exact.updates > kAffordable) {
    exact.why = ExactDay::Why::kCost;
    return;
  }
  const TransientResult solved = solve_transient(day);
  exact.left_out = solved.left_out;
  Sums all;
  for (std::size_t i = 0; i < pieces.of_interval.size(); ++i) {
    IntervalAnswer& each = profile.intervals[i];
    const TransientInterval& t = solved.intervals[pieces.of_interval[i]];
    Sums one;
    one.add(t, each.agents, each.interval.length_s);
    all.add(t, each.agents, each.interval.length_s);
    each.exact = one.figures(level_of(parts), false);
    if (each.interval.calls > 0 && misses(parts, *each.exact)) exact.missed.push_back(i);
  }
  for (const std::size_t p : pieces.closed) all.add_after_closing(solved.intervals[p]);
  exact.day = all.figures(level_of(parts), true);
}

}  // namespace callmill::calculator
