#include "app/files/roster_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "app/files/roster_spec.h"
#include "models/roster/benchmark_text.h"

namespace callmill {
namespace files {
namespace {

int minutes_of(SimDuration d) {
  return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(d).count());
}

// Names and dates looked up; errors go to the reader.
class Resolver {
 public:
  Resolver(const RosterSpec& spec, const Node& root, Reader& reader)
      : spec_{spec}, root_{root}, reader_{reader} {}

  RosterProblem resolve() {
    p_.days = spec_.days;
    if (spec_.first_day) {
      const std::chrono::weekday first{*spec_.first_day};
      p_.first_weekday = static_cast<int>(first.iso_encoding()) - 1;
    }
    for (const ShiftSpec& shift : spec_.shifts) add_kind(shift);
    for (std::size_t k = 0; k < spec_.shifts.size(); ++k) add_followers(k);
    if (spec_.first_day) add_needs(spec_, root_, reader_, p_);
    if (spec_.mix) p_.mix = RosterMix{spec_.mix->new_per_veteran, spec_.mix->price};
    p_.fairness = spec_.fairness;
    p_.overtime_weight = spec_.price_overtime;
    for (const PersonSpec& person : spec_.people) add_person(person);
    const bool misspelt =
        std::any_of(root_.entries.begin(), root_.entries.end(), [](const Entry& entry) {
          return entry.key != "people" && entry.key != "people_file" &&
                 !near_word(entry.key, {"people", "people_file"}).empty();
        });
    if (spec_.people.empty() && !misspelt && !reader_.failed("people") &&
        (spec_.people_file.empty() || reader_.problems().count() == 0))
      reader_.fail_at("", "missing", "the roster has no people",
                      "write people: {Li Na: {}} or people_file: team.csv");
    return std::move(p_);
  }

 private:
  void add_kind(const ShiftSpec& shift) {
    RosterKind kind;
    kind.name = shift.name;
    kind.from = minutes_of(shift.from);
    kind.to = minutes_of(shift.to);
    while (*kind.to <= *kind.from) *kind.to += 1440;
    kind.minutes = shift.paid ? minutes_of(*shift.paid) : *kind.to - *kind.from;
    const std::string path = "shifts." + shift.name;
    if (!reader_.failed(path) && (kind.minutes % kRosterMinutes != 0 || kind.minutes > 1440))
      reader_.fail_at(path + (shift.paid ? ".paid" : ""), "range",
                      fmt::format("{} is paid for {} minutes; must be a multiple of {}, at most a "
                                  "day",
                                  path, kind.minutes, kRosterMinutes),
                      "");
    kind.night = shift.night;
    kind.skill = shift.skill;
    p_.kinds.push_back(std::move(kind));
  }

  void add_followers(std::size_t k) {
    const ShiftSpec& shift = spec_.shifts[k];
    for (std::size_t i = 0; i < shift.never_before.size(); ++i) {
      const int next =
          kind_called(shift.never_before[i], p_,
                      fmt::format("shifts.{}.never_before[{}]", shift.name, i), reader_, false);
      if (next >= 0) p_.kinds[k].never_before.push_back(next);
    }
  }

  // A person's own rule goes before the rules of everybody, and these before the preset's.
  RosterRules rules_for(const PersonSpec& person) const {
    RosterRules rules = person.rules;
    const RosterRules preset = rules_of(spec_.preset);
    for (const auto member :
         {&RosterRules::day_minutes, &RosterRules::week_minutes, &RosterRules::normal_week,
          &RosterRules::overtime_minutes, &RosterRules::min_minutes, &RosterRules::max_minutes,
          &RosterRules::rest_days, &RosterRules::rest_minutes, &RosterRules::max_run,
          &RosterRules::min_run, &RosterRules::min_off_run, &RosterRules::max_nights_run,
          &RosterRules::max_weekends})
      for (const RosterRules* wider : {&spec_.rules, &preset})
        if (!(rules.*member)) rules.*member = wider->*member;
    return rules;
  }

  void add_person(const PersonSpec& of) {
    const std::string path = "people." + of.name;
    RosterPerson person;
    person.name = of.name;
    if (!names_.insert(of.name).second)
      reader_.fail_at(path, "twice", path + " stands here and in the people file", "");
    person.veteran = !of.is_new;
    person.skills = of.skills;
    person.rules = rules_for(of);
    if (person.rules.overtime_minutes && !person.rules.normal_week && !reader_.failed("rules"))
      reader_.fail_at("rules.overtime", "missing",
                      "rules.overtime limits what passes normal_week, which is not given",
                      "write normal_week: 40h");
    if (!of.most.empty()) person.max_of_kind.resize(p_.kinds.size());
    for (const HeadsSpec& most : of.most)
      if (const int kind =
              kind_called(most.shift, p_, path + ".most." + most.shift, reader_, false);
          kind >= 0)
        person.max_of_kind[static_cast<std::size_t>(kind)] = most.heads;
    for (std::size_t i = 0; i < of.off.size(); ++i)
      if (of.off[i]) add_fixed(person, *of.off[i], kDayOff, fmt::format("{}.off[{}]", path, i));
    for (const FixedSpec& fixed : of.fixed) {
      const std::string place = fmt::format("{}.fixed.{}", path, fixed.day);
      const auto date = parse_date(fixed.day);
      const int kind = kind_called(fixed.shift, p_, place, reader_, true);
      if (!date)
        reader_.fail_at(place, "type",
                        fmt::format("{} is of no date; must be a date such as 2026-11-23", place),
                        "");
      else
        add_fixed(person, *date, kind, place);
    }
    for (std::size_t i = 0; i < of.wishes.size(); ++i)
      add_wish(person, of.wishes[i], fmt::format("{}.wishes[{}]", path, i));
    p_.people.push_back(std::move(person));
  }

  void add_fixed(RosterPerson& person, Date date, int kind, const std::string& path) {
    const int day = day_of(date, spec_, path, reader_);
    if (day >= 0) person.fixed.push_back({day, kind});
  }

  void add_wish(RosterPerson& person, const WishSpec& wish, const std::string& path) {
    if (!wish.day) return;
    const int day = day_of(*wish.day, spec_, path + ".day", reader_);
    RosterWish one{day, kAnyShift, false, wish.price};
    if (!wish.avoids.empty()) {
      one.kind = kind_called(wish.avoids, p_, path + ".avoids", reader_, false);
      if (one.kind < 0) return;
    } else if (wish.wants != "off") {
      one.kind = kind_called(wish.wants, p_, path + ".wants", reader_, true);
      one.on = true;
      if (one.kind < 0) return;
    }
    if (day >= 0) person.wishes.push_back(one);
  }

  const RosterSpec& spec_;
  const Node& root_;
  Reader& reader_;
  RosterProblem p_;
  std::set<std::string> names_;
};

std::optional<RosterFile> take_benchmark(int source, Problems& problems) {
  RosterFile file;
  file.name = problems.source(source).name;
  BenchmarkText read = read_benchmark_text(problems.source(source).text);
  for (const std::string& error : read.errors) {
    std::size_t line = 0;
    if (error.starts_with("line "))
      line = static_cast<std::size_t>(std::max(1, std::atoi(error.c_str() + 5))) - 1;
    const auto& starts = problems.source(source).line_starts;
    const std::size_t begin = line < starts.size() ? starts[line] : 0;
    problems.add({source, begin, 1}, "instance", error);
  }
  file.problem = std::move(read.problem);
  return file;
}

// The file's people, if all of it can be read.
void read_whole_people(const Node& file, Reader& reader, RosterSpec& spec) {
  const std::size_t named = spec.people.size(), before = reader.problems().count();
  read_people(file, reader, spec);
  if (reader.problems().count() > before) spec.people.resize(named);
}

std::optional<RosterFile> take_roster(int source, Problems& problems) {
  if (is_benchmark_text(problems.source(source).text)) return take_benchmark(source, problems);
  const std::optional<Node> root = parse_yaml(source, problems);
  if (!root) return std::nullopt;
  if (!root->is_map()) {
    problems.add(
        root->place, "type",
        root->is_null() ? "the file is empty" : "a roster is a map of keys, not " + what_is(*root),
        "start with version: 1");
    return std::nullopt;
  }
  static const Shape shape = shape_of(roster_record());
  Reader reader{problems};
  RosterSpec spec;
  read_record(roster_record(), shape, "", *root, reader, spec);
  if (const Node* file = root->find("people_file"); file != nullptr && !spec.people_file.empty())
    read_whole_people(*file, reader, spec);
  RosterFile file;
  file.name = spec.name.empty() ? problems.source(source).name : spec.name;
  file.first_day = spec.first_day;
  file.problem = Resolver{spec, *root, reader}.resolve();
  file.files = reader.files;
  if (problems.count() == 0)
    for (std::string& fault : faults(file.problem))
      problems.add(root->place, "roster", std::move(fault));
  return file;
}

std::optional<RosterFile> finish(std::optional<int> source, Problems& problems,
                                 Diagnostics& diagnostics) {
  std::optional<RosterFile> file;
  if (source) file = take_roster(*source, problems);
  problems.hand_over(diagnostics);
  if (!file || problems.count() > 0) return std::nullopt;
  file->files.insert(file->files.begin(), problems.source(*source).name);
  return file;
}

}  // namespace

int kind_called(const std::string& name, const RosterProblem& problem, const std::string& path,
                Reader& reader, bool off_too) {
  if (off_too && name == "off") return kDayOff;
  if (reader.failed(path) || problem.kinds.empty()) return kDayOff;
  std::vector<std::string> names;
  for (std::size_t k = 0; k < problem.kinds.size(); ++k) {
    if (problem.kinds[k].name == name) return static_cast<int>(k);
    names.push_back(problem.kinds[k].name);
  }
  if (off_too) names.emplace_back("off");
  reader.fail_at(path, "unknown-name", fmt::format("{}: there is no shift {}", path, name),
                 did_you_mean(name, names));
  return kDayOff;
}

int day_of(Date date, const RosterSpec& spec, const std::string& path, Reader& reader) {
  if (!spec.first_day || reader.failed("days") || reader.failed(path)) return -1;
  const auto day = (date - *spec.first_day).count();
  if (day >= 0 && day < spec.days) return static_cast<int>(day);
  reader.fail_at(
      path, "range",
      fmt::format("{}: {} is not a day of the roster, which is from {} to {}", path,
                  callmill::in_words(date), callmill::in_words(*spec.first_day),
                  callmill::in_words(*spec.first_day + std::chrono::days{spec.days - 1})),
      "");
  return -1;
}

}  // namespace files

std::optional<RosterFile> read_roster_file(const std::string& path, Diagnostics& diagnostics) {
  files::Problems problems;
  const auto source = files::read_source(path, files::kScenarioBytes, false, {}, problems);
  return files::finish(source, problems, diagnostics);
}

std::optional<RosterFile> read_roster_text(const std::string& name, const std::string& text,
                                           Diagnostics& diagnostics) {
  files::Problems problems;
  const std::size_t slash = name.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : name.substr(0, slash + 1);
  const auto source =
      files::take_source({name, folder, text, 0, {}}, files::kScenarioBytes, problems);
  return files::finish(source, problems, diagnostics);
}

std::string day_name(const RosterFile& file, int day) {
  if (!file.first_day) return std::to_string(day + 1);
  return in_words(*file.first_day + std::chrono::days{day});
}

}  // namespace callmill
