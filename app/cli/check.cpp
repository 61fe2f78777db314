// callmill check FILE...: is this a scenario? Says so in a line, or everything that is wrong with
// it.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>
#include <string>
#include <vector>

#include "app/cli/study_args.h"
#include "app/cli/verbs.h"
#include "app/files/scenario.h"
#include "base/text_width.h"

namespace callmill::cli {
namespace {

struct CheckArguments {
  std::vector<std::string> files;
  std::vector<std::string> set;
  std::string lang;
};

// "2 queues", "2 个队列".
std::string counted(std::size_t n, Lang lang, const char* noun, const char* plural,
                    const char* chinese) {
  if (lang == Lang::kZh) return fmt::format("{} {}", n, chinese);
  return fmt::format("{} {}", n, n == 1 ? noun : plural);
}

std::string clock(SimDuration after_midnight) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(after_midnight).count();
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

// Expected contacts of the channel, over all open days.
double contacts(const World& world, Channel channel) {
  double sum = 0;
  for (const CallerType& caller : world.caller_types)
    if (caller.channel == channel)
      for (const OpenDay& day : world.open_days()) {
        const ProfileOfDay volume = profile_on(caller.volume, day);
        sum = std::accumulate(volume.values.begin(), volume.values.end(), sum);
      }
  return sum;
}

// ", 28 days, 7 of them closed, 2 of 9 special days not among them".
std::string days_text(const World& world, Lang lang) {
  const Days& days = world.days;
  const auto count = static_cast<std::size_t>(days.count);
  std::string text = ", " + counted(count, lang, "day", "days", "天");
  if (const std::size_t closed = count - world.open_days().size(); closed > 0)
    text +=
        fmt::format(fmt::runtime(say(lang, ", {} of them closed", "（其中休息 {} 天）")), closed);
  const auto outside =
      std::count_if(days.special.begin(), days.special.end(), [&](const SpecialDay& special) {
        const std::optional<Date> date = parse_date(special.date);
        return date && days.first &&
               (*date < *days.first || *date >= *days.first + std::chrono::days{days.count});
      });
  if (outside > 0)
    text += fmt::format(fmt::runtime(say(lang, ", {} of {} special days not among them",
                                         ", {}/{} 个特殊日不在其中")),
                        outside, days.special.size());
  return text;
}

std::string summary(const Scenario& scenario, Lang lang) {
  const World& world = scenario.world;
  std::string text = world.name.empty() ? std::string{say(lang, "no name", "无名称")} : world.name;
  if (world.several_days()) text += days_text(world, lang);
  text += fmt::format(", {}-{}", clock(world.day.opens), clock(world.day.closes));
  text +=
      fmt::format(", {:.0f} {}", contacts(world, Channel::kVoice), say(lang, "calls", "通来电"));
  if (const double chats = contacts(world, Channel::kChat); chats > 0)
    text += fmt::format(", {:.0f} {}", chats, say(lang, "chats", "个会话"));
  if (const double messages = contacts(world, Channel::kMessage); messages > 0)
    text += fmt::format(", {:.0f} {}", messages, say(lang, "messages", "件工单"));
  const auto add = [&](std::size_t n, const char* noun, const char* plural, const char* chinese) {
    text += ", " + counted(n, lang, noun, plural, chinese);
  };
  add(world.trunks.size(), "line group", "line groups", "个中继组");
  add(world.caller_types.size(), "caller type", "caller types", "个来电类型");
  add(world.menus.size(), "menu", "menus", "个菜单");
  add(world.queues.size(), "queue", "queues", "个队列");
  add(world.groups.size(), "group", "groups", "个坐席组");
  add(world.shifts.size(), "shift", "shifts", "种班次");
  return text + fmt::format(", {} {}", say(lang, "hash", "哈希"), scenario.hash);
}

int check(const CheckArguments& arguments) {
  int exit_code = kOk;
  const Lang lang = language(arguments.lang);
  for (const std::string& file : arguments.files) {
    Diagnostics diagnostics;
    const std::optional<Scenario> scenario = read_scenario(file, {arguments.set}, diagnostics);
    for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
    if (scenario) {
      fmt::print("{} {}: {}\n", say(lang, "ok", "正确"), visible(file),
                 visible(summary(*scenario, lang)));
    } else {
      exit_code = bad_input_code(diagnostics);
    }
  }
  return exit_code;
}

}  // namespace

void add_check(CLI::App& app, Context& context) {
  CLI::App* verb =
      app.add_subcommand("check", "Read scenario files and say everything that is wrong with them");
  const auto arguments = std::make_shared<CheckArguments>();
  verb->add_option("FILE", arguments->files,
                   "scenario files (YAML or JSON); - reads standard input")
      ->required();
  verb->add_option("--set", arguments->set,
                   "PATH=VALUE: change one field before checking; may be repeated")
      ->allow_extra_args(false);
  verb->add_option("--lang", arguments->lang, "Language of the line; default from LC_ALL or LANG")
      ->check(CLI::IsMember({"en", "zh-CN"}));
  verb->callback([arguments, &context] { context.exit_code = check(*arguments); });
}

}  // namespace callmill::cli
