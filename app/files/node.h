#pragma once
// A document as read: plain tree, every node with its place. Types are chosen by the reader's
// tables, never guessed from the text, so `no`, `on`, `08:30` and `012` mean what their field says.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/source.h"

namespace callmill::files {

struct Entry;

struct Node {
  enum class Kind : std::uint8_t { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  bool quoted = false;  // a scalar in quotes, or a block of text
  std::string text;     // of a scalar
  Place place;
  std::vector<Node> items;     // of a list
  std::vector<Entry> entries;  // of a map, in the order of the file; keys are unique

  static Node scalar(std::string text, bool quoted = false);
  static Node list(std::vector<Node> items);
  static Node map(std::vector<Entry> entries);
  bool is_null() const { return kind == Kind::kNull; }
  bool is_map() const { return kind == Kind::kMap; }
  bool is_plain(std::string_view word) const;
  Node* find(std::string_view key);
  const Node* find(std::string_view key) const;
  const Entry* entry(std::string_view key) const;
};

struct Entry {
  std::string key;
  Place place;  // of the key
  Node value;
};

// "a list", "a map", "nothing", "text": what a node is, for messages.
std::string what_is(const Node& node);

// The one document of a source, behind the guard: limits of size, depth and nodes, unique keys, no
// anchors, aliases or tags. Nothing after an error. Never throws, whatever the bytes.
std::optional<Node> parse_yaml(int source, Problems& problems);

// YAML text of a tree that reads back to the same tree: blocks for maps, one line for what fits in
// 100 columns.
std::string write_yaml(const Node& root);
// The same on one line, in flow style.
std::string write_flow(const Node& node);

}  // namespace callmill::files
