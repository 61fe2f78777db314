// plan --robust from the command line: what is refused, and that its outputs agree.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

namespace json = boost::json;
using Catch::Matchers::Contains;

Arguments robust_plan(const Arguments& more) {
  Arguments all = {"plan",
                   small_scenario(),
                   "--robust",
                   "80%",
                   "--absence",
                   "4%",
                   "--robust-days",
                   "40",
                   "--fresh-days",
                   "100",
                   "--forecast-error",
                   "10%"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace

TEST_CASE("plan --robust: shares that are none are refused, each with its option") {
  for (const char* share : {"0%", "100%", "150%", "-5%", "x"}) {
    const Ran ran = callmill({"plan", small_scenario(), std::string{"--robust="} + share});
    INFO(share);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Contains("--robust") && Contains("such as 90%"));
  }
  const Ran both = callmill({"plan", small_scenario(), "--robust", "2", "--absence", "100%"});
  CHECK(both.code == 2);
  CHECK_THAT(both.err, Contains("--robust 2") && Contains("--absence 100%"));
  const Ran alone = callmill({"plan", small_scenario(), "--absence", "5%"});
  CHECK(alone.code == 2);
  CHECK_THAT(alone.err, Contains("--robust"));
}

TEST_CASE("plan --robust: table, JSON and plan file are of one plan") {
  const Ran data = callmill(robust_plan({"--json"}));
  REQUIRE(data.code == 0);
  const json::object plan = json::parse(data.out).as_object();
  const json::object& robust = plan.at("robust").as_object();
  CHECK(robust.at("share").to_number<double>() == 0.8);
  CHECK(robust.at("absence").to_number<double>() == 0.04);
  const json::array& plans = robust.at("plans").as_array();
  REQUIRE(plans.size() == 5);  // on average, 50, 80, 90 and 95 %
  CHECK(plans[0].at("share").is_null());
  double cost = 0;
  for (const json::value& one : plans) {
    if (one.at("share").is_null()) continue;
    if (one.at("cost").is_null()) continue;  // 40 days may not have it
    CHECK(one.at("cost").to_number<double>() >= cost);
    cost = one.at("cost").to_number<double>();
    if (one.at("share").to_number<double>() != 0.8) continue;
    CHECK(one.at("confirmed").as_bool());
    CHECK(one.at("ci_low").to_number<double>() >= 0.8);
    CHECK(cost == Approx(plan.at("cost").to_number<double>()).epsilon(1e-12));
  }
  const std::string csv = callmill(robust_plan({"--csv"})).out;
  const Ran checked = callmill({"check-plan", small_scenario(), "-", "--json"}, csv);
  CHECK(checked.code == 0);
  CHECK(json::parse(checked.out).at("cost").to_number<double>() ==
        Approx(plan.at("cost").to_number<double>()).epsilon(1e-12));
  const std::string chinese = callmill(robust_plan({"--lang", "zh-CN"})).out;
  CHECK_THAT(chinese, Contains("稳健方案") && Contains("设计日话务 x"));
  CHECK(chinese.find("design day") == std::string::npos);
}

}  // namespace callmill::test
