#include <algorithm>
#include <chrono>

#include "models/world/findings.h"

namespace callmill {
namespace {

// The kinds are of one group, that of the limit where it names one.
void check_kinds(Findings& f, const ShiftLimit& limit) {
  const std::string path = place("limits", limit, "shifts");
  for (const std::string& name : limit.shifts) {
    const auto kind = std::find_if(f.world.shifts.begin(), f.world.shifts.end(),
                                   [&](const ShiftPattern& s) { return s.name == name; });
    if (kind == f.world.shifts.end())
      f.found(path, "unknown-name", fmt::format("names {}, which is no kind of shift", name));
    else if (limit.group.valid() && kind->group != limit.group)
      f.found(path, "limit",
              fmt::format("has {}, which staffs another group than {}", name,
                          f.world.groups[limit.group.index()].name),
              "a limit is over the shifts of one group", {place("limits", limit, "group")});
  }
}

void check_bounds(Findings& f, const ShiftLimit& limit) {
  const auto path = [&](const char* key) { return place("limits", limit, key); };
  if (!limit.at_least && !limit.at_most && !limit.share_at_least && !limit.share_at_most)
    f.found(place("limits", limit), "limit", "has no bound",
            "write at_least, at_most, share_at_least or share_at_most");
  if (limit.at_least && limit.at_most && *limit.at_least > *limit.at_most)
    f.found(path("at_most"), "limit", fmt::format("is below at_least ({})", *limit.at_least), "",
            {path("at_least")});
  if (limit.share_at_least && limit.share_at_most && *limit.share_at_least > *limit.share_at_most)
    f.found(path("share_at_most"), "limit", "is below share_at_least", "",
            {path("share_at_least")});
}

void check_limit(Findings& f, const ShiftLimit& limit) {
  const auto path = [&](const char* key) { return place("limits", limit, key); };
  const auto idle = [&](bool given, const char* key, const char* why) {
    if (given) f.found(path(key), "no-effect", why, "", {path("count")});
  };
  f.exists(limit.group, f.world.groups, path("group"));
  if (limit.group.valid() && limit.group.index() < f.world.groups.size()) check_kinds(f, limit);
  check_bounds(f, limit);
  if (limit.from.has_value() != limit.to.has_value())
    f.found(path(limit.from ? "from" : "to"), "limit", "stands alone; hours need from and to");
  if (limit.from && *limit.from >= std::chrono::hours{24})
    f.found(path("from"), "limit", "must be before 24:00; hours after midnight are those of to");
  if (limit.of == LimitOf::kHeads) {
    idle(limit.from.has_value(), "from", "has no use where heads of the day are counted");
    return;
  }
  idle(!limit.shifts.empty(), "shifts",
       "has no use where who is there at a time is counted: that is of the whole group");
  idle(limit.share_at_least.has_value(), "share_at_least", "is of the heads of the day");
  idle(limit.share_at_most.has_value(), "share_at_most", "is of the heads of the day");
}

void check_shrinkage(Findings& f, GroupId id) {
  const AgentGroup& group = f.world.groups[id.index()];
  const auto path = [&](const char* key) { return place("groups", group, key); };
  const Shrinkage& shrinkage = *group.shrinkage;
  if (std::none_of(f.world.shifts.begin(), f.world.shifts.end(),
                   [&](const ShiftPattern& s) { return s.group == id; }))
    f.found(path("shrinkage"), "no-effect", "has no use: no kind of shift staffs the group",
            "staff counts who is there; add a shift with this group, or leave shrinkage out",
            {"shifts"});
  if (shrinkage.planned) {
    f.check_profile(path("shrinkage.planned"), *shrinkage.planned);
    if (std::any_of(shrinkage.planned->values.begin(), shrinkage.planned->values.end(),
                    [](double share) { return share >= 1; }))
      f.found(path("shrinkage.planned"), "range", "leaves nobody for calls; must be below 100%");
  }
  if (shrinkage.unplanned.value() >= 1)
    f.found(path("shrinkage.unplanned"), "range", "leaves nobody; must be below 100%");
  if (shrinkage.unplanned.value() > 0 && group.attendance && group.attendance->absent.value() > 0)
    f.found(path("shrinkage.unplanned"), "shrinkage",
            "and attendance.absent would both take the same people away",
            "keep one of them: attendance.absent acts in every run, shrinkage on shifts alone",
            {path("attendance")});
}

}  // namespace

void check_limits(Findings& f) {
  for (const ShiftLimit& limit : f.world.limits) check_limit(f, limit);
  for (std::size_t g = 0; g < f.world.groups.size(); ++g)
    if (f.world.groups[g].shrinkage) check_shrinkage(f, GroupId{g});
}

}  // namespace callmill
