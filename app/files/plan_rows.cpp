#include "app/files/plan_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/files/plan_file.h"
#include "app/files/text.h"

namespace callmill {
namespace files {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};

// A cell of RFC 4180; readers drop blanks around a cell that is not quoted.
std::string quoted(const std::string& text) {
  const bool blank = text.starts_with(' ') || text.ends_with(' ');
  if (!blank && text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string{"\"\""} : std::string{c};
  return out + '"';
}

}  // namespace

std::vector<std::string> columns_of(const World& world) {
  std::vector<std::string> columns{"group", "agent",  "shift", "from",
                                   "to",    "breaks", "lines", "count"};
  if (world.several_days()) columns.insert(columns.begin() + 2, "day");
  return columns;
}

std::string name_of_day(const World& world, std::int64_t day) {
  if (!world.days.first) return std::to_string(day + 1);
  return in_words(*world.days.first + std::chrono::days{day});
}

std::string called(const PlannedShift& shift) {
  return shift.name.empty() ? std::to_string(shift.agent + 1) : shift.name;
}

}  // namespace files

std::string plan_file(const World& world, const DayPlan& plan) {
  // A day of no more than 24 h has each time of the clock once.
  const bool once = world.day.length() <= files::kDay;
  const auto clock = [once](SimDuration t) {
    return files::print_time_of_day(to_seconds(once ? t % files::kDay : t));
  };
  const bool days = world.several_days();
  std::string out = fmt::format("{}\n", fmt::join(files::columns_of(world), ","));
  for (const PlannedShift& shift : plan.shifts) {
    std::vector<std::pair<SimDuration, std::string>> hours;
    for (const PlannedBreak& rest : shift.breaks)
      hours.emplace_back(rest.from, fmt::format("{}-{}", clock(rest.from), clock(rest.to)));
    if (shift.off)
      hours.emplace_back(
          shift.off->from,
          fmt::format("{}{}-{}", files::kOff, clock(shift.off->from), clock(shift.off->to)));
    std::sort(hours.begin(), hours.end());
    std::string breaks;
    for (const auto& [from, text] : hours) breaks += (breaks.empty() ? "" : " ") + text;
    out += fmt::format("{},{},{}{},{},{},{},,\n", world.groups[shift.group.index()].name,
                       files::quoted(files::called(shift)),
                       days ? files::name_of_day(world, shift.day) + "," : "",
                       shift.pattern ? world.shifts[*shift.pattern].name : "", clock(shift.from),
                       clock(shift.to), breaks);
  }
  const std::string no_shift = days ? ",,,,,,," : ",,,,,,";
  if (plan.ports) out += fmt::format("{}{},{}\n", no_shift, files::kPorts, *plan.ports);
  for (const PlannedLines& each : plan.lines)
    out += fmt::format("{}{},{}\n", no_shift, world.trunks[each.trunks.index()].name, each.lines);
  return out;
}

}  // namespace callmill
