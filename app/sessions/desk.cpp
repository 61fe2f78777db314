#include "app/sessions/desk.h"

#include <algorithm>
#include <utility>

namespace callmill::live {
namespace {

// A step of work is to take about this long, so that commands do not wait.
constexpr WallTime kWorkLeast = std::chrono::milliseconds{2};
constexpr WallTime kWorkMost = std::chrono::milliseconds{8};
constexpr SimDuration kSliceLeast = std::chrono::seconds{1};
constexpr SimDuration kSliceMost = std::chrono::hours{1};
// How often a source of events is looked at, and what is shown of it brought up to date.
constexpr WallTime kPollEvery = std::chrono::milliseconds{50};
constexpr WallTime kShowEvery = std::chrono::milliseconds{500};
// Of a recorded day that is played as fast as it can, in one step of work.
constexpr SimDuration kReplayAtOnce = std::chrono::minutes{1};

double to_ms(WallTime length) {
  return std::chrono::duration<double, std::milli>(length).count();
}

std::vector<CommandError> not_ours() {
  return {{"", "this session follows a real centre, which cannot be changed from here",
           "what-if: POST to /futures with the commands", ""}};
}

}  // namespace

Desk::Desk(std::unique_ptr<LiveCentre> centre, std::unique_ptr<Journal> journal,
           DeskOptions options, WallSource wall, std::unique_ptr<Shadow> shadow)
    : centre_{std::move(centre)},
      journal_{std::move(journal)},
      shadow_{std::move(shadow)},
      options_{std::move(options)},
      wall_{std::move(wall)} {
  if (shadow_ != nullptr) {
    reached_ = shadow_->replays() ? options_.follow_from : shadow_->clock();
    shadow_->poll(reached_);
    show(reached_);
  }
  set_pace(options_.speed, options_.paused);
}

Desk::~Desk() {
  if (journal_ == nullptr) return;
  JournalRecord last;
  last.kind = JournalRecord::Kind::kEnd;
  last.at = centre_->now();
  last.events = centre_->centre().events;
  last.fingerprint = centre_->fingerprint();
  journal_->append(last);
}

void Desk::set_pace(std::optional<double> speed, bool paused) {
  pace_.set(shadow_ == nullptr ? centre_->now() : reached_, wall_(), speed, paused);
}

bool Desk::ended() const {
  if (shadow_ == nullptr) return centre_->ended();
  return reached_ >= kStart + centre_->plan().horizon;
}

void Desk::show(SimTime at) {
  shadow_->show(at, *centre_);
  next_show_ = wall_() + kShowEvery;
}

// A recorded day goes on as its pace has it, a real one as the wall clock does.
WallTime Desk::follow() {
  const bool replays = shadow_->replays();
  if (ended() || (replays && pace_.paused())) return WallTime::max();
  const WallTime began = wall_();
  SimTime due = replays ? pace_.due(began) : shadow_->clock();
  if (options_.stop_at) due = std::min(due, *options_.stop_at);
  due = std::min(due, kStart + centre_->plan().horizon);
  reached_ = std::max(reached_, replays ? std::min(due, reached_ + kReplayAtOnce) : due);
  shadow_->poll(reached_);
  const bool caught_up = std::exchange(behind_, reached_ < due) && !behind_;
  const bool stops = options_.stop_at && reached_ >= *options_.stop_at;
  if (stops || ended() || caught_up || began >= next_show_) show(reached_);
  if (stops) {
    stopped_ = true;
    options_.stop_at.reset();
  }
  if (stops || ended()) {
    set_pace(pace_.speed(), true);
    return WallTime::max();
  }
  return reached_ < due ? began : began + kPollEvery;
}

WallTime Desk::advance() {
  if (shadow_ != nullptr) return follow();
  if (pace_.paused()) return WallTime::max();
  if (centre_->ended()) {
    set_pace(pace_.speed(), true);
    return WallTime::max();
  }
  const WallTime began = wall_();
  SimTime due = pace_.due(began);
  const std::optional<SimTime> next = centre_->next_event();
  if (pace_.speed() && next && *next <= due)
    lag_ms_ = std::max(lag_ms_, to_ms(began - pace_.when(*next)));
  if (options_.stop_at) due = std::min(due, *options_.stop_at);
  const SimTime until = std::min(due, centre_->now() + slice_);
  if (until > centre_->now()) centre_->run_until(until);
  const WallTime ended = wall_();
  if (ended - began < kWorkLeast) slice_ = std::min(2 * slice_, kSliceMost);
  if (ended - began > kWorkMost) slice_ = std::max(slice_ / 2, kSliceLeast);
  if (options_.stop_at && centre_->now() >= *options_.stop_at) {
    stopped_ = true;
    options_.stop_at.reset();
    set_pace(pace_.speed(), true);
    return WallTime::max();
  }
  if (until < due) {
    lag_ms_ = std::max(lag_ms_, to_ms(pace_.lag(centre_->now(), ended)));
    return ended;
  }
  const std::optional<SimTime> later = centre_->next_event();
  return later ? pace_.when(*later) : pace_.when(centre_->now() + std::chrono::seconds{1});
}

// Of what is followed only a recorded day has a clock, and that does not go back.
std::vector<CommandError> Desk::clock_refused(const ClockChange& change) const {
  if (shadow_ == nullptr) return {};
  if (!shadow_->replays())
    return {{"", "this session follows a real centre, whose clock nobody sets", "", ""}};
  if (change.step == ClockChange::Step::kEvent)
    return {{"/step", "a recorded day goes on by time", "interval, or seconds", ""}};
  return {};
}

std::vector<CommandError> Desk::set_clock(const ClockChange& change) {
  if (std::vector<CommandError> errors = clock_refused(change); !errors.empty()) return errors;
  advance();
  if (change.step != ClockChange::Step::kNone) {
    const std::vector<CommandError> errors = jump(change);
    if (!errors.empty()) return errors;
    ++version_;
  }
  set_pace(change.change_speed ? change.speed : pace_.speed(),
           change.paused.value_or(pace_.paused()));
  return {};
}

std::vector<CommandError> Desk::jump(const ClockChange& change) {
  const auto run_until = [this](SimTime at) {
    if (shadow_ == nullptr) return centre_->run_until(at);
    reached_ = std::min(at, kStart + centre_->plan().horizon);
    shadow_->poll(reached_);
    show(reached_);
  };
  switch (change.step) {
    case ClockChange::Step::kNone:
      break;
    case ClockChange::Step::kEvent:
      centre_->step();
      break;
    case ClockChange::Step::kInterval:
      shadow_ == nullptr ? centre_->step_interval() : run_until(centre_->centre().interval_end);
      break;
    case ClockChange::Step::kLength:
      run_until(centre_->now() + change.length);
      break;
    case ClockChange::Step::kUntil: {
      const std::optional<SimTime> at = time_of(*centre_, change.until);
      if (!at) return {{"/until", "\"" + change.until + "\" is no time of this day", "HH:MM", ""}};
      if (*at < centre_->now())
        return {{"/until", change.until + " is past; undo goes back", "a time to come", ""}};
      run_until(*at);
      break;
    }
  }
  return {};
}

bool Desk::note(JournalRecord record, std::vector<CommandError>& errors) {
  if (journal_ == nullptr) return true;
  record.seq = centre_->next_seq();
  record.at = centre_->now();
  record.events = centre_->centre().events;
  if (journal_->append(record)) return true;
  errors.push_back({"", "the journal could not be written: " + journal_->error(), "", ""});
  return false;
}

// First into the journal, then done: what was done is never missing there.
LiveCentre::Applied Desk::command(const Command& command) {
  if (shadow_ != nullptr) return {0, not_ours()};
  advance();
  LiveCentre::Applied result;
  result.errors = centre_->check(command);
  if (!result.errors.empty()) return result;
  JournalRecord record;
  record.kind = JournalRecord::Kind::kCommand;
  record.command = command;
  if (!note(record, result.errors)) return result;
  result = centre_->apply(command);
  ++version_;
  return result;
}

std::vector<CommandError> Desk::undo(std::uint64_t seq) {
  if (shadow_ != nullptr) return not_ours();
  advance();
  const auto& done = centre_->done();
  const bool known =
      std::any_of(done.begin(), done.end(), [&](const Done& one) { return one.seq == seq; });
  std::vector<CommandError> errors;
  if (!known) {
    errors.push_back({"/to", "no command in force or over has this number",
                      done.empty() ? "" : "the seq of a command", ""});
    return errors;
  }
  JournalRecord record;
  record.kind = JournalRecord::Kind::kUndo;
  record.undo = seq;
  if (!note(record, errors)) return errors;
  errors = centre_->undo(seq);
  ++version_;
  set_pace(pace_.speed(), pace_.paused());
  return errors;
}

ClockFacts Desk::clock() const {
  const double lag = std::max(lag_ms_, lag_shown_ms_);
  if (shadow_ == nullptr) return {pace_.speed(), pace_.paused(), lag, ended(), {}};
  if (!shadow_->replays()) return {1.0, false, lag, ended(), shadow_->date()};
  return {pace_.speed(), pace_.paused(), lag, ended(), shadow_->date()};
}

double Desk::take_lag_ms() {
  lag_shown_ms_ = lag_ms_;
  lag_ms_ = 0;
  return lag_shown_ms_;
}

std::string Desk::state(const Background& background) const {
  if (shadow_ == nullptr) return state_json(*centre_, options_.session, clock(), background);
  Background with = background;
  with.twin = shadow_->facts_json();
  return state_json(*centre_, options_.session, clock(), with);
}

}  // namespace callmill::live
