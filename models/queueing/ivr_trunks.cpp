// Menu, lines and agents in product form.
//
// With u_i = alpha^i / i! (alpha = lambda / menu rate), U_m = sum_{i<=m} u_i and q_j the weight of
// j requests at the agents, j requests are there with weight D_j = q_j U_{N-j}. Since u_m / U_m is
// Erlang's B(m, alpha), a call is lost with the mean of B(N-j, alpha) under D. A caller who asks
// for an agent sees the others as a centre of N - 1 lines (arrival theorem): weights q_j U_{N-1-j}.

#include "models/queueing/ivr_trunks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/check.h"
#include "models/queueing/stage_waits.h"

namespace callmill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// B(0..n, alpha) and 1 - B by Erlang's recursion, as long as asked for.
class MenuLoss {
 public:
  explicit MenuLoss(double load) : load_{load} {}
  void reach(std::int64_t lines) {
    for (std::size_t m = loss_.size(); m <= static_cast<std::size_t>(lines); ++m) {
      const double arriving = load_ * loss_[m - 1];
      const double all = static_cast<double>(m) + arriving;
      loss_.push_back(arriving / all);
      kept_.push_back(static_cast<double>(m) / all);
    }
  }
  double loss(std::int64_t m) const { return loss_[static_cast<std::size_t>(m)]; }
  double kept(std::int64_t m) const { return kept_[static_cast<std::size_t>(m)]; }

 private:
  double load_;
  std::vector<double> loss_{1.0}, kept_{0.0};
};

MenuLoss menu_of(const IvrTrunksInput& in) {
  return MenuLoss(std::isinf(in.menu_rate) ? 0 : in.arrival_rate / in.menu_rate);
}

// Weights D_0..D_lines on a scale where the largest is 1. D is log-concave: it falls for good once
// the ratio of neighbours is below 1.
class Requests {
 public:
  Requests(const IvrTrunksInput& in, const MenuLoss& menu, std::int64_t lines)
      : in_{in}, menu_{menu}, lines_{lines} {}
  double ratio(std::int64_t j) const {  // D_j / D_{j-1}
    const auto busy = static_cast<double>(std::min(j, in_.agents));
    const double waiting = static_cast<double>(j) - busy;
    return in_.p_agent * in_.arrival_rate /
           (busy * in_.service_rate + waiting * in_.patience_rate) * menu_.kept(lines_ - j + 1);
  }
  std::int64_t mode() const {
    std::int64_t low = 0;
    std::int64_t high = lines_;
    while (low < high) {
      const std::int64_t middle = low + (high - low + 1) / 2;
      if (ratio(middle) >= 1) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
  // use(j, weight) for every j whose weight does not underflow, from the mode to both sides.
  template <class Use>
  void each(const Use& use) const {
    const std::int64_t top = mode();
    double weight = 1;
    for (std::int64_t j = top; j <= lines_ && weight > 0; ++j) {
      use(j, weight);
      if (j < lines_) weight *= ratio(j + 1);
    }
    weight = 1;
    for (std::int64_t j = top; j >= 1; --j) {
      weight /= ratio(j);
      if (!(weight > 0)) break;
      use(j - 1, weight);
    }
  }

 private:
  const IvrTrunksInput& in_;
  const MenuLoss& menu_;
  std::int64_t lines_;
};

double blocking_with(const IvrTrunksInput& in, const MenuLoss& menu) {
  double all = 0, lost = 0;
  Requests(in, menu, in.lines).each([&](std::int64_t j, double weight) {
    all += weight;
    lost += weight * menu.loss(in.lines - j);
  });
  return lost / all;
}

void check_input(const IvrTrunksInput& in) {
  CALLMILL_CHECK(in.arrival_rate > 0 && in.menu_rate > 0 && in.service_rate > 0,
                 "calls, menu and agents have rates above 0");
  CALLMILL_CHECK(in.p_agent >= 0 && in.p_agent <= 1, "p_agent is a share");
  CALLMILL_CHECK(in.agents >= 1 && in.lines >= 0 && in.ports >= 0,
                 "a centre has an agent, lines and ports");
  CALLMILL_CHECK(in.patience_rate >= 0 && in.within >= 0, "patience rate and T are not negative");
  CALLMILL_CHECK(in.ports == 0 || in.ports >= in.lines,
                 "fewer ports than lines have no product form: models/chains");
}

// What a caller meets who asks for an agent: sums over the requests it sees.
struct Seen {
  double all = 0, nowait = 0, wait = 0;
  double served_wait = 0;        // of those who waited, time waited, per request
  double served_le = 0;          // waited and answered within T
  double wait_le = 0, v_gt = 0;  // W <= T of those who wait; V > T
};

Seen seen_by_requests(const IvrTrunksInput& in, const MenuLoss& menu) {
  Seen seen;
  const std::int64_t places = in.lines - 1 - in.agents;  // most waiting ahead
  const StageWaits waits({.drain_rate = static_cast<double>(in.agents) * in.service_rate,
                          .patience_rate = in.patience_rate,
                          .within = in.within},
                         std::max<std::int64_t>(places, -1));
  Requests(in, menu, in.lines - 1).each([&](std::int64_t j, double weight) {
    seen.all += weight;
    if (j < in.agents) {
      seen.nowait += weight;
      return;
    }
    const StageWait w = waits.at(j - in.agents);
    seen.wait += weight;
    seen.served_wait += weight * w.served * w.mean_wait_served;
    seen.served_le += weight * w.served_le;
    seen.wait_le += weight * w.wait_le;
    seen.v_gt += weight * w.v_gt;
  });
  return seen;
}

void fill_requests(const IvrTrunksInput& in, const Seen& seen, IvrTrunksResult& r) {
  r.p_nowait = seen.nowait / seen.all;
  r.p_wait = seen.wait / seen.all;
  r.p_abandon = in.patience_rate * r.mean_queue / r.request_rate;
  r.p_served = std::min(1.0, in.service_rate * r.mean_busy / r.request_rate);
  r.mean_wait = r.mean_queue / r.request_rate;
  r.mean_wait_served = seen.served_wait / seen.all / r.p_served;
  r.p_wait_gt = seen.v_gt / seen.all * std::exp(-in.patience_rate * in.within);
  r.sl_offered = std::min(1.0, r.p_nowait + seen.served_le / seen.all);
  r.sl_answered = std::min(1.0, r.sl_offered / r.p_served);
  // Answered + given up beyond T = answered within T + waiting beyond T.
  r.sl_excl_short_abandon = r.sl_offered / (r.sl_offered + r.p_wait_gt);
  r.sl_abandon_ok = std::min(1.0, r.p_nowait + seen.wait_le / seen.all);
}

}  // namespace

IvrTrunksResult solve_ivr_trunks(const IvrTrunksInput& in) {
  check_input(in);
  MenuLoss menu = menu_of(in);
  menu.reach(in.lines);
  double all = 0, lost = 0, busy = 0, queue = 0;
  Requests(in, menu, in.lines).each([&](std::int64_t j, double weight) {
    all += weight;
    lost += weight * menu.loss(in.lines - j);
    busy += weight * static_cast<double>(std::min(j, in.agents));
    queue += weight * static_cast<double>(std::max<std::int64_t>(j - in.agents, 0));
  });
  IvrTrunksResult r{};
  const double entered = 1 - lost / all;
  r.p_block = lost / all;
  r.mean_menu = std::isinf(in.menu_rate) ? 0 : in.arrival_rate / in.menu_rate * entered;
  r.mean_busy = busy / all;
  r.occupancy = r.mean_busy / static_cast<double>(in.agents);
  r.mean_queue = queue / all;
  r.mean_lines = r.mean_menu + r.mean_busy + r.mean_queue;
  r.request_rate = in.arrival_rate * entered * in.p_agent;
  if (in.lines == 0 || in.p_agent == 0) {
    r.p_nowait = r.p_wait = r.p_abandon = r.p_served = r.mean_wait = r.mean_wait_served = kNaN;
    r.p_wait_gt = r.sl_offered = r.sl_answered = r.sl_excl_short_abandon = r.sl_abandon_ok = kNaN;
  } else {
    fill_requests(in, seen_by_requests(in, menu), r);
  }
  r.answered_over_offered = in.service_rate * r.mean_busy / in.arrival_rate;
  r.connect_rate = std::min(1.0, entered * (1 - in.p_agent) + r.answered_over_offered);
  return r;
}

double value_of(IvrMeasure measure, const IvrTrunksResult& r) {
  switch (measure) {
    case IvrMeasure::kConnectRate:
      return r.connect_rate;
    case IvrMeasure::kAnsweredOverOffered:
      return r.answered_over_offered;
    case IvrMeasure::kServed:
      return r.p_served;
    case IvrMeasure::kServiceLevel:
      return r.sl_offered;
    case IvrMeasure::kServiceLevelAnswered:
      return r.sl_answered;
    case IvrMeasure::kServiceLevelExclShortAbandon:
      return r.sl_excl_short_abandon;
    case IvrMeasure::kServiceLevelAbandonOk:
      return r.sl_abandon_ok;
    case IvrMeasure::kMeanWait:
      return r.mean_wait;
    case IvrMeasure::kMeanWaitServed:
      return r.mean_wait_served;
  }
  CALLMILL_CHECK(false, "every measure has a value");
  return kNaN;
}

std::int64_t lines_for_ivr(IvrTrunksInput in, double blocking, std::int64_t limit) {
  check_input(in);
  MenuLoss menu = menu_of(in);
  const auto met = [&](std::int64_t lines) {
    in.lines = lines;
    menu.reach(lines);
    return blocking_with(in, menu) <= blocking;
  };
  std::int64_t low = 0;  // one short of a candidate
  std::int64_t high = 1;
  while (!met(high)) {
    if (high >= limit) return -1;
    low = high;
    high = std::min(limit, 2 * high);
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (met(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace callmill
