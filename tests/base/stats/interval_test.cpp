#include "base/stats/interval.h"

#include <catch2/catch.hpp>
#include <cmath>

namespace callmill {

TEST_CASE("Student's quantiles of printed tables, two-sided") {
  CHECK(student_t(0.95, 1) == Approx(12.7062047).epsilon(1e-8));
  CHECK(student_t(0.95, 2) == Approx(4.30265273).epsilon(1e-8));
  CHECK(student_t(0.99, 10) == Approx(3.16927267).epsilon(1e-8));
  CHECK(student_t(0.95, 30) == Approx(2.04227246).epsilon(1e-8));
  CHECK(student_t(0.90, 120) == Approx(1.65765).epsilon(1e-6));
  CHECK(student_t(0.999, 5) == Approx(6.86882663).epsilon(1e-8));
  CHECK(student_t(0.5, 1) == Approx(1.0));  // Cauchy's quartile
}

TEST_CASE("Student's law with two degrees of freedom has a closed quantile") {
  for (const double confidence : {0.01, 0.3, 0.8, 0.95, 0.999, 0.999999}) {
    const double exact = confidence * std::sqrt(2.0 / ((1.0 - confidence) * (1.0 + confidence)));
    CHECK(student_t(confidence, 2) == Approx(exact).epsilon(1e-9));
  }
}

TEST_CASE("Student's quantile tends to the normal one") {
  CHECK(student_t(0.95, 1e9) == Approx(normal_quantile(0.975)).epsilon(1e-8));
  CHECK(student_t(0.95, 49) > normal_quantile(0.975));
}

TEST_CASE("Normal quantiles of printed tables, and both tails") {
  CHECK(normal_quantile(0.5) == Approx(0.0).margin(1e-15));
  CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-14));
  CHECK(normal_quantile(0.9995) == Approx(3.290526731491895).epsilon(1e-12));
  CHECK(normal_quantile(0.025) == Approx(-1.959963984540054).epsilon(1e-14));
  for (const double p : {1e-300, 1e-20, 1e-5, 0.1, 0.4}) {
    const double z = normal_quantile(p);
    CHECK(0.5 * std::erfc(-z / std::sqrt(2.0)) == Approx(p).epsilon(1e-10));
  }
}

// Hall's g at an end of a skew interval is Student's quantile again.
TEST_CASE("Ends of a skew interval undo the transformation") {
  for (const double k : {-0.9, -0.1, 1e-4, 0.3, 1.1}) {
    const double student = 2.1;
    const SkewEnds ends = skew_ends(student, k);
    const auto g = [&](double t) { return t + k * t * t / 3 + k * k * t * t * t / 27 + k / 6; };
    CHECK(g(-ends.low) == Approx(student).epsilon(1e-9));
    CHECK(g(-ends.high) == Approx(-student).epsilon(1e-9));
    CHECK(ends.low < 0);
    CHECK(ends.high > 0);
    // A long tail above: what few days do not show lies there.
    CHECK((ends.high > -ends.low) == (k > 0));
  }
  CHECK(skew_ends(2.1, 0).low == -2.1);
  CHECK(skew_ends(2.1, 0).high == 2.1);
}

}  // namespace callmill
