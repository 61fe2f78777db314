#pragma once
// Commands against a live centre: what is wrong with them, and how they are carried out.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/live/live_centre.h"

namespace callmill::live {

// Collects what is wrong with one command.
class Faults {
 public:
  void add(std::string field, std::string detail, std::string expected = {},
           std::string nearest = {});
  // The index of `name`, or none and an error.
  std::optional<std::uint32_t> find(const std::vector<std::string>& names, const std::string& name,
                                    const std::string& field, const std::string& kind);
  bool none() const { return errors_.empty(); }
  std::vector<CommandError> take() { return std::move(errors_); }

 private:
  std::vector<CommandError> errors_;
};

// Names as indices.
struct Meant {
  std::uint32_t group = 0, to = 0, queue = kOfAll, trunks = 0, step = 0;
  std::vector<char> types;
};

// order_actions.cpp: what a rule by hand does for a command that has one.
ActionPlan action_of(const Command& command, const Meant& meant, const Blueprint& plan);
bool has_rule(Command::Kind kind);

// Commands on a LiveCentre; the only one beside it who changes its parts.
class Orders {
 public:
  explicit Orders(LiveCentre& live) : live_{live} {}
  // Names and numbers, against what the centre is now.
  static std::vector<CommandError> check(const LiveCentre& live, const Command& command);
  // `command` must have passed check().
  void carry_out(const Command& command, std::uint64_t seq);

 private:
  void change_plan(std::shared_ptr<const Blueprint> base);
  void give_rule(const Command& command, const Meant& meant, std::uint64_t seq);
  void end(std::uint64_t seq);
  void set(const Command& command);
  LiveCentre& live_;
};

// The world's plan with what is in force by hand.
std::shared_ptr<const Blueprint> plan_by_hand(const Blueprint& base, const Hand& hand);
// The slot that a command could have; none: all are in force.
std::optional<std::size_t> free_slot(const LiveCentre& live);
std::uint32_t rule_of(const Blueprint& plan, std::size_t slot);
// How many of the group a command could bring, send home, move elsewhere, call in, and how many of
// it are on a break.
std::uint32_t can_bring(const LiveCentre& live, std::uint32_t group);
std::uint32_t can_leave(const LiveCentre& live, std::uint32_t group);
std::uint32_t can_move(const LiveCentre& live, std::uint32_t group, std::uint32_t to);
std::uint32_t can_call_in(const LiveCentre& live, std::uint32_t group);
std::uint32_t on_break(const LiveCentre& live, std::uint32_t group);
// The commands by hand that are in force: their numbers.
std::vector<std::uint64_t> in_force(const LiveCentre& live);

}  // namespace callmill::live
