// Indicators of chats. Those of a queue or a caller type are beside the ones that calls have; the
// total of the centre has calls alone in those.

#include "engine/kpi/kpi_parts.h"

namespace callmill {
namespace {

using C = ChatCount;

std::vector<LinearTerm> sum(std::initializer_list<C> counts) {
  std::vector<LinearTerm> terms;
  for (const C c : counts) terms.push_back({at(c), 1.0});
  return terms;
}

using Counts = std::array<double, kWidth<ChatCount>>;

void add_type(const Recorder& r, std::uint32_t type, std::uint32_t interval, Counts& sum) {
  const auto add = [&](C count, std::int64_t value) {
    sum[at(count)] += static_cast<double>(value);
  };
  for (std::uint32_t queue = 0; queue <= r.queues(); ++queue) {
    const Cell<CallCount>& calls = r.calls(type, queue, interval);
    add(C::kCame, calls[at(CallCount::kAttempts)]);
    add(C::kAnswered, calls[at(CallCount::kAnswered)]);
    add(C::kAnsweredWithin, calls[at(CallCount::kAnsweredWithin)]);
    add(C::kAbandoned, calls[at(CallCount::kAbandoned)]);
    sum[at(C::kWait)] += 1e-6 * static_cast<double>(calls[at(CallCount::kWaitAnswered)]);
  }
  const ChatBook::Counts& chats = r.chats().cell(type, interval);
  add(C::kOver, chats.over);
  sum[at(C::kTime)] += 1e-6 * static_cast<double>(chats.time_us);
  add(C::kOpenAtClose, chats.open_at_close);
}

// A type's counts; of a queue, those of the types that enter it; or all.
Counts cell_of(const Recorder& r, Scope scope, std::uint32_t interval) {
  Counts sum{};
  for (const std::uint32_t type : r.plan().types_by_name) {
    const CallerTypePlan& p = r.plan().types[type];
    if (p.channel != Channel::kChat) continue;
    if (scope.kind == ScopeKind::kCallerType && scope.index != type) continue;
    if (scope.kind == ScopeKind::kQueue && scope.index != p.enters.index) continue;
    add_type(r, type, interval, sum);
  }
  return sum;
}

}  // namespace

void add_chat_metrics(std::vector<Metric>& m) {
  const std::vector<ScopeKind> scopes = {ScopeKind::kTotal, ScopeKind::kQueue,
                                         ScopeKind::kCallerType};
  const auto add = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, Unit unit, std::vector<LinearTerm> numerator,
                       std::vector<LinearTerm> denominator) {
    m.push_back({key, en, zh, formula, unit, Family::kChats, scopes, std::move(numerator),
                 std::move(denominator)});
  };
  const std::vector<LinearTerm> served = sum({C::kAnswered, C::kAbandoned});
  add("chats", "Chats", "会话量", "H", Unit::kCount, sum({C::kCame}), {});
  add("chats_answered", "Chats answered", "会话接起量", "Ha", Unit::kCount, sum({C::kAnswered}),
      {});
  add("chat_answer_rate", "Chats answered, share", "会话接起率", "Ha / (Ha + Hb)", Unit::kShare,
      sum({C::kAnswered}), served);
  add("chat_service_level", "First reply in time", "限时首次回复率",
      "first reply within the queue's time / (Ha + Hb)", Unit::kShare, sum({C::kAnsweredWithin}),
      served);
  add("first_reply", "Time to first reply", "平均首次回复时长", "wait of answered chats / Ha",
      Unit::kSeconds, sum({C::kWait}), sum({C::kAnswered}));
  add("chat_time", "Chat time", "平均会话时长", "time from first reply to end / chats over",
      Unit::kSeconds, sum({C::kTime}), sum({C::kOver}));
  add("chats_open_at_closing", "Chats open at closing", "下班时未结束会话",
      "waiting or at an agent when the centre closes, all days", Unit::kCount,
      sum({C::kOpenAtClose}), {});
}

void write_chats(const Recorder& recorder, const KpiLayout& layout, const KpiLayout::Row& row,
                 ReplicationCounts& out) {
  const Blueprint& plan = recorder.plan();
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    const Counts cell = cell_of(recorder, row.scope, i);
    for (std::size_t k = 0; k < cell.size(); ++k)
      add_to_periods(plan, layout, row, i, k, cell[k], out);
  }
}

}  // namespace callmill
