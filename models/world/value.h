#pragma once
// What a contact is worth: to the caller (satisfaction) and to the centre (money).

namespace callmill {

// Log-odds of a satisfied caller: a sum of what was met. models/value/satisfaction.h has the
// formulas.
struct Satisfaction {
  double base = 2;  // no wait, settled at the first contact
  double per_minute_waited = -0.25;
  double unresolved = -2;
  double per_transfer = -0.4;
  double per_earlier_contact = -0.6;
  // Thresholds of the same score, its noise included: above `promoter` 9 or 10 of 10, below
  // `detractor` 6 or less. A satisfied caller has a score above 0.
  double promoter = 1.5;
  double detractor = -0.5;
};

// Money, in the scenario's currency. Wages and rents stand with groups and lines.
struct Costs {
  double call_minute = 0;  // of a busy line
  double lost_caller = 0;  // who gave up for good
  double answered = 0;     // revenue of an answered call
  double resolved = 0;     // and of a settled one, on top
};

}  // namespace callmill
