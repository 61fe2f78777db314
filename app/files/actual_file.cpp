#include "app/files/actual_file.h"

#include <fmt/format.h>

#include <charconv>

#include "app/files/csv.h"
#include "app/files/text.h"

namespace callmill {
namespace files {
namespace {

constexpr std::int64_t kMostCalls = 100'000'000;  // of an interval

class ActualsReader {
 public:
  ActualsReader(const CsvTable& table, const World& world, SimDuration at, Problems& problems)
      : table_{table}, world_{world}, problems_{problems} {
    const SimDuration passed = at - world.day.opens;
    calls_.resize(static_cast<std::size_t>(passed / world.day.interval));
  }

  DayActuals read() {
    const Place first = table_.header.front().place;
    for (const CsvCell& cell : table_.header)
      if (cell.text != "from" && cell.text != "calls" && cell.text != "aht")
        problems_.add(cell.place, "unknown-column",
                      fmt::format("{} is no column of a day's calls", cell.text),
                      "known: from, calls and aht");
    for (const char* column : {"from", "calls"})
      if (!table_.column(column))
        problems_.add(first, "missing-column", fmt::format("the column {} is missing", column));
    if (problems_.count() > 0) return {};
    for (const std::vector<CsvCell>& row : table_.rows) read_row(row);
    for (std::size_t i = 0; i < calls_.size(); ++i)
      if (!calls_[i])
        problems_.add(first, "missing-interval",
                      fmt::format("no row has the calls from {} on", start_of(i)));
    DayActuals actuals;
    for (const auto& calls : calls_) actuals.calls.push_back(calls.value_or(0));
    actuals.handled = handled_;
    actuals.handle_s = handled_ > 0 ? handle_sum_ / static_cast<double>(handled_) : 0;
    return actuals;
  }

 private:
  std::string start_of(std::size_t interval) const {
    return print_time_of_day(
        to_seconds(world_.day.opens + world_.day.interval * static_cast<std::int64_t>(interval)));
  }

  void read_row(const std::vector<CsvCell>& row) {
    const CsvCell& from = row[*table_.column("from")];
    Slip slip;
    const std::optional<double> seconds = parse_time_of_day(from.text, slip);
    if (!seconds) {
      problems_.add(from.place, slip.code, fmt::format("from is {}; {}", from.text, slip.message),
                    slip.help);
      return;
    }
    const SimDuration after = from_seconds(*seconds) - world_.day.opens;
    if (after < SimDuration{} || after >= world_.day.length() ||
        after % world_.day.interval != SimDuration{}) {
      problems_.add(from.place, "time", fmt::format("{} is no start of an interval", from.text),
                    fmt::format("intervals begin at {} and then every {}", start_of(0),
                                print_duration(to_seconds(world_.day.interval))));
      return;
    }
    const auto interval = static_cast<std::size_t>(after / world_.day.interval);
    if (interval >= calls_.size()) return;
    const std::optional<std::int64_t> calls = calls_of(row[*table_.column("calls")]);
    if (calls_[interval])
      problems_.add(from.place, "twice",
                    fmt::format("the interval from {} stands twice", from.text));
    if (!calls) return;
    calls_[interval] = calls;
    read_handle_time(row, *calls);
  }

  std::optional<std::int64_t> calls_of(const CsvCell& cell) {
    std::int64_t calls = 0;
    const char* const end = cell.text.data() + cell.text.size();
    const auto [at, fault] = std::from_chars(cell.text.data(), end, calls);
    if (fault == std::errc{} && at == end && calls >= 0 && calls <= kMostCalls) return calls;
    problems_.add(cell.place, "number",
                  fmt::format("calls is {}; must be a whole number from 0 on", cell.text));
    return std::nullopt;
  }

  void read_handle_time(const std::vector<CsvCell>& row, std::int64_t calls) {
    const std::optional<std::size_t> column = table_.column("aht");
    if (!column || row[*column].text.empty()) return;
    const CsvCell& cell = row[*column];
    Slip slip;
    const std::optional<double> seconds = parse_duration(cell.text, slip);
    if (!seconds || *seconds < 0) {
      problems_.add(cell.place, slip.code.empty() ? "unit" : slip.code,
                    fmt::format("aht is {}; must be a duration such as 190s", cell.text),
                    slip.help);
      return;
    }
    handled_ += calls;
    handle_sum_ += *seconds * static_cast<double>(calls);
  }

  const CsvTable& table_;
  const World& world_;
  Problems& problems_;
  std::vector<std::optional<std::int64_t>> calls_;
  double handle_sum_ = 0;
  std::int64_t handled_ = 0;
};

std::optional<DayActuals> take(std::optional<int> source, const World& world, SimDuration at,
                               Problems& problems, Diagnostics& diagnostics) {
  const auto table = source ? read_csv(*source, problems) : nullptr;
  DayActuals actuals;
  if (table) actuals = ActualsReader{*table, world, at, problems}.read();
  if (problems.count() == 0) return actuals;
  problems.hand_over(diagnostics);
  return std::nullopt;
}

}  // namespace
}  // namespace files

std::optional<DayActuals> read_actuals(const std::string& path, const World& world, SimDuration at,
                                       Diagnostics& diagnostics) {
  files::Problems problems;
  const auto source = files::read_source(path, files::kCsvBytes, false, {}, problems);
  return files::take(source, world, at, problems, diagnostics);
}

std::optional<DayActuals> read_actuals_text(const std::string& name, const std::string& text,
                                            const World& world, SimDuration at,
                                            Diagnostics& diagnostics) {
  files::Problems problems;
  const auto source = files::take_source({name, "", text, 0, {}}, files::kCsvBytes, problems);
  return files::take(source, world, at, problems, diagnostics);
}

}  // namespace callmill
