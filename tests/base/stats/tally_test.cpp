#include "base/stats/tally.h"

#include <catch2/catch.hpp>

namespace callmill {

TEST_CASE("A tally of nothing and of one value") {
  Tally t;
  CHECK(t.count() == 0);
  CHECK(t.mean() == 0);
  CHECK(t.variance() == 0);
  CHECK(t.min() > t.max());
  t.add(-3);
  CHECK(t.count() == 1);
  CHECK(t.mean() == -3);
  CHECK(t.variance() == 0);
  CHECK(t.min() == -3);
  CHECK(t.max() == -3);
}

TEST_CASE("A tally keeps its digits far from zero") {
  Tally t;
  for (const double x : {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) t.add(1e6 + x);
  CHECK(t.count() == 8);
  CHECK(t.mean() == Approx(1e6 + 5).epsilon(1e-14));
  CHECK(t.variance() == Approx(32.0 / 7).epsilon(1e-9));
  CHECK(t.min() == 1e6 + 2);
  CHECK(t.max() == 1e6 + 9);
}

}  // namespace callmill
