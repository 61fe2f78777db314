#pragma once
// Questions as typed, for the tests of the calculator's answers.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "app/calculator/ask.h"
#include "app/calculator/caveats.h"

namespace callmill::calculator {

inline Question question(const Ask& ask) {
  std::vector<std::string> errors;
  const auto q = read_question(ask, errors);
  for (const std::string& error : errors) FAIL_CHECK(error);
  REQUIRE(q);
  return *q;
}

inline std::vector<std::string> errors_of(const Ask& ask) {
  std::vector<std::string> errors;
  CHECK_FALSE(read_question(ask, errors));
  return errors;
}

inline Ask hotline() {
  Ask ask;
  ask.calls = "1200/h";
  ask.aht = "180s";
  ask.patience = "120s";
  return ask;
}

inline Outcome chosen(const Ask& ask) {
  const Answer found = answer(question(ask));
  REQUIRE(found.feasible);
  return found.rows[found.chosen].outcome;
}

inline double figure(const Outcome& outcome, const char* key) {
  return value_of(*find_indicator(key), outcome);
}

inline double solved(const Ask& ask) {
  const Question q = question(ask);
  const Answer found = answer(q);
  REQUIRE(found.feasible);
  CHECK(found.met());
  return get(found.rows[found.chosen].outcome.queue, *q.solve);
}

// Whether the targets hold with another value of the unknown.
inline bool met_at(const Ask& ask, double value) {
  const Question q = question(ask);
  Queue queue = q.queue;
  set(queue, *q.solve, value);
  const auto outcome = evaluate(queue);
  return outcome && holds(q.targets, *outcome);
}

inline std::vector<std::string> codes(const Question& q) {
  std::vector<std::string> out;
  for (const Caveat& each : caveats(q, answer(q), Lang::kEn)) out.push_back(each.code);
  return out;
}

inline bool contains(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace callmill::calculator
