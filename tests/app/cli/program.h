#pragma once
// The callmill program as its users meet it: a child process with arguments, streams and an exit
// code.

#include <csignal>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace callmill::test {

struct Ran {
  int code = 0;  // as a shell has it: 128 + n where signal n ended the program
  std::string out, err;
};

using Arguments = std::vector<std::string>;

// Runs callmill to its end. `in` is its standard input. `environment`: "NAME=value", instead of
// what the tests' own environment says; without any, the language is C.UTF-8 and NO_COLOR is unset.
Ran callmill(const Arguments& arguments, const std::string& in = "",
             const Arguments& environment = {});

// The same, but sends `signal` once standard error contains `after`.
Ran callmill_interrupted(const Arguments& arguments, const std::string& after, int signal = SIGINT);

// The same with so many bytes of address space.
Ran callmill_in_memory(std::size_t bytes, const Arguments& arguments);

// The same, but standard output is this file; `out` stays empty.
Ran callmill_into(const std::string& file, const Arguments& arguments);

// "tests/app/cli/scenarios/small.yaml" and the like, from the root of the sources.
std::string source_file(const std::string& path);
std::string small_scenario();

std::vector<std::string> lines_of(const std::string& text);

// RFC 4180, strictly: LF or CRLF line ends, quotes only around whole fields, the same number of
// fields in each row, a line end behind the last.
std::vector<std::vector<std::string>> parse_csv(const std::string& text);

}  // namespace callmill::test
