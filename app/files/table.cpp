#include "app/files/table.h"

#include <fmt/format.h>

#include <algorithm>

namespace callmill::files {
namespace {

std::vector<std::string> keys_of(const Shape& shape) {
  std::vector<std::string> keys;
  for (const FieldShape& field : shape.fields) keys.push_back(field.name);
  return keys;
}

bool holds(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string on_or_at(const Node& node) {
  return node.is_map() && node.entries.empty() ? "is empty;" : "";
}

}  // namespace

bool check_keys(const Node& node, Reader& reader, const Shape& shape, const std::string& tag) {
  const std::vector<std::string> keys = keys_of(shape);
  bool ok = true;
  for (const Entry& entry : node.entries) {
    if (holds(keys, entry.key) || (!tag.empty() && entry.key == tag)) continue;
    const Reader::Scope scope{reader, entry.key, entry.place};
    const bool few = reader.problems().count() < kErrorsShown;  // a guess costs microseconds
    reader.fail(entry.place, "unknown-key", "is not known here",
                few ? did_you_mean(entry.key, keys) : "");
    ok = false;
  }
  for (const std::vector<std::string>& set : shape.exactly_one) {
    std::vector<const Entry*> present;
    for (const std::string& key : set)
      if (const Entry* entry = node.entry(key)) present.push_back(entry);
    if (present.size() == 1) continue;
    ok = false;
    if (std::any_of(set.begin(), set.end(),
                    [&](const std::string& key) { return is_misspelt(node, key, shape); }))
      continue;
    if (present.empty()) {
      reader.fail(reader.place_of(reader.path()), "missing-key",
                  fmt::format("needs {}", one_of(set)));
    } else {
      reader.fail(present[1]->place, "form",
                  fmt::format("has both {} and {}", present[0]->key, present[1]->key),
                  "keep one of them");
    }
  }
  return ok;
}

bool is_misspelt(const Node& node, const std::string& key, const Shape& shape) {
  if (node.entries.size() > kGuessedKeys) return false;
  const std::vector<std::string> keys = keys_of(shape);
  return std::any_of(node.entries.begin(), node.entries.end(), [&](const Entry& entry) {
    return !holds(keys, entry.key) && near_word(entry.key, keys) == key;
  });
}

void missing(const Node& node, Reader& reader, const std::string& key, const Shape& shape) {
  const std::string why = on_or_at(node);
  reader.fail(
      reader.place_of(reader.path()), "missing-key",
      fmt::format("{}needs the key {}: {}", why.empty() ? "" : why + " ", key, shape.words));
}

bool check_name(const Entry& entry, Reader& reader, const NameRule& rule) {
  if (rule.holds(entry.key)) return true;
  reader.fail(entry.place, "name", "is not a name", rule.words);
  return false;
}

std::optional<std::size_t> choose_form(const Node& node, Reader& reader, const std::string& tag_key,
                                       const std::vector<FormMark>& marks, const Shape& shape) {
  if (!expect_map(node, reader, shape)) return std::nullopt;
  std::string tag;
  if (!tag_key.empty()) {
    std::vector<std::string> tags;
    for (const FormMark& mark : marks)
      if (!holds(tags, mark.tag)) tags.push_back(mark.tag);
    const Entry* entry = node.entry(tag_key);
    if (entry == nullptr) {
      reader.fail(reader.place_of(reader.path()), "missing-key",
                  fmt::format("needs the key {}: {}", tag_key, one_of(tags)));
      return std::nullopt;
    }
    const Reader::Scope scope{reader, tag_key, entry->value.place};
    std::size_t index = 0;
    if (!read_word(entry->value, reader, tags, index)) return std::nullopt;
    tag = tags[index];
  }
  std::vector<std::string> signatures;
  std::vector<std::size_t> candidates, present;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i].tag != tag) continue;
    candidates.push_back(i);
    signatures.push_back(marks[i].signature);
    if (node.entry(marks[i].signature) != nullptr) present.push_back(i);
  }
  if (candidates.size() == 1) return candidates[0];
  if (present.size() == 1) return present[0];
  if (present.empty()) {
    std::string help;
    for (const Entry& entry : node.entries)
      if (help.empty() && entry.key != tag_key && !near_word(entry.key, signatures).empty())
        help = did_you_mean(entry.key, signatures);
    reader.fail(reader.place_of(reader.path()), "missing-key",
                fmt::format("needs one of the keys {}", one_of(signatures)), help);
  } else {
    const std::string& second = marks[present[1]].signature;
    reader.fail(node.entry(second)->place, "form",
                fmt::format("has both {} and {}", marks[present[0]].signature, second),
                "keep one of them");
  }
  return std::nullopt;
}

Shape tagged_shape(const std::string& tag_key, const std::string& tag, const std::string& help,
                   Shape shape) {
  if (!help.empty()) shape.words = help;
  if (!tag.empty())
    shape.fields.insert(shape.fields.begin(), FieldShape{tag_key, "", true, "", word_shape({tag})});
  return shape;
}

}  // namespace callmill::files
