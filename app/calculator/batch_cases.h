#pragma once
// callmill erlang --batch on JSON: cases with structure of their own, an object by name.
//
//   skills   tests/golden/skills_cases.json: classes, groups, mu, pref, take, reserve, qmin, out, t
//            out: case, measure, value
//   tv       tests/golden/tv_scenarios.json: K, mu, theta, policy (named, anon, preempt), T, k0,
//            intervals of [from, to, calls, agents]
//            out: scenario, interval, t0, t1, lam, n and the columns of tv_intervals.csv

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace callmill::calculator {

// Whether a batch is JSON: its first character that is no blank is a brace.
bool is_json(std::string_view text);
// CSV, or nothing and every error. `model`: skills or tv, "" = what the keys of the cases tell.
std::optional<std::string> solve_cases(std::string_view json, const std::string& name,
                                       const std::string& model, Diagnostics& diagnostics,
                                       std::vector<std::string>* used = nullptr);

}  // namespace callmill::calculator
