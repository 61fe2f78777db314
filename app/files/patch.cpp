#include "app/files/patch.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "app/files/text.h"

namespace callmill::files {
namespace {

struct Step {
  std::string key;
  std::size_t begin = 0;  // in the path
  bool index = false;     // [3], or 3 where a list stands
};

// "a.b[2].c" as steps; empty when it is not a path.
std::vector<Step> split(const std::string& path) {
  std::vector<Step> steps;
  std::size_t at = 0;
  while (at <= path.size()) {
    const std::size_t end = std::min(path.find_first_of(".[", at), path.size());
    if (end == at) return {};
    steps.push_back({path.substr(at, end - at), at, false});
    at = end;
    while (at < path.size() && path[at] == '[') {
      const std::size_t close = path.find(']', at);
      if (close == std::string::npos || close == at + 1) return {};
      steps.push_back({path.substr(at + 1, close - at - 1), at + 1, true});
      at = close + 1;
    }
    if (at == path.size()) return steps;
    if (path[at] != '.') return {};
    ++at;
  }
  return {};
}

// The keys that may stand at a value of this shape, and the shape below one of them.
void collect_keys(const Shape& shape, std::vector<std::string>& keys) {
  for (const FieldShape& field : shape.fields)
    if (std::find(keys.begin(), keys.end(), field.name) == keys.end()) keys.push_back(field.name);
  if (shape.form == Shape::Form::kEither)
    for (const Shape& part : shape.parts) collect_keys(part, keys);
}

const Shape* below(const Shape& shape, const std::string& key) {
  if (shape.form == Shape::Form::kNamed || shape.form == Shape::Form::kList) return &shape.parts[0];
  for (const FieldShape& field : shape.fields)
    if (field.name == key) return &field.value;
  if (shape.form == Shape::Form::kEither)
    for (const Shape& part : shape.parts)
      if (part.form == Shape::Form::kRecord)
        if (const Shape* found = below(part, key)) return found;
  return nullptr;
}

std::string counted(std::size_t n) {
  return n == 1 ? "1 entry" : fmt::format("{} entries", n);
}

class Patcher {
 public:
  Patcher(const std::string& path, Place where, Problems& problems)
      : path_{path}, where_{where}, problems_{problems} {
    const std::string& text = problems.source(where.source).text;
    if (where.begin < text.size() && (text[where.begin] == '"' || text[where.begin] == '\''))
      ++where_.begin;
  }

  bool apply(Node& root, const Shape& root_shape, Node value) {
    const std::vector<Step> steps = split(path_);
    if (steps.empty()) {
      problems_.add(where_, "set", fmt::format("{} is not a path", path_),
                    "write keys with dots between, a.b.c");
      return false;
    }
    Node* node = &root;
    const Shape* shape = &root_shape;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const bool last = i + 1 == steps.size();
      shape = check(*node, *shape, steps[i], last && !value.is_null());
      if (shape == nullptr) return false;
      if (last && value.is_null()) return remove(*node, steps[i]);
      node = node->kind == Node::Kind::kList ? item(*node, steps[i]) : member(*node, steps[i]);
      if (node == nullptr) return false;
    }
    *node = std::move(value);
    return true;
  }

 private:
  Place at(const Step& step) const {
    return {where_.source, where_.begin + step.begin, step.key.size()};
  }
  std::string before(const Step& step) const {
    return step.begin == 0 ? "the scenario" : path_.substr(0, step.begin - 1);
  }

  // The shape of what the step leads to; null after an error.
  const Shape* check(Node& node, const Shape& shape, const Step& step, bool may_add) {
    if (node.kind == Node::Kind::kScalar) {
      problems_.add(at(step), "set",
                    fmt::format("{} is {}, it has no {}", before(step), what_is(node), step.key),
                    fmt::format("set {} itself", before(step)));
      return nullptr;
    }
    if (node.kind == Node::Kind::kNull) node.kind = Node::Kind::kMap;
    if (node.kind == Node::Kind::kList)
      return shape.form == Shape::Form::kEither ? &shape : below(shape, step.key);
    const bool named = shape.form == Shape::Form::kNamed;
    const Shape* next = step.index ? nullptr : below(shape, step.key);
    if (next != nullptr && (!named || may_add || node.find(step.key) != nullptr)) return next;
    std::vector<std::string> known;
    if (named) {
      for (const Entry& entry : node.entries) known.push_back(entry.key);
    } else {
      collect_keys(shape, known);
    }
    problems_.add(at(step), "unknown-path",
                  fmt::format("{} is not known in {}", step.key, before(step)),
                  did_you_mean(step.key, known));
    return nullptr;
  }

  Node* member(Node& node, const Step& step) {
    if (Node* found = node.find(step.key)) return found;
    node.entries.push_back({step.key, at(step), {}});
    node.entries.back().value.place = at(step);
    return &node.entries.back().value;
  }

  Node* item(Node& node, const Step& step) {
    std::size_t index = 0;
    const char* end = step.key.data() + step.key.size();
    const auto [stop, error] = std::from_chars(step.key.data(), end, index);
    if (error == std::errc{} && stop == end && index < node.items.size()) return &node.items[index];
    problems_.add(at(step), "unknown-path",
                  fmt::format("{} has {}, counted from 0; {} is not one of them", before(step),
                              counted(node.items.size()), step.key));
    return nullptr;
  }

  bool remove(Node& node, const Step& step) {
    if (node.kind == Node::Kind::kList) {
      const Node* found = item(node, step);
      if (found == nullptr) return false;
      node.items.erase(node.items.begin() + (found - node.items.data()));
    } else {
      std::erase_if(node.entries, [&](const Entry& entry) { return entry.key == step.key; });
    }
    return true;
  }

  const std::string& path_;
  Place where_;
  Problems& problems_;
};

}  // namespace

bool apply_patch(Node& root, const Shape& shape, const std::string& path, Place where, Node value,
                 Problems& problems) {
  return Patcher{path, where, problems}.apply(root, shape, std::move(value));
}

}  // namespace callmill::files
