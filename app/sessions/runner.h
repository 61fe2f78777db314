#pragma once
// The thread of a session. It alone has the Desk; everybody else posts work to it, through a queue
// of a stated length, and reads the state that it published last. It waits for its own timer and
// queue, never for a socket or a disk but the journal's.

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/sessions/desk.h"
#include "app/sessions/lookout.h"

namespace callmill::live {

struct RunnerOptions {
  WallTime publish_every = std::chrono::milliseconds{200};
  int queue = 64;  // pieces of work that wait at the most
  LookoutOptions lookout;
};

class Runner {
 public:
  using Work = std::function<void(Desk&, Lookout&)>;
  // The state as JSON text, on the runner's thread.
  using Publish = std::function<void(const std::shared_ptr<const std::string>& state)>;

  Runner(std::unique_ptr<LiveCentre> centre, std::unique_ptr<Journal> journal, DeskOptions desk,
         RunnerOptions options, Publish publish, std::unique_ptr<Shadow> shadow = nullptr);
  ~Runner();  // stop()
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // False: the queue is full. Work is done in its order, then the state is published.
  bool post(Work work);
  // The state published last; never nullptr.
  std::shared_ptr<const std::string> state() const;
  // The day has ended, or --until was reached.
  bool finished() const { return finished_; }
  // Since the last time this was asked: the largest lag.
  double take_largest_lag_ms();
  void stop();

 private:
  struct Loop;  // Asio's
  void tick();
  void publish();
  void schedule(WallTime at);

  RunnerOptions options_;
  Publish publish_;
  std::unique_ptr<Desk> desk_;
  std::unique_ptr<Lookout> lookout_;
  std::unique_ptr<Loop> loop_;
  WallTime next_publish_{};
  bool dirty_ = true;
  mutable std::mutex mutex_;  // of state_ and lag_ms_
  std::shared_ptr<const std::string> state_;
  double lag_ms_ = 0;
  std::atomic<int> waiting_{0};
  std::atomic<bool> finished_{false};
  std::thread thread_;
};

}  // namespace callmill::live
