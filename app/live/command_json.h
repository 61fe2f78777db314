#pragma once
// Commands as JSON (docs/models/live.md), the same on the wire and in the journal:
//   {"do":"agents","group":"enquiries","by":3,"note":"..."}
// Durations are texts as in a scenario ("15min", "1h30min"); other numbers have 12 significant
// digits.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/live/command.h"

namespace callmill::live {

// Every error at once, each with its pointer; nothing when there is one. Whatever the bytes, it
// neither throws nor crashes. Whether names exist is LiveCentre::check()'s to say; `partly`: of a
// command with errors what could be read, so that check() can say the rest at once. None where not
// even the kind of command is known.
std::optional<Command> command_from_json(std::string_view text, std::vector<CommandError>& errors,
                                         std::optional<Command>* partly = nullptr);
// "with" of a request: an array of commands; pointers begin with the item ("/0/group").
std::optional<std::vector<Command>> commands_from_json(std::string_view text,
                                                       std::vector<CommandError>& errors);
// Keys that stand twice in one object of the text: an error each, with its places.
void add_double_keys(std::string_view json, std::vector<CommandError>& errors);
// One line; reads back to the same command.
std::string command_json(const Command& command);
// [{"pointer":...,"code":...,"detail":...,"detail_zh":...,"expected":...,"expected_zh":...,
// "nearest":...}], as in problem+json.
std::string errors_json(const std::vector<CommandError>& errors);

}  // namespace callmill::live
