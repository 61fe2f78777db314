#pragma once
// Exact steady state of a small centre with several caller types and groups, by its Markov chain:
// an oracle that shares no code with the engine.
//
// Poisson arrivals by class, exponential talk (mean by class), exponential patience, FIFO within a
// class. An arrival takes an idle agent of the first group of `pref` that has one, else waits (lost
// where the queue is full: choose the room so that it never matters). An agent who becomes free
// takes the head of the first class of `take` that waits. An idle agent of a group that dials
// starts an outbound call after an exponential pause.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <vector>

#include "models/chains/skills.h"

namespace callmill::test {

struct ChainSpec {
  struct Class {
    double rate, mu, theta;
    int room;
    std::vector<std::size_t> pref;
  };
  struct Group {
    int agents;
    std::vector<std::size_t> take;
    double dial_rate = 0, dial_mu = 0;  // 0: does not dial
  };
  std::vector<Class> classes;
  std::vector<Group> groups;
};

inline SkillsResult solve(const ChainSpec& from) {
  CentreSpec spec;
  for (const ChainSpec::Class& k : from.classes) {
    CentreSpec::Class to;
    to.rate = k.rate;
    to.patience_rate = k.theta;
    to.queue = spec.queues.size();
    to.prefer = k.pref;
    spec.classes.push_back(to);
    spec.queues.push_back(k.room);
    std::vector<CentreSpec::Skill>& skills = spec.skills.emplace_back(from.groups.size());
    for (const std::size_t g : k.pref) skills[g].rate = k.mu;
  }
  for (const ChainSpec::Group& g : from.groups) {
    spec.groups.push_back({g.agents, g.take, {}});
    if (g.dial_rate > 0)
      spec.groups.back().outbound = CentreSpec::Outbound{g.dial_mu, g.dial_rate, 0, false};
  }
  const std::vector<double> at_once(spec.classes.size(), 0.0);
  REQUIRE(fault(spec, at_once).empty());
  return *solve_skills(spec, at_once);
}

}  // namespace callmill::test
