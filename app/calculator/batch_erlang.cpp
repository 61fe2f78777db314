// Erlang B, C, A and finite lines, row by row; and the fewest agents for a measure.

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>

#include "app/calculator/batch_models.h"
#include "models/queueing/erlang.h"

namespace callmill::calculator {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kMostLoad = 1e12;

struct Row {
  char model = 0;
  double load = kNaN;
  QueueInput queue;
};
struct Answer {
  ErlangB loss{};       // of B and C
  QueueResult queue{};  // of C, A and K
};

struct Column {
  const char* name;
  const char* models;
  double (*value)(const Row&, const Answer&);
};

using R = const Row&;
using X = const Answer&;
constexpr std::array kColumns = {
    Column{"rho", "CAK",
           [](R r, X) { return r.queue.arrival_rate / (r.queue.agents * r.queue.service_rate); }},
    Column{"B", "BC", [](R, X x) { return x.loss.blocking; }},
    Column{"log10_B", "B", [](R, X x) { return x.loss.log10_blocking; }},
    Column{"one_minus_B", "B", [](R, X x) { return x.loss.one_minus_blocking; }},
    Column{"carried", "B", [](R, X x) { return x.loss.carried; }},
    Column{"cond_a", "B", [](R, X x) { return x.loss.idle; }},
    Column{"C", "C", [](R, X x) { return x.queue.p_wait; }},
    Column{"log10_C", "C", [](R, X x) { return x.queue.log10_wait; }},
    Column{"one_minus_C", "C", [](R, X x) { return x.queue.p_nowait; }},
    Column{"ASA", "C", [](R, X x) { return x.queue.mean_wait_served; }},
    Column{"EW_wait", "C", [](R, X x) { return x.queue.mean_wait_waiters; }},
    Column{"P_W_gt_t", "C", [](R, X x) { return x.queue.p_wait_gt; }},
    Column{"SL", "C", [](R, X x) { return x.queue.sl_offered; }},
    Column{"p_block", "K", [](R, X x) { return x.queue.p_block; }},
    Column{"p_wait", "AK", [](R, X x) { return x.queue.p_wait; }},
    Column{"p_nowait", "AK", [](R, X x) { return x.queue.p_nowait; }},
    Column{"p_ab", "AK", [](R, X x) { return x.queue.p_abandon; }},
    Column{"p_served", "AK", [](R, X x) { return x.queue.p_served; }},
    Column{"EQ", "CAK", [](R, X x) { return x.queue.mean_queue; }},
    Column{"VarQ", "AK", [](R, X x) { return x.queue.var_queue; }},
    Column{"Ebusy", "AK", [](R, X x) { return x.queue.mean_busy; }},
    Column{"occ", "BCAK",
           [](R r, X x) { return r.model == 'B' ? x.loss.occupancy : x.queue.occupancy; }},
    Column{"EW_offered", "AK", [](R, X x) { return x.queue.mean_wait_offered; }},
    Column{"EW_served", "AK", [](R, X x) { return x.queue.mean_wait_served; }},
    Column{"EW_ab", "AK", [](R, X x) { return x.queue.mean_wait_abandoned; }},
    Column{"EW_waiters", "AK", [](R, X x) { return x.queue.mean_wait_waiters; }},
    Column{"P_V_gt", "AK", [](R, X x) { return x.queue.p_offered_wait_gt; }},
    Column{"P_W_gt", "AK", [](R, X x) { return x.queue.p_wait_gt; }},
    Column{"P_served_gt", "AK", [](R, X x) { return x.queue.p_served_gt; }},
    Column{"P_ab_gt", "AK", [](R, X x) { return x.queue.p_abandon_gt; }},
    Column{"P_served_le", "AK", [](R, X x) { return x.queue.p_served_le; }},
    Column{"P_ab_le", "AK", [](R, X x) { return x.queue.p_abandon_le; }},
    Column{"SL_offered", "AK", [](R, X x) { return x.queue.sl_offered; }},
    Column{"SL_accepted", "K", [](R, X x) { return x.queue.sl_accepted; }},
    Column{"SL_answered", "AK", [](R, X x) { return x.queue.sl_answered; }},
    Column{"SL_excl_short_ab", "AK", [](R, X x) { return x.queue.sl_excl_short_abandon; }},
    Column{"SL_ab_ok", "AK", [](R, X x) { return x.queue.sl_abandon_ok; }},
    Column{"P_ab_given_wait", "AK", [](R, X x) { return x.queue.p_abandon_given_wait; }},
};

bool has(const Column& column, char model) {
  return std::string_view(column.models).find(model) != std::string_view::npos;
}

// ---- Reading ----
void read_agents(BatchReader& in, Row& row) {
  if (row.model == 'C' || row.model == 'A') {
    row.queue.agents = in.positive("n");
    return;
  }
  row.queue.agents = in.whole("n", row.model == 'B' ? 0 : 1);
  if (row.model != 'K') return;
  const double lines = in.whole("K", 1);
  if (std::isnan(lines) || std::isnan(row.queue.agents)) return;
  if (lines < row.queue.agents) {
    in.error("K", "range", fmt::format("K is {}; must be >= n = {}", lines, row.queue.agents));
    return;
  }
  row.queue.lines = static_cast<std::int64_t>(lines);
}

void read_load(BatchReader& in, Row& row) {
  const bool has_load = in.given("a");
  const bool has_rates = in.given("lam") || in.given("mu");
  if (has_load) row.load = in.positive("a");
  if (row.load > kMostLoad)
    in.error("a", "range", fmt::format("a is {}; must be <= {}", row.load, kMostLoad));
  if (!has_load && !has_rates) {
    in.error(in.has_column("lam") ? "lam" : "a", "missing",
             "the load is missing: give a, or lam and mu");
    return;
  }
  if (!has_rates) {
    row.queue.arrival_rate = row.load;
    row.queue.service_rate = 1;
    return;
  }
  row.queue.arrival_rate = in.positive("lam");
  row.queue.service_rate = in.positive("mu");
  const double load = row.queue.arrival_rate / row.queue.service_rate;
  if (load > kMostLoad) {
    in.error("lam", "range", fmt::format("lam / mu is {}; must be <= {}", load, kMostLoad));
  } else if (!has_load) {
    row.load = load;
  } else if (std::abs(load - row.load) > 1e-6 * row.load) {
    in.error("a", "conflict",
             fmt::format("a is {}, but lam / mu is {}; give one of them", row.load, load));
  }
}

void read_times(BatchReader& in, Row& row) {
  row.queue.within = in.not_negative("t");
  const bool patient = row.model == 'C' || (row.model == 'K' && !in.given("theta"));
  if (!patient) row.queue.patience_rate = in.not_negative("theta");
}

Answer solve(const Row& row) {
  Answer answer;
  if (row.model == 'B') {
    answer.loss = erlang_b(static_cast<std::int64_t>(row.queue.agents), row.load);
    return answer;
  }
  if (row.model == 'C') answer.loss.blocking = erlang_b_fractional(row.queue.agents, row.load);
  answer.queue = solve_queue(row.queue);
  return answer;
}

template <char kModel>
BatchJob read(BatchReader& in) {
  Row row{.model = kModel, .queue = {}};
  read_agents(in, row);
  read_load(in, row);
  if (kModel != 'B') read_times(in, row);
  return [row] {
    const Answer answer = solve(row);
    std::vector<double> values;
    for (const Column& column : kColumns)
      if (has(column, kModel)) values.push_back(column.value(row, answer));
    return values;
  };
}

template <char kModel>
BatchModel model(std::string_view name, std::string_view letter,
                 std::vector<std::string_view> signature) {
  BatchModel out{name, letter, std::move(signature), {}, read<kModel>};
  for (const Column& column : kColumns)
    if (has(column, kModel)) out.columns.emplace_back(column.name);
  return out;
}

// ---- The fewest agents for a measure ----
struct NamedMeasure {
  std::string_view name;
  double (*value)(const QueueResult&);
  Measure measure;
};
constexpr std::array kMeasures = {
    NamedMeasure{"p_ab", [](const QueueResult& r) { return r.p_abandon; }, Measure::kAbandon},
    NamedMeasure{"p_wait", [](const QueueResult& r) { return r.p_wait; }, Measure::kWait},
    NamedMeasure{"ASA", [](const QueueResult& r) { return r.mean_wait_served; },
                 Measure::kMeanWaitServed},
    NamedMeasure{"EW_served", [](const QueueResult& r) { return r.mean_wait_served; },
                 Measure::kMeanWaitServed},
    NamedMeasure{"EW_offered", [](const QueueResult& r) { return r.mean_wait_offered; },
                 Measure::kMeanWaitOffered},
    NamedMeasure{"SL", [](const QueueResult& r) { return r.sl_offered; }, Measure::kServiceLevel},
    NamedMeasure{"SL_offered", [](const QueueResult& r) { return r.sl_offered; },
                 Measure::kServiceLevel},
    NamedMeasure{"SL_answered", [](const QueueResult& r) { return r.sl_answered; },
                 Measure::kServiceLevelAnswered},
    NamedMeasure{"SL_excl_short_ab", [](const QueueResult& r) { return r.sl_excl_short_abandon; },
                 Measure::kServiceLevelExclShortAbandon},
    NamedMeasure{"SL_ab_ok", [](const QueueResult& r) { return r.sl_abandon_ok; },
                 Measure::kServiceLevelAbandonOk},
    NamedMeasure{"occ", [](const QueueResult& r) { return r.occupancy; }, Measure::kOccupancy},
    NamedMeasure{"p_served", [](const QueueResult& r) { return r.p_served; }, Measure::kServed},
};

std::vector<double> fewest_lines(double load, double target) {
  const std::int64_t n = lines_for_erlang_b(load, target);
  if (n < 1) return {static_cast<double>(n), kNaN, kNaN};
  return {static_cast<double>(n), erlang_b(n, load).blocking, erlang_b(n - 1, load).blocking};
}

std::vector<double> fewest_agents(QueueInput queue, const NamedMeasure& measure, bool at_least,
                                  double target) {
  const std::int64_t n = agents_for(queue, {measure.measure, at_least, target});
  if (n < 0) return {kNaN, kNaN, kNaN};
  const auto at = [&](std::int64_t agents) {
    if (agents < 1) return kNaN;
    queue.agents = static_cast<double>(agents);
    return grows_without_limit(queue) ? kNaN : measure.value(solve_queue(queue));
  };
  return {static_cast<double>(n), at(n), at(n - 1)};
}

BatchJob read_inverse(BatchReader& in) {
  const std::string kind = in.text("model");
  if (kind != "B" && kind != "C" && kind != "A")
    in.error("model", "model", fmt::format("model is \"{}\"; must be B, C or A", kind));
  const std::string sense = in.text("sense");
  if (sense != "ge" && sense != "le")
    in.error("sense", "sense", fmt::format("sense is \"{}\"; must be ge or le", sense));
  const double target = in.not_negative("target");
  QueueInput queue;
  queue.arrival_rate = in.positive("lam");
  queue.service_rate = in.positive("mu");
  const std::string name = in.text("measure");
  if (kind == "B") {
    if (name != "p_block")
      in.error("measure", "measure", fmt::format("measure is \"{}\"; of B it is p_block", name));
    const double load = queue.arrival_rate / queue.service_rate;
    return [=] { return fewest_lines(load, target); };
  }
  queue.within = in.not_negative("t");
  if (kind == "A") queue.patience_rate = in.not_negative("theta");
  const NamedMeasure* found = nullptr;
  std::vector<std::string> names;
  for (const NamedMeasure& each : kMeasures) {
    if (each.name == name) found = &each;
    names.emplace_back(each.name);
  }
  if (found == nullptr) {
    in.error("measure", "measure", fmt::format("there is no measure \"{}\"", name),
             fmt::format("one of {}", fmt::join(names, ", ")));
    return {};
  }
  const bool at_least = sense == "ge";
  return [=] { return fewest_agents(queue, *found, at_least, target); };
}

}  // namespace

std::vector<BatchModel> erlang_models() {
  return {model<'K'>("mmnkm", "K", {"n", "K", "lam", "mu"}),
          model<'A'>("erlang_a", "A", {"n", "lam", "mu", "theta"}),
          model<'C'>("erlang_c", "C", {"n", "lam", "mu", "t"}),
          model<'B'>("erlang_b", "B", {"n", "a"})};
}

std::vector<BatchModel> inverse_models() {
  return {{"staffing_inverse",
           "",
           {"model", "measure", "sense", "target"},
           {"n_min", "value_at_n", "value_at_n_minus_1"},
           read_inverse}};
}

}  // namespace callmill::calculator
