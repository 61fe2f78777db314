#include "models/value/satisfaction.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace callmill {
namespace {

// Bounds of logit(u) on equal parts of (0, 1), a little wider than the rounding of logit(): most
// questions whether score + logit(u) exceeds a threshold are answered by them, without a logarithm.
class LogitBounds {
 public:
  LogitBounds() {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    border_.front() = -kInfinity;
    border_.back() = kInfinity;
    for (std::size_t i = 1; i < kParts; ++i)
      border_[i] = logit(static_cast<double>(i) / static_cast<double>(kParts));
  }
  double low(double u) const { return border_[part(u)] - kRounding; }
  double high(double u) const { return border_[part(u) + 1] + kRounding; }

 private:
  static constexpr std::size_t kParts = 64;  // half a kilobyte
  static constexpr double kRounding = 1e-9;
  static std::size_t part(double u) {
    return static_cast<std::size_t>(u * static_cast<double>(kParts));
  }
  std::array<double, kParts + 1> border_;
};

}  // namespace

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
  static const LogitBounds kBounds;
  const double least = score + kBounds.low(u), most = score + kBounds.high(u);
  const auto open = [&](double threshold) { return (least <= threshold) & (most >= threshold); };
  const bool any = open(0) | open(model.promoter) | open(model.detractor);
  if (!any) [[likely]]
    return {least > 0, least > model.promoter, most < model.detractor};
  const double felt = score + logit(u);
  return {felt > 0, felt > model.promoter, felt < model.detractor};
}

}  // namespace callmill
