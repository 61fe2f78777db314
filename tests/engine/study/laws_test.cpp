// Simulation against exact values beyond the exponential: holding times of any law (insensitivity),
// and the menu in front of the agents.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "models/queueing/erlang.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/ledger.h"

namespace callmill::test {
namespace {

constexpr std::int64_t kReplications = 40;

// A tenth of the day is warm-up; `calls` fresh calls come after it, in all replications together.
void set_length(OneQueue& spec, double calls, double slowest_s) {
  const double counted_s = calls / static_cast<double>(kReplications) / spec.per_hour * 3600;
  spec.interval = from_seconds(std::ceil(std::max(counted_s / 10, 12 * slowest_s)));
  spec.warm_up = spec.interval;
  spec.length = spec.interval *
                (1 + static_cast<std::int64_t>(std::ceil(counted_s / to_seconds(spec.interval))));
}

KpiTable run(const World& world, std::uint64_t seed) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = kReplications;
  return replicate(make_blueprint(world), options).kpis;
}

}  // namespace

TEST_CASE("Erlang B does not depend on the law of the holding time") {
  struct Case {
    const char* name;
    Law talk;
    std::int64_t n;
  };
  const std::vector<Case> cases = {
      {"lognormal, cv 0.9", LognormalLaw{170, 150}, 10},
      {"lognormal, cv 3", LognormalLaw{120, 360}, 30},
      {"constant", ConstantLaw{200}, 5},
      {"uniform", UniformLaw{30, 330}, 20},
      {"gamma, cv 0.5", GammaLaw{180, 4}, 50},
      {"Weibull, cv 2.2", WeibullLaw{100, 0.5}, 12},
      {"hyperexponential", HyperexponentialLaw{{0.8, 0.2}, {60, 600}}, 40},
      {"empirical", EmpiricalLaw{{0, 60, 300}, {0, 0.5, 1}}, 8},
  };
  Ledger ledger{"M/G/n/n"};
  std::uint64_t seed = 501;
  for (const Case& c : cases) {
    const double load = 0.95 * static_cast<double>(c.n);
    OneQueue spec;
    spec.agents = static_cast<double>(c.n);
    spec.lines = c.n;
    spec.talk = c.talk;
    spec.per_hour = load / mean(c.talk) * 3600;
    set_length(spec, 500'000, 3 * mean(c.talk));
    const KpiTable kpis = run(one_queue(spec), seed++);
    const ErlangB exact = erlang_b(c.n, load);
    ledger.add(std::string{c.name} + " loss_rate", kpis.day("loss_rate", {}, Ledger::kConfidence),
               exact.blocking);
    ledger.add(std::string{c.name} + " occupancy", kpis.day("occupancy", {}, Ledger::kConfidence),
               exact.occupancy);
  }
  ledger.judge();
}

// The menu's law does not matter, only its mean. Callers who ask for no agent leave by an option,
// or hang up at the end of the prompt, by turns.
TEST_CASE("A menu and limited lines in front of the agents") {
  const std::vector<std::string> wanted = {"V07", "V10", "V14", "V16", "V17",
                                           "V21", "V23", "V24", "V27", "V31"};
  Ledger ledger{"menu + M/M/n/K+M"};
  std::uint64_t seed = 701;
  std::size_t turn = 0;
  constexpr double kCalls = 400'000;
  for (const GoldenRow& row : golden("ivr_trunks.csv")) {
    if (std::find(wanted.begin(), wanted.end(), row.at("id")) == wanted.end()) continue;
    const double prompt_s = 1 / number(row, "ivr_rate"), p_agent = number(row, "p_agent");
    const double theta = number(row, "theta");
    OneQueue spec;
    spec.agents = number(row, "S");
    spec.lines = static_cast<std::int64_t>(number(row, "N"));
    spec.per_hour = number(row, "lam") * 3600;
    spec.talk = ExponentialLaw{1 / number(row, "mu")};
    if (theta > 0) spec.patience = ExponentialLaw{1 / theta};
    spec.within = from_seconds(number(row, "t"));
    const double slowest = mean(spec.talk) * (theta > 0 ? 1 : 4) + prompt_s;
    set_length(spec, kCalls, slowest);
    World world = one_queue(spec);
    const Law prompts[] = {ConstantLaw{prompt_s}, LognormalLaw{prompt_s, prompt_s},
                           UniformLaw{0, 2 * prompt_s}};
    Menu menu;
    menu.name = "menu";
    menu.prompt = prompts[turn % 3];
    const bool by_option = turn % 2 == 0;
    menu.hang_up = Probability{by_option ? 0 : 1 - p_agent};
    menu.options.push_back({"agent", Probability{by_option ? p_agent : 1}, to_queue(0)});
    if (by_option && p_agent < 1)
      menu.options.push_back({"leave", Probability{1 - p_agent}, Destination{}});
    world.menus.push_back(menu);
    world.caller_types[0].enters = to_menu(0);
    ++turn;

    const KpiTable kpis = run(world, seed++);
    const auto add = [&](const char* key, double exact) {
      if (std::min(exact, 1 - exact) * kCalls >= 300)
        ledger.add(row.at("id") + " " + key, kpis.day(key, {}, Ledger::kConfidence), exact);
    };
    add("loss_rate", number(row, "p_block"));
    add("abandon_rate", number(row, "p_ab"));
    add("service_level", number(row, "SL_req"));
    add("occupancy", number(row, "occ"));
    add("trunk_occupancy", number(row, "E_trunks") / number(row, "N"));
    if (number(row, "p_wait") * kCalls >= 300)
      ledger.add(row.at("id") + " asa", kpis.day("asa", {}, Ledger::kConfidence),
                 number(row, "EW_served"));
  }
  ledger.judge();
}

}  // namespace callmill::test
