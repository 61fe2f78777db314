#include "app/report/json.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "base/check.h"

namespace callmill {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

void JsonWriter::separate() {
  if (std::exchange(after_key_, false) || open_.empty()) return;
  Open& inner = open_.back();
  const bool first = std::exchange(inner.empty, false);
  const bool breaks = std::exchange(new_line_, false);
  if (inner.layout == Layout::kRows)
    out_ += first ? "\n  " : ",\n  ";
  else if (!first)
    out_ += breaks ? ",\n" : ", ";
}

JsonWriter& JsonWriter::open(char opening, Layout layout) {
  separate();
  out_ += opening;
  open_.push_back({opening == '{' ? '}' : ']', layout});
  return *this;
}

JsonWriter& JsonWriter::end() {
  CALLMILL_CHECK(!open_.empty() && !after_key_, "JSON: end without an open object or array");
  out_ += open_.back().closing;
  open_.pop_back();
  return *this;
}

JsonWriter& JsonWriter::line() {
  new_line_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  out_ += quoted(name) + ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::item(std::string_view text) {
  separate();
  out_ += text;
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  return item(std::isfinite(number) ? fmt::format("{}", number) : "null");
}

JsonWriter& JsonWriter::value(std::string_view text) {
  return item(quoted(text));
}

std::string JsonWriter::take() {
  CALLMILL_CHECK(open_.empty(), "JSON: not all is closed");
  return std::exchange(out_, {});
}

}  // namespace callmill
