#include "app/cli/day_cache.h"

#include <elf.h>
#include <fmt/format.h>
#include <link.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <utility>

#include "app/cli/whole_file.h"
#include "base/random/stream.h"

namespace callmill::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostValues = std::uint64_t{1} << 24u;  // of one period
constexpr std::uint64_t kForm = 0x6361'6c6c'6461'7901u;  // of the file; the last byte counts on

// The linker's hash of this program (its build id), as hex digits; "" where it has none.
std::string build_id() {
  std::string id;
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* into) {
        for (int i = 0; i < info->dlpi_phnum; ++i) {
          const ElfW(Phdr)& part = info->dlpi_phdr[i];
          if (part.p_type != PT_NOTE) continue;
          const auto* at = reinterpret_cast<const char*>(info->dlpi_addr + part.p_vaddr);
          const auto padded = [](std::size_t n) { return (n + 3) / 4 * 4; };
          for (const char* end = at + part.p_memsz; at + sizeof(ElfW(Nhdr)) <= end;) {
            ElfW(Nhdr) note;
            std::memcpy(&note, at, sizeof note);
            const char* const text = at + sizeof note + padded(note.n_namesz);
            if (note.n_type == NT_GNU_BUILD_ID)
              for (std::size_t k = 0; k < note.n_descsz; ++k)
                *static_cast<std::string*>(into) +=
                    fmt::format("{:02x}", static_cast<unsigned char>(text[k]));
            at = text + padded(note.n_descsz);
          }
        }
        return 1;  // the first is the program
      },
      &id);
  return id;
}

class Bytes {
 public:
  template <class T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    text_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <class T>
  void put_all(const std::vector<T>& values) {
    put(std::uint64_t{values.size()});
    text_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  // Most counts are 0: runs of zeros, runs of others.
  void put_sparse(const std::vector<double>& values) {
    put(std::uint64_t{values.size()});
    for (std::size_t i = 0; i < values.size();) {
      const std::size_t zeros = run_of(values, i, true), others = run_of(values, i + zeros, false);
      put(static_cast<std::uint32_t>(zeros));
      put(static_cast<std::uint32_t>(others));
      i += zeros;
      text_.append(reinterpret_cast<const char*>(values.data() + i), others * sizeof(double));
      i += others;
    }
  }
  const std::string& text() const { return text_; }

 private:
  static std::size_t run_of(const std::vector<double>& values, std::size_t from, bool zeros) {
    std::size_t to = from;
    while (to < values.size() && (std::bit_cast<std::uint64_t>(values[to]) == 0) == zeros) ++to;
    return to - from;
  }
  std::string text_;
};

// Takes what Bytes has put; good() turns false where there is less.
class Taker {
 public:
  explicit Taker(std::string_view text) : rest_{text} {}
  template <class T>
  T take() {
    T value{};
    if (!enough(sizeof value)) return value;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }
  template <class T>
  std::vector<T> take_all() {
    const auto n = take<std::uint64_t>();
    if (n > rest_.size() || !enough(n * sizeof(T))) return {};
    std::vector<T> values(n);
    if (n > 0) std::memcpy(values.data(), rest_.data(), n * sizeof(T));
    rest_.remove_prefix(n * sizeof(T));
    return values;
  }
  std::vector<double> take_sparse() {
    const auto n = take<std::uint64_t>();
    if (n > kMostValues) good_ = false;
    std::vector<double> values(good_ ? n : 0);
    for (std::size_t i = 0; i < values.size() && good_;) {
      const std::size_t zeros = take<std::uint32_t>(), others = take<std::uint32_t>();
      i += zeros;
      good_ = zeros + others > 0 && i + others <= values.size() && enough(others * sizeof(double));
      if (!good_ || others == 0) continue;
      std::memcpy(values.data() + i, rest_.data(), others * sizeof(double));
      rest_.remove_prefix(others * sizeof(double));
      i += others;
    }
    return values;
  }
  bool good() const { return good_; }

 private:
  bool enough(std::size_t bytes) { return good_ = good_ && bytes <= rest_.size(); }
  std::string_view rest_;
  bool good_ = true;
};

std::uint64_t check_of(std::string_view text) {
  std::uint64_t h = text.size();
  for (std::size_t i = 0; i < text.size(); i += sizeof h) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, std::min(sizeof word, text.size() - i));
    h = mix64(h ^ word);
  }
  return h;
}

// The files that were not used for longest, until the rest is small enough.
void make_room(const fs::path& folder) {
  struct File {
    fs::file_time_type used;
    fs::path path;
    std::uintmax_t bytes;
  };
  std::vector<File> files;
  std::uintmax_t all = 0;
  std::error_code error;
  for (auto it = fs::recursive_directory_iterator{folder, error};
       !error && it != fs::recursive_directory_iterator{}; it.increment(error)) {
    std::error_code gone;  // another program makes room, too
    if (it->path().extension() != ".days") continue;
    const File file{it->last_write_time(gone), it->path(), it->file_size(gone)};
    if (gone) continue;
    all += file.bytes;
    files.push_back(file);
  }
  std::sort(files.begin(), files.end(),
            [](const File& a, const File& b) { return a.used < b.used; });
  for (const File& file : files) {
    if (all <= kCacheBytes) return;
    fs::remove(file.path, error);
    all -= file.bytes;
  }
}

}  // namespace

fs::path cache_folder(const std::string& option) {
  const auto environment = [](const char* name) {
    const char* const value = std::getenv(name);
    return std::string{value == nullptr ? "" : value};
  };
  const std::string chosen = option.empty() ? environment("CALLMILL_CACHE") : option;
  if (chosen == "off") return {};
  if (!chosen.empty()) return chosen;
  const std::string shared = environment("XDG_CACHE_HOME"), home = environment("HOME");
  if (!shared.empty()) return fs::path{shared} / "callmill";
  return home.empty() ? fs::path{} : fs::path{home} / ".cache" / "callmill";
}

DayCache::DayCache(fs::path folder, std::vector<std::string> scenarios,
                   const ReplicateOptions& study)
    : folder_{std::move(folder)} {
  const std::string program = build_id();
  if (program.empty()) folder_.clear();
  for (const std::string& scenario : scenarios) {
    Shelf& shelf = shelves_.emplace_back();
    if (!folder_.empty())
      shelf.file = folder_ / program /
                   fmt::format("{}-{}-{}{}.days", scenario, study.seed,
                               static_cast<int>(study.reduction.days),
                               study.reduction.conditional ? "-given" : "");
  }
}

DayCache::Shelf& DayCache::shelf(std::size_t plan) {
  Shelf& shelf = shelves_[plan];
  if (std::exchange(shelf.read, true) || shelf.file.empty()) return shelf;
  const std::string text = read_whole(shelf.file);
  if (text.empty()) return shelf;
  const std::size_t body = text.size() - std::min(text.size(), sizeof(std::uint64_t));
  Taker check{std::string_view{text}.substr(body)};
  Taker from{std::string_view{text}.substr(0, body)};
  if (check.take<std::uint64_t>() != check_of(std::string_view{text}.substr(0, body)) ||
      from.take<std::uint64_t>() != kForm) {
    spdlog::info("{} is damaged; its days are simulated again", shelf.file.string());
    return shelf;
  }
  for (auto n = from.take<std::uint64_t>(); n > 0 && from.good(); --n) {
    const auto replication = from.take<std::int64_t>();
    KeptDay& day = shelf.days[replication];
    day.fingerprint = from.take<std::uint64_t>();
    day.events = from.take<std::uint64_t>();
    day.luck = from.take_all<double>();
    for (auto periods = from.take<std::uint64_t>(); periods > 0 && from.good(); --periods) {
      const auto period = from.take<std::uint32_t>();
      day.counts[period] = from.take_sparse();
    }
  }
  if (!from.good()) shelf.days.clear();
  std::error_code error;
  fs::last_write_time(shelf.file, fs::file_time_type::clock::now(), error);  // used
  return shelf;
}

const KeptDay* DayCache::find(std::size_t plan, std::int64_t replication) {
  const Shelf& from = shelf(plan);
  const auto found = from.days.find(replication);
  return found == from.days.end() ? nullptr : &found->second;
}

void DayCache::keep(std::size_t plan, std::int64_t replication, KeptDay day) {
  Shelf& into = shelf(plan);
  if (into.file.empty()) return;
  KeptDay& known = into.days[replication];
  if (known.fingerprint == day.fingerprint) {
    if (day.luck.empty()) day.luck = std::move(known.luck);
    day.counts.merge(known.counts);
  }
  known = std::move(day);
  into.changed = true;
}

void DayCache::save() {
  bool wrote = false;
  for (Shelf& shelf : shelves_) {
    if (!std::exchange(shelf.changed, false)) continue;
    Bytes bytes;
    bytes.put(kForm);
    bytes.put(std::uint64_t{shelf.days.size()});
    for (const auto& [replication, day] : shelf.days) {
      bytes.put(replication);
      bytes.put(day.fingerprint);
      bytes.put(day.events);
      bytes.put_all(day.luck);
      bytes.put(std::uint64_t{day.counts.size()});
      for (const auto& [period, counts] : day.counts) {
        bytes.put(period);
        bytes.put_sparse(counts);
      }
    }
    Bytes check;
    check.put(check_of(bytes.text()));
    const bool written = write_whole(shelf.file, bytes.text() + check.text());
    if (!written) spdlog::info("{} could not be written; nothing is kept", shelf.file.string());
    if (!written) break;
    wrote = true;
  }
  if (wrote) make_room(folder_);
}

}  // namespace callmill::cli
