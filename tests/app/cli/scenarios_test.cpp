// The scenarios that come with callmill: each is right, reads back as it was shown, and runs; and
// the published one comes near to what happened.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

using Catch::Matchers::Contains;

std::vector<std::string> scenarios() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{source_file("scenarios")})
    if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

std::string read_file(const std::string& path) {
  std::ifstream in{path};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// abandon_rate and mean_wait by hour, of `result`.
std::map<std::string, double> by_hour(const boost::json::value& result, const char* metric) {
  std::map<std::string, double> values;
  for (const boost::json::value& row : result.at("kpis").as_array())
    if (row.at("metric").as_string() == metric && row.at("scope").as_string() == "total" &&
        row.at("interval").as_string() != "day")
      values[std::string{row.at("interval").as_string()}] = row.at("value").to_number<double>();
  return values;
}

// The laws of docs/reference/kpi.md, at the end of the run, when nobody is left in the centre.
void check_books(const boost::json::value& result) {
  std::map<std::string, double> n;
  double cut_in_queue = 0;
  for (const boost::json::value& row : result.at("kpis").as_array()) {
    const std::string_view interval = row.at("interval").as_string();
    if ((interval != "day" && interval != "run") || !row.at("value").is_number()) continue;
    const std::string metric{row.at("metric").as_string()};
    const std::string_view scope = row.at("scope").as_string();
    if (scope == "total") n[metric] = row.at("value").to_number<double>();
    if (scope.starts_with("queue:") && metric == "cut")
      cut_in_queue += row.at("value").to_number<double>();
  }
  CHECK(n["attempts"] + n["chats"] > 0);
  CHECK(n["attempts"] ==
        Approx(n["network_lost"] + n["blocked"] + n["menu_hang_ups"] + n["self_served"] +
               n["deflected_in_menu"] + n["cut"] - cut_in_queue + n["offered"]));
  CHECK(n["offered"] + n["transferred_in"] ==
        Approx(n["answered"] + n["abandoned"] + n["callbacks"] + n["left_message"] +
               n["deflected"] + n["disconnected"] + cut_in_queue));
}

}  // namespace

TEST_CASE("Every scenario passes check, and show reads back as the same scenario") {
  REQUIRE(scenarios().size() >= 8);
  for (const std::string& file : scenarios()) {
    INFO(file);
    const Ran check = callmill({"check", file});
    CHECK(check.code == 0);
    CHECK(check.out.starts_with("ok "));
    CHECK(check.err.empty());
    const Ran shown = callmill({"show", file});
    REQUIRE(shown.code == 0);
    const std::string hash = lines_of(shown.out).front();
    CHECK(hash.starts_with("# hash "));
    CHECK_THAT(check.out, Contains(hash.substr(2)));
    const Ran again = callmill({"show", "-"}, shown.out);
    CHECK(again.code == 0);
    CHECK(again.out == shown.out);
  }
}

TEST_CASE("Every scenario runs, or says what only a plan gives it; what was shown runs the same") {
  int ran_well = 0;
  for (const std::string& file : scenarios()) {
    INFO(file);
    const Ran run = callmill({"run", file, "--reps", "2", "--json"});
    if (run.code == 3) {
      CHECK_THAT(run.err, Contains("error[cannot-run]") && Contains("plan"));
      continue;
    }
    CHECK(run.code == 0);
    CHECK(run.err.empty());
    check_books(boost::json::parse(run.out));
    ++ran_well;
    const Ran again = callmill({"run", "-", "--reps", "2", "--json"}, callmill({"show", file}).out);
    CHECK(again.out == run.out);
  }
  CHECK(ran_well >= 7);
}

TEST_CASE("Campaigns with a cap keep it in the scenarios that show it") {
  for (const auto& [file, campaign] :
       {std::pair{"scenarios/hotline/collections-blend.yaml", "campaign:overdue"},
        std::pair{"scenarios/hotline/everything.yaml", "campaign:arrears"}}) {
    const Ran ran = callmill({"run", source_file(file), "--reps", "10", "--json"});
    REQUIRE(ran.code == 0);
    double rate = -1;
    const boost::json::value report = boost::json::parse(ran.out);  // outlives the loop
    for (const boost::json::value& row : report.at("kpis").as_array())
      if (row.at("metric").as_string() == "dialler_abandon_rate" &&
          row.at("scope").as_string() == campaign &&
          (row.at("interval").as_string() == "day" || row.at("interval").as_string() == "run"))
        rate = row.at("value").to_number<double>();
    INFO(file);
    CHECK(rate > 0.01);  // it paces: nobody lost would be a dialler that waits for agents
    CHECK(rate <= 0.03);
  }
}

TEST_CASE("schema prints the schema that stands beside the scenarios") {
  const Ran schema = callmill({"schema"});
  CHECK(schema.code == 0);
  CHECK(schema.out == read_file(source_file("scenarios/scenario.schema.json")));
}

TEST_CASE("The bank's day comes near to what happened in May 1999, hour by hour") {
  const Ran run = callmill(
      {"run", source_file("scenarios/published/anonymous-bank.yaml"), "--reps", "300", "--json"});
  REQUIRE(run.code == 0);
  const boost::json::value result = boost::json::parse(run.out);
  const auto abandoned = by_hour(result, "abandon_rate"), wait = by_hour(result, "mean_wait");
  const auto actual =
      parse_csv(read_file(source_file("scenarios/published/anonymous-bank-actual.csv")));
  REQUIRE(actual.front() == Arguments{"time", "offered_per_h", "abandon_rate", "mean_wait_s"});
  REQUIRE(actual.size() == 18);
  double abandoned_squares = 0, wait_squares = 0;
  for (std::size_t h = 1; h < actual.size(); ++h) {
    const std::vector<std::string>& row = actual[h];
    const double points = 100 * (abandoned.at(row[0]) - std::stod(row[2]));
    const double seconds = wait.at(row[0]) - std::stod(row[3]);
    abandoned_squares += points * points;
    wait_squares += seconds * seconds;
  }
  const double hours = static_cast<double>(actual.size() - 1);
  const double points = std::sqrt(abandoned_squares / hours);
  const double seconds = std::sqrt(wait_squares / hours);
  std::printf("bank, RMSE by hour: abandonment %.2f points, mean wait %.1f s\n", points, seconds);
  CHECK(points <= 3);
  CHECK(seconds <= 20);
}

}  // namespace callmill::test
