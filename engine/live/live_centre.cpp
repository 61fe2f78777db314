#include "engine/live/live_centre.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "engine/kpi/kpi_table.h"
#include "engine/live/live_drive.h"
#include "engine/live/orders.h"
#include "engine/live/shape.h"

namespace callmill::live {

LiveCentre::LiveCentre(World world, LiveOptions options, WorldEditor editor)
    : options_{options},
      editor_{std::move(editor)},
      world_{std::make_shared<const World>(std::move(world))},
      room_{make_room(*world_, options.spare)},
      base_{make_live_plan(*world_, room_)},
      plan_{base_},
      centre_{open_centre(*plan_, options.seed, options.replication)},
      recorder_{*plan_},
      checkpoints_{options.checkpoints} {
  hand_.slots.resize(kMostInForce);
  hand_.lines.resize(centre_.trunks.size());
  note_events();
  drive([](const Drive& d) { open(d); });
  checkpoint(false);
}

// ---- time

// After the last closing the clock goes from event to event, so that the day ends at its last one
// however it was paced.
void LiveCentre::run_until(SimTime until) {
  const SimDuration every = options_.checkpoint_every;
  const SimTime closing = kStart + plan_->horizon;
  const bool marks = keeps_log_ && every > SimDuration{0} && options_.checkpoints > 0;
  while (!run_out_) {
    const SimTime event = next_event().value_or(SimTime::max());
    if (now() >= until && event > until) return;
    SimTime to = until;
    if (marks) to = std::min(to, kStart + every * ((now() - kStart) / every + 1));
    if (now() < closing) to = std::min(to, closing);
    if (now() >= closing) to = std::min(to, event);
    to = std::max(to, now());
    drive([&](const Drive& d) { live::run_until(d, to); });
    if (now() >= closing && centre_.calendar.empty())
      finish();
    else if (marks && (to - kStart) % every == SimDuration{0} && to < until)
      checkpoint(false);
  }
}

bool LiveCentre::step() {
  if (run_out_) return false;
  bool taken = false;
  drive([&](const Drive& d) { taken = live::step(d); });
  if (!taken || (now() >= kStart + plan_->horizon && centre_.calendar.empty())) finish();
  return taken;
}

void LiveCentre::step_interval() {
  const SimTime end = centre_.interval_end;
  if (end == SimTime::max())
    run_out();
  else
    run_until(end);
}

void LiveCentre::run_out() {
  run_until(SimTime::max());
}

// What is left to do once nothing is to come: as Flow::run_out().
void LiveCentre::finish() {
  drive([](const Drive& d) { live::run_out(d); });
  run_out_ = true;
}

bool LiveCentre::ended() const {
  return run_out_;
}

std::optional<SimTime> LiveCentre::next_event() const {
  if (run_out_ || centre_.calendar.empty()) return {};
  return centre_.calendar.next_time();
}

bool LiveCentre::run_to(SimTime at, std::uint64_t events) {
  if (now() < at) run_until(at - SimDuration{1});
  while (centre_.events < events) {
    const std::optional<SimTime> next = next_event();
    if (!next || *next > at) return false;
    step();
  }
  if (centre_.events > events || centre_.now > at) return false;
  const std::optional<SimTime> next = next_event();
  if (centre_.now < at) {
    if (next && *next <= at) return false;
    run_until(at);
  }
  return true;
}

// ---- commands

std::vector<CommandError> LiveCentre::check(const Command& command) const {
  return Orders::check(*this, command);
}

LiveCentre::Applied LiveCentre::apply(const Command& command) {
  std::vector<CommandError> errors = check(command);
  if (!errors.empty()) return {0, std::move(errors)};
  checkpoint(true);
  const std::uint64_t seq = next_seq_++;
  const bool already = keeps_log_ && command.kind == Command::Kind::kSet && already_so(command);
  if (keeps_log_)
    log_.add(
        {0, now(), LogEntry::Kind::kCommand, seq, command, already ? "it was so already" : ""});
  done_.push_back({seq, now(), centre_.events, command});
  Orders{*this}.carry_out(command, seq);
  return {seq, {}, already};
}

bool LiveCentre::already_so(const Command& set) const {
  if (!editor_) return false;
  std::vector<Setting> settings = settings_;
  const std::uint64_t before = editor_(settings).print;
  settings.emplace_back(set.path, set.value);
  return before != 0 && before == editor_(settings).print;
}

std::vector<CommandError> LiveCentre::undo(std::uint64_t seq) {
  const auto found =
      std::find_if(done_.begin(), done_.end(), [&](const Done& d) { return d.seq == seq; });
  if (found == done_.end())
    return {{"/to", "command " + std::to_string(seq) + " is not among those carried out", "", ""}};
  const auto number = static_cast<std::size_t>(found - done_.begin());
  const std::vector<Done> done = done_;
  const Checkpoints::Point* point = checkpoints_.before(number);
  CALLMILL_CHECK(point != nullptr, "the first state is always kept");
  checkpoints_.cut(number);
  LiveCentre back = *checkpoints_.before(number)->state;
  back.checkpoints_ = Checkpoints{0};
  for (std::size_t k = back.done_.size(); k < number; ++k) {
    CALLMILL_CHECK(back.run_to(done[k].at, done[k].events), "a moment that has been comes again");
    back.next_seq_ = done[k].seq;
    back.apply(done[k].command);
  }
  CALLMILL_CHECK(back.run_to(done[number].at, done[number].events),
                 "a moment that has been comes again");
  back.checkpoints_ = std::move(checkpoints_);
  back.log_ = std::move(log_);
  back.keeps_log_ = keeps_log_;
  back.options_ = options_;
  back.editor_ = std::move(editor_);
  back.next_seq_ = next_seq_ + 1;
  const std::uint64_t own = next_seq_;
  *this = std::move(back);
  if (keeps_log_) log_.add({0, now(), LogEntry::Kind::kUndo, seq, {}, std::to_string(own)});
  return {};
}

EditedWorld LiveCentre::edit(const Command& set) const {
  if (!editor_) return {{}, {{"/do", "fields cannot be set here", "", ""}}};
  std::vector<Setting> settings = settings_;
  settings.emplace_back(set.path, set.value);
  EditedWorld edited = editor_(settings);
  if (!edited.world) return edited;
  const Blueprint after = make_blueprint(*edited.world, room_);
  for (const std::string& what : shape_differences(*world_, *base_, after))
    edited.errors.push_back(
        {"/path", "this would change " + what + ", which cannot change while the centre runs", "",
         ""});
  if (!edited.errors.empty()) edited.world.reset();
  return edited;
}

std::vector<Active> LiveCentre::active() const {
  std::vector<Active> list;
  const FloorState& floor = centre_.floor;
  for (std::size_t s = 0; s < hand_.slots.size(); ++s) {
    const RuleState& rule = floor.rules[rule_of(*plan_, s)];
    if (!rule.on) continue;
    const SimDuration lasts = hand_.slots[s].command.lasts;
    list.push_back({Active::Kind::kCommand, hand_.slots[s].seq, {}, rule.since, {}});
    if (lasts > SimDuration{0}) list.back().until = rule.since + lasts;
  }
  for (const Hand::Surge& surge : hand_.surges) {
    if (surge.to <= now()) continue;
    list.push_back({Active::Kind::kCommand, surge.seq, {}, surge.from, {}});
    if (surge.to < SimTime::max()) list.back().until = surge.to;
  }
  std::sort(list.begin(), list.end(),
            [](const Active& a, const Active& b) { return a.seq < b.seq; });
  for (std::size_t r = 0; r < world_->rules.size(); ++r)
    if (floor.rules[r].on)
      list.push_back({Active::Kind::kRule, 0, world_->rules[r].name, floor.rules[r].since, {}});
  for (const Event& event : world_->events)
    for (const EventSpan& span : spans_of(event, *world_))
      if (span.from <= now() && now() < span.to)
        list.push_back({Active::Kind::kEvent, 0, event.name, span.from, span.to});
  return list;
}

// ---- log

void LiveCentre::remark(std::string sentence) {
  log_.add({0, now(), LogEntry::Kind::kRemark, 0, {}, std::move(sentence)});
}

// Events and openings by time; they follow from the world alone.
void LiveCentre::note_events() {
  auto turns = std::make_shared<std::vector<EventTurn>>();
  for (const Event& event : world_->events)
    for (const EventSpan& span : spans_of(event, *world_)) {
      turns->push_back({span.from, event.name, true});
      turns->push_back({span.to, event.name, false});
    }
  for (const OpenSpell& spell : plan_->days.spells) {
    turns->push_back({spell.from, {}, true});
    turns->push_back({spell.to, {}, false});
  }
  std::stable_sort(turns->begin(), turns->end(),
                   [](const EventTurn& a, const EventTurn& b) { return a.at < b.at; });
  event_turns_ = std::move(turns);
}

// What happened in (from, now], in order of time.
void LiveCentre::tell(SimTime from, RuleTurns& turns) {
  using Kind = LogEntry::Kind;
  std::vector<LogEntry> entries;
  for (const EventTurn& turn : *event_turns_) {
    if (turn.at > now()) break;
    if (turn.at <= from && !(turn.at == kStart && log_.last_seq() == 0)) continue;
    const Kind kind = turn.name.empty() ? (turn.begins ? Kind::kDayBegan : Kind::kDayEnded)
                                        : (turn.begins ? Kind::kEventBegan : Kind::kEventEnded);
    entries.push_back({0, turn.at, kind, 0, {}, turn.name});
  }
  for (const RuleTurns::Turn& turn : turns.turns()) {
    LogEntry entry{0, turn.at, turn.begins ? Kind::kRuleBegan : Kind::kRuleEnded, 0, {}, {}};
    if (turn.rule < plan_->floor.first_by_hand) {
      entry.name = world_->rules[turn.rule].name;
    } else {
      // Commands tell their beginning themselves, and `end` the end.
      if (turn.begins || turn.at <= from) continue;
      entry.kind = Kind::kCommandOver;
      entry.command_seq = hand_.slots[turn.rule - plan_->floor.first_by_hand - 1].seq;
    }
    entries.push_back(std::move(entry));
  }
  for (const Hand::Surge& surge : hand_.surges)
    if (surge.to > from && surge.to <= now())
      entries.push_back({0, surge.to, Kind::kCommandOver, surge.seq, {}, {}});
  std::stable_sort(entries.begin(), entries.end(),
                   [](const LogEntry& a, const LogEntry& b) { return a.at < b.at; });
  for (LogEntry& entry : entries) log_.add(std::move(entry));
}

// ---- the rest

void LiveCentre::checkpoint(bool by_command) {
  if (options_.checkpoints == 0 || !keeps_log_) return;
  checkpoints_.add({now(), done_.size(), by_command, std::make_shared<const LiveCentre>(fork())});
}

std::uint32_t LiveCentre::spare_agents(std::uint32_t group) const {
  return can_bring(*this, group);
}

std::uint32_t LiveCentre::spare_lines(std::uint32_t trunks) const {
  return static_cast<std::uint32_t>(std::int64_t{plan_->spare_lines[trunks]} - hand_.lines[trunks]);
}

std::uint64_t LiveCentre::fingerprint() const {
  std::uint64_t bits = callmill::fingerprint(centre_);
  ReplicationCounts counts;
  export_counts(recorder_, KpiLayout{*plan_}, counts);
  for (const double count : counts)
    bits = mix64(bits ^ (std::bit_cast<std::uint64_t>(count) + kGolden));
  return bits;
}

void LiveCentre::renew_callers(ReplicationKey key) {
  drive([&](const Drive& d) { live::renew_callers(d, key); });
}

void LiveCentre::adopt(Snapshot state) {
  CALLMILL_CHECK(&state.recorder.plan() == plan_.get(), "a state of this plan");
  centre_ = std::move(state.centre);
  recorder_ = std::move(state.recorder);
  run_out_ = false;
  options_.checkpoints = 0;
  checkpoints_ = Checkpoints{0};
}

LiveCentre LiveCentre::fork() const {
  LiveCentre copy{*this, Bare{}};
  return copy;
}

LiveCentre::LiveCentre(const LiveCentre& other, Bare)
    : options_{other.options_},
      editor_{other.editor_},
      world_{other.world_},
      room_{other.room_},
      base_{other.base_},
      plan_{other.plan_},
      centre_{other.centre_},
      recorder_{other.recorder_},
      hand_{other.hand_},
      settings_{other.settings_},
      event_turns_{other.event_turns_},
      keeps_log_{false},
      done_{other.done_},
      next_seq_{other.next_seq_},
      run_out_{other.run_out_},
      checkpoints_{0} {}

}  // namespace callmill::live
