#include "app/cli/plan_end.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <string_view>

#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/files/plan_file.h"
#include "app/report/chinese.h"
#include "app/report/plan_report.h"
#include "app/report/week_report.h"

namespace callmill::cli {

std::string round_line(const PlanRound& r, const std::string& currency, Lang lang) {
  return fmt::format(fmt::runtime(say(lang, "round {:2}: {:<30} {:>12.0f} {} {} {}",
                                      "第 {:2} 轮：{:<30} {:>12.0f} {} {} {}")),
                     r.number, sentence(r.what, lang), r.cost, currency,
                     r.met ? say(lang, "met", "达标") : say(lang, "missed", "未达标"),
                     sentence(r.worst, lang));
}

int exit_code_of(PlanStatus status) {
  switch (status) {
    case PlanStatus::kMet:
      return kOk;
    case PlanStatus::kTargetMissed:
      return kGoalMissed;
    case PlanStatus::kInfeasible:
      return kInfeasible;
    case PlanStatus::kInterrupted:
      return interrupted_code();
  }
  return kUnexpected;
}

void say_reasons(const StudyArgs& args, PlanStatus status, const std::vector<std::string>& reasons,
                 Lang lang) {
  if (status == PlanStatus::kInterrupted)
    fmt::print(stderr, "{}",
               say(lang,
                   "callmill: interrupted; the plan is the last that was settled on, cheaper "
                   "rounds after it "
                   "were not yet confirmed\n",
                   "callmill: 已中断；方案为最后确定的一个，其后更省的各轮尚未确认\n"));
  if (reasons.empty()) return;
  if (!args.json && !args.csv) {
    if (isatty(STDOUT_FILENO) == 0)
      fmt::print(stderr, "callmill: {}{}\n", status_text(status, lang),
                 say(lang, "; the reasons stand at the end of the plan", "；原因见方案末尾"));
    return;
  }
  for (const std::string& reason : reasons)
    fmt::print(stderr, "callmill: {}: {}\n", status_text(status, lang), sentence(reason, lang));
}

void plan_one_week(const StudyArgs& args, const Scenario& scenario, const PlanOptions& options,
                   Context& context) {
  const Lang lang = language(args.lang);
  const Lang seen = args.progress == "json" ? Lang::kEn : lang;  // lines for programs stay the same
  const std::string_view what = say(seen, "plan: round", "排班：轮次");
  ProgressLine line{args.progress, seen};
  line.update(std::string{what}, 0, options.max_rounds);
  const WeekPlanResult result = plan_week(
      scenario.world, options,
      [&](const PlanRound& r) {
        line.step(round_line(r, scenario.world.currency, seen));
        line.update(std::string{what}, r.number, options.max_rounds);
      },
      &interrupt_flag());
  line.clear();
  spdlog::info("{} rounds, {} events", result.rounds.size(), result.events);
  const RunFacts facts = facts_of(scenario, options.replicate);
  if (args.json)
    fmt::print("{}", week_json(scenario.world, result, facts));
  else if (args.csv)
    fmt::print("{}", plan_file(scenario.world, result.plan));
  else
    fmt::print("{}", week_text(scenario.world, result, facts, lang));
  say_reasons(args, result.status, result.reasons, lang);
  context.exit_code = exit_code_of(result.status);
}

}  // namespace callmill::cli
