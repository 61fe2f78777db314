#pragma once
// Instances of schedulingbenchmarks.org ("Shift Scheduling Problem Instances", Curtois and Qu 2014)
// as text: sections of comma-separated lines.
//
//   SECTION_HORIZON        days; the first is a Monday
//   SECTION_SHIFTS         name, minutes, names that cannot follow, separated by |
//   SECTION_STAFF          name, name=most|..., most and least minutes, most and least days in a
//                          row, least days off in a row, most weekends
//   SECTION_DAYS_OFF       name, days from 0
//   SECTION_SHIFT_ON_REQUESTS, SECTION_SHIFT_OFF_REQUESTS    name, day, shift, weight
//   SECTION_COVER          day, shift, heads, weight of one too few, of one too many

#include <string>
#include <string_view>
#include <vector>

#include "models/roster/roster.h"

namespace callmill {

struct BenchmarkText {
  RosterProblem problem;
  std::vector<std::string> errors;  // "line 12: no shift X"; all at once
};

// Whether the text has such sections.
bool is_benchmark_text(std::string_view text);
// Whatever the bytes, it neither throws nor crashes. Without errors the problem has no faults.
BenchmarkText read_benchmark_text(std::string_view text);

}  // namespace callmill
