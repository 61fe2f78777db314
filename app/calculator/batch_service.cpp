// Handle times of any law, row by row: one measure a row, as mgisrgi_sim.csv has it.

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "app/calculator/batch_models.h"
#include "models/queueing/general_service.h"

namespace callmill::calculator {
namespace {

struct NamedValue {
  std::string_view name;
  double QueueResult::*value;
};
constexpr std::array kValues = {
    NamedValue{"EQ", &QueueResult::mean_queue},
    NamedValue{"VarQ", &QueueResult::var_queue},
    NamedValue{"EW_ab", &QueueResult::mean_wait_abandoned},
    NamedValue{"EW_served", &QueueResult::mean_wait_served},
    NamedValue{"Ebusy", &QueueResult::mean_busy},
    NamedValue{"SL_answered", &QueueResult::sl_answered},
    NamedValue{"SL_offered", &QueueResult::sl_offered},
    NamedValue{"p_ab", &QueueResult::p_abandon},
    NamedValue{"p_block", &QueueResult::p_block},
    NamedValue{"p_nowait", &QueueResult::p_nowait},
};

// A law by family, mean and parameter: phases of erl, squared coefficient of variation of ln and
// h2 (two exponentials of balanced means).
Law read_law(BatchReader& row, const std::string& of) {
  const std::string family = row.text(of);
  const double mean = row.positive(of + "_mean");
  if (family == "exp") return ExponentialLaw{mean};
  if (family == "det") return ConstantLaw{mean};
  const std::string parameter = of + "_par";
  if (family == "erl") return GammaLaw{mean, row.whole(parameter, 1)};
  if (family == "ln") return LognormalLaw{mean, mean * std::sqrt(row.positive(parameter))};
  if (family == "h2") {
    const double square = row.number(parameter, 1, true);
    const double share = 0.5 * (1 + std::sqrt((square - 1) / (square + 1)));
    return HyperexponentialLaw{{share, 1 - share}, {mean / (2 * share), mean / (2 * (1 - share))}};
  }
  row.error(of, "law", fmt::format("there is no family \"{}\"", family),
            "one of exp, det, erl, ln, h2");
  return ExponentialLaw{1};
}

const NamedValue* read_measure(BatchReader& row) {
  const std::string name = row.text("measure");
  std::string known;
  for (const NamedValue& value : kValues) {
    if (value.name == name) return &value;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", value.name);
  }
  row.error("measure", "measure", fmt::format("there is no measure \"{}\"", name),
            "one of " + known);
  return &kValues[0];
}

BatchJob read_service(BatchReader& row) {
  ServiceQueueInput in;
  in.agents = row.whole("s", 1);
  const double waiting = row.whole("r", 0);
  if (!std::isnan(in.agents) && !std::isnan(waiting))
    in.lines = static_cast<std::int64_t>(in.agents + waiting);
  in.arrival_rate = row.positive("lam");
  in.handle = read_law(row, "service");
  in.patience.law = read_law(row, "patience");
  in.within = row.not_negative("t");
  const NamedValue* measure = read_measure(row);
  return [in, measure] { return std::vector<double>{approximate_queue(in).*measure->value}; };
}

}  // namespace

std::vector<BatchModel> service_models() {
  return {{"mgisrgi_sim",
           "",
           {"s", "r", "service", "patience", "measure"},
           {"approximate"},
           read_service}};
}

}  // namespace callmill::calculator
