#pragma once
// What is drawn when a contact ends is drawn after all that led to it: whether the matter is
// settled, whether the survey is offered, taken and what it says, what a check makes of it, whether
// the caller is satisfied. Given all before, the expectation of each count of the contact is known,
// and by the law of total expectation the sum of these has the same mean as the counts, whatever
// the draws do to what comes later (a return, a held line). It varies less: nothing is left of the
// draws themselves.
//
//   q = P(settled), 1 of a type without a resolution; z, z' the satisfaction's score of the settled
//   and of the others; L the logistic function; v = offered, r and r' the shares that respond
//
//   taken        v (q r + (1 - q) r')
//   says settled fcr v (q r (1 - says no) + (1 - q) r' says yes)
//   check passed share (q (1 - resolved failed) + (1 - q) open passed)
//   coded        q (1 - resolved as open) + (1 - q) open as resolved
//   satisfied    q L(z) + (1 - q) L(z');  of those asked  csat v (q r L(z) + (1 - q) r' L(z'))
//
// and promoters and detractors as the satisfied. What a system match makes of a contact depends on
// when the caller returns, and stays as drawn.

#include <array>

#include "engine/blueprint/blueprint.h"
#include "engine/centre/call.h"
#include "engine/kpi/contact_counts.h"

namespace callmill {

using ContactChances = std::array<double, kWidth<ContactCount>>;

// Of a contact that is over. Cost: six exponentials where satisfaction is modelled, else none.
ContactChances chances_of(const AftermathPlan& after,
                          const std::optional<Satisfaction>& satisfaction, const ContactOutcome& o);

// Expectations are summed as whole multiples of this, so that their order does not matter.
inline constexpr double kGivenUnit = 0x1p-32;

}  // namespace callmill
