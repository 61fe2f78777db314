#pragma once
// The instances of planning that lie beside the project (data/staffing), where they do.

#include <optional>
#include <string>
#include <vector>

#include "models/cover/cover.h"
#include "models/shift_design/shift_design.h"
#include "models/tours/tours.h"

namespace callmill::bench {

// `data` is the folder that holds day96, week96, ...; nothing where the file is absent. `number`
// counts lines from 0: peaks of 50, 500 and 5,000 agents.
std::optional<CoverProblem> day96(const std::string& data, int number);
std::optional<TourProblem> week96(const std::string& data, int number);

// The instances of shift design in MiniZinc's format, e.g. "DataSet1/RandomExample1.dzn".
std::optional<ShiftDesignProblem> shift_design(const std::string& data, const std::string& name);

// Textbook problems as covers: "winston_post_office", "hillier_lieberman_union_airways",
// "ctu_call_center".
std::optional<CoverProblem> textbook(const std::string& data, const std::string& name);

}  // namespace callmill::bench
