// Following a centre as a whole: what --follow says, names, a recorded day into futures.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "app/live/follower.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

World small() {
  OneQueue spec;
  spec.agents = 5;
  spec.lines = 30;
  spec.per_hour = 60;
  spec.patience = ExponentialLaw{120};
  spec.length = 8h;
  return one_queue(spec);
}

}  // namespace

TEST_CASE("What --follow may say") {
  std::string error;
  const auto log = parse_follow("queue_log:/var/log/asterisk/queue_log", error);
  REQUIRE(log);
  CHECK(log->format == EventFormat::kQueueLog);
  CHECK(log->file == "/var/log/asterisk/queue_log");
  const auto ami = parse_follow("ami:[::1]:5038", error);
  REQUIRE(ami);
  CHECK(ami->file.empty());
  CHECK(ami->tcp.host == "::1");
  CHECK(ami->tcp.port == 5038);
  CHECK(parse_follow("json:-", error)->file == "-");
  CHECK(parse_follow("json:localhost:9000", error)->tcp.host == "localhost");
  for (const char* wrong : {"", "json", "json:", "xml:file", "ami:file", "ami:host:70000"}) {
    INFO(wrong);
    error.clear();
    CHECK_FALSE(parse_follow(wrong, error));
    CHECK_FALSE(error.empty());
  }
}

TEST_CASE("Names of a centre, and all that is wrong with them") {
  Diagnostics good;
  const auto maps = read_name_maps_text(
      "names.yaml", "queues: {\"600\": queue}\nagents: {SIP/8007: agents}\n", small(), good);
  REQUIRE(maps);
  CHECK(maps->queues.at("600") == "queue");
  CHECK(maps->groups.at("SIP/8007") == "agents");
  Diagnostics bad;
  CHECK_FALSE(read_name_maps_text("names.yaml", "queue: {}\nqueues: {a: quue}\nagents: [b]\n",
                                  small(), bad));
  CHECK(bad.errors().size() == 3);
}

TEST_CASE("A recorded day is followed, and has futures") {
  namespace fs = std::filesystem;
  const World world = small();
  const Blueprint plan = make_blueprint(world);
  const fs::path file = fs::temp_directory_path() / "callmill-follower-test.log";
  {
    std::ofstream log{file};
    log << "1000|a|600|NONE|ENTERQUEUE||1|1\n1010|a|600|li|CONNECT|10|a|1\n"
           "1020|b|600|NONE|ENTERQUEUE||1|1\n1025|x|700|NONE|ENTERQUEUE||1|1\nnonsense\n"
           "5000|b|600|NONE|ABANDON|1|1|3980\n";
  }
  std::string error;
  live::TwinOptions options;
  options.queues["600"] = "queue";
  Follower follower{world, plan,
                    replay_file(file.string(), EventFormat::kQueueLog, 900'000'000, 100, error),
                    options};
  CHECK(follower.poll(2));  // until 1100
  const live::Situation now = follower.now(1'100'000'000);
  CHECK(now.at == kStart + 1100s);
  CHECK(now.waiting.size() == 1);
  CHECK(now.talks.size() == 1);
  const TwinFacts facts = follower.facts(1'100'000'000);
  CHECK(facts.source == file.string());
  CHECK(facts.events == 4);
  CHECK(facts.unknown == 1);
  CHECK(facts.broken_lines == 1);
  CHECK(facts.behind_s == Approx(75));
  CHECK(facts.last_event == "entered x");
  // Four of five are idle: nobody waits on in the futures.
  const live::Seeds seeds = follower.seeds(1'100'000'000, {});
  CHECK(seeds.report().talks == 1);
  CHECK(seeds.report().answered == 1);
  CHECK(seeds.report().talk_scales.empty());  // not asked for
  CHECK(broken_laws(plan, seeds.future(0).centre).empty());
  CHECK_FALSE(follower.poll(1000));
  fs::remove(file);
}

}  // namespace callmill::test
