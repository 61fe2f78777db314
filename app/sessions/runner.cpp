#include "app/sessions/runner.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

namespace callmill::live {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

WallTime wall_now() {
  return Clock::now().time_since_epoch();
}

}  // namespace

struct Runner::Loop {
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> open{io.get_executor()};
  asio::steady_timer timer{io};
  bool again = false;  // a tick waits in the queue
};

Runner::Runner(std::unique_ptr<LiveCentre> centre, std::unique_ptr<Journal> journal,
               DeskOptions desk, RunnerOptions options, Publish publish,
               std::unique_ptr<Shadow> shadow)
    : options_{std::move(options)},
      publish_{std::move(publish)},
      lookout_{std::make_unique<Lookout>(options_.lookout, centre->options().seed)},
      loop_{std::make_unique<Loop>()} {
  desk_ = std::make_unique<Desk>(std::move(centre), std::move(journal), std::move(desk), wall_now,
                                 std::move(shadow));
  this->publish();
  thread_ = std::thread{[this] {
    tick();
    loop_->io.run();
  }};
}

Runner::~Runner() {
  stop();
}

void Runner::stop() {
  if (!thread_.joinable()) return;
  loop_->io.stop();
  thread_.join();
  lookout_.reset();
  desk_.reset();  // the journal's last record
}

bool Runner::post(Work work) {
  if (++waiting_ > options_.queue) {
    --waiting_;
    return false;
  }
  asio::post(loop_->io, [this, work = std::move(work)] {
    --waiting_;
    work(*desk_, *lookout_);
    dirty_ = true;
    // Pages see at once what was done, but not more often than the rest.
    next_publish_ = std::min(next_publish_, wall_now() + options_.publish_every / 4);
    tick();
  });
  return true;
}

void Runner::tick() {
  const WallTime wake = desk_->advance();
  const WallTime now = wall_now();
  const bool over = desk_->ended() || desk_->reached_stop();
  if (now >= next_publish_ || over != finished_) {  // the last state is there when it is over
    const bool running = !desk_->clock().paused;
    if (lookout_->look(*desk_, now) || running || dirty_ || over != finished_) publish();
    next_publish_ = std::max(next_publish_ + options_.publish_every, now);
    dirty_ = running;  // once more after it has come to rest
  }
  finished_ = over;
  schedule(std::min(wake, next_publish_));
}

// Through the queue even where it is due already, so that work that waits has its turn.
void Runner::schedule(WallTime at) {
  if (at <= wall_now()) {
    loop_->timer.cancel();
    if (std::exchange(loop_->again, true)) return;
    asio::post(loop_->io, [this] {
      loop_->again = false;
      tick();
    });
    return;
  }
  loop_->timer.expires_at(Clock::time_point{std::chrono::duration_cast<Clock::duration>(at)});
  loop_->timer.async_wait([this](const boost::system::error_code& cancelled) {
    if (!cancelled) tick();
  });
}

void Runner::publish() {
  const double lag = desk_->take_lag_ms();
  auto state = std::make_shared<const std::string>(desk_->state(lookout_->shown()));
  {
    const std::lock_guard lock{mutex_};
    state_ = state;
    lag_ms_ = std::max(lag_ms_, lag);
  }
  if (publish_) publish_(state);
}

std::shared_ptr<const std::string> Runner::state() const {
  const std::lock_guard lock{mutex_};
  return state_;
}

double Runner::take_largest_lag_ms() {
  const std::lock_guard lock{mutex_};
  return std::exchange(lag_ms_, 0);
}

}  // namespace callmill::live
