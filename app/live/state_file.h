#pragma once
// A centre's state as a file: JSON that a supervisor, a script or `run --save-state` writes and
// `--from-state` reads. docs/reference/live-events.md has every field. YAML is read as well.
//
//   { "at": "11:00",
//     "waiting": [{"queue": "general", "since": "10:58:13"}],
//     "talks": [{"group": "agents", "queue": "general", "since": "10:51"}],
//     "groups": {"agents": {"available": 0, "aux": 2}},
//     "so_far": [{"from": "08:00", "calls": 52, "queues": {"general": {"offered": 52, ...}}}] }

#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "engine/live/situation.h"
#include "models/world/world.h"

namespace callmill {

struct StateFile {
  std::string at;  // "11:00", as in the file
  live::Situation situation;
};

// `path` "-" is standard input. Names are those of the world. Every error at once, with the nearest
// right name; none returned then.
std::optional<StateFile> read_state(const std::string& path, const World& world,
                                    Diagnostics& diagnostics);
std::optional<StateFile> read_state_text(const std::string& name, const std::string& text,
                                         const World& world, Diagnostics& diagnostics);

// Reads back to the same situation, but for fractions of a second.
std::string state_file(const World& world, const live::Situation& situation);

}  // namespace callmill
