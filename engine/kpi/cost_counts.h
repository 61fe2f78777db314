#pragma once
// Amounts of money, in the scenario's currency, of the whole centre.

#include <array>
#include <cstdint>

namespace callmill {

// Per interval. Wages follow the time that agents are signed in before closing; line rent is spread
// evenly over the intervals; lost callers count where they first rang, revenue where the call
// arrived.
enum class CostCount : std::uint8_t {
  kWages,
  kLines,
  kCallMinutes,
  kLost,
  kRevenue,
  kAnswered,  // calls, for costs per call
  kSize
};

// What adds up to the cost of a day. A new component is a CostCount and a line here.
inline constexpr std::array kCostParts = {CostCount::kWages, CostCount::kLines,
                                          CostCount::kCallMinutes, CostCount::kLost};

}  // namespace callmill
