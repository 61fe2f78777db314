#include "app/calculator/batch_fails.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <limits>

#include "app/calculator/caveats.h"
#include "base/check.h"

namespace callmill::calculator {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Judged {
  RowQueue queue;
  double abandon, lost, wait;  // shares; NaN where the model has no such column
  bool exponential_patience;
  double load() const { return queue.calls / queue.service; }
  bool gives_up() const { return queue.patience > 0 || queue.lines > 0 || abandon > 0; }
};

// Comparisons with NaN are false: what is not known breaks nothing.
bool grows(const Judged& r) {
  return r.load() >= r.queue.agents && !r.gives_up();
}
bool overloaded(const Judged& r) {
  return r.load() >= r.queue.agents && r.gives_up();
}
// After three relaxation times 5 % of the start is left, as in caveats.cpp; a handle time of 4
// minutes fits eight times into half an hour.
bool slow(const Judged& r) {
  constexpr double kHandleTimes = 8;
  if (!(r.queue.agents > 0 && r.queue.calls > 0 && r.queue.service > 0) || grows(r)) return false;
  if (r.queue.nobody_waits || (r.abandon > 0 && std::isnan(r.queue.patience))) return false;
  Queue q;
  q.calls_per_s = r.queue.calls;
  q.aht_s = 1 / r.queue.service;
  q.agents = r.queue.agents;
  q.patience_s = r.queue.patience > 0 ? 1 / r.queue.patience : kForever;
  q.lines = r.queue.lines > 0 ? static_cast<std::int64_t>(r.queue.lines) : 0;
  return 3 * relaxation_s(q) > kHandleTimes * q.aht_s;
}
bool redials(const Judged& r) {
  return (std::isnan(r.abandon) ? 0 : r.abandon) + (std::isnan(r.lost) ? 0 : r.lost) >= 0.01;
}
bool by_law(const Judged& r) {
  return r.exponential_patience && r.abandon >= 0.05;
}
bool waits_for_ever(const Judged& r) {
  return !(r.queue.patience > 0) && !(r.abandon > 0) && !grows(r) && r.wait >= 0.05;
}
bool few(const Judged& r) {
  return r.queue.agents <= 10;
}

struct Fail {
  std::string_view code;
  bool (*holds)(const Judged&);
  std::string_view en, zh;
};
constexpr Fail kFails[] = {
    {"unstable", grows, "the load is not below the agents, and nobody leaves: no steady state",
     "话务量不低于坐席数且无人离开：没有稳态"},
    {"overload", overloaded,
     "the load is not below the agents: what is not lost is decided by who gives up",
     "话务量不低于坐席数：结果取决于谁放弃"},
    {"slow", slow,
     "the queue takes more than 8 handle times to forget how it began: longer than an interval of "
     "half an hour at 4 minutes a call",
     "系统需超过 8 个处理时长才能忘掉初始状态：每通 4 分钟时已长于半小时的时段"},
    {"redials", redials, "1 % of the calls or more are lost or give up: some call again",
     "1% 以上的来电呼损或放弃：其中一部分会重拨"},
    {"patience_law", by_law,
     "5 % or more give up: how many hang up in the first seconds counts, not the mean alone",
     "5% 以上放弃：起作用的是最初几秒的挂断，而不仅是均值"},
    {"patience", waits_for_ever,
     "5 % or more wait and nobody gives up: some will, and handle times that are not exponential "
     "wait otherwise",
     "5% 以上需等待而无人放弃：实际会有人放弃，且处理时长非指数分布时等待不同"},
    {"few", few, "10 agents or fewer: one at a break is a tenth of the staff or more",
     "坐席不多于 10 名：一人休息即少一成以上"}};

double first_of(const BatchModel& model, const std::vector<double>& values,
                std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const auto at = std::find(model.columns.begin(), model.columns.end(), name);
    if (at != model.columns.end())
      return values[static_cast<std::size_t>(at - model.columns.begin())];
  }
  return kNaN;
}

double number_of(const BatchReader& row, const std::string& column) {
  const std::string text = row.text(column);
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return text.empty() || *end != '\0' ? kNaN : value;
}

// The first that the row gives: files name the same thing differently.
double first_given(const BatchReader& row, std::initializer_list<const char*> columns) {
  for (const char* column : columns)
    if (row.given(column)) return number_of(row, column);
  return kNaN;
}

}  // namespace

RowQueue queue_of(const BatchReader& row) {
  RowQueue q{
      first_given(row, {"n", "S", "s"}), number_of(row, "lam"),        number_of(row, "mu"),
      number_of(row, "theta"),           first_given(row, {"K", "N"}), row.text("model") == "B"};
  if (row.given("p_agent")) q.calls *= number_of(row, "p_agent");
  if (std::isnan(q.calls) && std::isnan(q.service)) {
    q.calls = number_of(row, "a");
    q.service = 1;
  }
  return q;
}

std::vector<std::string_view> row_fails(const BatchModel& model, const RowQueue& queue,
                                        const std::vector<double>& values) {
  Judged row{queue, first_of(model, values, {"p_ab", "p_ab_att"}),
             first_of(model, values, {"p_block", "p_block_att", "B"}),
             first_of(model, values, {"p_wait", "p_wait_att", "C"}), model.name != "mmng"};
  const double fewest = first_of(model, values, {"n_min"});
  if (!std::isnan(fewest)) row.queue.agents = fewest;
  if (std::isnan(row.queue.calls)) row.queue.calls = first_of(model, values, {"lam_tot"});
  if (model.name == "erlang_b") row.queue.nobody_waits = true;
  if (row.queue.nobody_waits) row.queue.lines = row.queue.agents;
  if (model.name == "erlang_c") row.lost = kNaN;  // its B is the system's without a queue
  std::vector<std::string_view> codes;
  for (const Fail& fail : kFails)
    if (fail.holds(row)) codes.push_back(fail.code);
  return codes;
}

std::string fail_text(std::string_view code, Lang lang) {
  const auto* found = std::find_if(std::begin(kFails), std::end(kFails),
                                   [&](const Fail& each) { return each.code == code; });
  CALLMILL_CHECK(found != std::end(kFails), "a code of a batch has a sentence");
  return fmt::format("{}{}{}", code, say(lang, ": ", "："), say(lang, found->en, found->zh));
}

}  // namespace callmill::calculator
