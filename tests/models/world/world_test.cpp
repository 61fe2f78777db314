#include "models/world/world.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace callmill {
namespace {

using namespace std::chrono_literals;

World small_world() {
  World world;
  world.trunks = {{"main", 10, 0}};
  Queue queue;
  queue.name = "general";
  queue.route = {{GroupId{0}, {}}};
  world.queues = {queue};
  AgentGroup group;
  group.name = "inbound";
  group.staff = Profile{24h, {5}};
  world.groups = {group};
  CallerType caller;
  caller.name = "resident";
  caller.volume = {24h, {1000}};
  caller.trunks = TrunkGroupId{0};
  caller.enters.kind = Destination::Kind::kQueue;
  caller.enters.queue = QueueId{0};
  world.caller_types = {caller};
  return world;
}

std::string codes(const World& world) {
  std::string text;
  for (const Fault& fault : contradictions(world)) text += fault.code + "@" + fault.path + " ";
  return text;
}

// Agents on duty at an instant, by the roster.
std::size_t on_duty(const std::vector<DutyPeriod>& roster, SimTime now) {
  return static_cast<std::size_t>(
      std::count_if(roster.begin(), roster.end(),
                    [&](const DutyPeriod& d) { return d.from <= now && now < d.to; }));
}

}  // namespace

TEST_CASE("a world that can run has no faults") {
  CHECK(faults(small_world()).empty());
}

TEST_CASE("a centre has no more lines and agents than the calendar has room for") {
  World world = small_world();
  world.trunks[0].lines = 100'000;
  world.groups[0].staff = Profile{world.day.closes, {30'000}};
  CHECK(faults(world).empty());
  world.groups[0].staff = Profile{world.day.closes, {30'001}};
  CHECK(faults(world) ==
        std::vector<std::string>{"lines and agents are 130001 together; a centre can have 130000"});
  world.groups[0].staff = Profile{world.day.closes, {0}};
  world.roster = {{GroupId{0}, 30'000, kStart, kStart + 1h, DutyPeriod::Kind::kWork}};
  CHECK(faults(world).size() == 1);
}

TEST_CASE("a run needs lines and staff, a plan does not") {
  World world = small_world();
  world.trunks[0].lines.reset();
  CHECK(contradictions(world).empty());
  CHECK(faults(world) ==
        std::vector<std::string>{"lines.main.lines is not set; plan sizes it, a run needs it"});
  world = small_world();
  world.groups[0].staff.reset();
  ShiftPattern shift;
  shift.name = "day";
  shift.group = GroupId{0};
  shift.length = 8h;
  world.shifts = {shift};
  CHECK(contradictions(world).empty());
  CHECK(faults(world).size() == 1);
  world.roster = {{GroupId{0}, 0, kStart, kStart + 8h, DutyPeriod::Kind::kWork}};
  CHECK(faults(world).empty());
}

TEST_CASE("contradictions name the field") {
  World world = small_world();
  world.caller_types[0].enters.queue = QueueId{7};
  CHECK(codes(world) == "unknown-name@callers.resident.enters.queue ");
  world = small_world();
  world.caller_types[0].talk = LognormalLaw{100, -1};
  CHECK(codes(world) == "law@callers.resident.talk ");
  world = small_world();
  world.queues[0].route.clear();
  CHECK(codes(world) == "no-route@queues.general.route ");
  world = small_world();
  world.groups[0].staff = Profile{7h, {1, 2, 3}};
  CHECK(codes(world) == "profile@groups.inbound.staff ");
  world = small_world();
  world.day.interval = 7h;
  CHECK(codes(world) == "day@day.interval ");
  world = small_world();
  Target target;
  target.metric = "answer_rate";
  target.value = 95;
  world.targets = {target};
  CHECK(codes(world) == "range@targets[0] ");
}

// A file cannot say it; a world that a program makes can.
TEST_CASE("shares of dials that tell days apart are refused") {
  World world = small_world();
  world.days.first = parse_date("2026-11-23");
  Campaign campaign;
  campaign.name = "list";
  campaign.numbers = 10;
  campaign.queue = QueueId{0};
  campaign.ring_unanswered = ConstantLaw{30};
  campaign.outcome[static_cast<std::size_t>(DialCause::kBusy)] = Profile{24h, {0.2}};
  world.campaigns = {campaign};
  CHECK(codes(world) == "");
  world.campaigns[0].outcome[static_cast<std::size_t>(DialCause::kBusy)]->by_day = {
      {"monday", 24h, {0.3}}};
  CHECK(codes(world) == "days@campaigns.list.outcomes ");
}

TEST_CASE("shifts name days of a calendar, and do not overlap on it") {
  World world = small_world();
  const auto shift = [](SimDuration from, SimDuration to, std::vector<std::string> on) {
    return RosterShift{from, to, {}, std::move(on)};
  };
  RosterEntry entry;
  entry.group = GroupId{0};
  entry.shifts = {shift(8h, 16h, {"monday"})};
  world.team = {entry};
  CHECK(codes(world) == "days@roster[0].shifts[0].only_on ");
  world.days.first = parse_date("2026-11-23");  // a Monday
  world.days.count = 7;
  CHECK(codes(world) == "");
  // A night into Tuesday, and Tuesday's shift before it is over: only where both days are run.
  world.team[0].shifts = {shift(22h, 33h, {"monday"}), shift(8h, 16h, {"tuesday"})};
  CHECK(codes(world) == "roster@roster[0].shifts[1].from ");
  world.days.special = {{"2026-11-24", "closed"}};
  CHECK(codes(world) == "");
  world.days.special = {{"2026-11-24", "friday"}};
  CHECK(codes(world) == "");
  // One day's shifts may stand in two entries, of which each day takes one.
  world.team[0].shifts = {shift(8h, 16h, {"workday"}), shift(9h, 12h, {"weekend"})};
  CHECK(codes(world) == "");
}

TEST_CASE("a long chain of menus ends; a circle must have a way out") {
  World world = small_world();
  constexpr std::size_t kMenus = 50'000;
  for (std::size_t i = 0; i < kMenus; ++i) {
    Menu menu;
    menu.name = std::to_string(i);
    MenuOption option{"1", Probability{1.0}, {}};
    option.to.kind = i + 1 < kMenus ? Destination::Kind::kMenu : Destination::Kind::kHangUp;
    option.to.menu = MenuId{i + 1};
    menu.options = {option};
    world.menus.push_back(menu);
  }
  CHECK(codes(world).empty());
  world.menus[2].options[0].to.menu = MenuId{0};
  CHECK(codes(world) ==
        "menu-cycle@menus.0.options menu-cycle@menus.1.options "
        "menu-cycle@menus.2.options ");
  world.menus[1].hang_up = Probability{0.01};
  CHECK(codes(world).empty());
}

TEST_CASE("a roster has the profile's agents on duty, last to come first to leave") {
  Day day;
  day.opens = 8h;
  day.closes = 14h;
  const Profile staff{1h, {2, 3, 1, 1, 0, 4}};
  const std::vector<DutyPeriod> roster = roster_from_profile(GroupId{3}, staff, day);
  for (std::size_t i = 0; i < staff.values.size(); ++i) {
    const SimTime start = kStart + staff.step * static_cast<std::int64_t>(i);
    CHECK(on_duty(roster, start) == static_cast<std::size_t>(staff.values[i]));
    CHECK(on_duty(roster, start + 59min) == static_cast<std::size_t>(staff.values[i]));
  }
  CHECK(on_duty(roster, kStart + 6h) == 0);
  REQUIRE(roster.size() == 7);
  CHECK(roster[0].agent == 0);
  CHECK(roster[0].from == kStart);
  CHECK(roster[0].to == kStart + 4h);  // the first to come is the last to leave
  CHECK(roster[2].agent == 1);
  CHECK(roster[2].to == kStart + 2h);
  CHECK(roster[4].agent == 2);
  CHECK(roster[4].from == kStart + 1h);
  for (const DutyPeriod& period : roster) {
    CHECK(period.group == GroupId{3});
    CHECK(period.kind == DutyPeriod::Kind::kWork);
  }
  CHECK(roster_from_profile(GroupId{0}, Profile{6h, {0}}, day).empty());
}

}  // namespace callmill
