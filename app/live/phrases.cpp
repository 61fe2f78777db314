#include "app/live/phrases.h"

#include <array>

#include "app/report/phrases.h"

namespace callmill::live {
namespace {

constexpr std::array kBook = {
    Phrase{"the day is over", "当天已结束"},
    Phrase{"no group is called \"{}\"", "没有名为“{0}”的组"},
    Phrase{"no queue is called \"{}\"", "没有名为“{0}”的队列"},
    Phrase{"no trunk group is called \"{}\"", "没有名为“{0}”的中继组"},
    Phrase{"no caller type is called \"{}\"", "没有名为“{0}”的来电类型"},
    Phrase{"no group is named", "没有写组名"},
    Phrase{"no queue is named", "没有写队列名"},
    Phrase{"no trunk group is named", "没有写中继组名"},
    Phrase{"no caller type is named", "没有写来电类型"},
    Phrase{"a factor of {}", "倍数为 {0}"},
    Phrase{"0 to 100, and not 1", "0 到 100，且不为 1"},
    Phrase{"nobody of {} is on a break now", "{0} 现在没有人在小休"},
    Phrase{"0 people", "0 人"},
    Phrase{"a number other than 0", "不为 0 的整数"},
    Phrase{"{} has {} people who can come", "{0} 还能来 {1} 人"},
    Phrase{"{} people of {} are at work now", "{1} 现在有 {0} 人在岗"},
    Phrase{"{} is where they are", "他们本来就在 {0}"},
    Phrase{"another group", "另一个组"},
    Phrase{"{} has {} lines to open", "{0} 还能开通 {1} 条"},
    Phrase{"{} has {} people left to call in", "{0} 还能召回 {1} 人"},
    Phrase{"{} has nobody to call in", "{0} 没有可召回的人"},
    Phrase{"a group with call_in", "有 call_in（可召回人员）的组"},
    Phrase{"{} has {} lines", "{0} 有 {1} 条中继"},
    Phrase{"0 lines", "0 条"},
    Phrase{"at most {}; 0 for all", "最多 {0}；0 表示全部"},
    Phrase{"at most {}", "最多 {0}"},
    Phrase{"at least 1; 0 for all", "至少 1；0 表示全部"},
    Phrase{"at least {}", "至少 {0}"},
    Phrase{"more than 0, at most 24 h", "大于 0，不超过 24 小时"},
    Phrase{"more than 0, at most 1", "大于 0，不超过 1"},
    Phrase{"0 to 1", "0 到 1"},
    Phrase{"a share of {}", "比例为 {0}"},
    Phrase{"a notice that nobody heeds", "公告没有作用"},
    Phrase{"deflect or hang_up above 0", "deflect 或 hang_up 大于 0"},
    Phrase{"{} commands that last are in force", "已有 {0} 条持续命令生效"},
    Phrase{"end one of them first", "请先结束其中一条"},
    Phrase{"command {} has {} on overtime already", "命令 {0} 已让 {1} 加班"},
    Phrase{"end it first", "请先结束它"},
    Phrase{"{} has no step to {}", "{0} 没有转 {1} 的步骤"},
    Phrase{"the step of {} to {} is closed already", "{0} 转 {1} 的步骤已经关闭"},
    Phrase{"the step of {} to {} is open already", "{0} 转 {1} 的步骤已经开放"},
    Phrase{"command {} is not in force", "命令 {0} 不在生效中"},
    Phrase{"command {} is not among those carried out", "没有执行过命令 {0}"},
    Phrase{"none is", "没有生效的命令"},
    Phrase{"no path", "没有写路径"},
    Phrase{"fields cannot be set here", "此处不能修改场景字段"},
    Phrase{"this would change {}, which cannot change while the centre runs",
           "这会改变{0}，运行中不能改变"},
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
    Phrase{"there is no do", "没有 do"},
    Phrase{"\"{}\" is no command", "“{0}”不是命令"},
    Phrase{"\"{}\" needs {}", "“{0}”需要 {1}"},
    Phrase{"\"{}\" has no {}", "“{0}”没有 {1}"},
    Phrase{"a time such as 15min", "时间，例如 15min"},
    Phrase{"a whole number", "整数"},
    Phrase{"a number", "数"},
    Phrase{"a share, 0 to 1", "比例，0 到 1"},
    Phrase{"a text", "文字"},
    Phrase{"a list of names; leave it out for all", "名称列表；不写表示全部"},
    Phrase{"one of {}", "{0} 之一"},
    Phrase{"the journal's line {} was being written when the session broke off: {} bytes cut, "
           "kept in {}",
           "会话中断时日志第 {0} 行未写完：截去 {1} 字节，保存在 {2}"},
    Phrase{"{} is a journal of format {}, without a chain: its records have checksums, but one "
           "taken out at its end would not be missed",
           "{0} 是格式 {1} 的日志，没有校验链：各记录有校验和，但末尾若被删去一条则无从发现"},
};

}  // namespace

std::string sentence_live(std::string_view english, Lang lang) {
  if (lang == Lang::kEn) return std::string{english};
  return by_book(kBook, english, [](std::string_view text) { return std::string{text}; });
}

}  // namespace callmill::live
