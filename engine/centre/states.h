#pragma once
// What a call and an agent can be doing, and which step may follow which. A step that is not in the
// table aborts the run: no count can be wrong because of a transition that the wall chart does not
// show.
//
//   call, by the line it holds                         agent
//
//          +--------- menu <-+ (next menu, or once more)       +--> talk ----+
//          |            |  \_|                                 |             v
//   free --+---------+--+<-----> self-service --> free   off <-> available   wrap
//     ^    |            |   (served, or goes on)          ^    ^ |           | |
//     |    +-> waiting <+                                 |    | +-> dialling + |
//     |    |     |  \                                     |    +--------------+ |
//     |    v     v   +--> free (abandoned)                +-- aux <-> available |
//     +-- talking <-- (menu)                                  (talk, dialling, wrap end in
//     |      v                                                available, aux or off)
//     +-- survey
//   A group whose phones ring puts `ringing` before talking and before talk; nobody picks up: the
//   call waits again, the agent is in aux; the caller hangs up: free, and the agent goes on. A call
//   whose agent is sent home goes from talking back to waiting. Aux to aux is another code.
//
//   callback, a contact of its own (an agent goes straight from one to the next, or to a caller)
//   free --> planned --> listed --> dialled --> talking --> free
//                 \-> waiting (keeps its place) --^  |     (listed where there is no line)
//                                                    +--> planned (next try), free (failed)
//   chat, by itself (an agent has several at once)
//   free --> waiting --> talking --> after-chat (its customer is gone) --> free
//   number of a list
//   free --> dialled --> waiting (for an agent) --> talking --> free
//               +--> talking (preview), free (no answer)

#include <array>
#include <cstddef>
#include <cstdint>

namespace callmill {

enum class CallState : std::uint8_t {
  kFree,
  kMenu,
  kSelfService,
  kWaiting,
  kTalking,
  kRinging,  // at an agent
  kPlanned,  // a callback whose time has not come
  kListed,   // one that is due
  kDialled,  // the other side's telephone rings
  kSurvey,   // after the talk
  kBacklog,  // a message that waits to be worked off
  kVoicemail,
  kAfterChat  // an agent writes up a chat that is over
};
inline constexpr std::size_t kCallStates = 13;
// What a caller does at the end of a menu's prompt.
enum class MenuAnswer : std::uint8_t { kHangUp, kNoKey, kWrongKey, kKey };
enum class AgentState : std::uint8_t {
  kOff,
  kAvailable,
  kTalk,
  kDialling,
  kWrap,
  kAux,
  kRinging,
  kDesk,
  kChat  // one chat or several
};
inline constexpr std::size_t kAgentStates = 9;

namespace states {

template <class State>
constexpr unsigned bit(State s) {
  return 1u << static_cast<unsigned>(s);
}

inline constexpr std::array<unsigned, kCallStates> kCallSteps = {
    bit(CallState::kMenu) | bit(CallState::kSelfService) | bit(CallState::kWaiting) |
        bit(CallState::kTalking) | bit(CallState::kRinging) | bit(CallState::kPlanned) |
        bit(CallState::kListed) | bit(CallState::kDialled) | bit(CallState::kBacklog),
    bit(CallState::kMenu) | bit(CallState::kSelfService) | bit(CallState::kWaiting) |
        bit(CallState::kTalking) | bit(CallState::kFree) | bit(CallState::kRinging),
    bit(CallState::kMenu) | bit(CallState::kSelfService) | bit(CallState::kWaiting) |
        bit(CallState::kTalking) | bit(CallState::kFree) | bit(CallState::kRinging),
    bit(CallState::kTalking) | bit(CallState::kFree) | bit(CallState::kRinging) |
        bit(CallState::kDialled) | bit(CallState::kVoicemail) | bit(CallState::kListed),
    bit(CallState::kWaiting) | bit(CallState::kTalking) | bit(CallState::kFree) |
        bit(CallState::kRinging) | bit(CallState::kSurvey) |
        bit(CallState::kBacklog) |  // passed on, sent back, or asked
        bit(CallState::kAfterChat),
    bit(CallState::kTalking) | bit(CallState::kWaiting) | bit(CallState::kFree) |
        bit(CallState::kVoicemail),
    bit(CallState::kListed) | bit(CallState::kWaiting),
    bit(CallState::kDialled) | bit(CallState::kTalking),
    bit(CallState::kTalking) | bit(CallState::kPlanned) | bit(CallState::kFree) |
        bit(CallState::kWaiting),
    bit(CallState::kFree),
    bit(CallState::kTalking),
    bit(CallState::kFree),
    bit(CallState::kFree),
};

inline constexpr unsigned kAfterWork =
    bit(AgentState::kAvailable) | bit(AgentState::kAux) | bit(AgentState::kOff) |
    bit(AgentState::kTalk) | bit(AgentState::kRinging) |  // straight to the next caller who waits
    bit(AgentState::kDialling) | bit(AgentState::kChat);  // or to the next callback, or chat
inline constexpr std::array<unsigned, kAgentStates> kAgentSteps = {
    bit(AgentState::kAvailable) | bit(AgentState::kAux) | bit(AgentState::kTalk) |
        bit(AgentState::kRinging) | bit(AgentState::kDialling) | bit(AgentState::kChat),
    bit(AgentState::kTalk) | bit(AgentState::kDialling) | bit(AgentState::kAux) |
        bit(AgentState::kOff) | bit(AgentState::kRinging) | bit(AgentState::kDesk) |
        bit(AgentState::kChat),
    bit(AgentState::kWrap) | kAfterWork,
    bit(AgentState::kWrap) | kAfterWork,
    kAfterWork,
    kAfterWork,
    kAfterWork,
    kAfterWork,
    kAfterWork,
};

}  // namespace states

constexpr bool may_follow(CallState from, CallState to) {
  return (states::kCallSteps[static_cast<std::size_t>(from)] & states::bit(to)) != 0;
}
constexpr bool may_follow(AgentState from, AgentState to) {
  return (states::kAgentSteps[static_cast<std::size_t>(from)] & states::bit(to)) != 0;
}

}  // namespace callmill
