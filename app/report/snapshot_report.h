#pragma once
// The moment from which a study's futures go on: what the floor looked like, and the day so far.

#include <cstdint>
#include <string>

#include "app/report/json.h"
#include "app/report/lang.h"
#include "engine/kpi/kpi_table.h"
#include "engine/study/floor_now.h"
#include "models/world/world.h"

namespace callmill {

struct SnapshotFacts {
  std::string at;        // "11:00"
  std::int64_t day = 1;  // which of the days that `run` simulates, from 1; 0: a state that was read
  FloorNow now;
  KpiTable so_far;  // of one replication
};

// "day 1 until 11:00, then 200 futures", as part of a title.
std::string futures_text(const SnapshotFacts& facts, std::int64_t futures, Lang lang);
// "  Replications are futures of day 1 from 11:00." as a line of a comparison.
std::string futures_line(const SnapshotFacts& facts, Lang lang);
std::string snapshot_text(const World& world, const SnapshotFacts& facts, Lang lang);
// Fields "at" and, of a simulated day, "day".
void write_futures(const SnapshotFacts& facts, JsonWriter& json);
// {"queues": [...], "lines": [...], "groups": [...], "in_menus", "so_far": {...}}
void write_snapshot(const World& world, const SnapshotFacts& facts, JsonWriter& json);

}  // namespace callmill
