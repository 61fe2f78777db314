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
  CHECK(codes(question(ask)) == std::vector<std::string>{"lines"});

  ask = hotline();
  ask.agents = "60";
  CHECK(contains(codes(question(ask)), "redials"));
  CHECK_FALSE(contains(codes(question(ask)), "spread"));
  ask.lines = "70";
  CHECK_FALSE(contains(codes(question(ask)), "lines"));
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
