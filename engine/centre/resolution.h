#pragma once
// Stage 5: what a contact leaves behind. Is the matter settled, does the caller come back, what do
// the four ways of measuring see, how satisfied is the caller, and the survey on the line.
//
//   talking --> (contact over) --+--> free
//                                +--> survey --> free      the agent is in wrap-up meanwhile
//   self-service --> (contact over) --> free
//
// All draws are the contact's own: what others do changes none of them.

#include <algorithm>

#include "engine/centre/flow.h"
#include "models/value/satisfaction.h"

namespace callmill {

// The talk with `agent` is over, and the contact with it; talks before it in the same call, which
// passed it on, are part of the contact. Whether the matter is settled, and by which shares, is of
// the type of this last talk. True when the caller stays on the line for the survey.
template <class O, Parts kParts>
bool Flow<O, kParts>::contact_over(std::uint32_t line, std::uint32_t agent) {
  const Call& call = c_.calls[line];
  const CallerTypePlan& p = plan_.types[call.type];
  CallFile& file = c_.files[line];
  if (has(call, Mark::kCut)) return false;  // talk_cut_short() has said all
  if (!p.follows_up) {
    ++file.story.contacts;
    file.story.open = 0;
    return false;
  }
  const ContactOutcome outcome = judge_contact(call, file, agent);
  ++file.story.contacts;
  file.story.open = outcome.resolved ? 0 : 1;
  if (!outcome.resolved && !file.carried_on)
    file.carried_on = comes_back(line, p.after_open, file.story.contacts);
  observer_.contact_over(call, outcome);
  if (!outcome.survey_taken) return false;
  enter(c_.calls[line], CallState::kSurvey);
  const Sampler& length = plan_.aftermath[call.type].survey_length;
  set_timer(line, c_.now + length.draw(call.key.uniform(Purpose::kSurveyTime)));
  return true;
}

// The chance that `agent` settles the matter in this contact: the group's share, and what the
// agent's experience leaves open.
template <class O, Parts kParts>
double Flow<O, kParts>::chance_resolved(const Call& call, const CallFile& file,
                                        std::uint32_t agent) const {
  const AftermathPlan& a = plan_.aftermath[call.type];
  const double share = file.story.contacts == 0 ? a.first_contact : a.repeat;
  const double of_group = std::min(1.0, share * plan_.groups[group_of(agent)].resolution_factor);
  if (!more(plan_.has_personal)) return of_group;
  return 1 - std::min(1.0, (1 - of_group) * traits_of(agent).unresolved);
}

// What a caller who takes the survey says.
template <class O, Parts kParts>
void Flow<O, kParts>::hear(const Call& call, const Survey& s, ContactOutcome& o) {
  const auto happens = [&](Purpose purpose, Probability chance) {
    return call.key.uniform(purpose) < chance.value();
  };
  o.says_resolved = o.resolved != happens(Purpose::kSurveyAnswer,
                                          o.resolved ? s.resolved_say_no : s.open_say_yes);
  o.answers_fcr = happens(Purpose::kSurveyFcr, s.answers.fcr);
  o.answers_csat = happens(Purpose::kSurveyCsat, s.answers.csat);
  o.answers_nps = happens(Purpose::kSurveyNps, s.answers.nps);
}

template <class O, Parts kParts>
ContactOutcome Flow<O, kParts>::judge_contact(const Call& call, const CallFile& file,
                                              std::uint32_t agent) const {
  const CallerTypePlan& p = plan_.types[call.type];
  const AftermathPlan& a = plan_.aftermath[call.type];
  const auto happens = [&](Purpose purpose, double chance) {
    return call.key.uniform(purpose) < chance;
  };
  ContactOutcome o;
  o.resolves = a.resolves;
  o.first = file.story.contacts == 0;
  o.judged = true;
  if (a.resolves) {
    o.chance = chance_resolved(call, file, agent);
    o.resolved = happens(Purpose::kResolved, o.chance);
  }
  if (a.survey && happens(Purpose::kSurveyOffer, a.survey->offered.value())) {
    const Survey& s = *a.survey;
    o.survey_offered = true;
    o.survey_taken =
        happens(Purpose::kSurveyTaken, (o.resolved ? s.resolved_respond : s.open_respond).value());
    if (o.survey_taken) hear(call, s, o);
  }
  if (a.quality_check && o.first) {
    const QualityCheck& q = *a.quality_check;
    o.checked = happens(Purpose::kQualityCheck, q.share.value());
    if (o.checked)
      o.passed = o.resolved != happens(Purpose::kQualityVerdict,
                                       (o.resolved ? q.resolved_failed : q.open_passed).value());
  }
  if (a.agent_code) {
    const AgentCode& code = *a.agent_code;
    o.coded = true;
    o.coded_resolved =
        o.resolved != happens(Purpose::kAgentCode,
                              (o.resolved ? code.resolved_as_open : code.open_as_resolved).value());
  }
  if (a.system_match) {
    const SystemMatch& m = *a.system_match;
    o.matchable = true;
    if (o.resolved) {
      o.matched_resolved = !happens(Purpose::kOtherMatter, m.other_matter.value());
    } else {
      // A return that would fall into the night comes in the morning.
      const SimTime wished =
          when_again(call, p.after_open, file.story.contacts + 1u, redial_draw(call));
      const SimTime next = wished == SimTime::max() ? wished : when_open(wished);
      const bool same_number = !happens(Purpose::kOtherNumber, m.other_number.value());
      o.matched_resolved = !(same_number && next - c_.now <= m.window);
    }
  }
  if (plan_.satisfaction) {
    const bool in_queue = !has(call, Mark::kCallback);  // one who is rung waits for no agent
    const SimDuration waited = in_queue ? file.answered - call.joined : SimDuration{0};
    o.score = satisfaction_score(*plan_.satisfaction, {to_seconds(waited) / 60, o.resolved,
                                                       file.transfers, file.story.contacts});
    o.rated = true;
    o.verdict = verdict(*plan_.satisfaction, o.score, call.key.uniform(Purpose::kSatisfaction));
  }
  return o;
}

// The machine has served the caller.
template <class O, Parts kParts>
void Flow<O, kParts>::self_service_over(std::uint32_t line) {
  const Call& call = c_.calls[line];
  CallFile& file = c_.files[line];
  file.story.reached = std::min(file.story.reached, c_.now);
  ++file.story.contacts;
  if (!plan_.aftermath[call.type].resolves) return;
  const bool resolved =
      call.key.uniform(Purpose::kResolved) < plan_.aftermath[call.type].self_service;
  file.story.open = resolved ? 0 : 1;
  const CallAgainPlan& again = plan_.types[call.type].after_open;
  if (!resolved) file.carried_on = comes_back(line, again, file.story.contacts);
  observer_.self_service_over(call, resolved);
}

template <class O, Parts kParts>
void Flow<O, kParts>::survey_ends(std::uint32_t line) {
  clear_timer(line);
  observer_.survey_ended(c_.calls[line]);
  hang_up(line);
}

}  // namespace callmill
