#pragma once
// Chats: contacts without a line, of which an agent may hold several at once.

#include <cstdint>
#include <vector>

namespace callmill {

// Of a group. With k chats open at an agent each goes on at the rate 1 / s(k), so that k chats
// together get k / s(k) of an agent's work done.
struct Chatting {
  std::int64_t at_once = 1;       // most at one agent, [1, kMostChats]
  std::vector<double> slow_down;  // s(1) = 1, s(2), ... s(at_once), not decreasing; empty: all 1
};
inline constexpr std::int64_t kMostChats = 20;

}  // namespace callmill
