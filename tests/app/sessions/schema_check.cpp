#include "tests/app/sessions/schema_check.h"

#include <algorithm>
#include <set>
#include <utility>

namespace callmill::test {
namespace {

namespace json = boost::json;

bool is_type(const json::value& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "null") return value.is_null();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  return type == "number" && value.is_number();
}

bool has_type(const json::value& value, const json::value& types) {
  if (types.is_string()) return is_type(value, std::string{types.get_string()});
  const json::array& all = types.as_array();
  return std::any_of(all.begin(), all.end(), [&](const json::value& one) {
    return is_type(value, std::string{one.as_string()});
  });
}

const std::set<std::string> kKnown{"type", "required",    "properties",           "items", "enum",
                                   "$ref", "description", "additionalProperties", "oneOf"};

}  // namespace

std::vector<std::string> not_as_described(const json::value& value, const json::value& schema,
                                          const json::value& document, const std::string& where) {
  std::vector<std::string> wrong;
  const auto deeper = [&](const json::value& part, const json::value& shape,
                          const std::string& at) {
    for (std::string& one : not_as_described(part, shape, document, at)) wrong.push_back(one);
  };
  const json::object& rules = schema.as_object();
  for (const auto& rule : rules)
    if (!kKnown.contains(std::string{rule.key()}))
      wrong.push_back(where + ": the schema says " + std::string{rule.key()});
  if (const json::value* ref = rules.if_contains("$ref")) {
    const std::string name{ref->as_string()};
    deeper(value, document.at("components").at("schemas").at(name.substr(name.rfind('/') + 1)),
           where);
    return wrong;
  }
  if (const json::value* choices = rules.if_contains("oneOf")) {
    std::vector<std::string> nearest;  // what is wrong with the choice that has least
    int fits = 0;
    for (const json::value& choice : choices->as_array()) {
      std::vector<std::string> here = not_as_described(value, choice, document, where);
      fits += here.empty() ? 1 : 0;
      if (nearest.empty() || here.size() < nearest.size()) nearest = std::move(here);
    }
    if (fits > 1) wrong.push_back(where + " is several of oneOf");
    if (fits == 0) wrong.insert(wrong.end(), nearest.begin(), nearest.end());
  }
  if (const json::value* type = rules.if_contains("type");
      type != nullptr && !has_type(value, *type))
    wrong.push_back(where + " is " + json::serialize(value).substr(0, 80));
  if (const json::value* all = rules.if_contains("enum"))
    if (std::find(all->as_array().begin(), all->as_array().end(), value) == all->as_array().end())
      wrong.push_back(where + " is none of enum");
  if (const json::value* items = rules.if_contains("items"); items != nullptr && value.is_array())
    for (std::size_t i = 0; i < value.get_array().size(); ++i)
      deeper(value.get_array()[i], *items, where + "/" + std::to_string(i));
  if (!value.is_object()) return wrong;
  const json::object& object = value.get_object();
  if (const json::value* required = rules.if_contains("required"))
    for (const json::value& name : required->as_array())
      if (!object.contains(name.as_string()))
        wrong.push_back(where + " has no " + std::string{name.as_string()});
  const json::value* properties = rules.if_contains("properties");
  const json::value* more = rules.if_contains("additionalProperties");
  for (const auto& member : object) {
    const std::string at = where + "/" + std::string{member.key()};
    const json::value* shape =
        properties == nullptr ? nullptr : properties->as_object().if_contains(member.key());
    if (shape != nullptr) {
      deeper(member.value(), *shape, at);
    } else if (more != nullptr && more->is_object()) {
      deeper(member.value(), *more, at);
    } else if (more != nullptr && *more == false) {
      wrong.push_back(at + " is not described");
    }
  }
  return wrong;
}

}  // namespace callmill::test
