#include <algorithm>

#include "base/random/stream.h"
#include "engine/blueprint/builder.h"

namespace callmill {
namespace {

void add_failures(const TrunkGroup& trunks, const Day& day, std::uint32_t index,
                  std::vector<LineFailurePlan>& failures) {
  std::uint32_t number = 0;
  const auto cause = [&] {
    LineFailurePlan p;
    p.trunks = index;
    p.key = name_key(trunks.name);
    p.number = number++;
    return p;
  };
  for (const LineOutage& outage : in_order(trunks.outages)) {
    LineFailurePlan p = cause();
    p.lines = static_cast<std::uint32_t>(lines_lost(outage, trunks.lines.value()));
    p.cuts = outage.cuts;
    p.from = kStart + std::max(SimDuration{0}, outage.from - day.opens);
    p.to = kStart + (outage.to - day.opens);
    if (p.to > kStart) failures.push_back(std::move(p));
  }
  number = 1u << 16;  // outages that come or go change no breakdown
  for (const LineBreakdown& breakdown : in_order(trunks.breakdowns)) {
    LineFailurePlan p = cause();
    p.lines = static_cast<std::uint32_t>(breakdown.lines);
    p.cuts = breakdown.cuts;
    p.at_random = true;
    p.time_to_failure = Sampler{breakdown.time_to_failure};
    p.time_to_repair = Sampler{breakdown.time_to_repair};
    failures.push_back(std::move(p));
  }
}

}  // namespace

void build_lines(const World& world, const Room& room, Blueprint& plan) {
  plan.first_line.push_back(0);
  for (const TrunkGroup& trunks : world.trunks) {
    const auto index = static_cast<std::uint32_t>(plan.first_line.size() - 1);
    const std::uint32_t spare = room.lines.empty() ? 0 : room.lines[index];
    plan.first_line.push_back(plan.first_line.back() +
                              static_cast<std::uint32_t>(trunks.lines.value()) + spare);
    plan.spare_lines.push_back(spare);
    add_failures(trunks, world.day, index, plan.line_failures);
  }
}

}  // namespace callmill
