#include "models/queueing/patience_wait.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "models/queueing/panel_rule.h"
#include "models/queueing/special.h"

namespace callmill {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kPanelNats = 12;  // most that l rises or falls in a panel
constexpr double kPanelBend = 10;  // most that its slope changes, times the width
constexpr double kPanelLogit = 4;  // most that ln gone / stay moves, where the curve is graded
constexpr double kPanelRatio = 5;  // growth of panels away from a singular 0
constexpr double kNegligible = 1e-18;
constexpr double kLeastShare = 1e-280;  // shares below count as none
constexpr int kMostPanels = 100'000;
constexpr int kMostTrials = 200;

// What is integrated: the wait of those let in, or the weight of a full room.
enum class Over { kWait, kFullRoom };

// Where a panel ends, seen from inside the panel.
struct Edge {
  double x;
  PatienceAt patience;
  double slope;  // l'
};

class Walk {
 public:
  // `since` < 0: nobody asks who has gone since.
  Walk(const PatienceCurve& curve, const PatienceWaitLaw& law, Over over, double since,
       double centre, PatienceIntegrals& sum)
      : curve_{curve},
        law_{law},
        over_{over},
        finite_{std::isfinite(law.room)},
        graded_{curve.graded() || over == Over::kFullRoom},
        counts_since_{since >= 0},
        since_{since >= 0 ? curve.at(since).waited : 0},
        centre_{centre},
        sum_{sum} {}

  // From x = `from`, where l is 0, towards `limit`, adding panels until nothing is left to add.
  void go(double from, double limit) {
    const bool up = limit > from;
    double x = from;
    double l = 0;
    first_ = up ? 0 : smallest(from);
    double width = 0;
    for (int i = 0; i < kMostPanels && x != limit; ++i) {
      const Edge here = edge(x, up);
      if (negligible(here, l, up)) return;
      const Edge there = next_edge(here, limit, up, width);
      width = std::abs(there.x - x);
      const Edge& low = up ? here : there;
      const Edge& high = up ? there : here;
      l = panel(low, high, l, up);
      x = there.x;
    }
  }

 private:
  // ln of the walk's slope at x with patience p.
  double slope(double x, const PatienceAt& p) const {
    const double h = p.early + x * p.stay;  // H
    if (over_ == Over::kFullRoom) return law_.room * p.stay / h - law_.drain_rate;
    if (!finite_) return law_.power * (-law_.spare_rate - law_.arrival_rate * p.gone);
    const CutPoisson cut = cut_poisson(law_.room - 1, law_.arrival_rate * h);
    return law_.power * (law_.arrival_rate * p.stay * cut.one_minus - law_.drain_rate);
  }
  // `above` says on which side of x the panel lies.
  Edge edge(double x, bool above) const {
    const PatienceAt p = above || x == 0 ? curve_.at(x) : curve_.before(x);
    return {x, p, slope(x, p)};
  }

  // Below this the singularity at 0 weighs nothing beside [0, x].
  double smallest(double x) const {
    if (!graded_) return 0;
    const double all = x * curve_.at(x).waited;
    double low = x;
    while (low > kNegligible * x &&
           (over_ == Over::kFullRoom || low * curve_.at(low).waited > kNegligible * all))
      low /= kPanelRatio;
    return low;
  }

  static double logit(const PatienceAt& p) {
    return std::log(std::max(p.waited, kLeastShare) / std::max(p.will_leave, kLeastShare));
  }

  // How far the panel is too wide: at most 1 is right.
  double excess(const Edge& a, const Edge& b) const {
    const double width = std::abs(a.x - b.x);
    const double nats = std::max(std::abs(a.slope), std::abs(b.slope)) * width / kPanelNats;
    double bend = std::abs(a.slope - b.slope) * width / kPanelBend;
    if (std::isinf(a.slope)) return b.x > first_ ? kInfinity : 0;
    if (graded_ && curve_.graded() && a.x > 0 && b.x > 0)
      bend = std::max(bend, std::abs(logit(a.patience) - logit(b.patience)) / kPanelLogit);
    return std::max(nats, bend);
  }

  // Furthest end the curve and the room allow.
  double furthest(const Edge& from, double limit, bool up) const {
    const double inside = up ? from.x : from.x * (1 - 1e-12);
    double width = curve_.stretch(inside);
    if (finite_ && over_ == Over::kWait) {  // the room fills within sqrt(m) arrivals around h = m
      const double m = law_.room - 1;
      const double h = law_.arrival_rate * (from.patience.early + from.x * from.patience.stay);
      const double step = std::max(1.2 * std::sqrt(m + 1), 0.5 * std::abs(h - m));
      const double rate = law_.arrival_rate * from.patience.stay;
      if (rate > 0) width = std::min(width, step / rate);
    }
    double end = up ? std::min({limit, curve_.next_break(from.x), from.x + width})
                    : std::max({limit, curve_.last_break(from.x), from.x - width});
    if (graded_ && up && from.x > 0) end = std::min(end, kPanelRatio * from.x);
    if (graded_ && !up) end = std::max(end, from.x > first_ ? from.x / kPanelRatio : 0);
    return end;
  }

  Edge next_edge(const Edge& from, double limit, bool up, double last_width) {
    const double end = furthest(from, limit, up);
    double width = std::abs(end - from.x);
    if (last_width > 0) width = std::min(width, 4 * last_width);
    if (last_width == 0 || !std::isfinite(width)) width = std::min(width, first_width(from));
    Edge there = from;
    for (int i = 0; i < kMostTrials; ++i) {
      const double x = up ? from.x + width : from.x - width;
      there = edge(width >= std::abs(end - from.x) ? end : x, !up);
      const double over = excess(from, there);
      if (over <= 1) break;
      width *= std::isfinite(over) ? std::max(0.05, 0.9 / over) : 0.05;
    }
    if (up && from.x == 0 && graded_) {  // then from the singular point on in growing panels
      first_ = smallest(there.x);
      there = edge(first_, false);
    }
    return there;
  }

  double first_width(const Edge& from) const {
    if (!std::isfinite(from.slope)) return 1 / law_.drain_rate;
    return kPanelNats / std::max(std::abs(from.slope), 1e-3 * law_.drain_rate);
  }

  bool negligible(const Edge& at, double l, bool up) const {
    if (up ? at.slope >= 0 : at.slope <= 0) return false;
    if (l < -745) return true;
    double rest = std::exp(l) / std::abs(at.slope);
    if (!up) rest = std::min(rest, std::exp(l) * at.x);
    if (!(rest <= kNegligible * sum_.mass)) return false;
    if (over_ == Over::kFullRoom) return true;
    if (!(rest * (up ? at.patience.stay : 1) <= kNegligible * sum_.served)) return false;
    if (!curve_.anyone_leaves()) return true;
    const double gone = up ? 1 : at.patience.gone;
    return rest * gone <= kNegligible * sum_.gone &&
           (!counts_since_ ||
            rest * (up ? 1 : at.patience.waited - since_) <= kNegligible * sum_.gone_since) &&
           (!up || rest * at.x <= kNegligible * sum_.early);
  }

  // Adds the panel; returns l at its far end.
  double panel(const Edge& low, const Edge& high, double l, bool up) {
    const PanelRule& rule = panel_rule();
    const double width = high.x - low.x;
    PanelValues x, leaving, leaving_at, stay, gone, early, slopes, wait, log_v;
    for (std::size_t i = 0; i < kPanelNodes; ++i) {
      x[i] = low.x + width * rule.node[i];
      leaving[i] = curve_.anyone_leaves() ? curve_.density(x[i]) : 0;
      leaving_at[i] = leaving[i] * x[i];
    }
    running_integral(rule.from, leaving, width, high.patience.stay, stay);
    running_integral(rule.up_to, leaving, width, low.patience.gone, gone);
    running_integral(rule.up_to, leaving_at, width, low.patience.early, early);
    for (std::size_t i = 0; i < kPanelNodes; ++i) wait[i] = early[i] + x[i] * stay[i];
    std::array<CutPoisson, kPanelNodes> cut{};
    for (std::size_t i = 0; i < kPanelNodes; ++i) {
      if (over_ == Over::kFullRoom) {
        slopes[i] = law_.room * stay[i] / wait[i] - law_.drain_rate;
      } else if (finite_) {
        cut[i] = cut_poisson(law_.room - 1, law_.arrival_rate * wait[i]);
        slopes[i] = law_.power * (law_.arrival_rate * stay[i] * cut[i].one_minus - law_.drain_rate);
      } else {
        slopes[i] = law_.power * (-law_.spare_rate - law_.arrival_rate * gone[i]);
      }
    }
    running_integral(up ? rule.up_to : rule.from, slopes, up ? width : -width, l, log_v);
    double rise = 0;
    for (std::size_t i = 0; i < kPanelNodes; ++i) {
      rise += rule.weight[i] * slopes[i];
      const double v = width * rule.weight[i] * std::exp(log_v[i]);
      sum_.mass += v;
      if (over_ == Over::kFullRoom) continue;
      sum_.served += v * stay[i];
      sum_.gone += v * gone[i];
      sum_.wait += v * wait[i];
      sum_.served_wait += v * x[i] * stay[i];
      sum_.early += v * early[i];
      sum_.offered += v * x[i];
      sum_.offered_sq += v * x[i] * x[i];
      double mean = law_.arrival_rate * wait[i];
      double variance = mean;
      if (finite_) {
        variance = std::max(0.0, mean * cut[i].one_minus - mean * cut[i].cut * cut[i].idle);
        mean *= cut[i].one_minus;
      }
      sum_.queue += v * (mean - centre_);
      sum_.queue_sq += v * ((mean - centre_) * (mean - centre_) + variance);
    }
    if (counts_since_) add_gone_since(low, width, leaving, log_v);
    return l + (up ? width : -width) * rise;
  }

  void add_gone_since(const Edge& low, double width, const PanelValues& leaving,
                      const PanelValues& log_v) {
    const PanelRule& rule = panel_rule();
    PanelValues since;
    running_integral(rule.up_to, leaving, width, low.patience.waited - since_, since);
    for (std::size_t i = 0; i < kPanelNodes; ++i)
      sum_.gone_since += width * rule.weight[i] * std::exp(log_v[i]) * std::max(0.0, since[i]);
  }

  const PatienceCurve& curve_;
  const PatienceWaitLaw& law_;
  Over over_;
  bool finite_, graded_, counts_since_;
  double since_, centre_;
  double first_ = 0;
  PatienceIntegrals& sum_;
};

// power l(x) in closed form.
double log_density(const PatienceCurve& curve, const PatienceWaitLaw& law, double x) {
  const PatienceAt p = curve.at(x);
  const double h = law.arrival_rate * (p.early + x * p.stay);
  // lambda H - n mu x = -(n mu - lambda) x - lambda E (x - R)+, each term of one sign
  double l = -law.spare_rate * x - law.arrival_rate * (x * p.gone - p.early);
  if (std::isfinite(law.room)) l += cut_poisson(law.room - 1, h).log_cdf;
  return law.power * l;
}

// The point where `slope`, which falls, changes its sign; between 0 and `high`.
template <class Slope>
double turning_point(const Slope& slope, double high) {
  double low = 0;
  for (int i = 0; i < 200 && high - low > 1e-9 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (slope(middle) > 0 ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double find_mode(const PatienceCurve& curve, const PatienceWaitLaw& law) {
  const double stay = law.drain_rate / law.arrival_rate;
  if (curve.at(0).stay <= stay || law.room == 1) return 0;
  const double open = curve.wait_until(stay);
  if (!std::isfinite(law.room)) return open;
  const auto slope = [&](double x) {
    const PatienceAt p = curve.at(x);
    const double h = law.arrival_rate * (p.early + x * p.stay);
    return law.arrival_rate * p.stay * cut_poisson(law.room - 1, h).one_minus - law.drain_rate;
  };
  // 1 - B <= m / h and S x <= H bound l' by m / x - n mu.
  return turning_point(slope, std::min(open, (law.room - 1) / law.drain_rate));
}

}  // namespace

PatienceSides integrate_patience_wait(const PatienceCurve& curve, const PatienceWaitLaw& law,
                                      double within) {
  CALLMILL_CHECK(law.room >= 1 && law.drain_rate > 0, "a wait needs a place to wait and an agent");
  const double mode = find_mode(curve, law);
  PatienceSides sides;
  sides.log_mode = log_density(curve, law, mode);
  const PatienceAt there = curve.at(mode);
  const double h = law.arrival_rate * (there.early + mode * there.stay);
  sides.centre = std::isfinite(law.room) ? h * cut_poisson(law.room - 1, h).one_minus : h;
  Walk left(curve, law, Over::kWait, -1, sides.centre, sides.left);
  Walk right(curve, law, Over::kWait, within, sides.centre, sides.right);
  if (within <= mode) {
    if (within > 0) {
      sides.log_left = log_density(curve, law, within) - sides.log_mode;
      left.go(within, 0);
    }
    if (within < mode) right.go(mode, within);
    right.go(mode, kInfinity);
  } else {
    sides.log_right = log_density(curve, law, within) - sides.log_mode;
    if (mode > 0) left.go(mode, 0);
    left.go(mode, within);
    right.go(within, kInfinity);
  }
  return sides;
}

double log_full_room(const PatienceCurve& curve, const PatienceWaitLaw& law) {
  if (curve.at(0).stay == 0) return -kInfinity;
  const auto slope = [&](double x) {
    const PatienceAt p = curve.at(x);
    return law.room * p.stay / (p.early + x * p.stay) - law.drain_rate;
  };
  const double mode = turning_point(slope, law.room / law.drain_rate);  // since S x <= H
  PatienceIntegrals sum;
  Walk walk(curve, law, Over::kFullRoom, -1, 0, sum);
  walk.go(mode, 0);
  walk.go(mode, kInfinity);
  const PatienceAt p = curve.at(mode);
  const double h = law.arrival_rate * (p.early + mode * p.stay);
  return log_poisson(law.room, h) + h - law.drain_rate * mode + std::log(law.drain_rate * sum.mass);
}

}  // namespace callmill
