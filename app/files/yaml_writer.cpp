#include <fmt/format.h>

#include "app/files/node.h"
#include "app/files/text.h"

namespace callmill::files {
namespace {

constexpr std::size_t kColumns = 100;

// A text that any YAML reader takes for the same text without quotes.
bool is_safe_plain(const std::string& text) {
  if (!is_name(text) || text[0] == '-' || text[0] == '_') return false;
  if (parse_number(text) || (text[0] >= '0' && text[0] <= '9')) return false;
  for (const char* word :
       {"true", "false", "null", "True", "False", "Null", "TRUE", "FALSE", "NULL",
        "yes",  "no",    "on",   "off",  "Yes",   "No",   "On",   "Off",   "YES",
        "NO",   "ON",    "OFF",  "y",    "n",     "Y",    "N"})
    if (text == word) return false;
  return true;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out + '"';
}

std::string text_of(const std::string& text) {
  return is_safe_plain(text) ? text : quoted(text);
}

bool has_maps(const Node& node) {
  for (const Entry& entry : node.entries)
    if (entry.value.is_map()) return true;
  return false;
}

class Printer {
 public:
  std::string take() { return std::move(out_); }

  void map(const Node& node, std::size_t indent) {
    for (const Entry& entry : node.entries) {
      out_ += std::string(indent, ' ') + text_of(entry.key) + ":";
      value(entry.value, indent);
    }
  }

 private:
  // What follows "key:" or "-" at this indentation.
  void value(const Node& node, std::size_t indent) {
    const std::string flow = write_flow(node);
    const std::size_t column = out_.size() - (out_.rfind('\n') + 1);
    const bool section = indent == 0 && has_maps(node);
    if (node.kind == Node::Kind::kScalar || node.is_null() ||
        (!section && column + 1 + flow.size() <= kColumns)) {
      out_ += " " + flow + "\n";
    } else if (node.is_map()) {
      out_ += "\n";
      map(node, indent + 2);
    } else if (!node.items.empty() && node.items[0].kind == Node::Kind::kScalar) {
      wrapped(node, indent + 2);
    } else {
      out_ += "\n";
      for (const Node& item : node.items) {
        out_ += std::string(indent + 2, ' ') + "-";
        value(item, indent + 2);
      }
    }
  }

  // A long list of scalars in flow style over several lines.
  void wrapped(const Node& node, std::size_t indent) {
    out_ += "\n";
    std::string line = std::string(indent, ' ') + "[";
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const std::string item = write_flow(node.items[i]) + (i + 1 < node.items.size() ? "," : "]");
      if (line.size() + 1 + item.size() > kColumns) {
        out_ += line + "\n";
        line = std::string(indent + 1, ' ') + item;
      } else {
        line += (i == 0 ? "" : " ") + item;
      }
    }
    out_ += line + "\n";
  }

  std::string out_;
};

}  // namespace

std::string write_flow(const Node& node) {
  std::string out;
  switch (node.kind) {
    case Node::Kind::kNull:
      return "~";
    case Node::Kind::kScalar:
      return node.quoted ? text_of(node.text) : node.text;
    case Node::Kind::kList:
      for (const Node& item : node.items) out += (out.empty() ? "" : ", ") + write_flow(item);
      return "[" + out + "]";
    case Node::Kind::kMap:
      break;
  }
  for (const Entry& entry : node.entries)
    out += (out.empty() ? "" : ", ") + text_of(entry.key) + ": " + write_flow(entry.value);
  return "{" + out + "}";
}

std::string write_yaml(const Node& root) {
  Printer printer;
  printer.map(root, 0);
  return printer.take();
}

}  // namespace callmill::files
