// Menus with ports, handle times of any law, and the steps and figures of what is asked for.

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "app/calculator/explain.h"
#include "app/calculator/report.h"
#include "app/calculator/sweep.h"
#include "models/chains/ivr_ports.h"
#include "tests/app/calculator/questions.h"

using namespace callmill;
using namespace callmill::calculator;

TEST_CASE("a menu with ports: the chain's shares, product form from as many ports as lines on") {
  Ask ask = hotline();
  ask.calls = "300/h";
  ask.ivr_time = "30s";
  ask.agent_share = "60%";
  ask.lines = "20";
  ask.agents = "10";
  const Outcome open = chosen(ask);
  ask.ports = "20";
  CHECK(figure(chosen(ask), "service_level") == figure(open, "service_level"));
  ask.ports = "5";
  const Outcome found = chosen(ask);
  CHECK(model_name(found.queue) == "menu with ports, lines and agents");
  const IvrTrunksResult r = solve_ivr_ports({.arrival_rate = 1.0 / 12,
                                             .menu_rate = 1.0 / 30,
                                             .p_agent = 0.6,
                                             .agents = 10,
                                             .lines = 20,
                                             .ports = 5,
                                             .service_rate = 1.0 / 180,
                                             .patience_rate = 1.0 / 120,
                                             .within = 20});
  CHECK(figure(found, "service_level") == Approx(r.sl_offered).epsilon(1e-12));
  CHECK(figure(found, "loss_rate") == Approx(r.p_block).epsilon(1e-12));
  CHECK(figure(found, "answered_of_all") == Approx(r.answered_over_offered).epsilon(1e-12));
  CHECK(figure(found, "occupancy") == Approx(r.occupancy).epsilon(1e-12));
  // The fewest ports, and a loss that ports alone exceed.
  ask.ports = "";
  ask.solve = "ports";
  ask.loss = "3%";
  const Outcome fewest = chosen(ask);
  Queue fewer = fewest.queue;
  --fewer.ports;
  CHECK(figure(fewest, "loss_rate") <= 0.03);
  CHECK(figure(*evaluate(fewer), "loss_rate") > 0.03);
  ask.solve = "";
  ask.ports = "5";
  ask.lines = "auto";
  ask.loss = "8%";
  CHECK(chosen(ask).result.p_block <= 0.08);
  ask.loss = "6%";
  const Question impossible = question(ask);
  CHECK_FALSE(answer(impossible).feasible);
  CHECK(reason_text(impossible, Lang::kEn).starts_with("5 ports alone lose 6.97% of the calls"));
}

TEST_CASE("ports hold where calls are asked for, varied, or come by the interval") {
  Ask ask = hotline();
  ask.calls = "";
  ask.ivr_time = "30s";
  ask.lines = "30";
  ask.ports = "6";
  ask.agents = "15";
  ask.target = {"80%/20s"};
  Ask solved = ask;
  solved.solve = "calls";
  CHECK(answer(question(solved)).met());
  Ask varied = ask;
  varied.table = {"calls=100/h..300/h:100/h"};
  for (const Point& point : sweep(question(varied))) CHECK(point.outcome);
  std::vector<std::string> errors;
  read_day_question(ask, errors);
  CHECK(errors.empty());
}

TEST_CASE("steps and goals say what was asked for: formula, second T, mean wait") {
  Ask ask = hotline();
  ask.agents = "59";
  ask.formula = "f1";
  ask.explain = true;
  ask.target = {"80%/20s", "99.9%/60s"};
  ask.asa = "10s";
  const Question q = question(ask);
  const Answer found = answer(q);
  const Outcome& outcome = found.rows[found.chosen].outcome;
  std::vector<std::string> told;
  for (const Step& step : explain(q, outcome, Lang::kEn)) {
    if (step.key == "service_level_f1") told.push_back(step.name);
    if (step.key == "asa_s") CHECK(step.value == Approx(outcome.result.mean_wait_served));
  }
  CHECK(told == std::vector<std::string>{"f1 in 20s", "f1 in 60s"});
  const std::string text = as_text(q, found, Lang::kEn);
  CHECK(text.find("Goals: f1 in 20s ≥ 80%: 85.0%, met; f1 in 60s ≥ 99.9%: 99.") !=
        std::string::npos);
  CHECK(text.find("goal missed: f1 in 60s ≥ 99.9%\n") !=
        std::string::npos);  // not the one that holds
}

TEST_CASE("handle times of a law: exponential ones are Erlang A, others by the approximation") {
  Ask ask = hotline();
  ask.agents = "60";
  const Outcome a = chosen(ask);
  ask.aht = "";
  ask.aht_law = "exponential(mean 180s)";
  const Outcome same = chosen(ask);
  CHECK(model_name(same.queue) == "M/GI/n+GI");
  // completion_variability of the exponential law is 1 to about 1e-11.
  for (const char* key : {"service_level", "answer_rate", "asa_s", "occupancy"})
    CHECK(figure(same, key) == Approx(figure(a, key)).epsilon(1e-9));
  ask.aht_law = "gamma(mean 180s, shape 0.5)";
  ask.patience = "";
  ask.patience_law = "lognormal(mean 120s, sd 150s)";
  ask.lines = "70";
  const Outcome found = chosen(ask);
  ServiceQueueInput in{.agents = 60,
                       .arrival_rate = 1.0 / 3,
                       .handle = GammaLaw{180, 0.5},
                       .patience = {LognormalLaw{120, 150}, 0, 0},
                       .lines = 70,
                       .within = 20};
  const QueueResult r = approximate_queue(in);
  CHECK(model_name(found.queue) == "M/GI/n/K+GI");
  CHECK(found.result.p_abandon == Approx(r.p_abandon).epsilon(1e-12));
  CHECK(found.result.p_block == Approx(r.p_block).epsilon(1e-12));
  ask.lines = "";
  ask.agents = "";
  ask.target = {"85%/20s"};
  in.lines = 0;
  CHECK(chosen(ask).queue.agents ==
        static_cast<double>(agents_for(in, {Measure::kServiceLevelAccepted, true, 0.85})));
}
