#pragma once
// Days on disk, so that nothing is simulated twice: what compare() keeps of each replication, a
// file for each (program, scenario, seed, design of the days).
//
//   FOLDER/<build of the program>/<hash of the scenario>-<seed>-<design>.days
//
// and the same with -given behind the design where contacts' expectations were kept.
//
// A file is written whole and put in place at once, and ends with a check of its bytes: one that is
// damaged, or of another form, is as good as none. The oldest files go when all together are larger
// than kCacheBytes. Whatever cannot be read or written costs a simulation, nothing else.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/study/day_store.h"
#include "engine/study/replicate.h"

namespace callmill::cli {

inline constexpr std::uintmax_t kCacheBytes = std::uintmax_t{1} << 30;

// The folder that --cache or CALLMILL_CACHE names ("off": none), else callmill/ in the user's cache
// (XDG_CACHE_HOME, or .cache at home). Empty: nothing is kept.
std::filesystem::path cache_folder(const std::string& option);

class DayCache : public DayStore {
 public:
  // `scenarios`: the hash of each plan's. The seed and the design are those of `study`.
  DayCache(std::filesystem::path folder, std::vector<std::string> scenarios,
           const ReplicateOptions& study);

  const KeptDay* find(std::size_t plan, std::int64_t replication) override;
  void keep(std::size_t plan, std::int64_t replication, KeptDay day) override;
  // Writes what is new.
  void save();

 private:
  struct Shelf {
    std::filesystem::path file;
    bool read = false, changed = false;
    std::map<std::int64_t, KeptDay> days;
  };
  Shelf& shelf(std::size_t plan);
  std::filesystem::path folder_;
  std::vector<Shelf> shelves_;  // by plan
};

}  // namespace callmill::cli
