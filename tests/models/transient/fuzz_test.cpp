// Random days over all that a planner may ask: to 20,000 agents, load 0.01 to 5, patience 0.01 to
// 100 handle times or none, T from 0 to a week, each rule of leaving. Every call ends once, shares
// are shares, and what is said to be left out is small. Fixed seeds; ./dev fuzz goes on for longer.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/transient/transient.h"
#include "tests/draw.h"

using namespace callmill;
using test::Draw;
using test::rounds;

namespace {

TransientInput day_of(Draw& draw) {
  TransientInput in;
  const double handle = draw.log_uniform(10, 3600);
  in.service_rate = 1 / handle;
  if (draw.chance(0.8)) in.patience_rate = in.service_rate / draw.log_uniform(0.01, 100);
  const std::int64_t agents = draw.whole(1, 20001);
  const auto n = static_cast<double>(agents);
  if (draw.chance(0.3)) in.lines = 2 * agents + draw.whole(1, n + 2);
  in.within = draw.chance(0.2) ? 0 : draw.log_uniform(0.1, 7 * 86400.0);
  in.shift_end = std::array{ShiftEnd::kNamed, ShiftEnd::kPooled,
                            ShiftEnd::kAtOnce}[static_cast<std::size_t>(draw.whole(1, 4)) - 1];
  in.tolerance = draw.log_uniform(1e-12, 1e-6);
  in.calls_at_start = draw.chance(0.5) ? 0 : draw.whole(1, n + 1);
  // Lengths with a few thousand calls at the most: pieces of seconds, where the team is large.
  const double calls = draw.log_uniform(1, 3000);
  for (std::int64_t pieces = draw.whole(1, 5); pieces > 0; --pieces) {
    const double rate = n * in.service_rate * draw.log_uniform(0.01, 5);
    const double most = in.shift_end == ShiftEnd::kPooled ? 10 : n;  // rows of leavers
    in.pieces.push_back({calls / std::max(rate, n * in.service_rate), rate,
                         std::max<std::int64_t>(0, agents - draw.whole(1, most + 2) + 1)});
  }
  return in;
}

}  // namespace

TEST_CASE("fuzz: the queue through a day") {
  Draw draw{44};
  int solved = 0;
  for (int i = 0; i < rounds(300); ++i) {
    const TransientInput in = day_of(draw);
    CAPTURE(i, in.service_rate, in.patience_rate, in.lines, in.within, in.calls_at_start,
            static_cast<int>(in.shift_end), in.pieces[0].agents, in.pieces[0].arrival_rate,
            in.pieces[0].length, in.pieces.size());
    REQUIRE(faults_of(in).empty());
    const double updates = expected_updates(in);
    REQUIRE(std::isfinite(updates));
    if (updates > 1e8) continue;  // longer than a test may take
    ++solved;
    const TransientResult day = solve_transient(in);
    // The band's own measure of what it left out, rounding of some 1e-16 a tick included.
    CHECK(day.left_out < 10 * in.tolerance + 1e-15 * day.ticks);
    double before = static_cast<double>(in.calls_at_start);
    for (const TransientInterval& t : day.intervals) {
      for (const double share : {t.sl_offered, t.sl_accepted, t.sl_excl_short_abandon,
                                 t.sl_abandon_ok, t.occupancy, t.p_all_busy}) {
        CHECK(share >= 0);
        CHECK(share <= 1 + 1e-5);
      }
      // Calls there before and offered are blocked, ended, given up or still there.
      const double in_all = before + t.offered;
      CHECK(t.blocked + t.completions + t.abandons + t.end_in_system ==
            Approx(in_all).margin(1e-5 * (1 + in_all)));
      CHECK(t.answered_within + t.abandoned_within <= (t.offered - t.blocked) * (1 + 1e-5) + 1e-9);
      before = t.end_in_system;
    }
  }
  CHECK(solved > rounds(300) / 2);
}
