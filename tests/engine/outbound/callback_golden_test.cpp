// Callbacks from a list against exact Markov chains (tests/golden/callback.csv).

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

constexpr SimDuration kBlock = 20h;  // the first one is warm-up
constexpr std::int64_t kBlocks = 6, kReplications = 40;

World world_of(const GoldenRow& row) {
  OneQueue spec;
  spec.agents = number(row, "n");
  spec.lines = 200;
  spec.per_hour = number(row, "lam") * 3600;
  spec.talk = ExponentialLaw{1 / number(row, "mu")};
  spec.patience = ExponentialLaw{1 / number(row, "theta")};
  spec.within = from_seconds(number(row, "t"));
  spec.length = kBlock * kBlocks;
  spec.interval = spec.warm_up = kBlock;
  World world = one_queue(spec);
  Queue& queue = world.queues.front();
  queue.capacity = static_cast<std::uint32_t>(number(row, "qcap"));
  Callback callback;
  callback.when_waiting = static_cast<std::uint32_t>(number(row, "cb_thr"));
  callback.accept = Probability{number(row, "p_acc")};
  callback.capacity = static_cast<std::uint32_t>(number(row, "cb_cap"));
  callback.reserve = static_cast<std::uint32_t>(number(row, "cb_reserve"));
  if (!row.at("cb_prio").empty())
    callback.priority_from = static_cast<std::uint32_t>(number(row, "cb_prio"));
  callback.talk = ExponentialLaw{1 / number(row, "mu_cb")};
  queue.callback = callback;
  return world;
}

Estimate scaled(Estimate e, double by) {
  return {e.value * by, e.ci_low * by, e.ci_high * by, e.n};
}

void compare(const GoldenRow& row, std::uint64_t seed, Ledger& ledger) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = kReplications;
  const KpiTable kpis = replicate(make_blueprint(world_of(row)), options).kpis;
  const double calls = number(row, "lam") * to_seconds(kBlock) * (kBlocks - 1);
  const auto add = [&](const char* column, const char* key, Scope scope, double per, double exact) {
    // What happens in one replication in forty is no normal mean.
    if (exact * calls * kReplications / per < 400 && per == 1) return;
    ledger.add(row.at("id") + " " + column,
               scaled(kpis.day(key, scope, Ledger::kConfidence), 1 / per), exact);
  };
  const Scope queue{ScopeKind::kQueue, 0}, all{};
  const auto count = [&](const char* column, const char* key, Scope scope) {
    if (number(row, column) * calls * kReplications < 400) return;
    add(column, key, scope, calls, number(row, column));
  };
  count("p_block", "blocked", all);
  count("p_callback", "callbacks", queue);
  count("p_cb_done", "callbacks_made", queue);
  count("p_ab", "abandoned", queue);
  count("p_live_answered", "answered", queue);
  const double live = number(row, "p_live_answered") + number(row, "p_ab");
  add("EQ", "mean_wait", queue, 1, number(row, "EQ") / number(row, "lam") / live);
  add("EW_cb", "time_to_callback", queue, 1, number(row, "EW_cb"));
  add("occ", "occupancy", {ScopeKind::kGroup, 0}, 1, number(row, "occ"));
  if (row.at("p_live_answered_le").empty()) return;
  add("p_live_answered_le", "service_level", queue, 1, number(row, "p_live_answered_le") / live);
  add("p_ab_le", "service_level_f1", queue, 1,
      (number(row, "p_live_answered_le") + number(row, "p_ab_le")) / live);
}

// Who does what: agents with callers and with callbacks, callers who wait, callbacks not yet rung;
// calls answered at once, calls that joined those who wait.
class CallbackLook : public Look {
 public:
  explicit CallbackLook(const Watch& watch) : Look{watch, 4, 2} {}
  void event(SimTime t, Calendar::Slot) {
    double live = 0, back = 0;
    for (const Agent& agent : centre().agents)
      if (agent.state == AgentState::kTalk)
        ++(has(centre().calls[agent.line], Mark::kCallback) ? back : live);
    pass(t, {live, back, waiting(), static_cast<double>(centre().queues[0].open_callbacks)});
  }
  void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration) {
    if (!has(call, Mark::kCallback)) count(wait > 0s ? 1 : 0);
  }
  void abandoned(const Call&, SimDuration) { count(1); }
};

void compare_states(const GoldenRow& row, std::uint64_t seed, Ledger& ledger) {
  constexpr std::int64_t kLooks = 12;
  const World world = world_of(row);
  const Moments of = look<CallbackLook>(world, seed, kLooks);
  const double lam = number(row, "lam");
  const double calls = lam * to_seconds(kBlock) * (kBlocks - 1);
  const auto add = [&](const char* column, std::size_t i, double by, double events) {
    if (events * calls * kLooks >= 400)
      ledger.add(row.at("id") + " " + column, average(of, i, Ledger::kConfidence, by),
                 number(row, column));
  };
  const double queued = number(row, "p_queue"), backs = number(row, "p_callback");
  add("E_busy_live", 0, 1, 1);
  add("E_busy_cb", 1, 1, backs);
  add("EQ", 2, 1, queued);
  add("EW_live_per_offered", 2, 1 / lam, queued);
  add("E_cb_list", 3, 1, backs);
  add("p_immediate", 4, 1 / calls, std::min(number(row, "p_immediate"), queued));
  add("p_queue", 5, 1 / calls, queued);
}

// A row as the reference makes them, of parameters that it has none of: by a chain of our own on
// (agents with callers, agents with callbacks, callers waiting, callbacks open).
struct Rules {
  int n;
  double lam, mu, theta, mu_cb;       // a second
  int qcap, thr, cap, reserve, prio;  // prio 0: calls come first
  double p_acc;
};
GoldenRow row_of(const std::string& id, const Rules& r) {
  const SmallChain<4> chain([&](const std::array<int, 4>& s, auto&& visit) {
    const auto [live, back, waiting, open] = s;
    if (live + back < r.n) {
      visit({live + 1, back, waiting, open}, r.lam);
    } else {
      const double accepts = waiting >= r.thr && open < r.cap ? r.p_acc : 0;
      if (accepts > 0) visit({live, back, waiting, open + 1}, r.lam * accepts);
      if (waiting < r.qcap) visit({live, back, waiting + 1, open}, r.lam * (1 - accepts));
    }
    const auto freed = [&](int l, int b, double rate) {
      if (rate <= 0) return;
      if (r.prio > 0 && open >= r.prio)
        visit({l, b + 1, waiting, open - 1}, rate);
      else if (waiting > 0)
        visit({l + 1, b, waiting - 1, open}, rate);
      else if (open > 0 && r.n - l - b > r.reserve)
        visit({l, b + 1, waiting, open - 1}, rate);
      else
        visit({l, b, waiting, open}, rate);
    };
    freed(live - 1, back, live * r.mu);
    freed(live, back - 1, back * r.mu_cb);
    if (waiting > 0) visit({live, back, waiting - 1, open}, waiting * r.theta);
  });
  const auto mean = [&](auto&& f) { return chain.mean(f); };
  const auto offered = [&](const auto& s) {
    return s[0] + s[1] == r.n && s[2] >= r.thr && s[3] < r.cap ? r.p_acc : 0.0;
  };
  const double eq = mean([](auto& s) { return s[2]; });
  const double callback = mean(offered);
  GoldenRow row{{"id", id}, {"t", "20"}, {"p_live_answered_le", ""}, {"cb_prio", ""}};
  const auto set = [&](const char* column, double value) { row[column] = in_cell(value); };
  set("n", r.n);
  set("lam", r.lam);
  set("mu", r.mu);
  set("theta", r.theta);
  set("mu_cb", r.mu_cb);
  set("qcap", r.qcap);
  set("cb_thr", r.thr);
  set("cb_cap", r.cap);
  set("cb_reserve", r.reserve);
  set("p_acc", r.p_acc);
  if (r.prio > 0) set("cb_prio", r.prio);
  set("p_block",
      mean([&](auto& s) { return s[0] + s[1] == r.n && s[2] == r.qcap ? 1 - offered(s) : 0.0; }));
  set("p_callback", callback);
  set("p_cb_done", mean([&](auto& s) { return s[1] * r.mu_cb / r.lam; }));
  set("p_ab", eq * r.theta / r.lam);
  set("p_live_answered", mean([&](auto& s) { return s[0] * r.mu / r.lam; }));
  set("EQ", eq);
  set("EW_cb", mean([](auto& s) { return s[3]; }) / r.lam / callback);
  set("occ", mean([&](auto& s) { return (s[0] + s[1]) / static_cast<double>(r.n); }));
  return row;
}

}  // namespace

TEST_CASE("Callbacks from a list: parameters beyond the table") {
  Ledger ledger{"callbacks, chains of our own"};
  const double mu = 1 / 150.0, theta = 1 / 120.0;
  std::uint64_t seed = 860;
  const Rules all[] = {
      {3, 0.025, mu, theta, 1 / 90.0, 6, 2, 4, 1, 2, 0.7},   // priority from two, few open
      {5, 0.040, mu, theta, 1 / 200.0, 0, 0, 8, 0, 0, 1.0},  // no place to wait: callback or busy
      {4, 0.028, mu, theta, 1 / 60.0, 3, 1, 1, 2, 0, 0.4},   // a single callback at a time
      {6, 0.036, mu, 1 / 40.0, 1 / 150.0, 12, 3, 15, 3, 6, 0.9},
      {2, 0.012, mu, 1 / 300.0, 1 / 400.0, 8, 0, 6, 0, 1, 0.3},  // callbacks before all calls
      {7, 0.050, mu, theta, 1 / 100.0, 10, 4, 30, 1, 0, 1.0},
  };
  for (const Rules& rules : all) {
    ++seed;
    compare(row_of("own " + std::to_string(seed - 860), rules), seed, ledger);
  }
  ledger.judge();
}

TEST_CASE("Callbacks from a list: agents, callers and the list at every moment") {
  Ledger ledger{"callback.csv, states"};
  std::uint64_t seed = 830;
  for (const GoldenRow& row : golden("callback.csv")) compare_states(row, ++seed, ledger);
  ledger.judge();
}

TEST_CASE("Callbacks from a list: every row of the golden chains") {
  Ledger ledger{"callback.csv"};
  std::uint64_t seed = 800;
  for (const GoldenRow& row : golden("callback.csv")) compare(row, ++seed, ledger);
  ledger.judge();
}

}  // namespace callmill::test
