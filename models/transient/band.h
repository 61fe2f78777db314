#pragma once
// The states that carry mass, and how a change of staff moves them. Internal to the room.

#include <cstdint>
#include <vector>

#include "models/transient/transient.h"

namespace callmill::transient {

// Rates that hold while time passes.
struct Rates {
  double arrival = 0, service = 0, patience = 0;
  std::int64_t agents = 0;
  std::int64_t lines = 0;  // 0 = no limit
  ShiftEnd shift_end = ShiftEnd::kNamed;
};

// Calls k = lo .. lo + p.size() - 1 of one number of leavers.
struct BandRow {
  std::int64_t lo = 0;
  std::vector<double> p;

  bool empty() const { return p.empty(); }
  std::int64_t hi() const { return lo + static_cast<std::int64_t>(p.size()) - 1; }
};

// Row L: L leavers. Also holds integrals of such a distribution over time.
struct Band {
  std::vector<BandRow> rows;
  // Where waits are asked for: E[how long the caller with j before them waits by now; there is
  // one], j = 0, 1, ... of all rows together.
  bool has_ages = false;
  std::vector<double> ages;

  double mass() const;
  std::int64_t lo() const;  // of all rows; 0 where all are empty
  std::int64_t hi() const;
  std::size_t states() const;
  // Adds to one state; rows and ends grow as needed.
  void add(std::int64_t leavers, std::int64_t calls, double p);
};

Band single_state(std::int64_t calls);
// Steady state, ages included, of M/M/n/K+M, down to 1e-19 of its likeliest state. One exists: see
// TransientInput.
Band steady_state(const Rates& rates);

// What a change from `before` to `after` agents does at once.
struct StaffChange {
  double answered = 0;       // E calls that new agents take from the queue
  double answered_wait = 0;  // E of the time that these have waited
  double new_leavers = 0;    // E agents who stay with a call in hand
};
// With `apart`, leavers of kNamed are only counted in the result and the band keeps one row.
StaffChange change_staff(Band& band, ShiftEnd shift_end, std::int64_t before, std::int64_t after,
                         bool apart);

}  // namespace callmill::transient
