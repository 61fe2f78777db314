// People as a table: name, and what is said of each.
//
//   name,level,skills,min_hours,max_hours,max_weekends,off,wishes
//   Li Na,veteran,english tax,152h,168h,2,2026-11-05 2026-11-06,2026-11-07:off:3
//   2026-11-09:!night:2

#include <fmt/format.h>

#include <algorithm>

#include "app/files/roster_spec.h"

namespace callmill::files {
namespace {

const std::vector<std::string> kColumns{"name",      "level",        "skills", "min_hours",
                                        "max_hours", "max_weekends", "off",    "wishes"};

std::vector<std::string> words(const std::string& text, char separator) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    if (end > at) all.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

class People {
 public:
  People(const CsvTable& table, Reader& reader, RosterSpec& spec)
      : table_{table}, problems_{reader.problems()}, spec_{spec} {}

  void read() {
    for (const CsvCell& cell : table_.header)
      if (std::find(kColumns.begin(), kColumns.end(), cell.text) == kColumns.end())
        problems_.add(cell.place, "unknown-column", fmt::format("there is no column {}", cell.text),
                      did_you_mean(cell.text, kColumns));
    if (!table_.column("name")) {
      problems_.add(table_.header.front().place, "missing-column", "column name is missing");
      return;
    }
    for (const std::vector<CsvCell>& row : table_.rows) {
      row_ = &row;
      if (std::all_of(row.begin(), row.end(), [](const CsvCell& c) { return c.text.empty(); }))
        continue;
      read_row();
    }
  }

 private:
  std::string text(const char* column) const {
    const auto at = table_.column(column);
    return at ? (*row_)[*at].text : std::string{};
  }
  void fail(const char* column, const Slip& slip) {
    problems_.add((*row_)[*table_.column(column)].place, slip.code,
                  fmt::format("{} is \"{}\"; {}", column, text(column), slip.message), slip.help);
  }

  void read_row() {
    PersonSpec person;
    person.name = text("name");
    if (person.name.empty()) fail("name", {"missing", "must be somebody's name", ""});
    for (const PersonSpec& other : spec_.people)
      if (!person.name.empty() && other.name == person.name)
        fail("name", {"twice", "there is somebody of that name already", ""});
    const std::string level = text("level");
    person.is_new = level == "new";
    if (!level.empty() && level != "new" && level != "veteran")
      fail("level", {"choice", "must be new or veteran", did_you_mean(level, {"new", "veteran"})});
    person.skills = words(text("skills"), ' ');
    person.rules.min_minutes = hours("min_hours");
    person.rules.max_minutes = hours("max_hours");
    if (const std::string most = text("max_weekends"); !most.empty()) {
      const auto number = parse_number(most);
      if (number && *number >= 0 && *number <= 100 && *number == static_cast<int>(*number))
        person.rules.max_weekends = static_cast<int>(*number);
      else
        fail("max_weekends", {"number", "must be a whole number from 0 to 100", ""});
    }
    for (const std::string& one : words(text("off"), ' ')) {
      person.off.push_back(parse_date(one));
      if (!person.off.back())
        fail("off", {"type", "must be dates such as 2026-11-23, with blanks between", ""});
    }
    for (const std::string& one : words(text("wishes"), ' ')) read_wish(one, person);
    spec_.people.push_back(std::move(person));
  }

  std::optional<int> hours(const char* column) {
    const std::string value = text(column);
    if (value.empty()) return std::nullopt;
    Slip slip;
    const auto seconds = parse_duration(value, slip);
    if (seconds && *seconds >= 0 && *seconds <= 92 * 86400.0)
      return static_cast<int>(*seconds / 60);
    if (seconds) slip = {"range", "must be 0h to 2208h", ""};
    fail(column, slip);
    return std::nullopt;
  }

  // "2026-11-07:off:3", "2026-11-07:early:2", "2026-11-09:!night:1"; the price may be left out.
  void read_wish(const std::string& one, PersonSpec& person) {
    const std::vector<std::string> parts = words(one, ':');
    WishSpec wish;
    if (!parts.empty()) wish.day = parse_date(parts[0]);
    std::optional<double> price = 1.0;
    if (parts.size() == 3) price = parse_number(parts[2]);
    const bool right = wish.day && (parts.size() == 2 || parts.size() == 3) && price &&
                       *price >= 0 && *price <= 1e6 && parts[1] != "!";
    if (!right)
      return fail("wishes",
                  {"wish", "must be wishes such as 2026-11-07:off:3 or 2026-11-09:!night:2",
                   "! before a shift: not to work it"});
    wish.price = *price;
    (parts[1].front() == '!' ? wish.avoids : wish.wants) =
        parts[1].front() == '!' ? parts[1].substr(1) : parts[1];
    person.wishes.push_back(std::move(wish));
  }

  const CsvTable& table_;
  Problems& problems_;
  RosterSpec& spec_;
  const std::vector<CsvCell>* row_ = nullptr;
};

}  // namespace

void read_people(const Node& file, Reader& reader, RosterSpec& spec) {
  if (const CsvTable* table = reader.csv(file)) People{*table, reader, spec}.read();
}

}  // namespace callmill::files
