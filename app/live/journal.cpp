#include "app/live/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/crc.hpp>
#include <boost/json.hpp>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "app/files/scenario.h"
#include "app/live/command_json.h"
#include "app/report/json.h"

namespace callmill::live {
namespace {

namespace json = boost::json;

constexpr int kFormat = 1;
constexpr std::string_view kCrcKey = ",\"crc\":\"";
constexpr std::size_t kTail = kCrcKey.size() + 8 + 2;  // and "}
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

std::string crc_of(std::string_view bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return fmt::format("{:08x}", crc.checksum());
}

// `object`: a JSON object on one line; with its crc as the last member, and the line's end.
std::string sealed(const std::string& object) {
  const std::string_view body{object.data(), object.size() - 1};
  return fmt::format("{}{}{}\"}}\n", body, kCrcKey, crc_of(body));
}

// The line without its crc; nothing when it is not whole.
std::optional<std::string> unsealed(std::string_view line) {
  if (line.size() < kTail + 1 || line.substr(line.size() - kTail, kCrcKey.size()) != kCrcKey ||
      !line.ends_with("\"}"))
    return {};
  const std::string_view body = line.substr(0, line.size() - kTail);
  if (line.substr(line.size() - 10, 8) != crc_of(body)) return {};
  return std::string{body} + "}";
}

std::string header_json(const JournalHeader& h) {
  JsonWriter out;
  out.object().field("journal", kFormat).field("version", h.version);
  out.field("scenario", h.scenario).field("hash", h.hash).field("seed", h.seed);
  out.field("replication", h.replication);
  if (h.spare.agents) out.field("spare_agents", *h.spare.agents);
  if (h.spare.lines) out.field("spare_lines", *h.spare.lines);
  return out.field("text", h.text).end().take();
}

std::string record_json(const JournalRecord& r) {
  JsonWriter out;
  out.object();
  if (r.kind == JournalRecord::Kind::kEnd)
    out.field("end", true);
  else
    out.field("seq", r.seq);
  out.field("at", r.at.time_since_epoch().count()).field("events", r.events);
  if (r.kind == JournalRecord::Kind::kCommand) out.key("do").raw(command_json(r.command));
  if (r.kind == JournalRecord::Kind::kUndo) out.field("undo", r.undo);
  if (r.kind == JournalRecord::Kind::kEnd)
    out.field("fingerprint", fmt::format("{:016x}", r.fingerprint));
  return out.end().take();
}

std::uint64_t whole(const json::object& of, std::string_view key, bool& good) {
  const json::value* found = of.if_contains({key.data(), key.size()});
  boost::system::error_code bad;
  const auto n = found != nullptr && found->is_number() ? found->to_number<std::uint64_t>(bad) : 0;
  good = good && found != nullptr && found->is_number() && !bad;
  return n;
}
std::string text(const json::object& of, std::string_view key, bool& good) {
  const json::value* found = of.if_contains({key.data(), key.size()});
  good = good && found != nullptr && found->is_string();
  return good ? std::string{found->as_string()} : std::string{};
}

std::optional<json::object> parse_object(const std::string& line) {
  boost::system::error_code bad;
  json::value value = json::parse(line, bad);
  if (bad || !value.is_object()) return {};
  return value.as_object();
}

bool read_header(const std::string& line, JournalHeader& h, std::string& error) {
  const auto object = parse_object(line);
  bool good = object.has_value();
  const std::uint64_t format = good ? whole(*object, "journal", good) : 0;
  if (!good) {
    error = "is no journal of callmill";
    return false;
  }
  if (format != kFormat) {
    error =
        fmt::format("is a journal of format {}; this callmill reads format {}", format, kFormat);
    return false;
  }
  h.version = text(*object, "version", good);
  h.scenario = text(*object, "scenario", good);
  h.hash = text(*object, "hash", good);
  h.text = text(*object, "text", good);
  h.seed = whole(*object, "seed", good);
  h.replication = whole(*object, "replication", good);
  const auto spare = [&](const char* key, std::optional<std::uint32_t>& into) {
    if (object->contains(key)) into = static_cast<std::uint32_t>(whole(*object, key, good));
  };
  spare("spare_agents", h.spare.agents);
  spare("spare_lines", h.spare.lines);
  if (!good) error = "has a header that lacks something";
  return good;
}

bool read_record(const std::string& line, JournalRecord& r, std::string& error) {
  const auto object = parse_object(line);
  bool good = object.has_value();
  if (!good) return false;
  r.at = kStart + SimDuration{static_cast<std::int64_t>(whole(*object, "at", good))};
  r.events = whole(*object, "events", good);
  if (object->contains("end")) {
    r.kind = JournalRecord::Kind::kEnd;
    const std::string hex = text(*object, "fingerprint", good);
    const auto [end, code] =
        std::from_chars(hex.data(), hex.data() + hex.size(), r.fingerprint, 16);
    return good && code == std::errc{} && end == hex.data() + hex.size();
  }
  r.seq = whole(*object, "seq", good);
  if (object->contains("undo")) {
    r.kind = JournalRecord::Kind::kUndo;
    r.undo = whole(*object, "undo", good);
    return good;
  }
  const json::value* what = object->if_contains("do");
  if (!good || what == nullptr) return false;
  std::vector<CommandError> errors;
  const auto command = command_from_json(json::serialize(*what), errors);
  if (!command) {
    error = errors.front().detail;
    return false;
  }
  r.command = *command;
  return true;
}

std::string system_error(const std::string& what) {
  return what + ": " + std::strerror(errno);
}

// So that the file is there after the power has failed.
void sync_folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

std::optional<JournalFile> parse_journal(std::string_view bytes, std::string& error) {
  JournalFile file;
  std::size_t line_number = 0;
  for (std::size_t begin = 0; begin < bytes.size();) {
    ++line_number;
    const std::size_t end = bytes.find('\n', begin);
    const bool last = end == std::string_view::npos || end + 1 == bytes.size();
    const auto line = end == std::string_view::npos ? std::optional<std::string>{}
                                                    : unsealed(bytes.substr(begin, end - begin));
    if (!line && line_number > 1 && last) {  // was being written
      file.torn = true;
      return file;
    }
    if (!line) {
      error = line_number == 1 ? "is no journal of callmill, or its header is damaged"
                               : fmt::format("is damaged in line {}", line_number);
      return {};
    }
    if (line_number == 1) {
      if (!read_header(*line, file.header, error)) return {};
    } else {
      JournalRecord record;
      std::string why;
      if (!read_record(*line, record, why)) {
        error = fmt::format("has a record in line {} that cannot be read{}{}", line_number,
                            why.empty() ? "" : ": ", why);
        return {};
      }
      file.records.push_back(std::move(record));
    }
    begin = end + 1;
    file.whole_bytes = begin;
  }
  if (line_number == 0) {
    error = "is empty";
    return {};
  }
  return file;
}

std::optional<JournalFile> read_journal(const std::string& path, std::string& error) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    error = system_error("cannot be read");
    return {};
  }
  std::string bytes, part(std::size_t{1} << 16, '\0');
  ssize_t n = 0;
  while ((n = ::read(file, part.data(), part.size())) != 0) {
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 || bytes.size() > kMostBytes) break;
    bytes.append(part, 0, static_cast<std::size_t>(n));
  }
  if (n < 0) error = system_error("cannot be read");
  ::close(file);
  if (n < 0) return {};
  return parse_journal(bytes, error);
}

Journal::Journal(int file, std::string path, std::size_t size)
    : file_{file}, path_{std::move(path)}, size_{size} {}

Journal::~Journal() {
  ::close(file_);
}

std::unique_ptr<Journal> Journal::create(const std::string& path, const JournalHeader& header,
                                         std::string& error) {
  const int file =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) {
    error = system_error("cannot be made");
    return nullptr;
  }
  const std::string line = sealed(header_json(header));
  std::unique_ptr<Journal> journal{new Journal{file, path, line.size()}};
  if (write_all(file, line) && ::fdatasync(file) == 0) {
    sync_folder_of(path);
    return journal;
  }
  error = system_error("cannot be written");
  ::unlink(path.c_str());
  return nullptr;
}

std::unique_ptr<Journal> Journal::open(const std::string& path, JournalFile& contents,
                                       std::string& error) {
  auto read = read_journal(path, error);
  if (!read) return nullptr;
  contents = std::move(*read);
  const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (file < 0) {
    error = system_error("cannot be written");
    return nullptr;
  }
  std::unique_ptr<Journal> journal{new Journal{file, path, contents.whole_bytes}};
  if (!contents.torn) return journal;
  if (::ftruncate(file, static_cast<off_t>(contents.whole_bytes)) == 0 && ::fdatasync(file) == 0)
    return journal;
  error = system_error("its torn end cannot be cut");
  return nullptr;
}

bool Journal::append(const JournalRecord& record) {
  const std::string line = sealed(record_json(record));
  if (write_all(file_, line) && ::fdatasync(file_) == 0) {
    size_ += line.size();
    return true;
  }
  error_ = system_error("cannot be written");
  if (::ftruncate(file_, static_cast<off_t>(size_)) != 0) error_ += ", and its end is torn";
  return false;
}

}  // namespace callmill::live
