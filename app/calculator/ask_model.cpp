#include "app/calculator/ask_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/diagnostic.h"

namespace callmill::calculator {

void name_model(const Ask& in, Question& q, std::vector<std::string>& errors) {
  if (in.model.empty()) return;
  const std::vector<std::string> names = {"erlang_b", "erlang_c",    "erlang_a",   "mmnkm",
                                          "mmng",     "mgisrgi_sim", "ivr_trunks", "fcr"};
  std::string asked = in.model;
  for (char& c : asked)
    if (c == '-') c = '_';
  if (asked == "ivr") asked = "ivr_trunks";
  if (asked == "redial") asked = "fcr";
  if (std::find(names.begin(), names.end(), asked) == names.end()) {
    const std::string near = nearest(asked, names);
    errors.push_back(fmt::format("--model: \"{}\" is none of {}{}", in.model,
                                 fmt::join(names, ", "),
                                 near.empty() ? "" : fmt::format("; did you mean {}?", near)));
    return;
  }
  const auto need = [&](const char* model, bool there, const char* options) {
    if (asked == model && !there)
      errors.push_back(fmt::format("--model {}: needs {}", in.model, options));
  };
  const bool patient = in.patience.empty() && in.patience_law.empty();
  need("erlang_c", patient, "callers who never give up: no --patience");
  need("erlang_a", !patient || in.solve == "patience", "--patience");
  need("mmnkm", !in.lines.empty() || in.solve == "lines", "--lines");
  need("mmng", has_general_patience(q.queue), "--patience-law, --balk or --never");
  need("mgisrgi_sim", has_general_handle(q.queue), "--aht-law");
  need("ivr_trunks", has_menu(q.queue), "--ivr-time");
  need("fcr", calls_again(q.queue), "--redial-block, --redial-abandon or --fcr");
  if (asked != "erlang_b") return;
  q.queue.agents_are_lines = true;
  if (!in.lines.empty() || !in.patience.empty() || has_menu(q.queue) || has_general_handle(q.queue))
    errors.push_back(
        "--model erlang_b: lines are --agents, and nobody waits: no --lines, --patience, "
        "--ivr-time, --aht-law (it holds for every law of that mean)");
}

void check_erlang_b(const Question& q, std::vector<std::string>& errors) {
  if (!q.queue.agents_are_lines) return;
  for (const Target& each : q.targets) {
    const std::string_view key = each.what->key;
    if (key == "loss_rate" || key == "occupancy" || key == "service_level_all") continue;
    errors.push_back(
        fmt::format("--model erlang_b: nobody waits or gives up, so that every number of agents "
                    "holds a goal on {}; ask for --loss, or --formula all with --target",
                    key));
  }
}

}  // namespace callmill::calculator
