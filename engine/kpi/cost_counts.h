#pragma once
// Amounts of money, in the scenario's currency, of the whole centre.

#include <array>
#include <cstdint>

namespace callmill {

// Per interval. Wages follow the time that agents are signed in before closing, extra time apart,
// which has a price of its own; line rent is spread evenly over the intervals; lists are checked in
// the first counted one; lost callers count where they first rang, revenue where the call arrived.
enum class CostCount : std::uint8_t {
  kWages,
  kExtraTime,
  kLines,
  kCallMinutes,
  kLost,
  kFilter,
  kRevenue,
  kAnswered,  // contacts, each once
  kSize
};

// What adds up to the cost of a day. A new component is a CostCount and a line here.
inline constexpr std::array kCostParts = {CostCount::kWages, CostCount::kExtraTime,
                                          CostCount::kLines, CostCount::kCallMinutes,
                                          CostCount::kLost,  CostCount::kFilter};

}  // namespace callmill
