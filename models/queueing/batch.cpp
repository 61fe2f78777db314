// A sweep over agents with patience: l_n(t) = lambda (1 - e^{-theta t}) / theta - n mu t, so that
// e^{l_{n+1}} = e^{l_n} e^{-mu t} at every node. One mesh serves a run of agents: its panels are
// narrow enough for the fewest and the most of them, and it reaches 45 nats beyond the modes of
// both and beyond T. See models/queueing/wait_law.h for the law itself.

#include "models/queueing/batch.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/check.h"
#include "models/queueing/panel_rule.h"
#include "models/queueing/queue_parts.h"
#include "models/queueing/special.h"
#include "models/queueing/tilted_sums.h"

namespace callmill {
namespace {

constexpr std::size_t kMostAtOnce = 64;
constexpr double kPanelNats = 20;  // most that l moves in a panel: 20 nodes then leave about 1e-17
constexpr double kEnoughNats = 45;
constexpr double kDeepestNats = 150;  // of T below the mode: beyond, weights would underflow
constexpr double kMostTilt = 500;     // nats by which a run may tilt the mesh from end to end
constexpr std::size_t kMostPanels = 60;

class Density {  // l_n for one n
 public:
  Density(const QueueInput& in, double agents)
      : lambda_{in.arrival_rate},
        theta_{in.patience_rate},
        drain_{agents * in.service_rate},
        spare_{std::fma(agents, in.service_rate, -in.arrival_rate)} {}
  double mode() const { return spare_ >= 0 ? 0 : std::log1p(-spare_ / drain_) / theta_; }
  double slope(double t) const { return lambda_ * std::expm1(-theta_ * t) - spare_; }
  double curvature(double t) const { return theta_ * lambda_ * std::exp(-theta_ * t); }
  // l(t + s) - l(t) without cancellation.
  double rise(double t, double s) const {
    const double y = theta_ * s;
    const double bend = y == 0 ? 0 : exp_minus_1_minus(-y) / y;
    return s * (slope(t) - lambda_ * std::exp(-theta_ * t) * bend);
  }
  // Width of a panel of so many nats from t on.
  double width(double t, double nats) const {
    const double a = std::abs(slope(t));
    return 2 * nats / (a + std::sqrt(a * a + 2 * nats * curvature(t)));
  }

 private:
  double lambda_, theta_, drain_, spare_;
};

// A point at least kEnoughNats below t, beyond it (sign 1) or before it (sign -1, at most 0).
double far_from(const Density& l, double t, double sign) {
  double s = 0;
  while (l.rise(t, s) > -kEnoughNats) {
    if (t + s <= 0 && sign < 0) return 0;
    s += sign * l.width(std::max(0.0, t + s), kEnoughNats / 2);
  }
  return std::max(0.0, t + s);
}

// One run of agents on one mesh.
class Run {
 public:
  // Nothing where no mesh of reasonable size serves.
  static std::optional<Run> make(const QueueInput& first, std::size_t most) {
    Run run(first);
    const Density fewest(first, first.agents);
    const double end = far_from(fewest, std::max(fewest.mode(), first.within), 1);
    const double per_agent = first.service_rate * end;
    const double count = std::min(static_cast<double>(most), 1 + kMostTilt / per_agent);
    if (count < 4) return std::nullopt;
    run.count_ = static_cast<std::size_t>(count);
    const Density most_agents(first, first.agents + static_cast<double>(run.count_ - 1));
    for (const Density& l : {fewest, most_agents})
      if (l.rise(l.mode(), first.within - l.mode()) < -kDeepestNats) return std::nullopt;
    run.centre_ = run.later(most_agents.mode());  // where the queue varies least
    const double lowest =
        first.within > 0 ? std::min(most_agents.mode(), first.within) : most_agents.mode();
    const double begin = far_from(most_agents, lowest, -1);
    if (!run.mesh(fewest, most_agents, begin, end)) return std::nullopt;
    return run;
  }

  std::size_t count() const { return count_; }
  // The next number of agents.
  QueueResult next();

 private:
  explicit Run(const QueueInput& first)
      : in_{first},
        mode_{Density(first, first.agents).mode()},
        log_mode_{Density(first, first.agents).rise(0, mode_)},
        stay_{std::exp(-first.patience_rate * first.within)},
        gone_{-std::expm1(-first.patience_rate * first.within)} {
    weigh_free();
  }
  void weigh_free() {
    const CutPoisson cut = cut_poisson(in_.agents, in_.arrival_rate / in_.service_rate);
    log_free_ = std::log(cut.one_minus) - cut.log_cut;
    free_ = std::exp(log_free_);
  }
  double later(double t) const {
    return -in_.arrival_rate * std::expm1(-in_.patience_rate * t) / in_.patience_rate;
  }
  bool mesh(const Density& fewest, const Density& most, double begin, double end);
  void panel(const Density& l, double low, double high);
  Waiters waiters(const TiltedTotals& left, const TiltedTotals& right) const;
  void one_more();

  QueueInput in_;
  double mode_, log_mode_, stay_, gone_;
  double centre_ = 0;
  double log_free_ = 0, free_ = 0;
  std::size_t count_ = 0;
  TiltedNodes left_, right_;
};

bool Run::mesh(const Density& fewest, const Density& most, double begin, double end) {
  std::size_t panels = 0;
  for (double t = begin; t < end; ++panels) {
    if (panels == kMostPanels) return false;
    double width =
        std::min({fewest.width(t, kPanelNats), most.width(t, kPanelNats), 1 / in_.patience_rate});
    if (!(t + width > t)) return false;
    double next = t + width;
    if (t < in_.within && next >= in_.within) next = in_.within;
    next = std::min(next, end);
    panel(fewest, t, next);
    t = next;
  }
  left_.pad();
  right_.pad();
  return true;
}

void Run::panel(const Density& l, double low, double high) {
  const PanelRule& rule = panel_rule();
  const double theta = in_.patience_rate;
  const bool right = low >= in_.within;
  for (std::size_t i = 0; i < kPanelNodes; ++i) {
    const double t = low + (high - low) * rule.node[i];
    const double weight = (high - low) * rule.weight[i] * std::exp(l.rise(mode_, t - mode_));
    const double factor = std::exp(-in_.service_rate * (t - mode_));
    const double y = theta * t;
    const double since = right ? theta * (t - in_.within) : y;
    // 1 - e^{-y} - y e^{-y}
    const double early =
        y < 0.7 ? std::exp(-y) * exp_minus_1_minus(y) : -std::expm1(-y) - y * std::exp(-y);
    const double off = later(t) - centre_;
    (right ? right_ : left_)
        .add(weight, factor,
             {std::exp(-since), -std::expm1(-since), t * std::exp(-y), early / theta, off,
              off * off});
  }
}

Waiters Run::waiters(const TiltedTotals& left, const TiltedTotals& right) const {
  const double mass_left = left[0] + left[1];
  const double mass_right = right[0] + right[1];
  const double mass = mass_left + mass_right;
  Waiters w;
  w.log_total = log_mode_ + std::log(in_.agents * in_.service_rate * mass);
  w.served = (left[0] + right[0] * stay_) / mass;
  w.abandoned = (left[1] + mass_right * gone_ + right[1] * stay_) / mass;
  w.wait = w.abandoned / in_.patience_rate;
  w.served_wait = (left[2] + right[2]) / mass;
  w.abandon_wait = (left[3] + right[3]) / mass;
  w.log_v_gt = std::log(mass_right / mass);
  w.log_stay = -in_.patience_rate * in_.within;
  w.gone = gone_;
  w.served_gt = right[0] / mass_right;
  w.abandoned_gt = right[1] / mass_right;
  if (mass_left > 0) {
    w.log_v_le = std::log(mass_left / mass);
    w.served_le = left[0] / mass_left;
    w.abandoned_le = left[1] / mass_left;
  }
  // The queue seen at t is Poisson of mean h(t).
  w.queue = in_.arrival_rate * w.wait;
  const double shift = (left[4] + right[4]) / mass;
  w.queue_var = (left[5] + right[5]) / mass - shift * shift + w.queue;
  return w;
}

// Free over waiting-with-nobody-ahead: F(n + 1) = (n + 1) / a (1 + F(n)), from 1 / B = 1 + F.
void Run::one_more() {
  in_.agents += 1;
  log_mode_ -= in_.service_rate * mode_;
  if (free_ > 1e-200 && free_ < 1e200) {
    free_ = in_.agents * in_.service_rate / in_.arrival_rate * (1 + free_);
    log_free_ = std::log(free_);
    return;
  }
  weigh_free();
}

QueueResult Run::next() {
  const TiltedTotals left = left_.empty() ? TiltedTotals{} : sum_and_tilt(left_);
  const Waiters w = waiters(left, sum_and_tilt(right_));
  const QueueLoad load{in_.agents, in_.arrival_rate, in_.service_rate,
                       std::numeric_limits<double>::infinity()};
  const QueueResult result = assemble(load, share_out(log_free_, w.log_total, 0), w);
  one_more();
  return result;
}

bool sweeps(const QueueInput& in) {
  return in.lines == 0 && in.patience_rate >= 1e-200 * in.service_rate;
}

}  // namespace

void sweep_agents(const QueueInput& base, std::span<QueueResult> out) {
  CALLMILL_CHECK(base.agents > 0 && base.arrival_rate > 0 && base.service_rate > 0,
                 "a queue needs agents, arrivals and a service rate above 0");
  CALLMILL_CHECK(base.patience_rate >= 0 && base.within >= 0,
                 "patience rate and T are not negative");
  QueueInput in = base;
  for (std::size_t i = 0; i < out.size();) {
    in.agents = base.agents + static_cast<double>(i);
    const std::size_t left = out.size() - i;
    std::optional<Run> run;
    if (left >= 4 && sweeps(in)) run = Run::make(in, std::min(left, kMostAtOnce));
    if (!run) {
      out[i++] = solve_queue(in);
      continue;
    }
    for (std::size_t k = 0; k < run->count(); ++k) out[i++] = run->next();
  }
}

void solve_queues(std::span<const QueueInput> in, std::span<QueueResult> out) {
  CALLMILL_CHECK(in.size() == out.size(), "an answer for each queue");
  for (std::size_t i = 0; i < in.size();) {
    std::size_t end = i + 1;
    const auto follows = [&](const QueueInput& a, const QueueInput& b) {
      return b.agents == a.agents + 1 && a.arrival_rate == b.arrival_rate &&
             a.service_rate == b.service_rate && a.patience_rate == b.patience_rate &&
             a.lines == b.lines && a.within == b.within;
    };
    while (end < in.size() && follows(in[end - 1], in[end])) ++end;
    sweep_agents(in[i], out.subspan(i, end - i));
    i = end;
  }
}

void sweep_erlang_b(double load, std::span<double> blocking) {
  CALLMILL_CHECK(load > 0, "Erlang B needs a load above 0");
  double loss = 1;
  for (std::size_t n = 0; n < blocking.size(); ++n) {
    if (n > 0) loss = load * loss / (static_cast<double>(n) + load * loss);
    blocking[n] = loss;
  }
}

}  // namespace callmill
