#include "app/live/state_text.h"

#include <fmt/format.h>

namespace callmill {
namespace {

template <class... Of>
std::string line(Lang lang, std::string_view en, std::string_view zh, const Of&... of) {
  return fmt::format(fmt::runtime(say(lang, en, zh)), of...) + "\n";
}

std::string group_text(const std::string& name, const live::SeedReport::Group& group, Lang lang) {
  std::string text;
  const auto part = [&](std::uint32_t n, std::string_view en, std::string_view zh) {
    if (n == 0) return;
    text += say(lang, ", ", "，");
    text += fmt::format(fmt::runtime(say(lang, en, zh)), n);
  };
  part(group.extra, "{} more than the roster has", "比班表多 {} 人");
  part(group.absent, "{} absent for the rest of the day", "{} 人缺席至当天结束");
  part(group.in_aux, "{} in aux though rostered", "{} 人排班在岗但示忙");
  part(group.lacking, "{} more than the scenario has people", "比场景的人数多 {} 人，未计入");
  if (text.empty()) return "";
  return line(lang, "  group {}: {} rostered, {} there{}", "  坐席组 {}：排班 {} 人，在场 {} 人{}",
              name, group.rostered, group.present, text);
}

}  // namespace

std::string seed_text(const World& world, const std::string& at, const live::SeedReport& report,
                      Lang lang) {
  std::string text =
      line(lang, "callmill: state of {}: {} waiting, {} in talk, {} in wrap-up, {} in menus",
           "callmill：{} 的状态：排队 {}，通话 {}，话后 {}，语音导航中 {}", at, report.waiting,
           report.talks, report.wraps, report.menus);
  if (report.busyness != 1)
    text += line(lang, "  the calls so far speak for a day of {:.0f}% of the forecast",
                 "  从已有来电看，当天约为预测量的 {:.0f}%", 100 * report.busyness);
  for (std::size_t q = 0; q < report.talk_scales.size(); ++q)
    if (report.talk_scales[q].talks > 0)
      text += line(lang, "  queue {}: {:.0f} talks so far speak for {:.0f}% of the scenario's",
                   "  队列 {}：从已结束的 {:.0f} 次通话看，时长约为场景的 {:.0f}%",
                   world.queues[q].name, report.talk_scales[q].talks,
                   100 * report.talk_scales[q].mean());
  for (std::size_t g = 0; g < report.groups.size(); ++g)
    text += group_text(world.groups[g].name, report.groups[g], lang);
  if (report.without_line > 0)
    text += line(lang, "  {} callers left out, for all lines are taken",
                 "  线路已满，{} 位来电者未计入", report.without_line);
  if (report.answered > 0)
    text += line(lang, "  {} callers wait though an agent is idle; answered at once",
                 "  {} 位来电者排队而有坐席空闲；视为立即接听", report.answered);
  if (report.beyond_law > 0)
    text += line(lang, "  {} calls have lasted longer than the scenario's laws allow; begun anew",
                 "  {} 通电话已超出场景分布的最大时长；按重新开始计", report.beyond_law);
  if (report.not_placed > 0)
    text += line(lang, "  {} callbacks, messages or dials have no place in the scenario",
                 "  {} 个回呼、留言或外呼在场景中没有对应，未计入", report.not_placed);
  return text;
}

}  // namespace callmill
