// Days of a CentreSpec against the queue through a day (models/transient, another method), against
// its golden rows, and against a chain in which every agent has a name.

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "models/chains/centre_day.h"
#include "models/chains/centre_growth.h"
#include "models/chains/generator.h"
#include "models/chains/transient.h"
#include "models/transient/transient.h"
#include "tests/models/queueing/golden.h"

namespace callmill {
namespace {

// One class, one queue, one group.
CentreDay day_of(const TransientInput& in) {
  CentreDay day;
  int pool = 0;
  for (const TransientPiece& p : in.pieces) pool = std::max(pool, static_cast<int>(p.agents));
  for (const TransientPiece& p : in.pieces) {
    CentreSpec spec;
    CentreSpec::Class k;
    k.rate = p.arrival_rate;
    k.patience_rate = in.patience_rate;
    k.prefer = {0};
    k.lines = 0;
    spec.classes.push_back(k);
    spec.queues = {kNoBound};
    spec.lines = {static_cast<int>(in.lines)};
    spec.groups.push_back({static_cast<int>(p.agents), {0}, {}});
    spec.skills = {{{in.service_rate}}};
    CentreSpec::Group& group = spec.groups[0];
    group.pool = pool;
    if (in.shift_end == ShiftEnd::kAtOnce) {
      group.leaving = Leaving::kSentBack;
      group.take = {1, 0};
      k.rate = 0;
      k.sent_back_of = 0;
      spec.classes.push_back(k);
      spec.skills.push_back(spec.skills[0]);
    }
    day.pieces.push_back({p.length, day.pieces.size(), spec});
  }
  return day;
}

double error(double got, double want) {
  return std::abs(got - want) / std::max(1.0, std::abs(want));
}

// The worst difference of all that both say.
double worst_difference(const TransientInput& in) {
  std::string why;
  const std::vector<double> times{in.within};
  const auto got = solve_day(day_of(in), {times, times}, why);
  INFO(why);
  REQUIRE(got);
  const TransientResult want = solve_transient(in);
  double worst = 0;
  for (std::size_t i = 0; i < in.pieces.size(); ++i) {
    const CentreCounts& of = got->intervals[i];
    const ClassCounts& k = of.classes[0];
    const TransientInterval& t = want.intervals[i];
    double waiting = 0;
    for (const ClassCounts& any : of.classes) waiting += any.waiting;
    const double length = in.pieces[i].length;
    for (const auto& [a, b] : {std::pair{k.fresh, t.offered},
                               {k.blocked, t.blocked},
                               {k.at_once, t.immediate},
                               {k.answered_within[0], t.answered_within},
                               {k.abandoned_within[0], t.abandoned_within},
                               {waiting / length, t.mean_queue},
                               {of.groups[0].busy[0] / length, t.mean_busy}})
      worst = std::max(worst, error(a, b));
    // Each call ends once, also where its end is counted piece by piece.
    CHECK(error(k.answered + k.abandoned + k.blocked, k.fresh) < 1e-12);
  }
  return worst;
}

TransientInput falling(ShiftEnd shift_end) {
  TransientInput in;
  in.service_rate = 1.0 / 200;
  in.patience_rate = 1.0 / 150;
  in.lines = 14;
  in.within = 30;
  in.shift_end = shift_end;
  // Some pieces are shorter than the time of the service level; rises come before all have left.
  const std::array<std::int64_t, 8> agents{4, 6, 2, 3, 3, 5, 1, 4};
  const std::array<double, 8> length{900, 600, 20, 12, 900, 40, 25, 900};
  for (std::size_t i = 0; i < agents.size(); ++i)
    in.pieces.push_back({length[i], 0.02 + 0.004 * static_cast<double>(i % 3), agents[i]});
  return in;
}

}  // namespace

TEST_CASE("exact days: the queue through a day, by another method") {
  const auto check = [](const char* what, const TransientInput& in) {
    const double worst = worst_difference(in);
    std::printf("%s: worst difference %.1e\n", what, worst);
    CHECK(worst < 1e-10);
  };
  check("idle first", falling(ShiftEnd::kPooled));
  check("sent back", falling(ShiftEnd::kAtOnce));
  TransientInput rising = falling(ShiftEnd::kNamed);
  for (std::size_t i = 0; i < rising.pieces.size(); ++i)
    rising.pieces[i].agents = static_cast<std::int64_t>(i / 2 + 1);
  check("rising", rising);
}

// T reaches over several changes of staff, and beyond all waiting.
TEST_CASE("exact days: a service level within minutes, hours, a day") {
  for (const double within : {200.0, 1500.0, 86400.0})
    for (const ShiftEnd shift_end : {ShiftEnd::kPooled, ShiftEnd::kAtOnce}) {
      TransientInput in = falling(shift_end);
      in.within = within;
      INFO(within);
      CHECK(worst_difference(in) < 1e-10);
    }
}

TEST_CASE("exact days: T counts in the limit of steps, and a day can be stopped") {
  const CentreDay day = day_of(falling(ShiftEnd::kPooled));
  std::string why;
  const auto plain = solve_day(day, {{}}, why), watched = solve_day(day, {{3600}}, why);
  REQUIRE((plain && watched));
  CHECK(watched->steps > 1.2 * plain->steps);
  DayWatch watch;
  watch.most_steps = (plain->steps + watched->steps) / 2;
  CHECK(solve_day(day, {{}}, why, kMostStates, watch));
  CHECK_FALSE(solve_day(day, {{3600}}, why, kMostStates, watch));
  CHECK(why.find("are the limit") != std::string::npos);

  std::atomic<bool> stop{false};
  std::vector<double> shares;
  DayWatch stopped{&stop, [&](double share) {
                     shares.push_back(share);
                     stop = share > 0.5;
                   }};
  why = "";
  CHECK_FALSE(solve_day(day, {{20}}, why, kMostStates, stopped));
  CHECK(why.empty());
  REQUIRE(shares.size() > 1);
  CHECK(std::is_sorted(shares.begin(), shares.end()));
  CHECK(shares.back() < 1);
}

TEST_CASE("exact days: golden day TV04_anon") {
  TransientInput in;
  in.service_rate = 1.0 / 600;
  in.patience_rate = 1.0 / 120;
  in.lines = 70;
  in.within = 30;
  in.shift_end = ShiftEnd::kPooled;
  std::vector<test::GoldenRow> rows;
  for (const test::GoldenRow& row : test::read_golden("tv_intervals.csv"))
    if (row.text("scenario") == "TV04_anon") rows.push_back(row);
  REQUIRE(rows.size() == 6);
  for (const test::GoldenRow& row : rows)
    in.pieces.push_back({row.number("t1") - row.number("t0"), row.number("lam"),
                         static_cast<std::int64_t>(row.number("n"))});
  std::string why;
  const auto got = solve_day(day_of(in), {{in.within}}, why);
  REQUIRE(got);
  double worst = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ClassCounts& k = got->intervals[i].classes[0];
    const double length = in.pieces[i].length;
    for (const auto& [value, column] : {std::pair{k.fresh, "offered"},
                                        {k.blocked, "blocked"},
                                        {k.at_once, "immediate"},
                                        {k.answered_within[0], "coh_answered_T"},
                                        {k.abandoned_within[0], "coh_abandoned_T"},
                                        {k.waiting / length, "avg_queue"},
                                        {got->intervals[i].groups[0].busy[0] / length, "avg_busy"}})
      worst = std::max(worst, error(value, rows[i].number(column)));
  }
  std::printf("TV04_anon: worst error %.1e\n", worst);
  CHECK(worst < 1e-9);
}

// Falin & Templeton: the orbit grows by what comes beyond n mu + (K - n) theta (1 - p_a).
TEST_CASE("orbits grow by what comes beyond the capacity") {
  TransientInput in;
  in.service_rate = 1.0 / 180;
  in.patience_rate = 1.0 / 100;
  in.lines = 8;
  in.pieces.push_back({1, 0, 3});
  CentreSpec spec = day_of(in).pieces[0].spec;
  CentreSpec::Class& k = spec.classes[0];
  k.again_blocked = 1;
  k.again_rate = 1.0 / 60;
  for (const double share : {0.6, 1.0}) {
    k.again_abandoned = share;
    const double capacity = 3.0 / 180 + 5.0 / 100 * (1 - share);
    for (const double load : {0.5, 0.97, 1.05, 1.5, 4.0}) {
      k.rate = load * capacity;
      const double want = std::max(load - 1, 0.0) * capacity;
      CHECK(orbit_growth(spec, 10'000).value().at(0) == Approx(want).margin(0.01 * capacity));
    }
  }
  k.again_blocked = 0.95;
  CHECK(orbit_growth(spec, 10'000).value().at(0) == 0);
  k.again_blocked = 1;
  CHECK_FALSE(orbit_growth(spec, 10).has_value());
}

namespace {

// Four agents by name: 0 idle for ever so long, ..., at most 3; kBusy; kOff. Leavers finish.
constexpr std::int16_t kBusy = 9, kOff = 10, kLeaves = 11;
using Named = std::array<std::int16_t, 8>;  // agents 0 .. 3, waiting

int idle_of(const Named& s) {
  return static_cast<int>(
      std::count_if(s.begin(), s.begin() + 4, [](auto a) { return a < kBusy; }));
}
// The one idle longest takes a call, or agent `who` is no longer idle.
void not_idle(Named& s, std::size_t who, std::int16_t now) {
  const std::int16_t place = s[who];
  s[who] = now;
  for (std::size_t a = 0; a < 4; ++a)
    if (s[a] < kBusy && s[a] > place) --s[a];
}
void free_now(Named& s, std::size_t who) {
  if (s[4] > 0) {
    --s[4];
    s[who] = kBusy;
  } else {
    s[who] = kOff;
    s[who] = static_cast<std::int16_t>(idle_of(s));
  }
}

struct NamedDay {
  static constexpr double kMu = 0.005, kTheta = 0.008;
  static constexpr int kRoom = 5;

  // Time with each number at work, of those due and of leavers, and waiting.
  void pass(double rate, std::size_t due, double length) {
    std::vector<double> p0;
    StateIndex<Named> starts;
    for (std::size_t i = 0; i < states.size(); ++i) {
      const std::uint32_t at = starts.add(changed(states[i], due));
      p0.resize(starts.size());
      p0[at] += p[static_cast<Eigen::Index>(i)];
    }
    const auto chain = explore_from(
        starts.states(), [&](const Named& s, auto&& visit) { moves(s, rate, visit); }, 100'000);
    Vector start = Vector::Zero(chain.generator.size());
    for (std::size_t i = 0; i < p0.size(); ++i) start[static_cast<Eigen::Index>(i)] = p0[i];
    const Passage passage = Uniformised{chain.generator}.forward(start, length);
    busy = chain.mean(passage.integral, [](const Named& s) {
      return std::count_if(s.begin(), s.begin() + 4,
                           [](auto a) { return a == kBusy || a == kLeaves; });
    });
    waiting = chain.mean(passage.integral, [](const Named& s) { return s[4]; });
    idle = chain.mean(passage.integral, idle_of);
    states = chain.states();
    p = passage.end;
  }
  static Named changed(Named s, std::size_t due) {
    for (std::size_t a = 0; a < 4; ++a) {
      if (a >= due && s[a] == kBusy) s[a] = kLeaves;
      if (a >= due && s[a] < kBusy) not_idle(s, a, kOff);
      if (a < due && s[a] == kLeaves)
        s[a] = kBusy;
      else if (a < due && s[a] == kOff)
        free_now(s, a);
    }
    return s;
  }
  template <class Visit>
  static void moves(const Named& s, double rate, Visit&& visit) {
    Named to = s;
    std::size_t first = 0;
    while (first < 4 && s[first] != 0) ++first;
    if (first < 4) {
      not_idle(to, first, kBusy);
      visit(to, rate);
    } else if (s[4] < kRoom) {
      ++to[4];
      visit(to, rate);
    }
    for (std::size_t a = 0; a < 4; ++a) {
      to = s;
      if (s[a] == kBusy) free_now(to, a);
      if (s[a] == kLeaves) to[a] = kOff;
      if (s[a] == kBusy || s[a] == kLeaves) visit(to, kMu);
    }
    to = s;
    --to[4];
    if (s[4] > 0) visit(to, kTheta * s[4]);
  }

  std::vector<Named> states{Named{kOff, kOff, kOff, kOff}};
  Vector p = Vector::Ones(1);
  double busy = 0, waiting = 0, idle = 0;
};

}  // namespace

TEST_CASE("exact days: bands of agents are agents by name") {
  const std::vector<int> staff{2, 4, 1, 3, 2, 3};
  const std::vector<double> rate{0.012, 0.02, 0.015, 0.01, 0.02, 0.012};
  // Between neighbouring numbers of staff 0, 1, 2, 3, 4; alike when no later number lies between.
  const std::vector<std::vector<std::size_t>> as{{0, 1, 2, 3}, {0, 1, 2, 3}, {0, 1, 2, 3},
                                                 {0, 0, 2, 3}, {0, 0, 2, 3}, {0, 0, 0, 3}};
  CentreDay day;
  for (std::size_t i = 0; i < staff.size(); ++i) {
    TransientInput one;
    one.service_rate = NamedDay::kMu;
    one.patience_rate = NamedDay::kTheta;
    one.lines = 100;
    one.pieces.push_back({300, rate[i], staff[i]});
    day.pieces.push_back(day_of(one).pieces[0]);
    day.pieces[i].interval = i;
    CentreSpec& spec = day.pieces[i].spec;
    spec.queues = {NamedDay::kRoom};
    spec.groups[0].leaving = Leaving::kBands;
    for (int b = 0; b < 4; ++b)
      spec.groups[0].bands.push_back({1, b < staff[i], as[i][static_cast<std::size_t>(b)]});
  }
  std::string why;
  const auto got = solve_day(day, {{20}}, why);
  REQUIRE(got);
  NamedDay named;
  for (std::size_t i = 0; i < staff.size(); ++i) {
    named.pass(rate[i], static_cast<std::size_t>(staff[i]), 300);
    const CentreCounts& counts = got->intervals[i];
    CHECK(counts.groups[0].busy[0] == Approx(named.busy).epsilon(1e-11));
    CHECK(counts.groups[0].idle == Approx(named.idle).epsilon(1e-11));
    CHECK(counts.classes[0].waiting == Approx(named.waiting).epsilon(1e-11));
  }
}

}  // namespace callmill
