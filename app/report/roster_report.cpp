#include "app/report/roster_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "app/report/chinese.h"
#include "app/report/roster_parts.h"
#include "app/report/table.h"

namespace callmill {
namespace {

constexpr int kBlock = 14;         // days side by side
constexpr int kMostLines = 20;     // of a list
constexpr double kNothing = 1e-9;  // a bound of 0, as the solver has it

constexpr std::array kDaysEn{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
constexpr std::array kDaysZh{"一", "二", "三", "四", "五", "六", "日"};

std::string text(std::string_view view) {
  return std::string{view};
}
std::string amount(double value) {
  return fmt::format("{:.4g}", value);
}

// "Mo 2": the weekday and the day of the month.
std::string header(const RosterProblem& problem, const RosterFacts& facts, int day, Lang lang) {
  const auto& names = lang == Lang::kZh ? kDaysZh : kDaysEn;
  unsigned number = static_cast<unsigned>(day) + 1;
  if (facts.first_day) {
    const std::chrono::year_month_day date{*facts.first_day + std::chrono::days{day}};
    number = static_cast<unsigned>(date.day());
  }
  return fmt::format("{}{}", names[static_cast<std::size_t>(weekday(problem, day))], number);
}

std::string block_text(const RosterProblem& p, const Roster& roster, const RosterFacts& facts,
                       int from, Lang lang) {
  const int to = std::min(p.days, from + kBlock);
  const std::vector<std::string> names = short_names(p);
  Table table;
  table.column(text(say(lang, "Person", "姓名")), Table::Align::kLeft);
  for (int day = from; day < to; ++day)
    table.column(header(p, facts, day, lang), Table::Align::kLeft);
  for (std::size_t who = 0; who < roster.size(); ++who) {
    std::vector<std::string> cells{p.people[who].name};
    if (!p.people[who].veteran) cells.front() += text(say(lang, " (new)", "（新）"));
    for (int day = from; day < to; ++day) {
      const int kind = roster[who][static_cast<std::size_t>(day)];
      cells.push_back(kind == kDayOff ? "-" : names[static_cast<std::size_t>(kind)]);
    }
    table.row(std::move(cells));
  }
  table.rule();
  for (std::size_t k = 0; k < p.kinds.size(); ++k) {
    std::vector<std::string> cells{
        fmt::format("{} {}", p.kinds[k].name, say(lang, "there/needed", "在岗/需求"))};
    for (int day = from; day < to; ++day) {
      const int kind = static_cast<int>(k);
      const auto need = std::find_if(p.needs.begin(), p.needs.end(), [&](const RosterNeed& n) {
        return n.day == day && n.kind == kind;
      });
      const int heads = heads_at(roster, day, kind);
      cells.push_back(need == p.needs.end() ? std::to_string(heads)
                                            : fmt::format("{}/{}", heads, need->heads));
    }
    table.row(std::move(cells));
  }
  return table.text();
}

struct Soft {
  const char *code, *en, *zh;
};
constexpr std::array kSoft{
    Soft{"short", "heads too few", "缺人（人次）"},
    Soft{"over", "heads too many", "多人（人次）"},
    Soft{"veteran", "veterans missing beside new people", "缺老带新（人次）"},
    Soft{"wish-on", "wishes to work not granted", "未满足的上班意愿"},
    Soft{"wish-off", "wishes not to work not granted", "未满足的休息意愿"},
    Soft{"overtime", "hours of overtime", "加班（小时）"},
    Soft{"nights", "nights between who works most and least", "夜班最多与最少之差"},
    Soft{"weekends", "weekends between who works most and least", "周末最多与最少之差"},
    Soft{"hours", "hours between who works most and least", "工时最多与最少之差"}};

std::string prices_text(const RosterCheck& check, Lang lang) {
  Table table;
  table.column(text(say(lang, "Soft rule", "软规则")), Table::Align::kLeft);
  table.column(text(say(lang, "Amount", "数量")));
  table.column(text(say(lang, "Price", "代价")));
  for (const Soft& soft : kSoft) {
    double sum = 0, price = 0;
    for (const RosterPrice& one : check.prices)
      if ((one.what.empty() ? one.code : one.what) == soft.code) {
        sum += one.amount;
        price += one.price;
      }
    if (price > 0) table.row({text(say(lang, soft.en, soft.zh)), amount(sum), amount(price)});
  }
  table.rule();
  table.row({text(say(lang, "all", "合计")), "", amount(check.cost)});
  return table.text();
}

// Each shift with heads or veterans missing.
std::string missing_text(const RosterProblem& p, const RosterCheck& check, const RosterFacts& facts,
                         Lang lang) {
  std::string out;
  int lines = 0;
  for (const RosterPrice& one : check.prices) {
    if (one.code != "short" && one.code != "veteran") continue;
    if (++lines > kMostLines) continue;
    const std::string& kind = p.kinds[static_cast<std::size_t>(one.kind)].name;
    out += fmt::format(
        fmt::runtime(one.code == "short"
                         ? say(lang, "  {} {}: {} head(s) too few\n", "  {} {}：缺 {} 人\n")
                         : say(lang, "  {} {}: {} veteran(s) too few beside new people\n",
                               "  {} {}：新员工旁缺 {} 名老员工\n")),
        roster_day(facts, one.day), kind, amount(one.amount));
  }
  if (lines > kMostLines)
    out += fmt::format(fmt::runtime(say(lang, "  and {} more\n", "  另有 {} 处\n")),
                       lines - kMostLines);
  return out;
}

std::string people_text(const RosterProblem& p, const Roster& roster, Lang lang) {
  Table table;
  table.column(text(say(lang, "Person", "姓名")), Table::Align::kLeft);
  for (const auto title : {say(lang, "Hours", "工时"), say(lang, "Overtime", "加班"),
                           say(lang, "Shifts", "班数"), say(lang, "Nights", "夜班"),
                           say(lang, "Weekends", "周末"), say(lang, "Wishes granted", "满足意愿")})
    table.column(text(title));
  for (std::size_t who = 0; who < roster.size(); ++who) {
    const PersonTotals t = totals_of(p, roster, static_cast<int>(who));
    table.row({p.people[who].name, amount(t.hours), amount(t.overtime), std::to_string(t.shifts),
               std::to_string(t.nights), std::to_string(t.weekends),
               fmt::format("{}/{}", t.granted, t.wishes)});
  }
  return table.text();
}

std::string body(const RosterProblem& p, const Roster& roster, const RosterCheck& check,
                 const RosterFacts& facts, Lang lang) {
  std::string out = facts.name + "\n\n";
  for (int from = 0; from < p.days; from += kBlock)
    out += block_text(p, roster, facts, from, lang) + "\n";
  const std::vector<std::string> names = short_names(p);
  std::string legend;
  for (std::size_t k = 0; k < p.kinds.size(); ++k)
    if (names[k] != p.kinds[k].name)
      legend += fmt::format("{}{} {}", legend.empty() ? "" : ", ", names[k], p.kinds[k].name);
  if (!legend.empty()) out += fmt::format("  {}\n\n", legend);
  out += people_text(p, roster, lang) + "\n" + prices_text(check, lang);
  const std::string missing = missing_text(p, check, facts, lang);
  if (!missing.empty()) out += "\n" + missing;
  return out + "\n";
}

std::string rules_text(std::size_t broken, Lang lang) {
  if (broken == 0) return text(say(lang, "no hard rule is broken", "未违反任何硬规则"));
  return fmt::format(
      fmt::runtime(say(lang, "hard rules are broken at {} place(s)", "违反硬规则 {} 处")), broken);
}

}  // namespace

std::string_view status_name(RosterStatus status) {
  switch (status) {
    case RosterStatus::kOptimal:
      return "optimal";
    case RosterStatus::kGap:
      return "gap";
    case RosterStatus::kInterrupted:
      return "interrupted";
    case RosterStatus::kImpossible:
      return "impossible";
  }
  return "";
}

std::vector<std::string> conflict_lines(const RosterProblem& problem,
                                        const std::vector<RosterConflict>& conflicts, Lang lang) {
  std::vector<std::string> lines;
  for (const RosterConflict& conflict : conflicts) {
    std::string rules;
    for (const std::string& rule : conflict.rules)
      rules += (rules.empty() ? "" : text(say(lang, "; ", "；"))) + sentence(rule, lang);
    lines.push_back(fmt::format(
        fmt::runtime(say(lang, "{} can have no roster: these rules cannot hold together: {}",
                         "{} 无法排班，下列规则不能同时成立：{}")),
        problem.people[static_cast<std::size_t>(conflict.person)].name, rules));
  }
  return lines;
}

std::string roster_text(const RosterProblem& problem, const RosterResult& result,
                        const RosterFacts& facts, Lang lang) {
  if (result.roster.empty()) {
    std::string out;
    for (const std::string& line : conflict_lines(problem, result.conflicts, lang))
      out += line + "\n";
    return out;
  }
  const RosterCheck check = check_roster(problem, result.roster);
  return body(problem, result.roster, check, facts, lang) +
         fmt::format(fmt::runtime(say(lang, "cost {}, bound {}, gap {:.2f}%: {}; {}\n",
                                      "代价 {}，下界 {}，差距 {:.2f}%：{}；{}\n")),
                     amount(check.cost), amount(result.bound < kNothing ? 0 : result.bound),
                     100 * result.gap(),
                     result.status == RosterStatus::kOptimal
                         ? say(lang, "no cheaper roster exists", "不存在更优的排班")
                         : say(lang, "a cheaper one may exist", "可能还有更优的排班"),
                     rules_text(check.broken.size(), lang));
}

std::string checked_roster_text(const RosterProblem& problem, const Roster& roster,
                                const RosterFacts& facts, Lang lang) {
  const RosterCheck check = check_roster(problem, roster);
  return body(problem, roster, check, facts, lang) +
         fmt::format(fmt::runtime(say(lang, "{}; cost {}\n", "{}；代价 {}\n")),
                     rules_text(check.broken.size(), lang), amount(check.cost));
}

}  // namespace callmill
