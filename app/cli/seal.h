#pragma once
// A locked baseline: a scenario file, resolved, that says in its last lines which days it was
// simulated on and what each of them counted. Today's plans are compared with it for as long as it
// is there, whatever becomes of the files that it was made of; and a baseline that was changed, or
// that this program would count otherwise, is refused instead of compared with.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/files/scenario.h"
#include "engine/centre/day_design.h"

namespace callmill::cli {

struct Seal {
  std::string scenario_hash;
  std::uint64_t seed = 1;
  std::string days;                         // their design, as --variance-reduction takes it
  std::vector<std::uint64_t> fingerprints;  // of each replication
  std::size_t replications = 0;             // as many as were sealed; only of a seal that was read
};

// "none", "stratify", ...
std::string name_of_design(DayDesign days);

// The text of a locked baseline; its study has the seed and the number of replications.
std::string sealed_text(World world, const Seal& seal);
// The seal of a file; none where it has none.
std::optional<Seal> seal_of(const std::string& file);

// Why a baseline that was read from a sealed file is not what was locked, "" where it is: before
// its days are simulated, and after. The replications that both know must agree.
std::string broken_before(const Seal& seal, const Scenario& baseline, DayDesign days);
std::string broken_after(const Seal& seal, const std::vector<std::uint64_t>& counted);

}  // namespace callmill::cli
