#pragma once
// Options of `callmill live`.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/stray_args.h"

namespace callmill::cli {

struct LiveArgs {
  std::vector<std::string> scenarios, set, hosts;
  std::optional<std::uint64_t> seed;
  std::string speed = "1", at, until, for_length, every = "5s", journal, lang;
  std::optional<std::uint32_t> spare;
  bool paused = false, tui = false, no_server = false, no_web = false, open = false;
  bool no_futures = false;
  std::string follow, names, day, utc_offset, ami_login;
  StrayArgs strays;
  bool replay = false;
  int threads = 0;
  std::uint32_t port = 8012;
  std::string listen, token, token_file, access_log = "none";
  int connections = 0;  // 0: as limits.h has it
};

void add_live_options(CLI::App& verb, LiveArgs& args);

// What the options mean beyond their texts.
struct LiveTimes {
  double for_s = 0;    // of the wall clock; 0: until it is ended
  double every_s = 5;  // between two lines
};
// All that is wrong with the options by themselves, a sentence a line; empty: nothing.
std::string faults_of(const LiveArgs& args, LiveTimes& times, std::string& token);

}  // namespace callmill::cli
