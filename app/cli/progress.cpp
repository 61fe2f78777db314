#include "app/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "app/report/json.h"
#include "base/text_width.h"

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

std::string width(double value, Unit unit) {
  if (unit == Unit::kShare) return fmt::format("{:.3f}%", value * 100);
  return fmt::format("{:.3g}{}", value, unit == Unit::kSeconds ? " s" : "");
}

}  // namespace

ProgressLine::ProgressLine(const std::string& mode, Lang lang)
    : lang_{lang},
      mode_{mode == "json"                    ? Mode::kJson
            : mode == "auto" && is_terminal() ? Mode::kLine
                                              : Mode::kNone} {}

void ProgressLine::update(const std::string& what, std::int64_t done, std::int64_t most,
                          const PrecisionSoFar& precision) {
  const auto now = WallClock::now();
  if (mode_ == Mode::kNone || (done < most && now - drawn_ < std::chrono::milliseconds{100}))
    return;
  drawn_ = now;
  const double spent = std::chrono::duration<double>(now - began_).count();
  const auto so_far = static_cast<double>(done);
  double expected = static_cast<double>(most);
  if (precision.wanted > 0 && std::isfinite(precision.needed))
    expected = std::clamp(precision.needed, so_far, expected);
  const double eta = done > 0 ? spent * (expected - so_far) / so_far : std::nan("");
  const bool shrinks = precision.wanted > 0 && std::isfinite(precision.half_width);
  if (mode_ == Mode::kJson) {
    JsonWriter json;
    json.object().field("what", what).field("done", done).field("total", most);
    json.field("eta_s", eta).field("half_width", shrinks ? precision.half_width : std::nan(""));
    if (precision.wanted > 0)
      json.field("half_width_wanted", precision.wanted)
          .field("indicator", precision.indicator)
          .field("expected", std::ceil(expected));
    fmt::print(stderr, "{}\n", json.end().take());
    return;
  }
  std::string line = fmt::format(
      fmt::runtime(precision.wanted > 0
                       ? say(lang_, "{}: {} of at most {}, {} left", "{}：{} / 最多 {}，剩余 {}")
                       : say(lang_, "{}: {} of {}, {} left", "{}：{} / {}，剩余 {}")),
      visible(what), done, most, duration(eta));
  if (shrinks)
    line += fmt::format(fmt::runtime(say(lang_, ", {} ±{} of ±{}", "，{} ±{}（要求 ±{}）")),
                        precision.indicator, width(precision.half_width, precision.unit),
                        width(precision.wanted, precision.unit));
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
