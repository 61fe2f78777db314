#pragma once
// The same scenario file in another order.

#include <cstdint>
#include <string>
#include <vector>

namespace callmill::test {

// Keys of every map in an order drawn from the tape, and the entries of every list whose order says
// nothing (docs/models/centre.md lists them): the roster, events, outages, breakdowns, days of the
// week. Lists in which the order says something (routes, rules, transfers, steps of time) stay.
std::string reordered(const std::string& yaml, const std::vector<std::uint16_t>& tape);

}  // namespace callmill::test
