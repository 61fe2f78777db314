#include "base/json_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>

namespace callmill {
namespace {

void add_utf8(std::string& out, std::uint32_t point) {
  const auto byte = [&](std::uint32_t bits) { out += static_cast<char>(bits); };
  if (point < 0x80) return byte(point);
  if (point < 0x800) {
    byte(0xC0 | (point >> 6));
  } else {
    if (point < 0x10000) {
      byte(0xE0 | (point >> 12));
    } else {
      byte(0xF0 | (point >> 18));
      byte(0x80 | ((point >> 12) & 0x3F));
    }
    byte(0x80 | ((point >> 6) & 0x3F));
  }
  byte(0x80 | (point & 0x3F));
}

// Of four hexadecimal digits at the beginning of `text`; 0: there are none.
std::uint32_t unit_of(std::string_view text) {
  std::uint32_t unit = 0;
  if (text.size() >= 4) std::from_chars(text.data(), text.data() + 4, unit, 16);
  return unit;
}

// What stands between the quotes, decoded.
std::string decoded(std::string_view text) {
  constexpr std::string_view kShort = "bfnrt", kMeant = "\b\f\n\r\t";
  std::string out;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c != '\\' || text.empty()) {
      out += c;
      continue;
    }
    const char escaped = text.front();
    text.remove_prefix(1);
    if (escaped != 'u') {
      const std::size_t known = kShort.find(escaped);
      out += known == std::string_view::npos ? escaped : kMeant[known];
      continue;
    }
    std::uint32_t point = unit_of(text);
    text.remove_prefix(std::min<std::size_t>(4, text.size()));
    if (point >= 0xD800 && point < 0xDC00 && text.starts_with("\\u")) {
      point = 0x10000 + ((point - 0xD800) << 10) + ((unit_of(text.substr(2)) - 0xDC00) & 0x3FF);
      text.remove_prefix(std::min<std::size_t>(6, text.size()));
    }
    add_utf8(out, point);
  }
  return out;
}

std::string pointer_part(const std::string& key) {
  std::string out = "/";
  for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

class Scan {
 public:
  explicit Scan(std::string_view json) : json_{json} {}

  std::vector<DoubleKey> run() {
    while (at_ < json_.size()) {
      const char c = json_[at_];
      if (c == '"') {
        string();
        continue;
      }
      if (c == '{' || c == '[') open_.push_back({c == '{', {}, 0, {}});
      if ((c == '}' || c == ']') && !open_.empty()) open_.pop_back();
      if (c == ',' && !open_.empty()) ++open_.back().index;
      move(1);
    }
    return std::move(found_);
  }

 private:
  struct Level {
    bool object;
    std::map<std::string, JsonPlace> keys;
    std::size_t index;  // of the element at hand
    std::string key;    // of the member at hand
  };

  void move(std::size_t bytes) {
    for (; bytes > 0 && at_ < json_.size(); --bytes, ++at_) {
      const auto c = static_cast<unsigned char>(json_[at_]);
      if (c == '\n') here_ = {here_.line + 1, 0};  // the line's end itself is counted below
      if ((c & 0xC0) != 0x80) ++here_.column;
    }
  }
  void string() {
    const JsonPlace place = here_;
    std::size_t end = at_ + 1;
    while (end < json_.size() && json_[end] != '"') end += json_[end] == '\\' ? 2 : 1;
    end = std::min(end, json_.size());
    const std::string_view text = json_.substr(at_ + 1, end - at_ - 1);
    move(end + 1 - at_);
    const std::size_t next = json_.find_first_not_of(" \t\r\n", at_);
    const bool key = next != std::string_view::npos && json_[next] == ':';
    if (key && !open_.empty() && open_.back().object) member(decoded(text), place);
  }
  void member(std::string key, JsonPlace place) {
    Level& level = open_.back();
    level.key = key;
    const auto [found, fresh] = level.keys.emplace(key, place);
    if (!fresh) found_.push_back({std::move(key), pointer(), found->second, place});
  }
  std::string pointer() const {
    std::string all;
    for (const Level& level : open_)
      all += level.object ? pointer_part(level.key) : "/" + std::to_string(level.index);
    return all;
  }

  std::string_view json_;
  std::size_t at_ = 0;
  JsonPlace here_;
  std::vector<Level> open_;
  std::vector<DoubleKey> found_;
};

}  // namespace

std::string in_words(const DoubleKey& twice) {
  return fmt::format("\"{}\" stands at {}:{} and again at {}:{}", twice.key, twice.first.line,
                     twice.first.column, twice.again.line, twice.again.column);
}

std::vector<DoubleKey> double_keys(std::string_view json) {
  return Scan{json}.run();
}

}  // namespace callmill
