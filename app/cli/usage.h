#pragma once
// What a mistyped command line is answered: one line that says what is wrong and the nearest right
// thing, one that says where help is. All of it on stderr.

#include <CLI/CLI.hpp>
#include <string>

namespace callmill::cli {

bool is_verb(const CLI::App& app, const std::string& word);
// `word` where the name of a verb should be.
std::string unknown_verb(const CLI::App& app, const std::string& word);
// What app.parse() threw. Names the verb's first unknown option, if there is one, before anything
// else.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error);

// Each line of `lines` on stderr, behind "callmill VERB: " or, without a verb, "callmill: ".
void tell(const std::string& verb, const std::string& lines);

// Refuses what an unsigned option would silently wrap or clamp: signs, 2^64 and more.
CLI::Validator whole_number_check();
// A finite number in [low, high]; CLI::Range lets NaN through.
CLI::Validator number_check(double low, double high);

}  // namespace callmill::cli
