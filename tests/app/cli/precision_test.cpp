// Indicators by name, how precise they shall be, variance reduction: as the command line says them
// and as results show them.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "app/cli/indicators.h"
#include "engine/blueprint/blueprint.h"
#include "tests/app/cli/program.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

namespace json = boost::json;
using namespace cli;
using Catch::Matchers::Contains;

Arguments run_with(const Arguments& more) {
  Arguments all{"run", small_scenario()};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

double number(const json::value& object, const char* key) {
  return object.at(key).to_number<double>();
}

std::string wrong_width(const std::string& text, const char* key) {
  Wanted wanted;
  return parse_width(text, key == nullptr ? nullptr : find_metric(key, ScopeKind::kTotal), wanted);
}

double width(const std::string& text, const char* key) {
  Wanted wanted;
  REQUIRE(parse_width(text, key == nullptr ? nullptr : find_metric(key, ScopeKind::kTotal), wanted)
              .empty());
  CHECK(wanted.relative == text.ends_with("rel"));
  return wanted.half_width;
}

}  // namespace

TEST_CASE("Names of indicators: key, place, time, quantile") {
  const IndicatorName plain = parse_indicator("asa");
  CHECK(plain.key == "asa");
  CHECK(plain.place == "total");
  CHECK(plain.time.empty());
  const IndicatorName full = parse_indicator("asa@queue:vip@10:30");
  CHECK(full.place == "queue:vip");
  CHECK(full.time == "10:30");
  CHECK(parse_indicator("asa@10:30").place == "total");
  CHECK(parse_indicator("asa@+1d 00:30").time == "+1d 00:30");
  CHECK(*parse_indicator("wait_q99.5").quantile == Approx(0.995));
  for (const char* not_one : {"wait_q0", "wait_q100", "wait_q", "wait_p80", "wait_q9x"})
    CHECK_FALSE(parse_indicator(not_one).quantile);
}

TEST_CASE("Widths are in the unit of the indicator, or a part of its value") {
  CHECK(width("0.2%", "service_level") == Approx(0.002));
  CHECK(width("0.002", "service_level") == Approx(0.002));
  CHECK(width("5%rel", "loss_rate") == Approx(0.05));
  CHECK(width("1s", "asa") == 1);
  CHECK(width("500ms", "asa") == Approx(0.5));
  CHECK(width("1min", nullptr) == 60);
  CHECK(width("12", "attempts") == 12);
  CHECK(width("1%rel", "attempts") == Approx(0.01));
  CHECK_THAT(wrong_width("2%", "asa"), Contains("a time above 0") && Contains("5%rel"));
  CHECK_THAT(wrong_width("1s", "service_level"), Contains("a share above 0"));
  CHECK_THAT(wrong_width("2%", "attempts"), Contains("a number above 0"));
  for (const char* bad : {"", "0", "-1%", "100%", "0%rel", "100%rel", "nan", "rel"})
    CHECK_FALSE(wrong_width(bad, "service_level").empty());
}

TEST_CASE("Techniques by name; auto stratifies one day that has a busyness") {
  World world;
  VarianceReduction r;
  CHECK(parse_reduction("", "none", world, r).empty());
  CHECK((r.days == DayDesign::kIndependent && !r.controls));
  CHECK(parse_reduction("", "auto", world, r).empty());
  CHECK((r.days == DayDesign::kIndependent && r.controls));
  world.busyness_cv = 0.1;
  CHECK(parse_reduction("auto", "none", world, r).empty());
  CHECK((r.days == DayDesign::kStratified && r.controls));
  CHECK(r.conditional);
  CHECK(parse_reduction("control", "auto", world, r).empty());
  CHECK((r.days == DayDesign::kStratified && r.controls && !r.conditional));
  CHECK_THAT(parse_reduction("antithetic,control", "auto", world, r), Contains("control,stratify"));
  CHECK(parse_reduction("rqmc,conditional", "auto", world, r).empty());
  CHECK((r.days == DayDesign::kLattice && r.conditional));
  CHECK(parse_reduction("rqmc", "auto", world, r).empty());
  CHECK((r.days == DayDesign::kLattice && !r.controls));
  CHECK_THAT(parse_reduction("rqmc,stratify", "auto", world, r), Contains("take one of them"));
  CHECK_THAT(parse_reduction("controls", "auto", world, r), Contains("expected none, auto"));
}

TEST_CASE("Chances of contacts are of use to indicators of contacts alone") {
  const Metric* const fcr = find_metric("fcr", ScopeKind::kTotal);
  const Metric* const level = find_metric("service_level", ScopeKind::kTotal);
  VarianceReduction r{DayDesign::kIndependent, true, true};
  CHECK(drop_idle("", {level, fcr, nullptr}, r).empty());
  CHECK(r.conditional);
  CHECK(drop_idle("auto", {level, nullptr}, r).empty());
  CHECK((!r.conditional && r.controls));
  r.conditional = true;
  CHECK_THAT(drop_idle("conditional", {level}, r), Contains("of contacts"));
  CHECK_THAT(callmill(run_with({"--variance-reduction", "control,conditional", "--indicator",
                                "answer_rate"}))
                 .err,
             Contains("none of the indicators is of contacts"));
}

TEST_CASE("Controls bring strata, and say so, where the busyness of days differs") {
  const Arguments alone = {"--variance-reduction", "control", "--indicator", "answer_rate", "--set",
                           "busyness.cv=20%",      "--reps",  "20"};
  const Ran brought = callmill(run_with(alone));
  CHECK_THAT(brought.err, Contains("laid out in strata"));
  Arguments strata = alone;
  strata[1] = "control,stratify";
  const Ran asked = callmill(run_with(strata));
  CHECK(asked.err.empty());
  CHECK(asked.out == brought.out);
  Arguments same_days = alone;
  same_days[5] = "busyness.cv=0%";
  CHECK(callmill(run_with(same_days)).err.empty());
}

TEST_CASE("What would do nothing is refused, not ignored") {
  const Ran at = callmill(run_with({"--at", ""}));
  CHECK(at.code == 2);
  CHECK_THAT(at.err, Contains("--at") && Contains("11:00"));
  const Ran points =
      callmill({"sweep", small_scenario(), "--vary", "groups.座席一组.staff=2,3", "--points", "5"});
  CHECK(points.code == 2);
  CHECK_THAT(points.err, Contains("--points 5") && Contains("--design random"));
  const Ran same = callmill({"compare", small_scenario(), "--set", "", "--set", " ; "});
  CHECK(same.code == 2);
  CHECK_THAT(same.err,
             Contains("--set \"\": a variant changes something") && Contains("--set \" ; \""));
}

TEST_CASE("A run to a precision of named indicators shows them as precise") {
  const Ran ran = callmill(run_with({"--precision", "asa@09:00=4s,answer_rate=2%,wait_q90=20%rel",
                                     "--indicator", "occupancy", "--json"}));
  REQUIRE(ran.code == 0);
  const json::value result = json::parse(ran.out);
  CHECK(result.at("manifest").at("variance_reduction").as_string().find("control") !=
        json::string::npos);
  const auto& watched = result.at("watched").as_array();
  REQUIRE(watched.size() == 4);
  CHECK(watched[0].at("indicator") == "occupancy");
  for (std::size_t i = 1; i < 4; ++i) {
    const json::value& one = watched[i];
    const double half = (number(one, "ci_high") - number(one, "ci_low")) / 2;
    const double wanted = number(one, "half_width_wanted");
    CHECK(half <= (one.at("relative").as_bool() ? wanted * number(one, "value") : wanted));
  }
  CHECK(number(watched[2], "low_day") <= number(watched[2], "value"));
  CHECK(number(watched[2], "gain") > 0);
  // The table is of the days as simulated.
  for (const auto& kpi : result.at("kpis").as_array())
    if (kpi.at("metric") == "answer_rate" && kpi.at("scope") == "total" &&
        kpi.at("interval") == "day")
      CHECK(number(kpi, "value") == Approx(number(watched[2], "as_simulated")).epsilon(1e-12));
}

TEST_CASE("Text of what is looked at closely, in both languages; a plain run has none") {
  const Arguments look = run_with({"--indicator", "service_level", "--reps", "30"});
  Arguments chinese = look;
  chinese.insert(chinese.end(), {"--lang", "zh-CN"});
  CHECK_THAT(callmill(look).out, Contains("Looked at closely") && Contains("1 day in 10 below") &&
                                     Contains("Variance reduction: "));
  CHECK_THAT(callmill(chinese).out, Contains("重点指标") && Contains("方差缩减"));
  const std::string plain = callmill(run_with({"--reps", "30"})).out;
  CHECK_THAT(plain, !Contains("closely") && !Contains("Variance"));
  const Ran csv = callmill(run_with({"--indicator", "wait_q90", "--reps", "30", "--csv"}));
  CHECK_THAT(csv.out, Contains("wait_q90,looked at closely,s,"));
}

TEST_CASE("Everything that is wrong with what was asked is said at once") {
  const Ran ran = callmill(run_with({"--indicator", "anwer_rate", "--precision",
                                     "asa=2%,service_level@03:17=1%,wait_q50@queue:nowhere=1s",
                                     "--variance-reduction", "magic"}));
  CHECK(ran.code == 2);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Contains("did you mean answer_rate?") && Contains("a time above 0"));
  CHECK_THAT(ran.err, Contains("has no interval 03:17") && Contains("queue:nowhere"));
  CHECK_THAT(ran.err, Contains("magic: expected none, auto"));
  const Ran variant = callmill({"compare", small_scenario(), "--set", "groups.座席一组.staff=3",
                                "--indicator", "wait_q90", "--precision", "asa=2%"});
  CHECK(variant.code == 2);
  CHECK_THAT(variant.err, Contains("no differences") && Contains("a time above 0"));
}

TEST_CASE("Progress says how precise the study is and when it will be done") {
  const Ran ran = callmill(
      run_with({"--precision", "asa=0.5s", "--reps", "4000", "--progress", "json", "--json"}));
  REQUIRE(ran.code == 0);
  const std::size_t last = ran.err.rfind('{');
  REQUIRE(last != std::string::npos);
  CHECK_THAT(ran.err, Contains("\"indicator\": \"asa\"") && Contains("\"half_width_wanted\": 0.5"));
  CHECK_THAT(ran.err, Contains("\"expected\": "));
}

TEST_CASE("Differences of named indicators, each to its own precision") {
  const Ran ran = callmill({"compare", small_scenario(), "--set", "groups.座席一组.staff=3",
                            "--precision", "answer_rate=1%,asa@09:00=6s", "--json"});
  REQUIRE(ran.code == 0);
  const json::value result = json::parse(ran.out);
  int seen = 0;
  for (const auto& indicator : result.at("indicators").as_array()) {
    const json::value& values = indicator.at("values").as_array()[1];
    const double half = (number(values, "difference_high") - number(values, "difference_low")) / 2;
    const double wanted = indicator.at("metric") == "answer_rate" ? 0.01
                          : indicator.at("metric") == "asa@09:00" ? 6
                                                                  : 0;
    if (wanted == 0) continue;
    ++seen;
    CHECK(half <= wanted);
  }
  CHECK(seen == 2);
}

}  // namespace callmill::test
