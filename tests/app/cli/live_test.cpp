// callmill live, from outside: on a terminal's place, with a server, with a journal.

#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
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

std::string some_file(const std::string& name) {
  const std::string file = (std::filesystem::temp_directory_path() /
                            ("callmill-live-" + std::to_string(getpid()) + "-" + name))
                               .string();
  std::filesystem::remove(file);
  std::filesystem::remove(file + ".torn");
  return file;
}

TEST_CASE("live: what was cut off a journal is said, kept, and stands in the journal") {
  const std::string file = some_file("torn");
  const auto until = [&](const char* time) {
    return callmill(
        live({"--tui", "--no-server", "--speed", "max", "--journal", file, "--until", time}));
  };
  REQUIRE(until("09:00").code == 0);
  std::ofstream{file, std::ios::app} << R"({"seq":1,"at":)";
  const Ran ran = until("10:00");
  CHECK(ran.code == 0);
  CHECK_THAT(ran.err,
             Contains("line 3 was being written when the session broke off: 14 bytes cut"));
  CHECK(std::filesystem::file_size(file + ".torn") == 15);
  const Ran again = until("10:30");
  CHECK(again.code == 0);
  CHECK(again.err.empty());
  const Ran counted = callmill({"replay", file});
  CHECK(counted.code == 0);
  CHECK_THAT(counted.out, Contains("as the session had it"));
  std::string bytes;
  std::getline(std::ifstream{file}, bytes, '\0');
  CHECK_THAT(bytes, Contains("\"remark\": \"the journal's line 3"));
  // A record in the middle that is another one is found by both verbs, with its place.
  bytes[bytes.find("\"end\": true") + 7] = 'T';
  std::ofstream{file} << bytes;
  for (const Ran& found : {until("11:00"), callmill({"replay", file})}) {
    CHECK(found.code == 3);
    CHECK_THAT(found.err, Contains(file + ":2: was altered"));
  }
  std::filesystem::remove(file);
  std::filesystem::remove(file + ".torn");
}

TEST_CASE("live: what is asked otherwise than a journal has it is refused, or said") {
  const std::string file = some_file("other");
  const Arguments goes{"--tui", "--no-server", "--speed", "max", "--journal", file};
  const auto with = [&](Arguments more) {
    more.insert(more.begin(), goes.begin(), goes.end());
    return callmill(live(more));
  };
  REQUIRE(with({"--until", "10:00", "--seed", "5"}).code == 0);
  const auto size = std::filesystem::file_size(file);
  const Ran seed = with({"--until", "11:00", "--seed", "6", "--spare", "3"});
  CHECK(seed.code == 3);
  CHECK_THAT(seed.err, Contains("begun with --seed 5, not --seed 6: leave --seed out"));
  CHECK_THAT(seed.err, Contains("begun with the default of --spare, not --spare 3"));
  CHECK(std::filesystem::file_size(file) == size);
  const Ran at = with({"--until", "11:00", "--seed", "5", "--at", "09:00"});
  CHECK(at.code == 0);
  CHECK_THAT(at.err, Contains("stands at 10:00:00, past --at 09:00: it goes on from there"));
  CHECK_THAT(lines_of(at.out).back(), StartsWith("11:00:00"));
  const Ran until = with({"--until", "10:30"});
  CHECK(until.code == 0);
  CHECK_THAT(until.err, Contains("stands at 11:00:00, past --until 10:30"));
  std::filesystem::remove(file);
}

TEST_CASE(
    "live: options that nothing could heed are refused, all at once, before anything begins") {
  const Ran ran = callmill(live({"--port", "0", "--follow", "http", "--at", "09:00", "--paused",
                                 "--speed", "2", "--spare", "3", "--every", "never"}));
  CHECK(ran.code == 2);
  CHECK(ran.out.empty());
  CHECK(lines_of(ran.err).size() == 5);
  for (const char* option : {"--at is of", "--paused is of", "--speed is of", "--spare", "--every"})
    CHECK_THAT(ran.err, Contains(option));
  const Ran late = callmill(live({"--port", "0", "--at", "10:00", "--until", "09:00"}));
  CHECK(late.code == 2);
  CHECK(late.out.empty());
  CHECK_THAT(late.err, Contains("--at 10:00 is later than --until 09:00"));
  const Ran port = callmill(live({"--port", "99999"}));
  CHECK(port.code == 2);
  CHECK_THAT(port.err, Contains("99999 is no port; ports are 0 to 65535"));
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
  usage({"--port", "0", "--at", "25:00"}, "--at 25:00: small.yaml opens at");
  CHECK(callmill({"live", "/nowhere.yaml"}).code == 7);
}

}  // namespace callmill::test
