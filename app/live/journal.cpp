#include "app/live/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/live/journal_lines.h"
#include "app/live/journal_records.h"

namespace callmill::live {
namespace {

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

Journal::~Journal() {
  ::close(file_);
}

// Two programs that write to one journal would break its chain.
bool Journal::locked(std::string& error) const {
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return true;
  error = path_ + ": another program has this journal";
  return false;
}

// First kept, then cut: at no moment are the bytes in neither file.
bool Journal::set_aside(const std::string& torn, std::string& error) const {
  const std::string side = torn_file(path_);
  const int file =
      ::open(side.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  const bool kept = file >= 0 && write_all(file, torn + "\n") && ::fsync(file) == 0;
  if (!kept) error = system_error(side + ": cannot be written");
  if (file >= 0) ::close(file);
  if (!kept) return false;
  sync_folder_of(side);
  if (::ftruncate(file_, static_cast<off_t>(size_)) == 0 && ::fdatasync(file_) == 0) return true;
  error = system_error(path_ + ": its torn end cannot be cut");
  return false;
}

std::unique_ptr<Journal> Journal::create(const std::string& path, const JournalHeader& header,
                                         std::string& error) {
  const int file =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) {
    error = system_error(path + ": cannot be made");
    return nullptr;
  }
  const std::string line = seal(header_json(header), {});
  std::unique_ptr<Journal> journal{new Journal{file, path}};
  journal->size_ = line.size();
  journal->crc_ = crc_of(line);
  if (!journal->locked(error)) return nullptr;
  if (write_all(file, line) && ::fdatasync(file) == 0) {
    sync_folder_of(path);
    return journal;
  }
  error = system_error(path + ": cannot be written");
  ::unlink(path.c_str());
  return nullptr;
}

std::unique_ptr<Journal> Journal::open(const std::string& path, const JournalFile& contents,
                                       std::string& error) {
  const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (file < 0) {
    error = system_error(path + ": cannot be written");
    return nullptr;
  }
  std::unique_ptr<Journal> journal{new Journal{file, path}};
  journal->format_ = contents.format;
  journal->size_ = contents.whole_bytes;
  journal->crc_ = contents.last_crc;
  if (!journal->locked(error)) return nullptr;
  if (::lseek(file, 0, SEEK_END) !=
      static_cast<off_t>(contents.whole_bytes + contents.torn.size())) {
    error = path + ": has been written to since it was read";
    return nullptr;
  }
  if (!contents.torn.empty() && !journal->set_aside(contents.torn, error)) return nullptr;
  return journal;
}

bool Journal::append(const JournalRecord& record) {
  const bool chained = format_ == kFormat;
  if (!chained && record.kind == JournalRecord::Kind::kRemark) return true;  // unknown to format 1
  const std::string line = seal(record_json(record), chained ? crc_ : "");
  if (write_all(file_, line) && ::fdatasync(file_) == 0) {
    size_ += line.size();
    crc_ = crc_of(line);
    return true;
  }
  error_ = system_error("cannot be written");
  if (::ftruncate(file_, static_cast<off_t>(size_)) != 0) error_ += ", and its end is torn";
  return false;
}

std::string torn_file(const std::string& journal) {
  return journal + ".torn";
}

}  // namespace callmill::live
