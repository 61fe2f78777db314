#include <algorithm>
#include <set>
#include <utility>

#include "models/world/findings.h"

namespace callmill {
namespace {

void check_deviation(Findings& f, const std::string& path, const Deviation& deviation) {
  f.check_law(path + ".by", deviation.by);
  if (fault(deviation.by).empty() && deviation.share.value() > 0 && mean(deviation.by) <= 0)
    f.found(path, "attendance", "has a share, but by is 0");
}

void check_attendance(Findings& f, const std::string& path, const Attendance& attendance) {
  check_deviation(f, path + ".late", attendance.late);
  check_deviation(f, path + ".early", attendance.early);
  check_deviation(f, path + ".break_late", attendance.break_late);
  check_deviation(f, path + ".break_overrun", attendance.break_overrun);
}

void check_ringing(Findings& f, const std::string& path, const Ringing& ringing) {
  f.check_law(path + ".time", ringing.time);
  f.check_law(path + ".gives_up", ringing.gives_up);
  f.check_law(path + ".rest", ringing.rest);
  const bool timeless = fault(ringing.gives_up).empty() && fault(ringing.rest).empty() &&
                        mean(ringing.gives_up) <= 0 && mean(ringing.rest) <= 0;
  if (ringing.no_answer.value() > 0 && timeless)
    f.found(path, "ringing", "takes no time when nobody answers; the phone would ring for ever",
            "give gives_up or rest a length", {path + ".gives_up", path + ".rest"});
}

void check_interrupt(Findings& f, const std::string& path, const WrapInterrupt& interrupt) {
  if (!interrupt.waiting && !interrupt.wait)
    f.found(path, "wrap", "names neither waiting nor wait", "waiting: 5 or wait: 60s says when");
}

void check_group(Findings& f, GroupId id) {
  const AgentGroup& group = f.world.groups[id.index()];
  const auto path = [&](const char* key) { return place("groups", group, key); };
  if (group.attendance) check_attendance(f, path("attendance"), *group.attendance);
  if (group.ringing) check_ringing(f, path("ringing"), *group.ringing);
  if (group.wrap_interrupt) check_interrupt(f, path("wrap_interrupt"), *group.wrap_interrupt);
  if (group.staff_release != StaffRelease::kNamed && has_team(f.world, id))
    f.found(path("staff_release"), "release",
            "chooses who leaves, but the roster names who is on duty when",
            "leave staff_release out, or use staff instead of the roster", {"roster"});
}

void check_shift(Findings& f, const std::string& path, const RosterShift& shift) {
  if (shift.to <= shift.from)
    f.found(path + ".to", "roster",
            fmt::format("is {}, not after from ({})", time_in_words(shift.to),
                        time_in_words(shift.from)),
            "times go on beyond 24:00 for ends after midnight", {path + ".from"});
  SimDuration free = shift.from;
  for (std::size_t i = 0; i < shift.breaks.size(); ++i) {
    const RosterBreak& rest = shift.breaks[i];
    const std::string here = fmt::format("{}.breaks[{}]", path, i);
    if (rest.to <= rest.from || rest.from < free || rest.to > shift.to)
      f.found(here, "roster",
              fmt::format("is {} to {}; it must lie between {} and {}, with an end after its start",
                          time_in_words(rest.from), time_in_words(rest.to), time_in_words(free),
                          time_in_words(shift.to)),
              "breaks are in order, inside their shift", {path + ".from"});
    free = std::max(free, rest.to);
  }
}

void check_days_of(Findings& f, const std::string& path, const RosterShift& shift) {
  if (!shift.on.empty() && !f.world.days.first)
    f.found(path + ".only_on", "days", "tells days apart, but the scenario has no date",
            "add days: {first: 2026-11-23}", {"days"});
  else
    for (std::size_t k = 0; k < shift.on.size(); ++k)
      f.check_day_word(fmt::format("{}.only_on[{}]", path, k), shift.on[k]);
}

// On the calendar: shifts of a day are in order, and the last of one day is over when the first of
// another begins. Each pair of shifts is said once.
void check_order(Findings& f, const std::string& here, const RosterEntry& entry) {
  std::set<std::pair<std::size_t, std::size_t>> said;
  SimTime free;
  std::size_t before = entry.shifts.size();
  for (const OpenDay& day : f.world.open_days())
    for (std::size_t s = 0; s < entry.shifts.size(); ++s) {
      const RosterShift& shift = entry.shifts[s];
      if (!is_one_of(shift.on, day)) continue;
      const SimTime midnight = day.opens - f.world.day.opens;
      if (before < entry.shifts.size() && midnight + shift.from < free &&
          said.emplace(before, s).second)
        f.found(fmt::format("{}.shifts[{}].from", here, s), "roster",
                fmt::format("is {}, before the shift before it ends ({})",
                            time_in_words(shift.from), time_in_words(entry.shifts[before].to)),
                "shifts are in order and do not overlap, nor those of one day and the next",
                {fmt::format("{}.shifts[{}].to", here, before)});
      free = midnight + shift.to;
      before = s;
    }
}

void check_entry(Findings& f, std::size_t i) {
  const RosterEntry& entry = f.world.team[i];
  const std::string here = fmt::format("roster[{}]", i);
  f.exists(entry.group, f.world.groups, here + ".group");
  for (std::size_t s = 0; s < entry.shifts.size(); ++s) {
    const std::string path = fmt::format("{}.shifts[{}]", here, s);
    check_shift(f, path, entry.shifts[s]);
    check_days_of(f, path, entry.shifts[s]);
  }
  check_order(f, here, entry);
  if (entry.agents > 1 && !entry.name.empty())
    f.found(here + ".name", "roster",
            fmt::format("is one person's, {}, but agents is {}", entry.name, entry.agents),
            "leave one of them out", {here + ".agents"});
}

}  // namespace

void check_people(Findings& f) {
  for (std::size_t g = 0; g < f.world.groups.size(); ++g) check_group(f, GroupId{g});
  for (std::size_t i = 0; i < f.world.team.size(); ++i) check_entry(f, i);
}

}  // namespace callmill
