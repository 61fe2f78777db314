#pragma once
// The indicators of a world over so many replications.

#include <cstdint>

#include "engine/study/replicate.h"

namespace callmill::test {

inline KpiTable run(const World& world, std::uint64_t seed, std::int64_t replications = 40) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = replications;
  return replicate(make_blueprint(world), options).kpis;
}

}  // namespace callmill::test
