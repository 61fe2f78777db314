// `callmill compare`: variants by --set and by file, in text, JSON and CSV; every mistake at once.

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
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
                                    "groups.座席一组.staff=3; lines.前台.lines=4", "--json",
                                    "--variance-reduction", "none"}));
  REQUIRE(ran.code == 0);
  const boost::json::value json = boost::json::parse(ran.out);
  const auto& variants = json.at("manifest").at("variants").as_array();
  REQUIRE(variants.size() == 3);
  CHECK(variants[2].at("name") == "groups.座席一组.staff=3; lines.前台.lines=4");
  CHECK(variants[1].at("scenario_hash") != variants[2].at("scenario_hash"));
  // Without variance reduction the figures of a variant are those of a run with the same changes.
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
  CHECK_THAT(text.out,
             Contains("equal") &&
                 Contains("Best by Average speed of answer (least): one and the same in"));
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

TEST_CASE("A sweep of two fields is a table two ways with its interactions") {
  const Arguments sweep{
      "sweep",       small_scenario(),       "--reps", "20",
      "--indicator", "answer_rate",          "--vary", "groups.座席一组.staff=4..6",
      "--vary",      "lines.前台.lines=8,12"};
  const Ran text = callmill(sweep);
  REQUIRE(text.code == 0);
  CHECK_THAT(text.out, Contains("6 points") && Contains("beyond the sum of each"));
  Arguments json = sweep;
  json.push_back("--json");
  const boost::json::value got = boost::json::parse(callmill(json).out);
  const auto& variants = got.at("manifest").at("variants").as_array();
  REQUIRE(variants.size() == 7);
  CHECK(variants[3].at("name") == "groups.座席一组.staff=5; lines.前台.lines=8");
  // Five agents and twelve lines are the scenario itself: simulated once, equal in every figure.
  const auto& values = got.at("indicators").as_array()[0].at("values").as_array();
  CHECK(variants[4].at("scenario_hash") == variants[0].at("scenario_hash"));
  CHECK(values[4].at("difference").to_number<double>() == 0);
}

TEST_CASE("One field at a time is a tornado, a random design takes each value as often") {
  const Arguments base{"sweep", small_scenario(), "--reps", "10", "--indicator", "answer_rate"};
  const auto with = [&](const Arguments& more) {
    Arguments all = base;
    all.insert(all.end(), more.begin(), more.end());
    return callmill(all);
  };
  const Ran tornado = with({"--design", "one-at-a-time", "--vary", "lines.前台.lines=11,13",
                            "--vary", "groups.座席一组.staff=3,7"});
  REQUIRE(tornado.code == 0);
  // More agents matter more than a line.
  CHECK(tornado.out.find("groups.座席一组.staff") < tornado.out.find("lines.前台.lines"));
  CHECK_THAT(tornado.out, Contains("########################"));
  const Ran random =
      with({"--design", "random", "--points", "12", "--vary", "groups.座席一组.staff=3..6",
            "--vary", "lines.前台.lines=8,10,12", "--csv"});
  REQUIRE(random.code == 0);
  const auto rows = parse_csv(random.out);
  REQUIRE(rows.size() == 1 + 13);
  for (const char* value : {"staff=3", "staff=4", "staff=5", "staff=6"})
    CHECK(std::count_if(rows.begin(), rows.end(), [&](const auto& row) {
            return row[1].find(value) != std::string::npos;
          }) == 3);
}

TEST_CASE("A sweep says what is wrong with its ranges") {
  const auto refused = [](const std::string& vary, const std::string& message) {
    const Ran ran = callmill({"sweep", small_scenario(), "--vary", vary});
    INFO(vary);
    CHECK(ran.code == 2);
    CHECK_THAT(ran.err, Contains(message));
  };
  refused("groups.座席一组.staff", "write FIELD=VALUE");
  refused("groups.座席一组.staff=5..3", "TO must be above FROM");
  refused("groups.座席一组.staff=1..9999", "more than 500 values");
  refused("callers.市民.patience.mean=60s..2min", "two units");
  refused("groups.座席一组.staff=4,,5", "empty value");
  const Ran twice = callmill({"sweep", small_scenario(), "--vary", "groups.座席一组.staff=3..4",
                              "--vary", "groups.座席一组.staff=5..6"});
  CHECK(twice.code == 2);
  CHECK_THAT(twice.err, Contains("the field is varied already"));
  const Ran unknown = callmill({"sweep", small_scenario(), "--vary", "groups.座席一组.stff=3,4"});
  CHECK(unknown.code == 3);
  CHECK_THAT(unknown.err, Contains("did you mean staff?"));
}

TEST_CASE("What is wrong with every value of a sweep is said once, with the values") {
  const Ran ran = callmill({"sweep", small_scenario(), "--vary", "groups.座席一组.stff=3..5"});
  CHECK(ran.code == 3);
  const std::size_t first = ran.err.find("error[");
  REQUIRE(first != std::string::npos);
  CHECK(ran.err.find("error[", first + 1) == std::string::npos);
  CHECK_THAT(ran.err, Contains("in 3 variants: groups.座席一组.stff=3 | groups.座席一组.stff=4 | "
                               "groups.座席一组.stff=5\n"));
  // What differs from value to value is said of each.
  const Ran range = callmill({"sweep", small_scenario(), "--vary", "callers.市民.balk=2,3"});
  CHECK_THAT(range.err, Contains("is 2") && Contains("is 3"));
}

TEST_CASE("An indicator that a scenario cannot have names the scenario and why") {
  const Ran ran = callmill(compare({"--set", "groups.座席一组.staff=3", "--indicator", "chats"}));
  CHECK(ran.code == 2);
  CHECK_THAT(ran.err, Contains("chats: the baseline has no chats: it has no chats"));
  const Ran variant = callmill({"compare", source_file("scenarios/hotline/floor-day.yaml"), "--set",
                                "rules=null", "--indicator", "extra_time"});
  CHECK(variant.code == 2);
  CHECK_THAT(variant.err, Contains("the variant rules=null has no extra_time: it has no rules"));
}

TEST_CASE("Futures: the rest of one day, with the floor as it is at that time") {
  const Arguments at_ten{"run", small_scenario(), "--at", "10:00",      "--day",
                         "2",   "--reps",         "30",   "--progress", "none"};
  const auto with = [&](const Arguments& more) {
    Arguments all = at_ten;
    all.insert(all.end(), more.begin(), more.end());
    return callmill(all);
  };
  const Ran text = with({"--indicator", "answer_rate"});
  REQUIRE(text.code == 0);
  CHECK_THAT(text.out, Contains("day 2 until 10:00, then 30 futures") &&
                           Contains("At 10:00, so far: Attempts 111.0") && Contains("Available") &&
                           Contains("1 future in 10 below"));
  const Ran chinese = with({"--lang", "zh-CN"});
  CHECK_THAT(chinese.out, Contains("第 2 天至 10:00 的实况，其后 30 个未来") && Contains("空闲"));
  const Ran data = with({"--json"});
  const boost::json::value json = boost::json::parse(data.out);
  CHECK(json.at("manifest").at("at") == "10:00");
  CHECK(json.at("manifest").at("day") == 2);
  const auto& now = json.at("snapshot");
  CHECK(now.at("so_far").at("attempts").to_number<double>() == 111);
  const auto& group = now.at("groups").as_array().at(0);
  CHECK(group.at("available").as_int64() + group.at("talk").as_int64() +
            group.at("wrap").as_int64() ==
        5);
  // What was before is certain, and is the second day of a plain run.
  const Ran plain = callmill({"run", small_scenario(), "--reps", "2", "--json"});
  double before = 0;
  for (const auto& kpi : json.at("kpis").as_array())
    if (kpi.at("metric") == "attempts" && kpi.at("scope") == "total" &&
        (kpi.at("interval") == "08:00" || kpi.at("interval") == "09:00")) {
      before += kpi.at("value").to_number<double>();
      CHECK(kpi.at("ci_low") == kpi.at("ci_high"));
    }
  CHECK(before == 111);
  CHECK(with({"--threads", "1"}).out == with({}).out);
}

TEST_CASE("Futures: --at compares what may still be changed, and refuses what cannot") {
  const auto at_ten = [](const std::string& set) {
    return callmill({"compare", small_scenario(), "--at", "10:00", "--reps", "30", "--progress",
                     "none", "--set", set});
  };
  const Ran later = at_ten("groups.座席一组.staff={step: 1h, agents: [5, 5, 3, 3]}");
  REQUIRE(later.code == 0);
  CHECK_THAT(later.out,
             Contains("Replications are futures of day 1 from 10:00.") && Contains("less"));
  const Ran earlier = at_ten("groups.座席一组.staff={step: 1h, agents: [5, 3, 3, 3]}");
  CHECK(earlier.code == 3);
  CHECK(earlier.out.empty());
  CHECK_THAT(earlier.err, Contains("changes what became of calls before"));

  // Who comes later, and changes nothing before.
  for (const char* set : {"groups.助手={staff: {step: 1h, agents: [0, 0, 4, 4]}}; "
                          "queues.综合服务.route=[{group: 座席一组}, {group: 助手}]",
                          "lines.前台.lines=13"})
    CHECK(at_ten(set).code == 0);
  // Each day has futures of its own.
  const auto from = [](const char* day) {
    return callmill({"run", small_scenario(), "--at", "10:00", "--day", day, "--reps", "1", "--csv",
                     "--indicator", "attempts@11:00"})
        .out;
  };
  CHECK(from("1").substr(from("1").rfind("attempts@")) !=
        from("2").substr(from("2").rfind("attempts@")));
  CHECK(callmill({"run", small_scenario(), "--day", "2"}).code == 2);

  const auto refused = [](const Arguments& arguments, const char* why) {
    const Ran ran = callmill(arguments);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Contains("--at") && Contains(why));
  };
  for (const char* time : {"08:00", "12:00", "07:59", "noon", "25:00"})
    refused({"run", small_scenario(), "--at", time}, "after 08:00 and before 12:00");
  refused({"run", small_scenario(), "--at", "10:00", "--variance-reduction", "control"},
          "nothing is known of futures");
  refused({"run", source_file("scenarios/tutorial/22-exact.yaml"), "--at", "10:00", "--exact"},
          "--exact");
  refused({"run", source_file("scenarios/hotline/everything.yaml"), "--at", "10:00"},
          "a run of one day");
}

TEST_CASE("A variant on standard input; the least of what is bad; a study is of all variants") {
  std::ifstream in{small_scenario()};
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  const Ran piped = callmill({"compare", "-", "--set", "lines.前台.lines=3", "--reps", "20",
                              "--indicator", "blocked", "--progress", "none"},
                             text);
  REQUIRE(piped.code == 0);
  CHECK_THAT(piped.out, Contains("Best by Blocked (least)") && Contains("baseline"));
  const Ran study = callmill(compare({"--set", "study.seed=3"}));
  CHECK(study.code == 3);
  CHECK(study.out.empty());
  CHECK_THAT(study.err, Contains("--seed, --reps and --confidence are of all"));
}

TEST_CASE("A part of nothing is no precision") {
  // No call is lost: how seldom one would be is not known.
  const Ran ran = callmill({"run", small_scenario(), "--reps", "40", "--precision",
                            "loss_rate=10%rel", "--progress", "none"});
  CHECK(ran.code == 6);
  CHECK_THAT(ran.err, Contains("not reached in 40"));
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
