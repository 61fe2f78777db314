#pragma once
// Whether a contact settles the caller's matter, what follows when it does not, and how the centre
// measures it.

#include <chrono>
#include <optional>

#include "base/quantity.h"
#include "base/random/law.h"
#include "base/time.h"
#include "models/world/callers_again.h"

namespace callmill {

// Somebody listens to a sample of first contacts and judges.
struct QualityCheck {
  Probability share{0.02};      // of first contacts
  Probability open_passed;      // of the unresolved that are checked: judged resolved
  Probability resolved_failed;  // of the resolved that are checked: judged unresolved
};

// The agent says at the end of each contact how it went.
struct AgentCode {
  Probability open_as_resolved;
  Probability resolved_as_open;
};

// The system takes a first contact for resolved unless the same number calls again within `window`.
struct SystemMatch {
  SimDuration window = std::chrono::hours{72};
  Probability other_number;  // of those who call again: from a number that is not matched
  Probability
      other_matter;  // of those whose matter is settled: call within the window all the same
};

struct Resolution {
  Probability first_contact{1};       // share settled by the first contact with an agent
  std::optional<Probability> repeat;  // by each later one; none: as the first
  Probability self_service{1};        // by a machine that served the caller
  CallAgain returns;                  // of the unresolved; the delay from the end of the contact
  double repeat_talk_factor = 1;      // repeats are harder cases: their talk is so much longer
  std::optional<QualityCheck> quality_check;
  std::optional<AgentCode> agent_code;
  std::optional<SystemMatch> system_match;
};

// Of the callers who take part in a survey, the shares that answer each of its questions; 0: it is
// not asked.
struct SurveyAnswers {
  Probability fcr{1};   // "is your matter settled?"
  Probability csat{1};  // "are you satisfied?"
  Probability nps{1};   // "would you recommend us, from 0 to 10?"
};

// Questions after the agent has hung up; the caller's line is held until they are answered.
struct Survey {
  Probability offered{1};             // of the answered
  Probability resolved_respond{0.3};  // of the offered whose matter is settled
  Probability open_respond{0.3};      // of the others
  Probability resolved_say_no;        // errors of the answers to "is your matter settled?"
  Probability open_say_yes;
  SurveyAnswers answers{};
  Law length = ConstantLaw{20};
};

}  // namespace callmill
