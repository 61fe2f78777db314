#include "app/files/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <tuple>
#include <utility>

namespace callmill::files {
namespace {

// Longer lines are shown without their text: a caret far to the right helps nobody.
constexpr std::size_t kShownLineBytes = 400;

// Length of the UTF-8 sequence at text[at], 0 when it is not valid (overlong forms and surrogates
// included).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  const unsigned char second = byte(at + 1);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
  if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;
  return length;
}

bool is_control(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte == '\r') return at + 1 == text.size() || text[at + 1] != '\n';
  return (byte < 0x20 && byte != '\t' && byte != '\n') || byte == 0x7F;
}

// The first byte that is not text, as an error.
bool check_text(int source, std::string_view text, Problems& problems) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) {
      problems.add({source, at, 1}, "utf-8",
                   fmt::format("byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(text[at])),
                   "save the file as UTF-8 (spreadsheets in Chinese often save GBK)");
      return false;
    }
    if (is_control(text, at)) {
      problems.add({source, at, 1}, "control-character",
                   fmt::format("control character 0x{:02X} in a text file",
                               static_cast<unsigned char>(text[at])),
                   text[at] == '\r' ? "end lines with LF or CR LF" : "remove it");
      return false;
    }
    at += length;
  }
  return true;
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// At most limit + 1 bytes, so that an endless file is seen to be too long.
std::string read_up_to(std::FILE* file, std::size_t limit) {
  std::string text;
  char buffer[1 << 14];
  while (text.size() <= limit) {
    const std::size_t wanted = std::min(sizeof buffer, limit + 1 - text.size());
    const std::size_t got = std::fread(buffer, 1, wanted, file);
    if (got == 0) break;
    text.append(buffer, got);
  }
  return text;
}

}  // namespace

std::size_t code_points(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

int Problems::add_source(Source source) {
  source.line_starts = {0};
  for (std::size_t i = 0; i < source.text.size(); ++i)
    if (source.text[i] == '\n') source.line_starts.push_back(i + 1);
  sources_.push_back(std::move(source));
  return static_cast<int>(sources_.size()) - 1;
}

void Problems::add(Place place, std::string code, std::string message, std::string help) {
  found_.push_back({place, std::move(code), std::move(message), std::move(help)});
}

Diagnostic Problems::diagnostic(const Found& found) const {
  Diagnostic d{{}, found.code, found.message, found.help, ""};
  if (found.place.source < 0) return d;
  const Source& text = source(found.place.source);
  d.place.file = text.name;
  if (found.code == "unreadable" && text.text.empty()) return d;  // there is nothing to point into
  const std::size_t begin = std::min(found.place.begin, text.text.size());
  const auto after = std::upper_bound(text.line_starts.begin(), text.line_starts.end(), begin);
  const std::size_t line = static_cast<std::size_t>(after - text.line_starts.begin()) - 1;
  const std::size_t start = text.line_starts[line];
  std::size_t end =
      line + 1 < text.line_starts.size() ? text.line_starts[line + 1] - 1 : text.text.size();
  if (end > start && text.text[end - 1] == '\r') --end;
  const std::string_view shown = std::string_view{text.text}.substr(start, end - start);
  const std::size_t offset = std::min(begin - start, shown.size());
  const std::size_t length = std::min(found.place.length, shown.size() - offset);
  d.place.line = static_cast<int>(line) + 1;
  d.place.column = static_cast<int>(code_points(shown.substr(0, offset))) + 1;
  d.place.length = std::max(1, static_cast<int>(code_points(shown.substr(offset, length))));
  // A line that is not UTF-8 would spoil the terminal.
  if (shown.size() <= kShownLineBytes && found.code != "utf-8" && found.code != "control-character")
    d.line_text = std::string{shown};
  return d;
}

void Problems::hand_over(Diagnostics& diagnostics) const {
  std::vector<const Found*> order;
  for (const Found& found : found_) order.push_back(&found);
  std::stable_sort(order.begin(), order.end(), [](const Found* a, const Found* b) {
    return std::tuple(a->place.source, a->place.begin) <
           std::tuple(b->place.source, b->place.begin);
  });
  const std::size_t shown = std::min(order.size(), kErrorsShown);
  for (std::size_t i = 0; i < shown; ++i) diagnostics.error(diagnostic(*order[i]));
  if (shown < order.size()) {
    Diagnostic last = diagnostic(*order[shown]);
    last.code = "too-many-errors";
    last.message = fmt::format("{} more errors are not shown", order.size() - shown);
    last.help = "";
    last.line_text = "";
    diagnostics.error(std::move(last));
  }
}

std::optional<int> take_source(Source source, std::size_t limit, Problems& problems) {
  const bool too_long = source.text.size() > limit;
  if (source.text.starts_with("\xEF\xBB\xBF")) source.text.erase(0, 3);
  if (too_long) source.text.clear();
  const int index = problems.add_source(std::move(source));
  if (too_long) {
    problems.add(
        {index, 0, 1}, "too-large",
        fmt::format("longer than {} MiB, the most that is read", limit >> 20),
        limit == kScenarioBytes ? "put bulk numbers into CSV files beside the scenario" : "");
    return std::nullopt;
  }
  if (!check_text(index, problems.source(index).text, problems)) return std::nullopt;
  return index;
}

std::optional<int> read_source(const std::string& path, std::size_t limit, bool must_be_file,
                               Place asked_from, Problems& problems) {
  const auto refuse = [&](const std::string& why) -> std::optional<int> {
    Place place = asked_from;
    if (place.source < 0) place.source = problems.add_source({path, "", "", 0, {}});
    problems.add(place, "unreadable", fmt::format("cannot read {}: {}", path, why));
    return std::nullopt;
  };
  if (path == "-" && !must_be_file) {
    // Variants of a scenario read it again.
    static const std::string from_stdin = read_up_to(stdin, limit);
    return take_source({"<stdin>", "", from_stdin, 0, {}}, limit, problems);
  }
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (std::filesystem::is_directory(status)) return refuse("it is a folder");
  if (must_be_file && std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    return refuse("it is not an ordinary file");
  const std::unique_ptr<std::FILE, Close> file{std::fopen(path.c_str(), "rb")};
  if (!file) return refuse(errno == ENOENT ? "no such file" : std::strerror(errno));
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  return take_source({path, folder, read_up_to(file.get(), limit), 0, {}}, limit, problems);
}

}  // namespace callmill::files
