#include "engine/planning/polish.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "base/check.h"

namespace callmill::planning {
namespace {

constexpr double kHopeless = 0.03;  // a share that formulas say is lost beyond the room there is
constexpr double kCent = 1e-6;

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

// One agent of a choice of the cover goes, if `choice` is there; another comes, if `to` is.
struct Exchange {
  std::size_t group = 0;
  std::optional<std::size_t> choice;
  std::optional<std::pair<int, int>> to;  // shift and start
  double saving = 0;                      // of wages; below 0 where it costs more
};

double cost_of(const CoverShift& shift, int start) {
  const auto at = std::find(shift.starts.begin(), shift.starts.end(), start);
  return shift.cost[static_cast<std::size_t>(at - shift.starts.begin())];
}

// Agents on duty of one person of the shift, +1 or -1, breaks taken off.
void count(const CoverProblem& problem, const CoverShift& shift, int start,
           const std::vector<int>& breaks, std::int64_t by, std::vector<std::int64_t>& present) {
  for (int k = 0; k < shift.length; ++k)
    if (k < shift.gap_start || k >= shift.gap_start + shift.gap_length)
      present[index((start + k) % problem.slots)] += by;
  for (std::size_t b = 0; b < breaks.size(); ++b)
    for (int k = 0; k < shift.breaks[b].length; ++k)
      present[index((breaks[b] + k) % problem.slots)] -= by;
}

// Each break where most are at work.
std::vector<int> breaks_of(const CoverProblem& problem, const CoverShift& shift, int start,
                           const std::vector<std::int64_t>& present) {
  std::vector<int> begins;
  for (const CoverBreak& rest : shift.breaks) {
    int best = start + rest.earliest;
    std::int64_t most = -1;
    for (int at = start + rest.earliest; at <= start + rest.latest; ++at) {
      std::int64_t least = present[index(at % problem.slots)];
      for (int k = 1; k < rest.length; ++k)
        least = std::min(least, present[index((at + k) % problem.slots)]);
      if (least > most) {
        most = least;
        best = at;
      }
    }
    begins.push_back(best % problem.slots);
  }
  return begins;
}

class Polish {
 public:
  Polish(Rounds& rounds, const std::vector<double>& to_spare, std::uint64_t events)
      : rounds_{rounds}, to_spare_{to_spare}, last_event_{rounds.events() + events} {}

  std::optional<Outcome> run(Outcome at) {
    if (has_price(at.plan.targets))
      rounds_.look(at);  // penalties of the days of which the others are
    bool found_any = false;
    while (!over()) {
      std::optional<Outcome> next = better_than(at);
      if (!next) break;
      at = std::move(*next);
      found_any = true;
    }
    return found_any ? std::optional{std::move(at)} : std::nullopt;
  }

 private:
  bool over() const { return rounds_.events() >= last_event_ || !rounds_.may_go_on(); }

  std::optional<Outcome> better_than(const Outcome& at) {
    for (const Exchange& e : exchanges(at)) {
      if (over()) break;
      std::optional<Outcome> next = with(at, e);
      if (!next || hopeless(at, *next, e)) continue;
      rounds_.look(*next);
      if (!holds(*next) || !(next->plan.cost() < at.plan.cost())) continue;  // penalties count
      rounds_.note(*next, what(at, e));
      return next;
    }
    return std::nullopt;
  }

  // What saves wages, and what costs no more than it may save of the penalties.
  std::vector<Exchange> exchanges(const Outcome& at) const {
    std::vector<Exchange> all;
    for (std::size_t g = 0; g < at.plan.groups.size(); ++g) {
      const GroupPlanResult& group = at.plan.groups[g];
      for (std::size_t c = 0; c < group.cover.choices.size(); ++c) {
        const CoverChoice& out = group.cover.choices[c];
        const double cost = cost_of(group.problem.shifts[index(out.shift)], out.start);
        if (cost > kCent) all.push_back({g, c, std::nullopt, cost});
        add_comers(group.problem, {g, c, std::nullopt, cost}, at.plan.penalties, all);
      }
      add_comers(group.problem, {g, std::nullopt, std::nullopt, 0}, at.plan.penalties, all);
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Exchange& a, const Exchange& b) { return a.saving > b.saving; });
    return all;
  }

  static void add_comers(const CoverProblem& problem, const Exchange& going, double penalties,
                         std::vector<Exchange>& all) {
    for (int s = 0; s < static_cast<int>(problem.shifts.size()); ++s) {
      const CoverShift& in = problem.shifts[index(s)];
      for (std::size_t k = 0; k < in.starts.size(); ++k) {
        const double saving = going.saving - in.cost[k];
        if (saving > kCent - penalties)
          all.push_back({going.group, going.choice, std::pair{s, in.starts[k]}, saving});
      }
    }
  }

  // None where a limit forbids it, or nobody were left while somebody may call.
  std::optional<Outcome> with(const Outcome& at, const Exchange& e) const {
    Outcome next = at;
    GroupPlanResult& group = next.plan.groups[e.group];
    CoverProblem& problem = group.problem;
    problem.goals.clear();
    for (double& r : problem.requirement) r = std::min(r, 1.0);
    CoverResult cover = group.cover;
    if (e.choice) remove(problem, *e.choice, cover);
    if (e.to) add(problem, e.to->first, e.to->second, cover);
    cover.cost -= e.saving;
    cover.bound = std::min(cover.bound, cover.cost);
    cover.wanted.assign(cover.present.begin(), cover.present.end());
    if (!check_cover(problem, cover).empty()) return std::nullopt;
    rounds_.take(group, std::move(cover));
    return next;
  }

  static void remove(const CoverProblem& problem, std::size_t choice, CoverResult& cover) {
    CoverChoice& out = cover.choices[choice];
    const std::vector<int> no_breaks;
    const bool listed = !out.break_start.empty();
    count(problem, problem.shifts[index(out.shift)], out.start,
          listed ? out.break_start.back() : no_breaks, -1, cover.present);
    if (listed) out.break_start.pop_back();
    if (--out.agents == 0)
      cover.choices.erase(cover.choices.begin() + static_cast<std::ptrdiff_t>(choice));
  }

  static void add(const CoverProblem& problem, int shift, int start, CoverResult& cover) {
    const CoverShift& in = problem.shifts[index(shift)];
    auto at = std::find_if(cover.choices.begin(), cover.choices.end(), [&](const CoverChoice& c) {
      return c.shift == shift && c.start == start;
    });
    if (at == cover.choices.end()) at = cover.choices.insert(at, CoverChoice{shift, start, 0, {}});
    ++at->agents;
    at->break_start.push_back(breaks_of(problem, in, start, cover.present));
    count(problem, in, start, at->break_start.back(), 1, cover.present);
  }

  // The formulas of each interval by themselves say that far more is lost than there is room for,
  // or than a price may be paid for.
  bool hopeless(const Outcome& at, const Outcome& next, const Exchange& e) const {
    double saving = e.saving;
    for (std::size_t k = 0; k < at.plan.targets.size(); ++k) {
      const Target& t = at.plan.targets[k].target;
      const bool level = t.metric == "service_level";
      if (t.per == Per::kInterval || t.sense != Sense::kAtLeast ||
          !(level || t.metric == "answer_rate") || !rounds_.answers_for(e.group, t))
        continue;
      const double lost = share_lost(at, next, e.group, level, t.queue.has_value());
      if (!t.price && lost > room(at, k) + kHopeless) return true;
      if (t.price) saving -= more_penalty(at.plan.targets[k], lost - kHopeless);
    }
    return saving < 0;
  }

  static double more_penalty(const TargetResult& now, double lost) {
    TargetResult then = now;
    then.estimate.value -= lost;
    return then.penalty() - now.penalty();
  }

  // Of the calls of the group, or of all planned groups.
  static double share_lost(const Outcome& at, const Outcome& next, std::size_t g, bool level,
                           bool of_group) {
    const GroupPlanResult &was = at.plan.groups[g], &is = next.plan.groups[g];
    const double lost = level ? was.analytic_service_level - is.analytic_service_level
                              : was.analytic_answer_rate - is.analytic_answer_rate;
    double mine = 0, all = 0;
    for (std::size_t h = 0; h < at.plan.groups.size(); ++h)
      for (const RequirementInterval& i : at.plan.groups[h].requirement.intervals) {
        all += i.offered_per_hour;
        if (h == g) mine += i.offered_per_hour;
      }
    return of_group || !(all > 0) ? lost : lost * mine / all;
  }

  double room(const Outcome& o, std::size_t k) const {
    const TargetResult& t = o.plan.targets[k];
    const double beyond = deciding_end(t) - t.target.value;
    return (t.target.sense == Sense::kAtLeast ? beyond : -beyond) - to_spare_[k];
  }

  bool holds(const Outcome& o) const {
    if (!o.met()) return false;
    for (std::size_t k = 0; k < o.plan.targets.size(); ++k)
      if (!o.plan.targets[k].target.price && o.plan.targets[k].target.per != Per::kInterval &&
          !(room(o, k) >= 0))
        return false;
    return true;
  }

  std::string what(const Outcome& at, const Exchange& e) const {
    const GroupPlanResult& group = at.plan.groups[e.group];
    const auto name = [&](int shift) { return group.problem.shifts[index(shift)].name; };
    if (!e.choice) return fmt::format("one {} more", name(e.to->first));
    const std::string out = name(group.cover.choices[*e.choice].shift);
    return e.to ? fmt::format("{} in place of {}", name(e.to->first), out)
                : fmt::format("one {} fewer", out);
  }

  Rounds& rounds_;
  const std::vector<double>& to_spare_;
  std::uint64_t last_event_;
};

}  // namespace

std::optional<Outcome> polish(const Outcome& start, Rounds& rounds,
                              const std::vector<double>& to_spare, std::uint64_t events) {
  return Polish{rounds, to_spare, events}.run(start);
}

}  // namespace callmill::planning
