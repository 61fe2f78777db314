#pragma once
// What each way of measuring first-contact resolution shows when the truth is f: closed forms, for
// callers who do not differ otherwise. The bias is the difference to f.
//
//   survey         (f r1 (1 - n) + (1 - f) r0 y) / (f r1 + (1 - f) r0)
//                  r1, r0: response of the resolved and the open; n: resolved say no; y: open say
//                  yes
//   quality check  f (1 - failed) + (1 - f) passed
//   agent code     f (1 - as open) + (1 - f) as resolved
//   system match   f (1 - other matter) + (1 - f) (1 - s G(window) (1 - other number))
//                  s: share that returns, G: law of the delay

#include "models/world/resolution.h"

namespace callmill {

double measured_by_survey(double fcr, const Survey& survey);  // NaN when nobody responds
double measured_by_check(double fcr, const QualityCheck& check);
double measured_by_code(double fcr, const AgentCode& code);
double measured_by_match(double fcr, const SystemMatch& match, const CallAgain& returns);

}  // namespace callmill
