#include "app/files/plan_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "app/files/csv.h"
#include "app/files/plan_rows.h"
#include "app/files/text.h"

namespace callmill {
namespace files {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};
constexpr std::int64_t kMostLines = 10'000'000;

// The column that a broken rule is about.
constexpr std::pair<const char*, const char*> kCellOf[] = {
    {"day", "from"},           {"start", "from"},          {"length", "to"},
    {"breaks", "breaks"},      {"window", "breaks"},       {"break-length", "breaks"},
    {"split", "breaks"},       {"kind", "shift"},          {"group", "shift"},
    {"twice", "agent"},        {"closed", "day"},          {"rest", "from"},
    {"days", "agent"},         {"days-off", "agent"},      {"hours", "agent"},
    {"nights", "agent"},       {"days-in-a-row", "agent"}, {"rest-days", "agent"},
    {"working-week", "agent"}, {"overtime", "agent"}};

template <class Entries>
std::vector<std::string> names_of(const Entries& entries) {
  std::vector<std::string> names;
  names.reserve(entries.size());
  for (const auto& entry : entries) names.push_back(entry.name);
  return names;
}

class PlanReader {
 public:
  PlanReader(const CsvTable& table, const World& world, Problems& problems)
      : table_{table}, world_{world}, problems_{problems} {}

  // The rows that can be read; none where the columns cannot.
  DayPlan read() {
    if (!check_columns()) return {};
    has_columns_ = true;
    for (const std::vector<CsvCell>& row : table_.rows)
      if (!text_of(row, "agent").empty())
        called_.insert({text_of(row, "group"), text_of(row, "agent")});
    for (const std::vector<CsvCell>& row : table_.rows) {
      row_ = &row;
      if (is_blank()) continue;
      if (!text("lines").empty() || !text("count").empty())
        read_lines();
      else
        read_shift();
    }
    check_each_alone();
    return std::move(plan_);
  }
  // What is said of the rows that could be read; not what may be so for want of another row alone.
  bool stands(const PlanFault& fault) const {
    if (!has_columns_) return false;
    if (!fault.shift) return fault.code == "lines" ? !lines_spoilt_ : !shifts_spoilt_;
    const std::vector<CsvCell>* const row = rows_[*fault.shift];
    return !spoilt_.contains(row) && !spoilt_agents_.contains(text_of(*row, "agent"));
  }
  // Where a fault of the plan stands: the cell that it is about.
  Place place_of(const PlanFault& fault) const {
    if (!fault.shift) return table_.header.front().place;
    const std::vector<CsvCell>& row = *rows_[*fault.shift];
    for (const auto& [code, column] : kCellOf)
      if (const auto at = table_.column(column); fault.code == code && at) return row[*at].place;
    return row.front().place;
  }

 private:
  // Rows that a spreadsheet leaves behind.
  bool is_blank() const {
    return std::all_of(row_->begin(), row_->end(), [](const CsvCell& c) { return c.text.empty(); });
  }

  bool check_columns() {
    const std::size_t before = problems_.count();
    for (const CsvCell& cell : table_.header)
      if (std::find(columns_.begin(), columns_.end(), cell.text) == columns_.end())
        problems_.add(cell.place, "unknown-column", fmt::format("there is no column {}", cell.text),
                      did_you_mean(cell.text, columns_));
    std::vector<const char*> needs{"group", "from", "to"};
    if (world_.several_days()) needs.push_back("day");
    for (const char* needed : needs)
      if (!table_.column(needed) && (!table_.column("lines") || table_.column("from")))
        problems_.add(table_.header.front().place, "missing-column",
                      fmt::format("column {} is missing", needed),
                      fmt::format("a plan has {}", fmt::join(columns_, ",")));
    return problems_.count() == before;
  }

  std::string text_of(const std::vector<CsvCell>& row, const char* column) const {
    const auto at = table_.column(column);
    return at ? row[*at].text : std::string{};
  }
  std::string text(const char* column) const { return text_of(*row_, column); }
  Place place(const char* column) const {
    const auto at = table_.column(column);
    return at ? (*row_)[*at].place : row_->front().place;
  }
  void fail(const char* column, std::string code, std::string message, std::string help = "") {
    problems_.add(place(column), std::move(code), std::move(message), std::move(help));
    spoilt_.insert(row_);
    const bool of_lines = !text("lines").empty() || !text("count").empty();
    (of_lines ? lines_spoilt_ : shifts_spoilt_) = true;
    if (!text("agent").empty()) spoilt_agents_.insert(text("agent"));
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
    for (const char* column : {"group", "agent", "day", "shift", "from", "to", "breaks"})
      if (!text(column).empty())
        return fail(column, "row", "a row is of an agent or of lines, not of both",
                    world_.several_days() ? "give the lines a row of their own: ,,,,,,,NAME,20"
                                          : "give the lines a row of their own: ,,,,,,NAME,20");
    const bool ports = text("lines") == kPorts;
    const auto trunks =
        ports ? std::optional<std::size_t>{} : named("lines", "group of lines", world_.trunks);
    const std::string number = text("count");
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), count);
    if (error != std::errc{} || end != number.data() + number.size() || count < 1 ||
        count > kMostLines)
      fail("count", "number",
           fmt::format("count is \"{}\"; must be a whole number of lines from 1 to {}", number,
                       kMostLines));
    if (ports && count >= 1) {
      if (plan_.ports) fail("lines", "twice", "ivr.ports are given twice");
      plan_.ports = count;
    }
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
    if (seconds && from_seconds(*seconds) <= latest_) return from_seconds(*seconds);
    if (seconds)
      slip = {"range", fmt::format("must not be after {}", print_time_of_day(to_seconds(latest_))),
              ""};
    fail(column, slip.code, fmt::format("{} is \"{}\"; {}", column, value, slip.message),
         slip.help);
    return std::nullopt;
  }

  void read_shift() {
    const auto group = named("group", "group", world_.groups);
    PlannedShift shift;
    if (group) shift.group = GroupId{*group};
    shift.pattern = pattern_of(group);
    const auto day = world_.several_days() ? day_of_row() : std::optional<std::int64_t>{0};
    const auto from = time("from", text("from")), to = time("to", text("to"));
    if (!from || !to || !day) return;
    shift.day = *day;
    shift.from = in_the_day(*from);
    shift.to = after(*to, shift.from);
    if (shift.to - shift.from > kDay)
      return fail("to", "range",
                  fmt::format("to is \"{}\", more than a day after {}", text("to"), text("from")));
    read_breaks(shift);
    if (!group) return;
    shift.agent = number_of(*group, text("agent"), shift.name);
    plan_.shifts.push_back(std::move(shift));
    rows_.push_back(row_);
  }

  // A date of the run; none with an error.
  std::optional<std::int64_t> day_of_row() {
    const std::string name = text("day");
    std::vector<std::string> days;
    for (std::int64_t day = 0; day < world_.days.count; ++day) {
      days.push_back(name_of_day(world_, day));
      if (days.back() == name) return day;
    }
    fail("day", "range",
         name.empty()
             ? std::string{"the day is missing"}
             : fmt::format("day is \"{}\"; the run has {} to {}", name, days.front(), days.back()),
         did_you_mean(name, days));
    return std::nullopt;
  }

  // 01:00 or 25:00, whichever the centre's day has.
  SimDuration in_the_day(SimDuration time) const {
    const Day& day = world_.day;
    while (time < day.opens && time + kDay < day.closes) time += kDay;
    while (time >= day.closes && time - kDay >= day.opens) time -= kDay;
    return time;
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

  // "11:30-12:00 14:00-14:15", with "off:12:00-16:00" for hours off
  void read_breaks(PlannedShift& shift) {
    const std::string all = text("breaks");
    SimDuration last = shift.from;
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = std::min(all.find(' ', at), all.size());
      std::string one = all.substr(at, end - at);
      at = end + 1;
      if (one.empty()) continue;
      const bool off = one.starts_with(kOff);
      if (off) one.erase(0, kOff.size());
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
      if (off && shift.off) fail("breaks", "breaks", "hours off are given twice");
      if (off)
        shift.off = rest;
      else
        shift.breaks.push_back(rest);
    }
  }

  // Agents in the order in which they appear, by group; a row without one is an agent of its own,
  // called by a number that nobody else is called.
  std::uint32_t number_of(std::size_t group, const std::string& agent, std::string& name) {
    if (!agent.empty()) {
      const auto [at, added] = agents_.insert({{group, agent}, next_[group]});
      if (added) ++next_[group];
      if (agent != std::to_string(at->second + 1)) name = agent;
      return at->second;
    }
    const std::uint32_t number = next_[group]++;
    std::uint32_t& call = calls_[group];
    call = std::max(call, number + 1);
    while (called_.contains({text("group"), std::to_string(call)})) ++call;
    if (call != number + 1) name = std::to_string(call);
    ++call;
    return number;
  }

  // Nobody can be at two places at once: such a plan could not even be simulated.
  void check_each_alone() {
    std::map<std::pair<std::size_t, std::uint32_t>, std::vector<std::size_t>> of;
    for (std::size_t i = 0; i < plan_.shifts.size(); ++i)
      of[{plan_.shifts[i].group.index(), plan_.shifts[i].agent}].push_back(i);
    for (const auto& [agent, shifts] : of) {
      if (shifts.size() < 2) continue;
      std::vector<std::pair<DutyPeriod, std::size_t>> periods;
      for (const std::size_t i : shifts)
        for (const DutyPeriod& p : roster_of(world_.day, {plan_.shifts[i]}, world_.days.count))
          periods.emplace_back(p, i);
      std::sort(periods.begin(), periods.end(), [](const auto& a, const auto& b) {
        return std::tie(a.first.from, a.second) < std::tie(b.first.from, b.second);
      });
      for (std::size_t k = 1; k < periods.size(); ++k)
        if (periods[k].first.from < periods[k - 1].first.to) {
          row_ = rows_[std::max(periods[k].second, periods[k - 1].second)];
          fail("agent", "overlap",
               fmt::format("{} {} works two shifts at once", text("group"), text("agent")),
               "give each shift an agent of its own");
          break;
        }
    }
  }

  const CsvTable& table_;
  const World& world_;
  Problems& problems_;
  const std::vector<std::string> columns_ = columns_of(world_);
  const std::vector<CsvCell>* row_ = nullptr;
  DayPlan plan_;
  std::vector<const std::vector<CsvCell>*> rows_;  // of each shift
  bool has_columns_ = false, lines_spoilt_ = false, shifts_spoilt_ = false;
  std::set<const std::vector<CsvCell>*> spoilt_;  // rows with an error, and who stands there
  std::set<std::string> spoilt_agents_;
  // No time of a plan is later: of two days, or of a longer one.
  const SimDuration latest_ = std::max(2 * kDay, world_.day.closes + kDay);
  std::set<std::pair<std::string, std::string>> called_;  // group and agent, as written
  std::map<std::size_t, std::uint32_t> next_, calls_;
  std::map<std::pair<std::size_t, std::string>, std::uint32_t> agents_;
};

// Who breaks the rule, as a sentence.
std::string sentence_of(const World& world, const DayPlan& plan, const PlanFault& fault) {
  if (!fault.shift) return fault.message;
  const PlannedShift& shift = plan.shifts[*fault.shift];
  return fmt::format("{} {} {}", world.groups[shift.group.index()].name, called(shift),
                     fault.message);
}

std::optional<PlanFile> take_plan(std::optional<int> source, const World& world, Problems& problems,
                                  Diagnostics& unreadable) {
  const auto table = source ? read_csv(*source, problems) : nullptr;
  PlanFile file;
  if (!table) {
    problems.hand_over(unreadable);
    return std::nullopt;
  }
  PlanReader reader{*table, world, problems};
  file.plan = reader.read();
  const bool readable = problems.count() == 0;
  std::vector<PlanFault> faults = check_plan(world, file.plan);
  std::erase_if(faults, [&](const PlanFault& f) { return !readable && !reader.stands(f); });
  file.faults = faults.size();
  for (const PlanFault& fault : faults)
    problems.add(reader.place_of(fault), fault.code, sentence_of(world, file.plan, fault),
                 fault.help);
  problems.hand_over(readable ? file.broken : unreadable);
  return readable ? std::optional{std::move(file)} : std::nullopt;
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

}  // namespace callmill
