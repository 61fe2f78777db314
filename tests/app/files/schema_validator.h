#pragma once
// The part of JSON Schema draft-07 that our schema uses, and YAML documents as JSON values by the
// YAML 1.2 core schema.

#include <boost/json.hpp>

#include <string>
#include <vector>

namespace callmill {

// What is wrong with `value`; empty when it is valid. An unknown keyword in the schema is an error
// too.
std::vector<std::string> schema_faults(const boost::json::value& value,
                                       const boost::json::value& schema);

// The document of a YAML text; null when it cannot be parsed.
boost::json::value yaml_as_json(const std::string& text, bool& parsed);

}  // namespace callmill
