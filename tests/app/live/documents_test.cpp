// The documents of a session: JSON that a strict parser reads, with what live.md promises.

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "app/live/journal.h"
#include "app/live/state_json.h"
#include "tests/engine/live/some_world.h"

namespace callmill::test {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using live::Command;
using live::LiveCentre;

json::object parse(const std::string& text) {
  boost::system::error_code bad;
  const json::value value = json::parse(text, bad);
  INFO(text.substr(0, 2000));
  REQUIRE_FALSE(bad);
  CHECK(text.find('\n') == std::string::npos);
  return value.as_object();
}

TEST_CASE("The state document") {
  LiveCentre live{plain_world(), {}};
  live.run_until(kStart + 100min);
  Command shed;
  shed.kind = Command::Kind::kShed;
  shed.share = 0.5;
  shed.lasts = 1h;
  live.apply(shed);
  const json::object state =
      parse(state_json(live, {"s1", "Plain", "plain"}, {10, false, 3.5}, {}));
  CHECK(state.at("session").at("id") == "s1");
  CHECK(state.at("clock").at("text") == "09:40:00");
  CHECK(state.at("clock").at("now").to_number<double>() == 9 * 3600 + 40 * 60);
  CHECK(state.at("clock").at("speed").to_number<double>() == 10);
  CHECK(state.at("clock").at("interval").at("index").to_number<int>() == 3);
  CHECK(state.at("clock").at("date").is_null());
  const json::object& day = state.at("figures").at("day").as_object();
  CHECK(day.at("answered").to_number<double>() > 50);
  const json::object& desk = state.at("groups").at("desk").as_object();
  CHECK(desk.at("staffed").to_number<int>() == 5);
  CHECK(desk.at("spare").to_number<int>() == 5);
  // Busy people have talked to someone: 5 Erlang for 5 people, so most of the time.
  CHECK(desk.at("occupancy").to_number<double>() > 0.5);
  CHECK(desk.at("occupancy").to_number<double>() <= 1);
  CHECK(state.at("lines").at("main").at("lines").to_number<int>() == 30);
  CHECK(state.at("active").as_array().size() == 1);
  CHECK(state.at("active").at(0).at("until").to_number<double>() == 10 * 3600 + 40 * 60);
  CHECK(state.at("active").at(0).at("command").at("do") == "shed");
  CHECK(state.at("log").as_array().size() == 2);
  CHECK(state.at("futures").is_null());
  CHECK(state.at("session").at("looks_ahead") == true);
  CHECK_FALSE(state.at("log").at(1).as_object().contains("undone"));
  // What was undone stays in the log, marked.
  REQUIRE(live.undo(1).empty());
  const json::object back =
      parse(state_json(live, {"s1", "Plain", "plain", false}, {10, false, 3.5}, {}));
  CHECK(back.at("session").at("looks_ahead") == false);
  CHECK(back.at("log").as_array().size() == 3);
  CHECK(back.at("log").at(1).at("undone") == true);
  const json::object as_fast = parse(clock_json(live, {{}, true, 0}));
  CHECK(as_fast.at("speed") == "max");
}

TEST_CASE("Plan, history and log") {
  LiveCentre live{scenario_world("hotline/city-12345.yaml"), {}};
  live.run_until(kStart + 2h + 10min);
  const json::object plan = parse(plan_json(live, {"s1", "City", "city"}));
  CHECK(plan.at("forecast").as_array().size() == live.plan().intervals);
  CHECK(plan.at("kpis").as_array().size() > 30);
  CHECK(plan.at("groups").as_array().size() == live.world().groups.size());
  const json::object history = parse(history_json(live));
  const double interval_s = history.at("interval_s").to_number<double>();
  CHECK(history.at("intervals").as_array().size() ==
        static_cast<std::size_t>(130 * 60 / interval_s) + 1);
  CHECK(parse(log_json(live, 0)).at("entries").as_array().size() >= 1);
  CHECK(parse(log_json(live, 1000)).at("entries").as_array().empty());
}

TEST_CASE("Futures and advice") {
  LiveCentre live{plain_world(), {}};
  live.run_until(kStart + 1h);
  Command more;
  more.kind = Command::Kind::kAgents;
  more.group = "desk";
  more.by = 2;
  live::ForkOptions options;
  options.paths = 5;
  const live::Futures futures = fork_ahead(live, {{more}}, options);
  const json::object bands = parse(bands_json(live, futures.without, 0.1));
  CHECK(bands.at("times").as_array().size() == 6);
  CHECK(bands.at("series").at("waiting").at("p90").as_array().size() == 6);
  CHECK(bands.at("day").at("asa_s").at("mean").is_double());
  const json::object running = parse(what_if_json(live, {more}, {"w1", 0.25, 0, nullptr}));
  CHECK(running.at("state") == "running");
  const json::object done = parse(what_if_json(live, {more}, {"w1", 0, 0.2, &futures}));
  CHECK(done.at("state") == "done");
  CHECK(done.at("differences").as_array().size() > 10);
  const live::Advice advice = advise(live, {}, options);
  const json::object told = parse(advice_json(live, {"a1", 0, 0.2, &advice}));
  CHECK(told.at("candidates").at(0).at("text_zh").is_string());
}

TEST_CASE("Times of day are of the day at hand") {
  LiveCentre live{plain_world(), {}};
  CHECK(live::time_of(live, "09:30") == kStart + 90min);
  CHECK(live::time_of(live, "09:30:15") == kStart + 90min + 15s);
  CHECK(live::time_of(live, "d1 08:00") == kStart + 24h);
  for (const char* wrong : {"9:30", "25:00", "09:61", "noon", "", "07:59", "d 09:00", "09:30:1"})
    CHECK_FALSE(live::time_of(live, wrong).has_value());
}

}  // namespace
}  // namespace callmill::test
