// plan --explain, and why there is no plan: what programs read of it.

#include <algorithm>
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

namespace json = boost::json;
using Catch::Matchers::Contains;

json::object planned(const std::string& file, const Arguments& more, int code) {
  Arguments all{"plan", file, "--json"};
  all.insert(all.end(), more.begin(), more.end());
  const Ran ran = callmill(all);
  INFO(ran.err);
  REQUIRE(ran.code == code);
  return json::parse(ran.out).as_object();
}

double number(const json::value& v) {
  return v.is_null() ? std::nan("") : v.to_number<double>();
}

std::string text(const json::value& v) {
  return std::string{v.as_string()};
}

const char* const kInfeasible = "tests/app/cli/scenarios/infeasible.yaml";

}  // namespace

TEST_CASE("No plan: the rules that cannot hold together and the price of each, unasked") {
  const json::object plan = planned(source_file(kInfeasible), {}, 5);
  CHECK(text(plan.at("status")) == "infeasible");
  const json::array& why_not = plan.at("why").at("why_not").as_array();
  REQUIRE(why_not.size() == 1);
  const json::object& why = why_not[0].as_object();
  CHECK(text(why.at("group")) == "agents");
  CHECK(why.at("minimal").as_bool());
  CHECK(number(why.at("scale")) == 1);
  REQUIRE(why.at("set").as_array().size() == 3);
  CHECK(text(why.at("set").at(0).at("of")) == "targets[0]");
  CHECK(text(why.at("set").at(1).at("rule")) == "max_agents");
  CHECK(text(why.at("set").at(1).at("of")) == "shifts.morning");
  CHECK(text(why.at("set").at(2).at("rule")) == "hours");
  CHECK(text(why.at("set").at(2).at("of")) == "09:00");
  const json::array& ways = why.at("relaxations").as_array();
  REQUIRE(ways.size() == 3);
  // What three agents hold at 40 for 4 h; they and who is hired beside them; eight by shift.
  CHECK(text(ways[0].at("rule")) == "target");
  CHECK(number(ways[0].at("wages")) == 3 * 160);
  CHECK(number(ways[1].at("hired_h")) == 7);
  CHECK(number(ways[1].at("hired_price")) == 7 * 40);
  CHECK(number(ways[1].at("wages")) == 3 * 160 + 7 * 40);
  CHECK(text(ways[2].at("what")) == "max_agents of 'morning' is 8 instead of 3");
  CHECK(number(ways[2].at("wages")) == 8 * 160);
  CHECK(number(ways[2].at("bound")) == 8 * 160);
  CHECK(why.at("simulated").is_null());  // for --explain
}

TEST_CASE("No plan: the cheapest way out by a rule is simulated") {
  const json::object plan = planned(
      source_file(kInfeasible),
      {"--set", "shifts.morning.max_agents=20", "--set", "shifts.morning.length=3h", "--explain"},
      5);
  const json::object& why = plan.at("why").at("why_not").at(0).as_object();
  CHECK(text(why.at("relaxations").at(0).at("what")) ==
        "'morning' may begin until 09:00 instead of 08:00");
  const json::object& simulated = why.at("simulated").as_object();
  CHECK(number(simulated.at("cost")) > number(why.at("relaxations").at(0).at("wages")));
  CHECK(simulated.at("targets").as_array().size() == 1);
}

TEST_CASE("plan --explain --json: money, rules, steps, staff") {
  const Arguments fast{"--requirement", "sipp", "--interval-slack", "1"};
  Arguments asked = fast;
  asked.emplace_back("--explain");
  const json::object plan = planned(small_scenario(), asked, 0);
  const json::object& why = plan.at("why").as_object();
  CHECK(why.at("why_not").as_array().empty());
  CHECK(why.at("misses").as_array().empty());
  double wages = 0;
  for (const json::value& m : why.at("money").as_array()) wages += number(m.at("wages"));
  CHECK(wages == Approx(number(plan.at("wages"))));
  CHECK(why.at("steps").as_array().size() >= 6);
  const json::array& staff = why.at("staff").as_array();
  CHECK(staff.size() == 8);  // one more, one fewer, in four intervals
  for (const json::value& s : staff) {
    const double agents = number(s.at("agents"));
    CHECK(text(s.at("by")) == "exact_day");
    CHECK(agents * number(s.at("service_level").at("value")) >= 0);
    CHECK(s.at("service_level").at("ci_low").is_null());
  }
  for (const json::value& r : why.at("rules").as_array())
    if (!r.at("saving").is_null()) CHECK(number(r.at("saving")) <= number(r.at("at_most")));
  CHECK_FALSE(why.at("rules").as_array().empty());
  // Unasked, a plan that is met has nothing to explain; the plan is the same.
  const json::object plain = planned(small_scenario(), fast, 0);
  CHECK(plain.at("why").at("money").as_array().empty());
  CHECK(number(plain.at("cost")) == number(plan.at("cost")));
  CHECK(json::serialize(plain.at("kpis")) == json::serialize(plan.at("kpis")));
}

TEST_CASE("plan --explain-staff: simulated differences have intervals; other words are refused") {
  const json::object plan = planned(
      small_scenario(), {"--requirement", "sipp", "--explain", "--explain-staff", "simulated"}, 0);
  for (const json::value& s : plan.at("why").at("staff").as_array()) {
    CHECK(text(s.at("by")) == "simulation");
    const json::value& level = s.at("service_level");
    CHECK(number(level.at("ci_low")) <= number(level.at("value")));
    CHECK(number(level.at("value")) <= number(level.at("ci_high")));
  }
  CHECK(callmill({"plan", small_scenario(), "--explain-staff", "guessed"}).code == 2);
}

TEST_CASE("A missed target says what would be held") {
  const Ran ran = callmill({"plan", small_scenario(), "--set",
                            "targets=[{metric: occupancy, at_least: 99%}, {metric: "
                            "service_level, at_least: 50%}]"});
  CHECK(ran.code == 4);
  CHECK_THAT(ran.out, Contains("What the plan misses") && Contains("occupancy >= 99.00%"));
}

}  // namespace callmill::test
