// The tables of `run`, on a small centre with names in Chinese.

#include "app/report/run_report.h"

#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "app/report/format.h"
#include "app/report/table.h"
#include "app/report/target_report.h"
#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

using Catch::Matchers::Contains;

World chinese_world() {
  OneQueue spec;
  spec.agents = 3;
  spec.lines = 8;
  spec.per_hour = 60;
  spec.patience = ExponentialLaw{90};
  spec.length = 4h;
  World world = one_queue(spec);
  world.name = "市民服务热线";
  world.trunks[0].name = "主中继";
  world.caller_types[0].name = "市民";
  world.queues[0].name = "综合";
  world.groups[0].name = "一线座席组";
  Target target;
  target.metric = "answer_rate";
  target.value = 0.99;
  target.per = Per::kInterval;
  world.targets.push_back(target);
  return world;
}

KpiTable simulate(const World& world) {
  ReplicateOptions options;
  options.seed = 11;
  options.replications = 5;
  options.threads = 1;
  return replicate(make_blueprint(world), options).kpis;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("Tables line up by what the eye sees, in both languages") {
  const World world = chinese_world();
  const KpiTable kpis = simulate(world);
  for (const Lang lang : {Lang::kEn, Lang::kZh}) {
    const std::string text = run_text(world, kpis, {11, "abc", 0.95}, true, lang);
    for (const char* name : {"市民服务热线", "主中继", "综合", "一线座席组"})
      CHECK_THAT(text, Contains(name));
    const std::vector<std::string> lines = lines_of(text);
    int tables = 0;
    for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
      if (!lines[i].starts_with("  ---")) continue;
      ++tables;
      for (std::size_t row = i + 1; row < lines.size() && !lines[row].empty(); ++row)
        CHECK(display_width(lines[row]) <= lines[i].size());
      CHECK(display_width(lines[i - 1]) <= lines[i].size());
      // Value columns end where their header ends: these tables have figures in the last column.
      if (i + 2 < lines.size() && lines[i + 2].empty() && !lines[i - 1].ends_with("Simulated") &&
          !lines[i - 1].ends_with("仿真"))
        CHECK(display_width(lines[i + 1]) == display_width(lines[i - 1]));
    }
    CHECK(tables == 7);  // headline, queues, callers, groups, lines, intervals, targets
    for (const std::string& line : lines) CHECK_FALSE(line.ends_with(' '));
  }
}

TEST_CASE("A missed target per interval says how many, and which is the worst") {
  const World world = chinese_world();
  const KpiTable kpis = simulate(world);
  const auto targets = evaluate_targets(world, kpis);
  REQUIRE(targets.size() == 1);
  REQUIRE_FALSE(targets[0].met);
  const std::string worst = interval_name(world, targets[0].interval);
  CHECK_THAT(targets_text(world, targets, false, Lang::kEn),
             Contains("MISSED (4 intervals, worst " + worst + ")"));
  CHECK_THAT(targets_text(world, targets, false, Lang::kZh),
             Contains("未达标 (4 个时段，最差 " + worst + ")"));
  CHECK(target_text(world, world.targets[0], Lang::kEn) == "answer_rate >= 99.00% per interval");
}

TEST_CASE("A target of a queue's service level says its seconds") {
  World world = chinese_world();
  Target target;
  target.metric = "service_level";
  target.value = 0.8;
  target.queue = QueueId{0};
  CHECK(target_text(world, target, Lang::kEn) == "service_level queue:综合 20s >= 80.00% per day");
  target.metric = "asa";
  target.sense = Sense::kAtMost;
  target.value = 15;
  CHECK(target_text(world, target, Lang::kEn) == "asa queue:综合 <= 15.0 s per day");
}

}  // namespace callmill::test
