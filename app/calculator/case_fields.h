#pragma once
// Fields of a JSON case, each checked where it is read; every error is kept with the path to it.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace boost::json {
class array;
class value;
}  // namespace boost::json

namespace callmill::calculator {

// Line and column of a byte, from 1.
SourcePlace place_of(std::string_view text, std::size_t at, const std::string& name);

class CaseFields {
 public:
  // `text` is the JSON that was read: errors stand at their place in it.
  CaseFields(std::string file, std::string_view text, Diagnostics& diagnostics)
      : file_{std::move(file)}, text_{text}, diagnostics_{diagnostics} {}

  void fail(const std::string& path, const std::string& message);
  // Null with an error where `of` is no object or array, or has no such member.
  const boost::json::value* member(const boost::json::value& of, const char* key,
                                   const std::string& path);
  const boost::json::array* list(const boost::json::value* value, const std::string& path);
  // `low` with an error where it is none in [low, high]; null is silent, its error was told.
  double number(const boost::json::value* value, const std::string& path, double low, double high);
  int whole(const boost::json::value* value, const std::string& path, int low, int high);
  // Whole numbers below `count`.
  std::vector<std::size_t> indices(const boost::json::value* value, const std::string& path,
                                   std::size_t count);

 private:
  std::string file_;
  std::string_view text_;
  Diagnostics& diagnostics_;
};

}  // namespace callmill::calculator
