#include "engine/blueprint/builder.h"

namespace callmill {

void build_lines(const World& world, Blueprint& plan) {
  plan.first_line.push_back(0);
  for (const TrunkGroup& trunks : world.trunks)
    plan.first_line.push_back(plan.first_line.back() +
                              static_cast<std::uint32_t>(trunks.lines.value()));
}

}  // namespace callmill
