#include "tests/engine/properties/reorder.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <utility>

namespace callmill::test {
namespace {

constexpr std::array kFreeLists = {"roster",     "events", "outages",
                                   "breakdowns", "closed", "only_on"};

class Shuffler {
 public:
  explicit Shuffler(const std::vector<std::uint16_t>& tape) : tape_{tape} {}

  void print(const YAML::Node& node, bool free_order, YAML::Emitter& out) {
    if (node.IsMap())
      print_map(node, out);
    else if (node.IsSequence())
      print_list(node, free_order, out);
    else
      print_scalar(node, out);
  }

 private:
  void print_map(const YAML::Node& node, YAML::Emitter& out) {
    std::vector<std::pair<YAML::Node, YAML::Node>> entries;
    for (const auto& entry : node) entries.emplace_back(entry.first, entry.second);
    out << YAML::BeginMap;
    for (const std::size_t entry : order(entries.size(), true)) {
      const auto& [key, value] = entries[entry];
      const std::string name = key.as<std::string>();
      out << YAML::Key;
      print_scalar(key, out);
      out << YAML::Value;
      print(value, std::find(kFreeLists.begin(), kFreeLists.end(), name) != kFreeLists.end(), out);
    }
    out << YAML::EndMap;
  }
  void print_list(const YAML::Node& node, bool free_order, YAML::Emitter& out) {
    std::vector<YAML::Node> items;
    for (const auto& item : node) items.push_back(item);
    out << YAML::BeginSeq;
    for (const std::size_t item : order(items.size(), free_order)) print(items[item], false, out);
    out << YAML::EndSeq;
  }
  // A quoted text stays quoted.
  static void print_scalar(const YAML::Node& node, YAML::Emitter& out) {
    if (node.Tag() == "!") out << YAML::DoubleQuoted;
    out << (node.IsNull() ? "null" : node.Scalar());
  }
  // Numbers, for to swap nodes is to write into the tree that they belong to.
  std::vector<std::size_t> order(std::size_t n, bool shuffled) {
    std::vector<std::size_t> numbers(n);
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    for (std::size_t i = n; shuffled && i > 1; --i)
      std::swap(numbers[i - 1], numbers[tape_.empty() ? 0 : tape_[draw_++ % tape_.size()] % i]);
    return numbers;
  }

  const std::vector<std::uint16_t>& tape_;
  std::size_t draw_ = 0;
};

}  // namespace

std::string reordered(const std::string& yaml, const std::vector<std::uint16_t>& tape) {
  YAML::Emitter out;
  Shuffler{tape}.print(YAML::Load(yaml), false, out);
  return std::string{out.c_str()} + "\n";
}

}  // namespace callmill::test
