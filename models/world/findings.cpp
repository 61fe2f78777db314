#include <algorithm>
#include <cmath>

#include "models/world/findings.h"

namespace callmill {

std::string in_words(SimDuration d) {
  using namespace std::chrono;
  const auto whole = duration_cast<seconds>(d);
  if (whole != d || whole < minutes{1}) return fmt::format("{:.6g}s", to_seconds(d));
  std::string text;
  if (const auto h = duration_cast<hours>(whole); h.count() > 0)
    text += fmt::format("{}h", h.count());
  if (const auto m = duration_cast<minutes>(whole % hours{1}); m.count() > 0)
    text += fmt::format("{}min", m.count());
  if (const auto s = whole % minutes{1}; s.count() > 0) text += fmt::format("{}s", s.count());
  return text;
}

std::string time_in_words(SimDuration after_midnight) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(after_midnight).count();
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

void Findings::check_law(const std::string& path, const Law& law) {
  if (const std::string wrong = fault(law); !wrong.empty())
    found(path, "law", "is not a law: " + wrong);
}

void Findings::check_profile(const std::string& path, const Profile& profile) {
  const SimDuration length = world.day.length();
  if (length <= SimDuration::zero()) return;  // said already
  const auto steps = static_cast<std::int64_t>(profile.values.size());
  if (profile.step <= SimDuration::zero() || length % profile.step != SimDuration::zero()) {
    found(path, "profile",
          fmt::format("has steps of {}, which do not divide the day of {}", in_words(profile.step),
                      in_words(length)),
          "", {"day"});
  } else if (steps != length / profile.step) {
    found(path, "profile",
          fmt::format("has {} values for steps of {}; the day of {} has {} such steps", steps,
                      in_words(profile.step), in_words(length), length / profile.step),
          "", {"day"});
  } else if (std::any_of(profile.values.begin(), profile.values.end(),
                         [](double v) { return !(v >= 0) || std::isinf(v); })) {
    found(path, "range", "has a value below 0");
  }
}

void Findings::check_destination(const std::string& path, const Destination& to) {
  if (to.kind == Destination::Kind::kQueue) exists(to.queue, world.queues, path + ".queue");
  if (to.kind == Destination::Kind::kMenu) exists(to.menu, world.menus, path + ".menu");
  if (to.kind == Destination::Kind::kSelfService)
    check_law(path + ".self_service", to.self_service_time);
}

}  // namespace callmill
