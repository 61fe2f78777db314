#pragma once
// How satisfied a caller is, as a stated function of what the caller met.
//
//   score z = base + per_minute_waited * minutes + unresolved * [not settled]
//             + per_transfer * transfers + per_earlier_contact * earlier contacts
//   felt = z + e, e logistic: satisfied when felt > 0, promoter when felt > promoter, detractor
//   when felt < detractor
//
//   P(satisfied) = L(z), P(promoter) = L(z - promoter), P(detractor) = L(detractor - z),
//   L(x) = 1 / (1 + exp(-x))
//
// So CSAT is an ordinary logistic regression, which is how its weights are fitted; NPS is an
// ordered logit on the same score.

#include <cstdint>

#include "models/world/value.h"

namespace callmill {

struct Encounter {
  double minutes_waited = 0;
  bool resolved = true;
  std::uint32_t transfers = 0;
  std::uint32_t earlier_contacts = 0;
};

// L(x), without overflow for any x.
double logistic(double x);
// Its inverse: the e that a uniform u in (0, 1) stands for.
double logit(double u);

double satisfaction_score(const Satisfaction& model, const Encounter& met);

struct Verdict {
  bool satisfied = false, promoter = false, detractor = false;
};
Verdict verdict(const Satisfaction& model, double score, double u);

}  // namespace callmill
