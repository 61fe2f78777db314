#pragma once
// Dates, and maps from days (or other names) to single things: of scenarios and of rosters.
// Internal to the room.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/files/fields.h"

namespace callmill::files {

inline constexpr const char* kDatePattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

inline Kind<std::optional<Date>> date_kind() {
  Shape shape;
  shape.words = "a date such as 2026-11-23";
  shape.scalars = {{"string", kDatePattern, {}, {}, {}, {}, {}}};
  return {shape,
          [shape](const Node& node, Reader& reader, std::optional<Date>& value) {
            if (node.kind == Node::Kind::kScalar) value = parse_date(node.text);
            if (node.kind == Node::Kind::kScalar && value) return true;
            reader.wrong(node, {"type", "must be " + shape.words, ""});
            return false;
          },
          [](const std::optional<Date>& value, const Writer&) {
            return value ? Node::scalar(callmill::in_words(*value), true) : Node{};
          }};
}

// A map whose values are single things: `special: {2026-12-25: closed}`.
template <class T, class V>
Kind<std::vector<T>> map_to(std::string T::*name, V T::*member, const Kind<V>& value,
                            const std::string& words, const std::string& key_pattern = ".+") {
  Shape shape;
  shape.form = Shape::Form::kNamed;
  shape.words = words;
  shape.key_pattern = key_pattern;
  shape.parts.push_back(value.shape);
  return {shape,
          [shape, value, name, member](const Node& node, Reader& reader, std::vector<T>& values) {
            if (!expect_map(node, reader, shape)) return false;
            bool ok = true;
            for (const Entry& entry : node.entries) {
              const Reader::Scope scope{reader, entry.key, entry.place};
              T one;
              one.*name = entry.key;
              ok = value.read(entry.value, reader, one.*member) && ok;
              values.push_back(std::move(one));
            }
            return ok;
          },
          [value, name, member](const std::vector<T>& values, const Writer& writer) {
            std::vector<Entry> entries;
            for (const T& one : values)
              entries.push_back({one.*name, {}, value.write(one.*member, writer)});
            return entries.empty() ? Node{} : Node::map(std::move(entries));
          }};
}

}  // namespace callmill::files
