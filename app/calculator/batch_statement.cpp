#include "app/calculator/batch_statement.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/check.h"

namespace callmill::calculator {
namespace {

struct Statement {
  std::string_view model, en, zh;
};

constexpr Statement kStatements[] = {
    {"erlang_b", "nobody waits, calls beyond the lines are lost for good",
     "无人排队，线满即呼损且不再来电"},
    {"erlang_c", "exponential handle time, callers never give up, lines without limit, no redials",
     "处理时长指数分布，来电者永不放弃，中继线不限，无重拨"},
    {"erlang_a", "exponential handle time and patience, lines without limit, no redials",
     "处理时长与耐心时间指数分布，中继线不限，无重拨"},
    {"mmnkm", "exponential handle time and patience, calls beyond K are lost, no redials",
     "处理时长与耐心时间指数分布，超过 K 即呼损，无重拨"},
    {"staffing_inverse", "the assumptions of the row's model (B, C or A)",
     "与该行模型（B、C 或 A）的假设相同"},
    {"mmng", "exponential handle time, patience of the row's law, lines without limit, no redials",
     "处理时长指数分布，耐心时间按该行分布，中继线不限，无重拨"},
    {"ivr_trunks", "exponential handle time and patience, a line held from menu to end, no redials",
     "处理时长与耐心时间指数分布，菜单至通话结束占用一条中继线，无重拨"},
    {"fcr", "exponential handle time and patience, callers come back after long delays",
     "处理时长与耐心时间指数分布，重复来电的间隔较长"},
    {"retrial", "every duration is exponential, redials from an orbit",
     "各时长均为指数分布，重拨者在轨道中等待"},
    {"callback", "every duration is exponential, callbacks always reach the caller",
     "各时长均为指数分布，回呼总能接通"},
    {"dialer", "every duration is exponential, dials are never cancelled",
     "各时长均为指数分布，外呼一经发起不取消"},
    {"mgisrgi_sim", "an approximation where handle times are not exponential; no redials",
     "处理时长非指数分布时为近似值；无重拨"},
    {"skills", "every duration is exponential, one rule of routing, no redials",
     "各时长均为指数分布，单一路由规则，无重拨"},
    {"tv", "one queue whose calls and staff change; exponential handle time and patience",
     "单一队列，来电与坐席随时间变化；处理时长与耐心时间指数分布"}};

}  // namespace

std::string batch_statement(std::string_view model, Lang lang) {
  const auto* found = std::find_if(std::begin(kStatements), std::end(kStatements),
                                   [&](const Statement& each) { return each.model == model; });
  CALLMILL_CHECK(found != std::end(kStatements), "a model of a batch has no statement");
  const bool steady = model != "tv";
  const bool zh = lang == Lang::kZh;
  if (zh)
    return fmt::format("{}：泊松到达，{}{}；不含溢出到其他组{}。这些需用仿真。", model,
                       steady ? "稳态，" : "", found->zh,
                       steady ? "以及一天之内的变化" : "以及重拨");
  return fmt::format("{}: Poisson arrivals{}; {}. Overflow to other groups{} are for a simulation.",
                     model, steady ? " in steady state" : "", found->en,
                     steady ? " and changes over the day" : " and redials");
}

}  // namespace callmill::calculator
