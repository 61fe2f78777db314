#pragma once
// What the checks of a World share: where a fault is noted, and how places are spelt. One check_*
// file a subject; contradictions() calls them all.

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "models/world/world.h"

namespace callmill {

// "8h30min", "45s", "0.5s".
std::string in_words(SimDuration d);
// "08:30"
std::string time_in_words(SimDuration after_midnight);

// "queues.service.route"
template <class T>
std::string place(const char* section, const T& entry, const char* key = "") {
  return fmt::format("{}.{}{}{}", section, entry.name, *key == 0 ? "" : ".", key);
}

struct Findings {
  const World& world;
  std::vector<Fault> faults;

  void found(std::string path, std::string code, std::string message, std::string help = "",
             std::vector<std::string> also = {}) {
    faults.push_back(
        {std::move(path), std::move(code), std::move(message), std::move(help), std::move(also)});
  }
  // False, and noted, when the id is of nothing in `all`.
  template <class IdType, class T>
  bool exists(IdType id, const std::vector<T>& all, const std::string& path) {
    if (id.valid() && id.index() < all.size()) return true;
    found(path, "unknown-name", "is not one of the world's");
    return false;
  }
  void check_law(const std::string& path, const Law& law);
  // Whole steps over the day, nothing below 0, and values for every open day.
  void check_profile(const std::string& path, const Profile& profile);
  void check_steps(const std::string& path, SimDuration step, const std::vector<double>& values);
  void check_day_word(const std::string& path, const std::string& word);
  void check_destination(const std::string& path, const Destination& to);
  // A caller type that is no call. check_chats.cpp
  void check_other_channel(const std::string& path, CallerTypeId type);
};

// The fields that send calls, or parties that the centre rings, to the queue:
// "menus.welcome.options.2.to.otherwise.queue". check_chats.cpp
std::vector<std::string> ways_of_calls(const World& world, QueueId queue);

// Whether queue, group, lines, over and lasting fit the indicator. `in_rule`: `lasting` has a use.
void check_condition(Findings& f, const std::string& path, const Condition& condition,
                     bool in_rule = false);

void check_day(Findings& f);
void check_days(Findings& f);
void check_lines(Findings& f);
void check_callers(Findings& f);
void check_resolution(Findings& f);
void check_menus(Findings& f);
void check_messages(Findings& f);
void check_chats(Findings& f);
void check_queues(Findings& f);
// Of one queue; check_queues calls it.
void check_callbacks(Findings& f, const Queue& queue);
void check_groups(Findings& f);
void check_floor(Findings& f);
void check_people(Findings& f);
void check_campaigns(Findings& f);
void check_shifts(Findings& f);
// Pay rules, and shifts against the labour rules.
void check_pay(Findings& f);
void check_tours(Findings& f);
// Limits over shifts, and shrinkage.
void check_limits(Findings& f);
void check_targets(Findings& f);

}  // namespace callmill
