#include "app/live/phrases.h"

#include <array>
#include <vector>

#include "app/report/phrases.h"

namespace callmill::live {
namespace {

// Kinds of errors of commands and requests: a code that stays, whatever becomes of the sentence.
struct ErrorKind {
  std::string_view code;
  Phrase phrase;
};
constexpr std::array kErrors = {
    ErrorKind{"day_over", {"the day is over", "当天已结束"}},
    ErrorKind{"no_group", {"no group is called \"{}\"", "没有名为“{0}”的组"}},
    ErrorKind{"no_queue", {"no queue is called \"{}\"", "没有名为“{0}”的队列"}},
    ErrorKind{"no_trunks", {"no trunk group is called \"{}\"", "没有名为“{0}”的中继组"}},
    ErrorKind{"no_type", {"no caller type is called \"{}\"", "没有名为“{0}”的来电类型"}},
    ErrorKind{"group_missing", {"no group is named", "没有写组名"}},
    ErrorKind{"queue_missing", {"no queue is named", "没有写队列名"}},
    ErrorKind{"trunks_missing", {"no trunk group is named", "没有写中继组名"}},
    ErrorKind{"type_missing", {"no caller type is named", "没有写来电类型"}},
    ErrorKind{"factor", {"a factor of {}", "倍数为 {0}"}},
    ErrorKind{"no_break", {"nobody of {} is on a break now", "{0} 现在没有人在小休"}},
    ErrorKind{"no_people", {"0 people", "0 人"}},
    ErrorKind{"people_spare", {"{} has {} people who can come", "{0} 还能来 {1} 人"}},
    ErrorKind{"people_there", {"{} people of {} are at work now", "{1} 现在有 {0} 人在岗"}},
    ErrorKind{"same_group", {"{} is where they are", "他们本来就在 {0}"}},
    ErrorKind{"lines_spare", {"{} has {} lines to open", "{0} 还能开通 {1} 条"}},
    ErrorKind{"call_in_left", {"{} has {} people left to call in", "{0} 还能召回 {1} 人"}},
    ErrorKind{"call_in_none", {"{} has nobody to call in", "{0} 没有可召回的人"}},
    ErrorKind{"lines_there", {"{} has {} lines", "{0} 有 {1} 条中继"}},
    ErrorKind{"no_lines", {"0 lines", "0 条"}},
    ErrorKind{"share", {"a share of {}", "比例为 {0}"}},
    ErrorKind{"notice", {"a notice that nobody heeds", "公告没有作用"}},
    ErrorKind{"too_many", {"{} commands that last are in force", "已有 {0} 条持续命令生效"}},
    ErrorKind{"overtime", {"command {} has {} on overtime already", "命令 {0} 已让 {1} 加班"}},
    ErrorKind{"no_step", {"{} has no step to {}", "{0} 没有转 {1} 的步骤"}},
    ErrorKind{"already_closed",
              {"the step of {} to {} is closed already", "{0} 转 {1} 的步骤已经关闭"}},
    ErrorKind{"already_open",
              {"the step of {} to {} is open already", "{0} 转 {1} 的步骤已经开放"}},
    ErrorKind{"not_in_force", {"command {} is not in force", "命令 {0} 不在生效中"}},
    ErrorKind{"no_command", {"command {} is not among those carried out", "没有执行过命令 {0}"}},
    ErrorKind{"no_path", {"no path", "没有写路径"}},
    ErrorKind{"set", {"fields cannot be set here", "此处不能修改场景字段"}},
    ErrorKind{"shape",
              {"this would change {}, which cannot change while the centre runs",
               "这会改变{0}，运行中不能改变"}},
    ErrorKind{"do_missing", {"there is no do", "没有 do"}},
    ErrorKind{"do", {"\"{}\" is no command", "“{0}”不是命令"}},
    ErrorKind{"member_missing", {"\"{}\" needs {}", "“{0}”需要 {1}"}},
    ErrorKind{"member_unknown", {"\"{}\" has no {}", "“{0}”没有 {1}"}},
    ErrorKind{"unknown_member", {"\"{}\" is not known here", "这里没有“{0}”"}},
    ErrorKind{"key_twice",
              {"\"{}\" stands at {} and again at {}", "“{0}”在 {1} 处出现，又在 {2} 处出现"}},
    ErrorKind{"not_json", {"not JSON: {}", "不是 JSON：{0}"}},
    ErrorKind{"no_command", {"no command in force or over has this number", "没有此编号的命令"}},
    ErrorKind{"missing", {"{} is missing", "缺少 {0}"}},
    ErrorKind{"no_scenario", {"there is no scenario \"{}\"", "没有场景“{0}”"}},
    ErrorKind{"range", {"{} is out of range", "{0} 超出范围"}},
    ErrorKind{"not_text", {"{} is a text", "{0} 应为文字"}},
    ErrorKind{"not_flag", {"{} is true or false", "{0} 应为 true 或 false"}},
    ErrorKind{"not_number", {"{} is a number", "{0} 应为数"}},
    ErrorKind{"step", {"step or until, not both", "step 与 until 只能写一个"}},
    ErrorKind{"step", {"this is no step", "这不是步长"}},
    ErrorKind{"list", {"no list", "不是列表"}},
    ErrorKind{"list", {"{} lists", "{0} 个列表"}},
    ErrorKind{"no_time", {"\"{}\" is no time to come", "“{0}”不是将来的时刻"}},
    ErrorKind{"no_time", {"\"{}\" is no time of this day", "“{0}”不是当天的时刻"}},
    ErrorKind{"past", {"{} is past; undo goes back", "{0} 已过；要回去请用撤销"}},
    ErrorKind{"followed",
              {"this session follows a real centre, which cannot be changed "
               "from here",
               "该会话跟随真实中心，不能从这里改变它"}},
    ErrorKind{"followed",
              {"this session follows a real centre, whose clock nobody sets",
               "该会话跟随真实中心，其时钟不能设置"}},
    ErrorKind{"followed", {"a recorded day goes on by time", "录制的一天只能按时间推进"}},
    ErrorKind{"journal", {"the journal could not be written: {}", "日志无法写入：{0}"}},
    ErrorKind{"sessions",
              {"there are {} sessions already; end one first", "已有 {0} 个会话；请先结束一个"}},
};

// What was expected instead, and other sentences of a session.
constexpr std::array kBook = {
    Phrase{"each key once", "每个键只写一次"},
    Phrase{"a whole number from {} to {}", "{0} 到 {1} 的整数"},
    Phrase{"0.1 to 10000 times as fast as the clock, or \"max\"", "0.1 到 10000 倍速，或 \"max\""},
    Phrase{"\"event\", \"interval\" or seconds", "\"event\"、\"interval\" 或秒数"},
    Phrase{"interval, or seconds", "interval 或秒数"},
    Phrase{"a list of at most {} lists of commands", "最多 {0} 个命令列表"},
    Phrase{"a list of at most {} commands", "最多 {0} 条命令的列表"},
    Phrase{"the seq of a command", "命令的编号"},
    Phrase{"an id of /scenarios", "/scenarios 中的 id"},
    Phrase{"a time to come", "将来的时刻"},
    Phrase{"what-if: POST to /futures with the commands", "请用推演：把命令 POST 到 /futures"},
    Phrase{"it was so already", "本来就是这样"},
    Phrase{"0 to 100, and not 1", "0 到 100，且不为 1"},
    Phrase{"a number other than 0", "不为 0 的整数"},
    Phrase{"another group", "另一个组"},
    Phrase{"a group with call_in", "有 call_in（可召回人员）的组"},
    Phrase{"at most {}; 0 for all", "最多 {0}；0 表示全部"},
    Phrase{"at most {}", "最多 {0}"},
    Phrase{"at least 1; 0 for all", "至少 1；0 表示全部"},
    Phrase{"at least {}", "至少 {0}"},
    Phrase{"more than 0, at most 24 h", "大于 0，不超过 24 小时"},
    Phrase{"more than 0, at most 1", "大于 0，不超过 1"},
    Phrase{"0 to 1", "0 到 1"},
    Phrase{"deflect or hang_up above 0", "deflect 或 hang_up 大于 0"},
    Phrase{"end one of them first", "请先结束其中一条"},
    Phrase{"end it first", "请先结束它"},
    Phrase{"none is", "没有生效的命令"},
    Phrase{"the people of {} (use the command agents)", "{0} 的人数（请用命令 agents）"},
    Phrase{"the lines of {} (use the command lines)", "{0} 的中继数（请用命令 lines）"},
    Phrase{"who works when (use agents, overtime, delay_breaks or call_in)",
           "谁何时上班（请用 agents、overtime、delay_breaks 或 call_in）"},
    Phrase{"the open hours", "开放时间"},
    Phrase{"the number of {}", "{0}的数目"},
    Phrase{"steps of {}", "{0} 的步骤"},
    Phrase{"queues", "队列"},
    Phrase{"groups", "组"},
    Phrase{"menus", "菜单"},
    Phrase{"caller types", "来电类型"},
    Phrase{"trunk groups", "中继组"},
    Phrase{"rules", "规则"},
    Phrase{"events", "事件"},
    Phrase{"campaigns", "外呼任务"},
    Phrase{"conditions", "条件"},
    Phrase{"when lines fail", "中继何时故障"},
    Phrase{"an object with the key do", "含键 do 的对象"},
    Phrase{"a time such as 15min", "时间，例如 15min"},
    Phrase{"a whole number", "整数"},
    Phrase{"a number", "数"},
    Phrase{"a share, 0 to 1", "比例，0 到 1"},
    Phrase{"a text", "文字"},
    Phrase{"a list of names; leave it out for all", "名称列表；不写表示全部"},
    Phrase{"one of {}", "{0} 之一"},
    Phrase{"the journal's line {} was being written when the session broke off: {} bytes cut, kept "
           "in {}",
           "会话中断时日志第 {0} 行未写完：截去 {1} 字节，保存在 {2}"},
    Phrase{"{} is a journal of format {}, without a chain: its records have checksums, but one "
           "taken out at its end would not be missed",
           "{0} 是格式 {1} 的日志，没有校验链：各记录有校验和，但末尾若被删去一条则无从发现"},
};

// In the order in which phrases are tried.
const std::vector<Phrase>& whole_book() {
  static const std::vector<Phrase> kWhole = [] {
    std::vector<Phrase> whole;
    for (const ErrorKind& kind : kErrors) whole.push_back(kind.phrase);
    whole.insert(whole.end(), kBook.begin(), kBook.end());
    return whole;
  }();
  return kWhole;
}

}  // namespace

std::string sentence_live(std::string_view english, Lang lang) {
  if (lang == Lang::kEn) return std::string{english};
  return by_book(whole_book(), english, [](std::string_view text) { return std::string{text}; });
}

std::string_view error_code(std::string_view english) {
  for (const ErrorKind& kind : kErrors)
    if (fits(kind.phrase, english)) return kind.code;
  return "value";
}

}  // namespace callmill::live
