#include "models/value/measured_fcr.h"

#include <limits>

namespace callmill {

double measured_by_survey(double fcr, const Survey& survey) {
  const double resolved = fcr * survey.resolved_respond.value();
  const double open = (1 - fcr) * survey.open_respond.value();
  if (resolved + open <= 0) return std::numeric_limits<double>::quiet_NaN();
  return (resolved * (1 - survey.resolved_say_no.value()) + open * survey.open_say_yes.value()) /
         (resolved + open);
}

double measured_by_check(double fcr, const QualityCheck& check) {
  return fcr * (1 - check.resolved_failed.value()) + (1 - fcr) * check.open_passed.value();
}

double measured_by_code(double fcr, const AgentCode& code) {
  return fcr * (1 - code.resolved_as_open.value()) + (1 - fcr) * code.open_as_resolved.value();
}

double measured_by_match(double fcr, const SystemMatch& match, const CallAgain& returns) {
  const double seen = returns.share.value() * cdf(returns.delay, to_seconds(match.window)) *
                      (1 - match.other_number.value());
  return fcr * (1 - match.other_matter.value()) + (1 - fcr) * (1 - seen);
}

}  // namespace callmill
