// Callers who ring again, against the exact chain of calls and orbit: attempts, and whole callers.

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/messages/chain.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/study/look.h"

namespace callmill::test {
namespace {

constexpr std::int64_t kReplications = 40;
constexpr double kCalls = 250'000;  // fresh ones, in all replications together

World orbit_world(const GoldenRow& row) {
  const double unit = number(row, "mu") >= 0.1 ? 100 : 1;  // of golden's time, in seconds
  OneQueue spec;
  spec.agents = number(row, "n");
  spec.lines = static_cast<std::int64_t>(number(row, "K"));
  spec.per_hour = number(row, "lam") / unit * 3600;
  spec.talk = ExponentialLaw{unit / number(row, "mu")};
  if (number(row, "theta") > 0) spec.patience = ExponentialLaw{unit / number(row, "theta")};
  spec.within = from_seconds(number(row, "t") * unit);
  const double delay_s = unit / number(row, "gamma");
  const double counted_s = kCalls / static_cast<double>(kReplications) / spec.per_hour * 3600;
  spec.interval =
      from_seconds(std::ceil(std::max(counted_s / 5, 50 * (delay_s + mean(spec.talk)))));
  spec.warm_up = spec.interval;
  spec.length = spec.interval *
                (1 + static_cast<std::int64_t>(std::ceil(counted_s / to_seconds(spec.interval))));
  World world = one_queue(spec);
  Redial& redial = world.caller_types[0].redial;
  constexpr std::uint32_t kNoLimit = 10'000;
  redial.after_block = {Probability{number(row, "p_retry_block")}, ExponentialLaw{delay_s},
                        kNoLimit};
  redial.after_abandon = {Probability{number(row, "p_retry_ab")}, ExponentialLaw{delay_s},
                          kNoLimit};
  return world;
}

// Columns that a row has.
void compare(const GoldenRow& row, std::uint64_t seed, Ledger& ledger) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = kReplications;
  const KpiTable kpis = replicate(make_blueprint(orbit_world(row)), options).kpis;
  const auto add = [&](const char* key, double exact) {
    if (std::min(exact, 1 - exact) * kCalls >= 300)
      ledger.add(row.at("id") + " " + key, kpis.day(key, {}, Ledger::kConfidence), exact);
  };
  const double accepted = 1 - number(row, "p_block_att");
  add("loss_rate", number(row, "p_block_att"));
  add("overall_answer_rate", number(row, "p_served_att"));
  add("repeat_share", 1 - 1 / number(row, "attempts_per_fresh"));
  if (row.contains("SL_offered_att"))
    add("service_level", number(row, "SL_offered_att") / accepted);
  add("occupancy", number(row, "occ"));
  if (row.contains("EW_served_att") && number(row, "p_wait_att") * kCalls >= 300) {
    const double unit = number(row, "mu") >= 0.1 ? 100 : 1;
    ledger.add(row.at("id") + " asa", kpis.day("asa", {}, Ledger::kConfidence),
               number(row, "EW_served_att") * unit);
  }
  // Whole callers, of intervals early enough that their stories are over by the end.
  for (const std::uint32_t interval : {1u, 2u}) {
    const auto per_caller = [&](const char* key, double value) {
      const Metric& metric = *find_metric(key, ScopeKind::kTotal);
      ledger.add(row.at("id") + " " + key + " of interval " + std::to_string(interval),
                 kpis.estimate(metric, {}, interval, Ledger::kConfidence), value);
    };
    per_caller("served_in_the_end", number(row, "p_eventual_served"));
    per_caller("attempts_per_caller", number(row, "attempts_per_fresh"));
  }
}

// The orbit, and what becomes of first attempts and of retries apart: they do not see the same
// centre. Every attempt of these worlds that is not blocked is offered.
enum What : std::size_t { kAttempts, kBlocked, kWaited, kServed, kWithin, kWaitServed, kWhats };
class OrbitLook : public Look {
 public:
  OrbitLook(const Watch& watch, SimDuration within) : Look{watch, 4, 2 * kWhats}, within_{within} {}
  void event(SimTime t, Calendar::Slot) {
    const double busy = staff() - centre().idle[0].size;
    pass(t, {orbit_, orbit_ * orbit_, waiting(), busy});
  }
  void redial_planned(std::uint16_t, SimTime) { ++orbit_; }
  void attempted(std::uint16_t, std::uint32_t, std::uint16_t attempt, std::uint32_t) {
    attempt_ = attempt;
    if (attempt > 0) --orbit_;
    note(attempt, kAttempts);
  }
  void blocked(std::uint16_t, std::uint32_t, std::uint32_t) { note(attempt_, kBlocked); }
  void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration) {
    note(call.attempt, kServed);
    note(call.attempt, kWaitServed, to_seconds(wait));
    if (wait > 0s) note(call.attempt, kWaited);
    if (wait <= within_) note(call.attempt, kWithin);
  }
  void abandoned(const Call& call, SimDuration) { note(call.attempt, kWaited); }

  static std::size_t at(bool retry, What what) {
    return 4 + (retry ? std::size_t{kWhats} : 0) + what;
  }

 private:
  double staff() const { return static_cast<double>(centre().agents.size()); }
  void note(std::uint16_t attempt, What what, double by = 1) {
    count(at(attempt > 0, what) - 4, by);
  }
  SimDuration within_;
  std::uint16_t attempt_ = 0;
  double orbit_ = 0;
};

constexpr std::int64_t kLooks = 12;

void compare_parts(const GoldenRow& row, std::uint64_t seed, Ledger& ledger) {
  const World world = orbit_world(row);
  const double unit = number(row, "mu") >= 0.1 ? 100 : 1;
  const Moments of = look<OrbitLook>(world, seed, kLooks, world.queues[0].answer_within);
  const auto add = [&](const std::string& what, const Estimate& e, double exact) {
    ledger.add(row.at("id") + " " + what, e, exact);
  };
  const auto level = [&](std::size_t i) { return average(of, i, Ledger::kConfidence); };
  const double orbit = number(row, "E_orbit");
  add("E_orbit", level(0), orbit);
  add("VarOrbit", level(1), number(row, "VarOrbit") + orbit * orbit);  // as the second moment
  if (number(row, "EQ") > 1e-3) add("EQ", level(2), number(row, "EQ"));
  add("E_busy", level(3), number(row, "E_busy"));
  const double counted_s = to_seconds(world.day.length() - world.day.warm_up);
  const std::size_t attempts[] = {OrbitLook::at(false, kAttempts), OrbitLook::at(true, kAttempts)};
  const LinearTerm all[] = {{attempts[0], unit / counted_s}, {attempts[1], unit / counted_s}};
  add("attempt_rate", ratio_estimate(of, all, {}, Ledger::kConfidence),
      number(row, "attempt_rate"));
  for (const bool retry : {false, true}) {
    const std::string tail = retry ? "_retry" : "_fresh";
    const double calls = of.mean(OrbitLook::at(retry, kAttempts)) * kLooks;
    const auto part = [&](const char* column, What what) {
      const double exact = number(row, column + tail);
      if (std::min(exact, 1 - exact) * calls < 300) return;
      add(column + tail,
          share(of, {OrbitLook::at(retry, what)}, OrbitLook::at(retry, kAttempts),
                Ledger::kConfidence),
          exact);
    };
    part("p_block", kBlocked);
    part("p_wait", kWaited);
    part("p_served", kServed);
    part("SL_offered", kWithin);
    if (number(row, "p_wait" + tail) * calls >= 300)
      add("EW_served" + tail,
          share(of, {OrbitLook::at(retry, kWaitServed)}, OrbitLook::at(retry, kServed),
                Ledger::kConfidence),
          number(row, "EW_served" + tail) * unit);
  }
}

// A row of parameters that the reference has none of, by a chain of our own on (calls, orbit); the
// orbit is cut where it never comes.
struct Orbit {
  double lam, mu, theta;
  int n, k;
  double again_blocked, again_abandoned, gamma;
  int most;
};
GoldenRow row_of(const std::string& id, const Orbit& o) {
  const SmallChain<2> chain([&](const std::array<int, 2>& s, auto&& visit) {
    const auto [calls, orbit] = s;
    const int more = std::min(orbit + 1, o.most);
    if (calls < o.k)
      visit({calls + 1, orbit}, o.lam);
    else
      visit({calls, more}, o.lam * o.again_blocked);
    if (orbit > 0) {
      if (calls < o.k)
        visit({calls + 1, orbit - 1}, orbit * o.gamma);
      else
        visit({calls, orbit - 1}, orbit * o.gamma * (1 - o.again_blocked));
    }
    if (calls > 0) visit({calls - 1, orbit}, std::min(calls, o.n) * o.mu);
    const double abandons = std::max(calls - o.n, 0) * o.theta;
    if (abandons > 0) {
      visit({calls - 1, more}, abandons * o.again_abandoned);
      visit({calls - 1, orbit}, abandons * (1 - o.again_abandoned));
    }
  });
  const auto rate = [&](const auto& s) { return o.lam + o.gamma * s[1]; };
  const double attempts = chain.mean(rate);
  const double busy = chain.mean([&](auto& s) { return std::min(s[0], o.n); });
  CHECK(chain.mean([&](auto& s) { return s[1] == o.most ? 1 : 0; }) < 1e-9);
  GoldenRow row{{"id", id}, {"t", "0"}};
  const auto set = [&](const char* column, double value) { row[column] = in_cell(value); };
  set("lam", o.lam);
  set("mu", o.mu);
  set("theta", o.theta);
  set("n", o.n);
  set("K", o.k);
  set("p_retry_block", o.again_blocked);
  set("p_retry_ab", o.again_abandoned);
  set("gamma", o.gamma);
  set("p_block_att", chain.mean([&](auto& s) { return s[0] == o.k ? rate(s) : 0.0; }) / attempts);
  set("p_served_att", busy * o.mu / attempts);
  set("attempts_per_fresh", attempts / o.lam);
  set("occ", busy / o.n);
  set("p_eventual_served", busy * o.mu / o.lam);
  return row;
}

}  // namespace

TEST_CASE("Redials against the exact chain of calls and orbit") {
  Ledger ledger{"retrial"};
  std::uint64_t seed = 1101;
  for (const GoldenRow& row : golden("retrial.csv")) compare(row, seed++, ledger);
  ledger.judge();
}

TEST_CASE("First attempts and retries apart, and those who will ring again") {
  Ledger ledger{"retrial, by attempt"};
  std::uint64_t seed = 1201;
  for (const GoldenRow& row : golden("retrial.csv")) compare_parts(row, seed++, ledger);
  ledger.judge();
}

TEST_CASE("Redials: parameters beyond the table") {
  Ledger ledger{"retrial, chains of our own"};
  const Orbit all[] = {
      {0.9, 1, 0.5, 1, 3, 0.6, 0.9, 0.4, 80},    // abandoned ones come back more than blocked ones
      {2.5, 1, 2.0, 3, 3, 0.8, 0.0, 2.0, 80},    // no place to wait, quick redials
      {4.0, 1, 1.0, 5, 8, 0.95, 0.3, 0.1, 300},  // slow and stubborn
      {1.5, 1, 0.2, 2, 12, 0.0, 0.7, 1.0, 120},  // who is blocked is gone
      {6.0, 1, 3.0, 4, 6, 0.5, 0.5, 0.5, 150},   // overload
  };
  std::uint64_t seed = 1131;
  for (const Orbit& orbit : all) {
    compare(row_of("own " + std::to_string(seed - 1130), orbit), seed, ledger);
    ++seed;
  }
  ledger.judge();
}

}  // namespace callmill::test
