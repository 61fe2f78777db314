#include "app/live/command_json.h"

#include <catch2/catch.hpp>

#include "app/live/words.h"
#include "tests/engine/live/some_world.h"

namespace callmill::test {
namespace {

using live::Command;
using live::CommandError;

std::vector<CommandError> errors_of(std::string_view text) {
  std::vector<CommandError> errors;
  CHECK_FALSE(live::command_from_json(text, errors).has_value());
  return errors;
}

TEST_CASE("What is written reads back to the same command") {
  const live::LiveCentre centre{random_centre(3), {}};
  Draw draw{11};
  int read = 0;
  for (int i = 0; i < 300; ++i) {
    Command command = random_command(draw, centre);
    if (i % 3 == 0) command.note = "午间高峰 \"quoted\"\n";
    // What was read is written and read again, to the last bit.
    std::vector<CommandError> none;
    const auto once = live::command_from_json(live::command_json(command), none);
    if (once) command = *once;
    const std::string text = live::command_json(command);
    INFO(text);
    CHECK(text.find('\n') == std::string::npos);
    std::vector<CommandError> errors;
    const auto back = live::command_from_json(text, errors);
    // 0 people and shares of 0 are what is meant where nothing is said, and not always allowed.
    if (!back) {
      using Kind = Command::Kind;
      const bool move = command.kind == Kind::kMove && command.agents == 0;
      CHECK((move || command.kind == Kind::kSet || command.kind == Kind::kEnd));
      continue;
    }
    CHECK(live::command_json(*back) == text);
    CHECK(*back == command);
    ++read;
  }
  CHECK(read > 200);
}

TEST_CASE("Every error at once, with its pointer and the nearest right word") {
  auto errors = errors_of(R"({"do":"agent","group":"x"})");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].pointer == "/do");
  CHECK(errors[0].nearest == "agents");
  errors = errors_of(R"({"do":"agents","grup":"x","by":1.5})");
  REQUIRE(errors.size() == 3);
  CHECK(errors[0].pointer == "/group");
  CHECK(errors[0].detail == "\"agents\" needs group");
  CHECK(errors[1].pointer == "/grup");
  CHECK(errors[1].nearest == "group");
  CHECK(errors[2].pointer == "/by");
  CHECK(errors[2].expected == "a whole number");
  CHECK(live::text_of(errors[2], Lang::kZh) == "by：1.5；应为整数");
  CHECK(errors_of(R"({"do":"delay_breaks","group":"g","by":"soon"})")[0].expected ==
        "a time such as 15min");
  CHECK(errors_of("[1,2").size() == 1);
  CHECK(errors_of("17")[0].detail == "17 is no command");
  CHECK(errors_of(std::string(100000, 'x')).size() == 1);
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "[";
  CHECK(errors_of(deep).size() == 1);
}

TEST_CASE("A list of commands points into the list") {
  std::vector<CommandError> errors;
  CHECK_FALSE(
      live::commands_from_json(R"([{"do":"end_breaks","group":"a"},{"do":"lines"}])", errors)
          .has_value());
  REQUIRE(errors.size() == 2);
  CHECK(errors[0].pointer == "/1/trunks");
  CHECK(errors[1].pointer == "/1/by");
  errors.clear();
  CHECK(live::commands_from_json("[]", errors)->empty());
  CHECK(errors.empty());
}

TEST_CASE("Every command has its sentence in both languages") {
  const live::LiveCentre centre{random_centre(3), {}};
  Draw draw{5};
  for (int i = 0; i < 200; ++i) {
    const Command command = random_command(draw, centre);
    CHECK_FALSE(live::text_of(command, Lang::kEn).empty());
    const std::string zh = live::text_of(command, Lang::kZh);
    INFO(zh);
    CHECK(zh.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789 -_.%") != std::string::npos);
  }
}

}  // namespace
}  // namespace callmill::test
