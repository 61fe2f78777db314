// Parses by events, not into a YAML::Node: that type lets duplicate keys pass and follows aliases
// into themselves (docs/adr/0004-scenario-reader.md).

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_set>
#include <utility>

#include "app/files/node.h"

namespace callmill::files {
namespace {

// Thrown by the handler to leave yaml-cpp at the first thing that the guard refuses; never leaves
// this file.
struct Refused {
  Place place;
  std::string code, message, help;
};

// Bytes of a quoted scalar from its opening quote to its closing one; 0 when it is not closed.
std::size_t quoted_length(std::string_view text) {
  const char quote = text[0];
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != '\'') return i + 1;
      ++i;  // '' stands for '
    }
  }
  return 0;
}

class Handler final : public YAML::EventHandler {
 public:
  Handler(int source, std::string_view text, Problems& problems)
      : source_{source}, text_{text}, problems_{problems} {}
  std::optional<Node> take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0)
      throw Refused{at(mark), "documents",
                    "a second document starts here; a scenario is one document",
                    "remove this, or put it into a file of its own"};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    Node node;
    node.place = at(mark);
    value(std::move(node));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse_alias(mark); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    Node node = Node::scalar(text, tag == "!");
    node.place = at(mark, text.size());
    const std::string_view rest = text_.substr(node.place.begin);
    if (node.quoted && !rest.empty() && (rest[0] == '"' || rest[0] == '\'')) {
      // yaml-cpp takes the rest of the file as the text when the closing quote is missing.
      node.place.length = quoted_length(rest);
      if (node.place.length == 0)
        throw Refused{at(mark), "syntax", "this quote is not closed", "add the closing quote"};
    }
    value(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::kList);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::kMap);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Level {
    Node node;
    std::optional<Entry> pending;  // a key that waits for its value
    bool doubled = false;          // the pending key stood here before
    std::unordered_set<std::string> keys;
  };

  Place at(const YAML::Mark& mark, std::size_t length = 1) const {
    const auto pos = static_cast<std::size_t>(std::max(0, mark.pos));
    return {source_, std::min(pos, text_.size()), std::max<std::size_t>(1, length)};
  }
  void refuse_alias(const YAML::Mark& mark) const {
    throw Refused{at(mark), "alias", "aliases (*name) are not read",
                  "write the value out, or use base and set"};
  }
  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
    if (anchor != 0)
      problems_.add(at(mark), "alias", "anchors (&name) are not read",
                    "remove the &name and write the value out where it is needed");
  }
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (!tag.empty() && tag != "?" && tag != "!")
      problems_.add(at(mark), "tag", fmt::format("the tag {} is not read", tag), "remove the tag");
  }
  void count(const YAML::Mark& mark) {
    if (++nodes_ > kNodes)
      throw Refused{at(mark), "too-many-nodes", fmt::format("more than {} values", kNodes),
                    "put bulk numbers into CSV files beside the scenario"};
  }
  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            Node::Kind kind) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    count(mark);
    if (!levels_.empty() && levels_.back().node.is_map() && !levels_.back().pending)
      throw Refused{at(mark), "key", "a key must be plain text, not a list or a map",
                    "quote it if it is meant as text"};
    if (levels_.size() >= static_cast<std::size_t>(kDepth))
      throw Refused{at(mark), "depth", fmt::format("nested deeper than {} levels", kDepth), ""};
    Level level;
    level.node.kind = kind;
    level.node.place = at(mark);
    levels_.push_back(std::move(level));
  }
  void close() {
    Node node = std::move(levels_.back().node);
    levels_.pop_back();
    put(std::move(node));
  }
  void value(Node node) {
    YAML::Mark mark;
    mark.pos = static_cast<int>(node.place.begin);
    count(mark);
    if (!levels_.empty() && levels_.back().node.is_map() && !levels_.back().pending) {
      key(node);
    } else {
      put(std::move(node));
    }
  }
  void key(const Node& node) {
    Level& level = levels_.back();
    if (node.is_null())
      throw Refused{node.place, "key", "a key is missing here",
                    "write key: value, or remove the : or , that is too many"};
    level.doubled = !level.keys.insert(node.text).second;
    if (level.doubled) {
      const Entry* first = level.node.entry(node.text);
      problems_.add(node.place, "duplicate-key",
                    fmt::format("{} stands twice in this block", node.text),
                    fmt::format("line {} has it already; keep one", line_of(first->place)));
    }
    level.pending = Entry{node.text, node.place, {}};
  }
  void put(Node node) {
    if (levels_.empty()) {
      root_ = std::move(node);
      return;
    }
    Level& level = levels_.back();
    if (level.node.kind == Node::Kind::kList) {
      level.node.items.push_back(std::move(node));
      return;
    }
    // The mark of "key:" without a value lies on a later line; the key is where a reader looks.
    if (node.is_null()) node.place = level.pending->place;
    level.pending->value = std::move(node);
    if (!level.doubled)  // of a doubled key the first counts
      level.node.entries.push_back(std::move(*level.pending));
    level.pending.reset();
  }
  std::ptrdiff_t line_of(Place place) const {
    const auto end = text_.begin() + static_cast<std::ptrdiff_t>(place.begin);
    return std::count(text_.begin(), end, '\n') + 1;
  }

  int source_;
  std::string_view text_;
  Problems& problems_;
  std::optional<Node> root_;
  std::vector<Level> levels_;
  std::size_t nodes_ = 0;
  int documents_ = 0;
};

// yaml-cpp's messages in a planner's words: {its text, ours, help}.
struct Wording {
  std::string_view theirs, ours, help;
};
constexpr Wording kWordings[] = {
    {"illegal map value", "a ':' where no key can stand",
     "line up the keys of a block; quote text that contains ': '"},
    {"end of map not found", "this line does not fit the block above it",
     "keys of one block start in the same column; quotes and brackets above must be closed"},
    {"end of sequence not found", "this line does not fit the list above it",
     "items of one list start with '- ' in the same column"},
    {"end of map flow not found", "a '{' is not closed, or a ',' is missing before this",
     "write {key: value, key: value}"},
    {"end of sequence flow not found", "a '[' is not closed, or a ',' is missing before this",
     "write [value, value]"},
    {"illegal flow end", "a closing bracket without its opening one", "remove it"},
    {"illegal block entry", "a '- ' where no list can stand",
     "start the list on a line of its own"},
    {"unknown token", "a value cannot start with this character", "put the value in quotes"},
    {"the referenced anchor is not defined", "aliases (*name) are not read",
     "write the value out, or use base and set"},
};

Refused worded(const YAML::Exception& e, int source, std::string_view text) {
  const auto pos = std::min(static_cast<std::size_t>(std::max(0, e.mark.pos)), text.size());
  Refused refused{{source, pos, 1}, "syntax", e.msg, ""};
  for (const Wording& wording : kWordings) {
    if (e.msg != wording.theirs) continue;
    refused.message = wording.ours;
    refused.help = wording.help;
    if (e.msg.starts_with("the referenced anchor")) refused.code = "alias";
  }
  const std::size_t start = pos == 0 ? 0 : text.rfind('\n', pos - 1) + 1;
  const std::size_t indent = text.find_first_not_of(" \t", start);
  if (text.substr(start, indent - start).find('\t') != std::string_view::npos) {
    refused.code = "tab";
    refused.message = "a tab in the indentation";
    refused.help = "indent with spaces";
    refused.place.begin = text.find('\t', start);
  }
  return refused;
}

}  // namespace

std::optional<Node> parse_yaml(int source, Problems& problems) {
  std::string text = problems.source(source).text;
  std::fill_n(text.begin(), std::min(text.size(), problems.source(source).hidden), ' ');
  Handler handler{source, text, problems};
  const auto refuse = [&](const Refused& r) { problems.add(r.place, r.code, r.message, r.help); };
  try {
    std::istringstream stream{text};
    YAML::Parser parser{stream};
    while (parser.HandleNextDocument(handler)) {
    }
  } catch (const Refused& refused) {
    refuse(refused);
    return std::nullopt;
  } catch (const YAML::Exception& e) {
    refuse(worded(e, source, text));
    return std::nullopt;
  } catch (const std::exception& e) {
    problems.add({source, 0, 1}, "syntax", fmt::format("cannot be read as YAML: {}", e.what()));
    return std::nullopt;
  }
  std::optional<Node> root = handler.take();
  if (!root) {
    Node nothing;
    nothing.place = {source, problems.source(source).hidden, 1};
    root = std::move(nothing);
  }
  return root;
}

}  // namespace callmill::files
