// Each rule against a synthetic text that keeps it, and one that breaks it: a rule that cannot fail
// guards nothing.

#include "tests/house/rules.h"

#include <catch2/catch.hpp>

namespace callmill::house {
namespace {

Rooms four_floors() {
  return parse_rooms(
      "base | fmt::fmt | \n"
      "base/random | callmill_base | \n"
      "models/world | callmill_base;callmill_base_random | \n"
      "models/cover | callmill_models_world | Eigen3::Eigen\n"
      "engine/centre | callmill_models_world | callmill_engine_calendar\n"
      "engine/calendar | callmill_base | \n"
      "app/cli | CLI11::CLI11 | callmill_engine_centre\n");
}

// How many includes of `header` from `path` are refused: 0 or 1.
std::size_t refused(const std::string& path, const std::string& header) {
  return check_includes({path, "#pragma once\n#include " + header + "\n"}, four_floors()).size();
}

TEST_CASE("the room table names rooms and leaves other libraries out") {
  const Rooms rooms = four_floors();
  REQUIRE(rooms.size() == 7);
  CHECK(rooms.at("base").links.empty());
  CHECK(rooms.at("models/world").links == std::set<std::string>{"base", "base/random"});
  CHECK(rooms.at("engine/centre").private_links == std::set<std::string>{"engine/calendar"});
}

TEST_CASE("links go down and never in a circle") {
  CHECK(check_links(four_floors()).empty());
  CHECK(check_links(parse_rooms("base | callmill_models | \nmodels | | \n")).size() == 1);
  CHECK(
      check_links(parse_rooms("models/a | callmill_models_b | \nmodels/b | | callmill_models_a\n"))
          .size() == 2);
}

TEST_CASE("includes go down, along links") {
  CHECK(refused("models/world/world.h", "\"base/random/law.h\"") == 0);
  CHECK(refused("models/cover/cover.cpp", "\"base/random/law.h\"") == 0);  // through models/world
  CHECK(refused("base/time.h", "\"models/world/world.h\"") == 1);          // up
  CHECK(refused("base/time.h", "\"base/random/law.h\"") == 1);             // sideways, not linked
  CHECK(refused("models/world/world.h", "\"models/cover/cover.h\"") == 1);
  CHECK(refused("engine/centre/centre.cpp", "\"engine/calendar/calendar.h\"") == 0);
  CHECK(refused("engine/centre/centre.h", "\"engine/calendar/calendar.h\"") ==
        1);  // linked privately
  CHECK(refused("app/cli/run.cpp", "\"engine/centre/centre.h\"") == 0);
  CHECK(refused("app/cli/run.cpp", "\"verbs.h\"") == 1);  // not from the root
  CHECK(refused("app/cli/run.cpp", "\"tests/house/rules.h\"") == 1);
  CHECK(refused("app/live/live.cpp", "\"base/time.h\"") == 1);  // a folder without a target
  CHECK(refused("tests/base/time_test.cpp", "\"app/cli/verbs.h\"") == 0);
}

TEST_CASE("third-party headers stay on their floors") {
  CHECK(refused("base/stats/a.cpp", "<vector>") == 0);
  CHECK(refused("base/stats/a.cpp", "<fmt/format.h>") == 0);
  CHECK(refused("base/stats/a.cpp", "<boost/math/distributions/normal.hpp>") == 0);
  CHECK(refused("base/stats/a.h", "<boost/math/distributions/normal.hpp>") == 1);
  CHECK(refused("base/stats/a.cpp", "<Eigen/Dense>") == 1);
  CHECK(refused("models/cover/cover.cpp", "<CbcModel.hpp>") == 0);
  CHECK(refused("models/cover/cover.h", "<CbcModel.hpp>") == 1);
  CHECK(refused("models/cover/cover.cpp", "<Eigen/Dense>") == 0);
  CHECK(refused("models/world/world.cpp", "<yaml-cpp/yaml.h>") == 1);
  CHECK(refused("engine/centre/a.cpp", "<boost/asio/thread_pool.hpp>") == 0);
  CHECK(refused("engine/centre/a.cpp", "<boost/json.hpp>") == 1);
  CHECK(refused("engine/centre/a.cpp", "<CbcModel.hpp>") == 1);
  CHECK(refused("engine/centre/a.cpp", "<unistd.h>") == 1);
  CHECK(refused("app/cli/run.cpp", "<boost/json.hpp>") == 0);
  CHECK(refused("app/cli/run.h", "<boost/json.hpp>") == 1);
}

TEST_CASE("code_only blanks comments and literals and keeps the lines") {
  CHECK(code_only("a // b\nc") == "a     \nc");
  CHECK(code_only("a /* b\nb */ c") == "a     \n     c");
  CHECK(code_only("f(\"rand()\", 'x')") == "f(\"      \", ' ')");
  CHECK(code_only(R"("\"" + a)") == R"("  " + a)");
  CHECK(code_only("1'000 + a('b')") == "1'000 + a(' ')");
  CHECK(code_only("R\"x(a\")x\" b") == "R\"      \" b");
  CHECK(code_only("\"never closed\nb") == "\"            \nb");
}

TEST_CASE("no wall clock and no foreign randomness below app/") {
  const auto banned = [](const std::string& path, const std::string& text) {
    return !check_banned_calls({path, text}).empty();
  };
  for (const char* bad :
       {"auto t = std::chrono::steady_clock::now();", "using C = std::chrono::system_clock;",
        "time(nullptr);", "x = time( 0 );", "std::time(&t);", "clock_gettime(0, &t);",
        "std::this_thread::sleep_for(1s);", "#include <ctime>", "#include <random>",
        "std::random_device d;", "std::mt19937_64 g;", "srand(1);", "int x = rand();",
        "std::normal_distribution<> d;"}) {
    CAPTURE(bad);
    CHECK(banned("engine/centre/centre.cpp", bad));
    CHECK(banned("base/time.h", bad));
    CHECK_FALSE(banned("app/cli/run.cpp", bad));
    CHECK_FALSE(banned("bench/w1.cpp", bad));
    CHECK_FALSE(banned("engine/centre/centre.cpp", std::string{"// "} + bad));
  }
  for (const char* good : {"event.time()", "wait_time(0)", "SimTime time{};", "brand(x)",
                           "operand(2)", "cumulative_distribution(x)"}) {
    CAPTURE(good);
    CHECK_FALSE(banned("engine/centre/centre.cpp", good));
  }
}

TEST_CASE("headers begin with pragma once") {
  CHECK(check_pragma_once({"a.h", "#pragma once\nint x;\n"}).empty());
  CHECK(check_pragma_once({"a.h", "// why\n\n#pragma once\n"}).empty());
  CHECK(check_pragma_once({"a.cpp", "int x;\n"}).empty());
  CHECK(check_pragma_once({"a.h", "int x;\n#pragma once\n"}).size() == 1);
  CHECK(check_pragma_once({"a.h", "// #pragma once\n"}).size() == 1);
}

TEST_CASE("the page makes no markup of text and hides no type") {
  for (const char* bad :
       {"box.innerHTML = name;", "e.outerHTML", "dangerouslySetInnerHTML={x}", "eval(text)",
        "new Function(text)", "document.write(x)", "let x: any;", "x as any", "// @ts-ignore"}) {
    CAPTURE(bad);
    CHECK(check_page({"web/src/a.ts", bad}).size() == 1);
  }
  for (const char* good : {"box.textContent = name;", "page.evaluate(axe)", "// not any more",
                           "let many: Map<string, unknown>;"}) {
    CAPTURE(good);
    CHECK(check_page({"web/src/a.ts", good}).empty());
  }
}

TEST_CASE("lines and files have their size") {
  CHECK(check_size({"a.cpp", std::string(100, 'x') + "\n"}).empty());
  CHECK(check_size({"a.cpp", std::string(101, 'x') + "\n"}).size() == 1);
  std::string wide;
  for (int i = 0; i < 100; ++i) wide += "中";
  CHECK(check_size({"a.cpp", wide}).empty());
  CHECK(check_size({"a.cpp", wide + "中"}).size() == 1);
  const std::string body(400, '\n');
  CHECK(check_size({"a.cpp", body}).empty());
  CHECK(check_size({"a.cpp", "\n" + body}).size() == 1);
  CHECK(check_size({"a.cpp", "// Longer than 400 lines: one table of facts.\n" + body}).empty());
  CHECK(check_size({"a.cpp", "// Longer than 400 lines: \n" + body}).size() == 1);
}

TEST_CASE("nothing is left over") {
  CHECK(check_left_overs({"a.cpp", "// all done; see src/home/x.h and https://a.b/work/c\n"})
            .empty());
  CHECK(check_left_overs({"a.cpp",
                          "// TO"
                          "DO: later\n"})
            .size() == 1);
  CHECK(check_left_overs({"a.cpp",
                          "open(\"/ro"
                          "ot/x\")\n"})
            .size() == 1);
  CHECK(check_left_overs({"a.md",
                          "cd /ho"
                          "me/me\n"})
            .size() == 1);
}

TEST_CASE("one name is one type") {
  const SourceFile here{"a.h",
                        "namespace callmill {\nstruct Caller {\n};\n}  // namespace callmill\n"};
  const auto with = [&](const char* text) {
    return check_one_definition({here, {"b.cpp", text}}).size();
  };
  CHECK(with("namespace callmill {\nclass Caller {\n};\n}  // namespace callmill\n") == 1);
  CHECK(with("namespace callmill {\nenum class Caller : int { kA };\n}  // namespace callmill\n") ==
        1);
  CHECK(with("namespace callmill::test {\nstruct Caller {\n};\n}  // namespace callmill::test\n") ==
        0);
  CHECK(with("namespace callmill {\nnamespace {\nstruct Caller {\n};\n}  // namespace\n}") == 0);
  CHECK(with("namespace callmill {\nnamespace {\n}  // namespace\nstruct Caller {\n};\n}") == 1);
  CHECK(with("namespace callmill {\nstruct Caller;\nstruct Caller::Voice {\n};\nstruct Owner {\n  "
             "struct Caller {};\n};\n}") == 0);
}

}  // namespace
}  // namespace callmill::house
