#pragma once
// Documents that many watch: each topic has its newest document, and makes for each watcher the one
// frame that brings it there.
//
//   who publishes:   1 ---- 2 ---- 3 ---- 4 ---- 5 ---- 6
//   a quick client:  snap.1  1->2   2->3   3->4   4->5   5->6
//   a slow client:   snap.1  (still being written ...)    1->6      never 1->2->3->4->5->6
//
// A watcher remembers the document it was sent last; frames are made once for all who come from the
// same one. Nothing is queued, so nothing grows. Everything here belongs to one thread.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "app/serve/http.h"
#include "app/serve/limits.h"

namespace callmill::serve {

using Document = std::shared_ptr<const boost::json::value>;

// Where a watcher stands: number and content of the document that it has. seq 0: none.
struct Mark {
  std::uint64_t seq = 0;
  Document document;
};

struct Frame {
  std::shared_ptr<const std::string> text;  // JSON, as in docs/reference/live-api.md
  Mark to;
};

class Watcher {
 public:
  virtual ~Watcher() = default;
  virtual void changed() = 0;  // there is a newer document
  virtual void ended() = 0;    // there will be none any more
};

class Topic {
 public:
  // A document equal to the last one is none. `made_at_ms`: since 1970, sent with it.
  void publish(Document document, std::int64_t made_at_ms);
  const Mark& newest() const { return newest_; }
  // Both need a document: newest().seq > 0.
  Frame snapshot();
  // From a mark of this topic; a snapshot where it has no document.
  Frame delta(const Mark& from);

  void watch(Watcher& watcher) { watchers_.insert(&watcher); }
  void leave(Watcher& watcher) { watchers_.erase(&watcher); }
  std::size_t watchers() const { return watchers_.size(); }
  void end();
  // Deltas that were made, not taken from what was made before.
  std::uint64_t deltas_made() const { return made_; }

 private:
  Mark newest_;
  std::int64_t made_at_ms_ = 0;
  std::shared_ptr<const std::string> snapshot_;
  std::map<std::uint64_t, std::shared_ptr<const std::string>> from_;  // deltas to newest_
  std::set<Watcher*> watchers_;
  std::uint64_t made_ = 0;
};

// At most one frame in `gap` on average; one of them may be early by `slack`, so that what comes
// evenly but for some jitter is not held up by it for ever after.
class FrameGate {
 public:
  using Clock = std::chrono::steady_clock;
  FrameGate(Limits::Length gap, Limits::Length slack) : gap_{gap}, slack_{slack} {}
  // When the next frame may go; not later than now: at once.
  Clock::time_point opens() const { return due_ - slack_; }
  void sent(Clock::time_point now);

 private:
  Limits::Length gap_, slack_;
  Clock::time_point due_{};
};

}  // namespace callmill::serve
