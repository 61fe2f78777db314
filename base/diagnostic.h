#pragma once
// Bad input: every error at once, each with its place, what was expected and the nearest right
// thing.
//
//   scenarios/bank.yaml:41:23: error[range]: queues.retail.patience.mean is -30s; must be > 0
//      41 |       patience: {mean: -30s}
//         |                        ^~~~   help: leave patience out for callers who never hang up

#include <string>
#include <string_view>
#include <vector>

namespace callmill {

// A place in a text file. line and column count from 1 (columns in code points); 0 = unknown.
struct SourcePlace {
  std::string file;
  int line = 0;
  int column = 0;
  int length = 1;  // code points to underline
};

struct Diagnostic {
  SourcePlace place;
  std::string code;       // stable, short: "unknown-key", "range", "unit", ...
  std::string message;    // path: what is wrong, what was expected
  std::string help;       // the nearest right thing; may be empty
  std::string line_text;  // the source line, for the caret; may be empty
};

class Diagnostics {
 public:
  void error(Diagnostic d) { errors_.push_back(std::move(d)); }
  bool ok() const { return errors_.empty(); }
  const std::vector<Diagnostic>& errors() const { return errors_; }

 private:
  std::vector<Diagnostic> errors_;
};

// One diagnostic as text, ending in a newline. The caret line is left out when line_text is empty;
// it stands under the right column of Chinese text too (two columns a character) and of text with
// tabs. Characters that a terminal would obey or hide are written out (visible() of text_width.h).
std::string render(const Diagnostic& d);

// The candidate nearest to `word` by edit distance in code points (transpositions count one), or ""
// where none is near enough (distance > 1 + length / 4). Ties go to the first.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace callmill
