#include "app/cli/usage.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <vector>

#include "app/cli/verbs.h"
#include "base/diagnostic.h"
#include "base/text_width.h"

namespace callmill::cli {
namespace {

std::string did_you_mean(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = nearest(word, known);
  return near.empty() ? "" : fmt::format("; did you mean {}?", near);
}

std::vector<std::string> verb_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands({})) names.push_back(verb->get_name());
  return names;
}

std::vector<std::string> option_names(const CLI::App& verb) {
  std::vector<std::string> names;
  for (const CLI::Option* option : verb.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

// The first argument that looks like an option and that the verb does not know; "" where all are
// known.
std::string unknown_option(const CLI::App& verb) {
  for (const std::string& argument : verb.remaining())
    if (argument.size() > 1 && argument[0] == '-') return argument.substr(0, argument.find('='));
  return "";
}

}  // namespace

bool is_verb(const CLI::App& app, const std::string& word) {
  const std::vector<std::string> names = verb_names(app);
  return std::find(names.begin(), names.end(), word) != names.end();
}

std::string unknown_verb(const CLI::App& app, const std::string& word) {
  std::string all;
  for (const std::string& name : verb_names(app)) all += (all.empty() ? "" : ", ") + name;
  return fmt::format("callmill: there is no verb {}{}\nVerbs: {}. Run callmill --help for more.\n",
                     word, did_you_mean(word, verb_names(app)), all);
}

std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<const CLI::App*> chosen =
      app.get_subcommands([](const CLI::App* verb) { return verb->parsed(); });
  const CLI::App& verb = chosen.empty() ? app : *chosen.front();
  const std::string name = chosen.empty() ? "callmill" : "callmill " + verb.get_name();
  const std::string unknown = unknown_option(verb);
  const std::string what = unknown.empty() ? std::string{error.what()}
                                           : fmt::format("there is no option {}{}", unknown,
                                                         did_you_mean(unknown, option_names(verb)));
  return fmt::format("{}: {}\nRun {} --help for its options.\n", name, what, name);
}

int bad_input_code(const Diagnostics& diagnostics) {
  for (const Diagnostic& d : diagnostics.errors())
    if (d.code == "unreadable" && d.place.line == 0) return kIoError;
  return kBadInput;
}

void tell(const std::string& verb, const std::string& lines) {
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    fmt::print(stderr, "callmill{}{}: {}\n", verb.empty() ? "" : " ", verb,
               visible(lines.substr(begin, end - begin)));
    begin = end + 1;
  }
}

CLI::Validator whole_number_check() {
  return CLI::Validator{[](std::string& text) {
                          std::uint64_t value = 0;
                          const char* end = text.data() + text.size();
                          const auto [at, fault] = std::from_chars(text.data(), end, value);
                          return fault == std::errc{} && at == end
                                     ? std::string{}
                                     : fmt::format("{} is no whole number from 0 to 2^64 - 1",
                                                   text);
                        },
                        "", "whole number"};
}

CLI::Validator number_check(double low, double high) {
  return CLI::Validator{[low, high](std::string& text) {
                          double value = std::nan("");
                          const bool is_number = CLI::detail::lexical_cast(text, value);
                          return is_number && value >= low && value <= high
                                     ? std::string{}
                                     : fmt::format("{} is no number from {} to {}", text, low,
                                                   high);
                        },
                        fmt::format("in [{} - {}]", low, high), "number"};
}

}  // namespace callmill::cli
