// replan from the command line: a plan, a morning, and what is changed.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

namespace json = boost::json;
using Catch::Matchers::Contains;

const std::string& planned() {
  static const std::string csv = callmill({"plan", small_scenario(), "--csv"}).out;
  return csv;
}

Ran replan(const Arguments& more, const std::string& at = "09:00") {
  Arguments all = {"replan",    small_scenario(),
                   "--plan",    "-",
                   "--at",      at,
                   "--actual",  source_file("tests/app/cli/scenarios/busy-morning.csv"),
                   "--set",     "busyness.cv=20%",
                   "--call-in", "3",
                   "--reps",    "40"};
  all.insert(all.end(), more.begin(), more.end());
  return callmill(all, planned());
}

}  // namespace

TEST_CASE("replan: JSON, plan file and table are of one re-plan, and its file can be run") {
  const Ran data = replan({"--json"});
  CHECK((data.code == 0 || data.code == 4));
  const json::object result = json::parse(data.out).as_object();
  CHECK(result.at("at").as_string() == "09:00");
  // gamma(25 + 48, 25 + 30) but for the intervals' own factors, which pull it towards 1.
  const double busyness = result.at("busyness").at("value").to_number<double>();
  CHECK(busyness > 1.1);
  CHECK(busyness < 73.0 / 55);
  // 200 s measured where 180 s were expected, by 48 calls that count as 48 of 48 + 576.
  CHECK(result.at("handle_factor").to_number<double>() ==
        Approx((576 + 48 * 200.0 / 180) / (576 + 48)).epsilon(1e-6));
  REQUIRE(result.at("forecast").as_array().size() == 4);
  CHECK(result.at("forecast").at(0).at("calls").to_number<double>() == 48);
  CHECK(result.at("forecast").at(1).at("calls").to_number<double>() == Approx(70 * busyness));
  const std::size_t changes = result.at("changes").as_array().size();
  CHECK(changes > 0);

  const Ran file = replan({"--csv"});
  CHECK(file.code == data.code);
  const auto rows = parse_csv(file.out), before = parse_csv(planned());
  std::size_t called_in = 0;
  for (const json::value& change : result.at("changes").as_array())
    called_in += change.at("change").as_string() == "called_in" ? 1 : 0;
  CHECK(rows.size() == before.size() + called_in);
  CHECK(callmill({"run", small_scenario(), "--plan", "-", "--reps", "2"}, file.out).code == 0);

  const Ran table = replan({"--lang", "zh-CN"});
  CHECK_THAT(table.out, Contains("当日话务为预测的") && Contains("调整后"));
  const Ran english = replan({});
  CHECK_THAT(english.out, Contains("times as busy as forecast") && Contains("called in"));
}

TEST_CASE("replan: what is wrong is said, each at its place") {
  const Ran time = replan({}, "09:20");
  CHECK(time.code == 2);
  CHECK_THAT(time.err, Contains("--at 09:20: 09:20 is no end of an interval"));
  const Ran late = replan({}, "11:00");
  CHECK(late.code == 3);
  CHECK_THAT(late.err, Contains("no row has the calls from 10:00 on"));
  const Ran shares = replan({"--notice", "x", "--interval-cv", "300%"});
  CHECK(shares.code == 2);
  CHECK_THAT(shares.err, Contains("--notice x") && Contains("--interval-cv 300%"));
  const Ran none = callmill(
      {"replan", small_scenario(), "--plan", "-", "--at", "09:00", "--actual", "no-such-file.csv"},
      planned());
  CHECK(none.code == 7);
}

}  // namespace callmill::test
