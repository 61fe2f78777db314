#include "app/cli/live_args.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>

#include "app/cli/usage.h"
#include "app/files/text.h"
#include "app/sessions/desk.h"

namespace callmill::cli {
namespace {

constexpr std::uint32_t kLastPort = 65535;

CLI::Validator port_check() {
  return CLI::Validator{[](std::string& text) {
                          std::uint32_t port = 0;
                          const char* end = text.data() + text.size();
                          const auto [at, fault] = std::from_chars(text.data(), end, port);
                          return fault == std::errc{} && at == end && port <= kLastPort
                                     ? std::string{}
                                     : fmt::format("{} is no port; ports are 0 to {}", text,
                                                   kLastPort);
                        },
                        "", "port"};
}

void add_server_options(CLI::App& verb, LiveArgs& args) {
  verb.add_option("--port", args.port, "Port of the page; 0 = any that is free")
      ->check(port_check())
      ->capture_default_str();
  CLI::Option* listen = verb.add_option(
      "--listen", args.listen, "Address to listen on instead of this machine's own; needs a token");
  CLI::Option* token = verb.add_option("--token", args.token,
                                       "Token instead of one drawn at each start; others can see "
                                       "it in the list of processes");
  verb.add_option("--token-file", args.token_file, "File with the token")->excludes(token);
  verb.add_option("--host", args.hosts, "A name under which browsers may reach this; repeatable")
      ->allow_extra_args(false);
  verb.add_option("--connections", args.connections,
                  "Most connections at once, also of one address (default: 256 and 32)")
      ->check(CLI::Range(1, 100'000));
  verb.add_option("--access-log", args.access_log, "Requests on stderr: none, text, json")
      ->check(CLI::IsMember({"none", "text", "json"}));
  verb.add_flag("--no-web", args.no_web, "Only the API, no page");
  verb.add_flag("--open", args.open, "Open the page in a browser");
  verb.add_flag("--no-server", args.no_server, "Only the terminal (--tui)")->excludes(listen);
}

void add_follow_options(CLI::App& verb, LiveArgs& args) {
  CLI::Option* follow = verb.add_option(
      "--follow", args.follow,
      "Show a real centre, as its events come: queue_log:FILE, json:FILE, FORMAT:- (standard "
      "input), FORMAT:HOST:PORT, ami:HOST:PORT, or http (they are posted to the API)");
  verb.add_flag("--replay", args.replay, "The file is a recorded day: --speed paces it")
      ->needs(follow);
  verb.add_option("--names", args.names,
                  "File (YAML) of what the centre's queues and agents are called in the scenario")
      ->needs(follow);
  verb.add_option("--day", args.day,
                  "The date followed: YYYY-MM-DD; default today, or the day of a recorded file's "
                  "first event")
      ->needs(follow);
  verb.add_option("--utc-offset", args.utc_offset,
                  "Of the scenario's clock: +08:00; default this machine's")
      ->needs(follow);
  add_stray_options(verb, follow, args.strays);
  verb.add_option("--ami-login", args.ami_login,
                  "File with user and secret of ami:, a line each; default CALLMILL_AMI_USER and "
                  "CALLMILL_AMI_SECRET")
      ->needs(follow);
}

}  // namespace

void add_live_options(CLI::App& verb, LiveArgs& args) {
  verb.add_option("scenario", args.scenarios, "Scenario files (YAML); a session of each")
      ->required()
      ->expected(1, 8);
  verb.add_option("--set", args.set, "Change one field of each scenario; repeatable")
      ->allow_extra_args(false);
  verb.add_option("--seed", args.seed, "Root of all randomness; default: study.seed")
      ->check(whole_number_check());
  verb.add_option("--speed", args.speed, "Times the wall clock: 0.1 to 10000, or max")
      ->capture_default_str();
  verb.add_flag("--paused", args.paused, "Begin paused");
  verb.add_option("--at", args.at, "Begin at this time of the day: HH:MM");
  verb.add_option("--until", args.until, "End when it is this time in the simulation: HH:MM");
  verb.add_option("--for", args.for_length, "End after so much time of the wall clock: 60s");
  verb.add_option("--journal", args.journal,
                  "File of commands and their times, of the first scenario; one that is there is "
                  "gone on with");
  add_follow_options(verb, args);
  verb.add_option("--spare", args.spare,
                  "Agents of each group, and lines, that commands may bring (default: a fifth, at "
                  "least 5)");
  verb.add_flag("--no-futures", args.no_futures, "No look ahead but when asked for");
  verb.add_option("--threads", args.threads, "Threads of the look ahead; 0 = all cores")
      ->check(CLI::Range(0, 1024));
  verb.add_flag("--tui", args.tui,
                "Show the first session here: a table on a terminal, else a line now and then");
  verb.add_option("--every", args.every, "Time between those lines")->capture_default_str();
  verb.add_option("--lang", args.lang, "Language of the terminal; default from LC_ALL or LANG")
      ->check(CLI::IsMember({"en", "zh-CN"}));
  add_server_options(verb, args);
}

namespace {

// Sentences, a line each.
class Faults {
 public:
  void add(const std::string& sentence) { all_ += (all_.empty() ? "" : "\n") + sentence; }
  // "60s" as seconds.
  void length(const char* option, const std::string& text, double& seconds) {
    files::Slip slip;
    const std::optional<double> parsed = files::parse_duration(text, slip);
    if (parsed && *parsed > 0)
      seconds = *parsed;
    else
      add(fmt::format("{} {}: a time such as 60s or 5min", option, text));
  }
  std::string take() { return std::move(all_); }

 private:
  std::string all_;
};

void read_token(const LiveArgs& args, std::string& token, Faults& faults) {
  constexpr std::size_t kLeast = 16;
  token = args.token;
  if (!args.token_file.empty()) {
    std::ifstream in{args.token_file};
    if (!(in >> token)) return faults.add(args.token_file + " cannot be read");
  }
  if (!token.empty() && token.size() < kLeast)
    faults.add(fmt::format("a token has {} characters or more", kLeast));
}

// A recorded day has a clock of its own, a centre that is followed as it goes that of the wall.
void follow_faults(const LiveArgs& args, Faults& faults) {
  if (args.follow.empty()) return;
  if (args.scenarios.size() > 1) faults.add("--follow is of one scenario");
  if (!args.journal.empty())
    faults.add("--journal keeps commands, of which a centre that is followed has none");
  if (args.spare)
    faults.add("--spare is for commands, of which a centre that is followed has none");
  if (args.replay) return;
  const auto wall = [&](const char* option) {
    faults.add(
        fmt::format("{} is of a simulated or recorded day (--replay); what {} brings has "
                    "the clock of the wall",
                    option, args.follow));
  };
  if (!args.at.empty()) wall("--at");
  if (args.paused) wall("--paused");
  if (args.speed != "1") wall("--speed");
}

}  // namespace

std::string faults_of(const LiveArgs& args, LiveTimes& times, std::string& token) {
  Faults faults;
  if (!args.for_length.empty()) faults.length("--for", args.for_length, times.for_s);
  faults.length("--every", args.every, times.every_s);
  read_token(args, token, faults);
  const std::optional<double> speed = files::parse_number(args.speed);
  if (args.speed != "max" && (!speed || *speed < live::kSlowest || *speed > live::kFastest))
    faults.add(fmt::format("--speed {}: 0.1 to 10000, or max", args.speed));
  if (args.no_server && !args.tui) faults.add("--no-server shows nothing without --tui");
  follow_faults(args, faults);
  return faults.take();
}

}  // namespace callmill::cli
