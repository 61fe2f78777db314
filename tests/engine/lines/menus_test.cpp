// Menus: time-outs and wrong keys, variants by caller and hour, self-service that fails, one agent
// by name. Shares and times against closed forms.

#include <catch2/catch.hpp>
#include <cmath>

#include "models/world/menu_flow.h"
#include "tests/engine/lines/kit.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

// Many lines and agents: nobody is blocked and nobody waits.
World menu_world(double per_hour) {
  World world = one_queue(lines_only(600, per_hour, 30));
  world.caller_types[0].enters = to_menu(0);
  return world;
}

Menu menu_of(std::string name, Law prompt, std::vector<MenuOption> options) {
  Menu menu;
  menu.name = std::move(name);
  menu.prompt = std::move(prompt);
  menu.options = std::move(options);
  return menu;
}

}  // namespace

// Of those who hear a prompt a share h hangs up, and of the others a press nothing and b a wrong
// key: q = (1 - h)(a + b) hear it again. With m tries: (1 - q^m) / (1 - q) prompts a call, q^m end
// in `otherwise`.
TEST_CASE("Time-outs and wrong keys repeat the prompt, a geometric number of times") {
  Ledger ledger{"menu tries"};
  std::uint64_t seed = 51;
  struct Case {
    double hang_up, no_key, wrong_key;
    std::int64_t tries;
    Law prompt;
  };
  for (const Case& c :
       {Case{0.05, 0.2, 0.1, 3, ConstantLaw{12}}, Case{0, 0.5, 0.3, 2, ExponentialLaw{8}},
        Case{0.1, 0.4, 0, 6, UniformLaw{4, 20}}, Case{0.2, 0, 0.35, 1, ConstantLaw{10}},
        Case{0.02, 0.6, 0.4, 4, LognormalLaw{10, 5}}}) {
    World world = menu_world(2400);
    Menu menu = menu_of("main", c.prompt,
                        {{"1", Probability{0.75}, to_self_service(ConstantLaw{0})},
                         {"2", Probability{0.25}, to_queue(0)}});
    menu.hang_up = Probability{c.hang_up};
    menu.no_key = Probability{c.no_key};
    menu.wrong_key = Probability{c.wrong_key};
    menu.key_wait = 7s;
    menu.max_tries = c.tries;
    world.queues.push_back(queue_to("operator", {0}));
    menu.otherwise = to_queue(1);
    world.menus.push_back(menu);
    world.caller_types[0].talk = ConstantLaw{10};

    const double stay = 1 - c.hang_up, q = stay * (c.no_key + c.wrong_key);
    const double end = std::pow(q, static_cast<double>(c.tries));
    const double prompts = (1 - end) / (1 - q);
    const double choose = prompts * stay * (1 - c.no_key - c.wrong_key);
    const double in_menu = prompts * (mean(c.prompt) + stay * c.no_key * 7);
    const double to_agent = 0.25 * choose + end;
    const double calls = 2400 * 18;

    const KpiTable kpis = run(world, seed++, 30);
    const std::string name = std::to_string(c.tries) + " tries";
    if (choose > 0) add(ledger, name, kpis, "self_served", 0.75 * choose * calls);
    if (c.hang_up > 0) add(ledger, name, kpis, "menu_hang_ups", prompts * c.hang_up * calls);
    if (choose > 0)
      add(ledger, name, kpis, "offered", 0.25 * choose * calls, {ScopeKind::kQueue, 0});
    add(ledger, name, kpis, "offered", end * calls, {ScopeKind::kQueue, 1});
    add(ledger, name, kpis, "trunk_occupancy", (in_menu + to_agent * 10) * 2400 / 3600 / 600);

    // What plans reckon with is the same.
    const MenuOutcome plan = menu_outcome(world, world.caller_types[0]);
    CHECK(plan.self_served == Approx(0.75 * choose).margin(1e-12));
    CHECK(plan.hung_up == Approx(prompts * c.hang_up).margin(1e-12));
    CHECK(plan.to_queue[1] == Approx(end).margin(1e-12));
    CHECK(plan.mean_menu_s == Approx(in_menu));
  }
  ledger.judge();
}

TEST_CASE("Self-service serves its share; the others go on") {
  World world = menu_world(2400);
  Destination service = to_self_service(ExponentialLaw{40});
  service.served = Probability{0.7};
  service.otherwise = {to_menu(1)};
  Destination dead_end = to_self_service(ConstantLaw{5});
  dead_end.served = Probability{0.4};  // the others hang up
  world.menus = {
      menu_of("main", ConstantLaw{10},
              {{"1", Probability{0.8}, service}, {"2", Probability{0.2}, to_queue(0)}}),
      menu_of("help", ConstantLaw{6},
              {{"0", Probability{0.5}, to_queue(0)}, {"9", Probability{0.5}, dead_end}})};
  world.caller_types[0].talk = ConstantLaw{20};
  Ledger ledger{"self-service"};
  const KpiTable kpis = run(world, 61);
  const double helped = 0.8 * 0.3, served = 0.8 * 0.7 + helped * 0.5 * 0.4;
  const double hung_up = helped * 0.5 * 0.6, agent = 0.2 + helped * 0.5;
  add(ledger, "two menus", kpis, "containment", served);
  add(ledger, "two menus", kpis, "menu_hang_ups", hung_up * 2400 * 18);
  add(ledger, "two menus", kpis, "offered", agent * 2400 * 18);
  add(ledger, "two menus", kpis, "trunk_occupancy",
      (10 + 0.8 * 40 + helped * (6 + 0.5 * 5) + agent * 20) * 2400 / 3600 / 600);
  ledger.judge();
  const MenuOutcome plan = menu_outcome(world, world.caller_types[0]);
  CHECK(plan.self_served == Approx(served));
  CHECK(plan.hung_up == Approx(hung_up));
  CHECK(plan.to_queue[0] == Approx(agent));
  CHECK(plan.mean_menu_s == Approx(10 + 0.8 * 40 + helped * 8.5));
}

TEST_CASE("The first variant that fits the caller and the hour says the shares") {
  World world = menu_world(1200);
  world.day.opens = 14h;
  world.day.closes = 34h;  // until ten in the morning
  world.caller_types.push_back(world.caller_types[0]);
  world.caller_types[1].name = "members";
  world.menus = {menu_of("main", ConstantLaw{1},
                         {{"1", Probability{0.5}, to_self_service(ConstantLaw{1})},
                          {"2", Probability{0.4}, to_queue(0)},
                          {"3", Probability{0.1}, Destination{}}})};
  MenuVariant members, night;
  members.callers = {CallerTypeId{1}};
  members.from = 20h;
  members.to = 22h;
  members.shares = {{"1", Probability{1.0}}};
  night.from = 22h;
  night.to = 6h;  // of the next morning
  night.shares = {{"3", Probability{0.8}}, {"2", Probability{0.2}}};
  world.menus[0].variants = {members, night};
  const KpiTable kpis = run(world, 71);
  const auto share = [&](std::uint32_t type, std::uint32_t interval) {
    const Scope scope{ScopeKind::kCallerType, type};
    const auto count = [&](const char* key) {
      return kpis.estimate(*find_metric(key, scope.kind), scope, interval, 0.95).value;
    };
    return std::array{count("self_served") / count("attempts"),
                      count("menu_hang_ups") / count("attempts")};
  };
  // Two hours an interval, 2400 calls, 40 days: a share is known to 0.005 (3.3 deviations).
  for (std::uint32_t type = 0; type < 2; ++type)
    for (std::uint32_t i = 0; i < 10; ++i) {
      const auto got = share(type, i);
      const bool nightly = i >= 4 && i < 8, member = type == 1 && i == 3;
      CHECK(got[0] == Approx(nightly ? 0 : member ? 1 : 0.5).margin(0.006));
      CHECK(got[1] == Approx(nightly ? 0.8 : member ? 0 : 0.1).margin(0.006));
    }
  // Plans take the mean over the open hours.
  const MenuOutcome plan = menu_outcome(world, world.caller_types[1]);
  CHECK(plan.self_served == Approx(0.1 * 1 + 0.4 * 0 + 0.5 * 0.5));
  CHECK(plan.hung_up == Approx(0.4 * 0.8 + 0.5 * 0.1));
}

TEST_CASE("A call for one agent goes to that agent when idle, else to the queue") {
  struct Witness : Observer {
    explicit Witness(const Centre& state) : centre{state} {}
    void offered(const Call&) {
      idle = 0;
      for (const Agent& agent : centre.agents) idle += agent.state == AgentState::kAvailable;
      third_idle = centre.agents[2].state == AgentState::kAvailable;
    }
    void answered(const Call&, std::uint32_t, SimDuration wait, SimDuration) {
      const bool by_third = centre.agents[2].state == AgentState::kTalk &&
                            centre.calls[centre.agents[2].line].joined == centre.now;
      if (wait > 0s) return;
      ++at_once;
      CHECK(by_third == third_idle);
      chosen += third_idle && idle > 1 ? 1 : 0;
    }
    const Centre& centre;
    std::int64_t at_once = 0, chosen = 0;
    int idle = 0;
    bool third_idle = false;
  };
  World world = one_queue([] {
    OneQueue spec;
    spec.agents = 4;
    spec.lines = 20;
    spec.per_hour = 60;
    spec.length = 20h;
    return spec;
  }());
  Destination third;
  third.kind = Destination::Kind::kAgent;
  third.group = GroupId{0};
  third.number = 3;
  third.otherwise = {to_queue(0)};
  world.caller_types[0].enters = third;
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 3, 0);
  Witness seen{centre};
  Watched<Witness>{plan, centre, seen}.run_out();
  CHECK(seen.at_once > 500);
  CHECK(seen.chosen > 100);
  CHECK(broken_laws(plan, centre).empty());
}

// Callers who wait for one agent however long it takes are an M/M/1 queue of their own: a share rho
// waits, rho / (mu - lambda) in the mean. The other agents stay idle.
TEST_CASE("A call that holds out for its agent waits for that agent alone") {
  OneQueue spec;
  spec.agents = 3;
  spec.lines = 200;
  spec.per_hour = 12;
  spec.talk = ExponentialLaw{150};
  spec.length = 100h;
  spec.interval = spec.warm_up = 5h;
  World world = one_queue(spec);
  Destination second;
  second.kind = Destination::Kind::kAgent;
  second.group = GroupId{0};
  second.number = 2;
  second.hold = 50h;
  second.otherwise = {to_queue(0)};
  world.caller_types[0].enters = second;
  const KpiTable kpis = run(world, 17, 200);
  const double rho = 12.0 * 150 / 3600;
  Ledger ledger{"one agent of three"};
  add(ledger, "held", kpis, "delay_share", rho);
  add(ledger, "held", kpis, "mean_wait", rho / (1.0 / 150 - 12.0 / 3600));
  add(ledger, "held", kpis, "busy_agents", rho);
  ledger.judge();
}

// Calls go back up with chance p = 0.4 a round, so they hear 1 / (1 - p) rounds of both menus; the
// machine sends half of those whom it does not serve back as well.
TEST_CASE("Menus lead back to menus above: rounds are geometric") {
  World world = menu_world(2400);
  Destination service = to_self_service(ConstantLaw{20});
  service.served = Probability{0.6};
  service.otherwise = {to_menu(0)};
  world.menus = {
      menu_of("main", ExponentialLaw{10},
              {{"1", Probability{0.3}, to_queue(0)},
               {"2", Probability{0.5}, to_menu(1)},
               {"3", Probability{0.2}, service}}),
      menu_of("more", ConstantLaw{6},
              {{"1", Probability{0.36}, to_queue(0)}, {"*", Probability{0.64}, to_menu(0)}})};
  world.menus[1].hang_up = Probability{0.05};
  world.menus[0].no_key = Probability{0.1};
  world.menus[0].max_tries = 2;
  world.menus[0].otherwise = to_menu(1);
  world.caller_types[0].talk = ConstantLaw{20};
  REQUIRE(contradictions(world).empty());

  const double prompts = 1.1, chosen = 1.1 * 0.9, unheard = 0.1 * 0.1;  // of an entry to main
  const double down = chosen * 0.5 + unheard;
  const double main = 1 / (1 - down * 0.95 * 0.64 - chosen * 0.2 * 0.4), more = main * down;
  const double served = main * chosen * 0.2 * 0.6, hung_up = more * 0.05;
  const double agent = main * chosen * 0.3 + more * 0.95 * 0.36;
  const double in_menus = main * (prompts * 10 + prompts * 0.1 * 5 + chosen * 0.2 * 20) + more * 6;
  REQUIRE(served + hung_up + agent == Approx(1));

  Ledger ledger{"menus above"};
  const KpiTable kpis = run(world, 67);
  add(ledger, "back", kpis, "containment", served);
  add(ledger, "back", kpis, "menu_hang_ups", hung_up * 2400 * 18);
  add(ledger, "back", kpis, "offered", agent * 2400 * 18);
  add(ledger, "back", kpis, "trunk_occupancy", (in_menus + agent * 20) * 2400 / 3600 / 600);
  ledger.judge();
  const MenuOutcome plan = menu_outcome(world, world.caller_types[0]);
  CHECK(plan.visits[0] == Approx(main).epsilon(1e-13));
  CHECK(plan.visits[1] == Approx(more).epsilon(1e-13));
  CHECK(plan.self_served == Approx(served).epsilon(1e-13));
  CHECK(plan.hung_up == Approx(hung_up).epsilon(1e-13));
  CHECK(plan.to_queue[0] == Approx(agent).epsilon(1e-13));
  CHECK(plan.mean_menu_s == Approx(in_menus).epsilon(1e-13));
}

TEST_CASE("Menus that some callers never leave are refused") {
  World world = menu_world(100);
  Destination service = to_self_service(ConstantLaw{5});
  service.served = Probability{0.0};
  service.otherwise = {to_menu(0)};
  world.menus = {menu_of("main", ConstantLaw{1}, {{"1", Probability{1.0}, service}})};
  const auto refused = [&] {
    std::string paths;
    for (const Fault& fault : contradictions(world))
      paths += fault.code == "menu-cycle" ? fault.path + " " : "? ";
    return paths;
  };
  CHECK(refused() == "menus.main.options ");
  world.menus[0].options[0].to.served = Probability{0.1};
  CHECK(refused().empty());
  // A time-out that leads back is no trap where a right key leads out.
  world.menus = {menu_of("main", ConstantLaw{1}, {{"1", Probability{1.0}, to_menu(1)}}),
                 menu_of("sub", ConstantLaw{1}, {{"1", Probability{1.0}, to_queue(0)}})};
  world.menus[1].otherwise = to_menu(0);
  world.menus[1].no_key = Probability{0.5};
  CHECK(refused().empty());
  world.menus[1].no_key = Probability{1.0};
  CHECK(refused() == "menus.main.options menus.sub.options ");
  // Nor may the shares of some hour shut the way out.
  world.menus[1].no_key = Probability{0.0};
  world.menus[1].options = {{"1", Probability{0.5}, to_queue(0)},
                            {"2", Probability{0.5}, to_menu(0)}};
  CHECK(refused().empty());
  world.menus[1].variants = {{{}, 0h, 9h, {{"2", Probability{1.0}}}}};
  CHECK(refused() == "menus.main.options menus.sub.options ");
}

}  // namespace callmill::test
