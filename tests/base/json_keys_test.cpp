// Keys that stand twice in a JSON text, with their places.

#include "base/json_keys.h"

#include <catch2/catch.hpp>
#include <random>

namespace callmill::test {
namespace {

std::string told(std::string_view json) {
  std::string all;
  for (const DoubleKey& twice : double_keys(json))
    all += (all.empty() ? "" : "; ") + twice.pointer + " " + in_words(twice);
  return all;
}

TEST_CASE("Keys that stand twice in one object are found where they stand") {
  CHECK(told(R"({"do":"agents","by":1,"by":2})") == R"(/by "by" stands at 1:16 and again at 1:23)");
  // One each in two objects, in lists, and as values, are no doubles.
  CHECK(told(R"({"a":{"b":1},"b":["a","b",{"a":1},{"a":"a"}]})").empty());
  CHECK(told("{\"with\":[{},{\n \"组\":1,\n  \"组\": {\"x\":[0,{\"y\":1,\"y\":2}]}}]}") ==
        "/with/1/组 \"组\" stands at 2:2 and again at 3:3; "
        "/with/1/组/x/1/y \"y\" stands at 3:17 and again at 3:23");
  CHECK(told(R"({"a":1,"a":2,"a":3})") ==
        R"(/a "a" stands at 1:2 and again at 1:8; /a "a" stands at 1:2 and again at 1:14)");
  // Brackets and quotes inside of strings are text; a pointer has its escapes.
  CHECK(told(R"({"a\"}{":1,"b":"}{\\","a/~":0,"a/~":1})") ==
        R"(/a~1~0 "a/~" stands at 1:23 and again at 1:31)");
}

TEST_CASE("However a key is written, it is the same key") {
  CHECK(double_keys(R"({"do":1,"\u0064\u006F":2})").size() == 1);
  CHECK(double_keys(R"({"\u7ec4":1,"组":2})").size() == 1);
  CHECK(double_keys(R"({"\ud83d\ude00":1,"😀":2})").size() == 1);
  CHECK(double_keys(R"({"a\n":1,"a\u000a":2})").size() == 1);
  CHECK(double_keys(R"({"a\n":1,"an":2})").empty());
}

TEST_CASE("Whatever the bytes, the scan ends") {
  std::mt19937 random{7};
  constexpr std::string_view kBytes = "{}[]\"\\:,au0d8\n \xe7\xbb";
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (auto n = random() % 40; n > 0; --n) text += kBytes[random() % kBytes.size()];
    for (const DoubleKey& twice : double_keys(text)) REQUIRE(twice.first.line <= twice.again.line);
  }
}

}  // namespace
}  // namespace callmill::test
