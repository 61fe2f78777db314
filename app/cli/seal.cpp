#include "app/cli/seal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "app/cli/whole_file.h"
#include "app/report/precision_report.h"

namespace callmill::cli {
namespace {

constexpr std::string_view kSeal = "# seal 1 ", kDays = "# days ";
constexpr std::size_t kDaysALine = 5;

// Names on which a baseline can be locked.
bool is_design(const std::string& name) {
  const std::array all = {DayDesign::kIndependent, DayDesign::kStratified, DayDesign::kAntithetic,
                          DayDesign::kLattice};
  return std::any_of(all.begin(), all.end(),
                     [&](DayDesign days) { return name_of_design(days) == name; });
}

}  // namespace

std::string name_of_design(DayDesign days) {
  return reduction_name({days, false});
}

std::string sealed_text(World world, const Seal& seal) {
  world.study.seed = seal.seed;
  world.study.replications = static_cast<std::int64_t>(seal.fingerprints.size());
  std::string text = fmt::format(
      "# A locked baseline. callmill compare and sweep refuse it once it or its days are not what "
      "they were;\n# to unlock it, delete the lines below that begin with '# seal' and '# days'.\n"
      "{}{}{} {} {} {}\n",
      show_scenario(world), kSeal, scenario_hash(world), seal.seed, seal.days,
      seal.fingerprints.size());
  for (std::size_t i = 0; i < seal.fingerprints.size(); ++i) {
    const bool first = i % kDaysALine == 0;
    if (first && i > 0) text += '\n';
    text += first ? kDays : std::string_view{" "};
    text += fmt::format("{:016x}", seal.fingerprints[i]);
  }
  return text + "\n";
}

std::optional<Seal> seal_of(const std::string& file) {
  std::istringstream lines{read_whole(file)};
  std::optional<Seal> seal;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line};
    std::string word;
    words >> word >> word;  // "# seal", "# days"
    if (line.starts_with(kSeal)) {
      Seal one;
      words >> word >> one.scenario_hash >> one.seed >> one.days >> one.replications;
      if (!words || !is_design(one.days)) return std::nullopt;
      seal = one;
    } else if (seal && line.starts_with(kDays)) {
      for (std::uint64_t print = 0; words >> std::hex >> print;)
        seal->fingerprints.push_back(print);
    }
  }
  return seal;
}

std::string broken_before(const Seal& seal, const Scenario& baseline, DayDesign days) {
  if (baseline.hash != seal.scenario_hash) return "the scenario was changed after it was locked";
  if (seal.fingerprints.size() != seal.replications)
    return fmt::format("it has {} of its {} days", seal.fingerprints.size(), seal.replications);
  if (baseline.world.study.seed != seal.seed)
    return fmt::format("it is locked on the days of seed {}, not {}", seal.seed,
                       baseline.world.study.seed);
  if (name_of_design(days) != seal.days)
    return fmt::format("it is locked on days by --variance-reduction {}, not {}", seal.days,
                       name_of_design(days));
  return "";
}

std::string broken_after(const Seal& seal, const std::vector<std::uint64_t>& counted) {
  const std::size_t both = std::min(counted.size(), seal.fingerprints.size());
  for (std::size_t r = 0; r < both; ++r)
    if (counted[r] != seal.fingerprints[r])
      return fmt::format(
          "replication {} counts otherwise than when it was locked, by another version of callmill",
          r + 1);
  return "";
}

}  // namespace callmill::cli
