#include "app/live/event_sources.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <utility>

namespace callmill {
namespace {

constexpr std::size_t kReadAtOnce = 1u << 20;  // a poll; the rest with the next

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// A descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_{fd} {}
  Descriptor(Descriptor&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

class FollowedFile : public EventSource {
 public:
  FollowedFile(std::string path, EventFormat format, bool from_start)
      : path_{std::move(path)}, reader_{make_reader(format, now_us)}, from_start_{from_start} {}

  bool poll(double, std::vector<live::FloorEvent>& events) override {
    if (!file_ && !open()) return true;
    const std::size_t taken = read(events);
    if (taken < kReadAtOnce && replaced()) {
      read(events);  // written between the two looks
      file_ = Descriptor{};
      reader_->cut_off();
      from_start_ = true;
      if (open()) read(events);
    }
    return true;
  }
  EventLineCounts counts() const override { return reader_->counts(); }
  std::string name() const override { return path_; }
  std::string trouble() const override { return trouble_; }

 private:
  bool open() {
    Descriptor file{::open(path_.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat at {};
    if (!file || ::fstat(file.get(), &at) != 0) {
      trouble_ = path_ + ": " + std::strerror(errno);
      return false;
    }
    if (!S_ISREG(at.st_mode)) {
      trouble_ = path_ + ": no file";
      return false;
    }
    trouble_.clear();
    inode_ = at.st_ino;
    device_ = at.st_dev;
    offset_ = from_start_ ? 0 : at.st_size;
    file_ = std::move(file);
    return true;
  }

  std::size_t read(std::vector<live::FloorEvent>& events) {
    struct stat at {};
    if (::fstat(file_.get(), &at) == 0 && at.st_size < offset_) {  // cut to nothing, written anew
      offset_ = 0;
      reader_->cut_off();
    }
    std::size_t all = 0;
    std::vector<char> bytes(1u << 16);
    while (all < kReadAtOnce) {
      const ssize_t n = ::pread(file_.get(), bytes.data(), bytes.size(), offset_);
      if (n <= 0) break;
      reader_->feed({bytes.data(), static_cast<std::size_t>(n)}, events);
      offset_ += n;
      all += static_cast<std::size_t>(n);
    }
    return all;
  }

  // Another file stands under the name.
  bool replaced() const {
    struct stat at {};
    return ::stat(path_.c_str(), &at) == 0 && (at.st_ino != inode_ || at.st_dev != device_);
  }

  std::string path_, trouble_;
  std::unique_ptr<EventReader> reader_;
  bool from_start_;
  Descriptor file_;
  ino_t inode_ = 0;
  dev_t device_ = 0;
  off_t offset_ = 0;
};

// Reads what is there without waiting; false at the end.
bool read_ready(int fd, EventReader& reader, std::vector<live::FloorEvent>& events) {
  std::vector<char> bytes(1u << 16);
  for (std::size_t all = 0; all < kReadAtOnce;) {
    pollfd ready{fd, POLLIN, 0};
    if (::poll(&ready, 1, 0) <= 0) return true;
    const ssize_t n = ::read(fd, bytes.data(), bytes.size());
    if (n < 0) return errno == EINTR || errno == EAGAIN;
    if (n == 0) return false;
    reader.feed({bytes.data(), static_cast<std::size_t>(n)}, events);
    all += static_cast<std::size_t>(n);
  }
  return true;
}

class StandardInput : public EventSource {
 public:
  explicit StandardInput(EventFormat format) : reader_{make_reader(format, now_us)} {}
  bool poll(double, std::vector<live::FloorEvent>& events) override {
    if (ended_) return false;
    ended_ = !read_ready(STDIN_FILENO, *reader_, events);
    if (ended_) reader_->feed("\n", events);  // a last line without its end
    return !ended_;
  }
  EventLineCounts counts() const override { return reader_->counts(); }
  std::string name() const override { return "-"; }

 private:
  std::unique_ptr<EventReader> reader_;
  bool ended_ = false;
};

class Recorded : public EventSource {
 public:
  Recorded(std::string path, std::vector<live::FloorEvent> events, EventLineCounts counts,
           std::int64_t from_us, double speed)
      : path_{std::move(path)},
        events_{std::move(events)},
        counts_{std::move(counts)},
        from_us_{from_us},
        speed_{speed} {}

  bool poll(double wall_s, std::vector<live::FloorEvent>& events) override {
    const double until = static_cast<double>(from_us_) + wall_s * speed_ * 1e6;
    while (next_ < events_.size() && static_cast<double>(events_[next_].at_us) <= until)
      events.push_back(events_[next_++]);
    return next_ < events_.size();
  }
  EventLineCounts counts() const override { return counts_; }
  std::string name() const override { return path_; }

 private:
  std::string path_;
  std::vector<live::FloorEvent> events_;
  EventLineCounts counts_;
  std::int64_t from_us_;
  double speed_;
  std::size_t next_ = 0;
};

}  // namespace

std::unique_ptr<EventSource> follow_file(std::string path, EventFormat format, bool from_start) {
  return std::make_unique<FollowedFile>(std::move(path), format, from_start);
}

std::unique_ptr<EventSource> follow_stdin(EventFormat format) {
  return std::make_unique<StandardInput>(format);
}

namespace {

// The events of a recorded file: all, or at least the first. None, and why in `error`.
std::optional<std::vector<live::FloorEvent>> read_recorded(const std::string& path,
                                                           EventReader& reader, bool all,
                                                           std::string& error) {
  std::ifstream file{path, std::ios::binary};
  if (!file) {
    error = path + ": " + std::strerror(errno);
    return std::nullopt;
  }
  std::vector<live::FloorEvent> events;
  std::vector<char> bytes(1u << 20);
  while ((all || events.empty()) &&
         (file.read(bytes.data(), static_cast<std::streamsize>(bytes.size())) || file.gcount() > 0))
    reader.feed({bytes.data(), static_cast<std::size_t>(file.gcount())}, events);
  if (file.eof()) reader.feed("\n\n", events);
  if (!events.empty()) return events;
  error = path + ": no event of a call or an agent in it";
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> first_event_us(const std::string& path, EventFormat format,
                                           std::string& error) {
  const auto reader = make_reader(format);
  const auto events = read_recorded(path, *reader, false, error);
  return events ? std::optional{events->front().at_us} : std::nullopt;
}

std::unique_ptr<EventSource> replay_file(const std::string& path, EventFormat format,
                                         std::int64_t from_us, double speed, std::string& error) {
  const auto reader = make_reader(format);
  auto events = read_recorded(path, *reader, true, error);
  if (!events) return nullptr;
  std::stable_sort(events->begin(), events->end(),
                   [](const auto& a, const auto& b) { return a.at_us < b.at_us; });
  return std::make_unique<Recorded>(path, std::move(*events), reader->counts(), from_us, speed);
}

}  // namespace callmill
