// W1 as a textbook would have it. Plain on purpose: do not tune it.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <queue>
#include <random>
#include <vector>

#include "bench/w1_yardsticks.h"

namespace callmill::bench {
namespace {

enum class EventType { kArrival, kServiceEnd, kAbandonment };

struct Event {
  double time;
  EventType type;
  std::int64_t call;
};

struct Later {
  bool operator()(const Event& a, const Event& b) const { return a.time > b.time; }
};

struct WaitingCall {
  std::int64_t call;
  double arrived;
  bool gone;
};

class TextbookCentre {
 public:
  explicit TextbookCentre(std::uint64_t seed) : random_{seed} {}

  W1Result run(std::int64_t calls) {
    schedule(gap_(random_), EventType::kArrival, 0);
    while (offered_ < calls + kW1WarmUpCalls) {
      const Event event = events_.top();
      events_.pop();
      now_ = event.time;
      switch (event.type) {
        case EventType::kArrival:
          arrive(event.call);
          break;
        case EventType::kServiceEnd:
          end_service();
          break;
        case EventType::kAbandonment:
          abandon(event.call);
          break;
      }
    }
    result_.offered = calls;
    return result_;
  }

 private:
  void schedule(double delay, EventType type, std::int64_t call) {
    events_.push({now_ + delay, type, call});
  }

  void arrive(std::int64_t call) {
    if (offered_++ == kW1WarmUpCalls) result_ = {};
    schedule(gap_(random_), EventType::kArrival, call + 1);
    if (busy_ < kW1Agents) {
      ++busy_;
      serve(0.0);
    } else if (busy_ + waiting_ < kW1Lines) {
      ++waiting_;
      queue_.push_back({call, now_, false});
      schedule(patience_(random_), EventType::kAbandonment, call);
    } else {
      ++result_.blocked;
    }
  }

  void serve(double wait) {
    ++result_.served;
    result_.wait_served_s += wait;
    if (wait <= kW1AnswerWithinS) ++result_.answered_within;
    schedule(talk_(random_), EventType::kServiceEnd, 0);
  }

  void end_service() {
    while (!queue_.empty() && queue_.front().gone) queue_.pop_front();
    if (queue_.empty()) {
      --busy_;
      return;
    }
    const WaitingCall next = queue_.front();
    queue_.pop_front();
    --waiting_;
    serve(now_ - next.arrived);
  }

  // Stale when the call was served meanwhile: it is no longer in the queue then. Calls queue in the
  // order of numbers.
  void abandon(std::int64_t call) {
    const auto found =
        std::lower_bound(queue_.begin(), queue_.end(), call,
                         [](const WaitingCall& w, std::int64_t wanted) { return w.call < wanted; });
    if (found == queue_.end() || found->call != call) return;
    found->gone = true;
    --waiting_;
    ++result_.abandoned;
  }

  std::mt19937_64 random_;
  std::exponential_distribution<double> gap_{1 / kW1ArrivalGapS};
  std::exponential_distribution<double> talk_{1 / kW1TalkS};
  std::exponential_distribution<double> patience_{1 / kW1PatienceS};
  std::priority_queue<Event, std::vector<Event>, Later> events_;
  std::deque<WaitingCall> queue_;
  double now_ = 0;
  std::int64_t busy_ = 0, waiting_ = 0, offered_ = 0;
  W1Result result_;
};

}  // namespace

W1Result textbook_w1(std::int64_t calls, std::uint64_t seed) {
  return TextbookCentre{seed}.run(calls);
}

}  // namespace callmill::bench
