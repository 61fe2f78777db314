// Lines that fail, against the chain of (causes that are down, lines in use): random breakdowns
// against its steady state, an outage on the calendar against its transient.

#include <Eigen/Dense>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <vector>

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
    world.trunks[0].breakdowns.push_back(LineBreakdown{cause.lines, ExponentialLaw{1 / cause.fails},
                                                       ExponentialLaw{1 / cause.repairs},
                                                       cause.cuts});
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

}  // namespace

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
  LineOutage outage;
  outage.from = 70min;
  outage.to = 130min;
  outage.lines = 6;
  world.trunks[0].outages = {outage};
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
