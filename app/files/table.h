#pragma once
// The tables' grammar: a Record lists the fields of a map, each bound to a member; an Either lists
// the forms of a value that has several. Reading, writing and the shape come from the same entry.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/files/kinds.h"

namespace callmill::files {

template <class T>
struct Field {
  FieldShape shape;
  std::function<bool(const Node&, Reader&, T&)> read;
  std::function<Node(const T&, const Writer&)> write;
};

template <class T>
struct Record {
  std::string words;       // "a map with the keys of a queue"
  std::string definition;  // name in the schema; "" = spelt out where it is used
  std::vector<Field<T>> fields;
  std::vector<std::vector<std::string>> exactly_one;  // of each set exactly one key must stand
};

template <class T, class V>
Field<T> optional_key(std::string name, V T::*member, Kind<V> kind, std::string help) {
  const Node fallback = kind.write(T{}.*member, Writer{World{}});
  return {{std::move(name), std::move(help), false, fallback.is_null() ? "" : write_flow(fallback),
           kind.shape},
          [member, read = kind.read](const Node& node, Reader& reader, T& value) {
            return read(node, reader, value.*member);
          },
          [member, write = kind.write](const T& value, const Writer& writer) {
            return write(value.*member, writer);
          }};
}

// A field that most scenarios leave at its default: printed only where it is not.
template <class T, class V>
Field<T> rare_key(std::string name, V T::*member, Kind<V> kind, std::string help) {
  Field<T> field = optional_key(std::move(name), member, std::move(kind), std::move(help));
  field.write = [member, write = field.write](const T& value, const Writer& writer) {
    return value.*member == T{}.*member ? Node{} : write(value, writer);
  };
  return field;
}

template <class T, class V>
Field<T> required_key(std::string name, V T::*member, Kind<V> kind, std::string help) {
  Field<T> field = optional_key(std::move(name), member, std::move(kind), std::move(help));
  field.shape.required = true;
  field.shape.fallback.clear();
  return field;
}

// A field that may be absent in the World too; `absent` says what that means.
template <class T, class V>
Field<T> maybe_key(std::string name, std::optional<V> T::*member, Kind<V> kind, std::string help,
                   std::string absent) {
  return {{std::move(name), std::move(help), false, std::move(absent), kind.shape},
          [member, read = kind.read](const Node& node, Reader& reader, T& value) {
            V found{};
            if (!read(node, reader, found)) return false;
            value.*member = std::move(found);
            return true;
          },
          [member, write = kind.write](const T& value, const Writer& writer) {
            return value.*member ? write(*(value.*member), writer) : Node{};
          }};
}

template <class T>
Shape shape_of(const Record<T>& record) {
  Shape shape;
  shape.form = Shape::Form::kRecord;
  shape.words = record.words;
  shape.definition = record.definition;
  shape.exactly_one = record.exactly_one;
  for (const Field<T>& field : record.fields) shape.fields.push_back(field.shape);
  return shape;
}

// Unknown keys and broken exactly-one rules of a map; `tag` is a key that is allowed beside the
// fields ("" = none).
bool check_keys(const Node& node, Reader& reader, const Shape& shape, const std::string& tag);
// Maps with more keys are not searched for misspelt ones: a guess costs microseconds.
inline constexpr std::size_t kGuessedKeys = 100;
// Whether the map has an unknown key that was meant to be `key`.
bool is_misspelt(const Node& node, const std::string& key, const Shape& shape);
void missing(const Node& node, Reader& reader, const std::string& key, const Shape& shape);

template <class T>
bool read_record(const Record<T>& record, const Shape& shape, const std::string& tag,
                 const Node& node, Reader& reader, T& value) {
  if (!expect_map(node, reader, shape)) return false;
  bool ok = check_keys(node, reader, shape, tag);
  for (const Field<T>& field : record.fields) {
    if (const Entry* entry = node.entry(field.shape.name)) {
      const Node& child = entry->value;
      const bool scalar = child.kind == Node::Kind::kScalar;
      const Reader::Scope scope{reader, entry->key, scalar ? child.place : entry->place};
      ok = field.read(child, reader, value) && ok;
    } else if (field.shape.required) {
      ok = false;
      if (is_misspelt(node, field.shape.name, shape)) continue;  // said as an unknown key
      missing(node, reader, field.shape.name, field.shape.value);
    }
  }
  return ok;
}

template <class T>
Node write_record(const Record<T>& record, const T& value, const Writer& writer) {
  std::vector<Entry> entries;
  for (const Field<T>& field : record.fields) {
    Node node = field.write(value, writer);
    if (!node.is_null()) entries.push_back({field.shape.name, {}, std::move(node)});
  }
  return entries.empty() ? Node{} : Node::map(std::move(entries));
}

// The functions of a kind share what they need: kinds are copied into kinds, many levels deep.
template <class T>
struct Shaped {
  T content;
  Shape shape;
};

template <class T>
Kind<T> record_kind(Record<T> record) {
  Shape shape = shape_of(record);
  const auto own =
      std::make_shared<const Shaped<Record<T>>>(Shaped<Record<T>>{std::move(record), shape});
  return {std::move(shape),
          [own](const Node& node, Reader& reader, T& value) {
            return read_record(own->content, own->shape, "", node, reader, value);
          },
          [own](const T& value, const Writer& writer) {
            return write_record(own->content, value, writer);
          }};
}

// A map in the file whose keys are members of the same struct in the World: `busyness: {cv: 8%}`.
template <class T>
Field<T> group_key(std::string name, Record<T> record, bool required, std::string help) {
  const Kind<T> kind = record_kind(std::move(record));
  return {{std::move(name), std::move(help), required, "", kind.shape}, kind.read, kind.write};
}

// Entries by name: `queues: {general: {...}, vip: {...}}`. `rule` says which names are right.
struct NameRule {
  std::string pattern;  // for the schema
  std::string words;    // "names are letters, digits, - and _"
  bool (*holds)(std::string_view);
};
bool check_name(const Entry& entry, Reader& reader, const NameRule& rule);

template <class T>
Kind<std::vector<T>> named(Record<T> record, std::string T::*name, NameRule rule, std::string words,
                           bool not_empty) {
  Kind<T> element = record_kind(std::move(record));
  Shape shape;
  shape.form = Shape::Form::kNamed;
  shape.words = std::move(words);
  shape.key_pattern = rule.pattern;
  shape.not_empty = not_empty;
  shape.parts.push_back(element.shape);
  const auto own =
      std::make_shared<const Shaped<Kind<T>>>(Shaped<Kind<T>>{std::move(element), shape});
  return {std::move(shape),
          [own, rule, name](const Node& node, Reader& reader, std::vector<T>& values) {
            if (!expect_map(node, reader, own->shape)) return false;
            bool ok = true;
            for (const Entry& entry : node.entries) {
              const Reader::Scope scope{reader, entry.key, entry.place};
              ok = check_name(entry, reader, rule) && ok;
              T value;
              value.*name = entry.key;
              ok = own->content.read(entry.value, reader, value) && ok;
              values.push_back(std::move(value));  // even a faulty one: ids are positions
            }
            return ok;
          },
          [own, name](const std::vector<T>& values, const Writer& writer) {
            std::vector<Entry> entries;
            for (const T& value : values)
              entries.push_back({value.*name, {}, own->content.write(value, writer)});
            return entries.empty() ? Node{} : Node::map(std::move(entries));
          }};
}

// One form of a value that has several. It is recognised by the word under the tag key, by a key
// that only it has, or both.
template <class V>
struct Form {
  std::string tag;        // "lognormal" under `law`; "" = no tag
  std::string signature;  // a key of this form alone; "" = none
  std::string help;
  Shape shape;
  std::function<bool(const Node&, Reader&, V&)> read;
  std::function<Node(const V&, const Writer&)> write;  // null when the value is not of this form
};

// `make` turns the record into the value (false after an error), `take` back; no `take` = never
// written so.
template <class V, class T>
Form<V> form(std::string tag_key, std::string tag, std::string signature, std::string help,
             Record<T> record, std::function<bool(T, const Node&, Reader&, V&)> make,
             std::function<std::optional<T>(const V&)> take) {
  Shape shape = shape_of(record);
  const auto own =
      std::make_shared<const Shaped<Record<T>>>(Shaped<Record<T>>{std::move(record), shape});
  return {tag,
          std::move(signature),
          std::move(help),
          std::move(shape),
          [own, tag_key, make](const Node& node, Reader& reader, V& value) {
            T read{};
            return read_record(own->content, own->shape, tag_key, node, reader, read) &&
                   make(std::move(read), node, reader, value);
          },
          [own, tag_key, tag, take](const V& value, const Writer& writer) {
            const std::optional<T> taken = take ? take(value) : std::nullopt;
            if (!taken) return Node{};
            Node node = write_record(own->content, *taken, writer);
            node.kind = Node::Kind::kMap;
            if (!tag.empty())
              node.entries.insert(node.entries.begin(), Entry{tag_key, {}, Node::scalar(tag)});
            return node;
          }};
}

// Which of the forms the map is of; nothing after an error.
struct FormMark {
  std::string tag, signature;
};
std::optional<std::size_t> choose_form(const Node& node, Reader& reader, const std::string& tag_key,
                                       const std::vector<FormMark>& marks, const Shape& shape);
// The shape of a form with its tag as the first key.
Shape tagged_shape(const std::string& tag_key, const std::string& tag, const std::string& help,
                   Shape shape);

// `bare` reads scalars ("90s" for a constant law); when it writes a null node the forms are asked.
template <class V>
Kind<V> either(std::string words, std::string definition, std::string tag_key,
               std::optional<Kind<V>> bare, std::vector<Form<V>> forms) {
  Shape shape;
  shape.form = Shape::Form::kEither;
  shape.words = std::move(words);
  shape.definition = std::move(definition);
  if (bare) shape.parts.push_back(bare->shape);
  std::vector<FormMark> marks;
  for (const Form<V>& form : forms) {
    marks.push_back({form.tag, form.signature});
    shape.parts.push_back(tagged_shape(tag_key, form.tag, form.help, form.shape));
  }
  struct Own {
    Shape shape;
    std::string tag_key;
    std::optional<Kind<V>> bare;
    std::vector<Form<V>> forms;
    std::vector<FormMark> marks;
  };
  const auto own = std::make_shared<const Own>(
      Own{shape, std::move(tag_key), std::move(bare), std::move(forms), std::move(marks)});
  return {std::move(shape),
          [own](const Node& node, Reader& reader, V& value) {
            if (own->bare && node.kind == Node::Kind::kScalar)
              return own->bare->read(node, reader, value);
            const auto chosen = choose_form(node, reader, own->tag_key, own->marks, own->shape);
            return chosen && own->forms[*chosen].read(node, reader, value);
          },
          [own](const V& value, const Writer& writer) {
            Node node = own->bare ? own->bare->write(value, writer) : Node{};
            for (std::size_t i = 0; node.is_null() && i < own->forms.size(); ++i)
              node = own->forms[i].write(value, writer);
            return node;
          }};
}

}  // namespace callmill::files
