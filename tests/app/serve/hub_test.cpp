// Topics and frames without sockets.

#include "app/serve/hub.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

namespace callmill::serve {
namespace {

using std::chrono::milliseconds;

Document document(const std::string& text) {
  return std::make_shared<const boost::json::value>(boost::json::parse(text));
}

struct Counting : Watcher {
  void changed() override { ++changes; }
  void ended() override { ++ends; }
  int changes = 0, ends = 0;
};

}  // namespace

TEST_CASE("Hub: 200 clients from the same document cost one diff") {
  Topic topic;
  topic.publish(document(R"({"a":1})"), 10);
  const Frame first = topic.snapshot();
  CHECK(*first.text == R"({"type":"snapshot","seq":1,"made_at_ms":10,"state":{"a":1}})");
  topic.publish(document(R"({"a":2})"), 20);
  topic.publish(document(R"({"a":2,"b":3})"), 30);
  std::vector<Frame> frames;
  for (int i = 0; i < 200; ++i) frames.push_back(topic.delta(first.to));
  CHECK(topic.deltas_made() == 1);
  CHECK(*frames[0].text ==
        R"({"type":"delta","seq":3,"from":1,"made_at_ms":30,"patch":{"a":2,"b":3}})");
  for (const Frame& frame : frames) CHECK(frame.text == frames[0].text);
  CHECK(topic.snapshot().text == topic.snapshot().text);
}

TEST_CASE("Hub: from wherever a client stands, to the newest") {
  Topic topic;
  topic.publish(document(R"({"n":1})"), 0);
  const Mark at_1 = topic.newest();
  topic.publish(document(R"({"n":2,"x":1})"), 0);
  const Mark at_2 = topic.newest();
  topic.publish(document(R"({"n":3})"), 0);
  CHECK(topic.delta(at_1).text->find(R"("from":1,"made_at_ms":0,"patch":{"n":3})") !=
        std::string::npos);
  CHECK(topic.delta(at_2).text->find(R"("from":2,"made_at_ms":0,"patch":{"x":null,"n":3})") !=
        std::string::npos);
  CHECK(topic.delta(Mark{}).text == topic.snapshot().text);
  CHECK(topic.delta(at_1).to.seq == 3);
}

TEST_CASE("Hub: watchers hear of news and of the end, equal documents are no news") {
  Topic topic;
  Counting one;
  Counting two;
  topic.watch(one);
  topic.watch(two);
  topic.publish(document("[1]"), 0);
  topic.publish(document("[1]"), 0);
  topic.leave(two);
  topic.publish(document("[2]"), 0);
  CHECK(topic.newest().seq == 2);
  CHECK(one.changes == 2);
  CHECK(two.changes == 1);
  topic.end();
  CHECK(one.ends == 1);
  CHECK(two.ends == 0);
}

TEST_CASE("Hub: old documents are not kept") {
  Topic topic;
  Document old = document("[1]");
  const std::weak_ptr<const boost::json::value> watched = old;
  topic.publish(std::move(old), 0);
  topic.snapshot();
  topic.publish(document("[2]"), 0);
  CHECK(watched.expired());
}

TEST_CASE("FrameGate: jitter does not hold frames up for ever, the average holds") {
  using Time = FrameGate::Clock::time_point;
  const Time start{milliseconds{1'000'000}};
  FrameGate gate{milliseconds{200}, milliseconds{100}};
  CHECK(gate.opens() < start);
  gate.sent(start);
  CHECK(gate.opens() == start + milliseconds{100});
  // One comes 50 ms late; the next, in time, may go at once.
  gate.sent(start + milliseconds{250});
  CHECK(gate.opens() <= start + milliseconds{400});
  // Whatever comes as fast as it may: 5 a second on average.
  FrameGate greedy{milliseconds{200}, milliseconds{100}};
  Time now = start;
  for (int frame = 0; frame < 100; ++frame) {
    greedy.sent(now);
    now = std::max(now, greedy.opens());
  }
  CHECK(now - start >= milliseconds{100 * 200 - 100});
}

}  // namespace callmill::serve
