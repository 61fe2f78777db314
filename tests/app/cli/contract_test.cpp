// docs/reference/cli.md, held against the program itself: exit codes, what goes to which stream,
// what a mistyped command line is answered.

#include <catch2/catch.hpp>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "tests/app/cli/program.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

const Arguments kFast{"--reps", "3"};

Arguments run_small(const Arguments& more = kFast) {
  Arguments all{"run", small_scenario()};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

// Refused as a whole: nothing on stdout, a message on stderr.
void check_usage(const Arguments& arguments, const std::string& message) {
  const Ran ran = callmill(arguments);
  INFO(Catch::StringMaker<Arguments>::convert(arguments));
  CHECK(ran.code == 2);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Contains(message));
}

std::string read_file(const std::string& path) {
  std::ifstream in{path};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("0: a result on stdout, silence on stderr") {
  for (const Arguments& arguments :
       {run_small(), Arguments{"plan", small_scenario()}, Arguments{"check", small_scenario()},
        Arguments{"show", small_scenario()}, Arguments{"schema"},
        Arguments{"erlang", "--calls", "60/h", "--aht", "180s", "--target", "80%/20s"}}) {
    const Ran ran = callmill(arguments);
    INFO(arguments[0]);
    CHECK(ran.code == 0);
    CHECK_FALSE(ran.out.empty());
    CHECK(ran.err.empty());
    CHECK(ran.out.ends_with('\n'));
  }
}

TEST_CASE("2: a mistyped verb or option is answered with the nearest right one") {
  check_usage({"rum", "x.yaml"}, "no verb rum; did you mean run?");
  check_usage({"shcema"}, "did you mean schema?");
  check_usage({"frobnicate"},
              "Verbs: run, compare, sweep, rare, live, plan, replan, check-plan, roster, "
              "check-roster, replay, erlang, check, show, schema.");
  check_usage({"--versoin"}, "did you mean --version?");
  check_usage(run_small({"--sede", "3"}), "no option --sede; did you mean --seed?");
  check_usage({"run", "--presicion=1%"}, "did you mean --precision?");
  check_usage({"plan", small_scenario(), "--josn"}, "did you mean --json?");
  check_usage(run_small({"--zzzzzzzz"}), "callmill run: there is no option --zzzzzzzz\n");
  check_usage({"run"}, "scenario is required");
}

TEST_CASE("2: values that an option does not take") {
  for (const char* seed : {"-1", "1.5", "abc", "18446744073709551616", ""})
    check_usage(run_small({std::string{"--seed="} + seed}), "--seed");
  for (const char* reps : {"0", "-3", "2.5", "10000001"})
    check_usage(run_small({"--reps", reps}), "--reps");
  for (const char* share : {"nan", "inf", "1", "0", "-0.5", "x"})
    check_usage(run_small({"--confidence", share}), "--confidence");
  for (const char* precision : {"0", "0%", "-1%", "100%", "nan", "1 %", "%"})
    check_usage(run_small({"--precision", precision}), "--precision");
  check_usage(run_small({"--threads", "1025"}), "--threads");
  check_usage(run_small({"--lang", "fr"}), "--lang");
  check_usage(run_small({"--progress", "loud"}), "--progress");
  check_usage(run_small({"--json", "--csv"}), "--json excludes --csv");
  const std::vector<Arguments> of_draws = {
      {"--precision", "1%"}, {"--variance-reduction", "none"}, {"--indicator", "asa"}};
  for (const Arguments& option : of_draws)
    check_usage(run_small({"--exact", option[0], option[1]}), option[0] + " excludes --exact");
  check_usage({"plan", small_scenario(), "--gap", "nan"}, "--gap");
  check_usage({"plan", small_scenario(), "--time-limit", "nan"}, "--time-limit");
  check_usage({"plan", small_scenario(), "--rounds", "0"}, "--rounds");
  check_usage({"plan", small_scenario(), "--requirement", "sip"}, "--requirement");
}

TEST_CASE("What a terminal would obey or hide is written out, whatever the file says") {
  const Ran bad = callmill({"check", "-"}, "version: 1\nname: \"a\\e[31m\"\n\"\\u202Ekey\": 3\n");
  CHECK(bad.code == 3);
  CHECK_THAT(bad.err, Contains("<U+202E>key is not known here"));
  CHECK(bad.err.find('\x1b') == std::string::npos);
  CHECK(bad.err.find("\u202E") == std::string::npos);

  const Ran good = callmill({"check", small_scenario(), "--set", "name=b\u202Ec"});
  CHECK(good.code == 0);
  CHECK_THAT(good.out, Contains(": b<U+202E>c, "));
  CHECK_THAT(callmill({"run", small_scenario(), "--reps", "1", "--set", "name=b\u202Ec"}).out,
             StartsWith("b<U+202E>c: 1 replications"));
}

TEST_CASE("2: without a verb the help, with examples, goes to stderr") {
  const Ran none = callmill({});
  CHECK(none.code == 2);
  CHECK(none.out.empty());
  CHECK_THAT(none.err, Contains("Examples:") && Contains("callmill plan scenarios/"));
  const Ran help = callmill({"--help"});
  CHECK(help.code == 0);
  CHECK(help.out == none.err);
  CHECK(help.err.empty());
}

TEST_CASE("Each verb has help with its options; --version says one line") {
  for (const char* verb : {"run", "plan", "check-plan", "roster", "check-roster", "erlang", "check",
                           "show", "schema"}) {
    const Ran ran = callmill({verb, "--help"});
    CHECK(ran.code == 0);
    CHECK(ran.err.empty());
    CHECK_THAT(ran.out, Contains(verb) && Contains("--help"));
  }
  const Ran version = callmill({"--version"});
  CHECK(version.code == 0);
  CHECK(version.out == std::string{CALLMILL_VERSION} + "\n");
}

TEST_CASE("3: a bad scenario: every error with file:line:col on stderr, nothing on stdout") {
  const std::string bad = source_file("tests/app/files/malformed/159-many-errors.yaml");
  const std::regex line{R"(^[^ ]*159-many-errors\.yaml:\d+:\d+: error\[[a-z0-9-]+\]: .+)"};
  for (const char* verb : {"run", "plan", "check", "show"}) {
    const Ran ran = callmill({verb, bad});
    INFO(verb);
    CHECK(ran.code == 3);
    CHECK(ran.out.empty());
    std::size_t errors = 0;
    for (const std::string& text : lines_of(ran.err)) errors += std::regex_match(text, line);
    CHECK(errors >= 5);
  }
  CHECK_THAT(callmill({"run", bad}).err, Contains("errors; nothing was run"));
}

TEST_CASE("3: a --set that does not fit points into itself") {
  const Ran ran = callmill(run_small({"--set", "callers.市民.patience.maen=90s"}));
  CHECK(ran.code == 3);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Contains("--set:1:") && Contains("mean"));
}

TEST_CASE("3: what a verb needs and the scenario lacks") {
  const Ran run = callmill({"run", source_file("scenarios/tutorial/06-shifts.yaml")});
  CHECK(run.code == 3);
  CHECK(run.out.empty());
  CHECK_THAT(run.err, Contains("lines.front.lines") && Contains("groups.agents.staff"));
  const Ran plan = callmill({"plan", source_file("scenarios/tutorial/01-first-queue.yaml")});
  CHECK(plan.code == 3);
  CHECK(plan.out.empty());
  CHECK_THAT(plan.err, Contains("error[no-shifts]"));
  // Everything that is in the way, at once.
  const Ran week =
      callmill({"plan", source_file("scenarios/hotline/week-mail.yaml"), "--set", "days.count=3",
                "--set", "targets=[{metric: occupancy, at_least: 80%}]"});
  CHECK(week.code == 3);
  CHECK_THAT(week.err, Contains("error[several-days]") && Contains("error[channel]") &&
                           Contains("error[no-shifts]") && Contains("error[no-goal]"));
  const Ran chats = callmill({"plan", source_file("scenarios/tutorial/21-chat.yaml")});
  CHECK_THAT(chats.err, Contains("error[channel]") && !Contains("=null"));
}

TEST_CASE("4: a missed target, for run where --enforce asks for it, for plan always") {
  const Arguments set{"--reps", "5", "--set",
                      "targets=[{metric: answer_rate, at_least: 99.99%, per: day}]"};
  CHECK(callmill(run_small(set)).code == 0);
  Arguments enforced = set;
  enforced.emplace_back("--enforce");
  const Ran missed = callmill(run_small(enforced));
  CHECK(missed.code == 4);
  CHECK_THAT(missed.out, Contains("MISSED"));
  CHECK(callmill(run_small({"--reps", "20", "--enforce"})).code == 0);
}

TEST_CASE("5: an infeasible plan names the interval and the rule that bind") {
  const std::string file = source_file("tests/app/cli/scenarios/infeasible.yaml");
  const std::string reason =
      "agents 09:00 needs 8 agents, shifts can reach 3: max_agents of 'morning' is 3";
  const Ran table = callmill({"plan", file});
  CHECK(table.code == 5);
  CHECK_THAT(table.out, Contains(reason));
  CHECK(table.err == "callmill: infeasible; the reasons stand at the end of the plan\n");
  const Ran json = callmill({"plan", file, "--json"});
  CHECK(json.code == 5);
  CHECK_THAT(json.out, Contains(reason));
  CHECK_THAT(json.err, Contains("callmill: infeasible: " + reason));
  CHECK(callmill({"plan", file, "--csv"}).out == "group,agent,shift,from,to,breaks,lines,count\n");
  CHECK(callmill({"plan", file, "--set", "shifts.morning.max_agents=20"}).code == 0);
}

TEST_CASE("6: a precision that is not reached keeps the result; one that is stops early") {
  const Ran far = callmill(run_small({"--precision", "0.01%", "--reps", "20", "--json"}));
  CHECK(far.code == 6);
  CHECK_THAT(far.out, Contains("\"replications\": 20,"));
  CHECK_THAT(far.err, Contains("precision was not reached in 20 replications"));
  const Ran near = callmill(run_small({"--precision", "5%", "--json"}));
  CHECK(near.code == 0);
  CHECK(near.err.empty());
  CHECK_THAT(near.out, Contains("\"replications\": 10,") || Contains("\"replications\": 20,") ||
                           Contains("\"replications\": 30,"));
}

TEST_CASE("7: a scenario that cannot be read, a result that cannot be written") {
  for (const char* verb : {"run", "plan", "check", "show"}) {
    const Ran ran = callmill({verb, "no/such/file.yaml"});
    CHECK(ran.code == 7);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Contains("no/such/file.yaml: error[unreadable]"));
  }
  CHECK(callmill({"erlang", "--batch", "no/such/file.csv"}).code == 7);
  for (const char* option : {"--batch", "--profile"}) {
    const Ran ran = callmill({"erlang", option, "/"});
    CHECK(ran.code == 7);
    CHECK(ran.err == "callmill erlang: cannot read /\n");
  }
  for (const Arguments& arguments : {run_small(), Arguments{"schema"}, Arguments{"--help"},
                                     Arguments{"plan", small_scenario(), "--json"}}) {
    const Ran ran = callmill_into("/dev/full", arguments);
    CHECK(ran.code == 7);
    CHECK_FALSE(ran.err.empty());
  }
}

TEST_CASE("130: an interrupted run prints what the finished replications say") {
  const Ran ran = callmill_interrupted(
      run_small({"--reps", "10000000", "--progress", "json", "--json"}), "\"done\": ");
  CHECK(ran.code == 130);
  CHECK(ran.out.starts_with("{\"manifest\": "));
  CHECK(ran.out.ends_with("]}\n"));
  CHECK_THAT(ran.err, Contains("callmill: interrupted; the result stands on the first "));
  CHECK_THAT(ran.err, Contains(" of 10000000 replications"));
}

TEST_CASE("130: an interrupted plan prints the best plan so far") {
  const Ran ran = callmill_interrupted(
      {"plan", small_scenario(), "--reps", "10000", "--progress", "json", "--json"}, "\"step\": ");
  CHECK(ran.code == 130);
  CHECK(ran.out.starts_with("{\"status\": \"interrupted\", \"cost\": "));
  CHECK(ran.out.ends_with("]}\n"));
}

TEST_CASE("130: an interrupted exact answer ends soon, and says that it has none") {
  const Ran ran =
      callmill_interrupted({"run", "--exact", source_path("scenarios/tutorial/23-exact-day.yaml"),
                            "--set", "queues.normal.answer_within=24h", "--progress", "json"},
                           "\"done\": ");
  CHECK(ran.code == 130);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Contains("an exact answer has no result before its end"));
}

TEST_CASE("143: terminated, as a scheduler does, a run prints what it has") {
  const Ran ran = callmill_interrupted(
      run_small({"--reps", "10000000", "--progress", "json", "--json"}), "\"done\": ", SIGTERM);
  CHECK(ran.code == 143);
  CHECK(ran.out.ends_with("]}\n"));
}

// Sanitizers need more room than any limit.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("1: what nobody foresaw, such as memory that does not suffice") {
  const Ran ran = callmill_in_memory(
      256u << 20, run_small({"--reps", "1", "--threads", "1", "--set", "day.interval=1s"}));
  CHECK(ran.code == 1);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Contains("callmill: unexpected error: "));
}
#endif

TEST_CASE("An error that --set brings is shown at the argument") {
  // The volume of the file has four hours; the argument leaves one.
  const Ran ran = callmill(run_small({"--set", "study.seed=3", "--set", "day.closes=09:00"}));
  CHECK(ran.code == 3);
  CHECK_THAT(ran.err, Contains("--set:1:1: error[profile]: callers.市民.volume has 4 values"));
  CHECK_THAT(ran.err, Contains("day.closes=09:00\n") && !Contains("small.yaml:"));
  // A name that the file uses and the argument takes away.
  const Ran gone = callmill(run_small({"--set", "lines.前台=null"}));
  CHECK(gone.code == 3);
  CHECK_THAT(gone.err, Contains("--set:1:1: error") && !Contains("small.yaml:"));
}

TEST_CASE("A scenario may come by stdin") {
  const std::string text = read_file(small_scenario());
  const Ran from_file = callmill(run_small());
  const Ran piped = callmill({"run", "-", "--reps", "3"}, text);
  CHECK(piped.code == 0);
  CHECK(piped.out == from_file.out);
  const Ran bad = callmill({"check", "-"}, "version: 1\nnaem: x\n");
  CHECK(bad.code == 3);
  CHECK_THAT(bad.err, Contains("<stdin>:2:1: error[unknown-key]"));
  CHECK(callmill({"run", "-"}).code == 3);  // empty
}

TEST_CASE("No colour and no redrawn line where nobody looks, with NO_COLOR and without") {
  for (const Arguments& environment :
       {Arguments{"LC_ALL=C.UTF-8", "TERM=xterm-256color"},
        Arguments{"LC_ALL=C.UTF-8", "TERM=xterm-256color", "NO_COLOR=1"}}) {
    for (const Arguments& arguments :
         {run_small(), Arguments{"plan", small_scenario()}, Arguments{"run", "nofile"},
          Arguments{"erlang", "--calls", "60/h", "--aht", "180s"}, Arguments{"--help"}}) {
      const Ran ran = callmill(arguments, "", environment);
      CHECK(ran.out.find('\x1b') == std::string::npos);
      CHECK(ran.err.find('\x1b') == std::string::npos);
      CHECK(ran.err.find('\r') == std::string::npos);
    }
  }
}

}  // namespace callmill::test
