// The schema and the reference page against the reader.

#include <catch2/catch.hpp>

#include <cstdlib>
#include <functional>
#include <set>

#include "app/files/fields.h"
#include "tests/app/files/samples.h"
#include "tests/app/files/schema_validator.h"
#include "tests/place.h"

namespace callmill {
namespace {

namespace json = boost::json;

// Paths of all keys, "callers.*.talk.mean" and the like, once from the tables and once from the
// schema.
using Keys = std::set<std::string>;

void collect(const files::Shape& shape, const std::string& path, Keys& keys) {
  for (const files::FieldShape& field : shape.fields) {
    keys.insert(path + "." + field.name);
    collect(field.value, path + "." + field.name, keys);
  }
  for (const files::Shape& part : shape.parts)
    collect(part, shape.form == files::Shape::Form::kEither ? path : path + ".*", keys);
}

void collect(const json::object& schema, const json::object& definitions, const std::string& path,
             Keys& keys) {
  if (const json::value* ref = schema.if_contains("$ref"))
    collect(definitions.at(std::string{ref->as_string().c_str()}.substr(14)).as_object(),
            definitions, path, keys);
  for (const char* keyword : {"anyOf", "allOf"})
    if (const json::value* parts = schema.if_contains(keyword))
      for (const json::value& part : parts->as_array())
        collect(part.as_object(), definitions, path, keys);
  if (const json::value* properties = schema.if_contains("properties"))
    for (const auto& [key, value] : properties->as_object()) {
      keys.insert(path + "." + std::string{key});
      collect(value.as_object(), definitions, path + "." + std::string{key}, keys);
    }
  for (const char* keyword : {"additionalProperties", "items"})
    if (const json::value* element = schema.if_contains(keyword);
        element != nullptr && element->is_object())
      collect(element->as_object(), definitions, path + ".*", keys);
}

json::value schema() {
  return json::parse(scenario_schema());
}

}  // namespace

TEST_CASE("the schema has every key of the reader, and no other") {
  Keys of_reader, of_schema;
  collect(shape_of(files::root_record()), "", of_reader);
  collect(shape_of(files::derived_record()), "", of_reader);
  const json::value document = schema();
  collect(document.as_object(), document.as_object().at("definitions").as_object(), "", of_schema);
  CHECK(of_reader.size() > 150);
  CHECK(of_reader == of_schema);
}

TEST_CASE("each key of the schema is known to the reader, and each unknown key to neither") {
  const std::string text = text_of_file(tests_folder() + "good/full.yaml");
  Diagnostics diagnostics;
  const auto scenario = read_scenario(tests_folder() + "good/full.yaml", {}, diagnostics);
  REQUIRE(scenario);
  bool parsed = false;
  json::value document = yaml_as_json(show_scenario(scenario->world), parsed);
  REQUIRE(parsed);
  // An extra key in any map of the document is refused by both.
  int maps = 0;
  const std::function<void(json::value&)> visit = [&](json::value& value) {
    if (value.is_object()) {
      ++maps;
      value.as_object()["zzz"] = 1;
      CHECK(!schema_faults(document, schema()).empty());
      Diagnostics wrong;
      CHECK(!read_scenario_text("x.json", json::serialize(document), {}, wrong));
      value.as_object().erase("zzz");
      for (auto& member : value.as_object()) visit(member.value());
    }
    if (value.is_array())
      for (json::value& item : value.as_array()) visit(item);
  };
  visit(document);
  CHECK(maps > 50);
  CHECK(schema_faults(document, schema()).empty());
}

TEST_CASE("valid scenarios are valid by the schema") {
  std::vector<std::filesystem::path> paths = files_in(tests_folder() + "good", ".yaml");
  for (const auto& path : files_in(test::source_path("scenarios"), ".yaml")) paths.push_back(path);
  paths.push_back(tests_folder() + "malformed/base-good.yaml");
  for (const auto& path : paths) {
    INFO(path);
    bool parsed = false;
    const json::value document = yaml_as_json(text_of_file(path), parsed);
    REQUIRE(parsed);
    CHECK(schema_faults(document, schema()) == std::vector<std::string>{});
  }
}

TEST_CASE("scenarios with structural errors fail the schema too") {
  // Codes that a schema can see. Ranges of quantities with units and names of other entries are
  // beyond it.
  const std::set<std::string> structural{"unknown-key", "missing-key", "unit",    "type",  "choice",
                                         "form",        "time",        "version", "number"};
  int checked = 0;
  for (const auto& path : files_in(tests_folder() + "malformed", ".yaml")) {
    Diagnostics diagnostics;
    read_scenario(path.string(), {}, diagnostics);
    bool found = false;
    for (const Diagnostic& d : diagnostics.errors())
      found = found || (structural.contains(d.code) && d.place.file == path.string());
    bool parsed = false;
    const json::value document = yaml_as_json(text_of_file(path), parsed);
    if (!parsed || !found || document.is_null()) continue;
    // What `set` puts together is only seen by the reader.
    if (document.is_object() && document.as_object().contains("set") &&
        document.as_object().at("set").is_object())
      continue;
    INFO(path);
    ++checked;
    CHECK(!schema_faults(document, schema()).empty());
  }
  CHECK(checked > 50);
}

TEST_CASE("the generated files in the tree are up to date") {
  const std::string root = test::source_path("");
  if (std::getenv("CALLMILL_UPDATE") != nullptr) {
    std::ofstream{root + "scenarios/scenario.schema.json", std::ios::binary} << scenario_schema();
    std::ofstream{root + "docs/reference/scenario.md", std::ios::binary} << scenario_reference();
  }
  CHECK(text_of_file(root + "scenarios/scenario.schema.json") == scenario_schema());
  CHECK(text_of_file(root + "docs/reference/scenario.md") == scenario_reference());
}

}  // namespace callmill
