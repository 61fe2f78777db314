// A journal read back, and all that is wrong with it.

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "app/live/journal_lines.h"
#include "app/live/journal_records.h"

namespace callmill::live {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30;

// Lines of `bytes` that have an end and no hole; what is behind the last of them.
std::vector<JournalLine> split(std::string_view bytes, std::string_view& torn) {
  std::vector<JournalLine> lines;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = bytes.find('\n', begin);
    const std::string_view line = bytes.substr(begin, end - begin);
    const bool last = end == std::string_view::npos || end + 1 == bytes.size();
    if (end == std::string_view::npos || (last && line.find('\0') != std::string_view::npos)) {
      torn = bytes.substr(begin);
      break;
    }
    lines.push_back(unseal(line));
    begin = end + 1;
  }
  return lines;
}

bool numbered(const JournalRecord& r) {
  return r.kind == JournalRecord::Kind::kCommand || r.kind == JournalRecord::Kind::kUndo;
}

// The records whose numbers lie between two others: "record 3 is missing", or of no number.
std::string missing(std::uint64_t last, std::uint64_t next) {
  if (next == last + 2) return fmt::format("record {} is missing before this one", last + 1);
  if (next > last + 2)
    return fmt::format("records {} to {} are missing before this one", last + 1, next - 1);
  return "a record is missing before this one";
}

std::string unreadable(const std::string& path) {
  return path + ": cannot be read: " + std::strerror(errno);
}

// Collects what is wrong, a sentence a line.
class Reading {
 public:
  Reading(JournalFile& file, const std::string& name) : file_{file}, name_{name} {}

  void wrong(std::size_t line, const std::string& what) {
    error_ += fmt::format("{}{}:{}: {}", error_.empty() ? "" : "\n", name_, line, what);
  }
  bool header(const std::vector<JournalLine>& lines) {
    std::string why = "is no journal of callmill, or its header is damaged";
    if (lines.front().whole() && read_header(lines.front().object, file_, why)) return true;
    wrong(1, why);
    return false;
  }
  void records(const std::vector<JournalLine>& lines) {
    for (std::size_t i = 1; i < lines.size(); ++i) {
      JournalRecord record;
      record.line = i + 1;
      std::string why = "is no record of a journal";
      if (!lines[i].whole())
        wrong(record.line,
              lines[i].crc.empty()
                  ? "was altered: this is no sealed record"
                  : fmt::format("was altered: its checksum is {}, that of its bytes {}",
                                lines[i].crc, lines[i].fits));
      else if (!read_record(lines[i].object, record, why))
        wrong(record.line, "cannot be read: " + why);
      file_.records.push_back(std::move(record));
    }
  }
  void chain(const std::vector<JournalLine>& lines) {
    for (const ChainFault& fault : chain_faults(lines)) {
      if (fault.behind != 0)
        wrong(fault.line,
              fmt::format("is not where it was written: it belongs behind line {}", fault.behind));
      else
        wrong(fault.line, missing(last_before(fault.line), record(fault.line).seq));
    }
  }
  // Of journals without a chain.
  void numbers() {
    std::uint64_t last = 0;
    for (const JournalRecord& r : file_.records) {
      if (!numbered(r)) continue;
      if (r.seq <= last)
        wrong(r.line,
              fmt::format("is not where it was written: record {} is behind {}", r.seq, last));
      else if (r.seq != last + 1)
        wrong(r.line, missing(last, r.seq));
      last = std::max(last, r.seq);
    }
  }
  std::string take_error() { return std::move(error_); }
  bool good() const { return error_.empty(); }

 private:
  const JournalRecord& record(std::size_t line) const { return file_.records[line - 2]; }
  std::uint64_t last_before(std::size_t line) const {
    std::uint64_t last = 0;
    for (std::size_t k = 2; k < line; ++k)
      if (numbered(record(k)) && record(k).seq != 0) last = record(k).seq;
    return last;
  }

  JournalFile& file_;
  const std::string& name_;
  std::string error_;
};

}  // namespace

std::string JournalFile::notice() const {
  if (format == Journal::kFormat) return {};
  return fmt::format(
      "{} is a journal of format {}, without a chain: its records have checksums, but "
      "one taken out at its end would not be missed",
      name, format);
}

std::optional<JournalFile> parse_journal(std::string_view bytes, const std::string& name,
                                         std::string& error) {
  JournalFile file;
  file.name = name;
  std::string_view torn;
  const std::vector<JournalLine> lines = split(bytes, torn);
  if (lines.empty()) {
    error = name + (bytes.empty() ? " is empty"
                                  : ":1: is no journal of callmill, or its header is damaged");
    return {};
  }
  Reading reading{file, name};
  if (reading.header(lines)) {
    reading.records(lines);
    if (file.format == 1)
      reading.numbers();
    else
      reading.chain(lines);
  }
  if (!reading.good()) {
    error = reading.take_error();
    return {};
  }
  file.torn = std::string{torn};
  file.whole_bytes = bytes.size() - torn.size();
  file.last_crc = lines.back().crc;
  return file;
}

std::optional<JournalFile> read_journal(const std::string& path, std::string& error) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    error = unreadable(path);
    return {};
  }
  std::string bytes, part(std::size_t{1} << 16, '\0');
  ssize_t n = 0;
  while ((n = ::read(file, part.data(), part.size())) != 0) {
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 || bytes.size() > kMostBytes) break;
    bytes.append(part, 0, static_cast<std::size_t>(n));
  }
  if (n < 0) error = unreadable(path);
  ::close(file);
  if (n < 0) return {};
  return parse_journal(bytes, path, error);
}

}  // namespace callmill::live
