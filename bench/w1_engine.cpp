#include "bench/w1_engine.h"

#include <vector>

#include "base/check.h"
#include "engine/study/replicate.h"

namespace callmill::bench {
namespace {

constexpr std::int64_t kWarmUpIntervals = 2;
constexpr SimDuration kInterval = std::chrono::minutes{30};

}  // namespace

World w1_world(std::int64_t calls) {
  const double calls_per_interval = to_seconds(kInterval) / kW1ArrivalGapS;
  const auto intervals =
      static_cast<std::int64_t>(static_cast<double>(calls) / calls_per_interval + 0.5);
  World world;
  world.name = "w1";
  world.day.closes = kInterval * (intervals + kWarmUpIntervals);
  world.day.interval = kInterval;
  world.day.warm_up = kInterval * kWarmUpIntervals;
  TrunkGroup lines;
  lines.name = "lines";
  lines.lines = kW1Lines;
  world.trunks.push_back(lines);
  AgentGroup agents;
  agents.name = "agents";
  agents.staff = Profile{world.day.closes, {static_cast<double>(kW1Agents)}};
  world.groups.push_back(agents);
  Queue queue;
  queue.name = "queue";
  queue.answer_within = from_seconds(kW1AnswerWithinS);
  queue.route = {{GroupId{0}, SimDuration{0}}};
  world.queues.push_back(queue);
  CallerType type;
  type.name = "callers";
  type.volume = Profile{world.day.closes,
                        {calls_per_interval * static_cast<double>(intervals + kWarmUpIntervals)}};
  type.trunks = TrunkGroupId{0};
  type.enters.kind = Destination::Kind::kQueue;
  type.enters.queue = QueueId{0};
  type.patience = ExponentialLaw{kW1PatienceS};
  type.talk = ExponentialLaw{kW1TalkS};
  world.caller_types.push_back(type);
  return world;
}

namespace {

W1Result result_of(const ReplicationCounts& counts, const KpiLayout& layout) {
  const KpiLayout::Row& row = layout.rows()[layout.find(Family::kCalls, {})];
  const auto day = [&](CallCount c) {
    return counts[row.offset + layout.intervals() * row.width + at(c)];
  };
  const auto whole = [&](CallCount c) { return static_cast<std::int64_t>(day(c)); };
  W1Result r;
  r.offered = whole(CallCount::kAttempts);
  r.blocked = whole(CallCount::kBlocked);
  r.abandoned = whole(CallCount::kAbandoned);
  r.served = whole(CallCount::kAnswered);
  r.answered_within = whole(CallCount::kAnsweredWithin);
  r.wait_served_s = day(CallCount::kWaitAnswered);
  return r;
}

}  // namespace

W1Result engine_w1(std::int64_t calls, std::uint64_t seed) {
  const Blueprint plan = make_blueprint(w1_world(calls));
  const KpiLayout layout{plan};
  Recorder recorder{plan};
  run_day(plan, seed, 0, recorder);
  ReplicationCounts counts;
  export_counts(recorder, layout, counts);
  return result_of(counts, layout);
}

void engine_w1_replications(std::int64_t calls, std::uint64_t seed, std::int64_t replications,
                            int threads) {
  const Blueprint plan = make_blueprint(w1_world(calls));
  ReplicateOptions options;
  options.seed = seed;
  options.replications = replications;
  options.threads = threads;
  const ReplicateResult result = replicate(plan, options);
  CALLMILL_CHECK(result.kpis.replications() == replications, "every replication was run");
}

}  // namespace callmill::bench
