// Sessions on their threads: states come, commands are done, a journal is gone on with.

#include "app/sessions/sessions.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <thread>

#include "app/sessions/terminal.h"
#include "tests/app/sessions/small_day.h"

namespace callmill::live {
namespace {

using std::chrono::milliseconds;

// States as they come; a test waits for one that it knows.
class Seen {
 public:
  Sessions::Sink sink() {
    return [this](const std::string& id, const Sessions::Document& state) {
      const std::lock_guard lock{mutex_};
      if (state == nullptr) ended_.push_back(id);
      last_ = state;
      ++count_;
      news_.notify_all();
    };
  }
  template <class Is>
  bool wait(const Is& is) {
    std::unique_lock lock{mutex_};
    return news_.wait_for(lock, std::chrono::seconds{30},
                          [&] { return last_ != nullptr && is(*last_); });
  }
  std::vector<std::string> ended() {
    const std::lock_guard lock{mutex_};
    return ended_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable news_;
  Sessions::Document last_;
  std::vector<std::string> ended_;
  int count_ = 0;
};

RunnerOptions quick(bool futures = false) {
  RunnerOptions options;
  options.publish_every = milliseconds{10};
  options.lookout.automatic = futures;
  options.lookout.paths = 4;
  options.lookout.threads = 1;
  options.lookout.every = milliseconds{10};
  return options;
}

NewSession small_wish() {
  NewSession wish;
  wish.scenario = "small";
  wish.paused = true;
  wish.at = "10:00";
  return wish;
}

// Does work on the session's thread and waits for it.
template <class Work>
auto on_desk(Sessions& sessions, const std::string& id, const Work& work) {
  std::promise<decltype(work(std::declval<Desk&>(), std::declval<Lookout&>()))> done;
  REQUIRE(sessions.find(id)->post(
      [&](Desk& desk, Lookout& lookout) { done.set_value(work(desk, lookout)); }));
  return done.get_future().get();
}

Command more_agents() {
  Command command;
  command.group = test::small_group();
  command.by = 2;
  return command;
}

}  // namespace

TEST_CASE("Sessions: a state comes at once, and after each piece of work") {
  Seen seen;
  Sessions sessions{{test::small_day()}, quick(), seen.sink()};
  std::string error;
  const std::string id = sessions.create(small_wish(), error);
  REQUIRE(id == "s1");
  CHECK(sessions.state(id)->at("clock").at("text") == "10:00:00");
  const LiveCentre::Applied applied =
      on_desk(sessions, id, [](Desk& desk, Lookout&) { return desk.command(more_agents()); });
  CHECK(applied.seq == 1);
  CHECK(seen.wait([](const boost::json::value& state) {
    const boost::json::array& log = state.at("log").as_array();
    return !log.empty() && log.back().at("kind") == "command";
  }));
  on_desk(sessions, id, [](Desk& desk, Lookout&) {
    ClockChange go;
    go.paused = false;
    go.change_speed = true;
    go.speed = 10'000;
    return desk.set_clock(go).size();
  });
  CHECK(seen.wait([](const boost::json::value& state) {
    return state.at("clock").at("now").to_number<double>() > 11.5 * 3600;
  }));
}

TEST_CASE("Sessions: the day ends, and says so") {
  Seen seen;
  Sessions sessions{{test::small_day()}, quick(), seen.sink()};
  NewSession wish = small_wish();
  wish.paused = false;
  wish.speed.reset();
  std::string error;
  const std::string id = sessions.create(wish, error);
  CHECK(seen.wait(
      [](const boost::json::value& state) { return state.at("clock").at("ended").as_bool(); }));
  // It says so just after the last state.
  const std::shared_ptr<Runner> runner = sessions.find(id);
  for (int i = 0; i < 3000 && !runner->finished(); ++i)
    std::this_thread::sleep_for(milliseconds{10});
  CHECK(runner->finished());
}

TEST_CASE("Sessions: the queue of work has its length") {
  RunnerOptions options = quick();
  options.queue = 3;
  Sessions sessions{{test::small_day()}, options, {}};
  std::string error;
  const std::string id = sessions.create(small_wish(), error);
  const std::shared_ptr<Runner> runner = sessions.find(id);
  std::promise<void> go;
  std::promise<void> begun;
  const std::shared_future<void> gate = go.get_future().share();
  REQUIRE(runner->post([&, gate](Desk&, Lookout&) {
    begun.set_value();
    gate.wait();
  }));
  begun.get_future().wait();
  for (int i = 0; i < 3; ++i) CHECK(runner->post([](Desk&, Lookout&) {}));
  CHECK_FALSE(runner->post([](Desk&, Lookout&) {}));
  go.set_value();
}

TEST_CASE("Sessions: futures come by themselves, a question is answered, while the day goes on") {
  Seen seen;
  Sessions sessions{{test::small_day()}, quick(true), seen.sink()};
  std::string error;
  NewSession wish = small_wish();
  wish.paused = false;
  const std::string id = sessions.create(wish, error);
  CHECK(seen.wait([](const boost::json::value& state) { return state.at("futures").is_object(); }));
  on_desk(sessions, id, [](Desk&, Lookout& lookout) {
    lookout.ask_what_if({lookout.next_id(), {more_agents()}, {}, {}, 4});
    return 0;
  });
  CHECK(seen.wait([](const boost::json::value& state) {
    const boost::json::value& what_if = state.at("what_if");
    return what_if.is_object() && what_if.at("state") == "done";
  }));
  on_desk(sessions, id, [](Desk&, Lookout& lookout) {
    lookout.ask_advice({lookout.next_id(), {}, {}, {}, 2});
    return 0;
  });
  CHECK(seen.wait([](const boost::json::value& state) {
    const boost::json::value& advice = state.at("advice");
    return advice.is_object() && advice.at("state") == "done";
  }));
}

TEST_CASE("Sessions: a journal that is there is gone on with, from its last moment") {
  const std::string file = test::fresh_file("sessions.journal");
  NewSession wish = small_wish();
  wish.journal = file;
  std::uint64_t print = 0;
  double now = 0;
  std::string error;
  {
    Sessions sessions{{test::small_day()}, quick(), {}};
    const std::string id = sessions.create(wish, error);
    INFO(error);
    REQUIRE_FALSE(id.empty());
    print = on_desk(sessions, id, [](Desk& desk, Lookout&) {
      desk.command(more_agents());
      ClockChange jump;
      jump.step = ClockChange::Step::kUntil;
      jump.until = "11:30";
      desk.set_clock(jump);
      return desk.centre().fingerprint();
    });
    now = on_desk(sessions, id, [](Desk& desk, Lookout&) {
      return clock_seconds(desk.centre(), desk.centre().now());
    });
  }
  {
    Sessions sessions{{test::small_day()}, quick(), {}};
    const std::string id = sessions.create(wish, error);
    INFO(error);
    REQUIRE_FALSE(id.empty());
    CHECK(sessions.state(id)->at("clock").at("now").to_number<double>() == now);
    CHECK(on_desk(sessions, id, [](Desk& desk, Lookout&) { return desk.centre().fingerprint(); }) ==
          print);
    CHECK(on_desk(sessions, id,
                  [](Desk& desk, Lookout&) { return desk.command(more_agents()).seq; }) == 2);
  }
  // And a third time, with the command of the second.
  Sessions sessions{{test::small_day()}, quick(), {}};
  const std::string id = sessions.create(wish, error);
  INFO(error);
  REQUIRE_FALSE(id.empty());
  CHECK(on_desk(sessions, id, [](Desk& desk, Lookout&) { return desk.centre().done().size(); }) ==
        2);
  std::filesystem::remove(file);
}

TEST_CASE("Sessions: what cannot be begun, and no more than so many") {
  Seen seen;
  Sessions sessions{{test::small_day()}, quick(), seen.sink()};
  std::string error;
  NewSession wish = small_wish();
  wish.scenario = "none";
  CHECK(sessions.create(wish, error).empty());
  CHECK(error.find("none") != std::string::npos);
  wish = small_wish();
  wish.at = "25:99";
  error.clear();
  CHECK(sessions.create(wish, error).empty());
  CHECK(error.find("25:99") != std::string::npos);
  error.clear();
  for (std::size_t i = 0; i < kSessionsMost; ++i)
    CHECK_FALSE(sessions.create(small_wish(), error).empty());
  CHECK(sessions.create(small_wish(), error).empty());
  const std::string first = sessions.ids().front();
  CHECK(sessions.remove(first));
  CHECK_FALSE(sessions.remove(first));
  CHECK(sessions.state(first) == nullptr);
  CHECK(seen.ended() == std::vector<std::string>{first});
  error.clear();
  CHECK_FALSE(sessions.create(small_wish(), error).empty());
}

TEST_CASE("Terminal: a table and a line, in both languages") {
  Sessions sessions{{test::small_day()}, quick(), {}};
  std::string error;
  const std::string id = sessions.create(small_wish(), error);
  const std::string state = *sessions.find(id)->state();
  for (const Lang lang : {Lang::kEn, Lang::kZh}) {
    const std::string table = terminal_table(state, lang);
    CHECK(table.find("10:00:00") != std::string::npos);
    CHECK(table.find(test::small_group()) != std::string::npos);
    CHECK(terminal_line(state, lang).starts_with("10:00:00  "));
    CHECK(terminal_line(state, lang).ends_with("\n"));
  }
  CHECK(terminal_line(state, Lang::kZh).find("offered") == std::string::npos);
}

}  // namespace callmill::live
