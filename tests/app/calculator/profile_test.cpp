// A day from CSV: every error with its place, the day's figures against the sum over intervals.

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "app/calculator/ask.h"
#include "app/calculator/profile.h"
#include "models/transient/transient.h"

using namespace callmill;
using namespace callmill::calculator;

namespace {

Question parts(const char* target = "80%/20s") {
  Ask ask;
  ask.aht = "180s";
  ask.patience = "120s";
  if (*target != '\0') ask.target = {target};
  std::vector<std::string> errors;
  const Question q = read_day_question(ask, errors);
  REQUIRE(errors.empty());
  return q;
}

std::vector<Interval> day(const std::string& csv, const Question& q) {
  Diagnostics diagnostics;
  const auto intervals = read_profile(csv, "day.csv", q, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) FAIL_CHECK(render(d));
  REQUIRE(intervals);
  return *intervals;
}

std::vector<std::string> errors_of(const std::string& csv, const Question& q) {
  Diagnostics diagnostics;
  CHECK_FALSE(read_profile(csv, "day.csv", q, diagnostics));
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics.errors()) {
    const std::string text = render(d);
    out.push_back(text.substr(0, text.find('\n')));
  }
  return out;
}

}  // namespace

TEST_CASE("each interval is sized on its own, by its own calls and times") {
  const Question q = parts();
  const Profile found = answer_profile(
      q, day("from,to,calls,aht\n08:00,08:30,100,\n08:30,09:30,400,3min\n10:00,10:30,0,\n", q));
  REQUIRE(found.intervals.size() == 3);
  CHECK(found.met);
  CHECK(found.sized);
  for (const IntervalAnswer& each : found.intervals) {
    if (each.interval.calls == 0) {
      CHECK(each.agents == 0);
      continue;
    }
    Queue fewer = each.outcome->queue;
    fewer.agents -= 1;
    CHECK(each.outcome->result.sl_accepted >= 0.8);
    CHECK(evaluate(fewer)->result.sl_accepted < 0.8);
  }
  CHECK(found.intervals[1].interval.queue.calls_per_s == Approx(400.0 / 3600));
  CHECK(found.agent_hours ==
        Approx(found.intervals[0].agents * 0.5 + found.intervals[1].agents * 1));
}

TEST_CASE("the day's figures are those of all its calls") {
  const Question q = parts("");
  const std::string csv =
      "interval,calls,agents,patience\n08:00-08:30,600,62,120\n08:30-09:00,300,28,60s\n";
  const Profile found = answer_profile(q, day(csv, q));
  REQUIRE(found.day);
  double answered = 0, abandoned = 0, in_time = 0, wait = 0, busy = 0;
  for (const IntervalAnswer& each : found.intervals) {
    const QueueResult& r = each.outcome->result;
    answered += each.interval.calls * r.p_served;
    abandoned += each.interval.calls * r.p_abandon;
    in_time += each.interval.calls * r.p_served_le;
    wait += each.interval.calls * r.p_served * r.mean_wait_served;
    busy += r.mean_busy * each.interval.length_s;
  }
  const auto value = [&](const char* key) { return value_of(*find_indicator(key), *found.day); };
  // Sums of two: a few roundings.
  CHECK(value("service_level") == Approx(in_time / (answered + abandoned)).epsilon(1e-13));
  CHECK(value("answer_rate") == Approx(answered / (answered + abandoned)).epsilon(1e-13));
  CHECK(value("service_level_f2") == Approx(in_time / answered).epsilon(1e-13));
  CHECK(value("asa_s") == Approx(wait / answered).epsilon(1e-13));
  CHECK(value("occupancy") == Approx(busy / ((62 + 28) * 1800)).epsilon(1e-13));
  // One interval alone is its own day.
  const Profile one = answer_profile(q, day("interval,calls,agents\n08:00-08:30,600,62\n", q));
  const Outcome& alone = *one.intervals[0].outcome;
  for (const Indicator& each : indicators()) {
    if (each.key == "queue_sd") continue;
    INFO(each.key);
    CHECK(value_of(each, *one.day) == Approx(value_of(each, alone)).epsilon(1e-12));
  }
}

TEST_CASE("missed intervals are marked, overload and slow queues named") {
  const Question q = parts();
  const std::string csv =
      "from,to,calls,agents\n08:00,08:30,600,50\n08:30,09:00,300,45\n09:00,09:02,20,40\n";
  const Profile found = answer_profile(q, day(csv, q));
  CHECK_FALSE(found.met);
  const std::string text = as_text(q, found, Lang::kEn);
  CHECK(text.find("goal missed in 1 intervals") != std::string::npos);
  CHECK(text.find("At 08:00 the load is 120% of the agents") != std::string::npos);
  CHECK(text.find("The interval from 09:00 lasts 2 min") != std::string::npos);
  CHECK(as_text(q, found, Lang::kZh).find("1 个时段未达标") != std::string::npos);
  CHECK(text.find("Busiest interval (08:00): ") != std::string::npos);
  CHECK(as_json(q, found).find("{\"code\": \"overload\"") != std::string::npos);
  const std::string data = as_csv(q, found);
  CHECK(std::count(data.begin(), data.end(), '\n') == 4);
  CHECK(as_json(q, found).find("\"status\": \"goal_missed\"") != std::string::npos);
}

TEST_CASE("the exact day: steady where nothing changes, and what is handed on where it does") {
  Question q = parts("");
  // Four hours of the same: the second two are in steady state to e^-40.
  const Profile even = answer_profile(q, day("from,to,calls,agents\n08:00,10:00,600,17\n"
                                             "10:00,12:00,600,17\n",
                                             q));
  REQUIRE(even.exact.day);
  const QueueResult& steady = even.intervals[1].outcome->result;
  const ExactFigures& second = *even.intervals[1].exact;
  // Answers lag arrivals by nothing in steady state; tolerance: the exact day's 1e-9.
  CHECK(second.service_level == Approx(steady.sl_accepted).epsilon(1e-7));
  CHECK(second.answer_rate == Approx(steady.p_served).epsilon(1e-7));
  CHECK(second.asa_s == Approx(steady.mean_wait_served).epsilon(1e-7));
  CHECK(second.occupancy == Approx(steady.occupancy).epsilon(1e-7));
  CHECK(even.intervals[0].exact->service_level > second.service_level);  // it opened empty

  // An overloaded half-hour hands its queue on; after a closed hour nothing of it is left.
  q = parts("80%/20s");
  const Profile rush = answer_profile(q, day("from,to,calls,agents\n08:00,08:30,300,24\n"
                                             "08:30,09:00,200,24\n10:00,10:30,200,24\n",
                                             q));
  REQUIRE(rush.exact.day);
  CHECK(rush.intervals[1].outcome->result.sl_accepted ==
        rush.intervals[2].outcome->result.sl_accepted);
  CHECK(rush.intervals[1].exact->service_level < rush.intervals[2].exact->service_level - 0.01);
  CHECK(rush.exact.missed == std::vector<std::size_t>{0});
  const std::string text = as_text(q, rush, Lang::kEn);
  CHECK(text.find("exact: answered in 20s") != std::string::npos);
  CHECK(text.find("1 of the intervals miss the goal there, the first at 08:00") !=
        std::string::npos);
  CHECK(as_text(q, rush, Lang::kZh).find("1 个时段实际未达标，首个为 08:00") != std::string::npos);
  CHECK(as_json(q, rush).find("\"exact_asa_s\": ") != std::string::npos);
  CHECK(as_csv(q, rush).find(",exact_level_by_event\n") != std::string::npos);
}

TEST_CASE("at closing time those who wait are served, in a gap as at the end of the day") {
  Question q = parts("");
  q.queue.patience_s = kForever;
  q.queue.within_s = 3600;
  const std::string rush = "from,to,calls,agents\n08:00,08:30,500,20\n";
  const Profile alone = answer_profile(q, day(rush, q));
  const Profile gap = answer_profile(q, day(rush + "10:00,10:30,60,20\n", q));
  REQUIRE((alone.exact.day && gap.exact.day));
  // 500 calls of 3 minutes are 75 min of 20 agents: all are answered within the hour, but for a few
  // in 10,000 whose queue drains late.
  CHECK(alone.intervals[0].exact->service_level > 0.999);
  CHECK(gap.intervals[0].exact->service_level ==
        Approx(alone.intervals[0].exact->service_level).epsilon(1e-6));
  // With patience every call has an outcome in the day's figures: answered or given up.
  q.queue.patience_s = 3000;
  const Profile hasty = answer_profile(q, day(rush, q));
  const ExactFigures& one = *hasty.exact.day;
  CHECK(one.answer_rate > hasty.intervals[0].exact->service_level - 1e-9);
  CHECK(one.answer_rate + one.abandon_rate == Approx(1).epsilon(1e-12));
  const TransientInput closing{.service_rate = 1.0 / 180,
                               .patience_rate = 1.0 / 3000,
                               .within = 3600,
                               .pieces = {{1800, 500.0 / 1800, 20}, {36000, 0, 20}}};
  const TransientResult r = solve_transient(closing);
  const double answered = r.intervals[0].answers + r.intervals[1].answers;
  CHECK(answered + r.intervals[0].abandons + r.intervals[1].abandons == Approx(500).epsilon(1e-9));
  CHECK(one.answer_rate == Approx(answered / 500).epsilon(1e-6));
}

TEST_CASE("the day through asks for its own agents, and the exact day judges them") {
  Question q = parts();
  const std::string csv = "from,to,calls\n08:00,08:30,120\n08:30,09:00,260\n09:00,09:30,310\n";
  const Profile each = answer_profile(q, day(csv, q));
  q.requirement = RequirementMethod::kTransient;
  const Profile through = answer_profile(q, day(csv, q));
  CHECK(through.met);
  CHECK(through.agent_hours < each.agent_hours);
  CHECK(through.exact.missed.empty());
  CHECK(through.requirement.starts_with("transient: "));
  // One agent fewer in any interval, and some interval misses.
  for (std::size_t i = 0; i < through.intervals.size(); ++i) {
    std::vector<Interval> fewer = day(csv, q);
    for (std::size_t k = 0; k < fewer.size(); ++k)
      fewer[k].queue.agents = through.intervals[k].agents - (k == i);
    CHECK_FALSE(answer_profile(q, fewer).exact.missed.empty());
  }
  CHECK(as_text(q, through, Lang::kEn).find("Requirement by transient: ") != std::string::npos);
  CHECK(as_text(q, through, Lang::kZh).find("人力需求方法：瞬态精确法：") != std::string::npos);
  q.queue.balks = 0.1;
  const Profile other = answer_profile(q, day(csv, q));
  CHECK(other.requirement.starts_with("each interval by itself: "));
  CHECK(other.feasible);
}

TEST_CASE("goals of the day need fewer agent-hours than goals of each interval, and hold") {
  Question q = parts();
  const std::string csv = "from,to,calls\n08:00,08:30,120\n08:30,09:00,260\n09:00,09:30,310\n";
  q.requirement = RequirementMethod::kTransient;
  const Profile each = answer_profile(q, day(csv, q));
  q.per_day = true;
  const Profile over = answer_profile(q, day(csv, q));
  CHECK(over.met);
  CHECK(over.exact.day->service_level >= 0.8);
  CHECK(over.agent_hours < each.agent_hours);
  CHECK(as_text(q, over, Lang::kEn).find("80% answered in 20 s over the day; at most") !=
        std::string::npos);
  // Agents that are given are judged over the day too.
  const Profile judged =
      answer_profile(q, day("from,to,calls,agents\n08:00,08:30,120,10\n08:30,09:00,260,30\n", q));
  CHECK(judged.met == (judged.exact.day->service_level >= 0.8));
  CHECK(as_text(q, judged, Lang::kZh).find("80%（全天）") != std::string::npos);
}

TEST_CASE("lines that are to be sized are one number for the day, as its peak needs") {
  Question q = parts();
  q.queue.loss = 0.01;
  const std::string csv = "from,to,calls\n08:00,08:30,120\n08:30,09:00,260\n09:00,09:30,310\n";
  const Profile found = answer_profile(q, day(csv, q));
  CHECK(found.met);
  REQUIRE(found.lines > 0);
  for (const IntervalAnswer& each : found.intervals) {
    CHECK(each.outcome->queue.lines == found.lines);
    CHECK(each.outcome->result.p_block <= 0.01);
  }
  CHECK(found.exact.day);  // the same lines all day: it is known
  const std::string lines = std::to_string(found.lines) + " lines";
  CHECK(as_text(q, found, Lang::kEn).find(lines) != std::string::npos);
  CHECK(as_json(q, found).find("\"lines\": " + std::to_string(found.lines)) != std::string::npos);
}

TEST_CASE("where there is no exact day the reason is told") {
  Question q = parts("");
  const std::string small = "from,to,calls,agents\n08:00,08:30,60,7\n";
  q.queue.balks = 0.1;
  Profile found = answer_profile(q, day(small, q));
  CHECK(found.exact.why == ExactDay::Why::kModel);
  CHECK(as_text(q, found, Lang::kEn).find("No exact day: it knows") != std::string::npos);
  q.queue.balks = 0;
  found = answer_profile(q, day("from,to,calls,agents\n08:00,20:00,600000,9000\n", q));
  CHECK(found.exact.why == ExactDay::Why::kCost);
  CHECK(as_text(q, found, Lang::kEn).find("billion updates") != std::string::npos);
  CHECK(as_json(q, found).find("\"exact_asa_s\": null") != std::string::npos);
  found = answer_profile(q, day("from,to,calls,agents\n08:00,08:30,60,7.5\n", q));
  CHECK(found.exact.why == ExactDay::Why::kFractions);
  CHECK(as_text(q, found, Lang::kEn).find("No exact day: it knows whole agents") !=
        std::string::npos);
}

TEST_CASE("a queue that grows without limit leaves the day without figures") {
  Question q = parts("");
  q.queue.patience_s = kForever;
  const Profile found = answer_profile(q, day("from,to,calls,agents\n08:00,08:30,600,50\n", q));
  CHECK_FALSE(found.day);
  CHECK(as_json(q, found).find("nan") == std::string::npos);
  CHECK(as_text(q, found, Lang::kEn).find("inf") == std::string::npos);
}

TEST_CASE("every error of a day is told at once, by line and column") {
  const auto errors = errors_of(
      "from,to,calls,aht,agents\n"
      "8,08:30,10,,5\n"
      "08:30,08:00,10,,5\n"
      "08:00,09:00,-1,3 minutes,5\n"
      "08:30,09:30,10,0,5\n"
      "09:30,10:00,10,,0\n"
      "10:00,10:30,x\n",
      parts());
  const std::vector<std::string> want = {
      "day.csv:2:1: error[time]: from is \"8\"; must be a time such as 08:30",
      "day.csv:3:7: error[range]: the interval ends at 08:00, not after its start",
      "day.csv:4:13: error[range]: calls is -1; must be >= 0",
      "day.csv:4:16: error[unit]: aht is \"3 minutes\" is no duration; write a number and ms, s, "
      "min, h or d, such as 180s or 3min",
      "day.csv:5:1: error[order]: begins at 08:30, before the one above ends at 09:00",
      "day.csv:5:16: error[range]: aht is 0; must be > 0",
      "day.csv:6:17: error[range]: agents is 0, but there are calls",
      "day.csv:7:14: error[cells]: 3 cells, but the header has 5"};
  CHECK(errors == want);
}

TEST_CASE("a night goes on past midnight, whichever way it is written") {
  const Question q = parts();
  const std::string head = "from,to,calls\n22:00,23:30,30\n23:30,";
  const auto plain = day(head + "00:00,9\n00:00,00:30,7\n02:00,06:00,20\n", q);
  const auto beyond = day(head + "24:00,9\n24:00,24:30,7\n26:00,30:00,20\n", q);
  REQUIRE(plain.size() == 4);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    CHECK(plain[i].from_s == beyond[i].from_s);
    CHECK(plain[i].length_s == beyond[i].length_s);
  }
  CHECK(plain[2].name == "00:00");
  CHECK(day("interval,calls\n23:30-00:15,9\n00:15-01:00,5\n", q)[0].length_s == 2700);
  // A row in the wrong place is no next morning.
  CHECK(errors_of("from,to,calls\n09:00,09:30,9\n08:00,08:30,7\n", q) ==
        std::vector<std::string>{
            "day.csv:3:1: error[order]: begins at 08:00, before the one above ends at 09:30"});
}

TEST_CASE("columns between semicolons are told as such, once") {
  CHECK(errors_of("from;to;calls\n08:00;08:30;100\n", parts()) ==
        std::vector<std::string>{
            "day.csv:1:1: error[separator]: columns are separated by ';'; must be by ','"});
}

TEST_CASE("columns that are missing or misspelt are told") {
  const auto errors = errors_of("from,to,call\n08:00,08:30,1\n", parts());
  CHECK(errors.size() == 2);
  CHECK(errors[0] == "day.csv:1:9: error[unknown-column]: there is no column call");
  CHECK(errors_of("", parts()).size() == 3);
  Question q = parts("");
  q.queue.aht_s = 0;
  CHECK(errors_of("interval,calls\n08:00-08:30,5\n", q).size() == 2);  // agents and handle time
}
