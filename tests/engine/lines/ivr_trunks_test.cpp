// Every row of golden/ivr_trunks.csv: lines, a menu with or without a limit on its ports, and
// agents.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/lines/kit.h"
#include "tests/engine/messages/chain.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/look.h"

namespace callmill::test {
namespace {

constexpr double kCalls = 160'000;
constexpr double kReplications = 40;

// Who asks for no agent hangs up at the end of the prompt, or leaves by an option, by turns. The
// law of the prompt does not matter when ports are not limited: constant, lognormal, uniform by
// turns.
World world_of(const GoldenRow& row, std::size_t turn) {
  const double prompt_s = 1 / number(row, "ivr_rate"), p_agent = number(row, "p_agent");
  const double theta = number(row, "theta");
  const bool limited = !row.at("ports").empty();
  OneQueue spec;
  spec.agents = number(row, "S");
  spec.lines = static_cast<std::int64_t>(number(row, "N"));
  spec.per_hour = number(row, "lam") * 3600;
  spec.talk = ExponentialLaw{1 / number(row, "mu")};
  if (theta > 0) spec.patience = ExponentialLaw{1 / theta};
  spec.within = from_seconds(number(row, "t"));
  const double slowest = mean(spec.talk) * (theta > 0 ? 1 : 4) + prompt_s;
  const double counted_s = kCalls / kReplications / spec.per_hour * 3600;
  spec.interval = spec.warm_up = from_seconds(std::ceil(std::max(counted_s / 10, 12 * slowest)));
  spec.length = spec.interval *
                (1 + static_cast<std::int64_t>(std::ceil(counted_s / to_seconds(spec.interval))));
  World world = one_queue(spec);
  const Law prompts[] = {ConstantLaw{prompt_s}, LognormalLaw{prompt_s, prompt_s},
                         UniformLaw{0, 2 * prompt_s}};
  Menu menu;
  menu.name = "menu";
  menu.prompt = limited ? Law{ExponentialLaw{prompt_s}} : prompts[turn % 3];
  const bool by_option = turn % 2 == 0;
  menu.hang_up = Probability{by_option ? 0 : 1 - p_agent};
  menu.options.push_back({"agent", Probability{by_option ? p_agent : 1}, to_queue(0)});
  if (by_option && p_agent < 1)
    menu.options.push_back({"leave", Probability{1 - p_agent}, Destination{}});
  world.menus.push_back(menu);
  if (limited) world.ivr.ports = static_cast<std::int64_t>(number(row, "ports"));
  world.caller_types[0].enters = to_menu(0);
  return world;
}

// Columns that a row has.
void compare(const GoldenRow& row, std::size_t turn, std::uint64_t seed, Ledger& ledger) {
  const KpiTable kpis = run(world_of(row, turn), seed);
  const std::string& id = row.at("id");
  const auto add_share = [&](const char* key, double exact, double of_calls) {
    if (std::min(exact, 1 - exact) * kCalls * of_calls >= 300) add(ledger, id, kpis, key, exact);
  };
  const double asks = (1 - number(row, "p_block")) * number(row, "p_agent");
  add_share("loss_rate", number(row, "p_block"), 1);
  add_share("abandon_rate", number(row, "p_ab"), asks);
  if (row.contains("SL_req")) add_share("service_level", number(row, "SL_req"), asks);
  add_share("occupancy", number(row, "occ"), asks);
  add(ledger, id, kpis, "trunk_occupancy", number(row, "E_trunks") / number(row, "N"));
  if (!row.contains("EW_served")) return;
  if (number(row, "p_wait") * asks * kCalls >= 300) {
    add(ledger, id, kpis, "asa", number(row, "EW_served"));
    add(ledger, id, kpis, "mean_wait", number(row, "EW"));
  }
  add_share("delay_share", number(row, "p_wait"), asks);
  add_share("answer_rate", number(row, "p_served"), asks);
  add_share("service_level_f1", number(row, "SL_ab_ok"), asks);
  add_share("service_level_f2", number(row, "SL_answered"), asks);
  add_share("service_level_f4", number(row, "SL_excl_short_ab"), asks);
  using C = CallCount;
  const auto add_ratio = [&](const char* column, std::initializer_list<LinearTerm> over, C under,
                             double exact, double calls) {
    if (std::min(exact, 1 - exact) * kCalls * calls < 300) return;
    Metric metric{"", "", "", "", Unit::kShare, Family::kCalls, {}, over, {{at(under), 1.0}}};
    ledger.add(id + " " + column,
               kpis.estimate(metric, {}, kpis.layout().intervals(), Ledger::kConfidence), exact);
  };
  const LinearTerm answered{at(C::kAnswered), 1}, left{at(C::kMenuHangUps), 1},
      served{at(C::kSelfServed), 1};
  add_ratio("agent_answered_over_offered", {answered}, C::kAttempts,
            number(row, "agent_answered_over_offered"), 1);
  // Whoever does not ask for an agent hangs up here, or leaves by an option.
  add_ratio("connect_rate_entry", {answered, left, served}, C::kAttempts,
            number(row, "connect_rate_entry"), 1);
  add_ratio("p_nowait", {{at(C::kAnsweredAtOnce), 1}}, C::kOffered, number(row, "p_nowait"), asks);
}

// Callers in the menu, who wait, and agents who talk; requests for an agent.
class MenuLook : public Look {
 public:
  explicit MenuLook(const Watch& watch) : Look{watch, 3, 1} {}
  void event(SimTime t, Calendar::Slot) {
    const double busy = static_cast<double>(centre().agents.size()) - centre().idle[0].size;
    pass(t, {static_cast<double>(centre().ports_in_use), waiting(), busy});
  }
  void offered(const Call&) { count(0); }
};

void compare_states(const GoldenRow& row, std::size_t turn, std::uint64_t seed, Ledger& ledger) {
  constexpr std::int64_t kLooks = 10;
  const World world = world_of(row, turn);
  const Moments of = look<MenuLook>(world, seed, kLooks);
  const double asks = (1 - number(row, "p_block")) * number(row, "p_agent");
  const double calls = kCalls / kReplications * kLooks * asks;
  const auto add = [&](const char* column, std::size_t i, double by = 1) {
    ledger.add(row.at("id") + " " + column, average(of, i, Ledger::kConfidence, by),
               number(row, column));
  };
  add("E_ivr", 0);
  if (number(row, "p_wait") * calls >= 300) add("EQ", 1);
  const double occupancy = number(row, "occ");
  if (std::min(occupancy, 1 - occupancy) * calls >= 300) add("E_busy", 2);
  add("req_rate", 3, 1 / to_seconds(world.day.length() - world.day.warm_up));
}

// A row of parameters that the reference has none of, by a chain of our own on (calls in the menu,
// calls at agents or waiting for one).
struct Ports {
  double lam, ivr_rate, p_agent;
  int agents, lines, ports;
  double mu, theta;
};
GoldenRow row_of(const std::string& id, const Ports& p) {
  const auto full = [&](const auto& s) { return s[0] == p.ports || s[0] + s[1] == p.lines; };
  const SmallChain<2> chain([&](const std::array<int, 2>& s, auto&& visit) {
    const auto [menu, asked] = s;
    if (!full(s)) visit({menu + 1, asked}, p.lam);
    if (menu > 0) {
      visit({menu - 1, asked + 1}, menu * p.ivr_rate * p.p_agent);
      visit({menu - 1, asked}, menu * p.ivr_rate * (1 - p.p_agent));
    }
    const int busy = std::min(asked, p.agents);
    if (asked > 0) visit({menu, asked - 1}, busy * p.mu + (asked - busy) * p.theta);
  });
  const double requests = p.ivr_rate * p.p_agent * chain.mean([](auto& s) { return s[0]; });
  const double busy = chain.mean([&](auto& s) { return std::min(s[1], p.agents); });
  GoldenRow row{{"id", id}, {"t", "20"}};
  const auto set = [&](const char* column, double value) { row[column] = in_cell(value); };
  set("lam", p.lam);
  set("ivr_rate", p.ivr_rate);
  set("p_agent", p.p_agent);
  set("S", p.agents);
  set("N", p.lines);
  set("ports", p.ports);
  set("mu", p.mu);
  set("theta", p.theta);
  set("p_block", chain.mean([&](auto& s) { return full(s) ? 1.0 : 0.0; }));
  set("p_ab", 1 - busy * p.mu / requests);
  set("occ", busy / p.agents);
  set("E_trunks", chain.mean([](auto& s) { return s[0] + s[1]; }));
  return row;
}

}  // namespace

TEST_CASE("Lines, menu ports and agents: every row") {
  Ledger ledger{"golden ivr_trunks"};
  std::uint64_t seed = 1701;
  std::size_t turn = 0;
  for (const GoldenRow& row : golden("ivr_trunks.csv")) compare(row, turn++, seed++, ledger);
  ledger.judge();
}

TEST_CASE("Lines, menu ports and agents: who is where") {
  Ledger ledger{"golden ivr_trunks, states"};
  std::uint64_t seed = 1801;
  std::size_t turn = 0;
  for (const GoldenRow& row : golden("ivr_trunks.csv")) compare_states(row, turn++, seed++, ledger);
  ledger.judge();
}

TEST_CASE("Lines, menu ports and agents: parameters beyond the table") {
  Ledger ledger{"ports, chains of our own"};
  const Ports all[] = {
      {0.05, 1 / 40.0, 0.8, 4, 12, 3, 1 / 120.0, 1 / 90.0},  // ports are scarce
      {0.08, 1 / 15.0, 0.5, 6, 9, 5, 1 / 150.0, 1 / 200.0},  // lines are
      {0.02, 1 / 60.0, 1.0, 2, 20, 2, 1 / 100.0, 1 / 30.0},  // everybody asks for an agent
      {0.12, 1 / 30.0, 0.3, 3, 14, 6, 1 / 60.0, 1 / 400.0},
      {0.06, 1 / 90.0, 0.6, 5, 10, 10, 1 / 180.0, 1 / 60.0},  // as many ports as lines
  };
  std::uint64_t seed = 1761;
  std::size_t turn = 0;
  for (const Ports& ports : all) {
    compare(row_of("own " + std::to_string(turn + 1), ports), turn, seed++, ledger);
    ++turn;
  }
  ledger.judge();
}

TEST_CASE("A caller who finds no port is blocked for want of it, lines or not") {
  for (const GoldenRow& row : golden("ivr_trunks.csv")) {
    if (row.at("id") != "V45") continue;  // 2 ports for a load of 16 erlang
    const KpiTable kpis = run(world_of(row, 0), 7);
    const double blocked = kpis.day("blocked", {}, 0.95).value;
    CHECK(kpis.day("no_port", {}, 0.95).value == Approx(blocked));
    CHECK(kpis.day("no_line", {}, 0.95).value == 0);
    CHECK(blocked > 0);
  }
}

}  // namespace callmill::test
