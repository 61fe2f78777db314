// The heap of what is to come later hands out its entries in the order of all their fields, however
// adding and taking are mixed, and a copy of it goes on alike.

#include "engine/centre/later_heap.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "base/random/stream.h"

namespace callmill {
namespace {

// Few moments for many entries, so that the other fields often decide.
Later entry(std::uint32_t number) {
  const OwnerKey key{mix64(number)};
  Later later;
  later.at = kStart + SimDuration{static_cast<std::int64_t>(key.uniform(Purpose::kRedial) * 40)};
  later.type = static_cast<std::uint16_t>(key.uniform(Purpose::kTalk) * 3);
  later.who = static_cast<std::uint32_t>(key.uniform(Purpose::kWrap) * 5);
  later.story.contacts = static_cast<std::uint16_t>(key.uniform(Purpose::kBalk) * 4);
  return later;
}

std::vector<Later> drain(LaterHeap heap) {
  std::vector<Later> all;
  while (!heap.empty()) {
    const SimTime next = heap.next_time();
    all.push_back(heap.take());
    CHECK(all.back().at == next);
  }
  return all;
}

}  // namespace

TEST_CASE("What is to come later comes in the order of all its fields", "[engine][centre]") {
  LaterHeap heap;
  std::vector<Later> expected;  // kept sorted
  for (std::uint32_t i = 0; i < 3000; ++i) {
    const Later later = entry(i);
    heap.add(later);
    expected.insert(std::upper_bound(expected.begin(), expected.end(), later), later);
    if (i % 3 != 0) continue;  // every third time one is taken, so places are used again
    CHECK(heap.take() == expected.front());
    expected.erase(expected.begin());
  }
  REQUIRE(heap.size() == expected.size());
  std::vector<Later> entries = heap.entries();
  std::sort(entries.begin(), entries.end());
  CHECK(entries == expected);

  const LaterHeap copy = heap;
  CHECK(drain(heap) == expected);
  CHECK(drain(copy) == expected);
}

TEST_CASE("Nothing is to come later when all has been taken", "[engine][centre]") {
  LaterHeap heap;
  CHECK(heap.empty());
  heap.add(entry(1));
  CHECK_FALSE(heap.empty());
  CHECK(heap.take() == entry(1));
  CHECK(heap.empty());
  heap.add(entry(2));
  CHECK(heap.next_time() == entry(2).at);
}

}  // namespace callmill
