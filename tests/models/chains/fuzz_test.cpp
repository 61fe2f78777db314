// Random small chains, of a team of up to thirty, load 0.01 to 5, patience 0.01 to 100 handle times
// or none, T from 0 to a week: an answer whose shares are shares and add up, or a fault in words.
// Fixed seeds; ./dev fuzz goes on for longer.

#include <catch2/catch.hpp>
#include <cmath>

#include "models/chains/callback.h"
#include "models/chains/dialler.h"
#include "models/chains/retrial.h"
#include "tests/draw.h"

using namespace callmill;
using test::Draw;
using test::rounds;

namespace {

constexpr double kSum = 1e-9;  // what the chains promise

double patience_of(Draw& draw, double service_rate) {
  return draw.chance(0.85) ? service_rate / draw.log_uniform(0.01, 100) : 0;
}
double within_of(Draw& draw) {
  return draw.chance(0.2) ? 0 : draw.log_uniform(1e-3, 7 * 86400.0);
}
double share_of(Draw& draw) {
  return draw.chance(0.15) ? 1 : draw.uniform(0, 1);
}
void check_shares(std::initializer_list<double> shares) {
  for (const double share : shares) {
    CHECK(share >= -kSum);
    CHECK(share <= 1 + kSum);
  }
}

}  // namespace

TEST_CASE("fuzz: redials from an orbit") {
  Draw draw{45};
  int solved = 0;
  for (int i = 0; i < rounds(20); ++i) {
    RetrialInput in;
    in.service_rate = 1 / draw.log_uniform(1, 3600);
    in.agents = static_cast<int>(draw.whole(1, 31));
    in.lines = in.agents + static_cast<int>(draw.whole(1, 31)) - 1;
    in.arrival_rate = in.agents * in.service_rate * draw.log_uniform(0.01, 5);
    in.patience_rate = patience_of(draw, in.service_rate);
    in.p_retry_block = share_of(draw);
    in.p_retry_abandon = share_of(draw);
    in.retry_rate = in.service_rate * draw.log_uniform(0.05, 100);
    in.within = within_of(draw);
    CAPTURE(i, in.arrival_rate, in.service_rate, in.patience_rate, in.agents, in.lines,
            in.p_retry_block, in.p_retry_abandon, in.retry_rate, in.within);
    if (!fault(in).empty()) continue;
    ++solved;
    const RetrialResult r = solve_retrial(in);
    check_shares({r.occupancy, r.p_eventual_served, r.p_abandon, r.fresh.p_block, r.fresh.p_served,
                  r.fresh.sl_offered, r.retry.p_block, r.all.p_block, r.all.p_served,
                  r.all.sl_offered});
    CHECK(r.all.p_block + r.all.p_served + r.p_abandon == Approx(1).margin(kSum));
    CHECK(r.attempt_rate >= in.arrival_rate * (1 - kSum));
    CHECK(std::isfinite(r.mean_orbit));
    CHECK(r.mean_busy == Approx(r.attempt_rate * r.all.p_served / in.service_rate).epsilon(kSum));
  }
  CHECK(solved > rounds(20) / 2);
}

TEST_CASE("fuzz: callbacks") {
  Draw draw{46};
  for (int i = 0; i < rounds(100); ++i) {
    CallbackInput in;
    in.service_rate = 1 / draw.log_uniform(1, 3600);
    in.callback_rate = in.service_rate * draw.log_uniform(0.1, 10);
    in.agents = static_cast<int>(draw.whole(1, 7));
    in.arrival_rate = in.agents * in.service_rate * draw.log_uniform(0.01, 5);
    in.patience_rate = patience_of(draw, in.service_rate);
    in.room = static_cast<int>(draw.whole(1, 12)) - 1;
    in.offer_from = static_cast<int>(draw.whole(1, in.room + 2)) - 1;
    in.p_accept = share_of(draw);
    in.list_room = static_cast<int>(draw.whole(1, 12)) - 1;
    in.reserve = static_cast<int>(draw.whole(1, in.agents + 1)) - 1;
    if (draw.chance(0.5)) in.priority_from = static_cast<int>(draw.whole(1, 10));
    in.within = within_of(draw);
    CAPTURE(i, in.arrival_rate, in.service_rate, in.patience_rate, in.agents, in.room,
            in.offer_from, in.p_accept, in.list_room, in.reserve, in.within);
    REQUIRE(fault(in).empty());
    const CallbackResult r = solve_callback(in);
    check_shares({r.p_immediate, r.p_callback, r.p_block, r.p_queue, r.p_abandon, r.p_live_answered,
                  r.p_live_answered_le, r.p_abandon_le, r.occupancy});
    CHECK(r.p_live_answered + r.p_abandon + r.p_block + r.p_callback == Approx(1).margin(kSum));
    CHECK(r.p_live_answered_le <= r.p_live_answered + kSum);
  }
}

TEST_CASE("fuzz: the dialler") {
  Draw draw{47};
  for (int i = 0; i < rounds(100); ++i) {
    DiallerInput in;
    in.service_rate = 1 / draw.log_uniform(1, 3600);
    in.agents = static_cast<int>(draw.whole(1, 31));
    in.dial_rate = in.service_rate * draw.log_uniform(0.1, 100);
    in.p_answer = draw.log_uniform(0.01, 1);
    in.per_idle = draw.uniform(0, 5);
    in.per_busy = draw.uniform(0, 2);
    in.most = static_cast<int>(draw.whole(1, 40));
    in.waiting = static_cast<int>(draw.whole(1, 6)) - 1;
    in.hang_up_rate = draw.chance(0.2) ? 0 : in.service_rate * draw.log_uniform(0.1, 1000);
    CAPTURE(i, in.agents, in.service_rate, in.dial_rate, in.p_answer, in.per_idle, in.per_busy,
            in.most, in.waiting, in.hang_up_rate);
    // Who would never dial is told so.
    if (in.per_idle * in.agents < 1)
      CHECK(fault(in).find("nobody is ever dialled") != std::string::npos);
    if (!fault(in).empty()) continue;
    const DiallerResult r = solve_dialler(in);
    check_shares({r.occupancy, r.nuisance_share, r.immediate_share});
    CHECK(r.answer_rate == Approx(r.served_rate + r.drop_rate).epsilon(kSum).margin(1e-15));
    CHECK(r.served_rate == Approx(r.mean_busy * in.service_rate).epsilon(kSum).margin(1e-15));
  }
}
