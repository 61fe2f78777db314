#pragma once
// The reference page of the indicators (docs/reference/kpi.md), made from the table in
// engine/kpi/metric.h.

#include <string>

namespace callmill::cli {

// Markdown: what is counted and when, every indicator with its formula, the intervals, the laws
// that hold. A test compares it with the committed page.
std::string kpi_reference();

}  // namespace callmill::cli
