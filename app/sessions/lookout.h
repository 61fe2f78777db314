#pragma once
// Looks ahead beside a session: futures every few seconds by itself; what-if and advice when asked.
// One thread a job, one job at a time in the whole program, behind the simulation in priority. A
// job that became stale - a command, an undo, a jump - is cancelled; the display goes on meanwhile.
//
// Belongs to the session's thread; only the job itself runs beside it, on a copy of the centre.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/sessions/desk.h"
#include "engine/live/advice.h"
#include "engine/live/fork_ahead.h"

namespace callmill::live {

struct LookoutOptions {
  bool automatic = true;
  WallTime every = std::chrono::seconds{5};
  std::int64_t paths = 200;  // of what is looked for by itself
  int threads = 0;           // 0 = all cores
  // Shared by all sessions of a program: who looks ahead holds it. May be nullptr.
  std::shared_ptr<std::mutex> turn;
};

struct Question {
  std::string id;
  std::vector<Command> with;                    // of a what-if
  std::vector<std::vector<Command>> proposals;  // of advice: ranked among its own candidates
  std::optional<SimTime> until;
  std::int64_t paths = 200;
};

class Lookout {
 public:
  Lookout(LookoutOptions options, std::uint64_t seed);
  ~Lookout();  // cancels what runs
  Lookout(const Lookout&) = delete;
  Lookout& operator=(const Lookout&) = delete;

  // The newest question replaces one that waits or runs.
  void ask_what_if(Question question);
  void ask_advice(Question question);
  // To be called every so often: takes a result in, begins what is next. True where what is shown
  // has changed.
  bool look(const Desk& desk, WallTime now);
  const Background& shown() const { return shown_; }
  // A name for the next question.
  std::string next_id() { return "q" + std::to_string(++asked_); }
  // Seconds that the last job took; 0 before the first.
  double last_seconds() const { return last_seconds_; }

 private:
  enum class Kind : std::uint8_t { kFutures, kWhatIf, kAdvice };
  struct Job;
  void begin(Kind kind, const Desk& desk, Question question);
  bool finish(const Desk& desk, WallTime now);
  void show_progress(const Desk& desk);

  LookoutOptions options_;
  std::uint64_t seed_;
  std::optional<Question> what_if_, advice_;  // that wait
  std::unique_ptr<Job> job_;
  std::uint64_t asked_ = 0;
  Background shown_;
  std::uint64_t seen_version_ = 0;      // that the futures shown were made of
  std::uint64_t answered_version_ = 0;  // likewise of what-if and advice
  SimTime seen_at_ = SimTime::min();    // likewise
  WallTime next_{};                     // when to look by itself again
  double last_seconds_ = 0;
};

}  // namespace callmill::live
