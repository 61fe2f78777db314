// Talks that are cut short, by failed lines or with the site of their agents: answered, never
// settled, and the same for both causes. And a run that ends before its callers' stories do.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <utility>

#include "engine/kpi/kpi_table.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/messages/channels.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/study/run.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

enum class Cause { kLines, kSite };
constexpr std::array kCauses = {Cause::kLines, Cause::kSite};

// Settles what is talked to its end; who `returns` must have a reason.
const Probability kAlmostAll{1 - 1e-12};

double value(const KpiTable& kpis, const char* key) {
  return kpis.day(key, {}, 0.95).value;
}

// Everyone rings in the first hour, is answered at once and would talk for two hours; at the end of
// that hour all talks are cut. Lines and agents are back at 1:30.
World cut_at_one(Cause cause) {
  OneQueue spec;
  spec.agents = 300;
  spec.lines = 400;
  spec.talk = ConstantLaw{7200};
  spec.length = 10h;
  World world = one_queue(spec);
  world.caller_types[0].volume = {1h, {100, 0, 0, 0, 0, 0, 0, 0, 0, 0}};
  if (cause == Cause::kLines) {
    LineOutage outage;
    outage.from = 1h;
    outage.to = 1h + 30min;
    outage.lines = 400;
    outage.cuts = true;
    world.trunks[0].outages = {outage};
  } else {
    Event lost;
    lost.name = "lost";
    lost.kind = Event::Kind::kSiteLoss;
    lost.at = 1h;
    lost.length = 30min;
    world.events = {lost};
  }
  world.costs = Costs{0, 7, 1, 10};  // a lost caller, an answer, a settled contact
  return world;
}

// Every way in which a caller's story may end.
double all_ends(const KpiTable& kpis) {
  double settled = 1 - value(kpis, "unresolved_in_the_end");
  double sum = value(kpis, "unresolved_in_the_end");
  for (const char* key :
       {"gave_up", "left_in_menu", "another_day", "left_message_in_the_end", "open_at_the_end"}) {
    settled -= value(kpis, key);
    sum += value(kpis, key);
  }
  CHECK(settled >= -1e-12);  // what is left is resolved
  return sum;
}

}  // namespace

TEST_CASE("A talk that is cut short is answered, earns nothing as settled, and ends unresolved") {
  for (const Cause cause : kCauses) {
    World world = cut_at_one(cause);
    const KpiTable plain = run(world, 51, 5);
    CHECK(value(plain, "answer_rate") == 1);
    CHECK(value(plain, "revenue") == value(plain, "answered"));
    CHECK(value(plain, "cost_lost_callers") == 0);
    // Half an hour each on average, of the two that they wanted: the same callers, the same time.
    CHECK(value(plain, "talk") == value(run(cut_at_one(Cause::kLines), 51, 5), "talk"));
    CHECK(value(plain, "talk") < 3600);

    for (const bool resolves : {false, true}) {
      world.caller_types[0].resolution.reset();
      if (resolves) world.caller_types[0].resolution.emplace();
      world.caller_types[0].survey.emplace().resolved_respond = Probability{1};
      world.caller_types[0].survey->open_respond = Probability{1};
      world.satisfaction.emplace();
      const KpiTable kpis = run(world, 51, 5);
      const double n = value(kpis, "answered");
      CHECK(value(kpis, "callers") == n);
      CHECK(value(kpis, "served_in_the_end") == 1);
      CHECK(value(kpis, "unresolved_in_the_end") == 1);
      CHECK(value(kpis, "gave_up") == 0);
      CHECK(value(kpis, "cost_lost_callers") == 0);
      CHECK(value(kpis, "revenue") == n);
      CHECK(value(kpis, "contacts") == n);
      CHECK(std::isnan(value(kpis, "survey_response")));  // nobody is asked
      CHECK(std::isnan(value(kpis, "csat_true")));
      if (!resolves) continue;
      CHECK(value(kpis, "fcr") == 0);
      CHECK(value(kpis, "resolution_rate") == 0);
    }
  }
}

TEST_CASE("Who is cut off rings again by after_cut, and settles the matter in a later contact") {
  for (const Cause cause : kCauses)
    for (const bool returns : {false, true}) {
      World world = cut_at_one(cause);
      CallerType& type = world.caller_types[0];
      Resolution& resolution = type.resolution.emplace();
      resolution.first_contact = kAlmostAll;
      resolution.repeat_talk_factor = 0.5;
      if (returns)
        resolution.returns = {Probability{1}, ConstantLaw{5400}, 1};
      else
        type.redial.after_cut = {Probability{1}, ConstantLaw{5400}, 1};
      type.patience = ConstantLaw{60};  // nobody waits, so nobody rings again for that
      type.redial.after_abandon = {Probability{1}, ConstantLaw{60}, 5};
      REQUIRE(faults(world) == std::vector<std::string>{});
      const KpiTable kpis = run(world, 52, 5);
      const double n = value(kpis, "callers");
      CHECK(value(kpis, "attempts_per_caller") == 2);
      CHECK(value(kpis, "answered") == Approx(2 * n).epsilon(1e-12));
      CHECK(value(kpis, "served_in_the_end") == 1);
      CHECK(all_ends(kpis) == 0);  // all are resolved
      CHECK(value(kpis, "fcr") == 0);
      CHECK(value(kpis, "resolution_rate") == 0.5);
      CHECK(value(kpis, "repeat_contact_share") == 0.5);
      CHECK(value(kpis, "time_to_answer") == 0);
      CHECK(value(kpis, "revenue") == Approx(2 * n + 10 * n).epsilon(1e-12));
      // The first talks lasted from the ring to 1:00, the second ones half of two hours.
      const double first = value(run(cut_at_one(cause), 52, 5), "talk");
      CHECK(value(kpis, "talk") == Approx((first + 3600) / 2).epsilon(1e-9));
    }
}

// Half ring again because of the cut; of the others half because the matter is open.
TEST_CASE("Whether a caller rings again after a cut, and else because it is open, are two draws") {
  World world = cut_at_one(Cause::kLines);
  world.caller_types[0].redial.after_cut = {Probability{0.5}, ConstantLaw{5400}, 1};
  Resolution& resolution = world.caller_types[0].resolution.emplace();
  resolution.first_contact = kAlmostAll;
  resolution.returns = {Probability{0.5}, ConstantLaw{5400}, 1};
  Ledger ledger{"callers who were cut off"};
  const KpiTable kpis = run(world, 53, 60);
  ledger.add("attempts", kpis.day("attempts_per_caller", {}, Ledger::kConfidence), 1.75);
  ledger.add("unresolved", kpis.day("unresolved_in_the_end", {}, Ledger::kConfidence), 0.25);
  ledger.judge();
}

TEST_CASE("A chat that is cut with its agent's site is cut short as a talk is") {
  World world = chat_world(100, {1, 1.2}, 10h);
  world.day.interval = 1h;
  world.caller_types = {chats("chat", 10h, {0, ConstantLaw{7200}, std::nullopt, 0})};
  world.caller_types[0].volume = {1h, {100, 0, 0, 0, 0, 0, 0, 0, 0, 0}};
  world.events = cut_at_one(Cause::kSite).events;
  world.costs = Costs{0, 7, 1, 10};
  const KpiTable plain = run(world, 54, 5);
  CHECK(value(plain, "revenue") == value(plain, "chats_answered"));
  CallerType& type = world.caller_types[0];
  type.resolution.emplace();
  KpiTable kpis = run(world, 54, 5);
  CHECK(value(kpis, "served_in_the_end") == 1);
  CHECK(value(kpis, "unresolved_in_the_end") == 1);
  CHECK(value(kpis, "resolution_rate") == 0);
  CHECK(value(kpis, "cost_lost_callers") == 0);
  type.redial.after_cut = {Probability{1}, ConstantLaw{5400}, 1};
  kpis = run(world, 54, 5);
  const double n = value(kpis, "callers");
  CHECK(value(kpis, "attempts_per_caller") == 2);
  CHECK(all_ends(kpis) == 0);
  CHECK(value(kpis, "revenue") == Approx(2 * n + 10 * n).epsilon(1e-12));
}

// A callback whose talk is cut, and a call whose agent is sent home and who gives up waiting again.
TEST_CASE("Callbacks cut short and calls that were sent back and lost settle nothing") {
  struct Broken : Observer {
    void broken_off(const Call& call, SimDuration) { callbacks += has(call, Mark::kCallback); }
    void lost_again(const Call&, SimDuration) { ++lost; }
    int callbacks = 0, lost = 0;
  };
  World world = cut_at_one(Cause::kSite);
  world.groups[0].staff = flat(3, 10h);
  world.caller_types[0].talk = ConstantLaw{600};
  world.queues[0].callback = Callback{};
  const auto settled_of = [](const World& w, Broken& broken) {
    const Blueprint plan = make_blueprint(w);
    Centre c = open_centre(plan, 55, 0);
    Recorder recorder{plan};
    Observers<Broken, Recorder> both{broken, recorder};
    Watched<Observers<Broken, Recorder>>{plan, c, both}.run_out();
    KpiTable kpis{plan};
    ReplicationCounts counts;
    export_counts(recorder, kpis.layout(), counts);
    kpis.add(counts);
    const double made = plan.calls_back ? value(kpis, "callbacks_made") : 0;
    const double answers = value(kpis, "answered") + made;
    return std::pair{answers, (value(kpis, "revenue") - answers) / 10};
  };
  Broken back;
  const auto [answers, settled] = settled_of(world, back);
  CHECK(back.callbacks == 3);  // all three agents were calling back when their site was lost
  CHECK(settled == Approx(answers - 3).epsilon(1e-9));

  World home = cut_at_one(Cause::kSite);
  home.events.clear();
  home.groups[0].staff = Profile{1h, {20, 5, 5, 5, 5, 5, 5, 5, 5, 5}};
  home.groups[0].staff_release = StaffRelease::kPreempt;
  home.caller_types[0].patience = ConstantLaw{300};
  Broken sent;
  const auto [talks, ended] = settled_of(home, sent);
  CHECK(sent.lost == 15);
  CHECK(ended == Approx(talks - 15).epsilon(1e-9));
}

TEST_CASE("Callers whose story is open when the run is over are among all callers") {
  OneQueue spec;
  spec.agents = 0;
  spec.lines = 400;
  spec.per_hour = 20;
  spec.length = 4h;
  const World nobody = one_queue(spec);
  const auto open_of = [](const World& world) {
    const KpiTable kpis = run(world, 56, 4);
    CHECK(value(kpis, "callers") == value(kpis, "attempts"));
    CHECK(value(kpis, "served_in_the_end") == 0);
    CHECK(all_ends(kpis) == Approx(1).epsilon(1e-12));
    return value(kpis, "open_at_the_end");
  };
  // Waits without patience for an agent who never comes.
  World waits = nobody;
  waits.caller_types[0].redial.after_block.share = Probability{0.5};
  CHECK(open_of(waits) == 1);
  // Callbacks that nobody makes, and appointments after the end.
  World back = waits;
  Callback& callback = back.queues[0].callback.emplace();
  CHECK(open_of(back) == 1);
  callback.mode = Callback::Mode::kAppointment;
  callback.appointment = ConstantLaw{3600 * 20};
  CHECK(open_of(back) == 1);
  // Messages that nobody answers.
  World says = waits;
  says.queues.push_back(queue_to("desk", {0}));
  CallerType message = callers("message", flat_rate(0, spec.length), 1);
  message.channel = Channel::kMessage;
  message.trunks = {};
  says.caller_types.push_back(message);
  says.queues[0].voicemail = Voicemail{30s, 10s, CallerTypeId{1}};
  CHECK(open_of(says) == 1);
  // Whose next call comes after the end is open in his own way.
  World later = nobody;
  later.caller_types[0].patience = ConstantLaw{60};
  later.caller_types[0].redial.after_abandon = {Probability{1}, ConstantLaw{3600 * 5}, 3};
  CHECK(open_of(later) == 0);
  CHECK(value(run(later, 56, 4), "another_day") == 1);
}

// Agents for two hours, no patience: those who rang in the last two hours wait for ever.
TEST_CASE("Shares of callers are of all of them, whose story ended or not") {
  OneQueue spec;
  spec.agents = 400;
  spec.lines = 400;
  spec.per_hour = 60;
  spec.length = 4h;
  spec.talk = ConstantLaw{60};
  World world = one_queue(spec);
  world.groups[0].staff = Profile{1h, {400, 400, 0, 0}};
  world.caller_types[0].resolution.emplace();
  const KpiTable kpis = run(world, 57, 20);
  Ledger ledger{"callers at the end of the run"};
  ledger.add("served", kpis.day("served_in_the_end", {}, Ledger::kConfidence), 0.5);
  ledger.add("open", kpis.day("open_at_the_end", {}, Ledger::kConfidence), 0.5);
  ledger.judge();
  CHECK(value(kpis, "served_in_the_end") + value(kpis, "open_at_the_end") ==
        Approx(1).epsilon(1e-12));
  CHECK(value(kpis, "callers") * value(kpis, "served_in_the_end") ==
        Approx(value(kpis, "answered")).epsilon(1e-12));
}

}  // namespace callmill::test
