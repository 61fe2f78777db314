// How many heads each day and shift needs: given directly, or counted in plan files.

#include <fmt/format.h>

#include <map>
#include <optional>

#include "app/files/roster_spec.h"

namespace callmill::files {
namespace {

constexpr int kDay = 1440;

class Needs {
 public:
  Needs(const RosterSpec& spec, const Node& root, Reader& reader, RosterProblem& problem)
      : spec_{spec}, root_{root}, reader_{reader}, p_{problem} {}

  void add() {
    std::vector<std::vector<int>> heads(
        static_cast<std::size_t>(p_.days),
        heads_of(spec_.needs.each_day, "needs.each_day", std::vector<int>(p_.kinds.size(), 0)));
    for (const int rank : {1, 2, 3}) {  // the nearest word last
      for (const DayPlanSpec& plan : spec_.needs.plans) put_plan(plan, rank, heads);
      for (const DayHeadsSpec& day : spec_.needs.by_day) put_day(day, rank, heads);
    }
    for (int day = 0; day < p_.days; ++day)
      for (std::size_t k = 0; k < p_.kinds.size(); ++k)
        p_.needs.push_back({day, static_cast<int>(k), heads[static_cast<std::size_t>(day)][k],
                            spec_.needs.price_short, spec_.needs.price_over});
  }

 private:
  // 3: a date, 2: a weekday, 1: wider; 0: no such word.
  int rank_of(const std::string& word, bool other_too) const {
    if (parse_date(word)) return 3;
    if (is_weekday(word)) return 2;
    return word == "workday" || word == "weekend" || (other_too && word == "other") ? 1 : 0;
  }

  bool is_word(const std::string& word, const std::string& path, bool other_too, int rank) {
    const int of = rank_of(word, other_too);
    if (of == 0 && rank == 1)
      reader_.fail_at(
          path, "day",
          fmt::format("{}: {} is no day; must be a date, a weekday, workday or weekend{}", path,
                      word, other_too ? ", or other" : ""),
          "");
    return of == rank;
  }

  bool means(const std::string& word, int day) const {
    if (word == "other") return true;
    OpenDay one;
    one.date = *spec_.first_day + std::chrono::days{day};
    one.kind = weekday_of(*one.date);
    return is_such_a_day(word, one);
  }

  std::vector<int> heads_of(const std::vector<HeadsSpec>& of, const std::string& path,
                            std::vector<int> heads) {
    for (const HeadsSpec& one : of)
      if (const int kind = kind_called(one.shift, p_, path + "." + one.shift, reader_, false);
          kind >= 0)
        heads[static_cast<std::size_t>(kind)] = one.heads;
    return heads;
  }

  void put_day(const DayHeadsSpec& of, int rank, std::vector<std::vector<int>>& heads) {
    const std::string path = "needs.by_day." + of.day;
    if (!is_word(of.day, path, false, rank)) return;
    if (const auto date = parse_date(of.day); date && day_of(*date, spec_, path, reader_) < 0)
      return;
    bool checked = false;
    for (int day = 0; day < p_.days; ++day) {
      auto& now = heads[static_cast<std::size_t>(day)];
      if (!means(of.day, day)) continue;
      now = heads_of(of.heads, path, now);
      checked = true;
      if (reader_.failed(path)) return;
    }
    if (!checked) heads_of(of.heads, path, std::vector<int>(p_.kinds.size(), 0));
  }

  void put_plan(const DayPlanSpec& of, int rank, std::vector<std::vector<int>>& heads) {
    const std::string path = "needs.plans." + of.day;
    if (!is_word(of.day, path, true, rank)) return;
    const Node* plans = root_.find("needs")->find("plans");
    const CsvTable* table = reader_.csv(*plans->find(of.day));
    if (table == nullptr || reader_.failed("shifts") || p_.kinds.empty()) return;
    const std::vector<int> counted = count(*table);
    for (int day = 0; day < p_.days; ++day)
      if (means(of.day, day)) heads[static_cast<std::size_t>(day)] = counted;
  }

  static std::optional<int> minute(const CsvTable& table, const std::vector<CsvCell>& row,
                                   const char* column) {
    const auto at = table.column(column);
    Slip slip;
    const auto seconds = at ? parse_time_of_day(row[*at].text, slip) : std::nullopt;
    if (!seconds) return std::nullopt;
    return static_cast<int>(*seconds / 60) % kDay;
  }

  // The plan's agents by kind: of the same times, by name where several kinds have them.
  std::vector<int> count(const CsvTable& table) {
    std::vector<int> heads(p_.kinds.size(), 0);
    for (const char* needed : {"from", "to"})
      if (!table.column(needed)) {
        reader_.problems().add(table.header.front().place, "missing-column",
                               fmt::format("column {} is missing", needed),
                               "a plan has group,agent,shift,from,to,breaks");
        return heads;
      }
    const auto cell = [&](const std::vector<CsvCell>& row, const char* column) {
      const auto at = table.column(column);
      return at ? row[*at].text : std::string{};
    };
    for (const std::vector<CsvCell>& row : table.rows) {
      if (cell(row, "from").empty() && cell(row, "to").empty()) continue;  // of lines
      if (!spec_.needs.group.empty() && cell(row, "group") != spec_.needs.group) continue;
      const auto from = minute(table, row, "from"), to = minute(table, row, "to");
      std::optional<std::size_t> kind;
      for (std::size_t k = 0; k < p_.kinds.size(); ++k)
        if (from && to && p_.kinds[k].from == from && *p_.kinds[k].to % kDay == *to &&
            (!kind || p_.kinds[k].name == cell(row, "shift")))
          kind = k;
      if (kind) {
        ++heads[*kind];
        continue;
      }
      reader_.problems().add(row[*table.column("from")].place, "unknown-shift",
                             fmt::format("no shift of the roster is from {} to {}",
                                         cell(row, "from"), cell(row, "to")),
                             "give the roster's shifts one of these times");
    }
    return heads;
  }

  const RosterSpec& spec_;
  const Node& root_;
  Reader& reader_;
  RosterProblem& p_;
};

}  // namespace

void add_needs(const RosterSpec& spec, const Node& root, Reader& reader, RosterProblem& problem) {
  Needs{spec, root, reader, problem}.add();
}

}  // namespace callmill::files
