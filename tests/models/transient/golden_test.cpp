// Every column of tests/golden/tv_intervals.csv: staff changes of each kind, finite lines, patience
// or none, a queue at opening. The reference states 1e-12; ours must be within 1e-9.

#include <fmt/format.h>

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "models/transient/transient.h"
#include "tests/place.h"

using namespace callmill;

namespace {

double number(const boost::json::value& v) {
  return v.to_number<double>();
}

ShiftEnd shift_end_of(const boost::json::string& policy) {
  if (policy == "anon") return ShiftEnd::kPooled;
  if (policy == "preempt") return ShiftEnd::kAtOnce;
  REQUIRE(policy == "named");
  return ShiftEnd::kNamed;
}

TransientInput day_of(const boost::json::object& s) {
  TransientInput in;
  in.service_rate = number(s.at("mu"));
  in.patience_rate = number(s.at("theta"));
  in.lines = s.at("K").as_int64();
  in.within = number(s.at("T"));
  in.calls_at_start = s.at("k0").as_int64();
  in.shift_end = shift_end_of(s.at("policy").as_string());
  for (const boost::json::value& piece : s.at("intervals").as_array()) {
    const boost::json::array& p = piece.as_array();  // from, to, rate, agents
    in.pieces.push_back({number(p[1]) - number(p[0]), number(p[2]), p[3].as_int64()});
  }
  return in;
}

std::map<std::string, TransientInput> golden_days() {
  std::ifstream file{test::source_path("tests/golden/tv_scenarios.json")};
  REQUIRE(file);
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  std::map<std::string, TransientInput> days;
  const boost::json::value scenarios = boost::json::parse(text);
  for (const auto& [name, s] : scenarios.as_object())
    days.emplace(std::string{name}, day_of(s.as_object()));
  return days;
}

std::vector<std::string> cells_of(std::string line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
  std::vector<std::string> cells;
  std::stringstream stream{line};
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

std::vector<std::pair<std::string, double>> columns_of(const TransientInterval& t) {
  return {{"offered", t.offered},
          {"blocked", t.blocked},
          {"immediate", t.immediate},
          {"answers", t.answers},
          {"abandons", t.abandons},
          {"completions", t.completions},
          {"coh_answered_T", t.answered_within},
          {"coh_abandoned_T", t.abandoned_within},
          {"SL_offered", t.sl_offered},
          {"SL_excl_short_ab", t.sl_excl_short_abandon},
          {"SL_ab_ok", t.sl_abandon_ok},
          {"avg_queue", t.mean_queue},
          {"avg_busy", t.mean_busy},
          {"avg_leavers", t.mean_leavers},
          {"occ", t.occupancy},
          {"p_allbusy", t.p_all_busy},
          {"end_queue", t.end_queue},
          {"end_busy", t.end_busy},
          {"end_insystem", t.end_in_system}};
}

}  // namespace

TEST_CASE("time-varying golden days are met in every column") {
  std::map<std::string, TransientResult> solved;
  for (const auto& [name, day] : golden_days()) {
    solved.emplace(name, solve_transient(day));
    CHECK(solved.at(name).left_out < day.tolerance);
  }
  std::ifstream file{test::source_path("tests/golden/tv_intervals.csv")};
  REQUIRE(file);
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> names = cells_of(line);
  std::string failures, worst_cell;
  double worst = 0;
  std::size_t cells = 0;
  while (std::getline(file, line)) {
    std::map<std::string, std::string> row;
    const std::vector<std::string> values = cells_of(line);
    for (std::size_t i = 0; i < values.size(); ++i) row[names[i]] = values[i];
    const TransientResult& day = solved.at(row.at("scenario"));
    for (const auto& [column, got] : columns_of(day.intervals.at(std::stoul(row.at("interval"))))) {
      const double want = std::strtod(row.at(column).c_str(), nullptr);
      // Relative, from 1 upwards; below, a share or a count of less than one call.
      const double error = std::abs(got - want) / std::max(1.0, std::abs(want));
      ++cells;
      if (error > worst) {
        worst = error;
        worst_cell = row.at("id") + " " + column;
      }
      if (!(error <= 1e-9))
        failures += fmt::format("{} {} {}: got {:.17g}, want {}\n", row.at("id"),
                                row.at("scenario"), column, got, row.at(column));
    }
  }
  INFO(failures);
  CHECK(failures.empty());
  CHECK(cells == 99 * 19);
  INFO(fmt::format("{} cells, worst {:.2g} ({})", cells, worst, worst_cell));
  CHECK(worst < 1e-11);  // what it is today, with room for another compiler
}
