#include "app/files/node.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace callmill::files {

Node Node::scalar(std::string text, bool quoted) {
  Node node;
  node.kind = Kind::kScalar;
  node.quoted = quoted;
  node.text = std::move(text);
  return node;
}

Node Node::list(std::vector<Node> items) {
  Node node;
  node.kind = Kind::kList;
  node.items = std::move(items);
  return node;
}

Node Node::map(std::vector<Entry> entries) {
  Node node;
  node.kind = Kind::kMap;
  node.entries = std::move(entries);
  return node;
}

bool Node::is_plain(std::string_view word) const {
  return kind == Kind::kScalar && !quoted && text == word;
}

const Entry* Node::entry(std::string_view key) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

const Node* Node::find(std::string_view key) const {
  const Entry* found = entry(key);
  return found == nullptr ? nullptr : &found->value;
}

Node* Node::find(std::string_view key) {
  return const_cast<Node*>(std::as_const(*this).find(key));
}

std::string what_is(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kNull:
      return "empty";
    case Node::Kind::kList:
      return node.items.empty() ? "an empty list" : "a list";
    case Node::Kind::kMap:
      return node.entries.empty() ? "an empty map" : "a map";
    case Node::Kind::kScalar:
      break;
  }
  constexpr std::size_t kShown = 60;
  if (node.text.empty()) return "an empty text";
  std::string text = node.text;
  if (text.size() > kShown) {
    std::size_t cut = kShown;
    while ((text[cut] & 0xC0) == 0x80) --cut;  // not inside a character
    text = text.substr(0, cut) + "...";
  }
  std::replace(text.begin(), text.end(), '\n', ' ');
  return node.quoted ? fmt::format("\"{}\"", text) : text;
}

}  // namespace callmill::files
