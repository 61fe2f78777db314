// Who waits for a chain may give up: at every stage it comes back soon, and says that there is no
// answer. And the room of a day, told without following callers.

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <random>

#include "models/chains/centre_growth.h"
#include "models/chains/centre_room.h"
#include "models/chains/centre_steady.h"
#include "models/chains/linear.h"
#include "models/chains/stationary.h"
#include "models/chains/wait.h"

namespace callmill {
namespace {

// Six ways out of each state, to anywhere: too wide a band for elimination, a thousand times over.
Generator tangled(std::uint32_t states) {
  std::mt19937 engine{5};
  std::vector<Move> moves;
  for (std::uint32_t i = 0; i < states; ++i) {
    moves.push_back({i, (i + 1) % states, 1});
    for (int k = 0; k < 5; ++k)
      moves.push_back({i, static_cast<std::uint32_t>(engine() % states), 1});
  }
  return make_generator(states, moves);
}

// Patient callers, three agents, twelve lines; the calls of a piece of an hour each.
CentreDay day_of(const std::vector<double>& per_hour) {
  CentreDay day;
  for (const double calls : per_hour) {
    CentreSpec spec;
    CentreSpec::Class k;
    k.rate = calls / 3600;
    k.patience_rate = 1.0 / 600;
    k.prefer = {0};
    k.lines = 0;
    k.again_blocked = k.again_abandoned = 0.5;
    k.again_rate = 1.0 / 300;
    spec.classes.push_back(k);
    spec.queues = {kNoBound};
    spec.lines = {12};
    spec.groups.push_back({3, {0}, {}});
    spec.skills = {{{1.0 / 180}}};
    day.pieces.push_back({3600, day.pieces.size(), spec});
  }
  return day;
}

void cut_at(CentreDay& day, int room) {
  for (CentreDay::Piece& piece : day.pieces) piece.spec.cut_queue = piece.spec.cut_orbit = room;
}

}  // namespace

TEST_CASE("Chains: each stage comes back once it is stopped, without an answer") {
  std::atomic<bool> stop{false};
  // The walk.
  int seen = 0;
  const auto walked = explore(
      0,
      [&](int k, auto&& visit) {
        stop = ++seen == 100;
        visit(k + 1, 1.0);
      },
      1'000'000, &stop);
  CHECK(walked.too_large);
  CHECK(seen == 100);
  // Shares of time: in a band, and by iteration.
  const Generator narrow = explore(
                               0,
                               [](int k, auto&& visit) {
                                 visit((k + 1) % 5000, 1.0);
                                 if (k > 0) visit(k - 1, 1.0);
                               },
                               10'000)
                               .generator;
  const Generator wide = tangled(3000);
  for (const Generator* g : {&narrow, &wide}) {
    stop = false;
    CHECK(stationary(*g, &stop).p.sum() == Approx(1));
    stop = true;
    CHECK(stationary(*g, &stop).p.size() == 0);
  }
  // Equations: factored before the stop, and after.
  ChainSolver::Matrix a = -ChainSolver::Matrix(wide.rates);
  for (Eigen::Index i = 0; i < wide.size(); ++i) a.coeffRef(i, i) += wide.out[i] + 0.1;
  const Vector one = Vector::Ones(wide.size());
  stop = false;
  ChainSolver solver{a, &stop};
  CHECK((a * solver.solve(one) - one).cwiseAbs().maxCoeff() < 1e-11);
  stop = true;
  solver.solve(one);
  CHECK_FALSE(solver.ok());
  // A centre, its orbit, and its day.
  CentreDay day = day_of({50, 70});
  cut_at(day, 16);
  const CentreSpec& spec = day.pieces[0].spec;
  CHECK_FALSE(steady_state(spec, {{20}}, 10'000, nullptr, &stop));
  CentreSpec again = spec;
  again.classes[0].again_blocked = 1;
  CHECK_FALSE(orbit_growth(again, 10'000, &stop).has_value());
  std::string why;
  DayWatch watch;
  watch.stop = &stop;
  CHECK_FALSE(share_without_room(day, why, 10'000, watch));
  CHECK(why.empty());
  CHECK_FALSE(solve_day(day, {{20}}, why, 10'000, watch));
  CHECK(why.empty());
}

TEST_CASE("The room of a day is told without its callers, and so is a day that is too long") {
  CentreDay day = day_of({40, 90, 20});
  for (const int room : {2, 4, 8}) {
    CAPTURE(room);
    cut_at(day, room);
    std::string why;
    const std::optional<double> share = share_without_room(day, why);
    const std::optional<CentreDayCounts> counts = solve_day(day, {{20}}, why);
    REQUIRE(share);
    REQUIRE(counts);
    double cut = 0, attempts = 0;
    for (const CentreCounts& interval : counts->intervals) {
      cut += interval.classes[0].cut;
      attempts += interval.classes[0].fresh + interval.classes[0].redials;
    }
    CHECK(*share > 0);
    CHECK(*share == Approx(cut / attempts).epsilon(1e-9));
  }
  std::string why;
  DayWatch watch;
  watch.most_steps = 1e5;
  CHECK_FALSE(share_without_room(day, why, kMostStates, watch));
  CHECK(why.find("steps from state to state, and 1e+05 are the limit") != std::string::npos);
  CHECK_FALSE(share_without_room(day, why, 10));
  CHECK(why.find("states, and 10 are the limit") != std::string::npos);
}

}  // namespace callmill
