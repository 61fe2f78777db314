#pragma once
// A World made ready to run: names are indices, laws are tables, staff is a sorted list of changes.
// Immutable; every replication, fork and thread reads the same one.
//
// Cost to make: milliseconds (tables of the laws). Memory: the tables, about 100 kB a law, and the
// roster.

#include <cstdint>
#include <vector>

#include "base/random/sampler.h"
#include "engine/calendar/calendar.h"
#include "engine/centre/states.h"
#include "models/world/world.h"

namespace callmill {

// Where a call goes next; index is a queue or a menu, time a self-service law.
struct Step {
  Destination::Kind kind = Destination::Kind::kHangUp;
  std::uint32_t index = 0;
};

// Arrivals at a constant rate until `end`.
struct RateSegment {
  SimTime end;
  double mean_gap_us = 0;  // infinity when no one calls
};

struct CallerTypePlan {
  std::vector<RateSegment> rate;
  std::uint32_t trunks = 0;
  Step enters;
  std::uint32_t priority_class = 0;  // 0 is answered first
  bool has_patience = false;
  bool has_wrap = false;
  bool has_talk_factor = false;
  bool redials = false;
  double balk = 0;
  Sampler patience, talk, wrap;
  SimDuration talk_factor_step{};
  std::vector<double> talk_factor;
  double redial_after_block = 0, redial_after_abandon = 0;
  std::uint32_t max_attempts = 1;
  Sampler redial_delay;
};

struct MenuPlan {
  Sampler prompt;
  double hang_up = 0;
  std::vector<double> cumulative;  // of option shares; the last is 1
  std::vector<Step> options;       // kSelfService: index into Blueprint::self_service
};

struct QueuePlan {
  SimDuration answer_within{};
  std::vector<std::uint32_t> route_group;
  std::vector<SimDuration> route_after;
};

// A wait list that an agent may take from, once its head has waited `after`.
struct Source {
  std::uint32_t wait_list = 0;
  bool last_of_rank =
      true;  // ranks are looked through in order; within one the longest waiting first
  SimDuration after{};
};

struct GroupPlan {
  std::uint32_t first_agent = 0, agents = 0;
  std::vector<Source> sources;  // rank by rank
  bool dials = false;
  double reached = 0;
  Sampler pause, dial_talk, dial_wrap;
};

struct DutyChange {
  SimTime at;
  std::uint32_t agent = 0;
  Duty duty = Duty::kOff;
};

struct Blueprint {
  SimDuration horizon{};  // arrivals and staff changes stop here; the calls in the centre are then
                          // served out
  SimDuration interval{};
  std::uint32_t intervals = 0;
  std::uint32_t first_counted = 0;  // interval; those before are warm-up
  double busyness_cv = 0;
  Sampler unit_exponential;

  std::vector<std::uint32_t> first_line;  // per trunk group, plus the total at the end
  std::vector<CallerTypePlan> types;
  std::vector<MenuPlan> menus;
  std::vector<Sampler> self_service;
  std::vector<QueuePlan> queues;
  std::uint32_t priority_classes = 1;  // wait list = queue * priority_classes + class
  std::vector<GroupPlan> groups;
  std::vector<std::uint32_t> group_of_agent;
  std::vector<DutyChange> changes;  // by (at, agent)

  // Calendar slots: caller types, staff changes, redials, agents, lines. Set by make_blueprint, for
  // they are asked for at every event.
  Calendar::Slot first_agent_slot = 0, first_line_slot = 0;
  Calendar::Slot duty_slot() const { return first_agent_slot - 2; }
  Calendar::Slot redial_slot() const { return first_agent_slot - 1; }
  Calendar::Slot agent_slot(std::uint32_t agent) const { return first_agent_slot + agent; }
  Calendar::Slot line_slot(std::uint32_t line) const { return first_line_slot + line; }
  std::uint32_t agents() const { return static_cast<std::uint32_t>(group_of_agent.size()); }
  std::uint32_t lines() const { return first_line.back(); }
  std::uint32_t wait_lists() const {
    return static_cast<std::uint32_t>(queues.size()) * priority_classes;
  }
};

// `world` must have no faults(); aborts otherwise.
Blueprint make_blueprint(const World& world);

}  // namespace callmill
