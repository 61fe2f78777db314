#pragma once
// What the server answers with when it does not do what was asked: each sentence with a code that
// stays, whatever becomes of the sentence, and in Chinese. The only place where they are.

#include <string>
#include <string_view>

namespace callmill::serve {

struct ProblemWords {
  std::string code;     // "other": the sentence is not of the table
  std::string chinese;  // the sentence itself where it has none
};
ProblemWords words_of(std::string_view sentence);

}  // namespace callmill::serve
