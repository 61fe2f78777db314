// Agents as people: experience, attendance, ringing, wrap-up rules, the roster.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

constexpr double kMostDays = 20'000;

Kind<AuxCode> aux_code_kind() {
  return word<AuxCode>({{"break", AuxCode::kBreak},
                        {"meal", AuxCode::kMeal},
                        {"meeting", AuxCode::kMeeting},
                        {"training", AuxCode::kTraining},
                        {"coaching", AuxCode::kCoaching},
                        {"no_answer", AuxCode::kNoAnswer},
                        {"other", AuxCode::kOther}});
}

Kind<double> days() {
  return number(between(0, kMostDays));
}
Kind<double> first_day_factor() {
  return number(between(0.1, 10));
}

Kind<Learning> learning_kind() {
  return record_kind<Learning>(
      {"a map with the keys of a learning curve",
       "learning",
       {optional_key("form", &Learning::form,
                     word<LearningForm>({{"exponential", LearningForm::kExponential},
                                         {"power", LearningForm::kPower}}),
                     "1 + (first day - 1) / 2^(days / half_life), or first day * days^-b with 1 at "
                     "veteran"),
        optional_key("talk", &Learning::talk, first_day_factor(),
                     "factor of the first day on talk; a veteran's is 1"),
        optional_key("wrap", &Learning::wrap, first_day_factor(), "the same on wrap"),
        optional_key("transfer", &Learning::transfer, first_day_factor(),
                     "the same on the share of calls handed on"),
        optional_key("unresolved", &Learning::unresolved, first_day_factor(),
                     "the same on the share left unresolved"),
        optional_key("half_life", &Learning::half_life, number({0, kMostDays, true, false}),
                     "days in which the excess halves; form exponential"),
        optional_key("veteran", &Learning::veteran, number({1, kMostDays, true, false}),
                     "days from which the factor is 1; form power")},
       {}});
}

Kind<Experience> experience_kind() {
  const Record<ExperienceShare> share{
      "a map with agents and days",
      "experience_share",
      {required_key("agents", &ExperienceShare::agents, count_as<std::uint32_t>(1, 1'000'000),
                    "so many agents, in their order"),
       required_key("days", &ExperienceShare::days, days(), "of experience that each has")},
      {}};
  const Record<Mentoring> mentoring{
      "a map with slows and until",
      "mentoring",
      {required_key("slows", &Mentoring::slows, share_of(between(0, 1)),
                    "a mentor's talk and wrap, for each newcomer in care"),
       optional_key("until", &Mentoring::until, days(),
                    "days of experience below which an agent is a newcomer")},
      {}};
  return record_kind<Experience>(
      {"a map with learning and agents",
       "experience",
       {required_key("learning", &Experience::learning, learning_kind(),
                     "how factors come down to 1 with experience"),
        optional_key("agents", &Experience::agents,
                     list_of(record_kind(share), false, "a list of {agents, days}"),
                     "who has how much; agents beyond the list are veterans"),
        maybe_key("mentoring", &Experience::mentoring, record_kind(mentoring),
                  "what newcomers cost the veterans who guide them", "none")},
       {}});
}

Kind<Fatigue> fatigue_kind() {
  return record_kind<Fatigue>(
      {"a map with per_hour and most",
       "fatigue",
       {required_key("per_hour", &Fatigue::per_hour, share_of(between(0, 1)),
                     "talk and wrap grow so much with each hour of work since the last break"),
        required_key("most", &Fatigue::most, share_of(between(0, 5)), "and no more than this")},
       {}});
}

Kind<Attendance> attendance_kind() {
  const Kind<Deviation> deviation =
      record_kind<Deviation>({"a map with share and by",
                              "deviation",
                              {required_key("share", &Deviation::share, share(), "of the cases"),
                               required_key("by", &Deviation::by, law_kind(), "how much")},
                              {}});
  return record_kind<Attendance>(
      {"a map with the keys of attendance",
       "attendance",
       {optional_key("absent", &Attendance::absent, share(), "share of shifts nobody comes to"),
        optional_key("late", &Attendance::late, deviation, "to a shift"),
        optional_key("early", &Attendance::early, deviation, "home before a shift's end"),
        optional_key("break_late", &Attendance::break_late, deviation,
                     "into a break, which keeps its length"),
        optional_key("break_overrun", &Attendance::break_overrun, deviation, "back from a break")},
       {}});
}

Kind<Ringing> ringing_kind() {
  return record_kind<Ringing>(
      {"a map with the keys of ringing",
       "ringing",
       {optional_key("time", &Ringing::time, law_kind(), "until the phone is answered"),
        optional_key("no_answer", &Ringing::no_answer, share(), "share that nobody picks up"),
        optional_key("gives_up", &Ringing::gives_up, law_kind(),
                     "until such a call goes back to its place in the queue"),
        optional_key("rest", &Ringing::rest, law_kind(),
                     "the agent who did not pick up is then not available, this long"),
        optional_key("code", &Ringing::code, aux_code_kind(), "under this code"),
        optional_key("in_wait", &Ringing::in_wait, yes_no(),
                     "the wait that is reported includes the ringing")},
       {}});
}

Kind<WrapInterrupt> interrupt_kind() {
  return record_kind<WrapInterrupt>(
      {"a map with waiting, wait and resumed",
       "wrap_interrupt",
       {maybe_key("waiting", &WrapInterrupt::waiting, count_as<std::uint32_t>(1, 1'000'000),
                  "when so many calls wait that the group may take", "none"),
        maybe_key("wait", &WrapInterrupt::wait, duration(between(0, kLongest)),
                  "when one of them has waited so long", "none"),
        optional_key("resumed", &WrapInterrupt::resumed, yes_no(),
                     "the rest is added to the agent's next wrap; otherwise it is lost")},
       {}});
}

Record<RosterEntry> entry_record() {
  const Kind<SimDuration> time = time_of_day(between(0, kLongest));
  const Record<RosterBreak> rest{
      "a map with from, to and code",
      "roster_break",
      {required_key("from", &RosterBreak::from, time, "its start"),
       required_key("to", &RosterBreak::to, time, "its end"),
       optional_key("code", &RosterBreak::code, aux_code_kind(), "what it is for")},
      {}};
  const Record<RosterShift> shift{
      "a map with from, to and breaks",
      "roster_shift",
      {required_key("from", &RosterShift::from, time, "start of duty"),
       required_key("to", &RosterShift::to, time, "its end; beyond 24:00 after midnight"),
       optional_key("breaks", &RosterShift::breaks,
                    list_of(record_kind(rest), false, "a list of breaks, in order"),
                    "signed in, not available: breaks, meals, meetings, training"),
       optional_key("only_on", &RosterShift::on,
                    list_of(text(), true, "a list of days, at least one"),
                    "only on such days: weekdays, workday, weekend, dates or kinds of "
                    "days.special; left out: on each open day")},
      {}};
  return {
      "a map with group and shifts",
      "roster_entry",
      {optional_key("name", &RosterEntry::name, text(), "of the agent"),
       required_key("group", &RosterEntry::group, reference<GroupId>(), "the group they are in"),
       optional_key("agents", &RosterEntry::agents, count_as<std::uint32_t>(1, 100'000),
                    "so many with these hours"),
       maybe_key("days", &RosterEntry::days, days(),
                 "of experience on the first day; each day worked adds one",
                 "none: as the group's experience says"),
       required_key("shifts", &RosterEntry::shifts,
                    list_of(record_kind(shift), true, "a list of shifts, at least one"),
                    "in the order of time")},
      {}};
}

}  // namespace

std::vector<Field<AgentGroup>> people_fields() {
  return {
      maybe_key("experience", &AgentGroup::experience, experience_kind(), "new agents and veterans",
                "none: all are veterans"),
      group_key<AgentGroup>("speed",
                            {"a map with cv",
                             "",
                             {optional_key("cv", &AgentGroup::speed_cv, share_of(between(0, 1)),
                                           "of a factor on talk and wrap; its mean is 1")},
                             {}},
                            false,
                            "Agents differ: each has a lognormal factor, the same on every day."),
      maybe_key("fatigue", &AgentGroup::fatigue, fatigue_kind(),
                "talk and wrap grow with the work since the last break", "none"),
      maybe_key("attendance", &AgentGroup::attendance, attendance_kind(),
                "absence, lateness, breaks that overrun", "none: everyone keeps the hours"),
      maybe_key("ringing", &AgentGroup::ringing, ringing_kind(),
                "the phone rings before it is answered; also for mobile agents",
                "none: calls are answered at once"),
      maybe_key("wrap_cap", &AgentGroup::wrap_cap, duration(between(0, kLongest)),
                "no wrap is longer", "none"),
      maybe_key("wrap_interrupt", &AgentGroup::wrap_interrupt, interrupt_kind(),
                "agents in wrap are called away when the queue is long", "none"),
      optional_key("staff_release", &AgentGroup::staff_release,
                   word<StaffRelease>({{"named", StaffRelease::kNamed},
                                       {"idle_first", StaffRelease::kIdleFirst},
                                       {"idle_then_busy", StaffRelease::kIdleThenBusy},
                                       {"preempt", StaffRelease::kPreempt}}),
                   "who leaves when staff falls: the last to come once free; idle agents, then "
                   "whoever is free first; idle agents, then some of the busy when they are done; "
                   "or at once, and their calls go back to the queue"),
  };
}

Field<World> roster_section() {
  return optional_key(
      "roster", &World::team,
      list_of(record_kind(entry_record()), false, "a list of agents with their shifts"),
      "Agents with their own hours, beside those of groups' staff.");
}

}  // namespace callmill::files
