#include "models/queueing/erlang.h"

#include <catch2/catch.hpp>

TEST_CASE("Patient callers need spare capacity, whatever the goal") {
  using namespace callmill;
  QueueInput in;
  in.arrival_rate = 1200.0 / 3600;
  in.service_rate = 1.0 / 180;  // 60 erlang
  const Goal abandonment{Measure::kAbandon, false, 0.03};
  CHECK(agents_for(in, abandonment) == 61);
  CHECK(agents_for_fractional(in, abandonment) > 60);
  in.agents = 60;
  CHECK(grows_without_limit(in));
  in.agents = 61;
  CHECK_FALSE(grows_without_limit(in));
}
