#pragma once
// Arrivals of one piece that are answered, or give up, within T of their arrival. Internal.

#include <cstddef>
#include <vector>

#include "models/transient/band.h"
#include "models/transient/march.h"

namespace callmill::transient {

struct Cohort {
  double answered = 0, abandoned = 0;
  std::vector<double> answered_in;  // of the answered: in this piece, in the next, ...
  double left_out = 0;              // probability, of a caller of the piece
};

// Of piece i, where `early` is the integral of the distribution over all but the last
// `late_length` (nothing, where that is the whole piece), `late` that over the rest, and `at_late`
// the distribution where the rest begins. Who comes early has waited T, or waits no more, when the
// piece ends.
Cohort cohort_of(const TransientInput& in, std::size_t i, const Band& early, const Band& late,
                 const Band& at_late, double late_length, double per_tick);

}  // namespace callmill::transient
