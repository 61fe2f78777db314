// `callmill compare`: variants by --set and by file, in text, JSON and CSV; every mistake at once.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

using Catch::Matchers::Contains;

Arguments compare(const Arguments& more) {
  Arguments all{"compare", small_scenario(), "--reps", "20"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace

TEST_CASE("Each --set is a variant, and a variant may have several changes") {
  const Ran ran = callmill(compare({"--set", "groups.座席一组.staff=3", "--set",
                                    "groups.座席一组.staff=3; lines.前台.lines=4", "--json"}));
  REQUIRE(ran.code == 0);
  const boost::json::value json = boost::json::parse(ran.out);
  const auto& variants = json.at("manifest").at("variants").as_array();
  REQUIRE(variants.size() == 3);
  CHECK(variants[2].at("name") == "groups.座席一组.staff=3; lines.前台.lines=4");
  CHECK(variants[1].at("scenario_hash") != variants[2].at("scenario_hash"));
  // The figures of a variant are those of a run with the same changes.
  const Ran alone = callmill({"run", small_scenario(), "--reps", "20", "--json", "--set",
                              "groups.座席一组.staff=3", "--set", "lines.前台.lines=4"});
  REQUIRE(alone.code == 0);
  double answered = -1;
  const boost::json::value run = boost::json::parse(alone.out);
  for (const auto& kpi : run.at("kpis").as_array())
    if (kpi.at("metric") == "answer_rate" && kpi.at("scope") == "total" &&
        kpi.at("interval") == "day")
      answered = kpi.at("value").as_double();
  const auto& first = json.at("indicators").as_array()[0];
  CHECK(first.at("metric") == "answer_rate");
  CHECK(first.at("values").as_array()[2].at("value").as_double() ==
        Approx(answered).epsilon(1e-12));
  CHECK(first.at("values").as_array()[0].at("difference").is_null());
}

TEST_CASE("Variants may be files; threads change no byte; CSV has a row an indicator and variant") {
  const Arguments files{small_scenario(), "--indicator", "asa", "--indicator", "answer_rate"};
  const Ran text = callmill(compare(files));
  REQUIRE(text.code == 0);
  CHECK_THAT(text.out, Contains("equal") && Contains("Best by Average speed of answer (least)"));
  Arguments again = files;
  again.insert(again.end(), {"--threads", "1"});
  CHECK(callmill(compare(again)).out == text.out);
  again.push_back("--csv");
  const auto rows = parse_csv(callmill(compare(again)).out);
  REQUIRE(rows.size() == 1 + 2 * 2);
  CHECK(rows[1][2] == "asa");
}

TEST_CASE("compare says everything that is wrong with what was asked") {
  const Ran nothing = callmill(compare({}));
  CHECK(nothing.code == 2);
  CHECK_THAT(nothing.err, Contains("nothing to compare with"));
  const Ran wrong =
      callmill(compare({"--set", "groups.座席一组.staff=3", "--indicator", "answr_rate",
                        "--indicator", "asa@queue:nowhere", "--rank", "cots"}));
  CHECK(wrong.code == 2);
  CHECK(wrong.out.empty());
  CHECK_THAT(wrong.err, Contains("did you mean answer_rate?") && Contains("queue:nowhere") &&
                            Contains("did you mean cost?"));
  const Ran bad =
      callmill(compare({"--set", "groups.座席一组.stff=3", "--set", "lines.前台.lines=x"}));
  CHECK(bad.code == 3);
  CHECK(bad.out.empty());
  CHECK_THAT(bad.err, Contains("did you mean staff?") && Contains("lines.前台.lines"));
}

TEST_CASE("An interrupted comparison stands on what all variants had") {
  const Ran ran =
      callmill_interrupted({"compare", small_scenario(), "--set", "groups.座席一组.staff=3",
                            "--reps", "1000000", "--progress", "json"},
                           "\"done\":");
  CHECK(ran.code == 130);
  CHECK_THAT(ran.err, Contains("interrupted"));
}

}  // namespace callmill::test
