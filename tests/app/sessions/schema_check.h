#pragma once
// As much of JSON Schema as the API's description uses.

#include <boost/json.hpp>

#include <string>
#include <vector>

namespace callmill::test {

// What of `value` is not as `schema` says; `document` is the description that $ref points into.
std::vector<std::string> not_as_described(const boost::json::value& value,
                                          const boost::json::value& schema,
                                          const boost::json::value& document,
                                          const std::string& where = "");

}  // namespace callmill::test
