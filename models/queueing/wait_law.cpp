#include "models/queueing/wait_law.h"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "models/queueing/special.h"

namespace callmill {
namespace {

constexpr int kNodes = 20;
using Gauss = boost::math::quadrature::gauss<double, kNodes>;

constexpr double kPanelNats = 12;   // height of a panel; 20 nodes then leave about 1e-16
constexpr double kEnoughNats = 45;  // beyond this drop nothing is left
constexpr int kMostPanels = 2000;   // never met: about 20 to 60 are used

// e^{-y} and 1 - e^{-y}, both to relative accuracy.
struct Decay {
  double left, gone;
};
Decay decay(double y) {
  if (y < 0.7) {
    const double gone = -std::expm1(-y);
    return {1 - gone, gone};
  }
  const double left = std::exp(-y);
  return {left, 1 - left};
}
// (1 - e^{-y}) / y, 1 at y = 0; any sign.
double mean_decay(double y) {
  return y == 0 ? 1 : -std::expm1(-y) / y;
}

// l(t) seen from an anchor p: differences l(p + s) - l(p) without cancellation.
class Anchor {
 public:
  Anchor(const WaitLaw& law, double at) : law_{law}, at_{at}, finite_{std::isfinite(law.room)} {
    rate_ = law.arrival_rate * std::exp(-law.patience_rate * at);
    slope_ = law.arrival_rate * std::expm1(-law.patience_rate * at) - law.spare_rate;
    if (finite_) log_cdf_ = cut(0).log_cdf;
  }
  double at() const { return at_; }
  // H(p + s) = H(0 ..).
  double later(double s) const {
    const double t = at_ + s;
    return law_.arrival_rate * t * mean_decay(law_.patience_rate * t);
  }
  CutPoisson cut(double s) const { return cut_poisson(law_.room - 1, later(s)); }
  // H(t) - n mu t, relative to the anchor.
  double free_part(double s) const {
    const double y = law_.patience_rate * s;
    const double bend = y == 0 ? 0 : exp_minus_1_minus(-y) / y;
    return s * (slope_ - rate_ * bend);
  }
  double l(double s) const {
    return finite_ ? free_part(s) + (cut(s).log_cdf - log_cdf_) : free_part(s);
  }
  double l(double s, const CutPoisson& c) const { return free_part(s) + (c.log_cdf - log_cdf_); }
  double log_cdf() const { return log_cdf_; }
  bool finite() const { return finite_; }
  const WaitLaw& law() const { return law_; }

 private:
  const WaitLaw& law_;
  double at_;
  bool finite_;
  double rate_, slope_;
  double log_cdf_ = 0;
};

struct Slopes {
  double first, second;  // l' and |l''|
};
Slopes slopes(const Anchor& anchor, double s) {
  const WaitLaw& law = anchor.law();
  const double y = law.patience_rate * (anchor.at() + s);
  const double rate = law.arrival_rate * std::exp(-y);
  if (!anchor.finite()) {
    return {law.arrival_rate * std::expm1(-y) - law.spare_rate, law.patience_rate * rate};
  }
  const double h = anchor.later(s);
  const CutPoisson c = cut_poisson(law.room - 1, h);
  const double turn = h > 0 ? c.cut * c.idle / h : 0;  // dB/dh, since m/h - 1 + B = idle / h
  return {rate * c.one_minus - law.drain_rate,
          law.patience_rate * rate * c.one_minus + rate * rate * turn};
}

// Where l is largest on t >= 0, to a fraction of its width: any anchor near the mode will do.
double find_mode(const WaitLaw& law) {
  const double theta = law.patience_rate;
  if (law.spare_rate >= 0 || law.room == 1) return 0;
  double high = theta > 0 ? std::log1p(-law.spare_rate / law.drain_rate) / theta
                          : std::numeric_limits<double>::infinity();
  if (!std::isfinite(law.room)) return high;
  high = std::min(high, (law.room - 1) / law.drain_rate);  // 1 - B <= m/h bounds l' by m/t - n mu
  double low = 0;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    const Slopes there = slopes(Anchor(law, middle), 0);
    (there.first > 0 ? low : high) = middle;
    const double gap = high - low;
    if (std::abs(there.first) * gap + there.second * gap * gap < 0.1) break;
  }
  return 0.5 * (low + high);
}

// One side of a walk: from the anchor towards `limit`, adding panels until l has dropped.
class Walk {
 public:
  Walk(const Anchor& anchor, double from, double centre, WaitIntegrals& sum)
      : anchor_{anchor}, from_{from}, centre_{centre}, sum_{sum} {}

  void go(double limit) {
    const double direction = limit > anchor_.at() ? 1 : -1;
    const double end = limit - anchor_.at();
    double s = 0;
    for (int i = 0; i < kMostPanels && s != end; ++i) {
      double next = s + direction * width(s, direction);
      if (direction * (next - end) >= 0) next = end;
      panel(std::min(s, next), std::max(s, next));
      s = next;
      if (anchor_.l(s) < -kEnoughNats) break;
    }
  }

 private:
  double width(double s, double direction) const {
    const WaitLaw& law = anchor_.law();
    const Slopes at = slopes(anchor_, s);
    const double a = std::abs(at.first);
    double w = 2 * kPanelNats / (a + std::sqrt(a * a + 2 * kPanelNats * at.second));
    const double t = anchor_.at() + s;
    if (law.patience_rate > 0) {  // the weights and l' turn on the scale of patience
      const double scale = 1 / law.patience_rate;
      w = std::min(w, direction > 0 ? std::max(scale, 0.7 * std::abs(s)) : scale);
    }
    if (anchor_.finite()) {  // the room fills within sqrt(m) arrivals around h = m
      const double m = law.room - 1;
      const double step = std::max(1.2 * std::sqrt(m + 1), 0.5 * std::abs(anchor_.later(s) - m));
      w = std::min(w, step / (law.arrival_rate * std::exp(-law.patience_rate * t)));
    }
    return w;
  }

  void panel(double low, double high) {
    const double middle = 0.5 * (low + high);
    const double half = 0.5 * (high - low);
    const auto& x = Gauss::abscissa();
    const auto& weight = Gauss::weights();
    for (std::size_t i = 0; i < x.size(); ++i) {
      node(middle - half * x[i], half * weight[i]);
      node(middle + half * x[i], half * weight[i]);
    }
  }

  void node(double s, double weight) {
    const double theta = anchor_.law().patience_rate;
    const double t = anchor_.at() + s;
    const double h = anchor_.later(s);
    double mean = h, variance = h, l = 0;
    if (anchor_.finite()) {
      const CutPoisson c = anchor_.cut(s);
      l = anchor_.l(s, c);
      mean = h * c.one_minus;
      variance = std::max(0.0, mean - h * c.cut * c.idle);
    } else {
      l = anchor_.l(s);
    }
    const double v = weight * std::exp(l);
    const double y = theta * t;
    const Decay whole = decay(y);
    const Decay since = from_ == 0 ? whole : decay(theta * (t - from_));
    sum_.mass += v;
    sum_.served += v * since.left;
    sum_.abandoned += v * since.gone;
    sum_.wait += v * (y == 0 ? t : t * (whole.gone / y));
    sum_.served_wait += v * t * whole.left;
    if (y > 0) sum_.abandon_wait += v * t * (gave_up(y, whole) / y);
    sum_.queue += v * (mean - centre_);
    sum_.queue_sq += v * ((mean - centre_) * (mean - centre_) + variance);
  }

  // 1 - e^{-y} - y e^{-y}.
  static double gave_up(double y, const Decay& d) {
    return y < 0.7 ? d.left * exp_minus_1_minus(y) : d.gone - y * d.left;
  }

  const Anchor& anchor_;
  double from_, centre_;
  WaitIntegrals& sum_;
};

}  // namespace

WaitSides integrate_wait(const WaitLaw& law, double within) {
  CALLMILL_CHECK(law.room >= 1 && law.drain_rate > 0, "a wait needs a place to wait and an agent");
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const Anchor mode(law, find_mode(law));
  const Anchor cut(law, within);
  WaitSides sides;
  sides.log_mode = Anchor(law, 0).l(mode.at());
  sides.centre = mode.finite() ? mode.later(0) * mode.cut(0).one_minus : mode.later(0);
  if (within <= mode.at()) {
    sides.log_left = mode.l(within - mode.at());
    if (within > 0) Walk(cut, 0, sides.centre, sides.left).go(0);
    Walk right(mode, within, sides.centre, sides.right);
    if (within < mode.at()) right.go(within);
    right.go(kInfinity);
  } else {
    sides.log_right = mode.l(within - mode.at());
    Walk left(mode, 0, sides.centre, sides.left);
    if (mode.at() > 0) left.go(0);
    left.go(within);
    Walk(cut, within, sides.centre, sides.right).go(kInfinity);
  }
  return sides;
}

}  // namespace callmill
