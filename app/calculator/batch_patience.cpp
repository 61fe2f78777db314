// General patience, lines with a menu, and calls that come again, row by row.

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "app/calculator/batch_models.h"
#include "models/chains/ivr_ports.h"
#include "models/queueing/general_patience.h"
#include "models/queueing/ivr_trunks.h"
#include "models/queueing/repeat_calls.h"

namespace callmill::calculator {
namespace {

// "[4.7978, 0.889]".
std::optional<std::vector<double>> numbers(std::string_view text) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::vector<double> out;
  while (true) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
    out.push_back(value);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty()) return out;
    if (text.front() != ',') return std::nullopt;
    text.remove_prefix(1);
  }
}

struct Family {
  std::string_view name, params;
  std::size_t count;
  Law (*law)(const std::vector<double>&);
};
// The families of tests/golden/mmng.csv, and what their params are.
constexpr Family kFamilies[] = {
    {"exp", "[rate]", 1,
     [](const std::vector<double>& p) -> Law { return ExponentialLaw{1 / p[0]}; }},
    {"det", "[value]", 1, [](const std::vector<double>& p) -> Law { return ConstantLaw{p[0]}; }},
    {"unif", "[low, high]", 2,
     [](const std::vector<double>& p) -> Law {
       return UniformLaw{p[0], p[1]};
     }},
    {"weibull", "[shape, scale]", 2,
     [](const std::vector<double>& p) -> Law {
       return WeibullLaw{p[1], p[0]};
     }},
    {"gamma", "[shape, scale]", 2,
     [](const std::vector<double>& p) -> Law {
       return GammaLaw{p[0] * p[1], p[0]};
     }},
    {"hyper2", "[share, rate, rate]", 3,
     [](const std::vector<double>& p) -> Law {
       return HyperexponentialLaw{{p[0], 1 - p[0]}, {1 / p[1], 1 / p[2]}};
     }},
    // Mean and sd of the logarithm.
    {"lognorm", "[log mean, log sd]", 2,
     [](const std::vector<double>& p) -> Law {
       const double mean = std::exp(p[0] + 0.5 * p[1] * p[1]);
       return LognormalLaw{mean, mean * std::sqrt(std::expm1(p[1] * p[1]))};
     }},
};

std::optional<Law> read_law(BatchReader& row) {
  const std::string name = row.text("family");
  std::string known;
  for (const Family& family : kFamilies) {
    known += fmt::format("{}{} {}", known.empty() ? "" : ", ", family.name, family.params);
    if (family.name != name) continue;
    const auto params = numbers(row.text("params"));
    if (!params || params->size() != family.count) {
      row.error(
          "params", "law",
          fmt::format("params of {} are {}, not \"{}\"", name, family.params, row.text("params")));
      return std::nullopt;
    }
    Law law = family.law(*params);
    const std::string wrong = fault(law);
    if (wrong.empty()) return law;
    row.error("params", "law", "is not a law: " + wrong);
    return std::nullopt;
  }
  row.error("family", "law", fmt::format("there is no family \"{}\"", name), "one of " + known);
  return std::nullopt;
}

std::vector<double> patience_values(const PatienceQueueInput& in) {
  const QueueResult r = solve_patience_queue(in);
  return {in.arrival_rate / (in.agents * in.service_rate),
          r.p_wait,
          r.p_nowait,
          r.p_wait * in.patience.balks,
          r.p_abandon,
          r.p_served,
          r.mean_queue,
          r.mean_busy,
          r.occupancy,
          r.mean_wait_offered,
          r.mean_wait_served,
          r.mean_wait_abandoned,
          r.p_offered_wait_gt,
          r.p_wait_gt,
          r.p_served_gt,
          r.p_abandon_gt,
          r.p_served_le,
          r.p_abandon_le,
          r.sl_offered,
          r.sl_answered,
          r.sl_excl_short_abandon,
          r.sl_abandon_ok};
}

BatchJob read_patience(BatchReader& row) {
  PatienceQueueInput in;
  in.agents = row.positive("n");
  in.arrival_rate = row.positive("lam");
  in.service_rate = row.positive("mu");
  in.within = row.not_negative("t");
  in.patience.law = read_law(row);
  in.patience.balks = row.given("p0") ? row.share("p0") : 0;
  in.patience.never_leaves = row.given("pinf") ? row.share("pinf") : 0;
  return [in] { return patience_values(in); };
}

// Ports that cannot run out before the lines do are no limit, and leave the product form.
bool few_ports(const IvrTrunksInput& in) {
  return in.ports > 0 && in.ports < in.lines;
}

std::vector<double> ivr_values(const IvrTrunksInput& in) {
  const IvrTrunksResult r = few_ports(in) ? solve_ivr_ports(in) : solve_ivr_trunks(in);
  return {r.p_block,          r.mean_menu,  r.mean_busy,    r.occupancy,
          r.mean_queue,       r.mean_lines, r.request_rate, r.p_nowait,
          r.p_wait,           r.p_abandon,  r.p_served,     r.mean_wait,
          r.mean_wait_served, r.sl_offered, r.sl_answered,  r.sl_excl_short_abandon,
          r.sl_abandon_ok,    r.p_wait_gt,  r.connect_rate, r.answered_over_offered};
}

BatchJob read_ivr(BatchReader& row) {
  const std::size_t before = row.errors();
  IvrTrunksInput in;
  in.arrival_rate = row.positive("lam");
  in.menu_rate = row.positive("ivr_rate");
  in.p_agent = row.share("p_agent");
  const auto whole = [&](const char* column, double least) {
    const double value = row.whole(column, least);
    return std::isnan(value) ? std::int64_t{1} : static_cast<std::int64_t>(value);
  };
  in.agents = whole("S", 1);
  in.lines = whole("N", 0);
  if (row.given("ports")) in.ports = whole("ports", 1);
  in.service_rate = row.positive("mu");
  in.patience_rate = row.not_negative("theta");
  in.within = row.not_negative("t");
  if (row.errors() == before && few_ports(in)) {
    const std::string wrong = fault_of_ivr_ports(in);
    if (!wrong.empty()) row.error("ports", "model", wrong);
  }
  return [in] { return ivr_values(in); };
}

std::vector<double> repeat_values(const RepeatInput& in) {
  const RepeatResult r = solve_repeat_calls(in);
  if (r.roots == 0) return std::vector<double>(14, std::numeric_limits<double>::quiet_NaN());
  const QueueResult& q = r.queue;
  return {r.total_rate,       r.inflation,  r.repeat_share, r.resolved_share,       q.p_block,
          q.p_wait,           q.p_abandon,  q.p_served,     q.mean_queue,           q.occupancy,
          q.mean_wait_served, q.sl_offered, q.sl_answered,  q.sl_excl_short_abandon};
}

BatchJob read_repeat(BatchReader& row) {
  RepeatInput in;
  in.queue.arrival_rate = row.positive("lam0");
  in.queue.service_rate = row.positive("mu");
  in.queue.patience_rate = row.not_negative("theta");
  in.queue.within = row.not_negative("t");
  in.queue.agents = row.whole("n", 1);
  const double lines = row.whole("K", 1);
  if (lines < in.queue.agents)
    row.error("K", "range", fmt::format("K is {}; must be >= n = {}", lines, in.queue.agents));
  if (!std::isnan(lines)) in.queue.lines = static_cast<std::int64_t>(lines);
  in.fcr = row.share("fcr");
  in.r_unresolved = row.share("r_unresolved");
  in.r_abandon = row.share("r_ab");
  in.r_block = row.share("r_block");
  return [in] { return repeat_values(in); };
}

}  // namespace

std::vector<BatchModel> patience_models() {
  return {
      {"mmng",
       "",
       {"family", "params"},
       {"rho",        "p_wait",      "p_nowait",
        "p_balk",     "p_ab",        "p_served",
        "EQ",         "Ebusy",       "occ",
        "EW_offered", "EW_served",   "EW_ab",
        "P_V_gt",     "P_W_gt",      "P_served_gt",
        "P_ab_gt",    "P_served_le", "P_ab_le",
        "SL_offered", "SL_answered", "SL_excl_short_ab",
        "SL_ab_ok"},
       read_patience},
      {"ivr_trunks",
       "",
       {"ivr_rate", "p_agent", "S", "N"},
       {"p_block",
        "E_ivr",
        "E_busy",
        "occ",
        "EQ",
        "E_trunks",
        "req_rate",
        "p_nowait",
        "p_wait",
        "p_ab",
        "p_served",
        "EW",
        "EW_served",
        "SL_req",
        "SL_answered",
        "SL_excl_short_ab",
        "SL_ab_ok",
        "P_W_gt",
        "connect_rate_entry",
        "agent_answered_over_offered"},
       read_ivr},
      {"fcr",
       "",
       {"lam0", "fcr", "r_unresolved"},
       {"lam_tot", "inflation", "repeat_frac", "resolved_per_fresh", "p_block", "p_wait", "p_ab",
        "p_served", "EQ", "occ", "EW_served", "SL_offered", "SL_answered", "SL_excl_short_ab"},
       read_repeat}};
}

}  // namespace callmill::calculator
