#pragma once
// Writes JSON, one item after the other. Numbers are the shortest text that reads back to the same
// double; NaN and infinities are null.
//
//   JsonWriter json;
//   json.object().field("n", 3).key("rows").array(JsonWriter::Layout::kRows) ... .end().end();

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace callmill {

class JsonWriter {
 public:
  enum class Layout : std::uint8_t {
    kInline,  // items on one line
    kRows     // each item on a line of its own, indented
  };
  JsonWriter& object(Layout layout = Layout::kInline) { return open('{', layout); }
  JsonWriter& array(Layout layout = Layout::kInline) { return open('[', layout); }
  JsonWriter& end();  // of the innermost object or array
  // The next item begins on a new line.
  JsonWriter& line();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(double number);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view{text}); }
  JsonWriter& value(const std::string& text) { return value(std::string_view{text}); }
  JsonWriter& value(std::same_as<bool> auto yes) { return item(yes ? "true" : "false"); }
  JsonWriter& value(std::integral auto number) requires(!std::same_as<decltype(number), bool>) {
    return item(std::to_string(number));
  }
  // An item that is JSON already.
  JsonWriter& raw(std::string_view json) { return item(json); }
  template <class T>
  JsonWriter& field(std::string_view name, const T& v) {
    return key(name).value(v);
  }
  // What was written; nothing may be open.
  std::string take();

 private:
  struct Open {
    char closing;
    Layout layout;
    bool empty = true;
  };
  JsonWriter& open(char opening, Layout layout);
  JsonWriter& item(std::string_view text);
  void separate();
  std::string out_;
  std::vector<Open> open_;
  bool after_key_ = false, new_line_ = false;
};

}  // namespace callmill
