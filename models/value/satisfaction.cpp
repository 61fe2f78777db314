#include "models/value/satisfaction.h"

#include <cmath>

namespace callmill {

double logistic(double x) {
  if (x >= 0) return 1 / (1 + std::exp(-x));
  const double e = std::exp(x);
  return e / (1 + e);
}

double logit(double u) {
  return std::log(u) - std::log1p(-u);
}

double satisfaction_score(const Satisfaction& model, const Encounter& met) {
  return model.base + model.per_minute_waited * met.minutes_waited +
         (met.resolved ? 0 : model.unresolved) + model.per_transfer * met.transfers +
         model.per_earlier_contact * met.earlier_contacts;
}

Verdict verdict(const Satisfaction& model, double score, double u) {
  const double felt = score + logit(u);
  return {felt > 0, felt > model.promoter, felt < model.detractor};
}

}  // namespace callmill
