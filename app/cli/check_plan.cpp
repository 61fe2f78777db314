// callmill check-plan SCENARIO PLAN: may the plan be worked as it is, and what does it cost?

#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/plan_args.h"
#include "app/cli/study_args.h"
#include "app/cli/verbs.h"
#include "app/files/scenario.h"
#include "app/report/chinese.h"
#include "app/report/format.h"
#include "app/report/json.h"
#include "app/report/plan_rules.h"
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

// In the scenario's order of groups, then of shifts; those of no kind last.
std::vector<Kind> kinds_of(const World& world, const DayPlan& plan) {
  std::map<std::pair<std::size_t, std::size_t>, Kind> kinds;
  for (const PlannedShift& shift : plan.shifts) {
    const std::size_t pattern = shift.pattern.value_or(world.shifts.size());
    Kind& kind = kinds[{shift.group.index(), pattern}];
    kind.group = world.groups[shift.group.index()].name;
    if (shift.pattern) kind.shift = world.shifts[pattern].name;
    ++kind.agents;
    kind.hours += to_hours(shift.to - shift.from);
    kind.wages += wage_of(world, shift);
  }
  std::vector<Kind> all;
  for (auto& [key, kind] : kinds) all.push_back(std::move(kind));
  return all;
}

std::string as_json(const World& world, const PlanFile& file) {
  JsonWriter json;
  const double wages = wages_of(world, file.plan), rent = rent_of(world, file.plan);
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
  write_pay(world, file.plan, json);
  write_limits(world, file.plan, json);
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

std::string verdict(std::size_t broken, Lang lang) {
  if (broken == 0) return std::string{say(lang, "the plan breaks no rule", "方案未违反任何规则")};
  return fmt::format(
      fmt::runtime(say(lang, "the plan breaks the rules at {} place(s)", "方案违反规则 {} 处")),
      broken);
}

std::string as_text(const World& world, const PlanFile& file, Lang lang) {
  Table table;
  table.column(std::string{say(lang, "group", "坐席组")}, Table::Align::kLeft);
  table.column(std::string{say(lang, "shift", "班次")}, Table::Align::kLeft);
  const std::string_view heads =
      world.several_days() ? say(lang, "shifts", "班次数") : say(lang, "agents", "坐席数");
  for (const auto header : {heads, say(lang, "hours", "小时"), say(lang, "wages", "工资")})
    table.column(std::string{header});
  Kind all;
  for (const Kind& kind : kinds_of(world, file.plan)) {
    table.row({kind.group, kind.shift.empty() ? "-" : kind.shift, std::to_string(kind.agents),
               fixed(kind.hours, 1), fixed(kind.wages, 0)});
    all.agents += kind.agents;
    all.hours += kind.hours;
    all.wages += kind.wages;
  }
  table.rule();
  table.row({std::string{say(lang, "all", "合计")}, "", std::to_string(all.agents),
             fixed(all.hours, 1), fixed(all.wages, 0)});
  const double wages = wages_of(world, file.plan), rent = rent_of(world, file.plan);
  const std::string_view words =
      world.several_days()
          ? say(lang, "{:.0f} {} for the days of the run: wages {:.0f}",
                "各天共 {:.0f} {}：工资 {:.0f}")
          : say(lang, "{:.0f} {} a day: wages {:.0f}", "每天 {:.0f} {}：工资 {:.0f}");
  std::string cost = fmt::format(fmt::runtime(words), wages + rent, world.currency, wages);
  // Beyond the table: groups that the plan leaves alone.
  if (wages - all.wages > 0.5)
    cost += fmt::format(fmt::runtime(say(lang, " ({:.0f} of groups without shifts)",
                                         "（其中未排班坐席组 {:.0f}）")),
                        wages - all.wages);
  cost += fmt::format(fmt::runtime(say(lang, ", lines {:.0f}", "，中继 {:.0f}")), rent);
  return table.text(0) + pay_text(world, file.plan, lang) + limits_text(world, file.plan, lang) +
         fmt::format("{}{}{}\n", verdict(file.faults, lang), say(lang, "; ", "；"), cost);
}

// A broken rule with its place; its words in the language.
std::string in_language(Diagnostic d, Lang lang) {
  d.message = sentence(d.message, lang);
  d.help = sentence(d.help, lang);
  return render(d);
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
  const Lang lang = language(args.lang);
  if (!args.json)
    for (const Diagnostic& d : file->broken.errors())
      fmt::print(stderr, "{}", in_language(d, lang));
  fmt::print("{}",
             args.json ? as_json(scenario->world, *file) : as_text(scenario->world, *file, lang));
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
