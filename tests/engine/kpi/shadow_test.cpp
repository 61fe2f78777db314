// The recorder against a list of call records, counted the plain way, in random worlds: by
// interval, queue and caller type.

#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "engine/kpi/kpi_table.h"
#include "tests/engine/centre/random_world.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

enum class Fate { kBlocked, kMenuHangUp, kSelfServed, kAnswered, kAbandoned };
struct Record {
  Fate fate;
  std::uint32_t type, queue;  // queue == queues: none
  std::int64_t interval;
  double wait_s = 0, talk_s = 0, wrap_s = 0;
};

class Shadow : public Observer {
 public:
  Shadow(const Blueprint& plan, const Centre& centre) : plan_{plan}, centre_{centre} {}

  void blocked(std::uint16_t type, std::uint32_t, std::uint32_t) {
    records.push_back({Fate::kBlocked, type, none(), interval_of(centre_.now)});
  }
  void refused(const Call& call) { add(Fate::kBlocked, call, none()); }
  void hung_up_in_menu(const Call& call) { add(Fate::kMenuHangUp, call, none()); }
  void self_served(const Call& call) { add(Fate::kSelfServed, call, none()); }
  void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration talk) {
    last_of_line_[&call] = records.size();
    add(Fate::kAnswered, call, call.queue).wait_s = to_seconds(wait);
    records.back().talk_s = to_seconds(talk);
  }
  void wrap_began(const Call& call, std::uint32_t, SimDuration wrap) {
    records[last_of_line_.at(&call)].wrap_s = to_seconds(wrap);
  }
  void abandoned(const Call& call, SimDuration wait) {
    add(Fate::kAbandoned, call, call.queue).wait_s = to_seconds(wait);
  }
  std::vector<Record> records;

 private:
  std::uint32_t none() const { return static_cast<std::uint32_t>(plan_.queues.size()); }
  std::int64_t interval_of(SimTime t) const { return t.time_since_epoch() / plan_.interval; }
  Record& add(Fate fate, const Call& call, std::uint32_t queue) {
    records.push_back({fate, call.type, queue, interval_of(call.arrived)});
    return records.back();
  }
  const Blueprint& plan_;
  const Centre& centre_;
  std::map<const Call*, std::size_t> last_of_line_;
};

struct Plain {
  double n = 0, x = 0, ih = 0, is = 0, a = 0, b = 0, at = 0, bt = 0, s = 0;
  double wait_a = 0, wait_b = 0, talk = 0, wrap = 0, longest = 0;
};

Plain count(const Blueprint& plan, const std::vector<Record>& records,
            const std::function<bool(const Record&)>& wanted) {
  Plain p;
  for (const Record& r : records) {
    if (!wanted(r)) continue;
    ++p.n;
    p.x += r.fate == Fate::kBlocked;
    p.ih += r.fate == Fate::kMenuHangUp;
    p.is += r.fate == Fate::kSelfServed;
    if (r.fate != Fate::kAnswered && r.fate != Fate::kAbandoned) continue;
    const bool within = r.wait_s <= to_seconds(plan.queues[r.queue].answer_within) + 1e-9;
    p.longest = std::max(p.longest, r.wait_s);
    if (r.fate == Fate::kAnswered) {
      ++p.a;
      p.at += within;
      p.wait_a += r.wait_s;
      p.talk += r.talk_s;
      p.wrap += r.wrap_s;
    } else {
      ++p.b;
      p.bt += within;
      p.s += r.wait_s < 5;
      p.wait_b += r.wait_s;
    }
  }
  return p;
}

void check(const KpiTable& kpis, Scope scope, std::uint32_t interval, const Plain& p) {
  const auto same = [&](const char* key, double numerator, double denominator) {
    const Metric* metric = find_metric(key, scope.kind);
    if (metric == nullptr) return;  // not declared for queues
    INFO(key << " of scope " << static_cast<int>(scope.kind) << " " << scope.index << ", interval "
             << interval);
    const double value = kpis.estimate(*metric, scope, interval, 0.95).value;
    if (denominator == 0)
      CHECK(std::isnan(value));
    else
      CHECK(value == Approx(numerator / denominator).epsilon(1e-9).margin(1e-9));
  };
  same("attempts", p.n, 1);
  same("blocked", p.x, 1);
  same("menu_hang_ups", p.ih, 1);
  same("self_served", p.is, 1);
  same("offered", p.a + p.b, 1);
  same("answered", p.a, 1);
  same("abandoned", p.b, 1);
  same("overall_answer_rate", p.a + p.is, p.n);
  same("loss_rate", p.x, p.n);
  same("service_level", p.at, p.a + p.b);
  same("service_level_f1", p.at + p.bt, p.a + p.b);
  same("service_level_f2", p.at, p.a);
  same("service_level_f4", p.at, p.a + p.b - p.bt);
  same("service_level_f3s", p.at, p.a + p.b - p.s);
  same("asa", p.wait_a, p.a);
  same("mean_wait", p.wait_a + p.wait_b, p.a + p.b);
  same("mean_time_to_abandon", p.wait_b, p.b);
  same("max_wait", p.longest, 1);
  same("talk", p.talk, p.a);
  same("wrap", p.wrap, p.a);
}

}  // namespace

TEST_CASE("The recorder agrees with plain call records in random worlds") {
  std::size_t compared = 0;
  for (std::uint64_t number = 500; number < 560; ++number) {
    INFO("random world " << number);
    const Blueprint plan = make_blueprint(random_world(number));
    Centre c = open_centre(plan, 4, 0);
    Recorder recorder{plan};
    Shadow shadow{plan, c};
    Observers<Recorder, Shadow> both{recorder, shadow};
    Watched<Observers<Recorder, Shadow>>{plan, c, both}.run_out();
    bool stranded = false;
    for (const Call& call : c.calls) stranded = stranded || call.state != CallState::kFree;
    if (stranded) continue;  // offered, and neither answered nor gone
    KpiTable kpis{plan};
    ReplicationCounts counts;
    export_counts(recorder, kpis.layout(), counts);
    kpis.add(counts);
    ++compared;
    for (std::uint32_t i = 0; i <= plan.intervals; ++i) {
      const auto in_time = [&](const Record& r) {
        return i < plan.intervals ? r.interval == i : r.interval >= plan.first_counted;
      };
      check(kpis, {}, i, count(plan, shadow.records, in_time));
      for (std::uint32_t q = 0; q < plan.queues.size(); ++q)
        check(kpis, {ScopeKind::kQueue, q}, i, count(plan, shadow.records, [&](const Record& r) {
                return in_time(r) && r.queue == q;
              }));
      for (std::uint32_t t = 0; t < plan.types.size(); ++t)
        check(kpis, {ScopeKind::kCallerType, t}, i,
              count(plan, shadow.records,
                    [&](const Record& r) { return in_time(r) && r.type == t; }));
    }
  }
  CHECK(compared > 30);
}

}  // namespace callmill::test
