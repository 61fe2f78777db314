// g++ 12 takes std::regex for uninitialized when sanitizers are on (GCC bug 105562).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include "tests/app/files/schema_validator.h"

#include <algorithm>
#include <cstdint>
#include <regex>

#include "app/files/node.h"
#include "app/files/text.h"

namespace callmill {
namespace {

namespace json = boost::json;

double number_of(const json::value& value) {
  if (value.is_int64()) return static_cast<double>(value.as_int64());
  if (value.is_uint64()) return static_cast<double>(value.as_uint64());
  return value.as_double();
}

class Validator {
 public:
  explicit Validator(const json::value& root) : root_{root.as_object()} {}

  std::vector<std::string> faults(const json::value& value, const json::object& schema,
                                  const std::string& path) {
    std::vector<std::string> out;
    for (const auto& [keyword, rule] : schema)
      for (const std::string& fault : check(keyword, rule, value, schema, path))
        out.push_back(path + ": " + fault);
    return out;
  }

 private:
  using Faults = std::vector<std::string>;

  static bool has_type(const json::value& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_bool();
    if (type == "number") return value.is_number();
    return value.is_int64() || value.is_uint64();
  }

  Faults check(const std::string& keyword, const json::value& rule, const json::value& value,
               const json::object& schema, const std::string& path) {
    if (keyword == "description" || keyword == "title" || keyword == "$schema" ||
        keyword == "definitions")
      return {};
    if (keyword == "type")
      return has_type(value, rule.as_string().c_str()) ? Faults{} : Faults{"type"};
    if (keyword == "$ref") {
      const std::string name =
          std::string{rule.as_string().c_str()}.substr(std::string{"#/definitions/"}.size());
      return faults(value, root_.at("definitions").as_object().at(name).as_object(), path);
    }
    if (keyword == "anyOf" || keyword == "allOf" || keyword == "oneOf")
      return combined(keyword, rule.as_array(), value, path);
    if (keyword == "enum") {
      for (const json::value& word : rule.as_array())
        if (word == value) return {};
      return {"enum"};
    }
    if (value.is_string()) return of_string(keyword, rule, value);
    if (value.is_number()) return of_number(keyword, rule, number_of(value));
    if (value.is_array()) return of_array(keyword, rule, value.as_array(), path);
    if (value.is_object()) return of_object(keyword, rule, value.as_object(), schema, path);
    return {};
  }

  Faults combined(const std::string& keyword, const json::array& parts, const json::value& value,
                  const std::string& path) {
    std::size_t valid = 0;
    for (const json::value& part : parts)
      valid += faults(value, part.as_object(), path).empty() ? 1u : 0u;
    const bool ok = keyword == "anyOf"   ? valid > 0
                    : keyword == "allOf" ? valid == parts.size()
                                         : valid == 1;
    return ok ? Faults{} : Faults{keyword};
  }

  static Faults of_string(const std::string& keyword, const json::value& rule,
                          const json::value& value) {
    if (keyword != "pattern") return {};
    return std::regex_search(value.as_string().c_str(), std::regex{rule.as_string().c_str()})
               ? Faults{}
               : Faults{"pattern"};
  }

  static Faults of_number(const std::string& keyword, const json::value& rule, double value) {
    const bool bad = (keyword == "minimum" && value < number_of(rule)) ||
                     (keyword == "maximum" && value > number_of(rule)) ||
                     (keyword == "exclusiveMinimum" && value <= number_of(rule)) ||
                     (keyword == "exclusiveMaximum" && value >= number_of(rule));
    return bad ? Faults{keyword} : Faults{};
  }

  Faults of_array(const std::string& keyword, const json::value& rule, const json::array& value,
                  const std::string& path) {
    Faults out;
    if (keyword == "minItems" && value.size() < static_cast<std::size_t>(number_of(rule)))
      out.push_back(keyword);
    if (keyword == "items")
      for (const json::value& item : value)
        for (const std::string& fault : faults(item, rule.as_object(), path + "[]"))
          out.push_back(fault);
    return out;
  }

  Faults of_object(const std::string& keyword, const json::value& rule, const json::object& value,
                   const json::object& schema, const std::string& path) {
    Faults out;
    const auto add = [&](const Faults& more) { out.insert(out.end(), more.begin(), more.end()); };
    if (keyword == "minProperties" && value.size() < static_cast<std::size_t>(number_of(rule)))
      out.push_back(keyword);
    if (keyword == "required")
      for (const json::value& key : rule.as_array())
        if (!value.contains(key.as_string()))
          out.push_back("required " + std::string{key.as_string().c_str()});
    for (const auto& [key, member] : value) {
      const bool known =
          schema.contains("properties") && schema.at("properties").as_object().contains(key);
      const std::string below = path + "." + std::string{key};
      if (keyword == "properties" && known)
        add(faults(member, rule.as_object().at(key).as_object(), below));
      if (keyword == "additionalProperties" && rule.is_object())
        add(faults(member, rule.as_object(), below));
      if (keyword == "additionalProperties" && rule.is_bool() && !known)
        out.push_back("unknown " + std::string{key});
      // std::regex works on bytes: only ASCII names can be held against the pattern.
      const bool ascii = std::all_of(key.begin(), key.end(),
                                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
      if (keyword == "propertyNames" && ascii)
        add(of_string("pattern", rule.as_object().at("pattern"), json::value(key)));
    }
    return out;
  }

  const json::object& root_;
};

json::value converted(const files::Node& node) {
  switch (node.kind) {
    case files::Node::Kind::kNull:
      return nullptr;
    case files::Node::Kind::kList: {
      json::array array;
      for (const files::Node& item : node.items) array.push_back(converted(item));
      return array;
    }
    case files::Node::Kind::kMap: {
      json::object object;
      for (const files::Entry& entry : node.entries) object[entry.key] = converted(entry.value);
      return object;
    }
    case files::Node::Kind::kScalar:
      break;
  }
  if (node.quoted) return json::value(node.text);
  if (node.text == "true" || node.text == "false") return node.text == "true";
  const auto number = files::parse_number(node.text);
  if (!number) return json::value(node.text);
  const bool whole = *number == static_cast<double>(static_cast<std::int64_t>(*number));
  return whole ? json::value(static_cast<std::int64_t>(*number)) : json::value(*number);
}

}  // namespace

std::vector<std::string> schema_faults(const json::value& value, const json::value& schema) {
  return Validator{schema}.faults(value, schema.as_object(), "");
}

json::value yaml_as_json(const std::string& text, bool& parsed) {
  files::Problems problems;
  const auto source =
      files::take_source({"text", "", text, 0, {}}, files::kScenarioBytes, problems);
  std::optional<files::Node> root;
  if (source) root = files::parse_yaml(*source, problems);
  parsed = root.has_value() && problems.count() == 0;
  return parsed ? converted(*root) : json::value{};
}

}  // namespace callmill
