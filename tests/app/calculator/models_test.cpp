// The models beside Erlang's in a question: what the options make, and that each comes to what its
// own room says.

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "app/calculator/explain.h"
#include "app/calculator/law_text.h"
#include "app/calculator/report.h"
#include "models/queueing/general_patience.h"
#include "models/queueing/ivr_trunks.h"
#include "tests/app/calculator/questions.h"

using namespace callmill;
using namespace callmill::calculator;

namespace {

// Nobody gives up, where the test does not say otherwise.
Ask patient() {
  Ask ask = hotline();
  ask.patience = "";
  return ask;
}

std::string first_error(const Ask& ask) {
  std::vector<std::string> errors;
  read_question(ask, errors);
  REQUIRE_FALSE(errors.empty());
  return errors[0];
}

}  // namespace

TEST_CASE("laws are read in the words of the scenario") {
  std::string why;
  for (const char* text : {"lognormal(mean 120s, sd 2.5min)", "lognormal(mean=2min, sd: 150s)",
                           "{law: lognormal, mean: 120s, sd: 150s}"}) {
    const auto law = parse_law(text, why);
    REQUIRE(law);
    CHECK(std::get<LognormalLaw>(*law).mean_s == 120);
    CHECK(std::get<LognormalLaw>(*law).sd_s == 150);
  }
  CHECK(std::get<GammaLaw>(*parse_law("erlang(mean 60s, phases 3)", why)).shape == 3);
  CHECK(std::get<WeibullLaw>(*parse_law("weibull(scale 60s, shape 0.5)", why)).scale_s == 60);
  const auto mixed = parse_law("hyperexponential(shares [40%, 60%], means [10s, 2min])", why);
  REQUIRE(mixed);
  CHECK(mean(*mixed) == Approx(0.4 * 10 + 0.6 * 120).epsilon(1e-14));
  const auto points = parse_law("{law: empirical, values: [0s, 60s], cdf: [0%, 100%]}", why);
  REQUIRE(points);
  CHECK(mean(*points) == Approx(30).epsilon(1e-14));
  const auto hazard = parse_law("hazard(from [0s, 30s], rate [60/h, 60/h])", why);
  REQUIRE(hazard);
  CHECK(mean(*hazard) == Approx(60).epsilon(1e-14));
  CHECK_FALSE(parse_law("empirical(values 60s, cdf [100%])", why));
  CHECK(why == "values is \"60s\"; must be a list such as [0s, 120s]");
  CHECK_FALSE(parse_law("hyperexponential(shares [40%, 40%], means [10s, 20s])", why));
  CHECK_FALSE(parse_law("hyperexponential(shares [], means [])", why));
  CHECK_FALSE(parse_law("lognorml(mean 120s, sd 150s)", why));
  CHECK(
      why.ends_with("did you mean lognormal?; laws: constant, uniform, exponential, lognormal, "
                    "gamma, erlang, weibull, hyperexponential, empirical, hazard"));
  CHECK_FALSE(parse_law("weibul", why));
  CHECK(why.find("did you mean weibull?") != std::string::npos);
  CHECK_FALSE(parse_law("pareto(mean 5s)", why));
  CHECK(why.find("; laws: constant, uniform") != std::string::npos);
  CHECK_FALSE(parse_law("lognormal(mean 120s)", why));
  CHECK(why == "lognormal has no sd; write lognormal(mean 120s, sd 120s)");
  CHECK_FALSE(parse_law("lognormal(mean 120s, sd 0s)", why));
  CHECK(why == "is not a law: lognormal: sd must be > 0 and finite, is 0 s");
  for (const char* text : {"", "120s", "uniform(low 9s, high 3s)", "gamma(mean 1s, shape x)",
                           "exponential(mean 1s, sd 2s)", "exponential(mean 5)", "constant("})
    CHECK_FALSE(parse_law(text, why));
}

TEST_CASE("an exponential law, said as a law, is Erlang A") {
  Ask ask = patient();
  ask.agents = "60";
  ask.patience = "120s";
  const Outcome a = chosen(ask);
  ask.patience = "";
  ask.patience_law = "exponential(mean 120s)";
  const Outcome g = chosen(ask);
  CHECK(model_name(g.queue) == "M/M/n+G");
  for (const char* key : {"service_level", "answer_rate", "asa_s", "occupancy", "mean_queue"})
    CHECK(figure(g, key) == Approx(figure(a, key)).epsilon(1e-10));
}

TEST_CASE("balking, lines and another law come together, with lines as few as the loss allows") {
  Ask ask = patient();
  ask.patience_law = "lognormal(mean 120s, sd 150s)";
  ask.balk = "5%";
  ask.lines = "auto";
  ask.loss = "1%";
  ask.target = {"85%/20s"};
  const Outcome found = chosen(ask);
  CHECK(found.result.p_block <= 0.01);
  Queue fewer = found.queue;
  fewer.loss = 0;
  --fewer.lines;
  CHECK(evaluate(fewer)->result.p_block > 0.01);
}

TEST_CASE("a menu: shares of those who ask, loss of all calls, and the cheapest pair") {
  Ask ask = patient();
  ask.patience = "120s";
  ask.ivr_time = "40s";
  ask.agent_share = "70%";
  ask.lines = "auto";
  ask.loss = "0.5%";
  ask.target = {"85%/20s"};
  const Outcome found = chosen(ask);
  const IvrTrunksInput in{.arrival_rate = 1.0 / 3,
                          .menu_rate = 1.0 / 40,
                          .p_agent = 0.7,
                          .agents = static_cast<std::int64_t>(found.queue.agents),
                          .lines = found.queue.lines,
                          .service_rate = 1.0 / 180,
                          .patience_rate = 1.0 / 120,
                          .within = 20};
  const IvrTrunksResult r = solve_ivr_trunks(in);
  CHECK(figure(found, "service_level") == Approx(r.sl_offered).epsilon(1e-12));
  CHECK(figure(found, "answer_rate") == Approx(r.p_served).epsilon(1e-12));
  CHECK(figure(found, "answered_of_all") == Approx(r.answered_over_offered).epsilon(1e-12));
  CHECK(figure(found, "loss_rate") == Approx(r.p_block).epsilon(1e-12));
  CHECK(figure(found, "asa_s") == Approx(r.mean_wait_served).epsilon(1e-12));
  // Where lines cost much beside agents, more agents pay: as the room's own search finds.
  for (const double line : {1.0, 30.0, 300.0}) {
    ask.agent_cost = "10";
    ask.line_cost = std::to_string(line);
    const Outcome pair = chosen(ask);
    const IvrPlan plan =
        cheapest_ivr_plan(in, 0.005, {IvrMeasure::kServiceLevel, true, 0.85}, {line, 10});
    CHECK(static_cast<double>(plan.agents) == pair.queue.agents);
    CHECK(plan.lines == pair.queue.lines);
  }
}

TEST_CASE("calls that come again: the fixed point balances first and repeated calls") {
  Ask ask = patient();
  ask.patience = "120s";
  ask.agents = "66";
  ask.lines = "80";
  ask.redial_abandon = "50%";
  ask.redial_block = "70%";
  ask.fcr = "90%";
  const Outcome found = chosen(ask);
  const double again =
      found.result.p_abandon * 0.5 + found.result.p_block * 0.7 + found.result.p_served * 0.1;
  // Illinois' method ends at 1e-12 or so of the rate.
  CHECK(found.attempts_per_s * (1 - again) == Approx(1.0 / 3).epsilon(1e-10));
  CHECK(figure(found, "repeat_share") == Approx(again).epsilon(1e-9));
  // A queue whose every caller comes back has no steady state.
  ask.redial_abandon = ask.redial_block = "100%";
  ask.agents = "50";
  CHECK_FALSE(answer(question(ask)).feasible);
}

TEST_CASE("Erlang B: the fewest lines, all of them agents") {
  Ask ask = patient();
  ask.model = "erlang_b";
  ask.loss = "1%";
  const Outcome found = chosen(ask);
  CHECK(found.queue.agents == static_cast<double>(lines_for_erlang_b(60, 0.01)));
  CHECK(
      figure(found, "loss_rate") ==
      Approx(erlang_b(static_cast<std::int64_t>(found.queue.agents), 60).blocking).epsilon(1e-12));
  CHECK(model_name(found.queue) == "Erlang B");
}

TEST_CASE("every model is said in words, steps and data, in both languages") {
  std::vector<Ask> asks(7, patient());
  for (Ask& ask : asks) {
    ask.agents = "60";
    ask.explain = ask.sensitivity = true;
  }
  asks[0].patience_law = "weibull(scale 100s, shape 0.7)";
  asks[1].ivr_time = "30s";
  asks[1].lines = "90";
  asks[2].patience = "120s";
  asks[2].fcr = "90%";
  asks[3].model = "erlang_b";
  asks[4].ivr_time = "30s";
  asks[4].lines = "75";
  asks[4].ports = "12";
  asks[5].aht = asks[6].aht = "";
  asks[5].aht_law = "lognormal(mean 180s, sd 240s)";
  asks[5].patience = "120s";
  asks[6].aht_law = "constant(value 180s)";
  asks[6].lines = "66";
  for (const Ask& ask : asks) {
    const Question q = question(ask);
    const Answer found = answer(q);
    for (const std::string& out :
         {as_text(q, found, Lang::kEn), as_text(q, found, Lang::kZh), as_json(q, found)}) {
      CHECK(out.find(" nan") == std::string::npos);
      CHECK(out.find("nan%") == std::string::npos);
      CHECK(out.find("inf") == std::string::npos);
      CHECK(out.size() > 500);
    }
    if (has_menu(q.queue) && !has_ports(q.queue))
      CHECK(as_text(q, found, Lang::kZh).find("模型 菜单、中继线与坐席") != std::string::npos);
    const Outcome& outcome = found.rows[found.chosen].outcome;
    for (const Step& step : explain(q, outcome, Lang::kEn)) {
      INFO(step.key);
      const QueueResult& r = outcome.result;
      // Each step by its own numbers comes to what the model says; sums of some hundred terms.
      const std::pair<const char*, double> same[] = {{"occupancy", r.occupancy},
                                                     {"wait", r.p_wait},
                                                     {"abandon", r.p_abandon},
                                                     {"loss", r.p_block},
                                                     {"queue", r.mean_queue},
                                                     {"service_level", r.sl_accepted},
                                                     {"attempts", outcome.attempts_per_s * 3600}};
      for (const auto& [key, value] : same)
        if (step.key == key) CHECK(step.value == Approx(value).epsilon(1e-9).margin(1e-12));
      CHECK(step.numbers.find_first_of("0123456789") != std::string::npos);
    }
  }
}

TEST_CASE(
    "what no formula has together is refused, and so is a model that the options do not make") {
  Ask ask = patient();
  ask.agents = "60";
  ask.fcr = "90%";
  ask.balk = "5%";
  CHECK(first_error(ask).starts_with("no formula has more than one of"));
  ask = patient();
  ask.agents = "60";
  ask.ivr_time = "30s";
  CHECK(first_error(ask).starts_with("--ivr-time: a menu before the queue needs --lines"));
  ask = patient();
  ask.agents = "60";
  ask.model = "mmng";
  CHECK(first_error(ask) == "--model mmng: needs --patience-law, --balk or --never");
  ask.model = "erlang_d";
  CHECK(first_error(ask).find("did you mean erlang_b?") != std::string::npos);
  ask = patient();
  ask.agents = "44.5";
  ask.solve = "lines";
  ask.loss = "1%";
  CHECK(first_error(ask) == "--agents: with --lines agents are whole, 44.5 is not");
  ask = patient();
  ask.target = {"90%/20s"};
  ask.agent_cost = "10";
  CHECK(first_error(ask).find("come together") != std::string::npos);
  ask = patient();
  ask.aht_law = "gamma(mean 180s, shape 2)";
  CHECK(first_error(ask) == "--aht-law: already says the mean, so --aht must not be given");
  ask.aht = "";
  ask.agents = "5";
  ask.solve = "aht";
  ask.target = {"80%/20s"};
  CHECK(first_error(ask).starts_with("--aht-law: says the handle time, which cannot be asked for"));
  ask = patient();
  ask.agents = "60";
  ask.ports = "5";
  CHECK(first_error(ask) == "--ports: needs --ivr-time");
  ask.ivr_time = "30s";
  ask.lines = "8000";
  ask.ports = "4000";
  CHECK(first_error(ask).find("are the limit: fewer lines or ports") != std::string::npos);
}

TEST_CASE("patience of another shape is named where it matters") {
  Ask ask = patient();
  ask.patience = "120s";
  ask.agents = "60";
  const Question q = question(ask);
  std::string text;
  for (const Caveat& each : caveats(q, answer(q), Lang::kEn))
    if (each.code == "patience_law") text = each.text;
  Ask other = patient();
  other.patience_law = "lognormal(mean 120s, sd 120s)";
  other.agents = "60";
  const std::string with = show_value(figure(chosen(other), "service_level"), Measured::kShare);
  CHECK(text.find("would be " + with) != std::string::npos);
}
