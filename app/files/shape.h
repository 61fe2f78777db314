#pragma once
// What a value looks like in the file, as data: the JSON Schema and the reference page are printed
// from it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace callmill::files {

// One scalar form in the terms of JSON Schema.
struct ScalarShape {
  std::string type;                                      // "string", "number", "integer"
  std::string pattern;                                   // of a string; "" = any
  std::vector<std::string> values;                       // when only these; "" pattern
  std::optional<double> minimum, maximum, above, below;  // above and below are exclusive
};

struct FieldShape;

struct Shape {
  enum class Form : std::uint8_t { kScalar, kRecord, kNamed, kList, kEither, kAnything };
  Form form = Form::kScalar;
  std::string words;                 // "a duration such as 20s, 1.5min or 1h30min"
  std::string limits;                // "greater than 0s"; "" = none
  std::string definition;            // named shapes are printed once and referred to
  std::vector<ScalarShape> scalars;  // kScalar: any of them
  std::vector<FieldShape> fields;    // kRecord
  std::vector<std::vector<std::string>> exactly_one;  // kRecord: of each set exactly one key
  std::vector<Shape> parts;  // kList, kNamed: the element; kEither: the choices
  std::string key_pattern;   // kNamed
  bool not_empty = false;    // kList, kNamed
};

struct FieldShape {
  std::string name;
  std::string help;
  bool required = false;
  std::string fallback;  // the default as text; "" = nothing
  Shape value;
};

// "a duration such as 20s, greater than 0s".
std::string in_words(const Shape& shape);

}  // namespace callmill::files
