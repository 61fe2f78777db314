#pragma once
// Parts of the documents that more than one of them has. Internal to the room.

#include <array>
#include <string>
#include <string_view>

#include "app/report/json.h"
#include "engine/live/figures.h"
#include "engine/live/fork_ahead.h"

namespace callmill::live {

struct AgentStateName {
  AgentState state;
  std::string_view key;
};
inline constexpr std::array<AgentStateName, kAgentStates> kAgentStateNames{
    {{AgentState::kOff, "off"},
     {AgentState::kAvailable, "available"},
     {AgentState::kRinging, "ringing"},
     {AgentState::kTalk, "talk"},
     {AgentState::kWrap, "wrap"},
     {AgentState::kDialling, "dial"},
     {AgentState::kChat, "chat"},
     {AgentState::kDesk, "desk"},
     {AgentState::kAux, "aux"}}};

// {"offered":..,...}
void write_figures(JsonWriter& out, const Figures& figures);
// Keys of engine/kpi as the documents have them: "asa" is "asa_s".
std::string_view figure_key(std::string_view metric);
// {"metric":{mean,low,high,p10,p90},...}
void write_bands(JsonWriter& out, const std::vector<Band>& bands);
void write_commands(JsonWriter& out, const std::vector<Command>& commands);

}  // namespace callmill::live
