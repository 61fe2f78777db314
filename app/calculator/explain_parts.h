#pragma once
// What all explanations share: numbers as a hand writes them, and steps in their order. Internal to
// the room.

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/calculator/explain.h"

namespace callmill::calculator {

inline std::string num(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e12) return fmt::format("{:.0f}", value);
  return fmt::format("{:.6g}", value);
}
inline std::string as_percent(double share) {
  return fmt::format("{:.4g}%", share * 100);
}

// The words of a formula in Chinese; signs and single letters stay. Cost: words times length.
std::string formula_in_chinese(std::string formula);

class Steps {
 public:
  explicit Steps(Lang lang) : lang_{lang} {}
  void add(const char* key, const char* en, const char* zh, std::string formula, double value,
           std::string numbers, std::string shown) {
    if (lang_ == Lang::kZh) {
      formula = formula_in_chinese(std::move(formula));
      numbers = formula_in_chinese(std::move(numbers));
    }
    steps_.push_back({key, std::string{say(lang_, en, zh)}, std::move(formula), std::move(numbers),
                      value, std::move(shown)});
  }
  Lang lang() const { return lang_; }
  std::vector<Step> take() { return std::move(steps_); }

 private:
  Lang lang_;
  std::vector<Step> steps_;
};

// What the question asks for and the model's steps do not say: from the shares A, B, A(T), B(T).
void explain_goals(const Question& question, const Outcome& outcome, Steps& steps);
// After the load: a menu and lines, by the sums of the product form.
void explain_menu(const Outcome& outcome, Steps& steps);
// The same with ports: the chain is not followed by hand, its figures are.
void explain_ports(const Outcome& outcome, Steps& steps);
// After Erlang B: how the approximation of models/queueing/general_service.h comes about.
void explain_handle(const Outcome& outcome, Steps& steps);
// After Erlang B, which is `b`: patience of any law, by the integrals of
// models/queueing/patience_wait.h.
void explain_patience(const Outcome& outcome, double b, Steps& steps);

}  // namespace callmill::calculator
