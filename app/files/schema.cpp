// JSON Schema (draft-07, the newest that yaml-language-server reads) from the shapes of the tables.

#include <boost/json.hpp>

#include <set>
#include <string>

#include "app/files/fields.h"
#include "app/files/scenario.h"

namespace callmill {
namespace files {
namespace {

namespace json = boost::json;

class SchemaPrinter {
 public:
  json::object document(const Shape& whole, const Shape& derived) {
    json::object root;
    root["$schema"] = "http://json-schema.org/draft-07/schema#";
    root["title"] = "callmill scenario";
    root["description"] =
        "A contact centre: lines, callers, menus, queues, groups, shifts and targets.";
    root["anyOf"] = json::array{schema(whole), schema(derived)};
    root["definitions"] = std::move(definitions_);
    return root;
  }

 private:
  json::object schema(const Shape& shape) {
    if (shape.definition.empty()) return spelt_out(shape);
    if (!definitions_.contains(shape.definition)) definitions_[shape.definition] = spelt_out(shape);
    return {{"$ref", "#/definitions/" + shape.definition}};
  }

  json::object spelt_out(const Shape& shape) {
    json::object out;
    switch (shape.form) {
      case Shape::Form::kScalar:
        out = scalar(shape);
        break;
      case Shape::Form::kRecord:
        out = record(shape);
        break;
      case Shape::Form::kNamed:
        out["type"] = "object";
        if (!shape.key_pattern.empty())
          out["propertyNames"] = json::object{{"pattern", shape.key_pattern}};
        out["additionalProperties"] = schema(shape.parts[0]);
        if (shape.not_empty) out["minProperties"] = 1;
        break;
      case Shape::Form::kList:
        out["type"] = "array";
        out["items"] = schema(shape.parts[0]);
        if (shape.not_empty) out["minItems"] = 1;
        break;
      case Shape::Form::kEither: {
        json::array any;
        for (const Shape& part : shape.parts) any.push_back(schema(part));
        out["anyOf"] = std::move(any);
        break;
      }
      case Shape::Form::kAnything:
        break;
    }
    out["description"] = in_words(shape);
    return out;
  }

  static json::object one_scalar(const ScalarShape& scalar) {
    json::object out{{"type", scalar.type}};
    if (!scalar.pattern.empty()) out["pattern"] = scalar.pattern;
    if (!scalar.values.empty())
      out["enum"] = json::array(scalar.values.begin(), scalar.values.end());
    if (scalar.minimum) out["minimum"] = *scalar.minimum;
    if (scalar.maximum) out["maximum"] = *scalar.maximum;
    if (scalar.above) out["exclusiveMinimum"] = *scalar.above;
    if (scalar.below) out["exclusiveMaximum"] = *scalar.below;
    return out;
  }

  static json::object scalar(const Shape& shape) {
    if (shape.scalars.size() == 1) return one_scalar(shape.scalars[0]);
    json::array any;
    for (const ScalarShape& scalar : shape.scalars) any.push_back(one_scalar(scalar));
    return {{"anyOf", std::move(any)}};
  }

  json::object record(const Shape& shape) {
    json::object properties;
    json::array required;
    for (const FieldShape& field : shape.fields) {
      json::object property = schema(field.value);
      // Draft-07 readers ignore what stands beside $ref, so that the help goes around it.
      if (property.contains("$ref")) property = {{"allOf", json::array{property}}};
      if (!field.help.empty())
        property["description"] = field.help + " (" + in_words(field.value) + ")";
      properties[field.name] = std::move(property);
      if (field.required) required.push_back(json::value(field.name));
    }
    json::object out{
        {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) out["required"] = std::move(required);
    json::array sets;
    for (const std::vector<std::string>& set : shape.exactly_one) {
      json::array choices;
      for (const std::string& key : set)
        choices.push_back(json::object{{"required", json::array{json::value(key)}}});
      sets.push_back(json::object{{"oneOf", std::move(choices)}});
    }
    if (!sets.empty()) out["allOf"] = std::move(sets);
    return out;
  }

  json::object definitions_;
};

// Indented by two blanks, one key a line; short arrays of scalars on one line.
void print(const json::value& value, std::size_t indent, std::string& out) {
  const std::string pad(indent + 2, ' ');
  const auto scalars = [](const json::array& array) {
    return std::none_of(array.begin(), array.end(),
                        [](const json::value& v) { return v.is_object() || v.is_array(); });
  };
  if (value.is_object() && !value.as_object().empty()) {
    out += "{\n";
    bool first = true;
    for (const auto& [key, member] : value.as_object()) {
      out += (first ? "" : ",\n") + pad + json::serialize(json::string(key)) + ": ";
      print(member, indent + 2, out);
      first = false;
    }
    out += "\n" + std::string(indent, ' ') + "}";
  } else if (value.is_array() && !scalars(value.as_array())) {
    out += "[\n";
    bool first = true;
    for (const json::value& item : value.as_array()) {
      out += (first ? "" : ",\n") + pad;
      print(item, indent + 2, out);
      first = false;
    }
    out += "\n" + std::string(indent, ' ') + "]";
  } else if (value.is_double()) {
    out += print_number(value.as_double());
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::string in_words(const Shape& shape) {
  if (shape.limits.empty()) return shape.words;
  return shape.words.empty() ? shape.limits : shape.words + ", " + shape.limits;
}

}  // namespace files

std::string scenario_schema() {
  files::SchemaPrinter printer;
  std::string out;
  files::print(printer.document(shape_of(files::root_record()), shape_of(files::derived_record())),
               0, out);
  return out + "\n";
}

}  // namespace callmill
