#pragma once
// Patience made ready for integration: who still waits, who has gone, how long those have waited,
// at any wait x; and where the curve bends, so that panels can break there.

#include <optional>
#include <variant>
#include <vector>

#include "models/queueing/general_patience.h"

namespace callmill {

struct PatienceAt {
  double stay;   // S(x) = P(R > x), relative accuracy also in the tail
  double gone;   // 1 - S(x), relative accuracy also near 0
  double early;  // E[R; R <= x]
  // Of those whose patience the law says, gone and still there: differences keep their digits.
  double waited = 0, will_leave = 0;
};

// Every law of base/random/law.h, with those who balk and those who never leave; right-continuous.
// Closed forms throughout: at() 0.05 to 0.7 us by law, density() 10 to 50 ns.
class PatienceCurve {
 public:
  explicit PatienceCurve(const Patience& patience);

  PatienceAt at(double x) const;      // x >= 0
  PatienceAt before(double x) const;  // x > 0; the limit from the left
  double density(double x) const;     // of the leaving at x > 0, atoms aside
  // Kinks and atoms: the first beyond x (infinity), the last before x (0).
  double next_break(double x) const;
  double last_break(double x) const;
  // Widest panel, from x inwards of it, over which the curve is a smooth one.
  double stretch(double x) const;
  // A power or essential singularity at 0: panels must grow geometrically from there, and follow
  // the curve as it falls.
  bool graded() const { return graded_; }
  bool anyone_leaves() const { return leaving_ > 0 || balks_ > 0; }
  double forever() const { return forever_; }
  // Smallest x with S(x) <= stay; infinity where there is none.
  double wait_until(double stay) const;

 private:
  struct Mixture {  // of exponential laws
    std::vector<double> share, mean;
    double longest = 0;
  };
  struct Points {  // straight lines between points; atoms are equal neighbours
    std::vector<double> value, cdf, early;
  };
  struct Steps {  // piecewise constant hazard
    std::vector<double> from, rate, cumulative, early;
  };
  struct Power {  // Weibull
    double scale, shape, moment;
  };
  struct Gamma {
    double scale, shape, log_norm;
  };
  struct Lognormal {
    double median, sigma, mean;
  };
  struct Nobody {};
  using Shape = std::variant<Nobody, Mixture, Points, Steps, Power, Gamma, Lognormal>;

  static Shape shape_of(const std::optional<Law>& law);
  static Points points_of(const EmpiricalLaw& law);
  static Steps steps_of(const HazardLaw& law);
  static PatienceAt at(const Mixture& m, double x);
  static PatienceAt at(const Points& p, double x, bool from_left);
  static PatienceAt at(const Steps& s, double x);
  static PatienceAt at(const Power& w, double x);
  static PatienceAt at(const Gamma& g, double x);
  static PatienceAt at(const Lognormal& l, double x);
  PatienceAt law_at(double x, bool from_left) const;
  PatienceAt of_all(const PatienceAt& law) const;

  std::optional<Law> law_;
  Shape shape_;
  double balks_, never_, leaving_, forever_;  // leaving_: share whose patience the law says
  bool graded_;
  std::vector<double> breaks_;  // rising
};

}  // namespace callmill
