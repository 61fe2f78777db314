// Who gets a line: dedicated and shared groups, network loss, redials of those who got none.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <vector>

#include "models/queueing/erlang.h"
#include "tests/engine/lines/kit.h"

namespace callmill::test {
namespace {

// Two caller types with lines of their own and shared ones behind them, by the Markov chain of
// (own 1, own 2, shared lines in use). All talks have the same law.
struct Overflow {
  std::array<double, 2> load;
  std::array<int, 3> lines;

  struct Result {
    std::array<double, 2> loss{};
    std::array<double, 3> busy{};
  };
  Result solve() const {
    const auto [a, b, s] = lines;
    const auto at = [&](int i, int j, int k) {
      return static_cast<std::size_t>((i * (b + 1) + j) * (s + 1) + k);
    };
    std::vector<double> p(at(a, b, s) + 1, 1.0);
    for (int sweep = 0; sweep < 4000; ++sweep) {
      std::vector<double> flow(p.size(), 0.0), out(p.size(), 0.0);
      for (int i = 0; i <= a; ++i)
        for (int j = 0; j <= b; ++j)
          for (int k = 0; k <= s; ++k) {
            const std::size_t from = at(i, j, k);
            const auto move = [&](std::size_t to, double rate) {
              flow[to] += p[from] * rate;
              out[from] += rate;
            };
            if (i < a || k < s) move(i < a ? at(i + 1, j, k) : at(i, j, k + 1), load[0]);
            if (j < b || k < s) move(j < b ? at(i, j + 1, k) : at(i, j, k + 1), load[1]);
            if (i > 0) move(at(i - 1, j, k), i);
            if (j > 0) move(at(i, j - 1, k), j);
            if (k > 0) move(at(i, j, k - 1), k);
          }
      double total = 0;
      for (std::size_t n = 0; n < p.size(); ++n) total += p[n] = 0.5 * (p[n] + flow[n] / out[n]);
      for (double& x : p) x /= total;
    }
    Result r;
    for (int i = 0; i <= a; ++i)
      for (int j = 0; j <= b; ++j)
        for (int k = 0; k <= s; ++k) {
          const double x = p[at(i, j, k)];
          r.loss[0] += i == a && k == s ? x : 0;
          r.loss[1] += j == b && k == s ? x : 0;
          r.busy[0] += x * i;
          r.busy[1] += x * j;
          r.busy[2] += x * k;
        }
    return r;
  }
};

}  // namespace

TEST_CASE("Shared lines take what dedicated lines cannot") {
  Ledger ledger{"own lines, then shared"};
  std::uint64_t seed = 11;
  for (const Overflow& chain :
       {Overflow{{4, 6}, {4, 6, 3}}, Overflow{{9, 2}, {8, 1, 4}}, Overflow{{3, 3}, {1, 5, 2}}}) {
    constexpr double kTalk = 120;
    World world = one_queue(lines_only(40, 0, kTalk));
    world.trunks = {lines("first", chain.lines[0]), lines("second", chain.lines[1]),
                    lines("shared", chain.lines[2])};
    world.caller_types.resize(2, world.caller_types[0]);
    for (std::size_t i = 0; i < 2; ++i) {
      CallerType& type = world.caller_types[i];
      type.name = i == 0 ? "one" : "two";
      type.volume = flat_rate(chain.load[i] * 3600 / kTalk, world.day.length());
      type.trunks = TrunkGroupId{i};
      type.shared_trunks = {TrunkGroupId{2}};
    }
    const KpiTable kpis = run(world, seed++);
    const Overflow::Result exact = chain.solve();
    const std::string name = "own " + std::to_string(chain.lines[0]) + "+" +
                             std::to_string(chain.lines[1]) + " shared " +
                             std::to_string(chain.lines[2]);
    for (std::uint32_t i = 0; i < 2; ++i)
      add(ledger, name, kpis, "loss_rate", exact.loss[i], {ScopeKind::kCallerType, i});
    for (std::uint32_t t = 0; t < 3; ++t)
      add(ledger, name, kpis, "trunk_occupancy", exact.busy[t] / chain.lines[t],
          {ScopeKind::kTrunks, t});
    // Whoever was blocked at the end was so at the shared lines; the others went on or in.
    const auto count = [&](const char* key, std::uint32_t t) {
      return kpis.day(key, {ScopeKind::kTrunks, t}, 0.95).value;
    };
    CHECK(count("attempts", 2) ==
          Approx(count("lines_overflowed", 0) + count("lines_overflowed", 1)));
    CHECK(count("blocked", 0) + count("blocked", 1) == 0);
    CHECK(count("blocked", 2) == Approx(kpis.day("blocked", {}, 0.95).value));
  }
  ledger.judge();
}

TEST_CASE("Outbound lines are for dials: the check refuses callers there") {
  World world = one_queue(OneQueue{});
  world.trunks[0].direction = LineDirection::kOutbound;
  const std::vector<Fault> found = contradictions(world);
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == "callers.callers.lines");
  CHECK(found[0].code == "direction");
}

TEST_CASE("The network loses its share before the lines see a call") {
  Ledger ledger{"network loss"};
  const double talk = 120, load = 9, loss = 0.15;
  World world = one_queue(lines_only(9, load * 3600 / talk, talk));
  world.trunks[0].network_loss = Probability{loss};
  const KpiTable kpis = run(world, 21);
  const ErlangB exact = erlang_b(9, load * (1 - loss));
  add(ledger, "9 lines", kpis, "network_loss_rate", loss);
  add(ledger, "9 lines", kpis, "loss_rate", exact.blocking * (1 - loss));
  add(ledger, "9 lines", kpis, "trunk_occupancy", exact.occupancy);
  ledger.judge();
}

TEST_CASE("Callers whom the network lost ring again as blocked ones do") {
  World world = one_queue(lines_only(400, 600, 60));
  world.day.warm_up = 0s;
  world.trunks[0].network_loss = Probability{0.3};
  Redial& redial = world.caller_types[0].redial;
  redial.after_block = {Probability{1.0}, ConstantLaw{30}, 2};
  Ledger ledger{"redials after network loss"};
  const KpiTable kpis = run(world, 22);
  // 0.3 of all try again, 0.09 a third time; 0.027 are lost for good. Those whose time comes after
  // closing do not ring: half a minute in twenty hours.
  const double attempts = 1 + 0.3 + 0.09;
  add(ledger, "3 attempts", kpis, "repeat_share", (0.3 + 0.09) / attempts);
  add(ledger, "3 attempts", kpis, "answered", 600 * 20 * (1 - 0.027));
  ledger.judge();
}

}  // namespace callmill::test
