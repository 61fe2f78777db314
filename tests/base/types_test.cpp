// Ids, times and quantities: what they do, and which mistakes do not compile.

#include <catch2/catch.hpp>
#include <concepts>
#include <limits>
#include <type_traits>

#include "base/id.h"
#include "base/quantity.h"
#include "base/time.h"

namespace callmill {
namespace {

template <class A, class B>
concept Adds = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept Subtracts = requires(A a, B b) {
  a - b;
};
template <class A, class B>
concept Compares = requires(A a, B b) {
  a == b;
};
template <class A, class B>
concept Orders = requires(A a, B b) {
  a < b;
};
template <class Clock>
concept ReadsWall = requires {
  Clock::now();
};

// Each mistake stands beside the right use, so that a misspelt check cannot pass.
static_assert(Compares<QueueId, QueueId> && !Compares<QueueId, GroupId>);
static_assert(Orders<GroupId, GroupId> && !Orders<GroupId, MenuId>);
static_assert(std::convertible_to<QueueId, QueueId> && !std::convertible_to<QueueId, GroupId>);
static_assert(!std::constructible_from<QueueId, GroupId>);
static_assert(std::constructible_from<QueueId, int> && !std::convertible_to<int, QueueId>);
static_assert(!std::convertible_to<QueueId, std::uint32_t>);
static_assert(std::is_trivially_copyable_v<QueueId> && sizeof(QueueId) == 4);

static_assert(Adds<SimTime, SimDuration> && !Adds<SimTime, SimTime>);
static_assert(!Adds<SimTime, double> && !Adds<SimDuration, double> && !Adds<SimTime, int>);
static_assert(Subtracts<SimTime, SimTime> && !Subtracts<SimDuration, SimTime>);
static_assert(std::same_as<decltype(SimTime{} - SimTime{}), SimDuration>);
static_assert(Compares<SimTime, SimTime> && !Compares<SimTime, SimDuration>);
static_assert(!Compares<SimTime, std::chrono::system_clock::time_point>);
static_assert(std::convertible_to<std::chrono::minutes, SimDuration>);
static_assert(!std::convertible_to<double, SimDuration>);
static_assert(!std::convertible_to<std::chrono::duration<double>, SimDuration>);  // would cut
static_assert(!std::convertible_to<std::chrono::nanoseconds, SimDuration>);
static_assert(!std::convertible_to<SimDuration, SimTime>);
static_assert(ReadsWall<std::chrono::steady_clock> && !ReadsWall<SimClock>);

static_assert(!std::convertible_to<double, Probability>);
static_assert(Compares<Probability, Probability> && !Compares<Probability, double>);
static_assert(!Adds<Probability, Probability>);

}  // namespace

TEST_CASE("An id is none until it is given an index") {
  CHECK(!QueueId{}.valid());
  CHECK(QueueId{0}.valid());
  CHECK(QueueId{7}.index() == 7);
  CHECK(QueueId{7} == QueueId{7});
  CHECK(QueueId{3} < QueueId{7});
  CHECK(QueueId{3} < QueueId{});  // none sorts last
}

TEST_CASE("Seconds become the nearest microsecond, both signs") {
  using namespace std::chrono_literals;
  CHECK(from_seconds(1.5) == 1500ms);
  CHECK(from_seconds(0.4e-6) == 0us);
  CHECK(from_seconds(0.6e-6) == 1us);
  CHECK(from_seconds(-0.6e-6) == -1us);
  CHECK(from_seconds(-0.4e-6) == 0us);
  CHECK(from_seconds(86'400.000001) == 86'400'000'001us);
  CHECK(to_seconds(90s) == 90.0);
  CHECK(to_hours(90min) == 1.5);
  CHECK(kStart + 5min + 30s == SimTime{330s});
}

TEST_CASE("Whole microseconds survive seconds and back") {
  for (const std::int64_t us :
       {std::int64_t{1}, std::int64_t{999'999}, std::int64_t{86'399'999'999},
        std::int64_t{31'536'000'000'001}, kLongestHorizon.count()}) {
    CHECK(from_seconds(to_seconds(SimDuration{us})).count() == us);
    CHECK(from_seconds(to_seconds(SimDuration{-us})).count() == -us);
  }
}

TEST_CASE("The longest horizon holds two years") {
  using namespace std::chrono_literals;
  CHECK(kLongestHorizon > 2 * 365 * 24h);
  CHECK(kLongestHorizon.count() < (std::int64_t{1} << 46));
}

TEST_CASE("A probability is what it was given, in order") {
  CHECK(Probability{}.value() == 0.0);
  CHECK(Probability{1.0}.value() == 1.0);
  CHECK(Probability{0.2} < Probability{0.3});
}

}  // namespace callmill
