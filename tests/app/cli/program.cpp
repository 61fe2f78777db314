#include "tests/app/cli/program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>
#include <thread>

#include "tests/place.h"

extern char** environ;

namespace callmill::test {
namespace {

std::string read_all(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// A folder for one child's streams, gone with it.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "callmill-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::vector<char*> pointers(Arguments& words) {
  std::vector<char*> list;
  for (std::string& word : words) list.push_back(word.data());
  list.push_back(nullptr);
  return list;
}

// The tests' environment without what says language, colour or cache, and with `changes`; no days
// are kept unless these say so.
Arguments environment_with(const Arguments& changes) {
  Arguments result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view e{*entry};
    if (!e.starts_with("LC_") && !e.starts_with("LANG") && !e.starts_with("NO_COLOR") &&
        !e.starts_with("CALLMILL_CACHE"))
      result.emplace_back(e);
  }
  if (changes.empty()) result.emplace_back("LC_ALL=C.UTF-8");
  if (std::none_of(changes.begin(), changes.end(),
                   [](const std::string& one) { return one.starts_with("CALLMILL_CACHE="); }))
    result.emplace_back("CALLMILL_CACHE=off");
  result.insert(result.end(), changes.begin(), changes.end());
  return result;
}

pid_t spawn(const Arguments& arguments, const Arguments& environment, const std::string& in,
            const std::string& out, const std::string& err) {
  Arguments words{CALLMILL_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  Arguments settings = environment_with(environment);
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&streams, STDIN_FILENO, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&streams, STDOUT_FILENO, out.c_str(), kWrite, 0600);
  posix_spawn_file_actions_addopen(&streams, STDERR_FILENO, err.c_str(), kWrite, 0600);
  pid_t child = 0;
  const int fault = posix_spawn(&child, words[0].c_str(), &streams, nullptr, pointers(words).data(),
                                pointers(settings).data());
  posix_spawn_file_actions_destroy(&streams);
  REQUIRE(fault == 0);
  return child;
}

int exit_code(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int wait_for(pid_t child) {
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return exit_code(status);
}

}  // namespace

Ran callmill(const Arguments& arguments, const std::string& in, const Arguments& environment) {
  const Folder folder;
  std::ofstream{folder.file("in"), std::ios::binary} << in;
  const int code = wait_for(
      spawn(arguments, environment, folder.file("in"), folder.file("out"), folder.file("err")));
  return {code, read_all(folder.file("out")), read_all(folder.file("err"))};
}

Ran callmill_into(const std::string& file, const Arguments& arguments) {
  const Folder folder;
  const int code = wait_for(spawn(arguments, {}, "/dev/null", file, folder.file("err")));
  return {code, "", read_all(folder.file("err"))};
}

Ran callmill_interrupted(const Arguments& arguments, const std::string& after, int signal) {
  const Folder folder;
  const pid_t child = spawn(arguments, {}, "/dev/null", folder.file("out"), folder.file("err"));
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (read_all(folder.file("err")).find(after) != std::string::npos) {
      kill(child, signal);
      REQUIRE(waitpid(child, &status, 0) == child);
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  return {exit_code(status), read_all(folder.file("out")), read_all(folder.file("err"))};
}

Ran callmill_in_memory(std::size_t bytes, const Arguments& arguments) {
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_AS, &before) == 0);
  const rlimit little{bytes, before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_AS, &little) == 0);  // the child inherits it
  const Ran ran = callmill(arguments);
  REQUIRE(setrlimit(RLIMIT_AS, &before) == 0);
  return ran;
}

std::string source_file(const std::string& path) {
  return test::source_path(path);
}

std::string small_scenario() {
  return source_file("tests/app/cli/scenarios/small.yaml");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::vector<std::string>> parse_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  REQUIRE(text.ends_with('\n'));
  std::size_t at = 0;
  while (at < text.size()) {
    std::vector<std::string> row;
    for (bool more = true; more;) {
      std::string field;
      if (text[at] == '"') {
        for (++at; text.at(at) != '"' || text.at(at + 1) == '"'; ++at) {
          if (text[at] == '"') ++at;
          field += text.at(at);
        }
        ++at;
      } else {
        for (; text.at(at) != ',' && text.at(at) != '\n'; ++at) {
          REQUIRE(text[at] != '"');
          field += text[at];
        }
        if (text[at] == '\n' && field.ends_with('\r')) field.pop_back();
      }
      if (text.at(at) == '\r') ++at;
      more = text.at(at) == ',';
      REQUIRE((more || text.at(at) == '\n'));
      ++at;
      row.push_back(std::move(field));
    }
    REQUIRE((rows.empty() || row.size() == rows.front().size()));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace callmill::test
