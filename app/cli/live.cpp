// callmill live SCENARIO...: centres that run before your eyes, on a page, a terminal, or both.

#include <fmt/format.h>
#include <spawn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "app/cli/interrupt.h"
#include "app/cli/keyboard.h"
#include "app/cli/live_args.h"
#include "app/cli/live_follow.h"
#include "app/cli/study_args.h"
#include "app/cli/usage.h"
#include "app/cli/verbs.h"
#include "app/files/text.h"
#include "app/serve/notify.h"
#include "app/serve/server.h"
#include "app/sessions/live_api.h"
#include "app/sessions/terminal.h"
#include "base/text_width.h"

namespace callmill::cli {
namespace {

using Clock = std::chrono::steady_clock;

// Names of sessions' scenarios in URLs: what is left of a file's name, told apart by numbers.
std::string id_of(const std::string& file, std::set<std::string>& taken) {
  std::string id;
  for (const char c : std::filesystem::path{file}.stem().string())
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_') id += c;
  if (id.empty()) id = "scenario";
  id = id.substr(0, 48);
  std::string one = id;
  for (int n = 2; !taken.insert(one).second; ++n) one = id + "-" + std::to_string(n);
  return one;
}

std::vector<live::KnownScenario> load(const LiveArgs& args, Context& context) {
  std::vector<live::KnownScenario> all;
  std::set<std::string> ids;
  for (const std::string& file : args.scenarios) {
    Diagnostics diagnostics;
    std::optional<Scenario> scenario = read_scenario(file, {args.set}, diagnostics);
    for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
    if (!scenario) {
      context.exit_code = bad_input_code(diagnostics);
      continue;
    }
    if (!can_run(*scenario, file, context)) continue;
    const std::string id = id_of(file, ids);
    const std::string title = scenario->world.name.empty() ? id : scenario->world.name;
    all.push_back(
        {id, title, std::filesystem::path{file}.filename().string(), std::move(scenario->world)});
  }
  return all;
}

int fail(int code, const std::string& what) {
  tell("live", what);
  return code;
}

// Times of the day that the scenario does not have, a sentence a line.
std::string wrong_times(const LiveArgs& args, const live::KnownScenario& scenario) {
  std::string wrong;
  const auto moment = [&](const char* option, const std::string& text) {
    if (text.empty()) return std::optional<SimTime>{};
    const std::optional<SimTime> at = live::time_of(scenario.world, 0, text);
    const std::string opens = files::print_time_of_day(to_seconds(scenario.world.day.opens));
    if (!at)
      wrong += fmt::format(
          "{}{} {}: {} opens at {}; times are HH:MM from then on, on a later day "
          "\"d1 08:00\"",
          wrong.empty() ? "" : "\n", option, text, scenario.file, opens);
    return at;
  };
  const std::optional<SimTime> at = moment("--at", args.at), until = moment("--until", args.until);
  if (at && until && *at > *until)
    wrong = fmt::format("--at {} is later than --until {}: nothing would run", args.at, args.until);
  return wrong;
}

void open_browser(const std::string& url) {
  std::string program = "xdg-open";
  std::string address = url;
  char* const argv[] = {program.data(), address.data(), nullptr};
  pid_t child = 0;
  if (posix_spawnp(&child, program.c_str(), nullptr, nullptr, argv, environ) != 0)
    fmt::print(stderr, "callmill live: no browser could be opened; the address is above\n");
}

// What runs while `live` does; parts end in the reverse order.
struct Stage {
  serve::Metrics metrics;
  std::unique_ptr<live::Sessions> sessions;
  std::shared_ptr<live::ApiContext> api;
  std::unique_ptr<serve::Server> server;
  std::string first;  // id of the session on the terminal

  // Handlers of the server ask the sessions, and sessions publish to the server: the server stops
  // first and is freed last.
  void stop() {
    if (server != nullptr) server->stop();
    if (sessions != nullptr) sessions->stop();
  }
};

live::NewSession wish_of(const LiveArgs& args) {
  live::NewSession wish;
  wish.seed = args.seed;
  wish.paused = args.paused;
  if (args.speed == "max")
    wish.speed.reset();
  else
    wish.speed = files::parse_number(args.speed);
  wish.spare.agents = args.spare;
  wish.spare.lines = args.spare;
  wish.at = args.at;
  wish.until = args.until;
  return wish;
}

serve::ServerOptions server_options(const LiveArgs& args, const std::string& token) {
  serve::ServerOptions options;
  options.address = args.listen;
  options.port = static_cast<std::uint16_t>(args.port);
  options.hosts = args.hosts;
  options.token = token;
  if (args.connections > 0)
    options.limits.connections = options.limits.per_address = args.connections;
  const std::string log = args.access_log;
  if (log != "none")
    options.log = [json = log == "json"](const serve::Access& access) {
      serve::log_access(access, json);
    };
  return options;
}

// 0, or the exit code with the error printed.
int start_server(const LiveArgs& args, Stage& stage, const std::string& token) {
  stage.api = std::make_shared<live::ApiContext>(
      live::ApiContext{*stage.sessions, stage.metrics, {}, !args.no_web, {}, {}});
  stage.api->defaults = wish_of(args);
  stage.server = std::make_unique<serve::Server>(server_options(args, token),
                                                 live::make_api(stage.api), stage.metrics);
  serve::Server* server = stage.server.get();
  stage.api->issue_ticket = [server](const std::string& id) { return server->issue_ticket(id); };
  const std::string wrong = server->start();
  if (wrong.empty()) return 0;
  return fail(wrong.find("needs a token") == std::string::npos ? kIoError : kUsage, wrong);
}

// What sessions are to be begun, one a scenario; none where something is wrong, which is then said,
// all of it, and is the exit code.
std::vector<live::NewSession> wishes(const LiveArgs& args,
                                     const std::vector<live::KnownScenario>& scenarios, int& code) {
  std::vector<live::NewSession> all;
  for (const live::KnownScenario& scenario : scenarios) {
    live::NewSession wish = wish_of(args);
    wish.scenario = scenario.id;
    if (all.empty()) wish.journal = args.journal;
    const std::string wrong = wrong_times(args, scenario);
    if (!wrong.empty()) code = fail(kUsage, wrong);
    if (!args.follow.empty()) {
      wish.follow.emplace();
      if (const int bad = read_follow(args, scenario.world, *wish.follow); bad != 0) code = bad;
    }
    all.push_back(std::move(wish));
  }
  return all;
}

int start(const LiveArgs& args, Stage& stage, Context& context, const std::string& token) {
  std::vector<live::KnownScenario> scenarios = load(args, context);
  if (scenarios.size() < args.scenarios.size()) return context.exit_code;
  int code = 0;
  const std::vector<live::NewSession> wanted = wishes(args, scenarios, code);
  if (code != 0) return code;
  const auto to_pages = [&stage](const std::string& id, const live::Sessions::Document& state) {
    if (stage.server == nullptr) return;
    if (state == nullptr)
      stage.server->end_topic(id);
    else
      stage.server->publish(id, state);
  };
  live::RunnerOptions runner;
  runner.lookout.automatic = !args.no_futures;
  runner.lookout.threads = args.threads;
  stage.sessions = std::make_unique<live::Sessions>(std::move(scenarios), runner, to_pages);
  if (!args.no_server) code = start_server(args, stage, token);
  if (code != 0) return code;
  for (const live::NewSession& wish : wanted) {
    std::string error;
    std::vector<std::string> notices;
    const std::string id = stage.sessions->create(wish, error, &notices);
    for (const std::string& notice : notices) tell("live", notice);
    if (id.empty()) return fail(kBadInput, error);
    if (stage.first.empty()) stage.first = id;
  }
  return 0;
}

// Keys of the terminal: space, + and -, q. False: to end.
bool obey(char key, Stage& stage, double& speed) {
  if (key == 'q') return false;
  const std::shared_ptr<live::Runner> runner = stage.sessions->find(stage.first);
  if (runner == nullptr) return true;
  live::ClockChange change;
  if (key == '+' || key == '-') {
    speed = std::clamp(key == '+' ? speed * 2 : speed / 2, live::kSlowest, live::kFastest);
    change.change_speed = true;
    change.speed = speed;
  } else if (key != ' ') {
    return true;
  }
  runner->post([change, key](live::Desk& desk, live::Lookout&) {
    live::ClockChange now = change;
    if (key == ' ') now.paused = !desk.clock().paused;
    desk.set_clock(now);
  });
  return true;
}

class Screen {
 public:
  Screen(const LiveArgs& args, double every_s)
      : on_{args.tui}, lang_{language(args.lang)}, every_{every_s}, clears_{isatty(1) != 0} {}
  void show(Stage& stage, bool last) {
    const Clock::time_point now = Clock::now();
    const std::shared_ptr<live::Runner> runner = stage.sessions->find(stage.first);
    if (!on_ || runner == nullptr || (now < next_ && !last)) return;
    next_ = now + std::chrono::duration_cast<Clock::duration>(
                      std::chrono::duration<double>(clears_ ? 0.5 : every_));
    const std::string state = *runner->state();
    if (clears_)
      fmt::print(
          "\x1b[H\x1b[J{}\n{}\n", live::terminal_table(state, lang_),
          say(lang_, "space: pause   + -: speed   q: quit", "空格：暂停   + -：速度   q：退出"));
    else
      fmt::print("{}", live::terminal_line(state, lang_));
    std::fflush(stdout);
  }

 private:
  bool on_;
  Lang lang_;
  double every_;
  bool clears_;
  Clock::time_point next_{};
};

void run_until_the_end(const LiveArgs& args, Stage& stage, double for_s, double every_s) {
  const Clock::time_point began = Clock::now();
  Screen screen{args, every_s};
  Keyboard keys{args.tui};
  double speed = args.speed == "max" ? live::kFastest : files::parse_number(args.speed).value_or(1);
  const bool watched = std::getenv("WATCHDOG_USEC") != nullptr;
  bool more = true;
  while (more && !interrupt_flag()) {
    screen.show(stage, false);
    for (const char key : keys.pressed(std::chrono::milliseconds{50}))
      more = more && obey(key, stage, speed);
    if (watched) serve::notify_service("WATCHDOG=1");
    const double past = std::chrono::duration<double>(Clock::now() - began).count();
    if (for_s > 0 && past >= for_s) more = false;
    const std::shared_ptr<live::Runner> runner = stage.sessions->find(stage.first);
    // Without a server nobody can go on with a day that is over.
    const bool over = runner == nullptr || runner->finished();
    if (over && (args.no_server || !args.until.empty())) more = false;
  }
  screen.show(stage, true);
}

int live_verb(const LiveArgs& args, Context& context) {
  LiveTimes times;
  std::string token;
  if (const std::string wrong = faults_of(args, times, token); !wrong.empty())
    return fail(kUsage, wrong);
  interrupt_flag();  // before any thread begins
  Stage stage;
  const int wrong = start(args, stage, context, token);
  if (wrong == 0) {
    if (stage.server != nullptr) {
      const std::string url = stage.server->url() + "#token=" + stage.server->token();
      fmt::print(args.tui ? stderr : stdout, "callmill live: {}\n", url);
      std::fflush(stdout);
      if (args.open) open_browser(url);
    }
    serve::notify_service("READY=1");
    run_until_the_end(args, stage, times.for_s, times.every_s);
    serve::notify_service("STOPPING=1");
  }
  // Who asked to stop waits no longer than this.
  end_after_interrupt(std::chrono::seconds{5}, "callmill live: not all could be finished\n");
  stage.stop();
  return wrong;
}

}  // namespace

void add_live(CLI::App& app, Context& context) {
  auto args = std::make_shared<LiveArgs>();
  CLI::App* verb =
      app.add_subcommand("live", "Run centres before your eyes, and change them while they run");
  verb->footer(
      "Examples:\n"
      "  callmill live scenarios/hotline/city-12345.yaml --at 09:00 --speed 10 --open\n"
      "  callmill live city.yaml --journal monday.journal      goes on with it where it is there\n"
      "  callmill live city.yaml --tui --no-server --speed max --until 12:00\n"
      "  callmill live city.yaml --follow queue_log:/var/log/asterisk/queue_log --names "
      "names.yaml\n"
      "Exit codes: 0 ended, also by Ctrl-C; 2 usage, 3 bad scenario or journal, 7 the port is "
      "taken");
  add_live_options(*verb, *args);
  verb->callback([args, &context] { context.exit_code = live_verb(*args, context); });
}

}  // namespace callmill::cli
