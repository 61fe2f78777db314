// What each command does, and what is said of a wrong one.

#include <catch2/catch.hpp>

#include "app/files/scenario.h"
#include "engine/live/figures.h"
#include "engine/live/live_centre.h"
#include "tests/engine/live/some_world.h"

namespace callmill::test {
namespace {

using namespace std::chrono_literals;
using live::Command;
using live::LiveCentre;
using Kind = Command::Kind;

Command command(Kind kind) {
  Command c;
  c.kind = kind;
  return c;
}
Command agents(std::int64_t by) {
  Command c = command(Kind::kAgents);
  c.group = "desk";
  c.by = by;
  return c;
}
int at_work(const LiveCentre& live) {
  int n = 0;
  for (const Agent& agent : live.centre().agents)
    n += agent.state != AgentState::kOff && agent.duty == Duty::kWork ? 1 : 0;
  return n;
}
double answered(const LiveCentre& live) {
  return live::figures(live.recorder(), {}, {0, live.plan().intervals}, live.now()).answered;
}

TEST_CASE("Agents come at once, and leave when done") {
  LiveCentre live{plain_world(5), {}};
  live.run_until(kStart + 1h);
  CHECK(at_work(live) == 5);
  CHECK(live.spare_agents(0) == 5);
  CHECK(live.apply(agents(3)).seq == 1);
  CHECK(at_work(live) == 8);
  CHECK(live.spare_agents(0) == 2);
  CHECK(live.apply(agents(-6)).seq == 2);
  CHECK(at_work(live) == 2);
  live.run_until(kStart + 2h);
  CHECK(at_work(live) == 2);
  CHECK(live.apply(agents(7)).seq == 3);  // five who were sent home, and spare ones
  CHECK(at_work(live) == 9);
  const auto refused = live.apply(agents(50));
  REQUIRE(refused.errors.size() == 1);
  CHECK(refused.errors[0].pointer == "/by");
  CHECK(refused.errors[0].expected == "at most 1");
}

TEST_CASE("One agent more answers more; a line fewer carries less") {
  LiveCentre plain{plain_world(4), {}}, more{plain_world(4), {}};
  for (LiveCentre* c : {&plain, &more}) c->run_until(kStart + 30min);
  more.apply(agents(1));
  plain.run_out();
  more.run_out();
  CHECK(answered(more) > answered(plain));

  LiveCentre few{plain_world(4), {}};
  Command lines = command(Kind::kLines);
  lines.trunks = "main";
  lines.by = -27;
  few.run_until(kStart + 30min);
  CHECK(few.apply(lines).seq == 1);
  CHECK(few.centre().trunks[0].in_service == 3);
  few.run_until(kStart + 2h);
  CHECK(few.centre().trunks[0].in_use <= 3);
  CHECK(live::figures(few.recorder(), {}, {2, 4}, few.now()).blocked > 0);
  lines.by = 33;  // the 27 back, and 6 of the spare ones
  CHECK(few.apply(lines).seq == 2);
  CHECK(few.centre().trunks[0].in_service == 36);
  lines.by = 1;
  CHECK(few.apply(lines).errors.size() == 1);
  few.run_out();
  CHECK(answered(few) < answered(plain));
}

TEST_CASE("A surge lasts as long as it is said to, or until it is ended") {
  const auto attempts = [](const LiveCentre& live, std::uint32_t interval) {
    return live::figures(live.recorder(), {}, {interval, interval + 1}, live.now()).attempts;
  };
  Command surge = command(Kind::kSurge);
  surge.factor = 5;
  surge.lasts = 30min;
  LiveCentre plain{plain_world(), {}}, live{plain_world(), {}}, open{plain_world(), {}};
  live.run_until(kStart + 1h);
  open.run_until(kStart + 1h);
  CHECK(live.apply(surge).seq == 1);
  REQUIRE(live.active().size() == 1);
  CHECK(live.active()[0].until == kStart + 90min);
  surge.lasts = 0s;
  CHECK(open.apply(surge).seq == 1);
  CHECK_FALSE(open.active()[0].until.has_value());
  open.run_until(kStart + 90min);
  Command end = command(Kind::kEnd);
  end.command = 1;
  CHECK(open.apply(end).seq == 2);
  CHECK(open.active().empty());
  for (LiveCentre* c : {&plain, &live, &open}) c->run_out();
  CHECK(attempts(live, 1) == attempts(plain, 1));
  // 50 and 250 calls are expected; 5 deviations of their difference are 87.
  CHECK(attempts(live, 2) - attempts(plain, 2) > 200 - 87);
  CHECK(attempts(live, 3) < 50 + 5 * 7.1);
  // Ended by hand at the same moment it is the same surge, within a microsecond's rounding.
  CHECK(attempts(open, 2) == attempts(live, 2));
  CHECK(attempts(open, 3) == attempts(live, 3));
  // Nobody calls at factor 0, and they call again afterwards.
  LiveCentre quiet{plain_world(), {}};
  quiet.run_until(kStart + 1h);
  surge.factor = 0;
  quiet.apply(surge);
  quiet.run_until(kStart + 2h);
  CHECK(attempts(quiet, 2) + attempts(quiet, 3) == 0);
  end.command = 1;
  quiet.apply(end);
  quiet.run_out();
  CHECK(attempts(quiet, 4) > 50 - 5 * 7.1);
  CHECK(attempts(quiet, 4) < 50 + 5 * 7.1);
}

TEST_CASE("Notices and shedding keep callers away while they are on") {
  Command shed = command(Kind::kShed);
  shed.share = 1;
  shed.lasts = 30min;
  LiveCentre live{plain_world(), {}};
  live.run_until(kStart + 1h);
  CHECK(live.apply(shed).seq == 1);
  live.run_until(kStart + 90min);
  const auto now = live::figures(live.recorder(), {}, {2, 3}, live.now());
  CHECK(now.offered == 0);
  CHECK(live.active().empty());
  CHECK(live.log().entries().back().kind == live::LogEntry::Kind::kCommandOver);
  CHECK(live.log().entries().back().command_seq == 1);
  Command notice = command(Kind::kNotice);
  notice.deflect = 1;
  live.apply(notice);
  live.run_until(kStart + 2h);
  CHECK(live::figures(live.recorder(), {}, {3, 4}, live.now()).offered == 0);
}

TEST_CASE("Steps close and open by hand") {
  Command shut = command(Kind::kCloseStep);
  shut.queue = "front";
  shut.group = "desk";
  LiveCentre live{plain_world(), {}};
  live.run_until(kStart + 1h);
  CHECK(live.apply(shut).seq == 1);
  live.run_until(kStart + 70min);
  const double before = answered(live);
  live.run_until(kStart + 80min);
  CHECK(answered(live) == before);
  CHECK(live.apply(shut).errors.size() == 1);
  shut.kind = Kind::kOpenStep;
  CHECK(live.apply(shut).seq == 2);
  CHECK(live.active().empty());
  live.run_until(kStart + 90min);
  CHECK(answered(live) > before);
}

TEST_CASE("Wrong commands are refused in words, with the nearest right name") {
  LiveCentre live{plain_world(), {}};
  Command move = command(Kind::kMove);
  move.group = "desks";
  move.to = "";
  auto errors = live.check(move);
  REQUIRE(errors.size() == 2);  // every error at once
  CHECK(errors[0].pointer == "/group");
  CHECK(errors[0].detail == "no group is called \"desks\"");
  CHECK(errors[0].expected == "one of desk");
  CHECK(errors[0].nearest == "desk");
  CHECK(errors[1].pointer == "/to");
  Command end = command(Kind::kEnd);
  end.command = 9;
  CHECK(live.check(end).at(0).detail == "command 9 is not in force");
  Command surge = command(Kind::kSurge);
  surge.types = {"anybody", "nobody"};
  surge.factor = -1;
  CHECK(live.check(surge).size() == 2);
  CHECK(live.check(command(Kind::kCallIn)).size() == 1);
  CHECK(live.check(command(Kind::kSet)).size() == 1);
  live.run_out();
  CHECK(live.check(agents(1)).at(0).detail == "the day is over");
}

// As the command line does it: the text with the settings, read again.
live::WorldEditor editor_of(const World& world) {
  return [text = show_scenario(world)](const std::vector<live::Setting>& settings) {
    ScenarioOptions options;
    for (const auto& [path, value] : settings) options.set.push_back(path + "=" + value);
    options.idle_fields = true;
    Diagnostics diagnostics;
    live::EditedWorld edited;
    auto scenario = read_scenario_text("plain.yaml", text, options, diagnostics);
    if (scenario) edited.world = std::move(scenario->world);
    for (const Diagnostic& d : diagnostics.errors())
      edited.errors.push_back({"/value", d.message, d.help, ""});
    return edited;
  };
}

TEST_CASE("Any field that keeps the shape can be set, another not") {
  const World world = plain_world(4);
  LiveCentre live{world, {}, editor_of(world)}, slow{world, {}, editor_of(world)};
  Command set = command(Kind::kSet);
  set.path = "callers.anybody.talk.mean";
  set.value = "1min";
  for (LiveCentre* c : {&live, &slow}) c->run_until(kStart + 1h);
  CHECK(live.apply(set).seq == 1);
  CHECK(broken_laws(live.plan(), live.centre()).empty());
  set.path = "callers.anybody.volume";
  set.value = "{per_hour: 200/h}";
  CHECK(live.apply(set).seq == 2);
  set.path = "groups.desk.staff";
  set.value = "9";
  const auto refused = live.apply(set);
  REQUIRE_FALSE(refused.errors.empty());
  CHECK(refused.errors[0].detail.find("the people of desk") != std::string::npos);
  set.path = "queues.front.rout";
  CHECK_FALSE(live.apply(set).errors.empty());
  live.run_out();
  slow.run_out();
  CHECK(live::figures(live.recorder(), {}, {2, 8}, live.now()).aht_s < 90);
  // 600 calls are expected instead of 300; 5 deviations are 150.
  CHECK(live::figures(live.recorder(), {}, {2, 8}, live.now()).attempts > 450);
  CHECK(answered(live) > answered(slow));
}

}  // namespace
}  // namespace callmill::test
