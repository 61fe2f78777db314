#pragma once
// The planner's answer of `callmill erlang`: how many agents and lines, and the indicators there
// and beside it.

#include <optional>
#include <string>
#include <vector>

#include "app/report/lang.h"
#include "models/queueing/erlang.h"

namespace callmill::calculator {

struct ErlangQuestion {
  QueueInput queue;  // per second; agents 0 = to be found; within = T
  std::vector<Goal> goals;
  bool size_lines = false;  // find the fewest lines with p_block <= loss
  double loss = 0;
};

struct ErlangRow {
  double agents = 0;
  std::int64_t lines = 0;  // 0 = no limit
  QueueResult result;
};

struct ErlangAnswer {
  bool feasible = false;        // some number of agents (and lines) meets every goal
  bool met = false;             // the answer row does
  std::size_t chosen = 0;       // index of the answer in rows
  std::vector<ErlangRow> rows;  // one fewer, the answer, one more
};
ErlangAnswer answer(const ErlangQuestion& question);

// Text for people; JSON (one object, never NaN or infinity: null); CSV (a header and one line a
// row, shares 0 to 1).
std::string as_text(const ErlangQuestion& question, const ErlangAnswer& answer, Lang language);
std::string as_json(const ErlangQuestion& question, const ErlangAnswer& answer);
std::string as_csv(const ErlangQuestion& question, const ErlangAnswer& answer);

}  // namespace callmill::calculator
