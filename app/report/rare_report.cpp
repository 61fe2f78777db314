#include "app/report/rare_report.h"

#include <fmt/format.h>

#include <cmath>

#include "app/report/format.h"
#include "app/report/json.h"
#include "app/report/table.h"
#include "base/text_width.h"

namespace callmill {
namespace {

std::string share(double x) {
  return std::isnan(x) ? "-" : fmt::format("{:.3g}", x);
}

std::string with_interval(const Estimate& e) {
  if (std::isnan(e.ci_low)) return share(e.value);
  return fmt::format("{} [{}, {}]", share(e.value), share(e.ci_low), share(e.ci_high));
}

std::string one_in(double p, Lang lang) {
  if (!(p > 0)) return "-";
  return fmt::format(fmt::runtime(say(lang, "1 in {:.3g} calls", "每 {:.3g} 通 1 通")), 1 / p);
}

std::string list(const std::vector<std::uint32_t>& levels) {
  return levels.empty() ? "-" : fmt::format("{}", fmt::join(levels, " "));
}

}  // namespace

std::string rare_text(const World& world, const RareLoss& loss, const RareFacts& facts, Lang lang) {
  std::string text = fmt::format(
      fmt::runtime(say(lang,
                       "{}: losses of lines {} by splitting, {} days, seed {}, scenario {}\n\n",
                       "{}：线路组 {} 的呼损（分裂法），{} 天，随机种子 {}，场景 {}\n\n")),
      visible(world.name), facts.lines, facts.replications, facts.run.seed,
      facts.run.scenario_hash);
  Table table;
  table.column(std::string{say(lang, "Figure", "项目")}, Table::Align::kLeft);
  table.column(fmt::format("{} [{:.4g}%]", say(lang, "Value", "数值"), facts.run.confidence * 100));
  const auto row = [&](std::string_view en, std::string_view zh, const std::string& value) {
    table.row({std::string{say(lang, en, zh)}, value});
  };
  row("Loss rate", "呼损率", with_interval(loss.loss_rate));
  row("That is", "即", one_in(loss.loss_rate.value, lang));
  row("Levels, lines in use", "分裂层（占用线数）", list(loss.levels));
  row("Ways at each level", "每层分支数", fmt::format("{}", facts.ways));
  row("Blocked calls seen", "观察到的呼损次数", fmt::format("{}", loss.blocked));
  row("Events, of plain days 1", "事件量（普通仿真为 1）",
      fmt::format("{:.2f}", static_cast<double>(loss.events + loss.pilot_events) /
                                static_cast<double>(loss.day_events)));
  row("Gain over plain days, at least", "相对普通仿真的效率（至少）",
      std::isnan(loss.gain) ? "-" : fmt::format("{:.3g} x", loss.gain));
  text += table.text();
  if (std::isnan(loss.loss_rate.value))
    return text + fmt::format(fmt::runtime(say(lang, "\nNobody asks for lines {} on these days.\n",
                                               "\n这些天里没有来电使用线路组 {}。\n")),
                              facts.lines);
  if (loss.gain < 1)
    text += say(lang,
                "\nThese losses are not rare: plain days (callmill run) tell more in the same "
                "time.\n",
                "\n此处呼损并不稀少：同样时间内普通仿真(callmill run)所得更多。\n");
  if (loss.blocked == 0)
    text +=
        say(lang, "\nNo loss was seen on any way: it is rarer than these days show; more --reps.\n",
            "\n所有分支均未出现呼损：比本次仿真所能显示的更稀少；请增加 --reps。\n");
  return text;
}

std::string rare_json(const World& world, const RareLoss& loss, const RareFacts& facts) {
  JsonWriter json;
  json.object().field("scenario", world.name).field("hash", facts.run.scenario_hash);
  json.field("seed", facts.run.seed).field("replications", facts.replications);
  json.field("confidence", facts.run.confidence).field("lines", facts.lines);
  json.field("loss_rate", loss.loss_rate.value).field("ci_low", loss.loss_rate.ci_low);
  json.field("ci_high", loss.loss_rate.ci_high).field("n", loss.loss_rate.n);
  json.field("ways", facts.ways).key("levels").array();
  for (const std::uint32_t level : loss.levels) json.value(level);
  json.end().field("blocked_seen", loss.blocked).field("events", loss.events);
  json.field("plain_events", loss.day_events).field("pilot_events", loss.pilot_events);
  json.field("gain", loss.gain).end();
  return json.take() + "\n";
}

std::string rare_csv(const RareLoss& loss, const RareFacts& facts) {
  return fmt::format("lines,loss_rate,ci_low,ci_high,n,blocked_seen,gain\n{},{},{},{},{},{},{}\n",
                     csv_text(facts.lines), csv_number(loss.loss_rate.value),
                     csv_number(loss.loss_rate.ci_low), csv_number(loss.loss_rate.ci_high),
                     loss.loss_rate.n, loss.blocked, csv_number(loss.gain));
}

}  // namespace callmill
