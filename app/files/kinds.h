#pragma once
// Kinds of values: how each is read, written and described. A field of the tables names one of
// these; nothing else in the program knows how a duration or a share is spelt.

#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/files/node.h"
#include "app/files/reader.h"
#include "app/files/shape.h"
#include "base/id.h"
#include "base/quantity.h"
#include "base/time.h"

namespace callmill::files {

template <class V>
struct Kind {
  Shape shape;
  // Reads the node into the value; false after an error, which is then in the reader's problems.
  std::function<bool(const Node&, Reader&, V&)> read;
  // The node that reads back to the value. A null node leaves the field out.
  std::function<Node(const V&, const Writer&)> write;
};

// Allowed range of a quantity in the unit that its kind counts in (seconds, shares of 1, ...).
struct Bounds {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false, high_open = false;
  bool hold(double value) const;
};
constexpr Bounds at_least(double low) {
  return {low, std::numeric_limits<double>::infinity(), false, false};
}
constexpr Bounds above(double low) {
  return {low, std::numeric_limits<double>::infinity(), true, false};
}
constexpr Bounds between(double low, double high) {
  return {low, high, false, false};
}
constexpr Bounds inside(double low, double high) {
  return {low, high, true, true};
}

// Quantities that the World holds as plain numbers.
Kind<double> seconds(Bounds bounds);       // "20s"
Kind<double> share_of(Bounds bounds);      // "95%"
Kind<double> number(Bounds bounds);        // 2.5
Kind<double> whole_number(Bounds bounds);  // 12, held as a double
Kind<double> money(std::string per);       // "CNY 45/h"; at least 0
Kind<double> per_hour();                   // "120/h"; at least 0
Kind<double> per_second();                 // the same, counted per second
// Quantities that have a type.
Kind<SimDuration> duration(Bounds seconds);
Kind<SimDuration> time_of_day(Bounds seconds);
Kind<Probability> share();  // 0% to 100%
Kind<std::int64_t> count(std::int64_t low, std::int64_t high);
Kind<std::uint64_t> seed_number();
Kind<std::string> text();
Kind<bool> yes_no();  // true, false

// Changes what C++ type a kind fills.
template <class V, class From>
Kind<V> converted(Kind<From> kind, std::function<V(const From&)> to,
                  std::function<From(const V&)> back) {
  return {kind.shape,
          [read = kind.read, to](const Node& node, Reader& reader, V& value) {
            From raw{};
            if (!read(node, reader, raw)) return false;
            value = to(raw);
            return true;
          },
          [write = kind.write, back](const V& value, const Writer& writer) {
            return write(back(value), writer);
          }};
}

template <class I>
Kind<I> count_as(std::int64_t low, std::int64_t high) {
  return converted<I, std::int64_t>(
      count(low, high), [](const std::int64_t& v) { return static_cast<I>(v); },
      [](const I& v) { return static_cast<std::int64_t>(v); });
}

// Non-template parts of the kinds below.
bool read_word(const Node& node, Reader& reader, const std::vector<std::string>& words,
               std::size_t& index);
bool read_reference(const Node& node, Reader& reader, Section section, std::size_t& index);
Shape word_shape(const std::vector<std::string>& words);
Shape reference_shape(Section section);
std::string name_of(const World& world, CallerTypeId id);
std::string name_of(const World& world, QueueId id);
std::string name_of(const World& world, MenuId id);
std::string name_of(const World& world, GroupId id);
std::string name_of(const World& world, TrunkGroupId id);
constexpr Section section_of(CallerTypeId) {
  return Section::kCallers;
}
constexpr Section section_of(QueueId) {
  return Section::kQueues;
}
constexpr Section section_of(MenuId) {
  return Section::kMenus;
}
constexpr Section section_of(GroupId) {
  return Section::kGroups;
}
constexpr Section section_of(TrunkGroupId) {
  return Section::kLines;
}

// One of a few words.
template <class E>
Kind<E> word(std::vector<std::pair<std::string, E>> choices) {
  std::vector<std::string> words;
  for (const auto& [spelling, value] : choices) words.push_back(spelling);
  return {word_shape(words),
          [words, choices](const Node& node, Reader& reader, E& value) {
            std::size_t index = 0;
            if (!read_word(node, reader, words, index)) return false;
            value = choices[index].second;
            return true;
          },
          [choices](const E& value, const Writer&) {
            for (const auto& [spelling, known] : choices)
              if (known == value) return Node::scalar(spelling);
            return Node{};
          }};
}

// The name of an entry of another section.
template <class IdType>
Kind<IdType> reference() {
  return {reference_shape(section_of(IdType{})),
          [](const Node& node, Reader& reader, IdType& value) {
            std::size_t index = 0;
            if (!read_reference(node, reader, section_of(IdType{}), index)) return false;
            value = IdType{index};
            return true;
          },
          [](const IdType& value, const Writer& writer) {
            return value.valid() ? Node::scalar(name_of(writer.world, value), true) : Node{};
          }};
}

// Whether the node is a list (a map); an error otherwise.
bool expect_list(const Node& node, Reader& reader, const Shape& shape);
bool expect_map(const Node& node, Reader& reader, const Shape& shape);

template <class V>
Kind<std::vector<V>> list_of(Kind<V> kind, bool not_empty, std::string words) {
  Shape shape;
  shape.form = Shape::Form::kList;
  shape.words = std::move(words);
  shape.not_empty = not_empty;
  shape.parts.push_back(kind.shape);
  return {shape,
          [read = kind.read, own = std::make_shared<const Shape>(shape)](
              const Node& node, Reader& reader, std::vector<V>& values) {
            if (!expect_list(node, reader, *own)) return false;
            bool ok = true;
            values.assign(node.items.size(), V{});
            for (std::size_t i = 0; i < node.items.size(); ++i) {
              const Reader::Scope scope{reader, Reader::index_step(i), node.items[i].place};
              V value{};
              ok = read(node.items[i], reader, value) && ok;
              values[i] = std::move(value);
            }
            return ok;
          },
          [write = kind.write](const std::vector<V>& values, const Writer& writer) {
            if (values.empty()) return Node{};
            std::vector<Node> items;
            for (const V& value : values) items.push_back(write(value, writer));
            return Node::list(std::move(items));
          }};
}

}  // namespace callmill::files
