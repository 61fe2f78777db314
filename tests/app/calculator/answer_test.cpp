// Questions and their answers: every unknown by the same search, judged by evaluating at the answer
// and beside it.

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "app/calculator/explain.h"
#include "app/calculator/sweep.h"
#include "tests/app/calculator/questions.h"

using namespace callmill;
using namespace callmill::calculator;

TEST_CASE("the fewest agents hold every target, one fewer does not") {
  Ask ask = hotline();
  ask.target = {"90%/20s"};
  CHECK(solved(ask) == 63);
  CHECK_FALSE(met_at(ask, 62));
  ask.abandon = "3%";
  CHECK(solved(ask) == 64);
  ask.wait_over = {"0.01%/60s"};
  const double with_all = solved(ask);
  CHECK(with_all > 64);
  CHECK_FALSE(met_at(ask, with_all - 1));
  // A second level with a T of its own.
  ask.target = {"90%/20s", "99%/20s"};
  CHECK(solved(ask) >= with_all);
}

TEST_CASE("fractional agents lie within the last whole one") {
  Ask ask = hotline();
  ask.target = {"90%/20s"};
  ask.fractional = true;
  const double agents = solved(ask);
  CHECK(agents > 62);
  CHECK(agents < 63);
  CHECK_FALSE(met_at(ask, agents * (1 - 1e-9)));
}

TEST_CASE("calls and handle time are the most that hold") {
  Ask ask = hotline();
  ask.target = {"90%/20s"};
  ask.agents = "63";
  ask.solve = "calls";
  ask.calls = "";
  const double calls = solved(ask);
  CHECK(calls * 3600 > 1200);  // 63 agents hold 1200 with something to spare
  CHECK(met_at(ask, calls));
  CHECK_FALSE(met_at(ask, calls * (1 + 1e-9)));
  // Where calls x handle time are the same and time counts in handle times, so is the level.
  ask.solve = "aht";
  ask.calls = "1200/h";
  ask.aht = "";
  const double aht = solved(ask);
  CHECK(aht > 180);
  CHECK_FALSE(met_at(ask, aht * (1 + 1e-9)));
}

TEST_CASE("patience may have an upper end, T a shortest") {
  Ask ask = hotline();
  ask.agents = "62";
  ask.patience = "";
  ask.solve = "patience";
  ask.target = {"89%/20s"};
  const double patience = solved(ask);
  CHECK(met_at(ask, patience));
  CHECK_FALSE(met_at(ask, patience * (1 + 1e-9)));

  ask = hotline();
  ask.agents = "63";
  ask.solve = "within";
  ask.target = {"90%"};
  const double within = solved(ask);
  CHECK(within < 20);  // 63 agents answer 90.1 % in 20 s
  CHECK(within > 19);
  // More is never answered than the answer rate, however long T is.
  ask.target = {"97%"};
  CHECK_FALSE(answer(question(ask)).feasible);
}

TEST_CASE("lines may be too few for the loss and too many for the wait") {
  Ask ask = hotline();
  ask.patience = "";
  ask.agents = "60";
  ask.solve = "lines";
  ask.target = {"70%/20s"};
  ask.loss = "5%";
  const Question q = question(ask);
  const Answer found = answer(q);
  REQUIRE(found.range);
  for (const double lines : {found.range->low, found.range->high}) CHECK(met_at(ask, lines));
  CHECK_FALSE(met_at(ask, found.range->low - 1));
  CHECK_FALSE(met_at(ask, found.range->high + 1));
  ask.loss = "1%";
  CHECK_FALSE(answer(question(ask)).feasible);
}

TEST_CASE("lines are the fewest within the loss, for each number of agents") {
  Ask ask = hotline();
  ask.target = {"90%/20s"};
  ask.lines = "auto";
  ask.loss = "0.5%";
  const Answer found = answer(question(ask));
  REQUIRE(found.feasible);
  for (const Row& row : found.rows) {
    CHECK(row.outcome.result.p_block <= 0.005);
    Queue fewer = row.outcome.queue;
    fewer.loss = 0;
    --fewer.lines;
    CHECK(evaluate(fewer)->result.p_block > 0.005);
  }
}

TEST_CASE("every formula of the service level can be a target, and they are in their order") {
  Ask ask = hotline();
  ask.agents = "60";
  const Answer found = answer(question(ask));
  const Outcome& outcome = found.rows[found.chosen].outcome;
  const auto level = [&](const char* f) { return value_of(*service_level(f), outcome); };
  // f4 leaves short waits of abandoned calls out below, f1 counts them above.
  CHECK(level("f3") < level("f4"));
  CHECK(level("f4") < level("f1"));
  CHECK(level("f3") < level("f2"));
  CHECK(level("all") == level("f3"));  // nobody is blocked
  for (const char* f : {"f1", "f2", "f3", "f4"}) {
    Ask needs = hotline();
    needs.formula = f;
    needs.target = {"95%/20s"};
    CHECK_FALSE(met_at(needs, solved(needs) - 1));
  }
}

TEST_CASE("a table answers anew at each point") {
  Ask ask = hotline();
  ask.calls = "";
  ask.patience = "";
  ask.target = {"80%/20s"};
  ask.table = {"calls=600..1200/h:300", "patience=60..120s:60"};
  const std::vector<Point> points = sweep(question(ask));
  REQUIRE(points.size() == 6);
  for (const Point& point : points) {
    Ask one = hotline();
    one.target = {"80%/20s"};
    one.calls = std::to_string(point.at[0] * 3600) + "/h";
    one.patience = std::to_string(point.at[1]) + "s";
    CHECK(solved(one) == point.solved);
  }
}

TEST_CASE("sensitivity changes one thing at a time; elasticities are its slopes") {
  Ask ask = hotline();
  ask.agents = "63";
  const Question q = question(ask);
  const Answer found = answer(q);
  const Outcome& base = found.rows[found.chosen].outcome;
  for (const Change& change : sensitivity(q, base)) {
    if (change.key != "calls_plus_10pct") continue;
    Ask more = ask;
    more.calls = "1320/h";
    const Answer other = answer(question(more));
    CHECK(change.outcome->result.sl_accepted ==
          Approx(other.rows[other.chosen].outcome.result.sl_accepted).epsilon(1e-12));
  }
  // Occupancy of M/M/n without patience is calls x handle time / agents: slopes 1, 1 and -1.
  // Central differences of 1e-3 on a power are exact but for rounding, 1e-16 / 1e-3.
  Ask patient = ask;
  patient.patience = "";
  const Answer c = answer(question(patient));
  for (const Elasticity& each :
       elasticities(c.rows[c.chosen].outcome, {find_indicator("occupancy")}))
    CHECK(each.of[0] == Approx(each.input == Input::kAgents ? -1 : 1).epsilon(1e-11));
}

TEST_CASE("the steps by hand come to what the formula says") {
  struct Case {
    const char *patience, *lines, *agents;
  };
  for (const Case& each : {Case{"", "", "66"}, Case{"120s", "", "63"}, Case{"120s", "70", "60"},
                           Case{"", "70", "66"}, Case{"120s", "", "60.5"}}) {
    Ask ask = hotline();
    ask.patience = each.patience;
    ask.lines = each.lines;
    ask.agents = each.agents;
    const Answer found = answer(question(ask));
    const Outcome& outcome = found.rows[found.chosen].outcome;
    std::size_t met = 0;
    for (const Step& step : explain(question(ask), outcome, Lang::kEn)) {
      const auto check = [&](const char* key, double value) {
        if (step.key != key) return;
        INFO(step.key << " of " << each.agents);
        CHECK(step.value == Approx(value).epsilon(1e-10));
        ++met;
      };
      check("wait", outcome.result.p_wait);
      check("wait_of_waiting", outcome.result.mean_wait_waiters);
      check("service_level", outcome.result.sl_accepted);
      check("occupancy", outcome.result.occupancy);
      check("abandon", outcome.result.p_abandon);
      check("queue", outcome.result.mean_queue);
    }
    CHECK(met >= 4);
  }
}

TEST_CASE("every error of a question is told at once") {
  Ask ask;
  ask.calls = "1200";
  ask.aht = "3 minutes";
  ask.target = {"90"};
  ask.abandon = "x";
  ask.loss = "1%";
  ask.table = {"agent=1..5"};
  ask.show = {"occupanc"};
  ask.formula = "f9";
  ask.agents = "-1";
  const auto errors = errors_of(ask);
  CHECK(errors.size() == 9);
  CHECK(contains(errors, "--show: there is no figure occupanc; did you mean occupancy?"));
}

TEST_CASE("what is missing, asked twice or impossible together is said") {
  const auto first = [](const Ask& ask) { return errors_of(ask).at(0); };
  Ask ask = hotline();
  CHECK(first(ask).starts_with("nothing is asked"));
  ask.solve = "calls";
  ask.agents = "60";
  ask.target = {"90%/20s"};
  CHECK(first(ask) == "--solve calls: --calls already says it");
  ask.calls = "";
  ask.aht = "";
  CHECK(first(ask) == "--aht is required, such as --aht 180s");
  ask = hotline();
  ask.solve = "call";
  CHECK(first(ask).ends_with("did you mean calls?"));
  ask = hotline();
  ask.agents = "60.5";
  ask.lines = "70";
  CHECK(first(ask) == "--agents: with --lines agents are whole, 60.5 is not");
  ask = hotline();
  ask.agents = "12";
  ask.lines = "70.5";  // said once: what was not read seats nobody
  CHECK(errors_of(ask) ==
        std::vector<std::string>{"--lines: \"70.5\" must be a whole number from 1, or auto"});
  ask.lines = "1";
  CHECK(first(ask) == "--lines: 1 line cannot seat 12 agents");
  ask = hotline();
  ask.table = {"calls=1..2/h"};
  ask.agents = "1";
  CHECK(first(ask) == "--table: calls is varied, so --calls must not be given");
  ask = hotline();
  ask.calls = "";
  ask.agents = "1";
  ask.table = {"calls=1..200/h:1", "within=1..100s:1"};
  CHECK(first(ask).find("20000 cells are more than 10000") != std::string::npos);
  ask = hotline();
  ask.patience = "";
  ask.agents = "66";
  ask.redial_abandon = ask.redial_block = "50%";
  CHECK(errors_of(ask) ==
        std::vector<std::string>{"--redial-abandon: nobody gives up without --patience",
                                 "--redial-block: nobody is lost without --lines"});
}
