#include "app/report/json.h"

#include <catch2/catch.hpp>
#include <limits>
#include <string>

namespace callmill {
namespace {

template <class T>
std::string json_of(const T& value) {
  return JsonWriter{}.value(value).take();
}

TEST_CASE("JSON numbers read back equal, and are null where there is none") {
  for (const double value : {0.1, 1.0 / 3, 1e-300, 6.02214076e23, -0.0, 12345678.9})
    CHECK(std::stod(json_of(value)) == value);
  CHECK(json_of(1.0) == "1");
  CHECK(json_of(0.1) == "0.1");
  CHECK(json_of(-7) == "-7");
  CHECK(json_of(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double none : {std::numeric_limits<double>::quiet_NaN(), infinity, -infinity})
    CHECK(json_of(none) == "null");
  CHECK(json_of(true) == "true");
}

TEST_CASE("JSON strings escape what they must and leave Chinese as it is") {
  CHECK(json_of("接通率") == "\"接通率\"");
  CHECK(json_of("a\"b\\c") == R"("a\"b\\c")");
  CHECK(json_of("a\nb\tc\x01") == R"("a\u000ab\u0009c\u0001")");
  CHECK(json_of("") == "\"\"");
}

TEST_CASE("JSON objects and arrays: on one line, on lines of their own, or in rows") {
  JsonWriter json;
  json.object().field("a", 1).key("b").array().value(true).value("x").end();
  json.line().key("c").array(JsonWriter::Layout::kRows);
  json.object().field("d", 2).end().array().end();
  json.end().key("e").array(JsonWriter::Layout::kRows).end().end();
  CHECK(json.take() ==
        "{\"a\": 1, \"b\": [true, \"x\"],\n\"c\": [\n  {\"d\": 2},\n  []], \"e\": []}");
  CHECK(json.take().empty());
}

}  // namespace
}  // namespace callmill
