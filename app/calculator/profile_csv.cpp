// The day's CSV.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/calculator/batch_csv.h"
#include "app/calculator/profile.h"
#include "app/calculator/units.h"

namespace callmill::calculator {
namespace {

const std::vector<std::string> kColumns = {"from", "to",       "interval", "calls",
                                           "aht",  "patience", "agents"};

constexpr double kDay = 86'400;

std::string clock_text(double seconds) {
  const auto minutes = static_cast<long>(seconds / 60);
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

// "08:30" or "08:30:15", up to 48 hours; seconds after midnight.
std::optional<double> parse_clock(std::string_view text) {
  double total = 0;
  int parts = 0;
  while (parts < 3) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    if (part.empty() || part.size() > 2 || part.find_first_not_of("0123456789") != part.npos)
      return std::nullopt;
    const int value = part.size() == 2 ? (part[0] - '0') * 10 + (part[1] - '0') : part[0] - '0';
    if (value > (parts == 0 ? 48 : 59)) return std::nullopt;
    total = total * 60 + value;
    ++parts;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
  }
  if (parts < 2) return std::nullopt;
  return parts == 2 ? total * 60 : total;
}

class ProfileReader {
 public:
  ProfileReader(BatchReader& reader, const Question& parts) : reader_{reader}, parts_{parts} {}

  void check_header() {
    // Spreadsheets of some countries write ';' where this file has ','.
    const std::vector<std::string> names = reader_.column_names();
    const std::string first = names.size() == 1 ? names.front() : "";
    if (first.find_first_of(";\t") != std::string::npos) {
      reader_.header_error(first, "separator",
                           first.find(';') != std::string::npos
                               ? "columns are separated by ';'; must be by ','"
                               : "columns are separated by tabs; must be by ','",
                           "save it as CSV with commas");
      return;
    }
    for (const std::string& column : reader_.column_names()) {
      const bool known = std::find(kColumns.begin(), kColumns.end(), column) != kColumns.end();
      const std::string near = known ? "" : nearest(column, kColumns);
      if (!near.empty())
        reader_.header_error(column, "unknown-column", fmt::format("there is no column {}", column),
                             fmt::format("did you mean {}?", near));
    }
    need("calls", "the calls expected in each interval");
    if (reader_.has_column("interval")) return;
    need("from", "where each interval begins, such as 08:00; or interval, such as 08:00-08:30");
    need("to", "where each interval ends");
  }

  Interval read() {
    Interval out;
    read_times(out);
    out.calls = reader_.not_negative("calls");
    out.queue = parts_.queue;
    out.queue.aht_s = duration("aht", parts_.queue.aht_s);
    out.queue.patience_s = duration("patience", parts_.queue.patience_s);
    if (parts_.queue.handle_law) said_by("aht", "--aht-law");
    if (parts_.queue.patience_law) said_by("patience", "--patience-law");
    if (out.queue.aht_s == 0)
      reader_.error("aht", "missing", "the handle time is missing: a column aht, or --aht");
    if (reader_.given("agents")) read_agents(out);
    if (out.queue.agents == 0 && parts_.targets.empty() && !reader_.given("agents"))
      reader_.error("agents", "missing",
                    "agents are missing: a column agents, --agents, or a target such as --target "
                    "90%/20s to find them");
    if (out.length_s > 0) out.queue.calls_per_s = out.calls / out.length_s;
    return out;
  }

 private:
  void said_by(const char* column, const char* option) {
    if (reader_.given(column))
      reader_.error(column, "law", fmt::format("{} already says it; leave the column out", option));
  }

  void need(const char* column, const char* help) {
    if (!reader_.has_column(column))
      reader_.header_error("", "missing-column", fmt::format("column {} is missing", column), help);
  }

  std::optional<double> time_of_day(const std::string& column, const std::string& text) {
    const auto value = parse_clock(text);
    if (!value)
      reader_.error(column, "time",
                    fmt::format("{} is \"{}\"; must be a time such as 08:30", column, text));
    return value;
  }

  void read_times(Interval& out) {
    std::optional<double> from, to;
    const bool ranged = reader_.has_column("interval");
    if (ranged) {
      const std::string text = reader_.text("interval");
      const std::size_t dash = text.find('-');
      if (dash == std::string::npos) {
        reader_.error("interval", "time",
                      fmt::format("interval is \"{}\"; must be such as 08:00-08:30", text));
        return;
      }
      from = time_of_day("interval", text.substr(0, dash));
      to = time_of_day("interval", text.substr(dash + 1));
    } else {
      from = time_of_day("from", reader_.text("from"));
      to = time_of_day("to", reader_.text("to"));
    }
    if (!from || !to) return;
    const std::string name = clock_text(*from);
    const char* last = ranged ? "interval" : "to";
    *from += past_midnight(*from, end_);
    *to += past_midnight(*to, std::nextafter(*from, 1e9));
    if (*to <= *from) {
      reader_.error(last, "range",
                    fmt::format("the interval ends at {}, not after its start", clock_text(*to)));
      return;
    }
    if (*from < end_)
      reader_.error(ranged ? "interval" : "from", "order",
                    fmt::format("begins at {}, before the one above ends at {}", clock_text(*from),
                                clock_text(end_)));
    end_ = *to;
    out.from_s = *from;
    out.length_s = *to - *from;
    out.name = name;
  }

  // A day, when the time is meant of the next morning: it lies before `earliest`, and no more than
  // half a day after it once midnight has passed. A time that only stands in the wrong row is not.
  static double past_midnight(double time, double earliest) {
    return time < earliest && time + kDay >= earliest && time + kDay - earliest <= kDay / 2 ? kDay
                                                                                            : 0;
  }

  // Above 0; with a unit, or seconds.
  double duration(const std::string& column, double otherwise) {
    if (!reader_.given(column)) return otherwise;
    std::string why;
    const std::string text = reader_.text(column);
    const bool bare = text.find_first_not_of("0123456789.") == std::string::npos;
    const auto value = parse_duration_s(bare ? text + "s" : text, why);
    if (value && *value > 0) return *value;
    reader_.error(
        column, value ? "range" : "unit",
        value ? fmt::format("{} is {}; must be > 0", column, text) : column + " is " + why);
    return 1;
  }

  void read_agents(Interval& out) {
    const bool whole = has_lines(parts_.queue);
    out.queue.agents = whole ? reader_.whole("agents", 0) : reader_.not_negative("agents");
    if (out.queue.agents == 0 && out.calls > 0)
      reader_.error("agents", "range", "agents is 0, but there are calls");
    else if (parts_.queue.lines > 0 && out.queue.agents > static_cast<double>(parts_.queue.lines))
      reader_.error(
          "agents", "range",
          fmt::format("{} lines cannot seat {:g} agents", parts_.queue.lines, out.queue.agents));
  }

  BatchReader& reader_;
  const Question& parts_;
  double end_ = 0;
};

}  // namespace

std::optional<std::vector<Interval>> read_profile(std::string_view csv, const std::string& name,
                                                  const Question& parts, Diagnostics& diagnostics) {
  std::vector<BatchLine> lines = read_batch_lines(csv);
  const bool empty = lines.empty();
  if (empty) lines.push_back({.number = 1, .text = "", .cells = {}});
  BatchReader reader{name, lines.front(), diagnostics};
  ProfileReader profile{reader, parts};
  profile.check_header();
  if (!empty && lines.size() == 1)
    reader.header_error("", "empty", "there is no row below the header");
  if (!diagnostics.ok()) return std::nullopt;
  reader.name_model("of a day");
  std::vector<Interval> intervals;
  for (std::size_t i = 1; i < lines.size(); ++i)
    if (reader.open(lines[i])) intervals.push_back(profile.read());
  if (!diagnostics.ok()) return std::nullopt;
  return intervals;
}

}  // namespace callmill::calculator
