#include "tests/engine/live/some_world.h"

#include <catch2/catch.hpp>

#include "app/files/scenario.h"
#include "tests/engine/centre/rich_world.h"
#include "tests/place.h"

namespace callmill::test {

using live::Command;
using Kind = Command::Kind;

World scenario_world(const std::string& file) {
  Diagnostics diagnostics;
  const auto scenario = read_scenario(source_path("scenarios/" + file), {}, diagnostics);
  INFO(file);
  REQUIRE(scenario.has_value());
  return scenario->world;
}

World plain_world(int agents) {
  Diagnostics diagnostics;
  const std::string text = R"(version: 1
name: plain
day: {opens: "08:00", closes: "12:00", interval: 30min}
lines: {main: {lines: 30}}
callers:
  anybody:
    volume: {per_hour: 100/h}
    lines: main
    enters: {queue: front}
    patience: {law: exponential, mean: 90s}
    talk: {law: exponential, mean: 3min}
queues: {front: {answer_within: 20s, route: [{group: desk}]}}
groups: {desk: {kind: inbound, staff: )" +
                           std::to_string(agents) + "}}\n";
  const auto scenario = read_scenario_text("plain.yaml", text, {}, diagnostics);
  std::string why;
  for (const Diagnostic& d : diagnostics.errors()) why += render(d);
  INFO(why);
  REQUIRE(scenario.has_value());
  return scenario->world;
}

World random_centre(unsigned seed) {
  Draw draw{seed};
  std::vector<std::uint16_t> tape;
  for (int i = 0; i < 160; ++i) tape.push_back(static_cast<std::uint16_t>(draw.uniform(0, 65535)));
  Features features;
  for (int i = 0; i < 8; ++i)
    features.push_back(static_cast<std::uint8_t>(draw.uniform(0, kFeatures)));
  return rich_world(tape, features);
}

Command random_command(Draw& draw, const live::LiveCentre& centre) {
  const World& world = centre.world();
  const auto some = [&](std::size_t n) {
    return static_cast<std::size_t>(draw.uniform(0, static_cast<double>(n)));
  };
  Command c;
  c.kind = static_cast<Kind>(some(static_cast<std::size_t>(Kind::kEnd) + 1));
  if (!world.groups.empty()) {
    c.group = world.groups[some(world.groups.size())].name;
    c.to = world.groups[some(world.groups.size())].name;
  }
  if (!world.queues.empty()) c.queue = world.queues[some(world.queues.size())].name;
  if (!world.trunks.empty()) c.trunks = world.trunks[some(world.trunks.size())].name;
  if (draw.chance(0.5)) c.types = {world.caller_types[some(world.caller_types.size())].name};
  c.by = static_cast<std::int64_t>(some(7)) - 3;
  c.agents = static_cast<std::int64_t>(some(4));
  c.factor = draw.chance(0.1) ? 0 : draw.uniform(0.2, 3);
  c.share = draw.uniform(0.1, 1);
  c.deflect = draw.uniform(0, 1);
  c.by_time = std::chrono::minutes{1 + static_cast<int>(some(40))};
  if (draw.chance(0.5)) c.lasts = std::chrono::minutes{1 + static_cast<int>(some(40))};
  if (c.kind == Kind::kOpenStep || c.kind == Kind::kCloseStep) {
    const Queue& queue = world.queues[some(world.queues.size())];
    c.queue = queue.name;
    if (!queue.route.empty())
      c.group = world.groups[queue.route[some(queue.route.size())].group.index()].name;
  }
  if (c.kind == Kind::kEnd) {
    const auto active = centre.active();
    if (!active.empty()) c.command = active[some(active.size())].seq;
  }
  return c;
}

}  // namespace callmill::test
