// The instances of schedulingbenchmarks.org: cost, bound and time beside the best known.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "models/roster/benchmark_text.h"
#include "models/roster/solve_roster.h"

namespace callmill {
namespace {

struct Known {
  int instance, best, chains;  // ejection chains of the same page
};
constexpr Known kKnown[] = {
    {1, 607, 607}, {2, 828, 923}, {3, 1001, 1003}, {6, 1950, 2344}, {9, 439, 474}};

using Clock = std::chrono::steady_clock;
double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Wall seconds until the last better roster, beside those of the whole search.
struct Times {
  double best = 0, all = 0;
};

RosterResult solve(const RosterProblem& problem, Times& times) {
  const auto start = Clock::now();
  RosterOptions options;
  double cost = 0;
  options.report = [&](const RosterProgress& now) {
    if (now.cost != cost) times.best = since(start);
    cost = now.cost;
    return true;
  };
  RosterResult result = solve_roster(problem, options);
  times.all = since(start);
  return result;
}

void row(const Known& known, const std::string& text) {
  const BenchmarkText read = read_benchmark_text(text);
  if (!read.errors.empty()) {
    fmt::print("| {} | {} |\n", known.instance, read.errors.front());
    return;
  }
  Times times;
  const RosterResult result = solve(read.problem, times);
  const RosterCheck check = check_roster(read.problem, result.roster);
  const bool right = check.broken.empty() && std::abs(check.cost - result.cost) < 1e-6;
  fmt::print("| {} | {} | {} | {} | {} | {:.0f} | {:.0f} | {:.1f} of {:.1f} |{}\n", known.instance,
             read.problem.people.size(), read.problem.days, known.best, known.chains, check.cost,
             result.bound, times.best, times.all, right ? "" : " BROKEN");
}

}  // namespace
}  // namespace callmill

// Arguments: the folder with Instance1.txt ...; then numbers of instances (default: all).
int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: callmill_bench_roster FOLDER [INSTANCE...]\n");
    return 2;
  }
  const std::vector<std::string> only(argv + 2, argv + argc);
  fmt::print(
      "| instance | people | days | best known | ejection chains | cost | bound | seconds to it of "
      "all |\n|---|---|---|---|---|---|---|---|\n");
  for (const callmill::Known& known : callmill::kKnown) {
    const std::string number = std::to_string(known.instance);
    if (!only.empty() && std::find(only.begin(), only.end(), number) == only.end()) continue;
    std::ifstream in{std::filesystem::path{argv[1]} / ("Instance" + number + ".txt")};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    callmill::row(known, text);
  }
}
