// callmill_bench_plan: the instances of planning, each solved, checked by a checker of its own, and
// set beside the best value known. A table in Markdown; exit code 1 where a checker objects.
//
//   callmill_bench_plan DATA [FILTER]    only instances whose name contains FILTER
//
// Work is limited by counts (nodes, windows, rounds), so that cost and bound are the same on every
// machine; seconds are processor time, one thread.

#include <fmt/format.h>

#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "bench/plan_instances.h"

namespace callmill::bench {
namespace {

constexpr double kNoWallLimit = 3600;

struct Outcome {
  bool present = false;
  double cost = 0, bound = 0;
  std::vector<std::string> wrong;
};

struct Row {
  std::string name;
  double best_known;
  std::function<Outcome()> solve;
};

template <class Problem, class Solve, class Check>
Outcome solved(const std::optional<Problem>& problem, Solve solve, Check check) {
  if (!problem) return {};
  const auto result = solve(*problem);
  return {true, result.cost, result.bound, check(*problem, result)};
}

Outcome cover(const std::optional<CoverProblem>& problem, double gap) {
  return solved(
      problem,
      [gap](const CoverProblem& p) {
        return solve_cover(p,
                           {.relative_gap = gap, .time_limit_s = kNoWallLimit, .node_limit = 5000});
      },
      check_cover);
}

Outcome tours(const std::optional<TourProblem>& problem, double gap) {
  return solved(
      problem,
      [gap](const TourProblem& p) {
        return solve_tours(
            p, {.relative_gap = gap, .time_limit_s = kNoWallLimit, .window_limit = 200});
      },
      check_tours);
}

Outcome design(const std::optional<ShiftDesignProblem>& problem) {
  return solved(
      problem,
      [](const ShiftDesignProblem& p) {
        // Programs of quarter-hours are larger: as many rounds as take about the same time.
        const int rounds = p.slots_per_day > 48 ? 100 : 1500;
        return design_shifts(p, {.time_limit_s = kNoWallLimit, .round_limit = rounds});
      },
      check_shift_design);
}

void add_covers(const std::string& data, std::vector<Row>& rows) {
  const auto textbook_row = [&](const std::string& name, double best) {
    rows.push_back({"textbook " + name, best, [=] { return cover(textbook(data, name), 0); }});
  };
  textbook_row("winston_post_office", 23);
  textbook_row("hillier_lieberman_union_airways", 30610);
  textbook_row("ctu_call_center", 55);
  const double days[] = {2548, 24190, 239002};
  const char* peaks[] = {"50", "500", "5000"};
  for (int i = 0; i < 3; ++i)
    rows.push_back({std::string{"day96 peak "} + peaks[i], days[i],
                    [=] { return cover(day96(data, i), 1e-3); }});
}

void add_weeks(const std::string& data, std::vector<Row>& rows) {
  const double weeks[] = {15920, 143445, 1427025};
  const double gaps[] = {0.025, 0.004, 0.001};  // at which to stop
  const char* peaks[] = {"50", "500", "5000"};
  for (int i = 0; i < 3; ++i)
    rows.push_back({std::string{"week96 peak "} + peaks[i], weeks[i],
                    [data, i, gap = gaps[i]] { return tours(week96(data, i), gap); }});
}

// 0: no value is published for it here.
void add_designs(const std::string& data, std::vector<Row>& rows) {
  const std::pair<const char*, double> designs[] = {
      {"DataSet1/RandomExample1", 480},   {"DataSet1/RandomExample2", 300},
      {"DataSet1/RandomExample3", 600},   {"DataSet1/RandomExample4", 450},
      {"DataSet1/RandomExample5", 480},   {"DataSet2/RandomExample26", 1020},
      {"DataSet2/RandomExample27", 0},    {"DataSet2/RandomExample28", 0},
      {"DataSet2/RandomExample29", 1140}, {"DataSet2/RandomExample30", 1020},
      {"RandomExample23", 8280},          {"RandomExample24", 10260}};
  for (const auto& [name, best] : designs)
    rows.push_back({std::string{"shift design "} + name, best, [data, name = std::string{name}] {
                      return design(shift_design(data, name + ".dzn"));
                    }});
}

int run(const std::string& data, const std::string& filter) {
  std::vector<Row> rows;
  add_covers(data, rows);
  add_weeks(data, rows);
  add_designs(data, rows);

  fmt::print(
      "| instance | best known | cost | bound | gap | CPU s | |\n|---|---|---|---|---|---|---|\n");
  bool sound = true;
  for (const Row& row : rows) {
    if (row.name.find(filter) == std::string::npos) continue;
    const std::clock_t began = std::clock();
    const Outcome outcome = row.solve();
    const double seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    if (!outcome.present) {
      fmt::print("| {} | | | | | | absent |\n", row.name);
      continue;
    }
    const double gap = outcome.cost > 0 ? (outcome.cost - outcome.bound) / outcome.cost : 0;
    std::string said = gap < 1e-7 ? "proven" : "";
    if (said.empty() && row.best_known > 0)
      said = outcome.cost < row.best_known ? "better"
             : outcome.cost == row.best_known
                 ? "met"
                 : fmt::format("+{:.3f} %", 100 * (outcome.cost / row.best_known - 1));
    const std::string best = row.best_known > 0 ? fmt::format("{:.0f}", row.best_known) : "";
    fmt::print("| {} | {} | {:.0f} | {:.1f} | {:.3f} % | {:.1f} | {} |\n", row.name, best,
               outcome.cost, outcome.bound, 100 * gap, seconds, said);
    std::fflush(stdout);
    for (const std::string& line : outcome.wrong) {
      fmt::print("  WRONG: {}\n", line);
      sound = false;
    }
  }
  return sound ? 0 : 1;
}

}  // namespace
}  // namespace callmill::bench

int main(int count, char** words) {
  if (count < 2 || count > 3) {
    std::fputs("usage: callmill_bench_plan DATA [FILTER]\n", stderr);
    return 2;
  }
  return callmill::bench::run(words[1], count > 2 ? words[2] : "");
}
