#include "app/calculator/explain.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "app/calculator/explain_parts.h"
#include "models/queueing/wait_law.h"

namespace callmill::calculator {
namespace {

// Collects the steps; each gives its value on to the next.
class Writer {
 public:
  Writer(const Outcome& outcome, Lang lang)
      : q_{outcome.queue}, outcome_{outcome}, lang_{lang}, steps_{lang} {}

  std::vector<Step> take() { return steps_.take(); }

  void load() {
    a_ = load_of(q_);
    const double per_h = q_.calls_per_s * 3600;
    const bool shared = q_.agent_share < 1;
    add("load", "load", "话务量",
        shared ? "a = calls x share that asks for an agent x handle time"
               : "a = calls x handle time",
        a_,
        shared
            ? fmt::format("{}/h x {} x {} s / 3600", num(per_h), num(q_.agent_share), num(q_.aht_s))
            : fmt::format("{}/h x {} s / 3600", num(per_h), num(q_.aht_s)),
        fmt::format("{} {}", num(a_), say(lang_, "erlang", "爱尔兰")));
    const double rho = a_ / q_.agents;
    add("load_per_agent", "load per agent", "每坐席话务量", "rho = a / n", rho,
        fmt::format("{} / {}", num(a_), num(q_.agents)), num(rho));
  }

  void erlang_b() {
    const double n = q_.agents;
    b_ = erlang_b_fractional(n, a_);
    if (n == std::floor(n) && n >= 2) {
      const double before = erlang_b_fractional(n - 1, a_);
      add("erlang_b", "all agents busy, nobody waits (Erlang B)", "无排队时全忙概率 (Erlang B)",
          "B(0) = 1, B(k) = a B(k-1) / (k + a B(k-1)), up to k = n", b_,
          fmt::format("{0} x {1} / ({2} + {0} x {1})", num(a_), num(before), num(n)), num(b_));
    } else {
      add("erlang_b", "all agents busy, nobody waits (Erlang B)", "无排队时全忙概率 (Erlang B)",
          "1 / B = integral of a e^(-a x) (1 + x)^n dx over x > 0", b_,
          fmt::format("a = {}, n = {}", num(a_), num(n)), num(b_));
    }
  }

  void erlang_c() {
    const double rho = a_ / q_.agents;
    const double c = b_ / (1 - rho * (1 - b_));
    add("wait", "must wait (Erlang C)", "排队概率 (Erlang C)", "C = B / (1 - rho (1 - B))", c,
        fmt::format("{0} / (1 - {1} x (1 - {0}))", num(b_), num(rho)), as_percent(c));
    const double spare = q_.agents - a_;
    const double mean = q_.aht_s / spare;
    add("wait_of_waiting", "mean wait of those who wait", "排队者平均等待",
        "D = handle time / (n - a)", mean,
        fmt::format("{} / ({} - {})", num(q_.aht_s), num(q_.agents), num(a_)), num(mean) + " s");
    add("asa", "mean wait of all (ASA)", "平均应答速度", "ASA = C D", c * mean,
        fmt::format("{} x {}", num(c), num(mean)), num(c * mean) + " s");
    const double level = 1 - c * std::exp(-q_.within_s / mean);
    add("service_level", "answered within T", "T 秒接通率", "1 - C e^(-T / D)", level,
        fmt::format("1 - {} x e^(-{} / {})", num(c), num(q_.within_s), num(mean)),
        as_percent(level));
    const double queue = q_.calls_per_s * c * mean;
    add("queue", "mean number waiting", "平均队长", "Q = calls x ASA", queue,
        fmt::format("{}/s x {} s", num(q_.calls_per_s), num(c * mean)), num(queue));
    add("occupancy", "occupancy", "利用率(话务)", "rho", rho, num(rho), as_percent(rho));
  }

  // With patience or lines: the law of the wait as integrals of e^l(t).
  void integrals() {
    const QueueInput in = formula_input(q_);
    const bool limited = in.lines > 0;
    const double infinity = std::numeric_limits<double>::infinity();
    const WaitLaw law{.arrival_rate = in.arrival_rate,
                      .drain_rate = in.agents * in.service_rate,
                      .spare_rate = std::fma(in.agents, in.service_rate, -in.arrival_rate),
                      .patience_rate = in.patience_rate,
                      .room = limited ? static_cast<double>(in.lines) - in.agents : infinity};
    block_ = outcome_.result.p_block;
    if (limited) blocking();
    if (law.room == 0) {
      nobody_waits();
      return;
    }
    const WaitSides sides = integrate_wait(law, in.within);
    const double left = std::exp(sides.log_mode + sides.log_left);
    const double right = std::exp(sides.log_mode + sides.log_right);
    const double mass = left * sides.left.mass + right * sides.right.mass;
    const double wait = left * sides.left.wait + right * sides.right.wait;
    const double served = left * sides.left.served;
    waiting(law, mass);
    patience(mass, wait);
    levels(mass, served);
  }

  // The first step where calls come again: from here on all calls count, first and repeated.
  void attempts(double attempts_per_s) {
    const QueueResult& r = outcome_.result;
    const Queue::Again& again = q_.again;
    const double first = q_.calls_per_s * 3600, all = attempts_per_s * 3600;
    std::string numbers = fmt::format("{} / (1", num(first));
    std::string formula = "calls = first calls / (1";
    const auto back = [&](double share, double again_share, const char* what) {
      if (share * again_share <= 0) return;
      formula += std::string{" - "} + what;
      numbers += fmt::format(" - {} x {}", num(share), num(again_share));
    };
    back(r.p_served, (1 - q_.fcr) * again.open, "answered x (1 - fcr) x r_open");
    back(r.p_abandon, again.abandoned, "abandoned x r_abandon");
    back(r.p_block, again.blocked, "lost x r_lost");
    add("attempts", "calls and repeated calls an hour", "总呼叫/小时",
        formula + "), the one fixed point: the shares are those of the steps below at these calls",
        all, numbers + ")", num(all) + "/h");
    q_.calls_per_s = attempts_per_s;
    q_.again = {};
    q_.fcr = 1;
  }

  void menu() { has_ports(q_) ? explain_ports(outcome_, steps_) : explain_menu(outcome_, steps_); }
  void general_handle() { explain_handle(outcome_, steps_); }
  void general_patience() { explain_patience(outcome_, b_, steps_); }

 private:
  void add(const char* key, const char* en, const char* zh, std::string formula, double value,
           std::string numbers, std::string shown) {
    steps_.add(key, en, zh, std::move(formula), value, std::move(numbers), std::move(shown));
  }

  void blocking() {
    add("loss", "finds no line", "呼损率(中继)",
        "L(n) = B, L(k) = r L(k-1) / (1 + r L(k-1)), r = calls / (n / handle time + (k - n) / "
        "patience), up to k = lines",
        block_, fmt::format("from {} over {} lines", num(b_), q_.lines), as_percent(block_));
  }

  void nobody_waits() {
    add("occupancy", "occupancy", "利用率(话务)", "a (1 - B) / n", a_ * (1 - b_) / q_.agents,
        fmt::format("{} x (1 - {}) / {}", num(a_), num(b_), num(q_.agents)),
        as_percent(a_ * (1 - b_) / q_.agents));
  }

  void waiting(const WaitLaw& law, double mass) {
    const bool patient = law.patience_rate == 0;
    std::string exponent =
        patient ? "H(t) = calls x t" : "H(t) = calls x patience x (1 - e^(-t / patience))";
    const std::string inside = q_.lines > 0
                                   ? "e^(H(t) - n t / handle time) P(Poisson(H(t)) < lines - n)"
                                   : "e^(H(t) - n t / handle time)";
    add("integral", "integral of the wait", "等待积分",
        "J = integral of " + inside + ", " + exponent, mass,
        fmt::format("calls = {}/s, n / handle time = {}/s", num(law.arrival_rate),
                    num(law.drain_rate)),
        num(mass) + " s");
    const double weight = law.drain_rate * mass;
    const double free = (1 - b_) / b_;
    wait_ = weight / (weight + free) * (1 - block_);
    add("wait", "must wait", "排队概率",
        q_.lines > 0 ? "C = (1 - L) A / (A + (1 - B) / B), A = J n / handle time"
                     : "C = A / (A + (1 - B) / B), A = J n / handle time",
        wait_,
        fmt::format("{3}{0} / ({0} + {1}), A = {2} x {4}", num(weight), num(free), num(mass),
                    block_ > 0 ? num(1 - block_) + " x " : "", num(law.drain_rate)),
        as_percent(wait_));
  }

  void patience(double mass, double wait) {
    const double mean = wait / mass;
    const bool patient = q_.patience_s == kForever;
    add("wait_of_waiting", "mean wait of those who wait", "排队者平均等待",
        patient ? "D = integral of t e^l(t) / J"
                : "D = integral of patience x (1 - e^(-t / patience)) e^l(t) / J",
        mean, fmt::format("{} / {}", num(wait), num(mass)), num(mean) + " s");
    abandon_ = patient ? 0 : wait_ * mean / q_.patience_s;
    if (patient) return;
    add("abandon", "abandon, of all calls", "放弃占全部来电", "Ab = C D / patience", abandon_,
        fmt::format("{} x {} / {}", num(wait_), num(mean), num(q_.patience_s)),
        as_percent(abandon_));
  }

  void levels(double mass, double served) {
    const double of_waiting = served / mass;
    add("served_of_waiting", "of those who wait, answered within T", "排队者 T 秒内接通占比",
        "S = integral from 0 to T of e^(-t / patience) e^l(t) / J", of_waiting,
        fmt::format("{} / {}", num(served), num(mass)), as_percent(of_waiting));
    const double free = 1 - block_ - wait_;
    const double level = (free + wait_ * of_waiting) / (1 - block_);
    add("service_level", "answered within T", "T 秒接通率",
        q_.lines > 0 ? "(1 - L - C + C S) / (1 - L)" : "1 - C + C S", level,
        block_ > 0 ? fmt::format("({0} + {1} x {2}) / {3}", num(free), num(wait_), num(of_waiting),
                                 num(1 - block_))
                   : fmt::format("1 - {0} + {0} x {1}", num(wait_), num(of_waiting)),
        as_percent(level));
    const double answered = 1 - block_ - abandon_;
    const double busy = a_ * answered / q_.agents;
    add("occupancy", "occupancy", "利用率(话务)", "a x answered / n, answered = 1 - L - Ab", busy,
        fmt::format("{} x {} / {}", num(a_), num(answered), num(q_.agents)), as_percent(busy));
  }

  Queue q_;
  const Outcome& outcome_;
  Lang lang_;
  Steps steps_;
  double a_ = 0, b_ = 0, block_ = 0, wait_ = 0, abandon_ = 0;
};

}  // namespace

namespace {

std::vector<Step> explain_model(const Outcome& outcome, Lang lang) {
  Writer writer{outcome, lang};
  const Queue& queue = outcome.queue;
  if (calls_again(queue) && !outcome.endless) writer.attempts(outcome.attempts_per_s);
  writer.load();
  if (outcome.endless) return writer.take();
  if (has_menu(queue)) {
    writer.menu();
    return writer.take();
  }
  writer.erlang_b();
  if (has_general_handle(queue))
    writer.general_handle();
  else if (has_general_patience(queue))
    writer.general_patience();
  else if (has_lines(outcome.queue) || outcome.queue.patience_s < kForever)
    writer.integrals();
  else
    writer.erlang_c();
  return writer.take();
}

}  // namespace

std::vector<Step> explain(const Question& question, const Outcome& outcome, Lang lang) {
  std::vector<Step> steps = explain_model(outcome, lang);
  if (outcome.endless) return steps;
  Steps goals{lang};
  explain_goals(question, outcome, goals);
  for (Step& step : goals.take()) steps.push_back(std::move(step));
  return steps;
}

std::string steps_text(const std::vector<Step>& steps, const Outcome& outcome, Lang lang) {
  std::string out = lang == Lang::kZh
                        ? fmt::format("{:.10g} 名坐席，T = {:g} 秒，逐步计算：\n",
                                      outcome.queue.agents, outcome.queue.within_s)
                        : fmt::format("Step by step, n = {:.10g} agents, T = {:g} s:\n",
                                      outcome.queue.agents, outcome.queue.within_s);
  int number = 0;
  for (const Step& step : steps) {
    out += fmt::format("{:3}. {}{}{}\n     {}\n     = {}\n", ++number, step.name,
                       say(lang, ": ", "："), step.shown, step.formula, step.numbers);
  }
  return out;
}

}  // namespace callmill::calculator
