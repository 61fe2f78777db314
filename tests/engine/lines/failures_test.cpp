// Lines that fail: the rules one by one, then whole chains. Random breakdowns are held to the
// steady state of the chain (causes that are down, lines in use); outages on a calendar to its
// transient.

#include <Eigen/Dense>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <vector>

#include "engine/centre/flow.h"
#include "tests/engine/lines/kit.h"

namespace callmill::test {
namespace {

// Lines of M/M/n/n with causes of failure. State: which causes are down (bits), calls in progress.
struct FailingLines {
  struct Cause {
    int lines;
    double fails, repairs;  // per second
    bool cuts;
  };
  int lines;
  double lambda, mu;
  std::vector<Cause> causes;

  int in_service(int down) const {
    int failed = 0;
    for (std::size_t c = 0; c < causes.size(); ++c) failed += (down >> c & 1) ? causes[c].lines : 0;
    return std::max(0, lines - failed);
  }
  int at(int down, int busy) const { return down * (lines + 1) + busy; }
  int states() const { return (1 << causes.size()) * (lines + 1); }

  // Chance that of `lost` lines out of `all`, `busy` of which carry calls, `hit` carry one.
  static double hypergeometric(int all, int busy, int lost, int hit) {
    const auto log_choose = [](int n, int k) {
      return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
    };
    if (hit > busy || lost - hit > all - busy || hit > lost) return 0;
    return std::exp(log_choose(busy, hit) + log_choose(all - busy, lost - hit) -
                    log_choose(all, lost));
  }

  Eigen::MatrixXd generator() const {
    Eigen::MatrixXd q = Eigen::MatrixXd::Zero(states(), states());
    const auto move = [&](int from, int to, double rate) {
      q(from, to) += rate;
      q(from, from) -= rate;
    };
    for (int down = 0; down < (1 << causes.size()); ++down)
      for (int busy = 0; busy <= lines; ++busy) {
        const int here = at(down, busy), served = in_service(down);
        if (busy < served) move(here, at(down, busy + 1), lambda);
        if (busy > 0) move(here, at(down, busy - 1), busy * mu);
        for (std::size_t c = 0; c < causes.size(); ++c) {
          const int other = down ^ (1 << c);
          if (down >> c & 1) {
            move(here, at(other, busy), causes[c].repairs);
          } else {
            const int all = std::max(served, busy), lost = served - in_service(other);
            for (int hit = 0; hit <= busy; ++hit)
              move(here, at(other, busy - hit),
                   causes[c].fails * (causes[c].cuts ? hypergeometric(all, busy, lost, hit)
                                                     : (hit == 0 ? 1.0 : 0.0)));
          }
        }
      }
    return q;
  }
  Eigen::VectorXd steady() const {
    Eigen::MatrixXd a = generator().transpose();
    a.row(0).setOnes();
    Eigen::VectorXd b = Eigen::VectorXd::Zero(states());
    b(0) = 1;
    return a.fullPivLu().solve(b);
  }
  double mean_of(const Eigen::VectorXd& p, const std::function<double(int, int)>& value) const {
    double sum = 0;
    for (int down = 0; down < (1 << causes.size()); ++down)
      for (int busy = 0; busy <= lines; ++busy) sum += p(at(down, busy)) * value(down, busy);
    return sum;
  }
};

void compare(const FailingLines& chain, const std::string& name, std::uint64_t seed,
             Ledger& ledger) {
  OneQueue spec = lines_only(chain.lines, chain.lambda * 3600, 1 / chain.mu);
  spec.length = 100h;
  spec.interval = spec.warm_up = 10h;
  World world = one_queue(spec);
  for (const FailingLines::Cause& cause : chain.causes)
    world.trunks[0].breakdowns.push_back({cause.lines, ExponentialLaw{1 / cause.fails},
                                          ExponentialLaw{1 / cause.repairs}, cause.cuts});
  const KpiTable kpis = run(world, seed);
  const Eigen::VectorXd p = chain.steady();
  const auto up = [&](int down, int busy) {
    return static_cast<double>(std::max(chain.in_service(down), busy));
  };
  const double service = chain.mean_of(p, up);
  const double busy = chain.mean_of(p, [](int, int b) { return static_cast<double>(b); });
  const double loss =
      chain.mean_of(p, [&](int down, int b) { return b >= chain.in_service(down) ? 1.0 : 0.0; });
  add(ledger, name, kpis, "loss_rate", loss);
  add(ledger, name, kpis, "trunk_occupancy", busy / service);
  add(ledger, name, kpis, "lines_in_service", service);
  // What comes in and is not served to the end was cut: lambda (1 - loss) - mu E[busy].
  const double cut = (chain.lambda * (1 - loss) - chain.mu * busy) * 90 * 3600;
  if (cut > 1e-6)
    add(ledger, name, kpis, "talks_cut", cut);
  else
    CHECK(kpis.day("talks_cut", {}, 0.95).value == 0);
}

// Outcomes of calls, and what lines do while they fail.
class Witness : public Observer {
 public:
  explicit Witness(const Centre& centre) : centre_{centre} {}
  void attempted(std::uint16_t, std::uint32_t, std::uint16_t, std::uint32_t) { ++attempts; }
  void blocked(std::uint16_t, std::uint32_t, std::uint32_t) { ++blocked_; }
  void line_seized(std::uint32_t t, std::uint32_t in_use, SimTime) {
    CHECK(in_use <= centre_.trunks[t].in_service);
    ++seized;
  }
  void line_released(std::uint32_t, SimTime) { ++released; }
  void answered(const Call&, std::uint32_t, SimDuration, SimDuration talk) {
    ++answers;
    talks += talk;
  }
  void abandoned(const Call&, SimDuration) { ++abandons; }
  void hung_up_in_menu(const Call&) { ++menu_ends; }
  void self_served(const Call&) { ++menu_ends; }
  void cut(const Call& call, SimDuration left) {
    CHECK(has(call, Mark::kCut));
    CHECK((left > 0s) <= (call.state == CallState::kTalking));
    talks -= left;
    ++cuts;
    cut_talks += call.state == CallState::kTalking ? 1 : 0;
    cut_waits += call.state == CallState::kWaiting ? 1 : 0;
    in_menus += call.state == CallState::kMenu || call.state == CallState::kSelfService ? 1 : 0;
  }
  void redial_planned(std::uint16_t, SimTime) { ++redials; }
  void agent_moved(std::uint32_t, AgentState from, AgentState to, SimTime t) {
    if (from == AgentState::kTalk) talked += t.time_since_epoch();
    if (to == AgentState::kTalk) talked -= t.time_since_epoch();
  }

  std::int64_t attempts = 0, blocked_ = 0, seized = 0, released = 0, answers = 0, abandons = 0,
               menu_ends = 0, cuts = 0, cut_talks = 0, cut_waits = 0, in_menus = 0, redials = 0;
  SimDuration talks{}, talked{};

 private:
  const Centre& centre_;
};

// A short-staffed centre with a menu, so that lines fail under calls in every state.
World busy_centre() {
  OneQueue spec;
  spec.agents = 6;
  spec.lines = 30;
  spec.per_hour = 500;
  spec.talk = ExponentialLaw{120};
  spec.patience = ExponentialLaw{90};
  spec.length = 4h;
  World world = one_queue(spec);
  Menu menu;
  menu.name = "menu";
  menu.prompt = ExponentialLaw{30};
  menu.options = {{"1", Probability{0.7}, to_queue(0)},
                  {"2", Probability{0.3}, to_self_service(ExponentialLaw{60})}};
  world.menus.push_back(menu);
  world.caller_types[0].enters = to_menu(0);
  world.caller_types[0].wrap = ConstantLaw{20};
  return world;
}

LineOutage outage(SimDuration from, SimDuration to, std::int64_t lines, bool cuts) {
  LineOutage o;
  o.from = from;
  o.to = to;
  o.lines = lines;
  o.cuts = cuts;
  return o;
}

}  // namespace

TEST_CASE("Every call on a line that fails is cut, wherever it is, and nobody gets in") {
  World world = busy_centre();
  world.trunks[0].outages = {outage(1h, 2h, 30, true)};
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 0);
  Witness seen{centre};
  Flow<Witness> flow{plan, centre, seen};
  flow.run_until(kStart + 1h - SimDuration{1});
  const std::int64_t in_use = centre.trunks[0].in_use;
  const auto talking =
      std::count_if(centre.calls.begin(), centre.calls.end(),
                    [](const Call& call) { return call.state == CallState::kTalking; });
  CHECK(in_use > 10);
  CHECK(talking > 0);
  CHECK(seen.cuts == 0);
  flow.run_until(kStart + 1h);
  CHECK(seen.cuts == in_use);
  CHECK(seen.cut_talks == talking);
  CHECK(seen.cut_waits > 0);
  CHECK(seen.in_menus > 0);
  CHECK(centre.trunks[0].in_use == 0);
  CHECK(centre.ports_in_use == 0);
  CHECK(broken_laws(plan, centre).empty());
  const std::int64_t seized = seen.seized;
  flow.run_until(kStart + 2h - SimDuration{1});
  CHECK(seen.seized == seized);
  flow.run_out();
  CHECK(seen.seized > seized);
  CHECK(seen.attempts == seen.seized + seen.blocked_);
  CHECK(seen.seized == seen.released);
  CHECK(seen.seized ==
        seen.menu_ends + seen.in_menus + seen.answers + seen.abandons + seen.cut_waits);
  CHECK(seen.talks == seen.talked);  // what was left of a cut talk is taken off
}

TEST_CASE("Without a cut, calls finish and lines leave as they become idle") {
  World world = busy_centre();
  world.trunks[0].outages = {outage(1h, 2h, 25, false)};
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 0);
  Witness seen{centre};
  Flow<Witness> flow{plan, centre, seen};
  flow.run_until(kStart + 1h);
  CHECK(seen.cuts == 0);
  CHECK(centre.trunks[0].in_service == 5);
  std::uint32_t before = centre.trunks[0].in_use;
  CHECK(before > 5);
  for (SimTime t = kStart + 1h; centre.trunks[0].in_use > 5; t += 10s) {
    flow.run_until(t);
    CHECK(centre.trunks[0].in_use <= before);
    before = centre.trunks[0].in_use;
  }
  flow.run_until(kStart + 2h);
  CHECK(centre.trunks[0].in_service == 30);
  flow.run_out();
  CHECK(seen.cuts == 0);
  CHECK(broken_laws(plan, centre).empty());
}

TEST_CASE("Several failures at once add up, to all lines at the most") {
  World world = busy_centre();
  world.trunks[0].outages = {outage(1h, 3h, 10, true), outage(90min, 2h, 25, true),
                             outage(100min, 110min, 30, false)};
  LineOutage share;
  share.from = 3h;
  share.to = 3h + 30min;
  share.share = 0.34;
  world.trunks[0].outages.push_back(share);
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 0);
  Witness seen{centre};
  Flow<Witness> flow{plan, centre, seen};
  const auto in_service_at = [&](SimDuration at) {
    flow.run_until(kStart + at);
    return centre.trunks[0].in_service;
  };
  CHECK(in_service_at(59min) == 30);
  CHECK(in_service_at(1h) == 20);
  CHECK(in_service_at(90min) == 0);
  CHECK(in_service_at(105min) == 0);
  CHECK(in_service_at(110min) == 0);
  CHECK(in_service_at(2h) == 20);
  CHECK(in_service_at(3h) == 19);  // the first is over; 34 % of 30, rounded up, are gone
  CHECK(in_service_at(3h + 30min) == 30);
}

TEST_CASE("Callers who are cut ring again with their own chance") {
  World world = busy_centre();
  world.trunks[0].outages = {outage(1h, 61min, 30, true)};
  Redial& redial = world.caller_types[0].redial;
  redial.after_cut = {Probability{1.0}, ConstantLaw{300}, 1};
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 0);
  Witness seen{centre};
  Flow<Witness>{plan, centre, seen}.run_out();
  CHECK(seen.cuts > 10);
  CHECK(seen.redials == seen.cuts);
}

TEST_CASE("Failures of one group change no caller's luck elsewhere, nor another cause's times") {
  World world = busy_centre();
  world.trunks.push_back(lines("far away", 10));
  world.trunks[1].breakdowns.push_back({5, ExponentialLaw{1800}, ExponentialLaw{600}, true});
  const auto state = [](const World& w) {
    const Blueprint plan = make_blueprint(w);
    Centre centre = open_centre(plan, 5, 0);
    Observer nobody;
    std::vector<std::uint32_t> in_service, in_use;
    Flow<Observer> flow{plan, centre, nobody};
    for (SimDuration at = 1min; at < 4h; at += 1min) {
      flow.run_until(kStart + at);
      in_service.push_back(centre.trunks[1].in_service);
      in_use.push_back(centre.trunks[0].in_use);
    }
    return std::pair{in_service, in_use};
  };
  const auto before = state(world);
  CHECK(std::count(before.first.begin(), before.first.end(), 5u) > 10);
  World other = world;
  other.trunks[1].outages = {outage(30min, 31min, 1, true)};
  CHECK(state(other).second == before.second);
  other = world;
  other.trunks[0].breakdowns.push_back({5, ExponentialLaw{1800}, ExponentialLaw{600}, true});
  CHECK(state(other).first == before.first);
  CHECK(state(other).second != before.second);
}

TEST_CASE("Random breakdowns against the chain of failures and calls") {
  Ledger ledger{"M/M/n/n with breakdowns"};
  const double mu = 1.0 / 150;
  compare({6, 5 * mu, mu, {{6, 1 / 7200., 1 / 1200., true}}}, "all of 6 lines", 31, ledger);
  compare({10, 8 * mu, mu, {{4, 1 / 3600., 1 / 1800., true}}}, "4 of 10", 32, ledger);
  compare({10, 8 * mu, mu, {{4, 1 / 3600., 1 / 1800., false}}}, "4 of 10, calls finish", 33,
          ledger);
  compare({12, 9 * mu, mu, {{5, 1 / 2400., 1 / 900., true}, {3, 1 / 1500., 1 / 700., true}}},
          "5 and 3 of 12", 34, ledger);
  compare({8, 9 * mu, mu, {{6, 1 / 2400., 1 / 900., true}, {4, 1 / 1500., 1 / 700., false}}},
          "6 and 4 of 8", 35, ledger);
  ledger.judge();
}

// p' = p Q with the group as it is at each time, Runge-Kutta; a cut moves the state at once.
TEST_CASE("An outage on the calendar against the transient of the chain") {
  const double mu = 1.0 / 150;
  FailingLines chain{10, 8 * mu, mu, {{6, 1, 1, true}}};  // bit set: 4 lines are left
  OneQueue spec = lines_only(10, chain.lambda * 3600, 1 / mu);
  spec.length = 4h;
  spec.interval = 15min;
  spec.warm_up = 0s;
  World world = one_queue(spec);
  world.trunks[0].outages = {outage(70min, 130min, 6, true)};
  const KpiTable kpis = run(world, 41, 4000);

  Eigen::MatrixXd stay = chain.generator();
  FailingLines alone = chain;
  alone.causes[0].fails = alone.causes[0].repairs = 0;
  stay = alone.generator();
  const Eigen::MatrixXd full = chain.generator();
  Eigen::VectorXd p = Eigen::VectorXd::Zero(chain.states());
  p(chain.at(0, 0)) = 1;
  Ledger ledger{"calendar outage, by interval"};
  constexpr double kDt = 2;
  for (std::uint32_t i = 0; i < 16; ++i) {
    double blocked = 0, busy = 0, cut = 0;
    for (double t = i * 900.0; t < (i + 1) * 900.0 - 1e-9; t += kDt) {
      if (t == 4200) {  // each state with all lines goes where its failure leads
        Eigen::VectorXd after = Eigen::VectorXd::Zero(chain.states());
        for (int b = 0; b <= 10; ++b)
          for (int left = 0; left <= b; ++left) {
            const double x = p(chain.at(0, b)) * full(chain.at(0, b), chain.at(1, left));
            after(chain.at(1, left)) += x;
            cut += x * (b - left);
          }
        p = after;
      }
      if (t == 7800) {
        Eigen::VectorXd after = Eigen::VectorXd::Zero(chain.states());
        for (int b = 0; b <= 10; ++b) after(chain.at(0, b)) = p(chain.at(1, b));
        p = after;
      }
      const auto d = [&](const Eigen::VectorXd& x) -> Eigen::VectorXd {
        return stay.transpose() * x;
      };
      const auto rates = [&](const Eigen::VectorXd& x) {
        double full_share = 0, mean_busy = 0;
        for (int down = 0; down < 2; ++down)
          for (int b = 0; b <= 10; ++b) {
            full_share += b >= chain.in_service(down) ? x(chain.at(down, b)) : 0;
            mean_busy += b * x(chain.at(down, b));
          }
        return std::pair{full_share, mean_busy};
      };
      const Eigen::VectorXd k1 = d(p), k2 = d(p + kDt / 2 * k1), k3 = d(p + kDt / 2 * k2),
                            k4 = d(p + kDt * k3);
      const Eigen::VectorXd middle = p + kDt / 2 * k2;
      const Eigen::VectorXd next = p + kDt / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
      const auto a = rates(p), m = rates(middle), z = rates(next);
      blocked += chain.lambda * kDt / 6 * (a.first + 4 * m.first + z.first);
      busy += kDt / 6 * (a.second + 4 * m.second + z.second);
      p = next;
    }
    const auto add_interval = [&](const char* key, double exact) {
      ledger.add(std::to_string(i) + " " + key,
                 kpis.estimate(*find_metric(key, ScopeKind::kTotal), {}, i, Ledger::kConfidence),
                 exact);
    };
    const double in_service = i < 4 || i > 8 ? 10 : i == 4 ? 8 : i == 8 ? 6 : 4;
    if (blocked * 4000 > 300) add_interval("blocked", blocked);
    add_interval("trunk_occupancy", busy / (in_service * 900));
    add_interval("lines_in_service", in_service);
    if (i == 4) add_interval("lines_cut", cut);
  }
  ledger.judge();
}

}  // namespace callmill::test
