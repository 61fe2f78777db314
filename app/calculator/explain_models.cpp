// Step by step through menus and laws of patience.

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "app/calculator/explain_parts.h"
#include "models/queueing/patience_wait.h"

namespace callmill::calculator {
namespace {

// Weights of j at the agents, queue included, the greatest 1; and sums over all states (i in the
// menu, j) with i + j <= lines, Poisson(alpha) for i.
class MenuSums {
 public:
  MenuSums(const Queue& q, double alpha, double load) : alpha_{alpha}, lines_{q.lines} {
    std::vector<double> logs{0};
    for (std::int64_t j = 1; j <= lines_; ++j) {
      const auto k = static_cast<double>(j);
      const double away = std::min(k, q.agents) + std::max(0.0, k - q.agents) * q.aht_s /
                                                      q.patience_s;  // 0 where nobody gives up
      logs.push_back(logs.back() + std::log(load / away));
    }
    const double greatest = *std::max_element(logs.begin(), logs.end());
    for (const double log : logs) weights_.push_back(std::exp(log - greatest));
  }

  double menu_up_to(std::int64_t i) const {
    return i < 0 ? 0 : boost::math::gamma_q(static_cast<double>(i) + 1, alpha_);
  }
  double menu_at(std::int64_t i) const {
    return boost::math::gamma_p_derivative(static_cast<double>(i) + 1, alpha_);
  }
  // Sum over j <= lines of weight x of(j) x P(at most lines - j in the menu).
  template <class Of>
  double sum(std::int64_t lines, const Of& of) const {
    double all = 0;
    for (std::int64_t j = 0; j <= lines; ++j)
      all += weights_[static_cast<std::size_t>(j)] * of(static_cast<double>(j)) *
             menu_up_to(lines - j);
    return all;
  }
  double full() const {
    double all = 0;
    for (std::int64_t j = 0; j <= lines_; ++j)
      all += weights_[static_cast<std::size_t>(j)] * menu_at(lines_ - j);
    return all;
  }

 private:
  double alpha_;
  std::int64_t lines_;
  std::vector<double> weights_;
};

}  // namespace

void explain_menu(const Outcome& outcome, Steps& steps) {
  const Queue& q = outcome.queue;
  const QueueResult& r = outcome.result;
  const double load = load_of(q), alpha = q.calls_per_s * q.menu_s, n = q.agents;
  const MenuSums sums{q, alpha, load};
  const auto one = [](double) { return 1.0; };
  steps.add("menu_load", "callers in the menu, were lines without end", "语音菜单负荷",
            "m = calls x menu time", alpha,
            fmt::format("{}/h x {} s / 3600", num(q.calls_per_s * 3600), num(q.menu_s)),
            num(alpha));
  const double all = sums.sum(q.lines, one), full = sums.full();
  steps.add("states", "weight of all states", "各状态权重之和",
            "W = sum over j <= lines of q(j) P(Poisson(m) <= lines - j), q(j) = q(j-1) a / (min(j, "
            "n) + (j - n)+ x handle time / patience), the greatest q = 1",
            all, fmt::format("m = {}, a = {}, {} lines", num(alpha), num(load), q.lines), num(all));
  const double loss = full / all;
  steps.add("loss", "finds no line", "呼损率(中继)",
            "L = V / W, V = sum over j of q(j) P(Poisson(m) = lines - j)", loss,
            fmt::format("{} / {}", num(full), num(all)), as_percent(loss));
  const double asks = q.agent_share * (1 - loss);
  steps.add("asks", "asks for an agent, of all calls", "要求人工占全部来电",
            "R = share that asks x (1 - L)", asks,
            fmt::format("{} x {}", num(q.agent_share), num(1 - loss)), as_percent(asks));
  const double seen = sums.sum(q.lines - 1, one);
  const double busy_seen = sums.sum(q.lines - 1, [n](double j) { return j >= n ? 1.0 : 0.0; });
  steps.add("wait", "must wait, of all calls", "排队占全部来电",
            "C = R x P(j >= n), by the same sums over one line less: who asks holds a line",
            asks * busy_seen / seen,
            fmt::format("{} x {} / {}", num(asks), num(busy_seen), num(seen)),
            as_percent(asks * busy_seen / seen));
  const double queue = sums.sum(q.lines, [n](double j) { return std::max(0.0, j - n); }) / all;
  steps.add("queue", "mean number waiting", "平均队长", "Q = sum of (j - n)+ / W", queue,
            fmt::format("{} / {}", num(queue * all), num(all)), num(queue));
  const double abandon = queue / q.patience_s / q.calls_per_s;  // 0 where nobody gives up
  if (q.patience_s < kForever)
    steps.add("abandon", "abandon, of all calls", "放弃占全部来电", "Ab = Q / patience / calls",
              abandon,
              fmt::format("{} / {} / {}", num(queue), num(q.patience_s), num(q.calls_per_s)),
              as_percent(abandon));
  const double at_once = asks * (1 - busy_seen / seen), later = r.p_served_le - at_once;
  steps.add("service_level", "answered within T", "T 秒接通率",
            "(R - C + answered within T of those who wait) / R; each of k before is a stage of "
            "rate n / handle time + k / patience",
            (at_once + later) / asks,
            fmt::format("({} + {}) / {}", num(at_once), num(later), num(asks)),
            as_percent((at_once + later) / asks));
  const double busy = load * (1 - loss) * (asks - abandon) / asks;
  steps.add("occupancy", "occupancy", "利用率(话务)",
            "a (1 - L) x answered / n, answered = (R - Ab) / R", busy / n,
            fmt::format("{} x {} x {} / {}", num(load), num(1 - loss), num((asks - abandon) / asks),
                        num(n)),
            as_percent(busy / n));
}

void explain_patience(const Outcome& outcome, double b, Steps& steps) {
  const Queue& q = outcome.queue;
  Patience patience{q.patience_law, q.never_leaves, q.balks};
  if (!q.patience_law && q.patience_s < kForever) patience.law = ExponentialLaw{q.patience_s};
  const PatienceCurve curve{patience};
  const bool limited = q.lines > 0;
  const double infinity = std::numeric_limits<double>::infinity();
  const double rate = q.agents / q.aht_s;
  const PatienceWaitLaw law{.arrival_rate = q.calls_per_s,
                            .drain_rate = rate,
                            .spare_rate = std::fma(q.agents, 1 / q.aht_s, -q.calls_per_s),
                            .room = limited ? static_cast<double>(q.lines) - q.agents : infinity};
  const double load = load_of(q), free = (1 - b) / b;
  const PatienceAt at = curve.at(q.within_s);
  const double bears = at.early + q.within_s * at.stay;
  steps.add("patience", "time that a caller spends of T, at the most", "T 秒内来电者的平均忍耐",
            "H(T) = mean of min(T, patience) = mean of patience up to T + T x still there at T",
            bears, fmt::format("{} + {} x {}", num(at.early), num(q.within_s), num(at.stay)),
            num(bears) + " s");
  PatienceSides sides;
  double left = 0, right = 0;
  if (law.room > 0) {
    sides = integrate_patience_wait(curve, law, q.within_s);
    left = std::exp(sides.log_mode + sides.log_left);
    right = std::exp(sides.log_mode + sides.log_right);
  }
  const auto both = [&](double PatienceIntegrals::*of) {
    return left * (sides.left.*of) + right * (sides.right.*of);
  };
  const double mass = both(&PatienceIntegrals::mass), weight = rate * mass;
  steps.add("integral", "integral of the wait", "等待积分",
            std::string{"J = integral of e^(calls x H(t) - n t / handle time)"} +
                (limited ? " P(Poisson(calls x H(t)) < lines - n)" : "") +
                ", H(t) = mean of min(t, patience)",
            mass,
            fmt::format("calls = {}/s, n / handle time = {}/s", num(q.calls_per_s), num(rate)),
            num(mass) + " s");
  double block = 0;
  if (limited) {
    const double full = std::exp(log_full_room(curve, law));
    block = full / (full + weight + free);
    steps.add("loss", "finds no line", "呼损率(中继)",
              "L = F / (F + A + (1 - B) / B), A = J n / handle time, F = integral of e^(-n t / "
              "handle time) (calls x H(t))^r / r! x n / handle time, r = lines - n",
              block, fmt::format("{0} / ({0} + {1} + {2})", num(full), num(weight), num(free)),
              as_percent(block));
  }
  const double wait = (1 - block) * weight / (weight + free);
  steps.add("wait", "must wait, of all calls", "排队占全部来电",
            limited ? "C = (1 - L) A / (A + (1 - B) / B)"
                    : "C = A / (A + (1 - B) / B), A = J n / handle time",
            wait,
            fmt::format("{}{} / ({} + {})", limited ? num(1 - block) + " x " : "", num(weight),
                        num(weight), num(free)),
            as_percent(wait));
  const auto of_waiting = [&](double integral) { return mass > 0 ? integral / mass : 0; };
  const double gone = both(&PatienceIntegrals::gone);
  const double abandon = wait * of_waiting(gone);
  steps.add("abandon", "abandon, of all calls", "放弃占全部来电",
            "Ab = C x integral of P(patience <= t) e^l(t) / J", abandon,
            fmt::format("{} x {} / {}", num(wait), num(gone), num(mass)), as_percent(abandon));
  const double in_time = left * sides.left.served;
  const double kept = 1 - block;
  const double level = (kept - wait + wait * of_waiting(in_time)) / kept;
  steps.add("service_level", "answered within T", "T 秒接通率",
            "(1 - L - C + C x S) / (1 - L), S = integral from 0 to T of P(patience > t) e^l(t) / J",
            level,
            fmt::format("({} + {} x {} / {}) / {}", num(kept - wait), num(wait), num(in_time),
                        num(mass), num(kept)),
            as_percent(level));
  const double answered = kept - abandon;
  steps.add("occupancy", "occupancy", "利用率(话务)", "a x answered / n, answered = 1 - L - Ab",
            load * answered / q.agents,
            fmt::format("{} x {} / {}", num(load), num(answered), num(q.agents)),
            as_percent(load * answered / q.agents));
}

namespace {

// Figures whose sums no hand adds up, and what follows from them. Shares of all calls.
void add_figures(const Outcome& outcome, Steps& steps) {
  const Queue& q = outcome.queue;
  const QueueResult& r = outcome.result;
  steps.add("wait", "must wait, of all calls", "排队占全部来电", "C", r.p_wait, num(r.p_wait),
            as_percent(r.p_wait));
  if (r.p_abandon > 0)
    steps.add("abandon", "abandon, of all calls", "放弃占全部来电", "Ab", r.p_abandon,
              num(r.p_abandon), as_percent(r.p_abandon));
  const double level = r.p_served_le / (r.p_served + r.p_abandon);
  steps.add("service_level", "answered within T", "T 秒接通率",
            "answered within T / (answered + abandoned)", level,
            fmt::format("{} / ({} + {})", num(r.p_served_le), num(r.p_served), num(r.p_abandon)),
            as_percent(level));
  const double busy = q.calls_per_s * q.aht_s * r.p_served;
  steps.add("occupancy", "occupancy", "利用率(话务)", "calls x handle time x answered / n",
            busy / q.agents,
            fmt::format("{}/h x {} s / 3600 x {} / {}", num(q.calls_per_s * 3600), num(q.aht_s),
                        num(r.p_served), num(q.agents)),
            as_percent(busy / q.agents));
}

}  // namespace

void explain_ports(const Outcome& outcome, Steps& steps) {
  const Queue& q = outcome.queue;
  const QueueResult& r = outcome.result;
  const double alone = loss_by_ports(q);
  const double alpha = q.calls_per_s * q.menu_s;
  steps.add("menu_load", "callers in the menu, were lines and ports without end", "语音菜单负荷",
            "m = calls x menu time", alpha,
            fmt::format("{}/h x {} s / 3600", num(q.calls_per_s * 3600), num(q.menu_s)),
            num(alpha));
  steps.add("ports_alone", "lost by the ports alone (Erlang B)", "仅端口的呼损(Erlang B)",
            "B(0) = 1, B(k) = m B(k-1) / (k + m B(k-1)), up to k = ports", alone,
            fmt::format("m = {}, {} ports", num(alpha), q.ports), as_percent(alone));
  const auto ports = static_cast<double>(q.ports), lines = static_cast<double>(q.lines);
  const double states = (ports + 1) * (lines + 1 - ports / 2);
  steps.add("states", "states of the chain", "马尔可夫链状态数",
            "i <= ports in the menu, i + j <= lines: (ports + 1)(lines + 1 - ports / 2)", states,
            fmt::format("{} x {}", num(ports + 1), num(lines + 1 - ports / 2)), num(states));
  steps.add("loss", "finds no line or no port", "呼损率(中继与端口)",
            "L = P(i = ports or i + j = lines), of the chain that is solved", r.p_block,
            num(r.p_block), as_percent(r.p_block));
  add_figures(outcome, steps);
}

void explain_handle(const Outcome& outcome, Steps& steps) {
  const Queue& q = outcome.queue;
  const HandleSpread spread = handle_spread(service_input(q));
  const double square = variance(*q.handle_law) / (q.aht_s * q.aht_s);
  steps.add("spread", "squared coefficient of variation of handle times", "处理时长变异系数平方",
            "c2 = variance / mean^2", square,
            fmt::format("{} / {}^2", num(variance(*q.handle_law)), num(q.aht_s)), num(square));
  steps.add("forgets", "rate at which the queue forgets", "排队遗忘速率",
            "k = handle time / (n V), V = variance of the wait, were handle times exponential",
            spread.forget_rate,
            fmt::format("{} / ({} x {})", num(q.aht_s), num(q.agents), num(spread.wait_variance)),
            num(spread.forget_rate) + "/s");
  steps.add("variability", "variability of completions over that time", "该时间内完成数的变异",
            "I = 1 + 2 (f / (1 - f) - 1 / (k handle time)), f = mean of e^(-k handle time); 1 at "
            "once, c2 in the long run",
            spread.variability, fmt::format("k = {}/s", num(spread.forget_rate)),
            num(spread.variability));
  steps.add("power", "power to which the law of the wait is taken", "等待分布的幂",
            "p = 2 / (1 + I); 1 is the exact law of exponential handle times", spread.power,
            fmt::format("2 / (1 + {})", num(spread.variability)), num(spread.power));
  if (outcome.result.p_block > 0)
    steps.add("loss", "finds no line", "呼损率(中继)",
              "L, as that of exponential handle times of the same mean", outcome.result.p_block,
              num(outcome.result.p_block), as_percent(outcome.result.p_block));
  add_figures(outcome, steps);
}

}  // namespace callmill::calculator
