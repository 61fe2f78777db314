// What stands beside a result: what applies, and only that.

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "tests/app/calculator/questions.h"

using namespace callmill;
using namespace callmill::calculator;

TEST_CASE("caveats say what applies, and only that") {
  Ask ask = hotline();
  ask.patience = "";
  ask.agents = "60";  // the load: no figures at 59 and 60, but at 61
  const Question q = question(ask);
  const Answer found = answer(q);
  CHECK_FALSE(found.met());
  const auto at_load = codes(q);
  CHECK(contains(at_load, "unstable"));
  CHECK(std::isnan(value_of(*find_indicator("asa_s"), found.rows[1].outcome)));
  CHECK(std::isfinite(value_of(*find_indicator("asa_s"), found.rows[2].outcome)));

  ask.agents = "66";
  const auto close = codes(question(ask));
  CHECK_FALSE(contains(close, "unstable"));
  CHECK(contains(close, "slow"));
  CHECK(contains(close, "patience"));
  CHECK(contains(close, "spread"));
  ask.agents = "90";
  CHECK(codes(question(ask)).empty());  // 90 lines, one an agent, lose fewer than 0.1 % too

  ask = hotline();
  ask.agents = "60";
  CHECK(contains(codes(question(ask)), "redials"));
  CHECK_FALSE(contains(codes(question(ask)), "spread"));
  ask.lines = "70";
  CHECK_FALSE(contains(codes(question(ask)), "lines"));
}

TEST_CASE("overflow is named where calls wait or are lost, whether goals are met or not") {
  Ask ask = hotline();
  for (const char* agents : {"56", "60", "66"}) {  // 22 % of the calls wait at 66
    ask.agents = agents;
    CHECK(contains(codes(question(ask)), "overflow"));
  }
  ask.target = {"50%/20s"};
  CHECK(answer(question(ask)).met());
  CHECK(contains(codes(question(ask)), "overflow"));
  ask.agents = "75";  // 3 %
  CHECK_FALSE(contains(codes(question(ask)), "overflow"));
}

TEST_CASE("a queue forgets its start as its chain does") {
  // M/M/1: the spectral gap is (sqrt(mu) - sqrt(lambda))^2.
  Queue queue;
  queue.agents = queue.aht_s = 1;
  queue.calls_per_s = 0.81;
  CHECK(relaxation_s(queue) == Approx(1 / (0.1 * 0.1)));
  queue.patience_s = 5;
  CHECK(relaxation_s(queue) == 5);
  queue.calls_per_s = 0.01;
  CHECK(relaxation_s(queue) == Approx(1 / (0.9 * 0.9)));
}

TEST_CASE("a queue forgets its start by what drains it, and by nothing that it lacks") {
  Queue queue;
  queue.agents = queue.aht_s = 1;
  queue.calls_per_s = 0.81;
  queue.lines = 4;  // three places, passed through in three handle times
  CHECK(relaxation_s(queue) == Approx(3));
  queue.lines = 0;
  queue.balks = 1 - 0.25 / 0.81;  // a quarter of a handle time's calls do queue
  CHECK(relaxation_s(queue) == Approx(1 / (0.5 * 0.5)));
  queue.balks = 0;
  queue.agents_are_lines = true;
  CHECK(relaxation_s(queue) == 1);

  // Repeated calls are calls: 1200 first calls and those that come again, at 64 agents.
  Ask ask = hotline();
  ask.patience = "";
  ask.agents = "64";
  ask.fcr = "97%";
  const Answer found = answer(question(ask));
  const Outcome& outcome = found.rows[found.chosen].outcome;
  CHECK(relaxation_s(outcome) > 2 * relaxation_s(outcome.queue));
}

TEST_CASE("caveats of lines, patience and spread hold with repeated calls too") {
  Ask ask = hotline();
  ask.agents = "66";
  ask.fcr = "95%";
  CHECK(contains(codes(question(ask)), "lines"));
  CHECK(contains(codes(question(ask)), "patience_law"));
  CHECK_FALSE(contains(codes(question(ask)), "spread"));
  ask.patience = "";
  CHECK(contains(codes(question(ask)), "spread"));
  ask.fcr = "";
  ask.patience = "";
  ask.model = "erlang_b";
  CHECK_FALSE(contains(codes(question(ask)), "slow"));
}
