// Inverses of every model by one search: each target eases one way as calls, handle time or T move
// one way, so "every target holds" changes once. Agents ease all targets but those on calls lost
// where lines are fixed (fewest_on_lines); patience and lines may change twice.

#include <algorithm>
#include <cmath>

#include "app/calculator/question.h"

namespace callmill::calculator {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kSpan = 1e9;  // how far from its natural size an unknown is looked for
constexpr double kNear = 1e-13;

// Evaluates the question's queue with another value of its unknown.
class Trial {
 public:
  Trial(const Question& question, Input input) : question_{question}, input_{input} {}

  std::optional<Outcome> at(double value) const {
    Queue queue = question_.queue;
    set(queue, input_, value);
    return evaluate(queue);
  }
  bool met(double value) const {
    const auto outcome = at(value);
    return outcome && holds(question_.targets, *outcome);
  }

 private:
  const Question& question_;
  Input input_;
};

// The edge between `good`, where met, and `bad`, where not; on the good side.
template <class Met>
double edge(const Met& met, double good, double bad) {
  while (std::abs(bad - good) > kNear * std::max(std::abs(good), std::abs(bad))) {
    // Far apart, halves of the logarithm come sooner.
    const bool far = good > 0 && bad > 0 && std::max(good, bad) > 2 * std::min(good, bad);
    const double middle = far ? std::sqrt(good * bad) : good + 0.5 * (bad - good);
    if (middle == good || middle == bad) break;
    (met(middle) ? good : bad) = middle;
  }
  return good;
}

// The largest value that meets; targets hold below it. NaN where none does; infinity where all do.
template <class Met>
double last_met(const Met& met, double base) {
  double good = base;
  if (met(base)) {
    double bad = base;
    do {
      good = bad;
      bad *= 2;
      if (bad > kSpan * base) return kForever;
    } while (met(bad));
    return edge(met, good, bad);
  }
  double bad = base;
  do {
    bad = good;
    good *= 0.5;
    if (good < base / kSpan) return kNaN;
  } while (!met(good));
  return edge(met, good, bad);
}

// The fewest whole number in [first, limit] that meets; NaN where none does.
template <class Met>
double fewest(const Met& met, double first, double limit) {
  double low = first - 1;  // never enough
  double high = std::min(first, limit);
  while (!met(high)) {
    if (high >= limit) return kNaN;
    low = high;
    high = std::min(2 * high, limit);
  }
  while (high - low > 1) {
    const double middle = std::floor(low + (high - low) / 2);
    (met(middle) ? high : low) = middle;
  }
  return high;
}

// More agents end calls sooner, which frees lines: the cheapest pair may have more than the fewest.
// The search ends where agents, with as few lines as there are agents at the fewest, cost more than
// the best.
double cheapest_agents(const Question& question, double fewest) {
  const Trial trial{question, Input::kAgents};
  const Costs& costs = *question.costs;
  const auto lines_at = [&](double agents) {
    const auto outcome = trial.at(agents);
    return outcome ? static_cast<double>(outcome->queue.lines) : kForever;
  };
  const auto cost = [&](double agents) {
    return agents * costs.agent + lines_at(agents) * costs.line;
  };
  const double floor_lines = fewest;  // lines are never fewer than agents
  double best = fewest;
  double least = cost(fewest);
  for (double agents = fewest + 1; agents * costs.agent + floor_lines * costs.line < least;
       ++agents) {
    const double here = cost(agents);
    if (!(here < least) || !trial.met(agents)) continue;
    best = agents;
    least = here;
  }
  return best;
}

bool counts_lost_calls(const Target& target) {
  return target.what->key == "loss_rate" || target.what->key == "service_level_all" ||
         target.what->key == "answered_of_all";
}

// On a given number of lines an agent more takes a place of the queue. Where callers leave the
// queue faster than agents end calls, lines are then held longer and more calls are lost: the
// feasible agents are a stretch with an upper end. Its lower end: the fewest for all targets that
// more agents ease, then one by one. The scan ends where hardly anybody waits: more agents change
// nothing then.
double fewest_on_lines(const Question& question) {
  const Trial trial{question, Input::kAgents};
  const Queue& queue = question.queue;
  const auto most = static_cast<double>(queue.lines);
  const auto met = [&](double n) { return trial.met(n); };
  const bool strains =
      std::any_of(question.targets.begin(), question.targets.end(), counts_lost_calls);
  if (!strains || (queue.patience_s >= queue.aht_s && !has_general_patience(queue)))
    return fewest(met, 1, most);
  Question easing = question;
  std::erase_if(easing.targets, counts_lost_calls);
  const Trial eased{easing, Input::kAgents};
  double agents = fewest([&](double n) { return eased.met(n); }, 1, most);
  constexpr double kNobodyWaits = 1e-12;
  for (; agents <= most; ++agents) {  // false of NaN
    const auto outcome = trial.at(agents);
    if (!outcome) continue;
    if (holds(question.targets, *outcome)) return agents;
    if (outcome->result.p_wait < kNobodyWaits) break;
  }
  return kNaN;
}

double fewest_agents(const Question& question) {
  if (question.queue.lines > 0) return fewest_on_lines(question);
  const Trial trial{question, Input::kAgents};
  const auto met = [&](double n) { return trial.met(n); };
  const double whole = fewest(met, 1, kMostAgentsTried);
  if (question.costs && !std::isnan(whole)) return cheapest_agents(question, whole);
  if (!question.fractional || std::isnan(whole)) return whole;
  const double below = whole > 1 ? whole - 1 : 1e-9;
  return met(below) ? below : edge(met, whole, below);
}

// By how much the target that is furthest from its value misses it (below 0) or keeps it, in parts
// of that value.
double worst_slack(const Question& question, double patience) {
  const auto outcome = Trial{question, Input::kPatience}.at(patience);
  if (!outcome || outcome->endless) return -kForever;
  double worst = kForever;
  for (const Target& target : question.targets) {
    const double above = value_of(target, *outcome) - target.value;
    const double slack = (target.at_least ? above : -above) / std::max(target.value, 1e-9);
    worst = std::isnan(slack) ? -kForever : std::min(worst, slack);
  }
  return worst;
}

// The patience in [low, high] with the most slack, by golden section on its logarithm; ends as soon
// as one holds all targets.
double most_slack(const Question& question, double low, double high) {
  const double golden = 0.5 * (std::sqrt(5.0) - 1);
  double a = std::log(low);
  double b = std::log(high);
  double c = b - golden * (b - a);
  double d = a + golden * (b - a);
  double at_c = worst_slack(question, std::exp(c));
  double at_d = worst_slack(question, std::exp(d));
  while (b - a > 1e-9 && at_c < 0 && at_d < 0) {
    if (at_c > at_d) {
      b = d;
      d = c;
      at_d = at_c;
      c = b - golden * (b - a);
      at_c = worst_slack(question, std::exp(c));
    } else {
      a = c;
      c = d;
      at_c = at_d;
      d = a + golden * (b - a);
      at_d = worst_slack(question, std::exp(d));
    }
  }
  return std::exp(at_c > at_d ? c : d);
}

// A patience at which all targets hold: the first of `grid`; else within the neighbours of a peak
// of the slack, where a stretch shorter than a step lies. NaN where there is none.
template <class Met>
double any_patience(const Question& question, const std::vector<double>& grid, const Met& met) {
  const auto first = std::find_if(grid.begin(), grid.end(), met);
  if (first != grid.end()) return *first;
  std::vector<double> slack;
  for (const double patience : grid) slack.push_back(worst_slack(question, patience));
  for (std::size_t i = 1; i + 1 < grid.size(); ++i) {
    if (!std::isfinite(slack[i]) || slack[i] < slack[i - 1] || slack[i] < slack[i + 1]) continue;
    const double peak = most_slack(question, grid[i - 1], grid[i + 1]);
    if (met(peak)) return peak;
  }
  return kNaN;
}

// Patience eases some targets and strains others: the first stretch on which all hold of those that
// a fine grid (ten values an e-fold) meets or has a peak of the slack beside; its ends sharpened.
std::optional<Range> patience_range(const Question& question) {
  const Trial trial{question, Input::kPatience};
  const auto met = [&](double patience) { return trial.met(patience); };
  const double shortest = question.queue.aht_s * 1e-3;
  const double longest = question.queue.aht_s * 1e4;
  const double factor = std::exp(0.1);
  std::vector<double> grid;
  for (double each = shortest; each <= longest; each *= factor) grid.push_back(each);
  const double first = any_patience(question, grid, met);
  if (std::isnan(first))
    return met(kForever) ? std::optional<Range>{{kForever, kForever}} : std::nullopt;
  double last = first;
  while (last <= longest && met(last * factor)) last *= factor;
  Range range{0, kForever};
  if (first > shortest) range.low = edge(met, first, first / factor);
  if (last <= longest) range.high = edge(met, last, last * factor);
  return range;
}

// How many lines or ports there may be. Every agent holds a line; more ports than lines are none.
Range places(const Question& question, Input input) {
  if (input == Input::kPorts) return {1, static_cast<double>(question.queue.lines)};
  return {question.queue.agents, kMostLinesTried};
}

// Of all calls answered within T: more places lose fewer calls and make the others wait longer, so
// it rises and falls, and a stretch may lie between two doublings. One by one, to where hardly any
// call is lost any more: more places change nothing then.
std::optional<Range> places_one_by_one(const Question& question, Input input) {
  const Trial trial{question, input};
  constexpr double kNobodyLost = 1e-12;
  constexpr double kMostScanned = 20000;
  double low = kNaN;
  const auto [least, most] = places(question, input);
  for (double count = least; count <= std::min(most, least + kMostScanned); ++count) {
    const auto outcome = trial.at(count);
    if (!outcome) continue;
    const bool met = holds(question.targets, *outcome);
    if (!met && !std::isnan(low)) return Range{low, count - 1};
    if (met && std::isnan(low)) low = count;
    if (outcome->result.p_block < kNobodyLost) break;
  }
  return std::isnan(low) ? std::nullopt : std::optional{Range{low, kForever}};
}

// Few lines or ports lose calls, many let the queue grow. Targets on all calls need enough of them,
// targets on those who got in not too many; so all hold on one stretch.
std::optional<Range> places_range(const Question& question, Input input) {
  if (std::any_of(question.targets.begin(), question.targets.end(),
                  [](const Target& t) { return t.what->key == "service_level_all"; }))
    return places_one_by_one(question, input);
  const Trial trial{question, input};
  const auto met = [&](double count) { return trial.met(count); };
  Question lost = question;
  std::erase_if(lost.targets, [](const Target& t) { return !counts_lost_calls(t); });
  const Trial losing{lost, input};
  const auto [least, most] = places(question, input);
  double low = least;
  if (!lost.targets.empty())
    low = fewest([&](double count) { return losing.met(count); }, least, most);
  if (std::isnan(low) || !met(low)) return std::nullopt;
  if (met(most)) return Range{low, kForever};
  double high = low;
  double bad = low + 1;
  while (met(bad)) {
    high = bad;
    bad = std::min(2 * bad, most);
  }
  while (bad - high > 1) {
    const double middle = std::floor(high + (bad - high) / 2);
    (met(middle) ? high : bad) = middle;
  }
  return Range{low, high};
}

// The shortest T of the targets that have none of their own.
double shortest_within(const Question& question) {
  const auto met = [&](double within) {
    Queue queue = question.queue;
    queue.within_s = within;
    const auto outcome = evaluate(queue);
    return outcome && holds(at_within(question.targets, within), *outcome);
  };
  if (met(0)) return 0;
  double good = question.queue.aht_s;
  while (!met(good)) {
    good *= 2;
    if (good > kSpan * question.queue.aht_s) return kNaN;
  }
  return edge(met, good, 0.0);
}

double natural_size(const Question& question, Input input) {
  const Queue& q = question.queue;
  return input == Input::kCalls ? q.agents / q.aht_s : q.agents / q.calls_per_s;
}

std::vector<double> around(Input input, double value) {
  if (is_counted(input)) {
    if (value != std::floor(value)) return {std::floor(value), value, std::ceil(value)};
    return {value - 1, value, value + 1};
  }
  if (value == 0 || !std::isfinite(value)) return {value};
  return {0.95 * value, value, 1.05 * value};
}

void add_rows(const Question& question, Input input, double value, Answer& out) {
  const Trial trial{question, input};
  for (const double each : around(input, value)) {
    if (!(each > 0) && input != Input::kWithin) continue;
    const auto outcome = trial.at(each);
    if (!outcome) continue;
    const auto targets =
        input == Input::kWithin ? at_within(question.targets, each) : question.targets;
    if (each == value) {
      out.chosen = out.rows.size();
      out.feasible = true;
    }
    out.rows.push_back({*outcome, holds(targets, *outcome)});
  }
}

double search(const Question& question, Answer& out) {
  const Input input = *question.solve;
  switch (input) {
    case Input::kAgents:
      return fewest_agents(question);
    case Input::kCalls:
    case Input::kAht: {
      const Trial trial{question, input};
      return last_met([&](double value) { return trial.met(value); },
                      natural_size(question, input));
    }
    case Input::kPatience:
      out.range = patience_range(question);
      break;
    case Input::kLines:
    case Input::kPorts:
      out.range = places_range(question, input);
      break;
    case Input::kWithin:
      return shortest_within(question);
  }
  if (!out.range) return kNaN;
  return out.range->low > 0 ? out.range->low : out.range->high;
}

}  // namespace

Answer answer(const Question& question) {
  Answer out;
  const double value = question.solve ? search(question, out) : question.queue.agents;
  if (std::isnan(value)) return out;
  // Patience without limit is a queue of its own; calls and handle times without limit are none.
  const Input input = question.solve.value_or(Input::kAgents);
  out.unbounded = !std::isfinite(value) && input != Input::kPatience;
  if (out.unbounded) return out;
  add_rows(question, input, value, out);
  return out;
}

double solve_for(const Question& question) {
  Answer out;
  return question.solve ? search(question, out) : kNaN;
}

}  // namespace callmill::calculator
