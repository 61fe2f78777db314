// Readers of real events: what each verb becomes, bytes cut anywhere, broken and hostile bytes.

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "app/live/event_lines.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

using live::FloorEvent;
using Kind = FloorEvent::Kind;

std::int64_t fixed_clock() {
  return 1'777'892'472'000'000;
}

std::vector<FloorEvent> read(EventFormat format, const std::string& text,
                             EventLineCounts* counts = nullptr) {
  const auto reader = make_reader(format, fixed_clock);
  std::vector<FloorEvent> events;
  reader->feed(text, events);
  if (counts != nullptr) *counts = reader->counts();
  return events;
}

// One event as text.
std::string shown(const FloorEvent& e) {
  return std::to_string(e.at_us / 1'000'000) + " " + std::string{live::name_of(e.kind)} + " " +
         e.call + "/" + e.queue + "/" + e.agent;
}

const std::string kQueueLog =
    "1596272294|NONE|NONE|NONE|QUEUESTART|\n"
    "1596510480|CLI|sales|SIP/0004f2040001|ADDMEMBER|\n"
    "1596512941|1596512941.163|support|NONE|ENTERQUEUE||7000|1\n"
    "1596512951|1596512941.163|support|SIP/8007|RINGNOANSWER|1000\r\n"
    "1596512960|1596512941.163|support|SIP/8007|CONNECT|19|1596512955.164|4\n"
    "1596513009|1596512941.163|support|SIP/8007|COMPLETECALLER|19|49|1\n"
    "1596513010|NONE|NONE|SIP/8007|PAUSEALL|lunch\n"
    "1596513020|NONE|NONE|SIP/8007|UNPAUSEALL|\n"
    "1596513030|1596513030.170|support|NONE|JOINEMPTY|\n"
    "1596513040|NONE|NONE|SIP/8007|AGENTLOGOFF|SIP/8007|600\n";

const std::string kAmi =
    "Asterisk Call Manager/7.0.3\r\n"
    "Response: Success\r\nMessage: Authentication accepted\r\n\r\n"
    "Event: QueueCallerJoin\r\nPrivilege: agent,all\r\nTimestamp: 1596512941.25\r\n"
    "Queue: support\r\nPosition: 1\r\nCount: 1\r\nUniqueid: 1596512941.163\r\n\r\n"
    "Event: AgentConnect\r\nQueue: support\r\nUniqueid: 1596512941.163\r\n"
    "MemberName: Li Na\r\nInterface: PJSIP/201\r\nHoldTime: 19\r\n\r\n"
    "Event: AgentComplete\r\nQueue: support\r\nUniqueid: 1596512941.163\r\n"
    "MemberName: Li Na\r\nTalkTime: 49\r\nReason: transfer\r\n\r\n"
    "Event: QueueMemberPause\r\nInterface: PJSIP/201\r\nPaused: 1\r\n\r\n"
    "Event: Newchannel\r\nUniqueid: 1\r\n\r\n";

const std::string kJson =
    R"({"event": "entered", "time": 1777892472.5, "call": "17", "queue": "general"})"
    "\n"
    R"({"event": "connected", "time": "2026-05-04T19:01:20+08:00", "call": 17, "agent": "李娜"})"
    "\n\n"
    R"({"event": "dance", "time": 1})"
    "\n"
    R"({"event": "entered", "call": "18"})"
    "\n[1, 2]\n{\n";

}  // namespace

TEST_CASE("Lines of a queue_log become events") {
  EventLineCounts counts;
  std::vector<std::string> lines;
  for (const FloorEvent& e : read(EventFormat::kQueueLog, kQueueLog, &counts))
    lines.push_back(shown(e));
  CHECK(lines == std::vector<std::string>{
                     "1596272294 restart //", "1596510480 login CLI/sales/SIP/0004f2040001",
                     "1596512941 entered 1596512941.163/support/",
                     "1596512960 connected 1596512941.163/support/SIP/8007",
                     "1596513009 completed 1596512941.163/support/SIP/8007",
                     "1596513010 paused //SIP/8007", "1596513020 resumed //SIP/8007",
                     "1596513030 blocked 1596513030.170/support/", "1596513040 logout //SIP/8007"});
  CHECK(counts.lines == 10);
  CHECK(counts.broken == 0);
  CHECK(counts.ignored.at("RINGNOANSWER") == 1);
  read(EventFormat::kQueueLog, "hello\nx|y|z|a|ENTERQUEUE\n|||\n", &counts);
  CHECK(counts.broken == 3);
}

TEST_CASE("Blocks of the Asterisk Manager Interface become events") {
  EventLineCounts counts;
  std::vector<std::string> lines;
  for (const FloorEvent& e : read(EventFormat::kAmi, kAmi, &counts)) lines.push_back(shown(e));
  CHECK(lines == std::vector<std::string>{"1596512941 entered 1596512941.163/support/",
                                          "1777892472 connected 1596512941.163/support/Li Na",
                                          "1777892472 passed_on 1596512941.163/support/Li Na",
                                          "1777892472 paused //PJSIP/201"});
  CHECK(counts.ignored.at("Newchannel") == 1);
}

TEST_CASE("JSON lines become events") {
  EventLineCounts counts;
  const auto events = read(EventFormat::kJson, kJson, &counts);
  REQUIRE(events.size() == 2);
  CHECK(events[0].at_us == 1'777'892'472'500'000);
  CHECK(shown(events[1]) == "1777892480 connected 17//李娜");
  CHECK(counts.lines == 6);
  CHECK(counts.broken == 3);
  CHECK(counts.ignored.at("dance") == 1);
  CHECK(read(EventFormat::kJson, "{\"event\":\"login\",\"agent\":\"a\",\"time\":1}\n").size() == 1);
  CHECK(
      read(EventFormat::kJson, "{\"event\":\"login\",\"agent\":\"a\",\"time\":1,\"agent\":\"b\"}\n")
          .empty());
  for (const char* time : {"\"2026-05-04\"", "\"2026-13-04T00:00:00Z\"", "-1", "1e300", "[]",
                           "\"2026-05-04T11:00:00+9\"", "null"})
    CHECK(read(EventFormat::kJson,
               std::string{"{\"event\": \"login\", \"agent\": \"a\", \"time\": "} + time + "}\n")
              .empty());
}

TEST_CASE("Bytes may be cut anywhere") {
  const std::pair<EventFormat, const std::string*> all[] = {{EventFormat::kQueueLog, &kQueueLog},
                                                            {EventFormat::kAmi, &kAmi},
                                                            {EventFormat::kJson, &kJson}};
  for (const auto& [format, text] : all) {
    const auto whole = read(format, *text);
    for (const std::size_t piece : {1u, 2u, 7u, 64u}) {
      const auto reader = make_reader(format, fixed_clock);
      std::vector<FloorEvent> events;
      for (std::size_t at = 0; at < text->size(); at += piece)
        reader->feed(std::string_view{*text}.substr(at, piece), events);
      REQUIRE(events.size() == whole.size());
      for (std::size_t i = 0; i < whole.size(); ++i) CHECK(shown(events[i]) == shown(whole[i]));
    }
  }
}

TEST_CASE("Whatever the bytes, a reader goes on") {
  const std::pair<EventFormat, const std::string*> all[] = {{EventFormat::kQueueLog, &kQueueLog},
                                                            {EventFormat::kAmi, &kAmi},
                                                            {EventFormat::kJson, &kJson}};
  for (const auto& [format, text] : all) {
    const auto reader = make_reader(format, fixed_clock);
    std::vector<FloorEvent> events;
    std::uint64_t key = 7;
    for (int i = 0; i < 2000; ++i) {
      std::string broken = *text;
      for (int k = 0; k < 4; ++k) {
        key = mix64(key + kGolden);
        const std::size_t at = key % broken.size();
        if (key % 7 == 0)
          broken.erase(at, (key >> 20) % 20);
        else
          broken[at] = static_cast<char>(key >> 32);
        if (broken.empty()) broken = "x";
      }
      reader->feed(broken, events);
    }
    // A line without end is dropped once it is too long, and the next one is read.
    for (int i = 0; i < 100; ++i) reader->feed(std::string(10'000, 'x'), events);
    reader->feed("\n\n\n", events);
    const std::size_t before = events.size();
    reader->feed(*text, events);
    CHECK(events.size() - before == read(format, *text).size());
    CHECK(reader->counts().broken > 0);
    CHECK(reader->counts().ignored.size() <= 1000);
  }
}

TEST_CASE("Real lines of a queue_log are all understood") {
  const std::string path = shared_path("data/formats/asterisk/vicidial_sample.queue_log");
  std::ifstream file{path, std::ios::binary};
  if (!file) {
    WARN("no recorded queue_log beside the project: skipped");
    return;
  }
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  EventLineCounts counts;
  const auto events = read(EventFormat::kQueueLog, text, &counts);
  CHECK(counts.lines > 30);
  CHECK(counts.broken == 0);
  CHECK(events.size() + counts.ignored.size() >= 30);
}

TEST_CASE("A refused login is known in the other side's words") {
  const auto reader = make_reader(EventFormat::kAmi);
  std::vector<live::FloorEvent> events;
  reader->feed(
      "Asterisk Call Manager/5.0.2\r\nResponse: Error\r\nMessage: Authentication failed\r\n\r\n",
      events);
  CHECK(reader->refusal() == "Authentication failed");
  CHECK(events.empty());
}

}  // namespace callmill::test
