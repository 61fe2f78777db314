// Values that others have printed (tests/golden/published.csv): met to the printed digits, rounded
// or cut off, or listed there and in docs/models/erlang.md as wrong.

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <map>

#include "models/queueing/erlang.h"
#include "tests/models/queueing/golden.h"

using namespace callmill;
using callmill::test::GoldenRow;
using callmill::test::read_golden;

namespace {

// Erlang C of load a (mean handle time 1) and n agents, T in handle times.
QueueResult erlang_c(double n, double load, double within = 0) {
  return solve_queue({n, load, 1, 0, 0, within});
}
QueueInput erlang_c_for(double load, double within) {
  return {0, load, 1, 0, 0, within};
}
double load_for(double n, double within, Goal goal) {
  return arrival_rate_for({n, 1, 1, 0, 0, within}, goal);
}
double fractional_lines(double load, double blocking) {
  double low = 0, high = 10 * load + 100;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (erlang_b_fractional(middle, load) > blocking ? low : high) = middle;
  }
  return high;
}
double fractional_load(double lines, double blocking) {
  double low = 1e-9, high = 10 * lines;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (erlang_b_fractional(lines, middle) < blocking ? low : high) = middle;
  }
  return high;
}
// Callers who are lost try again with chance `retry`, as fresh calls: Extended Erlang B.
double extended_erlang_b(std::int64_t n, double load, double retry) {
  double all = load;
  for (int i = 0; i < 10'000; ++i) all = load + retry * all * erlang_b(n, all).blocking;
  return erlang_b(n, all).blocking;
}
const QueueResult& seven_places() {  // M/M/2/7, 50 and 37 an hour
  static const QueueResult q = solve_queue({2, 50, 37, 0, 7, 0});
  return q;
}
// Calls an hour at which 10 % wait longer than T.
double calls_at_ten_percent(double n, double handle_s, double within_s) {
  return 3600 / handle_s * load_for(n, within_s / handle_s, {Measure::kServiceLevel, true, 0.9});
}

const std::map<std::string, std::function<double()>>& computed() {
  const Goal ninety{Measure::kServiceLevel, true, 0.9}, more{Measure::kServiceLevel, true, 0.95};
  const auto wait = [](double limit) { return Goal{Measure::kMeanWaitServed, false, limit}; };
  static const std::map<std::string, std::function<double()>> all = {
      {"ErlbBlockage(3,10.4)", [] { return erlang_b(3, 10.4).blocking; }},
      {"ErlbBlockage(32.4,30)", [] { return erlang_b_fractional(32.4, 30); }},
      {"ErlbNsrvFromBlockage(0.01,10)", [] { return fractional_lines(10, 0.01); }},
      {"ErlbNsrvFromBlockage(0.05,10)", [] { return fractional_lines(10, 0.05); }},
      {"ErlbNsrvFromBlockage(0.01,15.7)", [] { return fractional_lines(15.7, 0.01); }},
      {"ErlbTrafFromBlockage(0.01,17)", [] { return load_for_erlang_b(17, 0.01); }},
      {"ErlbTrafFromBlockage(0.05,17)", [] { return load_for_erlang_b(17, 0.05); }},
      {"ErlbTrafFromBlockage(0.05,17.5)", [] { return fractional_load(17.5, 0.05); }},
      {"ErlbTrafFromBlockage(0.01,25)", [] { return load_for_erlang_b(25, 0.01); }},
      {"ErlcFractionDelayed(11,10.1)", [] { return erlang_c(11, 10.1).p_wait; }},
      {"ErlcFractionDelayed(133.78,130.1)", [] { return erlang_c(133.78, 130.1).p_wait; }},
      {"ErlcWait(100,95,300)", [] { return 300 * erlang_c(100, 95).mean_wait_served; }},
      {"ErlcWait(13,10.75,120.5)", [] { return 120.5 * erlang_c(13, 10.75).mean_wait_served; }},
      {"ErlcWait4(20,1800,100,240)",
       [] { return 240 * erlang_c(20, 100.0 * 240 / 1800).mean_wait_served; }},
      {"ErlcWait4(20,1800,100,300)",
       [] { return 300 * erlang_c(20, 100.0 * 300 / 1800).mean_wait_served; }},
      {"ErlcNwaiting(10,8)", [] { return erlang_c(10, 8).mean_queue; }},
      {"ErlcNwaiting(10,9)", [] { return erlang_c(10, 9).mean_queue; }},
      {"ErlcFractionOk(100,97.5,180,15)",
       [] { return erlang_c(100, 97.5, 15.0 / 180).sl_offered; }},
      {"ErlcFractionOk(100,97.5,180,50)",
       [] { return erlang_c(100, 97.5, 50.0 / 180).sl_offered; }},
      {"ErlcFractionOk(100.7,97.5,180,50)",
       [] { return erlang_c(100.7, 97.5, 50.0 / 180).sl_offered; }},
      {"ErlcNsrvFromFractionOk(10.3,180,10,0.90)",
       [=] { return agents_for_fractional(erlang_c_for(10.3, 10.0 / 180), ninety); }},
      {"ErlcNsrvFromFractionOk(10.3,180,10,0.95)",
       [=] { return agents_for_fractional(erlang_c_for(10.3, 10.0 / 180), more); }},
      {"ErlcNsrvFromFractionOk5(1800,936,180,10,0.90)",
       [=] { return agents_for_fractional(erlang_c_for(93.6, 10.0 / 180), ninety); }},
      {"ErlcNsrvFromFractionOk5(1800,936,180,10,0.95)",
       [=] { return agents_for_fractional(erlang_c_for(93.6, 10.0 / 180), more); }},
      {"ErlcTrafFromFractionOk(25,180,10,0.9)", [=] { return load_for(25, 10.0 / 180, ninety); }},
      {"ErlcTrafFromFractionOk(25,180,10,0.95)", [=] { return load_for(25, 10.0 / 180, more); }},
      {"ErlcTrafFromFractionOk(25.33,180,10,0.95)",
       [=] { return load_for(25.33, 10.0 / 180, more); }},
      {"ErlcTrafFromWait(20,300,5)", [=] { return load_for(20, 0, wait(5.0 / 300)); }},
      {"ErlcTrafFromWait(20,300,60)", [=] { return load_for(20, 0, wait(60.0 / 300)); }},
      {"ErlcNsrvFromWait(10,180,15)",
       [=] { return agents_for_fractional(erlang_c_for(10, 0), wait(15.0 / 180)); }},
      {"ErlcNsrvFromWait(100,180,15)",
       [=] { return agents_for_fractional(erlang_c_for(100, 0), wait(15.0 / 180)); }},
      {"ErlcNsrvFromWait4(1800,200,300,5)",
       [=] { return agents_for_fractional(erlang_c_for(200.0 / 6, 0), wait(5.0 / 300)); }},
      {"ErlcNsrvFromWait4(1800,200,300,30)",
       [=] { return agents_for_fractional(erlang_c_for(200.0 / 6, 0), wait(30.0 / 300)); }},
      {"load of 15 lines at 1 %", [] { return load_for_erlang_b(15, 0.01); }},
      {"ExtErlBBlocking(1500,1000,20)", [] { return extended_erlang_b(1000, 1500, 0.2); }},
      {"ASA(8,100,180)", [] { return 180 * erlang_c(8, 5).mean_wait_served; }},
      {"Abandon(8,30,100,180)", [] { return erlang_c(8, 5, 30.0 / 180).p_wait_gt; }},
      {"Agents(.85,15,100,180)",
       [] {
         return static_cast<double>(
             agents_for(erlang_c_for(5, 15.0 / 180), {Measure::kServiceLevel, true, 0.85}));
       }},
      {"CCXLService(21,57,1110,180)",
       [] { return erlang_c(21, 57.0 * 1110 / 3600, 180.0 / 1110).sl_offered; }},
      {"WinQSB L", [] { return seven_places().mean_queue + seven_places().mean_busy; }},
      {"WinQSB Lq", [] { return seven_places().mean_queue; }},
      {"WinQSB utilisation", [] { return seven_places().occupancy; }},
      {"WinQSB balked per hour", [] { return 50 * seven_places().p_block; }},
      {"WinQSB effective arrival rate", [] { return 50 * (1 - seven_places().p_block); }},
      {"WinQSB W",
       [] {
         const QueueResult& q = seven_places();
         return (q.mean_queue + q.mean_busy) / (50 * (1 - q.p_block));
       }},
      {"WinQSB Wq", [] { return seven_places().mean_queue / (50 * (1 - seven_places().p_block)); }},
      {"WinQSB Pw", [] { return 1 - seven_places().p_nowait; }},
      {"WinQSB P0", [] { return seven_places().p_nowait / (1 + 50.0 / 37); }},
      // It divides by those who wait and those who are blocked.
      {"WinQSB Wb",
       [] {
         const QueueResult& q = seven_places();
         return q.mean_queue / (50 * (1 - q.p_block)) / (1 - q.p_nowait);
       }},
      {"R wait_probability(14)", [] { return erlang_c(14, 10).p_wait; }},
      {"R service_level(14)", [] { return erlang_c(14, 10, 20.0 / 180).sl_offered; }},
      {"R asa(14)", [] { return 180 * erlang_c(14, 10).mean_wait_served; }},
      {"R occupancy(14)", [] { return erlang_c(14, 10).occupancy; }},
      {"R wait_probability(11)", [] { return erlang_c(11, 10).p_wait; }},
      {"R service_level(11)", [] { return erlang_c(11, 10, 20.0 / 180).sl_offered; }},
      {"M/M/3 Lq", [] { return erlang_c(3, 2).mean_queue; }},
      {"M/M/3 W", [] { return 20 * (1 + erlang_c(3, 2).mean_wait_served); }},
      {"M/M/2 L", [] { return erlang_c(2, 1.65).mean_queue + 1.65; }},
      {"Avaya 5 60 30", [] { return calls_at_ten_percent(5, 60, 30); }},
      {"Avaya 5 60 40", [] { return calls_at_ten_percent(5, 60, 40); }},
      {"Avaya 5 60 45", [] { return calls_at_ten_percent(5, 60, 45); }},
      {"Avaya 6 60 30", [] { return calls_at_ten_percent(6, 60, 30); }},
      {"Avaya 6 60 40", [] { return calls_at_ten_percent(6, 60, 40); }},
      {"Avaya 6 60 45", [] { return calls_at_ten_percent(6, 60, 45); }},
      {"Avaya 8 90 30", [] { return calls_at_ten_percent(8, 90, 30); }},
      {"Avaya 8 90 40", [] { return calls_at_ten_percent(8, 90, 40); }},
      {"Avaya 8 90 45", [] { return calls_at_ten_percent(8, 90, 45); }},
      {"Avaya 7 90 30", [] { return calls_at_ten_percent(7, 90, 30); }},
      {"Avaya 7 90 40", [] { return calls_at_ten_percent(7, 90, 40); }},
      {"Avaya 7 90 45", [] { return calls_at_ten_percent(7, 90, 45); }},
      {"Avaya 14 300 60", [] { return calls_at_ten_percent(14, 300, 60); }},
      {"Avaya 16 300 60", [] { return calls_at_ten_percent(16, 300, 60); }},
      {"PRODYNA ErlangB(200,180)", [] { return erlang_b(200, 180).blocking; }},
      {"PRODYNA ErlangC(25,20)", [] { return erlang_c(25, 20).p_wait; }},
      {"Bright Pattern abandonment",
       [] {
         return solve_queue({181, 1, 1.0 / 180, 1.0 / 180, 0, 0}).p_abandon;
       }},
      {"Bright Pattern ASA",
       [] {
         return solve_queue({181, 1, 1.0 / 180, 1.0 / 180, 0, 0}).mean_wait_served;
       }},
      // Of the answered, within 20 s; the page does not say which T and which of the formulas.
      {"Bright Pattern service level",
       [] {
         return solve_queue({181, 1, 1.0 / 180, 1.0 / 180, 0, 20}).sl_answered;
       }},
      {"Bright Pattern occupancy",
       [] {
         return solve_queue({181, 1, 1.0 / 180, 1.0 / 180, 0, 0}).occupancy;
       }},
  };
  return all;
}

// One unit of the last printed digit.
double last_digit(const std::string& printed) {
  const std::size_t point = printed.find('.');
  return point == std::string::npos
             ? 1
             : std::pow(10.0, -static_cast<double>(printed.size() - point - 1));
}

// Whether `got` is what is printed: rounded, or (with `cut`) with its further digits left off.
bool prints_as(double got, const std::string& printed, bool cut) {
  const double value = std::strtod(printed.c_str(), nullptr), unit = last_digit(printed);
  // One of them prints all the digits of a double, which its own arithmetic does not hold.
  const double hair = 1e-13 * std::abs(got);
  if (cut) return got >= value - hair && got < value + unit;
  return std::abs(got - value) <= 0.5 * unit + hair;
}

}  // namespace

TEST_CASE("Published values are met to the printed digits, or known to be wrong") {
  std::map<std::string, int> verdicts;
  for (const GoldenRow& row : read_golden("published.csv")) {
    const std::string name = row.text("what"), verdict = row.text("verdict");
    CAPTURE(name, row.text("published"));
    const auto found = computed().find(name);
    REQUIRE(found != computed().end());
    const double got = found->second();
    // The independent reference gives twelve digits, two decimals for calls an hour.
    CHECK(got == Approx(row.number("reference")).epsilon(1e-10).margin(name[0] == 'A' ? 6e-3 : 0));
    ++verdicts[verdict];
    const bool rounded = prints_as(got, row.text("published"), false);
    const bool cut = prints_as(got, row.text("published"), true);
    CHECK(rounded == (verdict == "met"));
    if (verdict != "met") CHECK(cut == (verdict == "cut"));
  }
  CHECK(verdicts["met"] == 56);
  CHECK(verdicts["cut"] == 5);
  CHECK(verdicts["wrong"] == 17);
  CHECK(computed().size() == 78);
}

// Erlang B of a switch's manual (Avaya BCMS Operations 07-300061, 2005, p. 137): load by trunks and
// share blocked. Its loads are those carried, a (1 - B), though the manual calls them both ways.
TEST_CASE("A published table of 207 trunk loads") {
  int cells = 0;
  for (const GoldenRow& row : read_golden("published_trunks.csv")) {
    const auto trunks = static_cast<std::int64_t>(row.number("trunks"));
    const double blocking = row.number("blocking");
    CAPTURE(trunks, blocking, row.text("published"));
    const double carried = load_for_erlang_b(trunks, blocking) * (1 - blocking);
    // Of one trunk, whose carried load is the share itself, small ones are printed a unit up.
    if (trunks == 1 && blocking <= 0.002) {
      CHECK(row.number("published") == Approx(carried + 1e-4).epsilon(1e-12));
    } else {
      CHECK(prints_as(carried, row.text("published"), false));
      ++cells;
    }
  }
  CHECK(cells == 207 - 5);
}
