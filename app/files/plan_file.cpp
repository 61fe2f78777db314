#include "app/files/plan_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <map>
#include <utility>
#include <vector>

#include "app/files/csv.h"
#include "app/files/text.h"

namespace callmill {
namespace files {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};
constexpr std::int64_t kMostLines = 10'000'000;
const std::vector<std::string> kColumns{"group", "agent",  "shift", "from",
                                        "to",    "breaks", "lines", "count"};

template <class Entries>
std::vector<std::string> names_of(const Entries& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.name);
  return names;
}

class PlanReader {
 public:
  PlanReader(const CsvTable& table, const World& world, Problems& problems)
      : table_{table}, world_{world}, problems_{problems} {}

  DayPlan read() {
    if (!check_columns()) return {};
    for (const std::vector<CsvCell>& row : table_.rows) {
      row_ = &row;
      if (!text("lines").empty())
        read_lines();
      else
        read_shift();
    }
    return std::move(plan_);
  }
  // Of each shift.
  const std::vector<Place>& places() const { return places_; }

 private:
  bool check_columns() {
    const std::size_t before = problems_.count();
    for (const CsvCell& cell : table_.header)
      if (std::find(kColumns.begin(), kColumns.end(), cell.text) == kColumns.end())
        problems_.add(cell.place, "unknown-column", fmt::format("there is no column {}", cell.text),
                      did_you_mean(cell.text, kColumns));
    for (const char* needed : {"group", "from", "to"})
      if (!table_.column(needed) && !table_.column("lines"))
        problems_.add(table_.header.front().place, "missing-column",
                      fmt::format("column {} is missing", needed),
                      "a plan has group,agent,shift,from,to,breaks,lines,count");
    return problems_.count() == before;
  }

  const CsvCell* cell(const char* column) const {
    const auto at = table_.column(column);
    return at ? &(*row_)[*at] : nullptr;
  }
  std::string text(const char* column) const {
    const CsvCell* found = cell(column);
    return found == nullptr ? std::string{} : found->text;
  }
  Place place(const char* column) const {
    const CsvCell* found = cell(column);
    return found == nullptr ? row_->front().place : found->place;
  }
  void fail(const char* column, std::string code, std::string message, std::string help = "") {
    problems_.add(place(column), std::move(code), std::move(message), std::move(help));
  }

  // The entry that the cell names; none with an error.
  template <class Entries>
  std::optional<std::size_t> named(const char* column, const char* what, const Entries& entries) {
    const std::string name = text(column);
    for (std::size_t i = 0; i < entries.size(); ++i)
      if (entries[i].name == name) return i;
    fail(column, "unknown-name",
         name.empty() ? fmt::format("the {} is missing", what)
                      : fmt::format("the scenario has no {} {}", what, name),
         did_you_mean(name, names_of(entries)));
    return std::nullopt;
  }

  void read_lines() {
    const auto trunks = named("lines", "group of lines", world_.trunks);
    const std::string number = text("count");
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), count);
    if (error != std::errc{} || end != number.data() + number.size() || count < 1 ||
        count > kMostLines)
      fail("count", "number",
           fmt::format("count is \"{}\"; must be a whole number of lines from 1 to {}", number,
                       kMostLines));
    if (!trunks || count < 1) return;
    const bool again =
        std::any_of(plan_.lines.begin(), plan_.lines.end(),
                    [&](const PlannedLines& l) { return l.trunks.index() == *trunks; });
    if (again) fail("lines", "twice", fmt::format("lines {} are given twice", text("lines")));
    plan_.lines.push_back({TrunkGroupId{*trunks}, count});
  }

  std::optional<SimDuration> time(const char* column, const std::string& value) {
    Slip slip;
    const auto seconds = parse_time_of_day(value, slip);
    if (seconds) return from_seconds(*seconds);
    fail(column, slip.code, fmt::format("{} is \"{}\"; {}", column, value, slip.message),
         slip.help);
    return std::nullopt;
  }

  void read_shift() {
    const auto group = named("group", "group", world_.groups);
    PlannedShift shift;
    if (group) shift.group = GroupId{*group};
    shift.pattern = pattern_of(group);
    const auto from = time("from", text("from")), to = time("to", text("to"));
    if (!from || !to) return;
    shift.from = *from;
    // Round the clock the hours before opening are those after midnight.
    if (shift.from < world_.day.opens && world_.day.length() == kDay) shift.from += kDay;
    shift.to = after(*to, shift.from);
    read_breaks(shift);
    if (!group) return;
    shift.agent = number_of(*group, text("agent"));
    if (text("agent") != std::to_string(shift.agent + 1)) shift.name = text("agent");
    plan_.shifts.push_back(std::move(shift));
    places_.push_back(row_->front().place);
  }

  // The first such time of day after `before`.
  static SimDuration after(SimDuration time, SimDuration before) {
    while (time <= before) time += kDay;
    return time;
  }

  std::optional<std::size_t> pattern_of(std::optional<std::size_t> group) {
    const std::string name = text("shift");
    if (name.empty()) return std::nullopt;
    for (std::size_t p = 0; p < world_.shifts.size(); ++p)
      if (world_.shifts[p].name == name) return p;
    std::vector<std::string> names;
    for (const ShiftPattern& p : world_.shifts)
      if (!group || p.group.index() == *group) names.push_back(p.name);
    fail("shift", "unknown-name", fmt::format("the scenario has no shift {}", name),
         did_you_mean(name, names));
    return std::nullopt;
  }

  // "11:30-12:00 14:00-14:15"
  void read_breaks(PlannedShift& shift) {
    const std::string all = text("breaks");
    SimDuration last = shift.from;
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = std::min(all.find(' ', at), all.size());
      const std::string one = all.substr(at, end - at);
      at = end + 1;
      if (one.empty()) continue;
      const std::size_t dash = one.find('-');
      if (dash == std::string::npos) {
        fail("breaks", "breaks",
             fmt::format("\"{}\" is no break; write 11:30-12:00, blanks between several", one));
        continue;
      }
      const auto from = time("breaks", one.substr(0, dash));
      const auto to = time("breaks", one.substr(dash + 1));
      if (!from || !to) continue;
      PlannedBreak rest;
      rest.from = *from;
      while (rest.from < last) rest.from += kDay;
      rest.to = after(*to, rest.from);
      if (rest.to > shift.to)
        fail("breaks", "breaks",
             fmt::format("{} does not lie within {}-{}, after the break before it", one,
                         text("from"), text("to")));
      last = rest.to;
      shift.breaks.push_back(rest);
    }
  }

  // Agents in the order in which they appear, by group; rows without one are agents of their own.
  std::uint32_t number_of(std::size_t group, const std::string& agent) {
    if (agent.empty()) return next_[group]++;
    const auto [at, added] = agents_.insert({{group, agent}, 0});
    if (added) at->second = next_[group]++;
    return at->second;
  }

  const CsvTable& table_;
  const World& world_;
  Problems& problems_;
  const std::vector<CsvCell>* row_ = nullptr;
  DayPlan plan_;
  std::vector<Place> places_;
  std::map<std::size_t, std::uint32_t> next_;
  std::map<std::pair<std::size_t, std::string>, std::uint32_t> agents_;
};

std::string called(const PlannedShift& shift) {
  return shift.name.empty() ? std::to_string(shift.agent + 1) : shift.name;
}

// Who breaks the rule, as a sentence.
std::string sentence_of(const World& world, const DayPlan& plan, const PlanFault& fault) {
  if (!fault.shift) return fault.message;
  const PlannedShift& shift = plan.shifts[*fault.shift];
  return fmt::format("{} {} {}", world.groups[shift.group.index()].name, called(shift),
                     fault.message);
}

std::optional<PlanFile> take_plan(std::optional<int> source, const World& world, Problems& problems,
                                  Diagnostics& unreadable) {
  PlanFile file;
  const auto table = source ? read_csv(*source, problems) : nullptr;
  std::vector<Place> places;
  if (table) {
    PlanReader reader{*table, world, problems};
    file.plan = reader.read();
    places = reader.places();
  }
  if (problems.count() > 0) {
    problems.hand_over(unreadable);
    return std::nullopt;
  }
  for (const PlanFault& fault : check_plan(world, file.plan))
    problems.add(fault.shift ? places[*fault.shift] : table->header.front().place, fault.code,
                 sentence_of(world, file.plan, fault), fault.help);
  problems.hand_over(file.broken);
  return file;
}

// A cell of RFC 4180.
std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string{"\"\""} : std::string{c};
  return out + '"';
}

}  // namespace
}  // namespace files

std::optional<PlanFile> read_plan(const std::string& path, const World& world,
                                  Diagnostics& unreadable) {
  files::Problems problems;
  const auto source = files::read_source(path, files::kCsvBytes, false, {}, problems);
  return files::take_plan(source, world, problems, unreadable);
}

std::optional<PlanFile> read_plan_text(const std::string& name, const std::string& text,
                                       const World& world, Diagnostics& unreadable) {
  files::Problems problems;
  const auto source = files::take_source({name, "", text, 0, {}}, files::kCsvBytes, problems);
  return files::take_plan(source, world, problems, unreadable);
}

std::string plan_file(const World& world, const DayPlan& plan) {
  const auto clock = [](SimDuration t) {
    return files::print_time_of_day(to_seconds(t % files::kDay));
  };
  std::string out = "group,agent,shift,from,to,breaks,lines,count\n";
  for (const PlannedShift& shift : plan.shifts) {
    std::string breaks;
    for (const PlannedBreak& rest : shift.breaks)
      breaks += fmt::format("{}{}-{}", breaks.empty() ? "" : " ", clock(rest.from), clock(rest.to));
    out += fmt::format("{},{},{},{},{},{},,\n", world.groups[shift.group.index()].name,
                       files::quoted(files::called(shift)),
                       shift.pattern ? world.shifts[*shift.pattern].name : "", clock(shift.from),
                       clock(shift.to), breaks);
  }
  for (const PlannedLines& each : plan.lines)
    out += fmt::format(",,,,,,{},{}\n", world.trunks[each.trunks.index()].name, each.lines);
  return out;
}

}  // namespace callmill
