// callmill live, from outside: on a terminal's place, with a server, with a journal.

#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <string>

#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

Arguments live(const Arguments& more) {
  Arguments all{"live", small_scenario(), "--no-futures"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace

TEST_CASE("live: on the terminal alone, to a time, as lines where it is none") {
  const Ran ran = callmill(live({"--tui", "--no-server", "--speed", "max", "--until", "10:00"}));
  CHECK(ran.code == 0);
  CHECK(ran.err.empty());
  const std::vector<std::string> lines = lines_of(ran.out);
  REQUIRE_FALSE(lines.empty());
  CHECK_THAT(lines.back(), StartsWith("10:00:00  offered "));
  const Ran chinese = callmill(
      live({"--tui", "--no-server", "--speed", "max", "--until", "10:00", "--lang", "zh-CN"}));
  CHECK(chinese.code == 0);
  CHECK(chinese.out.find("offered") == std::string::npos);
}

TEST_CASE("live: the server says where it is, and ends by itself or when it is told to") {
  const Ran ran = callmill(live({"--port", "0", "--for", "100ms", "--paused"}));
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out, StartsWith("callmill live: http://127.0.0.1:") && Contains("/#token="));
  const Ran ended = callmill_interrupted(live({"--port", "0", "--paused", "--tui"}),
                                         "callmill live: http", SIGTERM);
  CHECK(ended.code == 0);
}

TEST_CASE("live: a journal is gone on with, and is of one scenario") {
  const std::string file = (std::filesystem::temp_directory_path() /
                            ("callmill-live-" + std::to_string(getpid()) + ".journal"))
                               .string();
  std::filesystem::remove(file);
  const auto until = [&](const char* time) {
    return callmill(
        live({"--tui", "--no-server", "--speed", "max", "--journal", file, "--until", time}));
  };
  CHECK(until("09:00").code == 0);
  CHECK(std::filesystem::file_size(file) > 100);
  CHECK_THAT(lines_of(until("10:00").out).back(), StartsWith("10:00:00"));
  const Ran other =
      callmill(live({"--tui", "--no-server", "--journal", file, "--set", "name=other"}));
  CHECK(other.code == 3);
  CHECK_THAT(other.err, Contains("another scenario"));
  std::filesystem::remove(file);
}

TEST_CASE("live: values that its options do not take") {
  const auto usage = [](const Arguments& more, const char* message) {
    const Ran ran = callmill(live(more));
    INFO(message);
    CHECK(ran.code == 2);
    CHECK_THAT(ran.err, Contains(message));
  };
  usage({"--speed", "0"}, "--speed");
  usage({"--speed", "20000"}, "--speed");
  usage({"--speed", "nan"}, "--speed");
  usage({"--for", "soon"}, "--for");
  usage({"--token", "short"}, "16");
  usage({"--listen", "0.0.0.0", "--port", "0"}, "token");
  usage({"--no-server"}, "--tui");
  usage({"--seed", "-1"}, "--seed");
  const Ran port = callmill(live({"--listen", "nowhere", "--token", "0123456789abcdef"}));
  CHECK(port.code == 7);
  const Ran at = callmill(live({"--port", "0", "--at", "25:00"}));
  CHECK(at.code == 3);
  CHECK(callmill({"live", "/nowhere.yaml"}).code == 7);
}

}  // namespace callmill::test
