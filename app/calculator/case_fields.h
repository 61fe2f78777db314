#pragma once
// Fields of a JSON case, each checked where it is read; every error is kept with the path to it.

#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace boost::json {
class array;
class value;
}  // namespace boost::json

namespace callmill::calculator {

class CaseFields {
 public:
  CaseFields(std::string file, Diagnostics& diagnostics)
      : file_{std::move(file)}, diagnostics_{diagnostics} {}

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
  Diagnostics& diagnostics_;
};

}  // namespace callmill::calculator
