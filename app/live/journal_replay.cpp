#include <fmt/format.h>

#include <algorithm>

#include "app/files/scenario.h"
#include "app/live/journal.h"
#include "app/live/words.h"

namespace callmill::live {

JournalHeader make_header(const LiveCentre& centre, const std::string& scenario) {
  JournalHeader h;
  h.version = CALLMILL_VERSION;
  h.scenario = scenario;
  h.text = show_scenario(centre.world());
  h.hash = scenario_hash(centre.world());
  h.seed = centre.options().seed;
  h.replication = centre.options().replication;
  h.spare = centre.options().spare;
  return h;
}

WorldEditor make_editor(const World& world) {
  return [text = show_scenario(world)](const std::vector<Setting>& settings) {
    ScenarioOptions options;
    options.idle_fields = true;
    for (const auto& [path, value] : settings) options.set.push_back(path + "=" + value);
    Diagnostics diagnostics;
    EditedWorld edited;
    auto scenario = read_scenario_text("scenario", text, options, diagnostics);
    for (const Diagnostic& d : diagnostics.errors())
      edited.errors.push_back({"/path", d.message, d.help, ""});
    if (!scenario) return edited;
    for (const std::string& fault : faults(scenario->world))
      edited.errors.push_back({"/value", fault, "", ""});
    if (!edited.errors.empty()) return edited;
    edited.print = std::stoull(scenario_hash(scenario->world), nullptr, 16);
    edited.world = std::move(scenario->world);
    return edited;
  };
}

namespace {

// Commands in force at the end, and when each was carried out: what was undone is left out, and so
// is the time that was run in vain.
std::vector<JournalRecord> without_undone(const std::vector<JournalRecord>& records) {
  std::vector<JournalRecord> kept;
  for (const JournalRecord& r : records) {
    if (r.kind != JournalRecord::Kind::kUndo) {
      kept.push_back(r);
      continue;
    }
    const auto first = std::find_if(kept.begin(), kept.end(), [&](const JournalRecord& k) {
      return k.kind == JournalRecord::Kind::kCommand && k.seq == r.undo;
    });
    kept.erase(first, kept.end());
  }
  return kept;
}

// What is wrong with it; empty: done.
std::string carry_out(LiveCentre& live, const JournalRecord& r) {
  using Kind = JournalRecord::Kind;
  if (r.kind == Kind::kRemark) live.remark(r.remark);
  if (r.kind != Kind::kCommand && r.kind != Kind::kUndo) return {};
  live.number_from(r.seq);
  const std::vector<CommandError> errors =
      r.kind == Kind::kUndo ? live.undo(r.undo) : live.apply(r.command).errors;
  if (errors.empty()) return {};
  return fmt::format("record {} is refused: {}", r.seq, text_of(errors.front(), Lang::kEn));
}

}  // namespace

std::unique_ptr<LiveCentre> replay(const JournalFile& journal, std::optional<SimTime> until,
                                   std::string& error, std::size_t checkpoints) {
  Diagnostics diagnostics;
  ScenarioOptions read;
  read.idle_fields = true;
  auto scenario =
      read_scenario_text(journal.header.scenario, journal.header.text, read, diagnostics);
  if (!scenario) {
    error = journal.name + ":1: holds a scenario that this callmill does not read:\n";
    for (const Diagnostic& d : diagnostics.errors()) error += render(d);
    return nullptr;
  }
  if (const auto wrong = faults(scenario->world); !wrong.empty()) {
    error = journal.name + ":1: holds a scenario that cannot run: " + wrong.front();
    return nullptr;
  }
  if (scenario_hash(scenario->world) != journal.header.hash) {
    error = journal.name + ":1: holds a scenario whose hash is another than its own";
    return nullptr;
  }
  LiveOptions options;
  options.seed = journal.header.seed;
  options.replication = journal.header.replication;
  options.spare = journal.header.spare;
  options.checkpoints = checkpoints;
  WorldEditor editor = make_editor(scenario->world);
  auto live = std::make_unique<LiveCentre>(std::move(scenario->world), options, std::move(editor));
  for (const JournalRecord& r :
       checkpoints > 0 ? journal.records : without_undone(journal.records)) {
    if (until && r.at > *until) break;
    const std::string wrong =
        live->run_to(r.at, r.events) ? carry_out(*live, r) : "is of a moment that does not come";
    if (!wrong.empty()) {
      error = fmt::format("{}:{}: {}", journal.name, r.line, wrong);
      return nullptr;
    }
  }
  for (const JournalRecord& r : journal.records) live->number_from(r.seq + 1);
  if (until) live->run_until(*until);
  return live;
}

}  // namespace callmill::live
