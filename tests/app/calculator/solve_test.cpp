// Searches whose targets hold on a stretch with two ends, and the T that targets share.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "app/calculator/report.h"
#include "app/calculator/sweep.h"
#include "tests/app/calculator/questions.h"

using namespace callmill;
using namespace callmill::calculator;

TEST_CASE("agents on given lines are found where more of them lose more calls") {
  // Callers leave after 60 s, calls end after 180 s: an agent more holds lines longer.
  Ask ask = hotline();
  ask.patience = "60s";
  ask.lines = "66";
  ask.loss = "1%";
  ask.target = {"75%/20s"};
  const double agents = solved(ask);
  CHECK(agents == 54);
  CHECK_FALSE(met_at(ask, agents - 1));  // too few for the level
  CHECK_FALSE(met_at(ask, 64));          // too many for the loss, as power of 2 the first tried
  // A table answers anew at each point, by the same search.
  ask.calls = "";
  ask.table = {"calls=1200..1200/h:1"};
  CHECK(sweep(question(ask)).at(0).solved == 54);
  // Another law of patience takes the same way: the exponential one by its general formula.
  Ask law = ask;
  law.table = {};
  law.calls = "1200/h";
  law.patience = "";
  law.patience_law = "exponential(mean 60s)";
  CHECK(solved(law) == 54);
  // The level of all calls counts the lost ones.
  law.formula = "all";
  law.loss = "";
  law.target = {"75%/20s"};
  const double of_all = solved(law);
  for (double fewer = of_all - 10; fewer < of_all; ++fewer) CHECK_FALSE(met_at(law, fewer));
}

TEST_CASE("lines for the level of all calls: a stretch between two doublings is found") {
  // Overload and patient callers: a line more loses fewer and makes the others wait.
  Ask ask = hotline();
  ask.patience = "1h";
  ask.agents = "45";
  ask.solve = "lines";
  ask.formula = "all";
  std::vector<double> levels;  // from 45 lines on
  for (int lines = 45; lines <= 120; ++lines) {
    Ask one = ask;
    one.target = {"50%/20s"};
    Queue queue = question(one).queue;
    queue.lines = lines;
    levels.push_back(value_of(*find_indicator("service_level_all"), *evaluate(queue)));
  }
  const auto peak = std::max_element(levels.begin(), levels.end());
  REQUIRE(peak != levels.begin());
  REQUIRE(levels.back() < *peak - 0.1);
  for (const double share : {0.9999, 0.99, 0.9}) {
    Question q = question([&] {
      Ask one = ask;
      one.target = {"50%/20s"};
      return one;
    }());
    q.targets[0].value = *peak * share;
    const Answer found = answer(q);
    REQUIRE(found.range);
    const auto good = [&](double level) { return level >= *peak * share; };
    const auto first = std::find_if(levels.begin(), levels.end(), good);
    const auto last = std::find_if(peak, levels.end(), [&](double l) { return !good(l); }) - 1;
    CHECK(found.range->low == static_cast<double>(45 + (first - levels.begin())));
    CHECK(found.range->high == static_cast<double>(45 + (last - levels.begin())));
  }
}

TEST_CASE("a table of two ways marks where the goal is met") {
  Ask ask = hotline();
  ask.calls = "";
  ask.target = {"80%/20s"};
  ask.table = {"agents=56..64:4", "calls=1000..1200/h:200/h"};
  const Question q = question(ask);
  const std::string text = as_text(q, Answer{}, Lang::kEn);
  const std::vector<Point> points = sweep(q);
  std::size_t marks = 0, met = 0;
  for (std::size_t at = text.find("> "); at != std::string::npos; at = text.find("> ", at + 1))
    ++marks;
  for (const Point& point : points) met += point.met ? 1 : 0;
  CHECK(met > 0);
  CHECK(met < points.size());
  CHECK(marks == met);
  CHECK(text.find(">: goal met: 80% answered in 20 s") != std::string::npos);
}

TEST_CASE("agents behind a menu are the first that do, with their lines") {
  Ask ask = hotline();
  ask.patience = "60s";
  ask.ivr_time = "40s";
  ask.lines = "auto";
  ask.loss = "1%";
  ask.target = {"95%/20s"};
  const double agents = solved(ask);
  for (double fewer = 40; fewer < agents; ++fewer) CHECK_FALSE(met_at(ask, fewer));
  CHECK(met_at(ask, 128));  // more have lines, too
}

TEST_CASE("a short stretch of patience is found between the values of the grid") {
  Ask ask = hotline();
  ask.agents = "62";
  ask.patience = "";
  ask.solve = "patience";
  ask.target = {"88%/20s"};
  // The shortest patience with few enough abandoned is the longest with calls fast enough, but for
  // a hair: the level at 120 s as target, and the abandonment there.
  Ask at = hotline();
  at.agents = "62";
  const Answer found = answer(question(at));
  const Outcome& there = found.rows[found.chosen].outcome;
  Question q = question(ask);
  for (const double hair : {1e-2, 1e-4, 1e-6}) {
    q.targets = {{find_indicator("service_level"), true,
                  value_of(*find_indicator("service_level"), there) * (1 - hair), 20},
                 {find_indicator("abandon_rate"), false,
                  value_of(*find_indicator("abandon_rate"), there) * (1 + hair), 20}};
    const Answer short_range = answer(q);
    INFO(hair);
    REQUIRE(short_range.range);
    CHECK(short_range.range->low <= 120);
    CHECK(short_range.range->high >= 120);
    CHECK(short_range.range->high < 120 * (1 + 60 * hair));
  }
}

TEST_CASE("only a target without a time follows the T that is found") {
  Ask ask = hotline();
  ask.agents = "63";
  ask.solve = "within";
  ask.target = {"80%"};
  const double alone = solved(ask);
  ask.wait_over = {"2%/60s"};  // 63 agents let fewer wait so long, whatever T is
  CHECK(solved(ask) == alone);
  ask.target = {"80%", "80%/1s"};  // never
  CHECK_FALSE(answer(question(ask)).feasible);
  ask.target = {"90%/20s"};
  CHECK(errors_of(ask) ==
        std::vector<std::string>{"--solve within: no target is left without a time, --target "
                                 "90%/20s, --wait-over 2%/60s has its own; leave out the time of "
                                 "one, such as --target 90%"});
  // A table of T: the same.
  ask = hotline();
  ask.agents = "63";
  ask.target = {"85%", "90%/20s"};
  ask.table = {"within=5..20s:15"};
  const std::vector<Point> points = sweep(question(ask));
  CHECK_FALSE(points.at(0).met);
  CHECK(points.at(1).met);
}

TEST_CASE("a share that no staff makes certain is refused, not found where doubles end") {
  const auto refused = [](const auto& set) {
    Ask ask = hotline();
    set(ask);
    return errors_of(ask);
  };
  CHECK(refused([](Ask& a) { a.abandon = "0%"; }).size() == 1);
  CHECK(refused([](Ask& a) { a.answer_rate = "100%"; }).size() == 1);
  CHECK(refused([](Ask& a) { a.occupancy = "0%"; }).size() == 1);
  CHECK(refused([](Ask& a) { a.asa = "0s"; }).size() == 1);
  // Of Erlang B only lost calls can be asked for: every number of lines holds the others.
  Ask lines = hotline();
  lines.patience = "";
  lines.model = "erlang_b";
  lines.target = {"80%/20s"};
  lines.abandon = "5%";
  lines.asa = "10s";
  CHECK(errors_of(lines).size() == 3);
  lines.abandon = lines.asa = "";
  lines.formula = "all";
  CHECK(solved(lines) == 52);  // 1 - B of 60 erlang is 81.1 % at 52 lines
  CHECK_FALSE(met_at(lines, 51));
}
