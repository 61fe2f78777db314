#include "app/calculator/errors_zh.h"

#include <array>

#include "app/report/phrases.h"

namespace callmill::calculator {
namespace {

// Option and reason apart, then the reasons.
constexpr std::array kBook = {
    Phrase{"nothing is asked: give --target 90%/20s (or --abandon, --asa, --occupancy), or "
           "--agents N to evaluate",
           "没有提问：请给出 --target 90%/20s（或 --abandon、--asa、--occupancy），或用 --agents N "
           "评估"},
    Phrase{"no formula has more than one of: a menu (--ivr-time), other laws (--patience-law, "
           "--balk, --never, --aht-law), repeated calls (--redial-*, --fcr); simulate it",
           "没有公式能同时包含以下多项：菜单（--ivr-time）、其他分布（--patience-law、--balk、"
           "--never、--aht-law）、重复来电（--redial-*、--fcr）；请用仿真"},
    Phrase{"{} is required, such as {}", "缺少 {0}，例如 {1}"},
    Phrase{"--lines auto needs --loss, such as --loss 0.5%",
           "--lines auto 需要 --loss，例如 --loss 0.5%"},
    Phrase{"--agent-cost and --line-cost come together: they name the cheapest pair",
           "--agent-cost 与 --line-cost 须同时给出：二者用于求最省的组合"},
    Phrase{"{}; did you mean {}?", "{0}；是否想写 {1}？"},
    Phrase{"--solve within: T of what? Give a --target without a time, such as --target 90%",
           "--solve within：求哪个目标的 T？请给出不带时间的 --target，例如 --target 90%"},
    Phrase{"--solve within: no target is left without a time, {} has its own; leave out the time "
           "of one, such as --target 90%",
           "--solve within：所有目标都带有时间（{0}）；请去掉其中一个的时间，例如 --target 90%"},
    Phrase{"--solve {}: what must hold? Give --target 90%/20s (or --abandon, --asa, --occupancy, "
           "--answer-rate)",
           "--solve {0}：要满足什么？请给出 --target 90%/20s（或 --abandon、--asa、--occupancy、"
           "--answer-rate）"},
    Phrase{"--solve {}: {} already says it", "--solve {0}：{1} 已给出该值"},
    Phrase{"--solve {}: --table varies {}", "--solve {0}：--table 已让 {1} 变化"},
    Phrase{"--model {}: needs {}", "--model {0}：需要 {1}"},
    Phrase{"--model erlang_b: lines are --agents, and nobody waits: no --lines, --patience, "
           "--ivr-time, --aht-law (it holds for every law of that mean)",
           "--model erlang_b：中继数即 --agents，无人排队：不可用 --lines、--patience、--ivr-time、"
           "--aht-law（该公式对同一均值的任何分布都成立）"},
    Phrase{
        "--model erlang_b: nobody waits or gives up, so that every number of agents holds a goal "
        "on {}; ask for --loss, or --formula all with --target",
        "--model erlang_b：无人排队或放弃，任何坐席数都满足 {0} 目标；请改用 --loss，或用 "
        "--formula "
        "all 加 --target"},
    Phrase{"callers who never give up: no --patience", "来电者永不放弃：不可用 --patience"},
    Phrase{"--lines auto: lines are already what is asked for", "--lines auto：所求的已是中继数"},
    Phrase{"{}: already says the mean, so {} must not be given", "{0}：已含均值，不可再给 {1}"},
    Phrase{"{}: of those whose matter stays open; it needs --fcr",
           "{0}：指问题未解决者，需要 --fcr"},
    Phrase{"{}: needs --ivr-time", "{0}：需要 --ivr-time"},
    Phrase{"{}: a menu before the queue needs --lines, a number or auto",
           "{0}：队列前有菜单时需要 --lines（数字或 auto）"},
    Phrase{"{}: must be above 0%", "{0}：必须大于 0%"},
    Phrase{"{}: --target already names the time", "{0}：--target 已给出时间"},
    Phrase{"{}: {} lines cannot seat {} agents", "{0}：{1} 条中继线容不下 {2} 名坐席"},
    Phrase{"{}: {} line cannot seat {} agents", "{0}：{1} 条中继线容不下 {2} 名坐席"},
    Phrase{"{}: with --lines agents are whole, {} is not",
           "{0}：有 --lines 时坐席数须为整数，而给出的是 {1}"},
    Phrase{"{}: with lines agents are whole", "{0}：有中继数时坐席数为整数"},
    Phrase{"{}: is for agents that are to be found", "{0}：仅用于求坐席数"},
    Phrase{"{}: must lie between 0% and 100%", "{0}：必须在 0% 与 100% 之间"},
    Phrase{"{}: needs --lines auto to size lines, or a number of --lines to hold them to it",
           "{0}：需要 --lines auto 以求中继数，或给出 --lines 的数量以作检验"},
    Phrase{"{}: there is no figure {}", "{0}：没有指标 {1}"},
    Phrase{"{}: needs both to be found: --lines auto --loss 0.5%, and no --agents",
           "{0}：须二者皆为所求：--lines auto --loss 0.5%，且不给 --agents"},
    Phrase{"{}: one or two ways, not more", "{0}：至多两个维度"},
    Phrase{"{}: {} cells are more than {}; take longer steps",
           "{0}：{1} 格超过 {2} 格；请加大步长"},
    Phrase{"{}: {} is varied, so {} must not be given", "{0}：{1} 已变化，不可再给 {2}"},
    Phrase{"{}: {} is varied twice", "{0}：{1} 变化了两次"},
    Phrase{"{}: lines are varied, so --lines must not be given",
           "{0}：中继数已变化，不可再给 --lines"},
    Phrase{"{}: --sensitivity and --explain belong to one queue, not to a table",
           "{0}：--sensitivity 与 --explain 只用于单个队列，不用于表格"},
    Phrase{"{}: nobody gives up without --patience", "{0}：没有 --patience 就无人放弃"},
    Phrase{"{}: nobody is lost without --lines", "{0}：没有 --lines 就没有呼损"},
    Phrase{"{}: says the handle time, which cannot be asked for or varied then",
           "{0}：已给出处理时长，不可再求或变化"},
    Phrase{"{}: where they are asked for or varied, lines are a number",
           "{0}：求端口数或使其变化时，中继数须为数字"},
    Phrase{"{}: with them lines are not asked for; vary them, as by --table lines=60..80",
           "{0}：有端口数时不求中继数；可使其变化，例如 --table lines=60..80"},
    Phrase{"{}: needs up to {} states, and {} are the limit: fewer lines or ports",
           "{0}：需要多达 {1} 个状态，上限为 {2}：请减少中继数或端口数"},
    Phrase{"{}: says the patience, which cannot be asked for or varied then",
           "{0}：已给出耐心时间，不可再求或变化"},
    Phrase{"{}: is not for --profile", "{0}：不用于 --profile"},
    Phrase{"{}: the rows of --profile bring the calls", "{0}：来电量由 --profile 的各行给出"},
    Phrase{"{} is none of {}", "{0} 不是以下之一：{1}"},
    Phrase{"{} is no input; one of {}", "{0} 不是可变的量，可用的有 {1}"},
    Phrase{"{} is no duration; write a number and ms, s, min, h or d, such as 180s or 3min",
           "{0} 不是时长；请写数字加 ms、s、min、h 或 d，例如 180s 或 3min"},
    Phrase{"{} is more than 1e9 calls a second", "{0} 超过每秒 10 亿个来电"},
    Phrase{"{} is longer than 1e9 s", "{0} 长于 10 亿秒"},
    Phrase{"{} is no rate above 0; write calls per s, min, h or d, such as 1200/h",
           "{0} 不是大于 0 的来电率；请写每 s、min、h 或 d 的来电数，例如 1200/h"},
    Phrase{"{} is no share; write 0% to 100%, such as 90%, or 0 to 1",
           "{0} 不是比例；请写 0% 至 100%（例如 90%），或 0 至 1"},
    Phrase{"{} is no service level; write share/time, such as 90%/20s",
           "{0} 不是服务水平；请写 比例/时间，例如 90%/20s"},
    Phrase{"{}: a share strictly between 0% and 100% can be staffed for",
           "{0}：只有严格介于 0% 与 100% 之间的比例才能据以配置人力"},
    Phrase{"{}: a share strictly between 0% and 100% can be reached",
           "{0}：只有严格介于 0% 与 100% 之间的比例才能达到"},
    Phrase{"{} must be a number above 0, up to {}", "{0} 须为大于 0 且不超过 {1} 的数"},
    Phrase{"{} must be a whole number from 1, or auto", "{0} 须为不小于 1 的整数，或 auto"},
    Phrase{"{} must be a whole number from 1", "{0} 须为不小于 1 的整数"},
    Phrase{"{} must be a number above 0", "{0} 须为大于 0 的数"},
    Phrase{"{} must be above 0", "{0} 须大于 0"},
    Phrase{"{}: no staff makes that certain; a share {} can be staffed for",
           "{0}：任何坐席数都不能保证；可按{1}的比例求坐席"},
    Phrase{"below 100%", "低于 100% "},
    Phrase{"above 0%", "高于 0% "},
    Phrase{"{} is no range; write {}=FROM..TO or {}=FROM..TO:STEP, such as agents=40..60",
           "{0} 不是范围；请写 {1}=起..止 或 {2}=起..止:步长，例如 agents=40..60"},
    Phrase{"{}: FROM must be above 0 and not above TO, and STEP above 0",
           "{0}：起值须大于 0 且不大于止值，步长须大于 0"},
    Phrase{"{} has more than {} values; take a longer step", "{0} 的取值超过 {1} 个；请加大步长"},
    Phrase{"{} is no law; write such as {}; laws: {}", "{0} 不是分布；可写 {1}；分布有：{2}"},
    Phrase{"{} is no law; did you mean {}?; laws: {}", "{0} 不是分布；是否想写 {1}？分布有：{2}"},
    Phrase{"{} is not a law: {}", "{0} 不是分布：{1}"},
    Phrase{"is not a law: {}", "不是分布：{0}"},
    Phrase{"{} has no parameter {}; write {}", "{0} 没有参数 {1}；请写 {2}"},
    Phrase{"{} has no {}; write {}", "{0} 缺少 {1}；请写 {2}"},
    Phrase{"{} is {}; must be a list such as {}", "{0} 为 {1}；须为列表，例如 {2}"},
    Phrase{"{} is {}; must be a number", "{0} 为 {1}；须为数"},
    Phrase{"{} is {}", "{0} 为 {1}"},
    Phrase{"{}: {}", "{0}：{1}"},
    Phrase{"{}; {}", "{0}；{1}"},
    Phrase{"{}, {} or {}", "{0}、{1} 或 {2}"},
    Phrase{"{} or {}", "{0} 或 {1}"},
};

}  // namespace

std::string error_text(std::string_view english, Lang lang) {
  if (lang == Lang::kEn) return std::string{english};
  return by_book(kBook, english, [](std::string_view word) { return std::string{word}; });
}

}  // namespace callmill::calculator
