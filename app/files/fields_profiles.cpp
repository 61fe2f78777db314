// Values by the time of day: in the file as {step, ...}, in a CSV file beside it, or constant.

#include <fmt/format.h>

#include "app/files/fields.h"

namespace callmill::files {
namespace {

struct Steps {
  Profile profile;
  double scale = 1;
};
struct Csv {
  std::string file, column;
  double scale = 1;
};
struct Constant {
  double per_hour = 0;
  double scale = 1;
};

Kind<double> scale_kind() {
  return number({0, 1e6, true, false});
}

constexpr double kMostCalls = 1e9;  // a step
constexpr double kMostAgents = 1e6;

// Step and values stand inside Steps::profile; their keys are bound by hand.
Record<Steps> steps_record(const std::string& list_key, Kind<double> element,
                           const std::string& help, bool scaled) {
  const Kind<SimDuration> step = duration({0, kLongest, true, false});
  const Kind<std::vector<double>> values = list_of(std::move(element), true, "a list of numbers");
  Record<Steps> record;
  record.fields.push_back(
      {{"step", "length of each step", true, "", step.shape},
       [step](const Node& node, Reader& reader, Steps& v) {
         return step.read(node, reader, v.profile.step);
       },
       [step](const Steps& v, const Writer& w) { return step.write(v.profile.step, w); }});
  record.fields.push_back(
      {{list_key, help, true, "", values.shape},
       [values](const Node& node, Reader& reader, Steps& v) {
         return values.read(node, reader, v.profile.values);
       },
       [values](const Steps& v, const Writer& w) { return values.write(v.profile.values, w); }});
  if (scaled) {
    Field<Steps> scale =
        optional_key("scale", &Steps::scale, scale_kind(), "multiplies every value");
    scale.write = [](const Steps&, const Writer&) { return Node{}; };  // already in the values
    record.fields.push_back(std::move(scale));
  }
  return record;
}

Record<Csv> csv_record(bool scaled) {
  Record<Csv> record{
      "",
      "",
      {required_key(
           "file", &Csv::file, text(),
           "CSV file, relative to this file; its first column is time, HH:MM of each step"),
       required_key("column", &Csv::column, text(), "column of the file")},
      {}};
  if (scaled)
    record.fields.push_back(
        optional_key("scale", &Csv::scale, scale_kind(), "multiplies every value"));
  return record;
}

// The times of the first column: one step apart, from opens to closes.
bool read_times(const CsvTable& table, Reader& reader, SimDuration& step) {
  const CsvCell& head = table.header[0];
  if (head.text != "time") {
    reader.fail(head.place, "csv-column",
                fmt::format("needs time as the first column, not {}", head.text));
    return false;
  }
  const Day& day = reader.day;
  SimDuration expected = day.opens;
  step = day.length();
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const CsvCell& cell = table.rows[i][0];
    Slip slip;
    const std::optional<double> time = parse_time_of_day(cell.text, slip);
    if (!time) {
      reader.fail(cell.place, "csv-time",
                  fmt::format("has \"{}\" as a time; it must be HH:MM", cell.text));
      return false;
    }
    const SimDuration at = from_seconds(*time);
    if (i == 1) step = at - day.opens;
    expected = day.opens + step * static_cast<std::int64_t>(i);
    if (at != expected || step <= SimDuration::zero()) {
      const std::string words =
          i == 0   ? "the day opens at " + print_time_of_day(to_seconds(day.opens))
          : i == 1 ? std::string{"times must increase"}
                   : "the next step starts at " + print_time_of_day(to_seconds(expected));
      reader.fail(cell.place, "csv-time", fmt::format("has a row at {}; {}", cell.text, words));
      return false;
    }
  }
  if (expected + step != day.closes) {
    reader.fail(table.rows.back()[0].place, "csv-time",
                fmt::format("has steps until {}; the day closes at {}",
                            print_time_of_day(to_seconds(expected + step)),
                            print_time_of_day(to_seconds(day.closes))));
    return false;
  }
  return true;
}

bool profile_from_csv(const Csv& from, const Kind<double>& element, const Node& node,
                      Reader& reader, Profile& value) {
  const CsvTable* table = reader.csv(*node.find("file"));
  if (table == nullptr) return false;
  const auto column = table->column(from.column);
  if (!column || *column == 0) {
    std::vector<std::string> names = table->names();
    names.erase(names.begin());
    reader.fail(node.find("column")->place, "csv-column",
                fmt::format("{} has no column {}", from.file, from.column),
                did_you_mean(from.column, names));
    return false;
  }
  Profile profile;
  if (!read_times(*table, reader, profile.step)) return false;
  bool ok = true;
  for (const std::vector<CsvCell>& row : table->rows) {
    Node cell = Node::scalar(row[*column].text);
    cell.place = row[*column].place;
    double read = 0;
    ok = element.read(cell, reader, read) && ok;
    profile.values.push_back(read * from.scale);
  }
  if (ok) value = std::move(profile);
  return ok;
}

Form<Profile> steps_form(const std::string& key, const Kind<double>& element,
                         const std::string& help, bool scaled) {
  return form<Profile, Steps>(
      "", "", "step", "", steps_record(key, element, help, scaled),
      [](Steps steps, const Node&, Reader&, Profile& value) {
        value = std::move(steps.profile);
        for (double& v : value.values) v *= steps.scale;
        return true;
      },
      [](const Profile& value) {
        return value.by_day.empty() ? std::optional<Steps>{Steps{value, 1}} : std::nullopt;
      });
}

Form<Profile> csv_form(const Kind<double>& element, bool scaled) {
  return form<Profile, Csv>(
      "", "", "file", "", csv_record(scaled),
      [element](Csv from, const Node& node, Reader& reader, Profile& value) {
        return profile_from_csv(from, element, node, reader, value);
      },
      nullptr);
}

Form<Profile> per_hour_form() {
  return form<Profile, Constant>(
      "", "", "per_hour", "",
      {"",
       "",
       {required_key("per_hour", &Constant::per_hour, per_hour(), "the same rate all day"),
        optional_key("scale", &Constant::scale, scale_kind(), "multiplies the rate")},
       {}},
      [](Constant constant, const Node&, Reader& reader, Profile& value) {
        const SimDuration length = reader.day.length();
        value = {length, {constant.per_hour * to_hours(length) * constant.scale}};
        return true;
      },
      nullptr);
}

// The forms of one day, and the same by day.
Kind<Profile> profile_kind(const std::string& words, const std::string& definition,
                           std::optional<Kind<Profile>> bare, std::vector<Form<Profile>> forms,
                           bool scaled) {
  const Kind<Profile> one_day = either<Profile>(words, definition + "_of_a_day", "", bare, forms);
  forms.insert(forms.begin(), by_day_form(one_day, scaled));
  return either<Profile>(words + "; or {by_day} of these", definition, "", std::move(bare),
                         std::move(forms));
}

}  // namespace

Kind<Profile> volume_kind() {
  const Kind<double> calls = number(between(0, kMostCalls));
  return profile_kind("calls by the time of day: {file, column}, {per_hour} or {step, calls}",
                      "volume", std::nullopt,
                      {csv_form(calls, true), per_hour_form(),
                       steps_form("calls", calls, "expected fresh calls of each step", true)},
                      true);
}

Kind<Profile> staff_kind() {
  const Kind<double> agents = whole_number(between(0, kMostAgents));
  const Kind<Profile> all_day{agents.shape,
                              [agents](const Node& node, Reader& reader, Profile& value) {
                                double number = 0;
                                if (!agents.read(node, reader, number)) return false;
                                value = {reader.day.length(), {number}};
                                return true;
                              },
                              [](const Profile&, const Writer&) { return Node{}; }};
  return profile_kind(
      "agents by the time of day: a number, {file, column} or {step, agents}", "staff", all_day,
      {csv_form(agents, false), steps_form("agents", agents, "agents on duty in each step", false)},
      false);
}

Kind<Profile> factor_kind() {
  const Kind<double> factor = number({0, 1e3, true, false});
  return profile_kind(
      "factors by the time of day: {file, column} or {step, values}", "factor", std::nullopt,
      {csv_form(factor, false), steps_form("values", factor, "factor of each step", false)}, false);
}

Kind<Profile> share_profile_kind() {
  const Kind<double> share = share_of(between(0, 1));
  const Kind<Profile> all_day{share.shape,
                              [share](const Node& node, Reader& reader, Profile& value) {
                                double number = 0;
                                if (!share.read(node, reader, number)) return false;
                                value = {reader.day.length(), {number}};
                                return true;
                              },
                              [](const Profile&, const Writer&) { return Node{}; }};
  return either<Profile>(
      "shares by the time of day: a share, {file, column} or {step, values}", "share_profile", "",
      all_day, {csv_form(share, false), steps_form("values", share, "share in each step", false)});
}

Kind<Profile> series_kind() {
  const Kind<double> figure = number(between(0, 1e9));
  return either<Profile>(
      "figures by the time of day: {file, column} or {step, values}", "series", "", std::nullopt,
      {csv_form(figure, false), steps_form("values", figure, "figure of each step", false)});
}

}  // namespace callmill::files
