#include <algorithm>
#include <cmath>

#include "models/world/findings.h"

namespace callmill {

std::string in_words(SimDuration d) {
  using namespace std::chrono;
  const auto whole = duration_cast<seconds>(d);
  if (whole != d || whole < minutes{1}) return fmt::format("{:.6g}s", to_seconds(d));
  std::string text;
  if (const auto h = duration_cast<hours>(whole); h.count() > 0)
    text += fmt::format("{}h", h.count());
  if (const auto m = duration_cast<minutes>(whole % hours{1}); m.count() > 0)
    text += fmt::format("{}min", m.count());
  if (const auto s = whole % minutes{1}; s.count() > 0) text += fmt::format("{}s", s.count());
  return text;
}

std::string time_in_words(SimDuration after_midnight) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(after_midnight).count();
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

void Findings::check_law(const std::string& path, const Law& law) {
  if (const std::string wrong = fault(law); !wrong.empty())
    found(path, "law", "is not a law: " + wrong);
}

void Findings::check_steps(const std::string& path, SimDuration step,
                           const std::vector<double>& values) {
  const SimDuration length = world.day.length();
  if (length <= SimDuration::zero()) return;  // said already
  const auto steps = static_cast<std::int64_t>(values.size());
  if (step <= SimDuration::zero() || length % step != SimDuration::zero()) {
    found(path, "profile",
          fmt::format("has steps of {}, which do not divide the day of {}", in_words(step),
                      in_words(length)),
          "", {"day"});
  } else if (steps != length / step) {
    found(path, "profile",
          fmt::format("has {} values for steps of {}; the day of {} has {} such steps", steps,
                      in_words(step), in_words(length), length / step),
          "", {"day"});
  } else if (std::any_of(values.begin(), values.end(),
                         [](double v) { return !(v >= 0) || std::isinf(v); })) {
    found(path, "range", "has a value below 0");
  }
}

void Findings::check_profile(const std::string& path, const Profile& profile) {
  if (profile.by_day.empty()) {
    check_steps(path, profile.step, profile.values);
    return;
  }
  const std::string by_day = path + ".by_day";
  if (!world.days.first) {
    found(by_day, "days", "tells days apart, but the scenario has no date",
          "add days: {first: 2026-11-23}", {"days"});
    return;
  }
  for (const DayProfile& d : profile.by_day) {
    check_steps(by_day + "." + d.day, d.step, d.values);
    check_day_word(by_day + "." + d.day, d.day);
  }
  if (!profile.values.empty()) {
    check_steps(by_day + ".other", profile.step, profile.values);
    return;
  }
  for (const OpenDay& day : world.open_days())
    if (profile_on(profile, day).values.empty()) {
      found(by_day, "days",
            fmt::format("says nothing of {}, a {} on which the centre is open", in_words(*day.date),
                        day.kind),
            fmt::format("add {}, or other for all days that are not named", day.kind), {"days"});
      return;
    }
}

// A key of by_day: a weekday, workday, weekend, a date of the run, or a kind of special day.
void Findings::check_day_word(const std::string& path, const std::string& word) {
  if (is_weekday(word) || word == "workday" || word == "weekend") return;
  const Days& days = world.days;
  if (std::any_of(days.special.begin(), days.special.end(),
                  [&](const SpecialDay& s) { return s.kind == word && word != "closed"; }))
    return;
  if (parse_date(word)) return;
  found(path, "days",
        "is no weekday, no workday, weekend or other, no date and no kind of days.special", "",
        {"days"});
}

namespace {

// The agents that the world itself says a group has; a plan may give it more.
std::int64_t agents_known(const World& world, GroupId id) {
  double staff = 0;
  if (const auto& profile = world.groups[id.index()].staff) {
    for (const double agents : profile->values) staff = std::max(staff, agents);
    for (const DayProfile& day : profile->by_day)
      for (const double agents : day.values) staff = std::max(staff, agents);
  }
  std::int64_t roster = 0;
  for (const DutyPeriod& period : world.roster)
    if (period.group == id) roster = std::max<std::int64_t>(roster, period.agent + 1);
  return static_cast<std::int64_t>(staff) + roster;
}

void check_agent_wish(Findings& f, const std::string& path, const Destination& to) {
  if (to.otherwise.size() != 1 || to.otherwise[0].kind != Destination::Kind::kQueue)
    f.found(path + ".otherwise", "choice", "must be a queue, for when the agent is not there");
  if (!f.exists(to.group, f.world.groups, path + ".agent.group")) return;
  const AgentGroup& group = f.world.groups[to.group.index()];
  const std::int64_t agents = agents_known(f.world, to.group);
  if (group.staff && to.number > agents)
    f.found(path + ".agent.number", "agent",
            fmt::format("is {}; {} has {} agents at the most", to.number, group.name, agents), "",
            {place("groups", group, "staff")});
}

}  // namespace

void Findings::check_destination(const std::string& path, const Destination& to) {
  if (to.kind == Destination::Kind::kQueue) exists(to.queue, world.queues, path + ".queue");
  if (to.kind == Destination::Kind::kMenu) exists(to.menu, world.menus, path + ".menu");
  if (to.kind == Destination::Kind::kSelfService)
    check_law(path + ".self_service", to.self_service_time);
  if (to.kind == Destination::Kind::kAgent) check_agent_wish(*this, path, to);
  if (to.kind == Destination::Kind::kContact) check_other_channel(path + ".contact", to.type);
  for (const Destination& otherwise : to.otherwise)
    check_destination(path + ".otherwise", otherwise);
}

}  // namespace callmill
