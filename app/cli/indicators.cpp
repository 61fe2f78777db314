#include "app/cli/indicators.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "app/files/text.h"
#include "app/report/format.h"
#include "base/diagnostic.h"

namespace callmill::cli {
namespace {

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text)
    if (c == at)
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

// All of `text` as a number.
std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

// A number, or a percentage as a share.
std::optional<double> share(std::string_view text) {
  const bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  const std::optional<double> value = number(text);
  return value && percent ? *value / 100 : value;
}

std::string unknown_key(const std::string& key) {
  std::vector<std::string> keys;
  for (const Metric& metric : metrics()) keys.emplace_back(metric.key);
  const std::string near = nearest(key, keys);
  return fmt::format("there is no indicator {}{}; callmill schema --kpis lists them", key,
                     near.empty() ? "" : fmt::format("; did you mean {}?", near));
}

std::string not_there(const std::string& key, const std::string& place,
                      const std::vector<std::string>& places) {
  return fmt::format("has no {} of {}; it has it of {}", key, place, fmt::join(places, ", "));
}

// Why a scenario has nothing of a family of indicators.
const char* why_none(Family family) {
  switch (family) {
    case Family::kCallers:
      return "callers are their calls there: it has no redial, resolution, survey or satisfaction";
    case Family::kFloor:
      return "it has no rules";
    case Family::kPeople:
      return "it has no roster, and no group with attendance or ringing";
    case Family::kCallbacks:
      return "none of its queues offers callbacks";
    case Family::kCampaigns:
      return "it has no campaigns";
    case Family::kContacts:
    case Family::kContactsGiven:
      return "none of its caller types has a resolution or a survey, and it has no satisfaction";
    case Family::kMessages:
      return "it has no messages";
    case Family::kChats:
      return "it has no chats";
    case Family::kCalls:
    case Family::kAgents:
    case Family::kLines:
    case Family::kCosts:
      break;
  }
  return "it has nothing to count there";
}

std::string find_quantile(const IndicatorName& name, const World& world, Watched& out) {
  if (!name.time.empty()) return fmt::format("has {} of the whole day only", name.key);
  out.metric = nullptr;
  out.share = *name.quantile;
  out.scope = {};
  if (name.place == "total") return "";
  std::vector<std::string> places = {"total"};
  for (std::uint32_t q = 0; q < world.queues.size(); ++q) {
    out.scope = {ScopeKind::kQueue, q};
    places.push_back(scope_name(world, out.scope));
    if (places.back() == name.place) return "";
  }
  return not_there(name.key, name.place, places);
}

std::string find_time(const IndicatorName& name, const World& world, const KpiLayout& layout,
                      Watched& out) {
  out.interval = kWholeDay;
  if (name.time.empty()) return "";
  if (out.metric->day_only) return fmt::format("has {} of the whole day only", name.key);
  for (std::uint32_t i = 0; i < layout.periods(); ++i)
    if (interval_name(world, i) == name.time) {
      out.interval = i;
      return "";
    }
  return fmt::format("has no interval {}; they begin at {}, every {}", name.time,
                     interval_name(world, 0),
                     files::print_duration(to_seconds(world.day.interval)));
}

}  // namespace

IndicatorName parse_indicator(const std::string& text) {
  const std::vector<std::string> parts = split(text, '@');
  IndicatorName name;
  name.key = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const bool is_time = !parts[i].empty() && parts[i][0] >= '0' && parts[i][0] <= '9';
    (is_time || parts[i].starts_with("+") ? name.time : name.place) = parts[i];
  }
  constexpr std::string_view kQuantile = "wait_q";
  if (name.key.starts_with(kQuantile)) {
    const std::optional<double> percent = number(std::string_view{name.key}.substr(6));
    if (percent && *percent > 0 && *percent < 100) name.quantile = *percent / 100;
  }
  return name;
}

std::string find_indicator(const IndicatorName& name, const World& world, const KpiLayout& layout,
                           Watched& out) {
  if (name.quantile) return find_quantile(name, world, out);
  std::vector<std::string> places;
  bool known = false;
  for (const Metric& metric : metrics()) known = known || metric.key == name.key;
  if (!known) return unknown_key(name.key);
  for (const KpiLayout::Row& row : layout.rows()) {
    const Metric* metric = find_metric(name.key, row.scope.kind);
    if (metric == nullptr || metric->family != row.family) continue;
    places.push_back(scope_name(world, row.scope));
    if (places.back() != name.place) continue;
    out.metric = metric;
    out.scope = row.scope;
    return find_time(name, world, layout, out);
  }
  if (!places.empty()) return not_there(name.key, name.place, places);
  const auto metric = std::find_if(metrics().begin(), metrics().end(),
                                   [&](const Metric& one) { return one.key == name.key; });
  return fmt::format("has no {}: {}", name.key, why_none(metric->family));
}

std::vector<PrecisionWish> parse_precision(const std::string& text) {
  std::vector<PrecisionWish> wishes;
  for (const std::string& part : split(text, ',')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos)
      wishes.push_back({"", part});
    else
      wishes.push_back({part.substr(0, equals), part.substr(equals + 1)});
  }
  return wishes;
}

std::string parse_width(const std::string& width, const Metric* metric, Wanted& out) {
  constexpr std::string_view kRelative = "rel";
  const Unit unit = metric == nullptr ? Unit::kSeconds : metric->unit;
  if (width.ends_with(kRelative)) {
    const std::optional<double> part = share(width.substr(0, width.size() - kRelative.size()));
    if (!part || !(*part > 0 && *part < 1))
      return fmt::format("{}: expected a part of the value above 0 such as 5%rel", width);
    out = {*part, true};
    return "";
  }
  std::optional<double> value;
  std::string expected = "a number above 0 such as 5";
  if (unit == Unit::kShare) {
    expected = "a share above 0 such as 0.5%";
    value = share(width);
    if (value && *value >= 1) value.reset();
  } else if (unit == Unit::kSeconds) {
    expected = "a time above 0 such as 1s";
    files::Slip slip;
    value = files::parse_duration(width, slip);
  } else {
    value = number(width);
  }
  if (!value || !(*value > 0))
    return fmt::format("{}: expected {}, or a part of the value such as 5%rel", width, expected);
  out = {*value, false};
  return "";
}

std::string parse_reduction(const std::string& text, const std::string& usual, const World& world,
                            VarianceReduction& out) {
  const bool one_day = world.open_days().size() == 1;
  const DayDesign spread = one_day ? DayDesign::kStratified : DayDesign::kHypercube;
  const std::array kDesigns = {std::pair{"stratify", spread},
                               std::pair{"antithetic", DayDesign::kAntithetic},
                               std::pair{"rqmc", DayDesign::kLattice}};
  out = {};
  const std::string wanted = text.empty() ? usual : text;
  if (wanted == "none") return "";
  if (wanted == "auto") {
    out = best_reduction(world);
    return "";
  }
  for (const std::string& name : split(wanted, ',')) {
    const auto design = std::find_if(kDesigns.begin(), kDesigns.end(),
                                     [&](const auto& d) { return d.first == name; });
    if (name == "control") {
      out.controls = true;
    } else if (name == "conditional") {
      out.conditional = true;
    } else if (design == kDesigns.end()) {
      return fmt::format(
          "{}: expected none, auto, or some of control, conditional, stratify, antithetic, rqmc",
          name);
    } else if (out.days != DayDesign::kIndependent && out.days != design->second) {
      return "stratify, antithetic and rqmc each lay out the days; take one of them";
    } else {
      out.days = design->second;
    }
  }
  if (!out.controls || world.busyness_cv <= 0 || !one_day || out.days == spread) return "";
  if (out.days != DayDesign::kIndependent)
    return "where the busyness of days differs control needs strata: take control,stratify, or "
           "antithetic or rqmc alone";
  out.days = spread;
  return "";
}

std::string drop_idle(const std::string& text, const std::vector<const Metric*>& metrics,
                      VarianceReduction& out) {
  if (!out.conditional) return "";
  out.conditional = std::any_of(metrics.begin(), metrics.end(), [](const Metric* metric) {
    return metric != nullptr && has_expectation(*metric);
  });
  if (out.conditional || text.find("conditional") == std::string::npos) return "";
  return "conditional: none of the indicators is of contacts, as fcr or csat";
}

}  // namespace callmill::cli
