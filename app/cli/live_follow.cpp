#include "app/cli/live_follow.h"

#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>

#include "app/cli/usage.h"
#include "app/cli/verbs.h"
#include "app/sessions/shadow.h"
#include "base/diagnostic.h"
#include "models/world/days.h"

namespace callmill::cli {
namespace {

constexpr std::int64_t kSecondsADay = 86'400;

void tell(const std::string& what) {
  cli::tell("live", what);
}

// "+08:00" in seconds east of Greenwich.
std::optional<std::int64_t> parse_offset(const std::string& text) {
  int hours = 0, minutes = 0;
  char sign = 0, end = 0;
  if (std::sscanf(text.c_str(), "%c%2d:%2d%c", &sign, &hours, &minutes, &end) != 3) return {};
  if ((sign != '+' && sign != '-') || hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
    return {};
  const std::int64_t seconds = 3600 * hours + 60 * minutes;
  return sign == '-' ? -seconds : seconds;
}

// This machine's offset on that day at noon; its clocks change at night.
std::int64_t offset_here(std::time_t near_noon) {
  std::tm local{};
  localtime_r(&near_noon, &local);
  return local.tm_gmtoff;
}

bool read_login(const LiveArgs& args, TcpOptions& tcp) {
  if (args.ami_login.empty()) {
    const auto variable = [](const char* name) {
      const char* value = std::getenv(name);
      return std::string{value == nullptr ? "" : value};
    };
    tcp.user = variable("CALLMILL_AMI_USER");
    tcp.secret = variable("CALLMILL_AMI_SECRET");
    if (!tcp.user.empty() && !tcp.secret.empty()) return true;
    tell("ami: needs a login: --ami-login FILE, or CALLMILL_AMI_USER and CALLMILL_AMI_SECRET");
    return false;
  }
  std::ifstream in{args.ami_login};
  if (std::getline(in, tcp.user) && std::getline(in, tcp.secret) && !tcp.user.empty()) return true;
  tell("--ami-login " + args.ami_login + ": expected a file of two lines, user and secret");
  return false;
}

struct Opening {
  std::int64_t us;  // since 1970, of the first day's opening
  Date date;        // of that day where the centre stands
};

std::optional<Opening> opening(const LiveArgs& args, const FollowSpec& spec, const World& world) {
  bool good = true;
  std::optional<std::int64_t> offset;
  if (!args.utc_offset.empty()) {
    offset = parse_offset(args.utc_offset);
    if (!offset) tell("--utc-offset " + args.utc_offset + ": expected +HH:MM or -HH:MM");
    good = offset.has_value();
  }
  std::int64_t midnight = 0;  // of the day, as if here were Greenwich
  if (!args.day.empty()) {
    const std::optional<Date> day = parse_date(args.day);
    if (!day) {
      tell("--day " + args.day + ": expected a date, YYYY-MM-DD");
      return {};
    }
    midnight = kSecondsADay * day->time_since_epoch().count();
  } else {
    std::int64_t now = std::time(nullptr);
    if (args.replay) {
      std::string error;
      const std::optional<std::int64_t> first = first_event_us(spec.file, spec.format, error);
      if (!first) tell(error);
      if (!first || !good) return {};
      now = *first / 1'000'000;
    }
    now += offset.value_or(offset_here(static_cast<std::time_t>(now)));
    midnight = now - ((now % kSecondsADay) + kSecondsADay) % kSecondsADay;
  }
  if (!good) return {};
  const std::int64_t east = offset.value_or(offset_here(midnight + kSecondsADay / 2));
  return Opening{(midnight - east) * 1'000'000 + world.day.opens.count(),
                 Date{std::chrono::days{midnight / kSecondsADay}}};
}

}  // namespace

int read_follow(const LiveArgs& args, const World& world, live::FollowWish& wish) {
  int code = 0;
  std::string error;
  const std::optional<FollowSpec> spec = parse_follow(args.follow, error);
  if (!spec) {
    tell("--follow " + args.follow + ": " + error);
    code = kUsage;
  }
  wish.replay = args.replay;
  if (spec) {
    wish.spec = *spec;
    if (args.replay && (spec->file.empty() || spec->file == "-")) {
      tell("--replay plays a file, which " + args.follow + " is not");
      code = kUsage;
    }
    if (spec->format == EventFormat::kAmi && !read_login(args, wish.spec.tcp)) code = kUsage;
    if (spec->pushed && args.no_server) {
      tell("--follow http takes events by the server, which --no-server leaves out");
      code = kUsage;
    }
  }
  const std::optional<Strays> strays = parse_strays(args.strays);
  if (!strays) code = kUsage;
  wish.rest_cv = strays.value_or(Strays{}).rest_cv;
  wish.talk_cv = strays.value_or(Strays{}).talk_cv;
  if (!args.names.empty()) {
    Diagnostics diagnostics;
    std::optional<NameMaps> names = read_name_maps(args.names, world, diagnostics);
    for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
    if (names)
      wish.names = std::move(*names);
    else if (code == 0)
      code = kBadInput;
  }
  if (code != 0) return code;
  const std::optional<Opening> opens = opening(args, wish.spec, world);
  if (!opens) return kUsage;
  wish.opens_us = opens->us;
  wish.date = opens->date;
  return 0;
}

}  // namespace callmill::cli
