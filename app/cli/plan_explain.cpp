#include "app/cli/plan_explain.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cmath>

#include "app/cli/interrupt.h"
#include "app/report/chinese.h"

namespace callmill::cli {

void add_explain_options(CLI::App& verb, ExplainArgs& args) {
  verb.add_flag("--explain", args.in_full,
                "Also say why: where the money goes, which rule costs most, what one agent more or "
                "fewer in each interval would do, and why formula and simulation differ");
  verb.add_option("--explain-staff", args.staff,
                  "How --explain finds what one agent more or fewer does: exact (the exact day of "
                  "the group alone), simulated (paired days), or auto (exact where the group's "
                  "callers meet no other agents and do not call again)")
      ->check(CLI::IsMember({"auto", "exact", "simulated"}))
      ->capture_default_str();
}

Explanation explain(const ExplainArgs& args, const World& world, const PlanOptions& options,
                    const PlanResult& plan, ProgressLine& line, Lang seen) {
  ExplainOptions how;
  how.in_full = args.in_full;
  how.staff = args.staff == "exact"       ? ExplainStaff::kExact
              : args.staff == "simulated" ? ExplainStaff::kSimulated
                                          : ExplainStaff::kAuto;
  how.cover.time_limit_s = std::min(how.cover.time_limit_s, options.cover.time_limit_s);
  how.cover.node_limit = std::min(how.cover.node_limit, options.cover.node_limit);
  Explanation why = explain_plan(
      world, options, plan, how,
      [&](const std::string& what, double share) {
        line.update(std::string{say(seen, "plan: ", "排班：")} + sentence(what, seen),
                    std::lround(100 * share), 100);
      },
      &interrupt_flag());
  spdlog::info("explained, {} events", why.events);
  return why;
}

void tell_if_cut_short(const Explanation& why, const PlanResult& plan, Lang lang,
                       Context& context) {
  if (!why.interrupted || plan.status == PlanStatus::kInterrupted) return;
  fmt::print(stderr, "{}",
             say(lang, "callmill: interrupted; the plan is whole, its explanation is not\n",
                 "callmill: 已中断；方案完整，但其说明不完整\n"));
  context.exit_code = interrupted_code();
}

}  // namespace callmill::cli
