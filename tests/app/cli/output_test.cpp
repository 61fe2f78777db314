// What programs read of run and plan: JSON and CSV by their documented keys, the same bytes for any
// number of threads, and tables in two languages.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/report/table.h"
#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

namespace json = boost::json;
using Catch::Matchers::Contains;

// Strict: NaN and Infinity are no JSON, and stop here.
json::object parse(const std::string& text) {
  boost::system::error_code fault;
  const json::value value = json::parse(text, fault);
  REQUIRE_FALSE(fault);
  return value.as_object();
}

Arguments with(Arguments base, const Arguments& more) {
  base.insert(base.end(), more.begin(), more.end());
  return base;
}

std::string out_of(const Arguments& arguments) {
  const Ran ran = callmill(arguments);
  INFO(ran.err);
  REQUIRE(ran.code == 0);
  return ran.out;
}

const Arguments kRun{"run", small_scenario(), "--reps", "12"};
const Arguments kPlan{"plan", small_scenario()};

bool is_number_or_null(const json::value& v) {
  return v.is_null() || v.is_number();
}

std::string text(const json::value& v) {
  return json::value_to<std::string>(v);
}

double number(const json::value& v) {
  return v.is_null() ? std::nan("") : v.to_number<double>();
}

// value lies in its interval, where there is one.
void check_interval(const json::object& row) {
  for (const char* key : {"value", "ci_low", "ci_high"}) CHECK(is_number_or_null(row.at(key)));
  CHECK(row.at("ci_low").is_null() == row.at("ci_high").is_null());
  if (row.at("ci_low").is_null() || row.at("value").is_null()) return;
  CHECK(number(row.at("ci_low")) <= number(row.at("value")) + 1e-12);
  CHECK(number(row.at("value")) <= number(row.at("ci_high")) + 1e-12);
}

double kpi(const json::object& result, const std::string& metric, const std::string& scope,
           const std::string& interval = "day") {
  for (const json::value& v : result.at("kpis").as_array()) {
    const json::object& row = v.as_object();
    if (text(row.at("metric")) == metric && text(row.at("scope")) == scope &&
        text(row.at("interval")) == interval)
      return number(row.at("value"));
  }
  FAIL("no row " << metric << " " << scope << " " << interval);
  return 0;
}

std::string hash_of(const std::string& file) {
  const std::string line = out_of({"check", file});
  const std::size_t at = line.rfind("hash ");
  REQUIRE(at != std::string::npos);
  return line.substr(at + 5, line.size() - at - 6);
}

}  // namespace

TEST_CASE("run --json: the manifest says what was run") {
  const json::object result =
      parse(out_of(with(kRun, {"--json", "--seed", "18446744073709551615"})));
  const json::object& manifest = result.at("manifest").as_object();
  CHECK(manifest.at("seed").to_number<std::uint64_t>() == 18446744073709551615u);
  CHECK(text(manifest.at("version")) == CALLMILL_VERSION);
  CHECK(text(manifest.at("scenario_hash")) == hash_of(small_scenario()));
  CHECK(manifest.at("replications").to_number<int>() == 12);
  CHECK(text(manifest.at("scenario")) == "小热线, \"一号\"");
  const std::set<std::string> timeless{"schema", "version",      "scenario",   "scenario_hash",
                                       "seed",   "replications", "confidence", "currency"};
  for (const auto& entry : manifest) CHECK(timeless.count(std::string{entry.key()}) == 1);
}

TEST_CASE("run --json: one row a metric, scope and interval; no NaN; rows that agree") {
  const json::object result = parse(out_of(with(kRun, {"--json"})));
  std::set<std::string> seen;
  std::map<std::string, int> scopes;
  for (const json::value& v : result.at("kpis").as_array()) {
    const json::object& row = v.as_object();
    CHECK(row.size() == 6);
    check_interval(row);
    const std::string key =
        text(row.at("metric")) + " " + text(row.at("scope")) + " " + text(row.at("interval"));
    CHECK(seen.insert(key).second);
    ++scopes[text(row.at("scope"))];
  }
  for (const char* scope : {"total", "queue:综合服务", "type:市民", "group:座席一组", "lines:前台"})
    CHECK(scopes[scope] > 0);
  double attempts = 0;
  for (const char* hour : {"08:00", "09:00", "10:00", "11:00"})
    attempts += kpi(result, "attempts", "total", hour);
  CHECK(kpi(result, "attempts", "total") == Approx(attempts));
  CHECK(kpi(result, "answer_rate", "total") == Approx(1 - kpi(result, "abandon_rate", "total")));
  REQUIRE(result.at("targets").as_array().size() == 2);
}

TEST_CASE("run --json: one replication has no intervals, an idle queue no rates: null") {
  const json::object one = parse(out_of({"run", small_scenario(), "--reps", "1", "--json"}));
  for (const json::value& v : one.at("kpis").as_array()) CHECK(v.at("ci_low").is_null());
  const json::object idle =
      parse(out_of(with(kRun, {"--json", "--set", "callers.市民.volume.calls=[0, 70, 60, 40]"})));
  CHECK(std::isnan(kpi(idle, "answer_rate", "total", "08:00")));
  CHECK(kpi(idle, "attempts", "total", "08:00") == 0);
}

TEST_CASE("plan --json: status, money, targets") {
  const json::object plan = parse(out_of(with(kPlan, {"--json"})));
  CHECK(text(plan.at("status")) == "met");
  const double cost = number(plan.at("cost")), bound = number(plan.at("bound"));
  CHECK(cost > 0);
  CHECK(bound <= cost + 1e-6);
  CHECK(number(plan.at("gap")) == Approx((cost - bound) / cost).margin(1e-9));
  CHECK(cost == Approx(number(plan.at("wages")) + number(plan.at("rent"))));
  const json::array& targets = plan.at("targets").as_array();
  REQUIRE(targets.size() == 2);
  for (const json::value& v : targets) {
    const json::object& t = v.as_object();
    check_interval(t);
    CHECK(t.at("met").as_bool());
    CHECK(text(t.at("scope")) == "total");
    const double bad_end = number(t.at(text(t.at("sense")) == "at_least" ? "ci_low" : "ci_high"));
    const double slack = number(t.at("target")) - bad_end;
    CHECK((text(t.at("sense")) == "at_least" ? -slack : slack) >= 0);
  }
  CHECK(text(targets[0].at("metric")) == "service_level");
  CHECK(number(targets[0].at("target")) == Approx(0.8));
  const json::object& sheet = plan.at("spreadsheet").as_object();
  CHECK(number(sheet.at("cost")) == Approx(number(sheet.at("wages")) + number(sheet.at("rent"))));
  CHECK(number(sheet.at("more")) == Approx(number(sheet.at("cost")) / cost - 1));
  CHECK(sheet.at("targets").as_array().size() == 2);
  CHECK(text(sheet.at("staff").as_array().at(0).at("goal")) == "service_level >= 80% in 20s");
  CHECK(number(sheet.at("short_h")) == 0);
  CHECK(text(plan.at("manifest").at("scenario_hash")) == hash_of(small_scenario()));
}

TEST_CASE("plan --requirement: the method is said, and each asks for agents of its own") {
  const auto planned = [](const Arguments& more) {
    return parse(out_of(with(with(kPlan, {"--json"}), more)));
  };
  // Fractions of agents show the methods best where each interval is asked by itself.
  const json::object exact = planned({"--interval-slack", "1"}),
                     sipp = planned({"--interval-slack", "1", "--requirement", "sipp"});
  const json::object day = planned({});
  CHECK(text(day.at("requirement").as_array().at(0).at("why")).find("over the day") == 0);
  const json::object& by = exact.at("requirement").as_array().at(0).as_object();
  CHECK(text(by.at("method")) == "transient");
  CHECK_FALSE(text(by.at("why")).empty());
  CHECK(text(sipp.at("requirement").as_array().at(0).at("method")) == "sipp");
  // Each interval opens with what the one before left, so somewhere the two differ.
  const json::array &a = exact.at("cover").as_array(), &b = sipp.at("cover").as_array();
  REQUIRE(a.size() == b.size());
  bool differ = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    differ = differ || number(a[i].at("required")) != number(b[i].at("required"));
    CHECK(a[i].at("one_more").is_number());
  }
  CHECK(differ);
}

TEST_CASE("plan --json of an infeasible ask has no money, null") {
  const Ran ran =
      callmill({"plan", source_file("tests/app/cli/scenarios/infeasible.yaml"), "--json"});
  const json::object plan = parse(ran.out);
  CHECK(text(plan.at("status")) == "infeasible");
  for (const char* key : {"cost", "bound", "gap", "spreadsheet"}) CHECK(plan.at(key).is_null());
  CHECK(plan.at("targets").as_array().empty());
  CHECK_FALSE(plan.at("reasons").as_array().empty());
}

TEST_CASE("run --csv is RFC 4180 and says what run --json says") {
  const auto rows = parse_csv(out_of(with(kRun, {"--csv"})));
  CHECK(rows.front() == Arguments{"scenario", "scope", "interval", "metric", "formula", "unit",
                                  "value", "ci_low", "ci_high", "n"});
  const json::object result = parse(out_of(with(kRun, {"--json"})));
  const json::array& kpis = result.at("kpis").as_array();
  REQUIRE(rows.size() == kpis.size() + 1);
  for (std::size_t i = 0; i < kpis.size(); ++i) {
    const std::vector<std::string>& row = rows[i + 1];
    CHECK(row[0] == "小热线, \"一号\"");
    CHECK(text(kpis[i].at("scope")) == row[1]);
    CHECK(text(kpis[i].at("interval")) == row[2]);
    CHECK(text(kpis[i].at("metric")) == row[3]);
    const double value = number(kpis[i].at("value"));
    if (row[6].empty())
      CHECK(std::isnan(value));
    else
      CHECK(std::stod(row[6]) == Approx(value).epsilon(1e-14));  // Boost.JSON reads to 1 ulp
  }
}

TEST_CASE("plan --csv is RFC 4180: one row an agent, who works within the day, then the lines") {
  const auto rows = parse_csv(out_of(with(kPlan, {"--csv"})));
  CHECK(rows.front() ==
        Arguments{"group", "agent", "shift", "from", "to", "breaks", "lines", "count"});
  const json::object plan = parse(out_of(with(kPlan, {"--json"})));
  int agents = 0;
  for (const json::value& v : plan.at("shifts").as_array())
    agents += v.at("agents").to_number<int>();
  REQUIRE(rows.size() == static_cast<std::size_t>(agents) + 2);
  CHECK(rows.back() ==
        Arguments{"", "", "", "", "", "", "前台",
                  std::to_string(plan.at("lines").at(0).at("count").to_number<int>())});
  for (std::size_t i = 1; i + 1 < rows.size(); ++i) {
    CHECK(rows[i][0] == "座席一组");
    CHECK(rows[i][1] == std::to_string(i));
    CHECK(rows[i][3] >= "08:00");
    CHECK(rows[i][4] <= "12:00");
    CHECK(rows[i][5].empty() == (rows[i][2] == "短班"));
  }
}

TEST_CASE("1, 2 and 7 threads print the same bytes") {
  for (const Arguments& base : {with(kRun, {"--json"}),
                                with(kRun, {"--csv"}),
                                kRun,
                                with(kPlan, {"--json"}),
                                with(kPlan, {"--csv"}),
                                kPlan,
                                {"run", small_scenario(), "--precision", "3%", "--json"}}) {
    const std::string one = callmill(with(base, {"--threads", "1"})).out;
    CHECK_FALSE(one.empty());
    for (const char* threads : {"2", "7"})
      CHECK(callmill(with(base, {"--threads", threads})).out == one);
  }
}

TEST_CASE("--seed, --reps and --set change the result, and nothing else does") {
  const std::string base = out_of(with(kRun, {"--json"}));
  CHECK(out_of(with(kRun, {"--json"})) == base);
  CHECK(out_of(with(kRun, {"--json", "--seed", "7"})) == base);  // the scenario's own
  const json::object other = parse(out_of(with(kRun, {"--json", "--seed", "8"})));
  CHECK(kpi(other, "attempts", "total") != kpi(parse(base), "attempts", "total"));
  const json::object fewer = parse(out_of({"run", small_scenario(), "--reps", "4", "--json"}));
  CHECK(fewer.at("manifest").at("replications").to_number<int>() == 4);
  const json::object staffed = parse(out_of(
      {"run", "--set", "groups.座席一组.staff=9", small_scenario(), "--reps", "12", "--json"}));
  // The same callers, better served.
  CHECK(kpi(staffed, "attempts", "total") == kpi(parse(base), "attempts", "total"));
  CHECK(kpi(staffed, "answer_rate", "total") > kpi(parse(base), "answer_rate", "total"));
  CHECK(text(staffed.at("manifest").at("scenario_hash")) !=
        text(parse(base).at("manifest").at("scenario_hash")));
}

TEST_CASE("--confidence widens the intervals and leaves the values") {
  const json::object narrow = parse(out_of(with(kRun, {"--json", "--confidence", "0.8"})));
  const json::object wide = parse(out_of(with(kRun, {"--json", "--confidence", "0.99"})));
  const json::object &a = narrow.at("targets").as_array()[0].as_object(),
                     &b = wide.at("targets").as_array()[0].as_object();
  CHECK(a.at("value") == b.at("value"));
  CHECK(number(a.at("ci_low")) > number(b.at("ci_low")));
  CHECK(number(a.at("ci_high")) < number(b.at("ci_high")));
}

TEST_CASE("--progress json: lines of JSON on stderr, the result untouched") {
  const Ran ran = callmill(with(kRun, {"--progress", "json"}));
  CHECK(ran.code == 0);
  CHECK(ran.out == out_of(kRun));
  REQUIRE_FALSE(lines_of(ran.err).empty());
  for (const std::string& line : lines_of(ran.err)) {
    const json::object step = parse(line);
    for (const char* key : {"what", "done", "total", "eta_s", "half_width"})
      CHECK(step.contains(key));
  }
  CHECK(parse(lines_of(ran.err).back()).at("done").to_number<int>() == 12);
}

TEST_CASE("Tables speak Chinese on request or by the locale, and stay aligned") {
  const std::string chinese = out_of(with(kRun, {"--lang", "zh-CN"}));
  CHECK_THAT(chinese, Contains("接通率") && Contains("达标") && !Contains("Answer rate"));
  CHECK(callmill(kRun, "", {"LC_ALL=zh_CN.UTF-8"}).out == chinese);
  CHECK(callmill(kRun, "", {"LANG=zh_CN.UTF-8"}).out == chinese);
  CHECK(callmill(with(kRun, {"--lang", "en"}), "", {"LC_ALL=zh_CN.UTF-8"}).out == out_of(kRun));
  CHECK_THAT(out_of(with(kPlan, {"--lang", "zh-CN"})), Contains("结论") && Contains("成本"));
  // Tables whose last column is to the right: header, rule and rows end in the same place.
  for (const std::string& text : {chinese, out_of(kRun)}) {
    const std::vector<std::string> lines = lines_of(text);
    int tables = 0;
    for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
      if (!lines[i].starts_with("  ---") || lines[i - 1].ends_with("公式") ||
          lines[i - 1].ends_with("Formula") || lines[i - 1].ends_with("仿真") ||
          lines[i - 1].ends_with("Simulated"))
        continue;
      ++tables;
      CHECK(display_width(lines[i - 1]) == lines[i].size());
      CHECK(display_width(lines[i + 1]) == lines[i].size());
    }
    CHECK(tables == 4);
  }
}

}  // namespace callmill::test
