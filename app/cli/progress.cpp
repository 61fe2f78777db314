#include "app/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <string_view>

#include "app/report/json.h"

namespace callmill::cli {
namespace {

bool is_terminal() {
  const char* term = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && (term == nullptr || std::string_view{term} != "dumb");
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds)) return "?";
  const auto s = static_cast<std::int64_t>(std::ceil(seconds));
  return s < 60 ? fmt::format("{} s", s) : fmt::format("{} min {:02} s", s / 60, s % 60);
}

}  // namespace

ProgressLine::ProgressLine(const std::string& mode, Lang lang)
    : lang_{lang},
      mode_{mode == "json"                    ? Mode::kJson
            : mode == "auto" && is_terminal() ? Mode::kLine
                                              : Mode::kNone} {}

void ProgressLine::update(const std::string& what, std::int64_t done, std::int64_t wanted,
                          double half_width) {
  const auto now = WallClock::now();
  if (mode_ == Mode::kNone || (done < wanted && now - drawn_ < std::chrono::milliseconds{100}))
    return;
  drawn_ = now;
  const double spent = std::chrono::duration<double>(now - began_).count();
  const double eta = done > 0
                         ? spent * static_cast<double>(wanted - done) / static_cast<double>(done)
                         : std::nan("");
  if (mode_ == Mode::kJson) {
    JsonWriter json;
    json.object().field("what", what).field("done", done).field("total", wanted);
    json.field("eta_s", eta).field("half_width", half_width).end();
    fmt::print(stderr, "{}\n", json.take());
    return;
  }
  std::string line =
      fmt::format(fmt::runtime(say(lang_, "{}: {} of {}, {} left", "{}：{} / {}，剩余 {}")), what,
                  done, wanted, duration(eta));
  if (std::isfinite(half_width))
    line += fmt::format(fmt::runtime(say(lang_, ", within ±{:.2f} points", "，±{:.2f} 个百分点")),
                        half_width * 100);
  fmt::print(stderr, "\r\033[K{}", line);
  std::fflush(stderr);
  shown_ = true;
}

void ProgressLine::step(const std::string& text) {
  clear();
  if (mode_ == Mode::kJson)
    fmt::print(stderr, "{}\n", JsonWriter{}.object().field("step", text).end().take());
  else if (mode_ == Mode::kLine)
    fmt::print(stderr, "{}\n", text);
}

void ProgressLine::clear() {
  if (shown_) fmt::print(stderr, "\r\033[K");
  shown_ = false;
}

}  // namespace callmill::cli
