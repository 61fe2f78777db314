#include "app/calculator/law_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

#include "app/calculator/units.h"
#include "base/diagnostic.h"

namespace callmill::calculator {
namespace {

// Of each parameter; one value where it is no list.
using Values = std::vector<std::vector<double>>;

enum class Kind : std::uint8_t { kTime, kNumber, kTimes, kShares, kRates };
struct Parameter {
  std::string_view name;
  Kind kind = Kind::kTime;
};
bool is_list(Kind kind) {
  return kind != Kind::kTime && kind != Kind::kNumber;
}
std::string_view example(Kind kind) {
  switch (kind) {
    case Kind::kTime:
      return "120s";
    case Kind::kNumber:
      return "2";
    case Kind::kTimes:
      return "[0s, 120s]";
    case Kind::kShares:
      return "[40%, 60%]";
    case Kind::kRates:
      return "[60/h, 20/h]";
  }
  return {};
}
struct Form {
  std::string_view name;
  std::vector<Parameter> parameters;
  Law (*law)(const Values&);
};

const std::vector<Form>& forms() {
  static const std::vector<Form> all = {
      {"constant", {{"value"}}, [](const Values& v) -> Law { return ConstantLaw{v[0][0]}; }},
      {"uniform",
       {{"low"}, {"high"}},
       [](const Values& v) -> Law {
         return UniformLaw{v[0][0], v[1][0]};
       }},
      {"exponential", {{"mean"}}, [](const Values& v) -> Law { return ExponentialLaw{v[0][0]}; }},
      {"lognormal",
       {{"mean"}, {"sd"}},
       [](const Values& v) -> Law {
         return LognormalLaw{v[0][0], v[1][0]};
       }},
      {"gamma",
       {{"mean"}, {"shape", Kind::kNumber}},
       [](const Values& v) -> Law {
         return GammaLaw{v[0][0], v[1][0]};
       }},
      {"erlang",
       {{"mean"}, {"phases", Kind::kNumber}},
       [](const Values& v) -> Law {
         return GammaLaw{v[0][0], v[1][0]};
       }},
      {"weibull",
       {{"scale"}, {"shape", Kind::kNumber}},
       [](const Values& v) -> Law {
         return WeibullLaw{v[0][0], v[1][0]};
       }},
      {"hyperexponential",
       {{"shares", Kind::kShares}, {"means", Kind::kTimes}},
       [](const Values& v) -> Law {
         return HyperexponentialLaw{v[0], v[1]};
       }},
      {"empirical",
       {{"values", Kind::kTimes}, {"cdf", Kind::kShares}},
       [](const Values& v) -> Law {
         return EmpiricalLaw{v[0], v[1]};
       }},
      {"hazard",
       {{"from", Kind::kTimes}, {"rate", Kind::kRates}},
       [](const Values& v) -> Law {
         return HazardLaw{v[0], v[1]};
       }},
  };
  return all;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string signature(const Form& form) {
  std::string out = fmt::format("{}(", form.name);
  for (const Parameter& each : form.parameters)
    out += fmt::format("{}{} {}", out.back() == '(' ? "" : ", ", each.name, example(each.kind));
  return out + ")";
}

// The first comma outside of brackets, or the end.
std::size_t comma_of(std::string_view text) {
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[') inside = true;
    if (text[i] == ']') inside = false;
    if (text[i] == ',' && !inside) return i;
  }
  return text.size();
}

// "mean 120s", "mean: 120s" or "mean=120s" into key and value.
std::map<std::string, std::string> parts_of(std::string_view text) {
  std::map<std::string, std::string> parts;
  while (!trimmed(text).empty()) {
    const std::size_t comma = comma_of(text);
    const std::string_view part = trimmed(text.substr(0, comma));
    const std::size_t end = std::min(part.find_first_of(":= "), part.size());
    const std::size_t value = std::min(part.find_first_not_of(":= ", end), part.size());
    parts[std::string{part.substr(0, end)}] = part.substr(value);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

std::optional<double> value_of(const Parameter& parameter, const std::string& text,
                               std::string& why) {
  if (parameter.kind == Kind::kTime || parameter.kind == Kind::kTimes)
    return parse_duration_s(text, why);
  if (parameter.kind == Kind::kShares) return parse_share(text, why);
  if (parameter.kind == Kind::kRates) return parse_rate_per_s(text, why);
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc{} && at == end && std::isfinite(value)) return value;
  why = fmt::format("{} is \"{}\"; must be a number", parameter.name, text);
  return std::nullopt;
}

std::optional<std::vector<double>> values_of(const Parameter& parameter, std::string_view text,
                                             std::string& why) {
  std::vector<double> values;
  if (is_list(parameter.kind)) {
    if (!text.starts_with('[') || !text.ends_with(']')) {
      why = fmt::format("{} is \"{}\"; must be a list such as {}", parameter.name, text,
                        example(parameter.kind));
      return std::nullopt;
    }
    text = text.substr(1, text.size() - 2);
  }
  while (true) {
    const std::size_t comma = is_list(parameter.kind) ? text.find(',') : std::string_view::npos;
    const auto value = value_of(parameter, std::string{trimmed(text.substr(0, comma))}, why);
    if (!value) return std::nullopt;
    values.push_back(*value);
    if (comma == std::string_view::npos) return values;
    text.remove_prefix(comma + 1);
  }
}

std::optional<Law> law_of(const Form& form, std::map<std::string, std::string> parts,
                          std::string& why) {
  Values values;
  for (const Parameter& parameter : form.parameters) {
    const auto found = parts.find(std::string{parameter.name});
    if (found == parts.end()) {
      why = fmt::format("{} has no {}; write {}", form.name, parameter.name, signature(form));
      return std::nullopt;
    }
    const auto value = values_of(parameter, found->second, why);
    if (!value) return std::nullopt;
    values.push_back(*value);
    parts.erase(found);
  }
  if (!parts.empty()) {
    why = fmt::format("{} has no parameter {}; write {}", form.name, parts.begin()->first,
                      signature(form));
    return std::nullopt;
  }
  Law law = form.law(values);
  const std::string wrong = fault(law);
  if (wrong.empty()) return law;
  why = fmt::format("is not a law: {}: {}", form.name, wrong);
  return std::nullopt;
}

}  // namespace

std::optional<Law> parse_law(std::string_view text, std::string& why) {
  text = trimmed(text);
  std::string name;
  std::map<std::string, std::string> parts;
  const std::size_t open = text.find('(');
  if (text.starts_with('{') && text.ends_with('}')) {
    parts = parts_of(text.substr(1, text.size() - 2));
    name = parts["law"];
    parts.erase("law");
  } else if (open != std::string_view::npos && text.ends_with(')')) {
    name = trimmed(text.substr(0, open));
    parts = parts_of(text.substr(open + 1, text.size() - open - 2));
  }
  if (open == std::string_view::npos && name.empty()) name = trimmed(text);  // a name alone
  std::vector<std::string> names;
  for (const Form& form : forms()) {
    if (form.name == name) return law_of(form, std::move(parts), why);
    names.emplace_back(form.name);
  }
  const std::string near = nearest(name, names);
  why = fmt::format("\"{}\" is no law; {}; laws: {}", text,
                    near.empty() ? "write such as lognormal(mean 120s, sd 150s)"
                                 : fmt::format("did you mean {}?", near),
                    fmt::join(names, ", "));
  return std::nullopt;
}

}  // namespace callmill::calculator
