// callmill check-plan SCENARIO PLAN: may the plan be worked as it is, and what does it cost?

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/plan_args.h"
#include "app/cli/study_args.h"
#include "app/cli/verbs.h"
#include "app/files/scenario.h"
#include "app/report/chinese.h"
#include "app/report/format.h"
#include "app/report/json.h"
#include "app/report/table.h"

namespace callmill::cli {
namespace {

struct CheckPlanArgs {
  std::string scenario, plan, lang;
  std::vector<std::string> set;
  bool json = false;
};

std::string fixed(double value, int digits) {
  return fmt::format("{:.{}f}", value, digits);
}

// One kind of shift in one group, or the shifts of no kind.
struct Kind {
  std::string group, shift;
  std::int64_t agents = 0;
  double hours = 0;  // breaks included
  double wages = 0;
};

std::vector<Kind> kinds_of(const World& world, const DayPlan& plan) {
  std::vector<Kind> kinds;
  const std::size_t none = world.shifts.size();
  for (std::size_t g = 0; g < world.groups.size(); ++g)
    for (std::size_t p = 0; p <= none; ++p) {
      DayPlan of;
      double hours = 0;
      for (const PlannedShift& shift : plan.shifts)
        if (shift.group.index() == g && shift.pattern.value_or(none) == p) {
          of.shifts.push_back(shift);
          hours += to_hours(shift.to - shift.from);
        }
      if (of.shifts.empty()) continue;
      kinds.push_back({world.groups[g].name, p < none ? world.shifts[p].name : "",
                       static_cast<std::int64_t>(of.shifts.size()), hours, wages_of(world, of)});
    }
  return kinds;
}

// A day's wages, of groups that the plan does not staff too.
double wages_of_day(const World& world, const DayPlan& plan) {
  std::vector<GroupId> planned;
  for (const ShiftPattern& p : world.shifts) planned.push_back(p.group);
  for (const PlannedShift& shift : plan.shifts) planned.push_back(shift.group);
  return wages_of(world, plan) + wages_of_staff(world, planned);
}

std::string as_json(const World& world, const PlanFile& file) {
  JsonWriter json;
  const double wages = wages_of_day(world, file.plan), rent = rent_of(world, file.plan);
  json.object().field("status", file.broken.ok() ? "holds" : "broken");
  json.field("cost", wages + rent).field("wages", wages).field("rent", rent);
  json.field("currency", world.currency);
  json.key("shifts").array(JsonWriter::Layout::kRows);
  for (const Kind& kind : kinds_of(world, file.plan))
    json.object()
        .field("group", kind.group)
        .field("shift", kind.shift)
        .field("agents", kind.agents)
        .field("hours", kind.hours)
        .field("wages", kind.wages)
        .end();
  json.end();
  json.key("broken").array(JsonWriter::Layout::kRows);
  for (const Diagnostic& d : file.broken.errors())
    json.object()
        .field("file", d.place.file)
        .field("line", d.place.line)
        .field("column", d.place.column)
        .field("rule", d.code)
        .field("message", d.message)
        .field("help", d.help)
        .end();
  json.end();
  return json.end().take() + "\n";
}

std::string as_text(const World& world, const PlanFile& file, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "group", "坐席组")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "shift", "班次")}, Table::Align::kLeft);
  for (const auto header :
       {say(lang, "agents", "坐席数"), say(lang, "hours", "小时"), say(lang, "wages", "工资")})
    table.column(std::string{header});
  std::int64_t agents = 0;
  double hours = 0;
  for (const Kind& kind : kinds_of(world, file.plan)) {
    table.row({kind.group, kind.shift.empty() ? "-" : kind.shift, std::to_string(kind.agents),
               fixed(kind.hours, 1), fixed(kind.wages, 0)});
    agents += kind.agents;
    hours += kind.hours;
  }
  const double wages = wages_of_day(world, file.plan), rent = rent_of(world, file.plan);
  table.rule();
  table.row({std::string{say(lang, "all", "合计")}, "", std::to_string(agents), fixed(hours, 1),
             fixed(wages, 0)});
  const std::size_t broken = file.broken.errors().size();
  const std::string verdict =
      broken == 0
          ? std::string{say(lang, "the plan breaks no rule", "方案未违反任何规则")}
          : fmt::format(
                fmt::runtime(say(lang, "the plan breaks its rules {} times", "方案违反规则 {} 处")),
                broken);
  return table.text(0) +
         fmt::format(fmt::runtime(say(lang, "{}; {:.0f} {} a day: wages {:.0f}, rent {:.0f}\n",
                                      "{}；每天 {:.0f} {}：工资 {:.0f}，线路租金 {:.0f}\n")),
                     verdict, wages + rent, world.currency, wages, rent);
}

void check_plan_file(const CheckPlanArgs& args, Context& context) {
  Diagnostics diagnostics;
  const auto scenario = read_scenario(args.scenario, {args.set}, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  if (!scenario) {
    context.exit_code = bad_input_code(diagnostics);
    return;
  }
  const auto file = load_plan(args.plan, scenario->world, context);
  if (!file) return;
  for (const Diagnostic& d : file->broken.errors())
    if (!args.json) fmt::print(stderr, "{}", render(d));
  fmt::print("{}", args.json ? as_json(scenario->world, *file)
                             : as_text(scenario->world, *file, language(args.lang)));
  context.exit_code = file->broken.ok() ? kOk : kInfeasible;
}

}  // namespace

std::optional<PlanFile> load_plan(const std::string& file, const World& world, Context& context) {
  Diagnostics unreadable;
  auto plan = read_plan(file, world, unreadable);
  for (const Diagnostic& d : unreadable.errors()) fmt::print(stderr, "{}", render(d));
  if (!plan) context.exit_code = bad_input_code(unreadable);
  return plan;
}

void add_check_plan(CLI::App& app, Context& context) {
  const auto args = std::make_shared<CheckPlanArgs>();
  CLI::App* verb = app.add_subcommand(
      "check-plan", "Check a plan file against the rules of its scenario, and price it");
  verb->footer(
      "Examples:\n"
      "  callmill plan city.yaml --csv > my.csv\n"
      "  callmill check-plan city.yaml my.csv\n"
      "  callmill run city.yaml --plan my.csv          (what it does for callers)\n"
      "Exit codes: 0 no rule is broken, 3 the scenario or the plan cannot be read, 5 a rule is "
      "broken");
  verb->add_option("SCENARIO", args->scenario, "scenario file (YAML)")->required();
  verb->add_option("PLAN", args->plan, "plan file (CSV), or - for standard input")->required();
  verb->add_option("--set", args->set, "PATH=VALUE: change one field first; may be repeated")
      ->allow_extra_args(false);
  verb->add_flag("--json", args->json, "one JSON object");
  verb->add_option("--lang", args->lang, "en or zh-CN [from LC_ALL, LANG]")
      ->check(CLI::IsMember({"en", "zh-CN"}));
  verb->callback([args, &context] { check_plan_file(*args, context); });
}

}  // namespace callmill::cli
