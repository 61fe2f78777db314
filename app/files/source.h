#pragma once
// Texts that were read, and places in them: a place is a byte range, turned into line and column
// only when it is shown.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace callmill::files {

// Limits of what is read, each an error of its own when it is passed.
inline constexpr std::size_t kScenarioBytes = 1u << 20;  // a scenario, its bases, a --set value
inline constexpr std::size_t kCsvBytes = 16u << 20;
inline constexpr std::size_t kNodes = 100'000;  // scalars, keys, lists and maps of one document
inline constexpr int kDepth = 64;               // nesting of one document
inline constexpr std::size_t kErrorsShown = 200;

// Bytes [begin, begin + length) of a source; source < 0 is nowhere.
struct Place {
  int source = -1;
  std::size_t begin = 0;
  std::size_t length = 1;
};

struct Source {
  std::string name;        // as shown in messages
  std::string folder;      // what relative paths in it are relative to, "" or ending in '/'
  std::string text;        // valid UTF-8 without a byte order mark
  std::size_t hidden = 0;  // leading bytes that are not YAML: "path=" of a --set argument
  std::vector<std::size_t> line_starts;
};

// Every error of one reading, with its sources; shown in the order of the places.
class Problems {
 public:
  int add_source(Source source);
  const Source& source(int index) const { return sources_[static_cast<std::size_t>(index)]; }
  const std::vector<Source>& sources() const { return sources_; }

  void add(Place place, std::string code, std::string message, std::string help = "");
  std::size_t count() const { return found_.size(); }

  struct Found {
    Place place;
    std::string code, message, help;
  };
  std::vector<Found>& found() { return found_; }
  // Sorted by source, line and column, at most kErrorsShown of them and a last one that says so.
  void hand_over(Diagnostics& diagnostics) const;

 private:
  Diagnostic diagnostic(const Found& found) const;

  std::vector<Source> sources_;
  std::vector<Found> found_;
};

// Reads a file ("-" = standard input) of at most `limit` bytes and checks that it is text: UTF-8,
// no control characters; a byte order mark is dropped. Errors go to `problems`; `asked_from` is
// where the name stands. `must_be_file` refuses pipes and devices, which could make a scenario
// hang.
std::optional<int> read_source(const std::string& path, std::size_t limit, bool must_be_file,
                               Place asked_from, Problems& problems);
// The same checks for a text that is already here.
std::optional<int> take_source(Source source, std::size_t limit, Problems& problems);

std::size_t code_points(std::string_view utf8);

}  // namespace callmill::files
