#pragma once
// Reads a scenario file into a World: one table declares every field; reading, checking, --set, the
// JSON Schema and the reference page come from it (docs/adr/0004-scenario-reader.md).

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "models/world/world.h"

namespace callmill {

struct ScenarioOptions {
  std::vector<std::string> set;  // "path=value", applied in order after the file's own base + set
  // Fields that can have no effect are read, too, and not refused: for scenarios that a program
  // has written.
  bool idle_fields = false;
};

struct Scenario {
  World world;
  std::string hash;  // 16 hex digits over the resolved scenario and its bulk files: equal inputs,
                     // equal hash
  std::vector<std::string> files;  // every file read, in order
};

// Reads `path` ("-" = stdin), its `base` and its CSV files. Every error at once in `diagnostics`;
// nothing when there is one.
std::optional<Scenario> read_scenario(const std::string& path, const ScenarioOptions& options,
                                      Diagnostics& diagnostics);
// The same for a text that is already here; `name` stands for it in messages, and relative paths
// are relative to its folder. Whatever the bytes, it neither throws nor crashes: fuzzers call this.
std::optional<Scenario> read_scenario_text(const std::string& name, const std::string& text,
                                           const ScenarioOptions& options,
                                           Diagnostics& diagnostics);
// The resolved scenario, all defaults filled in, as YAML that reads back to the same World.
std::string show_scenario(const World& world);
// The hash of a scenario that reads to this World.
std::string scenario_hash(const World& world);
// The same of a text: of what is run beside a scenario.
std::string text_hash(const std::string& text);
// JSON Schema (draft-07) of the scenario file, generated from the same table.
std::string scenario_schema();
// docs/reference/scenario.md, generated from the same table.
std::string scenario_reference();

}  // namespace callmill
