// Whether contacts settle the matter, how that is measured, the survey, satisfaction and money.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

Kind<QualityCheck> quality_check_kind() {
  return record_kind<QualityCheck>(
      {"how a sample of first contacts is judged",
       "quality_check",
       {optional_key("share", &QualityCheck::share, share(), "of first contacts that are checked"),
        optional_key("open_passed", &QualityCheck::open_passed, share(),
                     "unresolved ones that are judged resolved"),
        optional_key("resolved_failed", &QualityCheck::resolved_failed, share(),
                     "resolved ones that are judged unresolved")},
       {}});
}

Kind<AgentCode> agent_code_kind() {
  return record_kind<AgentCode>(
      {"how agents code their contacts",
       "agent_code",
       {optional_key("open_as_resolved", &AgentCode::open_as_resolved, share(),
                     "unresolved contacts that are coded resolved"),
        optional_key("resolved_as_open", &AgentCode::resolved_as_open, share(),
                     "resolved contacts that are coded unresolved")},
       {}});
}

Kind<SystemMatch> system_match_kind() {
  return record_kind<SystemMatch>(
      {"how the system matches calls",
       "system_match",
       {optional_key("window", &SystemMatch::window, duration({0, kLongest, true, false}),
                     "resolved unless the number calls again within this time"),
        optional_key("other_number", &SystemMatch::other_number, share(),
                     "of them who call again: from another number, which is not matched"),
        optional_key("other_matter", &SystemMatch::other_matter, share(),
                     "of the settled: call within the window about something else")},
       {}});
}

}  // namespace

Kind<Resolution> resolution_kind() {
  return record_kind<Resolution>(
      {"whether contacts settle the matter",
       "resolution",
       {required_key("first_contact", &Resolution::first_contact, share(),
                     "share settled by the first contact with an agent, callbacks included"),
        maybe_key("repeat", &Resolution::repeat, share(), "by each later contact",
                  "as first_contact"),
        optional_key("self_service", &Resolution::self_service, share(),
                     "by a machine that served the caller"),
        optional_key("returns", &Resolution::returns, call_again_kind(),
                     "of the unresolved: who calls again, how long after the contact"),
        optional_key("repeat_talk_factor", &Resolution::repeat_talk_factor,
                     number({0, 100, true, false}),
                     "talk of a repeat, in talks of a first contact"),
        maybe_key("quality_check", &Resolution::quality_check, quality_check_kind(),
                  "resolution as a sample of recordings shows it", "none"),
        maybe_key("agent_code", &Resolution::agent_code, agent_code_kind(),
                  "resolution as the agents' codes show it", "none"),
        maybe_key("system_match", &Resolution::system_match, system_match_kind(),
                  "resolution as the call records show it", "none")},
       {}});
}

Kind<Survey> survey_kind() {
  const Kind<SurveyAnswers> answers = record_kind<SurveyAnswers>(
      {"a map with fcr, csat and nps",
       "survey_answers",
       {optional_key("fcr", &SurveyAnswers::fcr, share(), "say whether the matter is settled"),
        optional_key("csat", &SurveyAnswers::csat, share(), "say whether they are satisfied"),
        optional_key("nps", &SurveyAnswers::nps, share(), "say whether they would recommend")},
       {}});
  return record_kind<Survey>(
      {"questions after the call",
       "survey",
       {optional_key("offered", &Survey::offered, share(), "of the answered calls and callbacks"),
        optional_key("resolved_respond", &Survey::resolved_respond, share(),
                     "of the offered whose matter is settled"),
        optional_key("open_respond", &Survey::open_respond, share(), "of the other ones"),
        optional_key("resolved_say_no", &Survey::resolved_say_no, share(),
                     "answers of the settled that say it is not"),
        optional_key("open_say_yes", &Survey::open_say_yes, share(),
                     "answers of the unsettled that say it is"),
        optional_key("answers", &Survey::answers, answers,
                     "of them who take part, the shares that answer each question"),
        optional_key("length", &Survey::length, law_kind(),
                     "the line is held for this time, the agent is not")},
       {}});
}

Field<World> satisfaction_section() {
  const Kind<double> weight = number(between(-100, 100));
  return maybe_key("satisfaction", &World::satisfaction,
                   record_kind<Satisfaction>(
                       {"weights of a caller's score",
                        "satisfaction",
                        {optional_key("base", &Satisfaction::base, weight,
                                      "score with no wait, settled at the first contact"),
                         optional_key("per_minute_waited", &Satisfaction::per_minute_waited, weight,
                                      "added for each minute in the queue"),
                         optional_key("unresolved", &Satisfaction::unresolved, weight,
                                      "added when the matter is left open"),
                         optional_key("per_transfer", &Satisfaction::per_transfer, weight,
                                      "added for each transfer"),
                         optional_key("per_earlier_contact", &Satisfaction::per_earlier_contact,
                                      weight, "added for each earlier contact about the matter"),
                         optional_key("promoter", &Satisfaction::promoter, weight,
                                      "felt score above which a caller answers 9 or 10"),
                         optional_key("detractor", &Satisfaction::detractor, weight,
                                      "felt score below which a caller answers 6 or less")},
                        {}}),
                   "How satisfied callers are: log-odds, see docs/models/value.md.",
                   "not asked for");
}

Field<World> costs_section() {
  return maybe_key(
      "costs", &World::costs,
      record_kind<Costs>(
          {"prices",
           "costs",
           {optional_key("call_minute", &Costs::call_minute, money("min"), "of a busy line"),
            optional_key("lost_caller", &Costs::lost_caller, money("caller"),
                         "for each caller who gave up for good"),
            optional_key("answered", &Costs::answered, money("call"),
                         "revenue of an answered contact, callbacks made included"),
            optional_key("resolved", &Costs::resolved, money("call"),
                         "revenue of a settled one, on top")},
           {}}),
      "Prices beside the wages of groups and the rent of lines.", "none");
}

}  // namespace callmill::files
