// callmill run --exact: what it prints, what it refuses, and its exit codes.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

namespace json = boost::json;
using Catch::Matchers::Contains;

Arguments exactly(const Arguments& more) {
  Arguments all{"run", source_file("scenarios/tutorial/22-exact.yaml"), "--exact"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace

TEST_CASE("run --exact: indicators without intervals, and how they came about") {
  const Ran text = callmill(exactly({}));
  CHECK(text.code == 0);
  CHECK_THAT(text.out, Contains("exact, in steady state, ") && Contains(" states, scenario "));
  CHECK_THAT(text.out, !Contains("[95%]") && !Contains("seed"));
  CHECK(callmill(exactly({"--enforce"})).code == 4);
  CHECK(callmill(exactly({"--seed", "5", "--threads", "2"})).out == text.out);

  const Ran ran = callmill(exactly({"--json"}));
  REQUIRE(ran.code == 0);
  const json::object root = json::parse(ran.out).as_object();
  CHECK(root.at("manifest").at("method").as_string() == "exact");
  CHECK(root.at("manifest").at("states").to_number<int>() > 100);
  std::size_t values = 0;
  for (const json::value& row : root.at("kpis").as_array()) {
    CHECK(row.at("ci_low").is_null());
    values += row.at("value").is_null() ? 0u : 1u;
  }
  CHECK(values > 200);
}

TEST_CASE("run --exact: a scenario whose calls and staff change is solved through its day") {
  const std::string file = source_file("scenarios/tutorial/23-exact-day.yaml");
  // Idle agents first: fewer states, for a test.
  const Arguments day{"run", file, "--exact", "--set", "groups.desk.staff_release=idle_first"};
  Arguments in_text = day, in_json = day;
  in_text.insert(in_text.end(), {"--intervals", "--set", "lines.front.lines=4"});
  const Ran text = callmill(in_text);
  CHECK(text.code == 0);
  CHECK_THAT(text.out, Contains("exact, through the day, ") && Contains("\n  19:00 "));
  in_json.insert(in_json.end(), {"--json", "--set", "lines.front.lines=3"});
  const Ran ran = callmill(in_json);
  REQUIRE(ran.code == 0);
  CHECK(json::parse(ran.out).as_object().at("manifest").at("exact").as_string() == "day");
}

TEST_CASE("run --exact: callers who ring again without end are no steady state") {
  const Ran ran = callmill(exactly({"--set", "callers.customer.redial.after_block.share=100%",
                                    "--set", "callers.customer.redial.after_abandon.share=100%",
                                    "--set", "callers.customer.volume.per_hour=120/h"}));
  CHECK(ran.code == 3);
  CHECK_THAT(ran.err, Contains("error[unstable]: callers.customer.redial: "));
}

TEST_CASE("run --exact: menus that lead back are looked at once") {
  const Ran ran = callmill({"run", source_file("scenarios/hotline/menu-by-hour.yaml"), "--exact"});
  CHECK(ran.code == 3);
  CHECK_THAT(ran.err, Contains("error[not-exact]: menus.welcome."));
}

TEST_CASE("run --exact: what a chain cannot hold is refused, all of it, like bad input") {
  const Ran ran = callmill({"run", source_file("scenarios/tutorial/04-overflow.yaml"), "--exact"});
  CHECK(ran.code == 3);
  CHECK(ran.out.empty());
  for (const char* part : {"error[not-exact]: callers.customer.talk is lognormal(",
                           "error[not-exact]: queues.normal.route.flex.after opens after a delay",
                           "help: exponential(mean "})
    CHECK_THAT(ran.err, Contains(part));

  const Ran large = callmill(
      exactly({"--set", "lines.front.lines=3000", "--set", "groups.desk.staff=300", "--set",
               "groups.flex.staff=300", "--set", "callers.customer.volume.per_hour=9000/h"}));
  CHECK(large.code == 3);
  CHECK_THAT(large.err, Contains("error[too-large]: its chain has more than 1000000 states, and "
                                 "200000 are the limit"));
}

}  // namespace callmill::test
