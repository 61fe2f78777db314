#include "app/report/robust_report.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "app/report/format.h"
#include "app/report/table.h"

namespace callmill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::string share_text(double share) {
  return fmt::format("{:g}%", 100 * share);
}

std::string spread_text(const World& world, const RobustOptions& options,
                        const RobustResult& robust, Lang lang) {
  const DaySpread& spread = options.spread;
  std::string absence{say(lang, "absence as the groups say", "缺勤按坐席组设置")};
  if (spread.absence)
    absence =
        fmt::format(fmt::runtime(say(lang, "{} of shifts without anybody", "{} 的班次无人到岗")),
                    share_text(*spread.absence));
  return fmt::format(
      fmt::runtime(say(lang,
                       "\n  Robust: every target is to hold on at least {} of days\n"
                       "  Days: calls differ by a cv of {:.1f}% (busyness {}, forecast error "
                       "{}), {}\n\n",
                       "\n  稳健方案：至少 {} 的日子里所有目标都要达成\n"
                       "  日间差异：话务量变异系数 {:.1f}%（忙闲系数 {}，预测误差 {}），{}\n\n")),
      share_text(options.share), 100 * robust.cv, share_text(world.busyness_cv),
      share_text(spread.forecast_error), absence);
}

std::string verdict_text(const RobustPrice& price, Lang lang) {
  if (!price.found) return std::string{say(lang, "no such plan", "无此方案")};
  return std::string{price.confirmed ? say(lang, "held", "达成")
                                     : say(lang, "not shown", "未证实")};
}

}  // namespace

std::string robust_text(const World& world, const RobustOptions& options,
                        const RobustResult& robust, Lang lang) {
  if (robust.plain.status != PlanStatus::kMet) return "";
  Table table;
  table.column(std::string{say(lang, "Plan", "方案")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "Design day", "设计日话务")});
  table.column(std::string{say(lang, "Agents", "人数")});
  table.column(std::string{say(lang, "Cost/day", "成本/天")});
  table.column(std::string{say(lang, "More", "增加")});
  table.column(std::string{say(lang, "Holds, sampled", "达成率(样本日)")});
  table.column(fmt::format("{} [{:.0f}%]", say(lang, "Holds, fresh days", "达成率(新日)"),
                           world.study.confidence * 100));
  table.column("", Table::Align::kLeft);
  const double plain = robust.of_plain.cost;
  const auto row = [&](const std::string& name, const RobustPrice& price, std::string verdict) {
    if (!price.found) {
      table.row({name, "-", "-", "-", "-", "-", "-", std::move(verdict)});
      return;
    }
    const bool is_plain = price.share == 0;
    table.row(
        {name, is_plain ? "-" : fmt::format("x {:.3f}", price.load), std::to_string(price.agents),
         fmt::format("{:.0f}", price.cost),
         is_plain || plain <= 0 ? "-" : fmt::format("{:+.1f}%", 100 * (price.cost / plain - 1)),
         show(price.sampled, Unit::kShare), show_with_interval(price.fresh, Unit::kShare),
         std::move(verdict)});
  };
  row(std::string{say(lang, "on average", "平均达标")}, robust.of_plain, "");
  for (const RobustPrice& price : robust.prices)
    row(fmt::format("{}{}", share_text(price.share), price.share == options.share ? " *" : ""),
        price, verdict_text(price, lang));
  return spread_text(world, options, robust, lang) + table.text() +
         fmt::format(
             fmt::runtime(say(
                 lang,
                 "\n  *: the plan printed. Sampled: {} days, in strata of their busyness, on which "
                 "it was chosen;\n  fresh: {} days that no choice has seen, exact binomial "
                 "interval, whose lower end decides.\n",
                 "\n  *：所打印的方案。样本日：按忙闲分层的 {} 天，用于选择方案；\n  "
                 "新日：选择时未见过的 {} "
                 "天，二项分布精确区间，以下限为准。\n")),
             options.days, options.fresh_days);
}

void write_robust(const RobustOptions& options, const RobustResult& robust, JsonWriter& json) {
  if (robust.plain.status != PlanStatus::kMet) {
    json.value(kNaN);
    return;
  }
  json.object()
      .field("share", options.share)
      .field("forecast_error", options.spread.forecast_error)
      .field("absence", options.spread.absence.value_or(kNaN))
      .field("cv", robust.cv)
      .field("days", options.days)
      .field("fresh_days", options.fresh_days)
      .key("plans")
      .array(JsonWriter::Layout::kRows);
  const auto row = [&json](const RobustPrice& price) {
    const auto figure = [&price](double value) { return price.found ? value : kNaN; };
    json.object()
        .field("share", price.share > 0 ? price.share : kNaN)
        .field("load", figure(price.load))
        .field("agents", price.agents)
        .field("cost", figure(price.cost))
        .field("sampled", figure(price.sampled))
        .field("fresh", figure(price.fresh.value))
        .field("ci_low", figure(price.fresh.ci_low))
        .field("ci_high", figure(price.fresh.ci_high))
        .field("tries", price.tries)
        .field("confirmed", price.confirmed)
        .end();
  };
  row(robust.of_plain);
  for (const RobustPrice& price : robust.prices) row(price);
  json.end().end();
}

}  // namespace callmill
