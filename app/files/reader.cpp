#include "app/files/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace callmill::files {
namespace {

struct SectionWords {
  std::string_view key, noun;
};
constexpr SectionWords kWords[kSections] = {{"lines", "line group"}, {"callers", "caller type"},
                                            {"menus", "menu"},       {"queues", "queue"},
                                            {"groups", "group"},     {"shifts", "shift"}};

// Whether `path` is `root` or lies below it.
bool is_within(std::string_view path, std::string_view root) {
  if (!path.starts_with(root)) return false;
  return root.empty() || path.size() == root.size() || path[root.size()] == '.' ||
         path[root.size()] == '[';
}

std::string_view parent(std::string_view path) {
  const std::size_t cut = path.find_last_of(".[");
  return cut == std::string_view::npos ? "" : path.substr(0, cut);
}

}  // namespace

std::string_view section_key(Section section) {
  return kWords[static_cast<std::size_t>(section)].key;
}
std::string_view section_noun(Section section) {
  return kWords[static_cast<std::size_t>(section)].noun;
}

void Reader::collect_names(const Node& root) {
  for (std::size_t i = 0; i < kSections; ++i) {
    const Node* section = root.find(kWords[i].key);
    for (const Entry& entry :
         root.entries)  // a misspelt section must not make all references to it wrong too
      if (section == nullptr && root.entries.size() < 100 &&
          near_word(entry.key, {std::string{kWords[i].key}}) != "" &&
          std::none_of(std::begin(kWords), std::end(kWords),
                       [&](const SectionWords& w) { return w.key == entry.key; }))
        section = &entry.value;
    if (section == nullptr || !section->is_map()) continue;
    for (const Entry& entry : section->entries) names_[i].push_back(entry.key);
  }
}

Reader::Scope::Scope(Reader& reader, const std::string& step, Place place)
    : reader_{reader}, length_{reader.path_.size()} {
  if (!reader.path_.empty() && !step.starts_with('[')) reader.path_ += '.';
  reader.path_ += step;
  reader.places_.emplace(reader.path_, place);
}

std::string Reader::index_step(std::size_t index) {
  return fmt::format("[{}]", index);
}

void Reader::fail(Place place, std::string code, const std::string& message, std::string help) {
  failed_.insert(path_);
  problems_.add(place, std::move(code), path_.empty() ? message : path_ + " " + message,
                std::move(help));
}

void Reader::wrong(const Node& node, const Slip& slip) {
  fail(node.place, slip.code, fmt::format("is {}; {}", what_is(node), slip.message), slip.help);
}

Place Reader::place_of(std::string_view path) const {
  while (true) {
    if (const auto found = places_.find(path); found != places_.end()) return found->second;
    if (path.empty()) return {0, 0, 1};
    path = parent(path);
  }
}

bool Reader::failed(std::string_view path) const {
  for (std::string_view above = path; !above.empty(); above = parent(above))
    if (failed_.contains(above)) return true;
  for (auto below = failed_.lower_bound(path); below != failed_.end(); ++below) {
    if (!std::string_view{*below}.starts_with(path)) break;
    if (is_within(*below, path)) return true;
  }
  return false;
}

void Reader::fail_at(std::string_view path, std::string code, std::string message,
                     std::string help) {
  problems_.add(place_of(path), std::move(code), std::move(message), std::move(help));
}

const CsvTable* Reader::csv(const Node& file) {
  const std::string& folder = problems_.source(file.place.source).folder;
  const std::string path = file.text.starts_with('/') ? file.text : folder + file.text;
  const auto known = tables_.find(path);
  if (known != tables_.end()) {
    if (known->second == nullptr) failed_.insert(path_);
    return known->second.get();
  }
  std::unique_ptr<CsvTable>& table = tables_[path];
  const std::size_t before = problems_.count();
  if (const auto source = read_source(path, kCsvBytes, true, file.place, problems_)) {
    files.push_back(path);
    table = read_csv(*source, problems_);
  }
  if (problems_.count() > before) failed_.insert(path_);
  return table.get();
}

}  // namespace callmill::files
