// From plan to a file and back: plan --csv | check-plan | run --plan.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

namespace json = boost::json;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

json::object parse(const std::string& text) {
  boost::system::error_code fault;
  const json::value value = json::parse(text, fault);
  REQUIRE_FALSE(fault);
  return value.as_object();
}

double number(const json::value& v) {
  return v.to_number<double>();
}

// Of the day and the whole centre.
double kpi(const json::object& result, const std::string& metric) {
  for (const json::value& v : result.at("kpis").as_array())
    if (v.at("metric").as_string() == metric.c_str() && v.at("scope").as_string() == "total" &&
        v.at("interval").as_string() == "day")
      return number(v.at("value"));
  FAIL("no " + metric);
  return 0;
}

std::string planned() {
  static const std::string csv = callmill({"plan", small_scenario(), "--csv"}).out;
  return csv;
}

// The plan with `from` replaced by `to` where it stands first.
std::string edited(const std::string& from, const std::string& to) {
  std::string text = planned();
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("check-plan: what plan wrote breaks no rule and costs what plan said") {
  const json::object plan = parse(callmill({"plan", small_scenario(), "--json"}).out);
  const Ran checked = callmill({"check-plan", small_scenario(), "-", "--json"}, planned());
  CHECK(checked.code == 0);
  CHECK(checked.err.empty());
  const json::object check = parse(checked.out);
  CHECK(check.at("status").as_string() == "holds");
  CHECK(check.at("currency").as_string() == "CNY");
  for (const char* key : {"cost", "wages", "rent"})
    CHECK(number(check.at(key)) == Approx(number(plan.at(key))).epsilon(1e-12));
  CHECK(check.at("broken").as_array().empty());
  std::int64_t wanted = 0, found = 0;
  for (const json::value& v : plan.at("shifts").as_array()) wanted += v.at("agents").as_int64();
  for (const json::value& v : check.at("shifts").as_array()) found += v.at("agents").as_int64();
  CHECK(found == wanted);
}

TEST_CASE("check-plan: broken rules by their cells, exit code 5, in either language") {
  // A rest of a quarter of an hour, moved before the first hour is over.
  const std::string text =
      "group,agent,shift,from,to,breaks,lines,count\n"
      "座席一组,1,上午班,08:00,12:00,09:00-09:15,,\n"
      ",,,,,,前台,9\n";
  const std::size_t line = text.find("上午班");
  REQUIRE(line != std::string::npos);
  const std::size_t rest = text.find("12:00,", line) + 6;
  const std::string early = std::string{text}.replace(rest, 11, "08:30-08:45");
  const Ran ran = callmill({"check-plan", small_scenario(), "-"}, early);
  CHECK(ran.code == 5);
  CHECK_THAT(ran.err,
             StartsWith("<stdin>:2:24: error[window]: 座席一组 1 has the 休息 at 08:30; it "
                        "begins between 09:00 and 10:00\n"));
  CHECK_THAT(ran.out, Contains("the plan breaks the rules at 1 place(s); "));
  const Ran zh = callmill({"check-plan", small_scenario(), "-", "--lang", "zh-CN"}, early);
  CHECK(zh.code == 5);
  CHECK_THAT(zh.err, Contains("座席一组 1 的 休息 于 08:30 开始，应在 09:00 至 10:00 之间开始"));
  CHECK_THAT(zh.out, Contains("方案违反规则 1 处；每天 "));
  const json::object object =
      parse(callmill({"check-plan", small_scenario(), "-", "--json"}, early).out);
  CHECK(object.at("status").as_string() == "broken");
  REQUIRE(object.at("broken").as_array().size() == 1);
  const json::object& fault = object.at("broken").as_array()[0].as_object();
  CHECK(fault.at("rule").as_string() == "window");
  CHECK(fault.at("line").as_int64() == 2);
}

TEST_CASE("check-plan and run --plan: what cannot be read is told, exit code 3, or 7 for no file") {
  const std::string bad = edited("短班", "长班");
  for (const Ran& ran : {callmill({"check-plan", small_scenario(), "-"}, bad),
                         callmill({"run", small_scenario(), "--plan", "-"}, bad)}) {
    CHECK(ran.code == 3);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Contains("error[unknown-name]: the scenario has no shift 长班"));
  }
  CHECK(callmill({"check-plan", small_scenario(), "no/such.csv"}).code == 7);
  CHECK(callmill({"run", small_scenario(), "--plan", "no/such.csv"}).code == 7);
  CHECK(callmill({"check-plan", "no/such.yaml", "-"}, planned()).code == 7);
  CHECK(callmill({"check-plan", small_scenario()}).code == 2);
}

TEST_CASE("run --plan simulates what plan simulated") {
  // plan confirms on the days behind those of its search: 20 to 39 of its 20.
  const json::object plan = parse(callmill({"plan", small_scenario(), "--json"}).out);
  const auto run = [](const char* days) {
    return parse(
        callmill({"run", small_scenario(), "--plan", "-", "--reps", days, "--json"}, planned())
            .out);
  };
  const json::object all = run("40"), search = run("20");
  for (const char* metric : {"attempts", "blocked", "answered", "abandoned"}) {
    INFO(metric);
    CHECK(2 * kpi(all, metric) - kpi(search, metric) == Approx(kpi(plan, metric)));
  }
  const auto hash = [](const json::object& result) {
    return json::value_to<std::string>(result.at("manifest").at("scenario_hash"));
  };
  CHECK(hash(all) == hash(search));
  CHECK(hash(all) != hash(plan));
}

TEST_CASE("run --plan: an edited plan is another run; broken rules are told and it runs as it is") {
  // One of the short shifts half an hour longer.
  const std::string longer = edited("短班,09:00,11:00", "短班,09:00,11:30");
  const Arguments arguments{"run", small_scenario(), "--plan", "-", "--reps", "10", "--json"};
  const Ran as_planned = callmill(arguments, planned()), ran = callmill(arguments, longer);
  CHECK(as_planned.code == 0);
  CHECK(as_planned.err.empty());
  CHECK(ran.code == 0);
  CHECK(ran.err ==
        "callmill: - breaks the scenario's rules at 1 place(s) and runs as it is; callmill "
        "check-plan names them\n");
  const json::object before = parse(as_planned.out), after = parse(ran.out);
  CHECK(before.at("manifest").at("scenario_hash") != after.at("manifest").at("scenario_hash"));
  // The same callers, and an agent who is there for longer.
  CHECK(kpi(after, "attempts") == kpi(before, "attempts"));
  const auto signed_in_hours = [](const json::object& result) {
    return kpi(result, "answered") / kpi(result, "calls_per_agent_hour");
  };
  CHECK(signed_in_hours(after) > signed_in_hours(before));
}

}  // namespace callmill::test
