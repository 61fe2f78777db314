#include "app/calculator/case_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "app/calculator/json_place.h"

namespace callmill::calculator {

namespace json = boost::json;

SourcePlace place_of(std::string_view text, std::size_t at, const std::string& name) {
  const std::string_view before = text.substr(0, at);
  const std::size_t line = before.rfind('\n');
  const std::size_t start = line == std::string_view::npos ? 0 : line + 1;
  return {name, 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')),
          1 + static_cast<int>(at - start), 1};
}

void CaseFields::fail(const std::string& path, const std::string& message) {
  Diagnostic found;
  found.place = place_of(text_, find_in_json(text_, path), file_);
  found.code = "case";
  found.message = fmt::format("{} {}", path, message);
  diagnostics_.error(std::move(found));
}

const json::value* CaseFields::member(const json::value& of, const char* key,
                                      const std::string& path) {
  const json::object* object = of.if_object();
  const json::value* found = object == nullptr ? nullptr : object->if_contains(key);
  if (found == nullptr) fail(path, fmt::format("has no {}", key));
  return found;
}

const json::array* CaseFields::list(const json::value* value, const std::string& path) {
  if (value == nullptr) return nullptr;
  const json::array* found = value->if_array();
  if (found == nullptr) fail(path, "must be a list");
  return found;
}

double CaseFields::number(const json::value* value, const std::string& path, double low,
                          double high) {
  if (value == nullptr) return low;
  if (value->is_number()) {
    const auto number = value->to_number<double>();
    if (number >= low && number <= high) return number;
  }
  fail(path,
       fmt::format("is {}; must be a number from {} to {}", json::serialize(*value), low, high));
  return low;
}

int CaseFields::whole(const json::value* value, const std::string& path, int low, int high) {
  const double found = number(value, path, low, high);
  if (found != std::floor(found)) fail(path, fmt::format("is {}; must be whole", found));
  return static_cast<int>(found);
}

std::vector<std::size_t> CaseFields::indices(const json::value* value, const std::string& path,
                                             std::size_t count) {
  std::vector<std::size_t> out;
  const json::array* all = list(value, path);
  if (all == nullptr) return out;
  for (std::size_t i = 0; i < all->size(); ++i)
    out.push_back(static_cast<std::size_t>(
        whole(&(*all)[i], fmt::format("{}[{}]", path, i), 0, static_cast<int>(count) - 1)));
  return out;
}

}  // namespace callmill::calculator
