// A roster for programs: JSON and iCalendar.

#include <fmt/format.h>

#include "app/report/json.h"
#include "app/report/roster_parts.h"
#include "app/report/roster_report.h"

namespace callmill {
namespace {

void put_people(JsonWriter& json, const RosterProblem& p, const Roster& roster) {
  json.key("people").array(JsonWriter::Layout::kRows);
  for (std::size_t who = 0; who < roster.size(); ++who) {
    const PersonTotals t = totals_of(p, roster, static_cast<int>(who));
    json.object().field("name", p.people[who].name).field("veteran", p.people[who].veteran);
    json.field("hours", t.hours).field("overtime_h", t.overtime).field("nights", t.nights);
    json.field("weekends", t.weekends).field("wishes", t.wishes).field("granted", t.granted);
    json.key("shifts").array();
    for (const int kind : roster[who])
      json.value(kind == kDayOff ? std::string{} : p.kinds[static_cast<std::size_t>(kind)].name);
    json.end().end();
  }
  json.end();
}

void put_check(JsonWriter& json, const RosterProblem& p, const RosterCheck& check,
               const RosterFacts& facts) {
  json.key("prices").array(JsonWriter::Layout::kRows);
  for (const RosterPrice& one : check.prices) {
    json.object().field("rule", one.code);
    if (one.person >= 0) json.field("person", p.people[static_cast<std::size_t>(one.person)].name);
    if (one.day >= 0) json.field("day", roster_day(facts, one.day));
    if (one.kind >= 0) json.field("shift", p.kinds[static_cast<std::size_t>(one.kind)].name);
    if (!one.what.empty()) json.field("of", one.what);
    json.field("amount", one.amount).field("price", one.price).end();
  }
  json.end();
  json.key("broken").array(JsonWriter::Layout::kRows);
  for (const RosterFault& one : check.broken)
    json.object()
        .field("rule", one.code)
        .field("person", p.people[static_cast<std::size_t>(one.person)].name)
        .field("day", roster_day(facts, one.day))
        .field("message", one.message)
        .end();
  json.end();
}

// Text of RFC 5545, 3.3.11.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out;
}

// A content line, folded so that none is longer than 75 octets and no character is cut (3.1).
std::string folded(const std::string& line) {
  constexpr std::size_t kMost = 75;
  std::string out;
  std::size_t width = 0;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t end = i + 1;
    while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80) ++end;
    if (width + (end - i) > kMost) {
      out += "\r\n ";
      width = 1;
    }
    out += line.substr(i, end - i);
    width += end - i;
    i = end;
  }
  return out + "\r\n";
}

std::string stamp(Date day, int minute) {
  const std::chrono::year_month_day date{day + std::chrono::days{minute / 1440}};
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}00", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     minute % 1440 / 60, minute % 60);
}

}  // namespace

std::string roster_json(const RosterProblem& problem, const RosterResult& result,
                        const RosterFacts& facts) {
  JsonWriter json;
  json.object().field("status", status_name(result.status)).field("name", facts.name);
  json.field("first_day", roster_day(facts, 0)).field("days", problem.days);
  if (!result.roster.empty())
    json.field("cost", result.cost).field("bound", result.bound).field("gap", result.gap());
  put_people(json, problem, result.roster);
  put_check(json, problem,
            result.roster.empty() ? RosterCheck{} : check_roster(problem, result.roster), facts);
  json.key("conflicts").array(JsonWriter::Layout::kRows);
  for (const RosterConflict& one : result.conflicts) {
    json.object().field("person", problem.people[static_cast<std::size_t>(one.person)].name);
    json.key("rules").array();
    for (const std::string& rule : one.rules) json.value(rule);
    json.end().end();
  }
  return json.end().end().take() + "\n";
}

std::string checked_roster_json(const RosterProblem& problem, const Roster& roster,
                                const RosterFacts& facts) {
  const RosterCheck check = check_roster(problem, roster);
  JsonWriter json;
  json.object().field("status", check.broken.empty() ? "holds" : "broken");
  json.field("name", facts.name).field("first_day", roster_day(facts, 0));
  json.field("days", problem.days).field("cost", check.cost);
  put_people(json, problem, roster);
  put_check(json, problem, check, facts);
  return json.end().take() + "\n";
}

std::string roster_calendar(const RosterProblem& problem, const Roster& roster, int person,
                            const RosterFacts& facts) {
  const auto who = static_cast<std::size_t>(person);
  const Date first = facts.first_day.value_or(Date{});
  std::string out;
  const auto line = [&out](const std::string& text) { out += folded(text); };
  line("BEGIN:VCALENDAR");
  line("VERSION:2.0");
  line("PRODID:-//callmill//roster//EN");
  line("X-WR-CALNAME:" + escaped(facts.name + " " + problem.people[who].name));
  for (int day = 0; day < problem.days; ++day) {
    const int kind = roster[who][static_cast<std::size_t>(day)];
    if (kind == kDayOff) continue;
    const RosterKind& of = problem.kinds[static_cast<std::size_t>(kind)];
    const Date date = first + std::chrono::days{day};
    line("BEGIN:VEVENT");
    // Who and when: a roster that is made anew moves the event, it does not add one.
    line(fmt::format("UID:{}-{}@{}.callmill", person, stamp(date, 0).substr(0, 8),
                     stamp(first, 0).substr(0, 8)));
    line("DTSTAMP:" + stamp(first, 0) + "Z");
    line("DTSTART:" + stamp(date, of.from.value_or(0)));
    line("DTEND:" + stamp(date, of.to.value_or(of.minutes)));
    line("SUMMARY:" + escaped(of.name));
    line("END:VEVENT");
  }
  line("END:VCALENDAR");
  return out;
}

}  // namespace callmill
