#pragma once
// Where events come from: a file that grows (and is rotated), standard input, a TCP connection, or
// a recorded day played at any speed. A runner polls; nothing here waits.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/live/event_lines.h"

namespace callmill {

class EventSource {
 public:
  virtual ~EventSource() = default;
  // Appends what has come since the last call. `wall_s`: seconds of wall clock since the source was
  // opened, of which only recorded days take notice. False when nothing will come any more.
  virtual bool poll(double wall_s, std::vector<live::FloorEvent>& events) = 0;
  virtual EventLineCounts counts() const = 0;
  virtual std::string name() const = 0;
  // What went wrong last, in planner's words; empty: nothing. A file that is not there, or a
  // connection that is lost, is tried again at each poll (TCP: after a pause that doubles).
  virtual std::string trouble() const { return {}; }
};

// Follows a file by its name, as tail -F does: from its beginning (`from_start`) or its end; what
// is written to a file after it was renamed is read to its end before the new one is.
std::unique_ptr<EventSource> follow_file(std::string path, EventFormat format, bool from_start);
// Standard input; ends with it.
std::unique_ptr<EventSource> follow_stdin(EventFormat format);

struct TcpOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 5038;
  // Of AMI: logs in with these. The secret is never shown.
  std::string user, secret;
};
std::unique_ptr<EventSource> follow_tcp(TcpOptions options, EventFormat format);

// When a recorded file's first event was, microseconds since 1970; none, and why in `error`.
std::optional<std::int64_t> first_event_us(const std::string& path, EventFormat format,
                                           std::string& error);
// The events of a whole recorded file, in the order of their times, from `from_us` on at once and
// then `speed` times as fast as they happened.
std::unique_ptr<EventSource> replay_file(const std::string& path, EventFormat format,
                                         std::int64_t from_us, double speed, std::string& error);

}  // namespace callmill
