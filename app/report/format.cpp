#include "app/report/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/world/spans.h"

namespace callmill {
namespace {

// Without the sign of what rounds to 0.
std::string fixed(double value, int digits) {
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
  return text;
}

// 1204.5 -> 1,204.5
std::string grouped(double value, int digits) {
  std::string text = fixed(value, digits);
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  std::size_t point = text.find('.');
  if (point == std::string::npos) point = text.size();
  for (std::size_t i = point; i > sign + 3;) text.insert(i -= 3, ",");
  return text;
}

// Two digits after the point; of what would be 0 then, as many as show two that are not.
int digits_of_share(double share) {
  const double percent = std::abs(share) * 100;
  constexpr double kNothing = 1e-6;  // of which nobody asks how little it is
  if (percent >= 0.005 || percent < kNothing) return 2;
  return 1 - static_cast<int>(std::floor(std::log10(percent)));
}

// `digits` of a share.
std::string bare(double value, Unit unit, int digits = 2) {
  switch (unit) {
    case Unit::kShare:
      return fixed(value * 100, digits);
    case Unit::kSeconds:
    case Unit::kPerHour:
    case Unit::kAgents:
    case Unit::kLines:
    case Unit::kCount:
      return grouped(value, 1);
    case Unit::kNumber:
      return grouped(value, 3);
    case Unit::kMoney:
      return grouped(value, 2);
  }
  return {};
}

// Nobody reads 162,000 s.
bool in_hours(double value, Unit unit) {
  return unit == Unit::kSeconds && std::abs(value) >= 10'000;
}

std::string_view suffix(Unit unit) {
  switch (unit) {
    case Unit::kShare:
      return "%";
    case Unit::kSeconds:
      return " s";
    default:
      return "";
  }
}

}  // namespace

std::string scope_name(const World& world, Scope scope) {
  switch (scope.kind) {
    case ScopeKind::kTotal:
      return "total";
    case ScopeKind::kQueue:
      return "queue:" + world.queues[scope.index].name;
    case ScopeKind::kCallerType:
      return "type:" + world.caller_types[scope.index].name;
    case ScopeKind::kGroup:
      return "group:" + world.groups[scope.index].name;
    case ScopeKind::kCampaign:
      return "campaign:" + world.campaigns[scope.index].name;
    case ScopeKind::kTrunks:
      return "lines:" + world.trunks[scope.index].name;
    case ScopeKind::kRule:
      return "rule:" + world.rules[scope.index].name;
  }
  return {};
}

std::string name_of(const Metric& metric, Lang lang) {
  return std::string{say(lang, metric.en, metric.zh)};
}

std::string title_of(const Metric& metric, const World& world, Lang lang) {
  if (metric.unit != Unit::kMoney) return name_of(metric, lang);
  return fmt::format("{} ({})", name_of(metric, lang), world.currency);
}

bool shows_money(const World& world) {
  const auto pays_extra = [](const Action& action) { return action.cost_per_hour.has_value(); };
  return world.costs ||
         std::any_of(world.groups.begin(), world.groups.end(),
                     [](const AgentGroup& group) {
                       return group.wage_per_hour > 0 ||
                              (group.call_in && group.call_in->cost_per_hour);
                     }) ||
         std::any_of(world.rules.begin(), world.rules.end(),
                     [&](const Rule& rule) {
                       return std::any_of(rule.then.begin(), rule.then.end(), pays_extra);
                     }) ||
         std::any_of(world.campaigns.begin(), world.campaigns.end(),
                     [](const Campaign& campaign) { return campaign.filter_cost > 0; });
}

std::string time_of_day(SimDuration after_midnight) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(after_midnight).count();
  const std::string clock = fmt::format("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
  return minutes < 24 * 60 ? clock : fmt::format("+{}d {}", minutes / (24 * 60), clock);
}

// An open day, or behind them a week or month that is judged.
std::string name_of_days(const World& world, std::size_t number) {
  const std::vector<OpenDay> days = world.open_days();
  const auto date = [&](std::size_t day) { return in_words(*days[day].date); };
  if (number < days.size()) return date(number);
  const DaySpan span = target_spans(world)[number - days.size()];
  return span.per == Per::kWeek ? "week of " + date(span.first) : date(span.first).substr(0, 7);
}

std::string interval_name(const World& world, std::uint32_t interval) {
  if (interval == world.intervals()) return world.several_days() ? "run" : "day";
  if (interval > world.intervals()) return name_of_days(world, interval - world.intervals() - 1);
  return time_of_day(world.day.opens + world.day.interval * static_cast<std::int64_t>(interval));
}

std::string show(double value, Unit unit) {
  if (!std::isfinite(value)) return "-";
  if (in_hours(value, unit)) return grouped(value / 3600, 1) + " h";
  return bare(value, unit, digits_of_share(value)) + std::string{suffix(unit)};
}

std::string show_with_interval(const Estimate& e, Unit unit) {
  if (!std::isfinite(e.ci_low) || !std::isfinite(e.ci_high)) return show(e.value, unit);
  if (in_hours(e.value, unit))
    return fmt::format("{} [{}, {}]", show(e.value, unit), grouped(e.ci_low / 3600, 1),
                       grouped(e.ci_high / 3600, 1));
  const int digits = digits_of_share(e.value);
  return fmt::format("{} [{}, {}]", show(e.value, unit), bare(e.ci_low, unit, digits),
                     bare(e.ci_high, unit, digits));
}

std::string title_with_interval(std::string_view word, const KpiTable& kpis, double confidence) {
  if (kpis.replications() < 2) return std::string{word};
  return fmt::format("{} [{:.0f}%]", word, confidence * 100);
}

std::string csv_number(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "";
}

// A spreadsheet runs a cell that begins with one of these; a leading apostrophe keeps it text.
std::string csv_text(std::string_view text) {
  std::string out{text};
  if (!out.empty() && std::string_view{"=+-@\t\r"}.find(out[0]) != std::string_view::npos &&
      out.find_first_not_of("0123456789:+d ") != std::string::npos)
    out.insert(0, "'");
  if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace callmill
