#pragma once
// Replications that an earlier study simulated. A replication is a function of (scenario, seed,
// design of the days, number, program), so what it counted can be kept and taken back instead of
// being simulated again; a comparison then is the same, byte for byte.

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "engine/kpi/kpi_table.h"

namespace callmill {

struct KeptDay {
  // By period, as in KpiLayout: its counts, row by row of the layout; with expectations where the
  // study asked for them (VarianceReduction::conditional).
  std::map<std::uint32_t, std::vector<double>> counts;
  std::vector<double> luck;       // its controls (luck.h); empty where nobody asked for them
  std::uint64_t fingerprint = 0;  // of all that the replication counted
  std::uint64_t events = 0;
};

// compare() asks it from one thread. `plan` is the number of the blueprint in the comparison.
class DayStore {
 public:
  DayStore() = default;
  DayStore(const DayStore&) = delete;
  DayStore& operator=(const DayStore&) = delete;
  virtual ~DayStore() = default;
  // nullptr where it is not known. Valid until the next call.
  virtual const KeptDay* find(std::size_t plan, std::int64_t replication) = 0;
  // What is known of the same replication beyond `day` stays.
  virtual void keep(std::size_t plan, std::int64_t replication, KeptDay day) = 0;
};

// The counts of these periods; those of one period are kept_width() values.
std::map<std::uint32_t, std::vector<double>> keep_counts(const KpiLayout& layout,
                                                         const ReplicationCounts& counts,
                                                         const std::set<std::uint32_t>& periods);
std::size_t kept_width(const KpiLayout& layout);
// All counts again, NaN in the periods that were not kept.
ReplicationCounts restore_counts(const KpiLayout& layout, const KeptDay& day);

// Of what was counted, wherever it stands: a new kind of count shows where it counts something.
// Expectations are no counts.
std::uint64_t fingerprint_of(const KpiLayout& layout, const ReplicationCounts& counts);

}  // namespace callmill
