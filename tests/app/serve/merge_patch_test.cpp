// Merge patches: the examples of RFC 7396, appendix A, and random documents there and back.

#include "app/serve/merge_patch.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cstdint>

namespace callmill::serve {
namespace {

namespace json = boost::json;

json::value read(const char* text) {
  return json::parse(text);
}

// Numbers that look drawn, the same on every machine.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_{seed * 2 + 1} {}
  std::uint64_t below(std::uint64_t n) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return (state_ >> 33U) % n;
  }

 private:
  std::uint64_t state_;
};

json::value random_value(Draws& draws, int depth) {
  const std::uint64_t kind = draws.below(depth > 0 ? 7 : 5);
  if (kind == 0) return nullptr;
  if (kind == 1) return draws.below(2) == 0;
  if (kind == 2) return static_cast<std::int64_t>(draws.below(3));
  if (kind == 3) return json::string(draws.below(2), 'x');
  if (kind == 4) return json::array(draws.below(3), nullptr);
  json::object object;
  for (std::uint64_t i = draws.below(5); i > 0; --i)
    object[std::string(1, static_cast<char>('a' + draws.below(5)))] =
        random_value(draws, depth - 1);
  return object;
}

}  // namespace

TEST_CASE("RFC 7396: the examples of its appendix") {
  const char* const examples[][3] = {
      {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
      {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
      {R"({"a":"b"})", R"({"a":null})", R"({})"},
      {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
      {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
      {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
      {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
      {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
      {R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
      {R"({"a":"b"})", R"(["c"])", R"(["c"])"},
      {R"({"a":"foo"})", R"(null)", R"(null)"},
      {R"({"a":"foo"})", R"("bar")", R"("bar")"},
      {R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
      {R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})"},
      {R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"}};
  for (const auto& [original, patch, result] : examples) {
    json::value document = read(original);
    apply_merge_patch(document, read(patch));
    INFO(original << " " << patch);
    CHECK(document == read(result));
  }
}

TEST_CASE("A patch says what is different and nothing else") {
  CHECK(merge_patch(read(R"({"a":1,"b":{"c":2,"d":3}})"), read(R"({"a":1,"b":{"c":2,"d":4}})")) ==
        read(R"({"b":{"d":4}})"));
  CHECK(merge_patch(read(R"({"a":[1,2]})"), read(R"({"a":[1,3]})")) == read(R"({"a":[1,3]})"));
  CHECK(merge_patch(read(R"({"a":1})"), read(R"({"a":null})")) == read(R"({"a":null})"));
  CHECK(merge_patch(read(R"({"a":null})"), read("{}")) == read("{}"));
  CHECK(merge_patch(read("{}"), read(R"({"a":{"b":null,"c":[null]}})")) ==
        read(R"({"a":{"c":[null]}})"));
  CHECK(merge_patch(read(R"({"a":{"b":1}})"), read(R"({"a":7})")) == read(R"({"a":7})"));
  CHECK(merge_patch(read(R"({"a":1})"), read(R"({"a":1.0})")) != read("[]"));
}

TEST_CASE("Random documents: patched, the one is the other but for nulls") {
  int patched = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    Draws draws{seed};
    json::value from = random_value(draws, 4);
    json::value to = random_value(draws, 4);
    if (!from.is_object()) from = json::object{{"r", from}};
    if (!to.is_object()) to = json::object{{"r", to}};
    const json::value patch = merge_patch(from, to);
    json::value result = from;
    apply_merge_patch(result, patch);
    INFO(from << " -> " << to << " by " << patch);
    CHECK(without_nulls(result) == without_nulls(to));
    CHECK(merge_patch(to, to) == json::object{});
    if (!patch.get_object().empty()) ++patched;
  }
  CHECK(patched > 2000);
}

}  // namespace callmill::serve
