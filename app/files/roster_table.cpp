#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "app/files/csv.h"
#include "app/files/roster_file.h"
#include "app/files/text.h"

namespace callmill {
namespace files {
namespace {

class TableReader {
 public:
  TableReader(const CsvTable& table, const RosterFile& file, Problems& problems)
      : table_{table}, file_{file}, p_{file.problem}, problems_{problems} {}

  Roster read() {
    Roster roster(p_.people.size(), std::vector<int>(static_cast<std::size_t>(p_.days), kDayOff));
    rows_.assign(p_.people.size(), nullptr);
    columns_.assign(static_cast<std::size_t>(p_.days), 0);
    read_header();
    for (const std::vector<CsvCell>& row : table_.rows) {
      if (std::all_of(row.begin(), row.end(), [](const CsvCell& c) { return c.text.empty(); }))
        continue;
      read_row(row, roster);
    }
    for (std::size_t who = 0; who < rows_.size(); ++who)
      if (rows_[who] == nullptr)
        problems_.add(table_.header.front().place, "missing-row",
                      fmt::format("{} has no row", p_.people[who].name));
    return roster;
  }

  // Where a broken rule shows.
  Place place_of(const RosterFault& fault) const {
    const auto& row = *rows_[static_cast<std::size_t>(fault.person)];
    return row[columns_[static_cast<std::size_t>(fault.day)]].place;
  }

 private:
  void read_header() {
    std::map<std::string, int> days;
    for (int day = 0; day < p_.days; ++day) days[day_name(file_, day)] = day;
    std::vector<bool> seen(static_cast<std::size_t>(p_.days));
    for (std::size_t c = 1; c < table_.header.size(); ++c) {
      const CsvCell& cell = table_.header[c];
      const auto at = days.find(cell.text);
      if (at == days.end()) {
        problems_.add(
            cell.place, "unknown-column", fmt::format("{} is no day of the roster", cell.text),
            fmt::format("days are {} to {}", day_name(file_, 0), day_name(file_, p_.days - 1)));
        continue;
      }
      columns_[static_cast<std::size_t>(at->second)] = c;
      seen[static_cast<std::size_t>(at->second)] = true;
    }
    for (int day = 0; day < p_.days; ++day)
      if (!seen[static_cast<std::size_t>(day)])
        problems_.add(table_.header.front().place, "missing-column",
                      fmt::format("day {} has no column", day_name(file_, day)));
  }

  void read_row(const std::vector<CsvCell>& row, Roster& roster) {
    std::vector<std::string> names;
    std::optional<std::size_t> who;
    for (std::size_t i = 0; i < p_.people.size(); ++i) {
      names.push_back(p_.people[i].name);
      if (p_.people[i].name == row.front().text) who = i;
    }
    if (!who) {
      problems_.add(row.front().place, "unknown-name",
                    fmt::format("nobody of the roster is called {}", row.front().text),
                    did_you_mean(row.front().text, names));
      return;
    }
    if (rows_[*who] != nullptr)
      problems_.add(row.front().place, "twice", row.front().text + " has two rows");
    rows_[*who] = &row;
    for (int day = 0; day < p_.days; ++day)
      if (const std::size_t c = columns_[static_cast<std::size_t>(day)]; c > 0)
        roster[*who][static_cast<std::size_t>(day)] = kind_of(row[c]);
  }

  int kind_of(const CsvCell& cell) {
    if (cell.text.empty() || cell.text == "-" || cell.text == "off") return kDayOff;
    std::vector<std::string> names;
    for (std::size_t k = 0; k < p_.kinds.size(); ++k) {
      if (p_.kinds[k].name == cell.text) return static_cast<int>(k);
      names.push_back(p_.kinds[k].name);
    }
    problems_.add(cell.place, "unknown-name", fmt::format("there is no shift {}", cell.text),
                  did_you_mean(cell.text, names));
    return kDayOff;
  }

  const CsvTable& table_;
  const RosterFile& file_;
  const RosterProblem& p_;
  Problems& problems_;
  std::vector<const std::vector<CsvCell>*> rows_;  // by person
  std::vector<std::size_t> columns_;               // by day; 0: none
};

std::optional<RosterTable> take_table(std::optional<int> source, const RosterFile& file,
                                      Problems& problems, Diagnostics& unreadable) {
  const auto table = source ? read_csv(*source, problems) : nullptr;
  RosterTable result;
  if (table) {
    TableReader reader{*table, file, problems};
    result.roster = reader.read();
    if (problems.count() == 0) {
      const RosterCheck check = check_roster(file.problem, result.roster);
      result.faults = check.broken.size();
      for (const RosterFault& fault : check.broken)
        problems.add(
            reader.place_of(fault), fault.code,
            fmt::format("{} {}", file.problem.people[static_cast<std::size_t>(fault.person)].name,
                        fault.message));
      problems.hand_over(result.broken);
      return result;
    }
  }
  problems.hand_over(unreadable);
  return std::nullopt;
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string{"\"\""} : std::string{c};
  return out + '"';
}

}  // namespace
}  // namespace files

std::optional<RosterTable> read_roster_table(const std::string& path, const RosterFile& file,
                                             Diagnostics& unreadable) {
  files::Problems problems;
  const auto source = files::read_source(path, files::kCsvBytes, false, {}, problems);
  return files::take_table(source, file, problems, unreadable);
}

std::optional<RosterTable> read_roster_table_text(const std::string& name, const std::string& text,
                                                  const RosterFile& file, Diagnostics& unreadable) {
  files::Problems problems;
  const auto source = files::take_source({name, "", text, 0, {}}, files::kCsvBytes, problems);
  return files::take_table(source, file, problems, unreadable);
}

std::string roster_table(const RosterFile& file, const Roster& roster) {
  std::string out = "person";
  for (int day = 0; day < file.problem.days; ++day) out += "," + day_name(file, day);
  out += '\n';
  for (std::size_t who = 0; who < roster.size(); ++who) {
    out += files::quoted(file.problem.people[who].name);
    for (const int kind : roster[who])
      out += "," + (kind == kDayOff
                        ? std::string{}
                        : files::quoted(file.problem.kinds[static_cast<std::size_t>(kind)].name));
    out += '\n';
  }
  return out;
}

}  // namespace callmill
