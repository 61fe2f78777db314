#pragma once
// One reading: where we are in the document, which names exist, what went wrong, and where each
// field stands.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/csv.h"
#include "app/files/node.h"
#include "app/files/text.h"
#include "models/world/world.h"

namespace callmill::files {

// The sections whose entries have names that other fields refer to.
enum class Section : std::uint8_t { kLines, kCallers, kMenus, kQueues, kGroups, kShifts };
inline constexpr std::size_t kSections = 6;
std::string_view section_key(Section section);   // "queues", as in the file
std::string_view section_noun(Section section);  // "queue", for messages

class Reader {
 public:
  explicit Reader(Problems& problems) : problems_{problems} {}

  // Collects the names of the sections, so that references can point forward.
  void collect_names(const Node& root);
  const std::vector<std::string>& names(Section section) const {
    return names_[static_cast<std::size_t>(section)];
  }

  // The path of the value that is read now. Keys are joined by dots, positions in lists stand in
  // brackets.
  const std::string& path() const { return path_; }
  class Scope {
   public:
    Scope(Reader& reader, const std::string& step, Place place);
    ~Scope() { reader_.path_.resize(length_); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Reader& reader_;
    std::size_t length_;
  };
  static std::string index_step(std::size_t index);

  // An error at `place`; the message starts with the path.
  void fail(Place place, std::string code, const std::string& message, std::string help = "");
  // "<path> is <what>; <must>".
  void wrong(const Node& node, const Slip& slip);

  // For faults that are found in the finished World: where a field (or its nearest parent) stands,
  // and whether it or something in it was already reported.
  Place place_of(std::string_view path) const;
  bool failed(std::string_view path) const;
  void fail_at(std::string_view path, std::string code, std::string message, std::string help);

  // A CSV file named by a scalar, relative to the file that names it; read once. Null after an
  // error.
  const CsvTable* csv(const Node& file);

  Problems& problems() { return problems_; }
  Day day;                         // read before everything that depends on it
  std::string currency;            // "" until the first amount
  std::vector<std::string> files;  // in the order of reading

 private:
  Problems& problems_;
  std::string path_;
  std::vector<std::string> names_[kSections];
  std::map<std::string, Place, std::less<>> places_;
  std::set<std::string, std::less<>> failed_;
  std::map<std::string, std::unique_ptr<CsvTable>> tables_;  // null: could not be read
};

// What printing needs to know beside the value.
struct Writer {
  const World& world;
};

}  // namespace callmill::files
