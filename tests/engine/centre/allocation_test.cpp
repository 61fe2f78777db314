// The warm loop allocates nothing. A program of its own, because it replaces operator new.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>

#include "engine/centre/flow.h"
#include "engine/kpi/recorder.h"
#include "tests/engine/centre/worlds.h"

namespace {
bool counting = false;
std::size_t news = 0, deletes = 0;

void* take(std::size_t size, std::size_t alignment) {
  news += counting ? 1 : 0;
  if (alignment < sizeof(void*)) alignment = sizeof(void*);
  void* p = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (p == nullptr) std::abort();
  return p;
}
void give(void* p) {
  deletes += counting && p != nullptr ? 1 : 0;
  std::free(p);
}
constexpr std::size_t kUsual = __STDCPP_DEFAULT_NEW_ALIGNMENT__;
}  // namespace

void* operator new(std::size_t size) {
  return take(size, kUsual);
}
void* operator new[](std::size_t size) {
  return take(size, kUsual);
}
void* operator new(std::size_t size, std::align_val_t a) {
  return take(size, static_cast<std::size_t>(a));
}
void* operator new[](std::size_t size, std::align_val_t a) {
  return take(size, static_cast<std::size_t>(a));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return take(size, kUsual);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return take(size, kUsual);
}
void operator delete(void* p) noexcept {
  give(p);
}
void operator delete[](void* p) noexcept {
  give(p);
}
void operator delete(void* p, std::size_t) noexcept {
  give(p);
}
void operator delete[](void* p, std::size_t) noexcept {
  give(p);
}
void operator delete(void* p, std::align_val_t) noexcept {
  give(p);
}
void operator delete[](void* p, std::align_val_t) noexcept {
  give(p);
}
void operator delete(void* p, std::size_t, std::align_val_t) noexcept {
  give(p);
}
void operator delete[](void* p, std::size_t, std::align_val_t) noexcept {
  give(p);
}

void operator delete(void* p, const std::nothrow_t&) noexcept {
  give(p);
}
void operator delete[](void* p, const std::nothrow_t&) noexcept {
  give(p);
}

namespace callmill::test {
namespace {

class StagesSeen : public Observer {
 public:
  void blocked(std::uint16_t, std::uint32_t, std::uint32_t) { ++blocks; }
  void self_served(const Call&) { ++self; }
  void abandoned(const Call&, SimDuration) { ++gone; }
  void answered(const Call&, std::uint32_t, SimDuration, SimDuration) { ++answers; }
  void dialled(std::uint32_t, bool, SimTime) { ++dials; }
  void redial_planned(std::uint16_t, SimTime) { ++redials; }
  int blocks = 0, self = 0, gone = 0, answers = 0, dials = 0, redials = 0;
};

}  // namespace

TEST_CASE("The counter counts") {
  counting = true;
  news = 0;
  auto* p = new Call;
  delete p;
  counting = false;
  CHECK(news == 1);
}

TEST_CASE("Nothing is allocated from the first event to the last") {
  World world = everything();
  for (TrunkGroup& trunks : world.trunks) trunks.lines = *trunks.lines / 2;  // some are blocked
  const Blueprint plan = make_blueprint(world);
  Recorder recorder{plan};
  for (std::uint64_t day = 0; day < 20; ++day) {
    recorder.reset();
    Centre c = open_centre(plan, 31, day);
    StagesSeen seen;
    Observers<Recorder, StagesSeen> both{recorder, seen};
    Flow<Observers<Recorder, StagesSeen>> flow{plan, c, both};
    news = deletes = 0;
    counting = true;
    for (SimTime t = kStart; t < kStart + plan.horizon; t += 10min) flow.run_until(t);
    flow.run_out();
    counting = false;
    CHECK(news == 0);
    CHECK(deletes == 0);
    CHECK(seen.blocks > 0);
    CHECK(seen.self > 0);
    CHECK(seen.gone > 0);
    CHECK(seen.answers > 100);
    CHECK(seen.dials > 0);
    CHECK(seen.redials > 0);
  }
}

}  // namespace callmill::test
