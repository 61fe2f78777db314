#include "app/files/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/files/fields.h"
#include "app/files/patch.h"
#include "models/world/no_effect.h"

namespace callmill {
namespace files {
namespace {

constexpr std::size_t kBases = 8;

const Shape& root_shape() {
  static const Shape shape = shape_of(root_record());
  return shape;
}

// The document of one file with its base merged in. `chain` holds the files that are being read.
class Loader {
 public:
  explicit Loader(Reader& reader) : reader_{reader} {}

  std::optional<Node> load(const std::string& path, bool must_be_file, Place asked_from) {
    const auto source = read_source(path, kScenarioBytes, must_be_file, asked_from, problems());
    if (!source) return std::nullopt;
    reader_.files.push_back(problems().source(*source).name);
    return take(*source, path);
  }

  std::optional<Node> take(int source, const std::string& path) {
    std::optional<Node> root = parse_yaml(source, problems());
    if (!root) return std::nullopt;
    if (!root->is_map()) {
      problems().add(root->place, "type",
                     root->is_null() ? "the file is empty"
                                     : "a scenario is a map of keys, not " + what_is(*root),
                     "start with version: 1");
      return std::nullopt;
    }
    if (root->find("base") == nullptr) return root;
    chain_.push_back(path);
    return derive(*root);
  }

 private:
  Problems& problems() { return reader_.problems(); }

  std::optional<Node> derive(const Node& head) {
    static const Shape shape = shape_of(derived_record());
    const std::size_t before = problems().count();
    Derived derived;
    Reader own{problems()};
    read_record(derived_record(), shape, "", head, own, derived);
    if (problems().count() > before) return std::nullopt;
    const Node& base = *head.find("base");
    const std::string folder = problems().source(base.place.source).folder;
    const std::string path = base.text.starts_with('/') ? base.text : folder + base.text;
    if (!check_chain(path, base.place)) return std::nullopt;
    std::optional<Node> root = load(path, true, base.place);
    if (!root) return std::nullopt;
    for (const std::string key : {"name", "description"})
      if (const Entry* entry = head.entry(key)) {
        std::erase_if(root->entries, [&](const Entry& e) { return e.key == key; });
        root->entries.push_back(*entry);
      }
    for (const Entry& entry : derived.set.entries)
      apply_patch(*root, root_shape(), entry.key, entry.place, entry.value, problems());
    return root;
  }

  bool check_chain(const std::string& path, Place place) {
    for (const std::string& above : chain_) {
      std::error_code error;
      if (above != path && !std::filesystem::equivalent(above, path, error)) continue;
      problems().add(place, "base", fmt::format("base leads back to {}", path),
                     "a base cannot be based on itself");
      return false;
    }
    if (chain_.size() <= kBases) return true;
    problems().add(place, "base", fmt::format("more than {} bases on top of each other", kBases));
    return false;
  }

  Reader& reader_;
  std::vector<std::string> chain_;
};

// "path=value" as given to --set. The place of its path; nowhere after an error.
Place apply_argument(Node& root, const std::string& argument, Problems& problems) {
  const std::size_t equals = argument.find('=');
  const bool has_value = equals != std::string::npos && equals > 0;
  const auto source = take_source({"--set", "", argument, has_value ? equals + 1 : 0, {}},
                                  kScenarioBytes, problems);
  if (!source) return {};
  if (!has_value) {
    problems.add({*source, 0, argument.size()}, "set", "needs path=value",
                 "--set callers.resident.patience.mean=90s");
    return {};
  }
  std::optional<Node> value = parse_yaml(*source, problems);
  if (!value) return {};
  const Place path{*source, 0, equals};
  const bool applied = apply_patch(root, root_shape(), argument.substr(0, equals), path,
                                   std::move(*value), problems);
  return applied ? path : Place{};
}

// The sections that misspelt keys stand for, of each the nearest; "" where a key is like none.
std::vector<std::string> misspelt_sections(const Node& root) {
  std::vector<std::string> keys, sections;
  for (const FieldShape& field : root_shape().fields) keys.push_back(field.name);
  for (const Entry& entry : root.entries)
    if (std::find(keys.begin(), keys.end(), entry.key) == keys.end())
      sections.push_back(near_word(entry.key, keys));
  return sections;
}

// With a section that is misspelt, ids point into nothing; without the day no time means anything.
bool all_hangs_on(const std::string& section) {
  for (std::size_t i = 0; i < kSections; ++i)
    if (section == section_key(static_cast<Section>(i))) return true;
  return section == "day" || section == "days";
}

// Sections that lead somewhere: what nobody comes to is not known while one of them is wrong.
bool ways_failed(const Reader& reader, const std::vector<Fault>& faults) {
  constexpr const char* kWays[] = {"callers",   "menus",  "queues", "groups",
                                   "campaigns", "events", "rules"};
  return std::any_of(std::begin(kWays), std::end(kWays), [&](const char* section) {
    return reader.failed(section) ||
           std::any_of(faults.begin(), faults.end(),
                       [&](const Fault& fault) { return fault.path.starts_with(section); });
  });
}

// What a misspelt section would have given is not missing.
void find_contradictions(const World& world, const std::vector<std::string>& misspelt,
                         Reader& reader) {
  std::vector<Fault> faults = contradictions(world);
  // A way that is wrong leads nowhere: what nobody comes to is said once the ways are right.
  const bool right = !ways_failed(reader, faults);
  for (Fault& fault : without_effect(world))
    if (right || fault.code != "unreached") faults.push_back(std::move(fault));
  for (Fault& fault : faults) {
    // Where the kind of an event is not known, its fields have not been read.
    const auto known = [&](const std::string& path) {
      const bool is_misspelt =
          std::any_of(misspelt.begin(), misspelt.end(), [&](const std::string& section) {
            return !section.empty() && path.starts_with(section);
          });
      return is_misspelt || reader.failed(path) ||
             (path.starts_with("events[") &&
              reader.failed(path.substr(0, path.rfind('.')) + ".kind"));
    };
    if (known(fault.path) || std::any_of(fault.also.begin(), fault.also.end(), known)) continue;
    reader.fail_at(fault.path, std::move(fault.code), fault.path + " " + fault.message,
                   std::move(fault.help));
  }
}

void read_world(const Node& root, Reader& reader, World& world) {
  reader.collect_names(root);
  read_record(root_record(), root_shape(), "", root, reader, world);
  if (!reader.currency.empty()) world.currency = reader.currency;
  const std::vector<std::string> misspelt = misspelt_sections(root);
  if (std::any_of(misspelt.begin(), misspelt.end(), all_hangs_on)) return;
  find_contradictions(world, misspelt, reader);
}

bool is_idle(const Problems::Found& f) {
  return f.code == "no-effect" || f.code == "unreached";
}

bool is_in(Problems& some, const Problems::Found& f) {
  return std::any_of(some.found().begin(), some.found().end(), [&](const Problems::Found& o) {
    return o.place.source == f.place.source && o.place.begin == f.place.begin && o.code == f.code;
  });
}

// A what-if takes something away; what the file says of it may then stay where it is, without
// effect. Not so what an argument itself says in vain.
void excuse_what_ifs(const Node& unchanged, const Problems& before, Problems& problems) {
  if (std::none_of(problems.found().begin(), problems.found().end(), is_idle)) return;
  Problems plain = before;
  Reader reader{plain};
  World world;
  read_world(unchanged, reader, world);
  const int files = static_cast<int>(before.sources().size());
  std::erase_if(problems.found(), [&](const Problems::Found& f) {
    return is_idle(f) && f.place.source < files && !is_in(plain, f);
  });
}

// What a base says may have lost its effect by the file that builds on it: only that file's own
// fields are told, as those of the base are where it is read by itself.
void excuse_bases(int files, Problems& problems) {
  std::erase_if(problems.found(), [&](const Problems::Found& f) {
    return is_idle(f) && f.place.source > 0 && f.place.source < files;
  });
}

// An error in the file that is not there without some argument is shown at the first argument with
// which it comes: the file is read again with none, one, two of them.
void blame_arguments(const Node& unchanged, const Problems& before,
                     const std::vector<std::string>& arguments, Problems& problems) {
  const int files = static_cast<int>(before.sources().size());
  std::vector<bool> settled(problems.count());
  for (std::size_t n = 0; n <= arguments.size(); ++n) {
    Problems some = before;
    Node root = unchanged;
    Place last;
    for (std::size_t i = 0; i < n; ++i) last = apply_argument(root, arguments[i], some);
    Reader reader{some};
    World world;
    read_world(root, reader, world);
    for (std::size_t i = 0; i < settled.size(); ++i) {
      Problems::Found& found = problems.found()[i];
      if (settled[i] || found.place.source >= files || !is_in(some, found)) continue;
      settled[i] = true;
      if (last.source >= 0) found.place = last;
    }
  }
}

std::optional<Scenario> finish(std::optional<Node> root, const ScenarioOptions& options,
                               Reader& reader, Diagnostics& diagnostics) {
  Problems& problems = reader.problems();
  const int files = static_cast<int>(problems.sources().size());
  Scenario scenario;
  if (root && options.set.empty()) {
    read_world(*root, reader, scenario.world);
    excuse_bases(files, problems);
  } else if (root) {
    const Node unchanged = *root;
    const Problems before = problems;
    for (const std::string& argument : options.set) apply_argument(*root, argument, problems);
    read_world(*root, reader, scenario.world);
    excuse_what_ifs(unchanged, before, problems);
    excuse_bases(files, problems);
    if (problems.count() > 0) blame_arguments(unchanged, before, options.set, problems);
  }
  if (options.idle_fields) std::erase_if(problems.found(), is_idle);
  problems.hand_over(diagnostics);
  if (!root || problems.count() > 0) return std::nullopt;
  scenario.hash = scenario_hash(scenario.world);
  scenario.files = reader.files;
  return scenario;
}

}  // namespace
}  // namespace files

// FNV-1a, 64 bits, with a final mix.
std::string text_hash(const std::string& text) {
  std::uint64_t h = 0xcbf29ce484222325u;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  h ^= h >> 32;
  h *= 0xd6e8feb86659fd93u;
  h ^= h >> 32;
  return fmt::format("{:016x}", h);
}

std::string scenario_hash(const World& world) {
  return text_hash(show_scenario(world));
}

std::optional<Scenario> read_scenario(const std::string& path, const ScenarioOptions& options,
                                      Diagnostics& diagnostics) {
  files::Problems problems;
  files::Reader reader{problems};
  std::optional<files::Node> root = files::Loader{reader}.load(path, false, {});
  return files::finish(std::move(root), options, reader, diagnostics);
}

std::optional<Scenario> read_scenario_text(const std::string& name, const std::string& text,
                                           const ScenarioOptions& options,
                                           Diagnostics& diagnostics) {
  files::Problems problems;
  files::Reader reader{problems};
  const std::size_t slash = name.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : name.substr(0, slash + 1);
  const auto source =
      files::take_source({name, folder, text, 0, {}}, files::kScenarioBytes, problems);
  std::optional<files::Node> root;
  if (source) root = files::Loader{reader}.take(*source, name);
  return files::finish(std::move(root), options, reader, diagnostics);
}

std::string show_scenario(const World& world) {
  return files::write_yaml(files::write_record(files::root_record(), world, files::Writer{world}));
}

}  // namespace callmill
