#pragma once
// From the texts of the command line to a question: every error at once, each with the nearest
// right thing.

#include <optional>
#include <string>
#include <vector>

#include "app/calculator/question.h"

namespace callmill::calculator {

// As typed; empty = not given.
struct Ask {
  std::string calls, aht, patience, agents, lines, loss, within, formula, interval, solve;
  std::string answer_rate, abandon, asa, occupancy;
  std::vector<std::string> target, wait_over, table, show;
  std::string patience_law, aht_law, balk, never, ivr_time, ports, agent_share;
  std::string redial_block, redial_abandon, redial_open, fcr, model, agent_cost, line_cost,
      requirement, per;
  bool fractional = false, sensitivity = false, explain = false;
};

// Nothing where `errors` (one line each) is not empty afterwards.
std::optional<Question> read_question(const Ask& ask, std::vector<std::string>& errors);
// The parts of a question that every interval of a day shares; its rows bring the calls.
Question read_day_question(const Ask& ask, std::vector<std::string>& errors);

// "agents=40..60", "agents=40..60:2", "calls=1000/h..2000/h:100/h" (units may stand at the end
// only).
std::optional<Axis> parse_axis(std::string_view text, std::string& why);

}  // namespace callmill::calculator
