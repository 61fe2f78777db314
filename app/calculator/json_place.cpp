#include "app/calculator/json_place.h"

#include <charconv>

namespace callmill::calculator {
namespace {

// A text that is known to be JSON: only brackets, quotes and separators are looked at.
class Scanner {
 public:
  explicit Scanner(std::string_view json) : json_{json} { skip_space(); }

  std::size_t at() const { return at_; }
  void go_to(std::size_t at) { at_ = at; }
  char here() const { return at_ < json_.size() ? json_[at_] : '\0'; }

  void skip_space() {
    while (at_ < json_.size() && std::string_view{" \t\r\n"}.find(json_[at_]) != json_.npos) ++at_;
  }
  // Past `c`, where it stands here; then to the next token.
  bool take(char c) {
    if (here() != c) return false;
    ++at_;
    skip_space();
    return true;
  }
  // The string that begins here, as it is written between its quotes.
  std::string_view take_string() {
    const std::size_t begin = ++at_;
    while (at_ < json_.size() && json_[at_] != '"') at_ += json_[at_] == '\\' ? 2 : 1;
    const std::string_view text = json_.substr(begin, at_ - begin);
    ++at_;
    skip_space();
    return text;
  }
  void skip_value() {
    int depth = 0;
    do {
      if (here() == '"') {
        take_string();
        continue;
      }
      if (here() == '{' || here() == '[') ++depth;
      if (here() == '}' || here() == ']') --depth;
      const bool plain = depth == 0 && here() != '}' && here() != ']';
      ++at_;
      if (plain)  // a number, true, false or null
        while (at_ < json_.size() && std::string_view{",]} \t\r\n"}.find(json_[at_]) == json_.npos)
          ++at_;
      skip_space();
    } while (depth > 0 && at_ < json_.size());
  }

 private:
  std::string_view json_;
  std::size_t at_ = 0;
};

bool begins(std::string_view path, std::string_view key) {
  return path.substr(0, key.size()) == key &&
         (path.size() == key.size() || path[key.size()] == '.' || path[key.size()] == '[');
}

// To the member that the path begins with; the path is then what follows. False: there is none.
bool enter_object(Scanner& scan, std::string_view& path) {
  scan.take('{');
  while (scan.here() == '"') {
    const std::string_view key = scan.take_string();
    scan.take(':');
    if (begins(path, key)) {
      path.remove_prefix(key.size());
      return true;
    }
    scan.skip_value();
    scan.take(',');
  }
  return false;
}

bool enter_array(Scanner& scan, std::string_view& path) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(path.data() + 1, path.data() + path.size(), index);
  if (error != std::errc{} || end == path.data() + path.size() || *end != ']') return false;
  scan.take('[');
  for (std::size_t i = 0; i < index; ++i) {
    if (scan.here() == ']' || scan.here() == '\0') return false;
    scan.skip_value();
    scan.take(',');
  }
  path.remove_prefix(static_cast<std::size_t>(end - path.data()) + 1);
  return scan.here() != ']' && scan.here() != '\0';
}

}  // namespace

std::size_t find_in_json(std::string_view json, std::string_view path) {
  Scanner scan{json};
  while (!path.empty()) {
    const std::size_t value = scan.at();
    const char here = scan.here();
    if (path.front() == '.') path.remove_prefix(1);
    const bool entered = here == '{'                          ? enter_object(scan, path)
                         : here == '[' && path.front() == '[' ? enter_array(scan, path)
                                                              : false;
    if (!entered) {
      scan.go_to(value);
      break;
    }
  }
  return scan.at();
}

}  // namespace callmill::calculator
