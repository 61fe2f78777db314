#pragma once
// Recorded days of the Anonymous Bank (Technion, 1999), where they lie beside the project, and the
// scenario that could be foreseen for each in the evening before.

#include <array>
#include <map>
#include <string>
#include <vector>

#include "engine/live/twin.h"
#include "models/world/world.h"

namespace callmill::test {

inline constexpr int kOpens = 7, kCloses = 24, kHours = kCloses - kOpens;

// A real call of the day, times in seconds after midnight.
struct RealCall {
  double entered = 0, wait = 0, talk = 0;
  bool served = false;
  std::string id, agent;
};

struct RealDay {
  std::string date;
  bool clean = false;
  std::array<double, 24> offered{}, service{};  // calls; mean of the served, seconds
  std::array<double, 4 * 24> agents{};          // by quarter
  std::vector<RealCall> calls;
  double total() const {
    double sum = 0;
    for (int h = kOpens; h < kCloses; ++h) sum += offered[static_cast<std::size_t>(h)];
    return sum;
  }
};

using Days = std::map<std::string, RealDay>;

// Empty where the data are not there.
Days read_days(const std::vector<const char*>& months);

// The survival curve of patience as hazards of half minutes.
HazardLaw recorded_patience();

// The clean working days before it, at most 15.
std::vector<const RealDay*> days_before(const Days& days, const RealDay& today);

// How far the calls from that hour on strayed from what those before it said, on these days, beyond
// chance; as a cv.
double rest_cv(const std::vector<const RealDay*>& days, int hour);

// The day as it could be foreseen in the evening before: the mean of the clean days before it, each
// with its share; the staff of the day.
World foreseen(const Days& days, const RealDay& today, const HazardLaw& patience_law);

std::vector<live::FloorEvent> events_of(const RealDay& day);

}  // namespace callmill::test
