#include "base/random/stream.h"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/base/random/fit.h"

namespace callmill {
namespace {

constexpr std::uint64_t kMost = ~std::uint64_t{0};

// Chi-square of n pairs on a 32 x 32 grid, and their correlation.
struct PairTest {
  double chi_square = 0;
  double correlation_z = 0;
};

constexpr std::size_t kGrid = 32;
constexpr std::size_t kPairs = 300'000;

PairTest test_pairs(const std::function<std::pair<double, double>(std::uint64_t)>& pair_of) {
  std::vector<double> count(kGrid * kGrid);
  double product = 0.0;
  for (std::uint64_t i = 0; i < kPairs; ++i) {
    const auto [a, b] = pair_of(i);
    ++count[static_cast<std::size_t>(a * kGrid) * kGrid + static_cast<std::size_t>(b * kGrid)];
    product += (a - 0.5) * (b - 0.5);
  }
  const std::vector<double> expected(kGrid * kGrid, static_cast<double>(kPairs) / (kGrid * kGrid));
  // (a - 1/2)(b - 1/2) has mean 0 and variance 1 / 144.
  return {chi_square(count, expected), product * 12.0 / std::sqrt(static_cast<double>(kPairs))};
}

}  // namespace

TEST_CASE("mix64 is SplitMix64's output function: its published values") {
  // The first three outputs of SplitMix64 from state 1234567 and from 0.
  CHECK(mix64(1234567 + 1 * kGolden) == 6457827717110365317ULL);
  CHECK(mix64(1234567 + 2 * kGolden) == 3203168211198807973ULL);
  CHECK(mix64(1234567 + 3 * kGolden) == 9817491932198370423ULL);
  CHECK(mix64(1 * kGolden) == 0xe220a8397b1dcdafULL);
  CHECK(mix64(2 * kGolden) == 0x6e789e6aa1b965f4ULL);
  CHECK(mix64(0) == 0);
  CHECK(mix64(kMost) == 0xb4d055fcf2cbbd7bULL);
}

TEST_CASE("Known keys and uniforms: the meaning of a seed does not change silently") {
  // Worked out by a second program, in Python.
  struct Known {
    OwnerKey key;
    std::uint64_t bits;
    double patience;
    double menu_time_5;
  };
  const Known known[] = {
      {ReplicationKey{1, 0}.owner(Owner::kCentre, 0, 0), 0xeac3440c236a7e5b, 0x1.abe1bf691d7fbp-1,
       0x1.26035a1a1fc8ap-2},
      {ReplicationKey{1, 0}.owner(Owner::kCaller, 2, 7012), 0xb03f5a933a7f994b,
       0x1.ba68c71697a0dp-1, 0x1.4af3e989230d2p-2},
      {ReplicationKey{1, 0}.owner(Owner::kCaller, 2, 7012, 1), 0x50b577f7b33cfd7a,
       0x1.74c205fb04b9bp-1, 0x1.7bedf2f8fb6d0p-5},
      {ReplicationKey{42, 199}.owner(Owner::kAgent, 300, 11), 0x289c67272148b5db,
       0x1.927a84a95a5cfp-1, 0x1.01030822bc845p-1},
      {ReplicationKey{kMost, kMost}.owner(Owner::kCallerType, 0xffffffff, kMost, 0xffffffff),
       0x50a0f605311d6d2d, 0x1.12f5c5be99770p-5, 0x1.7c50f06954542p-2},
  };
  for (const Known& k : known) {
    CHECK(k.key.bits() == k.bits);
    CHECK(k.key.uniform(Purpose::kPatience) == k.patience);
    CHECK(k.key.uniform(Purpose::kMenuTime, 5) == k.menu_time_5);
  }
}

TEST_CASE("Uniforms stay inside (0, 1), and one minus a uniform is a uniform") {
  static_assert(to_uniform(0) == 0x1p-53);
  static_assert(to_uniform(kMost) == 1.0 - 0x1p-53);
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const std::uint64_t bits = mix64(i);
    REQUIRE(1.0 - to_uniform(bits) == to_uniform(~bits));
  }
}

TEST_CASE("mix64 avalanches: every input bit flips every output bit half of the time") {
  constexpr int kInputs = 4096;
  std::vector<int> flips(64 * 64);
  for (std::uint64_t i = 0; i < kInputs; ++i) {
    const std::uint64_t x = i * kGolden;
    for (std::size_t in = 0; in < 64; ++in) {
      const std::uint64_t changed = mix64(x) ^ mix64(x ^ (std::uint64_t{1} << in));
      for (std::size_t out = 0; out < 64; ++out)
        flips[in * 64 + out] += static_cast<int>((changed >> out) & 1);
    }
  }
  double worst = 0.0;
  for (const int count : flips) worst = std::max(worst, std::fabs(count - 0.5 * kInputs));
  // The largest of 4096 binomials of sd sqrt(n) / 2: a normal passes 5.6 sd with chance 2e-8, so
  // one of them with 1e-4.
  CHECK(worst < 5.6 * 0.5 * std::sqrt(double{kInputs}));
}

TEST_CASE("Owner keys do not collide") {
  std::vector<std::uint64_t> keys;
  for (std::uint64_t replication = 0; replication < 4; ++replication) {
    const ReplicationKey key{7, replication};
    for (const Owner owner : {Owner::kCallerType, Owner::kCaller, Owner::kAgent})
      for (std::uint32_t kind = 0; kind < 5; ++kind)
        for (std::uint64_t number = 0; number < 10'000; ++number)
          for (std::uint32_t attempt = 0; attempt < 2; ++attempt)
            keys.push_back(key.owner(owner, kind, number, attempt).bits());
  }
  REQUIRE(keys.size() == 1'200'000);
  std::sort(keys.begin(), keys.end());
  CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
}

TEST_CASE("Attempts of a caller share no draw") {
  // Draw `index` of an attempt hashes bits + attempt * step + index * kGolden; two attempts would
  // share draws only if a multiple of the step were a small multiple of kGolden.
  const ReplicationKey key{1, 0};
  const std::uint64_t step =
      key.owner(Owner::kCaller, 0, 0, 1).bits() - key.owner(Owner::kCaller, 0, 0, 0).bits();
  std::uint64_t inverse =
      kGolden;  // Newton's iteration for the inverse of an odd number modulo 2^64
  for (int i = 0; i < 6; ++i) inverse *= 2 - kGolden * inverse;
  REQUIRE(inverse * kGolden == 1);
  constexpr std::uint64_t kIndices = std::uint64_t{1} << 40;  // 32 bits of draw, 8 of purpose
  for (std::uint64_t apart = 1; apart <= 1000; ++apart) {
    const std::uint64_t index = apart * step * inverse;
    REQUIRE(std::min(index, 0 - index) > kIndices);
  }
}

TEST_CASE("A million uniforms of each purpose are uniform") {
  const ReplicationKey key{11, 3};
  constexpr std::size_t kBins = 1024;
  constexpr std::size_t kDraws = 1'000'000;
  const std::vector<double> expected(kBins, static_cast<double>(kDraws) / kBins);
  for (std::uint32_t purpose = 1; purpose <= 15; ++purpose) {
    std::vector<double> count(kBins);
    for (std::uint64_t i = 0; i < kDraws; ++i) {
      const double u = key.owner(Owner::kCaller, 0, i).uniform(static_cast<Purpose>(purpose));
      ++count[static_cast<std::size_t>(u * kBins)];
    }
    INFO("purpose " << purpose);
    CHECK(chi_square(count, expected) < chi_square_limit(kBins - 1));
  }
}

TEST_CASE("Streams are independent in pairs") {
  const ReplicationKey key{5, 0};
  const auto caller = [key](std::uint64_t i) { return key.owner(Owner::kCaller, 0, i); };
  const auto talk = [](OwnerKey k) { return k.uniform(Purpose::kTalk); };
  using Pair = std::pair<double, double>;
  const std::vector<std::pair<std::string, std::function<Pair(std::uint64_t)>>> cases = {
      {"purposes",
       [&](std::uint64_t i) {
         return Pair{caller(i).uniform(Purpose::kPatience), talk(caller(i))};
       }},
      {"next purpose",
       [&](std::uint64_t i) {
         return Pair{talk(caller(i)), caller(i).uniform(Purpose::kWrap)};
       }},
      {"neighbours",
       [&](std::uint64_t i) {
         return Pair{talk(caller(i)), talk(caller(i + 1))};
       }},
      {"attempts",
       [&](std::uint64_t i) {
         return Pair{talk(caller(i)), talk(key.owner(Owner::kCaller, 0, i, 1))};
       }},
      {"caller types",
       [&](std::uint64_t i) {
         return Pair{talk(caller(i)), talk(key.owner(Owner::kCaller, 1, i))};
       }},
      {"kinds of owner",
       [&](std::uint64_t i) {
         return Pair{talk(caller(i)), talk(key.owner(Owner::kAgent, 0, i))};
       }},
      {"draws of one owner",
       [&](std::uint64_t i) {
         const auto draw = static_cast<std::uint32_t>(i);
         return Pair{caller(9).uniform(Purpose::kArrival, draw),
                     caller(9).uniform(Purpose::kArrival, draw + 1)};
       }},
      {"replications",
       [&](std::uint64_t i) {
         return Pair{talk(ReplicationKey{5, i}.owner(Owner::kCaller, 0, 0)),
                     talk(ReplicationKey{5, i + 1}.owner(Owner::kCaller, 0, 0))};
       }},
      {"replication and number",
       [&](std::uint64_t i) {
         return Pair{talk(caller(i)), talk(ReplicationKey{5, 1}.owner(Owner::kCaller, 0, i))};
       }},
      {"seeds",
       [&](std::uint64_t i) {
         return Pair{talk(ReplicationKey{i, 0}.owner(Owner::kCaller, 0, 0)),
                     talk(ReplicationKey{i + 1, 0}.owner(Owner::kCaller, 0, 0))};
       }},
      {"seed against replication",
       [&](std::uint64_t i) {
         return Pair{talk(ReplicationKey{i, 1}.owner(Owner::kCaller, 0, 0)),
                     talk(ReplicationKey{i + 1, 0}.owner(Owner::kCaller, 0, 0))};
       }},
  };
  for (const auto& [name, pair_of] : cases) {
    INFO(name);
    const PairTest test = test_pairs(pair_of);
    CHECK(test.chi_square < chi_square_limit(kGrid * kGrid - 1));
    CHECK(std::fabs(test.correlation_z) < kTwoSidedLimit);
  }
}

TEST_CASE("The low bits are as good as the high ones") {
  // Bits 12.. of the hash are the last of a uniform: the fraction of u * 2^32 is made of them.
  const ReplicationKey key{6, 0};
  const PairTest test = test_pairs([key](std::uint64_t i) {
    const double a = key.owner(Owner::kCaller, 0, i).uniform(Purpose::kTalk) * 0x1p32;
    const double b = key.owner(Owner::kCaller, 0, i + 1).uniform(Purpose::kTalk) * 0x1p32;
    return std::pair{a - std::floor(a), b - std::floor(b)};
  });
  CHECK(test.chi_square < chi_square_limit(kGrid * kGrid - 1));
  CHECK(std::fabs(test.correlation_z) < kTwoSidedLimit);
}

}  // namespace callmill
