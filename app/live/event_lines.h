#pragma once
// Events of real centres out of bytes, as they come: Asterisk queue_log lines, AMI events, JSON
// lines (docs/reference/live-events.md). Bytes may be cut anywhere; whatever they are, a reader
// neither throws nor grows beyond a line's limit.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/live/twin.h"

namespace callmill {

inline constexpr std::size_t kEventLineBytes = 64u << 10;

struct EventLineCounts {
  std::int64_t lines = 0;                       // of AMI: blocks
  std::int64_t broken = 0;                      // not of the format, or longer than kEventLineBytes
  std::map<std::string, std::int64_t> ignored;  // by verb, at most 1,000 of them
};

// Lines out of pieces; the last one may be open. Lines that are too long are dropped.
class LineSplitter {
 public:
  // Calls `line` without its end ("\n" or "\r\n") for each that is whole.
  template <class Line>
  void feed(std::string_view bytes, Line&& line);
  std::int64_t too_long() const { return too_long_; }
  void clear() {
    open_.clear();
    drops_ = false;
  }

 private:
  std::string open_;
  bool drops_ = false;
  std::int64_t too_long_ = 0;
};

class EventReader {
 public:
  virtual ~EventReader() = default;
  // Appends the events of all that is whole by now.
  void feed(std::string_view bytes, std::vector<live::FloorEvent>& events);
  // A file begins anew: what is open is forgotten.
  void cut_off() { splitter_.clear(); }
  EventLineCounts counts() const;
  // What the other side refused last, in its own words: an AMI login. Empty: nothing.
  virtual std::string refusal() const { return {}; }

 protected:
  virtual void line(std::string_view text, std::vector<live::FloorEvent>& events) = 0;
  void ignore(std::string_view verb);
  EventLineCounts counts_;

 private:
  LineSplitter splitter_;
};

enum class EventFormat : std::uint8_t { kQueueLog, kAmi, kJson };
// AMI without timestamps: `now_us` says when an event came, microseconds since 1970.
std::unique_ptr<EventReader> make_reader(EventFormat format, std::int64_t (*now_us)() = nullptr);

template <class Line>
void LineSplitter::feed(std::string_view bytes, Line&& line) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    if (!drops_ && open_.size() + part.size() > kEventLineBytes) {
      drops_ = true;
      ++too_long_;
      open_.clear();
    }
    if (!drops_) open_ += part;
    if (end == std::string_view::npos) return;
    bytes.remove_prefix(end + 1);
    if (!drops_) {
      if (!open_.empty() && open_.back() == '\r') open_.pop_back();
      line(std::string_view{open_});
    }
    open_.clear();
    drops_ = false;
  }
}

}  // namespace callmill
