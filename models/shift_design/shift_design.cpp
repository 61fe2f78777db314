#include "models/shift_design/shift_design.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <utility>

#include "base/check.h"
#include "base/random/stream.h"
#include "models/shift_design/design_program.h"

namespace callmill {
namespace {

constexpr double kTiny = 1e-6;
constexpr int kScalings = 12;     // of the first linear programs
constexpr int kCandidates = 4;    // kinds tried for each that is added
constexpr double kAnyGift = 0.5;  // chance that a gift is any candidate, not the best
constexpr double kNoise = 0.5;    // on the worth of a candidate
constexpr double kWorse = 0.06;   // chance to go on from a set that is dearer by up to one kind

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

// Kinds in use, and what they cost with the best heads.
struct Choice {
  std::vector<bool> on;
  double cost = kUnbounded;
};

class Search {
 public:
  Search(const ShiftDesignProblem& problem, const DesignProgram& program,
         std::function<bool()> expired)
      : problem_{problem},
        program_{program},
        relaxation_{program.mip},
        on_(program.kinds.size(), true),
        expired_{std::move(expired)} {}

  Choice run(int rounds) {
    begin();
    drop_needless();
    Choice now{on_, cost()};
    Choice best = now;
    for (int round = 0; round < rounds && !expired_(); ++round) {
      round_ = static_cast<std::uint64_t>(round + 1);
      draw_ = 0;
      const int out = round % 4;
      take_out(out);
      add(std::max(1, out));
      drop_needless();
      const double here = cost();
      if (here <= now.cost + kTiny ||
          (here <= now.cost + problem_.kind + kTiny && uniform() < kWorse)) {
        now = {on_, here};
        if (here < best.cost - kTiny) best = now;
      } else {
        set_all(now.on);
      }
    }
    return best;
  }

 private:
  double uniform() { return to_uniform(mix64(kGolden * round_ + mix64(++draw_))); }

  void set(std::size_t kind, bool on) {
    if (on_[kind] == on) return;
    on_[kind] = on;
    for (std::size_t day = 0; day < program_.heads[kind].size(); ++day)
      relaxation_.bound(program_.heads[kind][day], 0, on ? program_.at_most[kind][day] : 0);
    known_ = false;
  }
  void set_all(const std::vector<bool>& on) {
    for (std::size_t kind = 0; kind < on.size(); ++kind) set(kind, on[kind]);
  }

  // Too few and too many, at their price, of the kinds that are on.
  double deviation() {
    if (!known_) {
      CALLMILL_CHECK(relaxation_.solve() == MipStatus::kOptimal,
                     "too few and too many are allowed");
      known_ = true;
    }
    return relaxation_.cost();
  }
  double cost() {
    double kinds = 0;
    for (const bool on : on_) kinds += on ? 1 : 0;
    return deviation() + problem_.kind * kinds;
  }
  std::vector<double> heads() {
    const std::vector<double> values = relaxation_.values();
    std::vector<double> sums;
    for (const std::vector<int>& days : program_.heads) {
      double sum = 0;
      for (const int column : days) sum += values[index(column)];
      sums.push_back(sum);
    }
    return sums;
  }

  // Slope scaling: a kind's price is spread over the heads it had in the program before, so kinds
  // with many heads become cheap and those with few vanish.
  void begin() {
    std::vector<double> had(on_.size(), 1);
    for (int turn = 0; turn < kScalings && !expired_(); ++turn) {
      for (std::size_t kind = 0; kind < on_.size(); ++kind)
        for (const int column : program_.heads[kind])
          relaxation_.price(column, problem_.kind / std::max(had[kind], 0.1));
      known_ = false;
      deviation();
      const std::vector<double> now = heads();
      for (std::size_t kind = 0; kind < on_.size(); ++kind) had[kind] = now[kind];
    }
    for (std::size_t kind = 0; kind < on_.size(); ++kind) {
      for (const int column : program_.heads[kind]) relaxation_.price(column, 0);
      if (had[kind] < kTiny) set(kind, false);
    }
    known_ = false;
  }

  // Takes kinds out, those with the fewest heads first, that are not worth their price.
  void drop_needless() {
    double here = deviation();
    std::vector<std::pair<double, std::size_t>> order;
    const std::vector<double> sums = heads();
    for (std::size_t kind = 0; kind < on_.size(); ++kind)
      if (on_[kind]) order.emplace_back(sums[kind], kind);
    std::sort(order.begin(), order.end());
    for (const auto& [sum, kind] : order) {
      if (sum < kTiny) {
        set(kind, false);
        continue;
      }
      if (expired_()) return;
      set(kind, false);
      const double without = deviation();
      if (without - here <= problem_.kind + kTiny)
        here = without;
      else
        set(kind, true);
    }
  }

  void take_out(int out) {
    std::vector<std::size_t> used;
    for (std::size_t kind = 0; kind < on_.size(); ++kind)
      if (on_[kind]) used.push_back(kind);
    for (int k = 0; k < out && !used.empty(); ++k) {
      const std::size_t at = std::min(
          used.size() - 1, static_cast<std::size_t>(uniform() * static_cast<double>(used.size())));
      set(used[at], false);
      used.erase(used.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }

  // What the first head a day of each kind would save, from the prices of the rows: candidates are
  // the best of them; the one that really saves most is added. The first `gifts` need not be worth
  // their price: two kinds may be where one alone is not.
  void add(int gifts) {
    for (int turn = 0; !expired_(); ++turn) {
      const double here = deviation();
      const std::vector<double> prices = relaxation_.row_prices();
      std::vector<std::pair<double, std::size_t>> order;
      for (std::size_t kind = 0; kind < on_.size(); ++kind) {
        if (on_[kind]) continue;
        const double noise = 1 + kNoise * uniform();
        order.emplace_back(-noise * first_heads(kind, prices), kind);
      }
      std::sort(order.begin(), order.end());
      if (turn < gifts && uniform() < kAnyGift && !order.empty()) {
        const double at =
            uniform() * std::min<double>(2 * kCandidates, static_cast<double>(order.size()));
        set(order[static_cast<std::size_t>(at)].second, true);
        continue;
      }
      double least = turn < gifts ? kUnbounded : here - problem_.kind + kTiny;
      std::size_t best = on_.size();
      for (std::size_t k = 0; k < order.size() && k < kCandidates; ++k) {
        if (order[k].first > -kTiny) break;
        set(order[k].second, true);
        const double with = deviation();
        set(order[k].second, false);
        if (with < least) {
          least = with;
          best = order[k].second;
        }
      }
      if (best == on_.size()) return;
      set(best, true);
    }
  }

  double first_heads(std::size_t kind, const std::vector<double>& prices) const {
    double sum = 0;
    const int slots = static_cast<int>(prices.size());
    for (int day = 0; day < problem_.days; ++day) {
      const int start = (day * problem_.slots_per_day + program_.kinds[kind].start) % slots;
      const int end = start + program_.kinds[kind].length;
      double price = prices[index(start)];
      if (end < slots) price -= prices[index(end)];
      if (end > slots) price += prices[0] - prices[index(end - slots)];
      sum += std::max(0.0, price);
    }
    return sum;
  }

  const ShiftDesignProblem& problem_;
  const DesignProgram& program_;
  LinearRelaxation relaxation_;
  std::vector<bool> on_;
  std::function<bool()> expired_;
  bool known_ = false;
  std::uint64_t round_ = 0, draw_ = 0;
};

// Whole heads of the kinds chosen.
void read_design(const ShiftDesignProblem& problem, const DesignProgram& all, const Choice& choice,
                 ShiftDesign& design) {
  std::vector<ShiftKind> kinds;
  for (std::size_t k = 0; k < choice.on.size(); ++k)
    if (choice.on[k]) kinds.push_back(all.kinds[k]);
  const DesignProgram program = build_design_program(problem, std::move(kinds));
  const MipResult result = solve_mip(program.mip, {.node_limit = 1000});
  CALLMILL_CHECK(!result.values.empty(), "too few and too many are allowed");
  const auto count = [&](int column) { return std::llround(result.values[index(column)]); };
  for (std::size_t k = 0; k < program.kinds.size(); ++k) {
    DesignedShift shift{
        program.kinds[k].family, program.kinds[k].start, program.kinds[k].length, {}};
    std::int64_t sum = 0;
    for (const int column : program.heads[k]) {
      shift.heads.push_back(count(column));
      sum += shift.heads.back();
    }
    if (sum > 0) design.shifts.push_back(std::move(shift));
  }
  for (const int column : program.few) design.too_few += count(column);
  for (const int column : program.many) design.too_many += count(column);
  design.cost = problem.too_few * static_cast<double>(design.too_few) +
                problem.too_many * static_cast<double>(design.too_many) +
                problem.kind * static_cast<double>(design.shifts.size());
}

}  // namespace

std::vector<std::string> faults(const ShiftDesignProblem& problem) {
  std::vector<std::string> found;
  if (problem.days < 1 || problem.slots_per_day < 1)
    found.push_back("there must be at least one day of at least one slot");
  else if (problem.demand.size() != index(problem.days) * index(problem.slots_per_day))
    found.push_back("one demand a slot is needed");
  for (const std::int64_t agents : problem.demand)
    if (agents < 0) found.push_back("demands must not be negative");
  for (const ShiftFamily& family : problem.families) {
    const std::string who = "shifts '" + family.name + "': ";
    if (family.start_first < 0 || family.start_last >= problem.slots_per_day)
      found.push_back(who + "starts must be slots of the day");
    if (family.start_last < family.start_first) found.push_back(who + "there is no start");
    if (family.length_least < 1 || family.length_most > problem.slots_per_day)
      found.push_back(who + "lengths must lie between a slot and a day");
    if (family.length_most < family.length_least) found.push_back(who + "there is no length");
  }
  for (const double price : {problem.too_few, problem.too_many, problem.kind})
    if (!(price >= 0) || std::isinf(price))
      found.push_back("prices must be finite and not negative");
  return found;
}

ShiftDesign design_shifts(const ShiftDesignProblem& problem, const ShiftDesignOptions& options) {
  CALLMILL_CHECK(faults(problem).empty(), "a shift design must have no faults; ask faults() first");
  const SolverWatch watch;
  const auto expired = [&] { return watch.seconds() >= options.time_limit_s; };
  ShiftDesign design;
  DesignProgram program = build_design_program(problem, kinds_of(problem));
  const Choice choice = Search{problem, program, expired}.run(options.round_limit);
  read_design(problem, program, choice, design);
  add_kinds_in_use(problem, program);
  program.mip.leading_columns = 0;
  if (options.node_limit > 0) {
    const MipResult bound = solve_mip(program.mip, {.node_limit = options.node_limit});
    design.bound = std::clamp(bound.bound, 0.0, design.cost);
  } else {
    LinearRelaxation bound{program.mip};
    if (bound.solve() == MipStatus::kOptimal)
      design.bound = std::clamp(bound.cost(), 0.0, design.cost);
  }
  return design;
}

}  // namespace callmill
