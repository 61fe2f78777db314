// Menu, lines and agents in product form.
//
// With u_i = alpha^i / i! (alpha = lambda / menu rate), U_m = sum_{i<=m} u_i and q_j the weight of
// j requests at the agents, a call is lost with chance sum_j q_j u_{N-j} / sum_j q_j U_{N-j}. Since
// u_m / U_m is Erlang's B(m, alpha), that is the mean of B(N-j, alpha) under the weights D_j = q_j
// U_{N-j}: all terms positive, all ratios bounded.

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "models/queueing/erlang.h"

namespace callmill {
namespace {

// B(0..n, load) and 1 - B by Erlang's recursion.
struct LossTable {
  std::vector<double> loss, kept;
};
LossTable loss_table(std::int64_t n, double load) {
  LossTable table;
  table.loss.assign(static_cast<std::size_t>(n) + 1, 1.0);
  table.kept.assign(static_cast<std::size_t>(n) + 1, 0.0);
  for (std::size_t m = 1; m < table.loss.size(); ++m) {
    const double arriving = load * table.loss[m - 1];
    const double all = static_cast<double>(m) + arriving;
    table.loss[m] = arriving / all;
    table.kept[m] = static_cast<double>(m) / all;
  }
  return table;
}

double agent_ratio(const MenuQueueInput& in, double j) {  // q_j / q_{j-1}
  const QueueInput& queue = in.queue;
  const double busy = std::min(j, queue.agents);
  const double waiting = j - busy;
  return in.p_agent * queue.arrival_rate /
         (busy * queue.service_rate + waiting * queue.patience_rate);
}

double menu_blocking_with(const MenuQueueInput& in, const LossTable& menu) {
  const std::int64_t lines = in.queue.lines;
  const auto at = [&](std::int64_t j) { return static_cast<std::size_t>(lines - j); };
  // D_{j} / D_{j-1}; D is log-concave, so it falls for good once this is below 1.
  const auto ratio = [&](std::int64_t j) {
    return agent_ratio(in, static_cast<double>(j)) * menu.kept[at(j - 1)];
  };
  std::int64_t low = 0;
  std::int64_t high = lines;
  while (low < high) {
    const std::int64_t middle = low + (high - low + 1) / 2;
    if (ratio(middle) >= 1) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  const std::int64_t mode = low;
  double weight = 1;
  double all = 1;
  double lost = menu.loss[at(mode)];
  for (std::int64_t j = mode + 1; j <= lines && weight > 0; ++j) {
    weight *= ratio(j);
    all += weight;
    lost += weight * menu.loss[at(j)];
  }
  weight = 1;
  for (std::int64_t j = mode; j >= 1 && weight > 0; --j) {
    weight /= ratio(j);
    all += weight;
    lost += weight * menu.loss[at(j - 1)];
  }
  return lost / all;
}

double menu_load(const MenuQueueInput& in) {
  return std::isinf(in.menu_rate) ? 0 : in.queue.arrival_rate / in.menu_rate;
}

void check_menu(const MenuQueueInput& in) {
  CALLMILL_CHECK(in.menu_rate > 0 && in.p_agent >= 0 && in.p_agent <= 1,
                 "a menu has a rate above 0 and a share of agent requests");
  CALLMILL_CHECK(in.queue.agents >= 1 && in.queue.agents == std::floor(in.queue.agents),
                 "with lines, agents are whole");
}

}  // namespace

double menu_blocking(const MenuQueueInput& in) {
  check_menu(in);
  CALLMILL_CHECK(in.queue.lines >= 0, "lines are not negative");
  return menu_blocking_with(in, loss_table(in.queue.lines, menu_load(in)));
}

std::int64_t lines_for_menu(MenuQueueInput in, double blocking, std::int64_t limit) {
  check_menu(in);
  const auto met = [&](std::int64_t lines) {
    in.queue.lines = lines;
    return menu_blocking(in) <= blocking;
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
