#pragma once
// The live sessions of one program: scenarios that it was given, sessions made of them, the state
// document of each. Any thread may ask; making and ending a session, which take some ms, happen on
// a thread of their own.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/sessions/runner.h"
#include "models/world/world.h"

namespace boost::json {
class value;
}  // namespace boost::json

namespace callmill::live {

inline constexpr std::size_t kSessionsMost = 8;

struct KnownScenario {
  std::string id, title, file;
  World world;
};

struct NewSession {
  std::string scenario;               // id
  std::optional<std::uint64_t> seed;  // none: the scenario's study.seed
  std::optional<double> speed = 1;    // none: as fast as it can
  bool paused = false;
  SpareOptions spare;
  std::string at;                    // "HH:MM" to begin at; empty: when the day begins
  std::string until;                 // likewise to stop at
  std::string journal;               // file; one that is there is gone on with; empty: none is kept
  std::optional<FollowWish> follow;  // a real centre; its commands are none, so no journal
};

class Sessions {
 public:
  using Document = std::shared_ptr<const boost::json::value>;
  // New states, on the session's thread; nullptr: it has ended.
  using Sink = std::function<void(const std::string& id, const Document& state)>;
  // id, or what is wrong.
  using Made = std::function<void(const std::string& id, const std::string& error)>;

  Sessions(std::vector<KnownScenario> scenarios, RunnerOptions runner, Sink sink);
  ~Sessions();  // ends all
  Sessions(const Sessions&) = delete;
  Sessions& operator=(const Sessions&) = delete;

  const std::vector<KnownScenario>& scenarios() const { return scenarios_; }
  const KnownScenario* find_scenario(const std::string& id) const;
  // At once, on this thread; the id, or nothing and what is wrong, a sentence a line.
  // `notices`: what its user should know, likewise; a journal's torn end is told there.
  std::string create(const NewSession& wish, std::string& error,
                     std::vector<std::string>* notices = nullptr);
  // Later, on the office's thread, which then calls `made`.
  void create_later(NewSession wish, Made made);
  // False: there is none. Its thread is ended later.
  bool remove(const std::string& id);
  std::shared_ptr<Runner> find(const std::string& id) const;
  // nullptr: there is none.
  Document state(const std::string& id) const;
  std::vector<std::string> ids() const;
  void do_later(std::function<void()> work);
  void stop();

 private:
  struct Office;
  struct Live {
    std::shared_ptr<Runner> runner;
    Document state;
  };
  bool reserve(std::string& id, std::string& error);

  std::vector<KnownScenario> scenarios_;
  RunnerOptions runner_options_;
  Sink sink_;
  mutable std::mutex mutex_;
  std::map<std::string, Live> live_;
  std::size_t made_ = 0;
  std::unique_ptr<Office> office_;
};

}  // namespace callmill::live
