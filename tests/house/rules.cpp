#include "tests/house/rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <regex>
#include <utility>

namespace callmill::house {
namespace {

constexpr std::array kFloors{"base", "models", "engine", "app"};
constexpr std::size_t kColumnsMax = 100;
constexpr std::size_t kLinesMax = 400;

bool starts_with_any(std::string_view text, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return text.starts_with(prefix); });
}

bool is_header(const SourceFile& file) {
  return file.path.ends_with(".h");
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  return std::string{text.substr(first, text.find_last_not_of(" \t") - first + 1)};
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(trimmed(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

// The folder of `path` that is a room: the longest one that CMake knows.
std::string room_of(std::string_view path, const Rooms& rooms) {
  std::size_t end = path.rfind('/');
  while (end != std::string_view::npos && end > 0) {
    const std::string folder{path.substr(0, end)};
    if (rooms.contains(folder)) return folder;
    end = folder.rfind('/');
  }
  return "";
}

std::set<std::string> reachable(const std::set<std::string>& from, const Rooms& rooms) {
  std::set<std::string> seen;
  std::function<void(const std::string&)> visit = [&](const std::string& room) {
    if (!seen.insert(room).second) return;
    const auto found = rooms.find(room);
    if (found == rooms.end()) return;
    for (const std::string& next : found->second.links) visit(next);
  };
  for (const std::string& room : from) visit(room);
  return seen;
}

// Why a third-party header may not be included here; "" where it may.
std::string third_party_fault(std::string_view header, int floor, bool in_header) {
  static const std::vector<std::string> kMip{"Cbc", "Clp", "Osi", "Cgl", "Coin"};
  const bool standard = header.find_first_of("/.") == std::string_view::npos;
  if (standard || floor < 0) return "";
  const bool boost = header.starts_with("boost/");
  if (in_header && (boost || header.starts_with("yaml-cpp/") || starts_with_any(header, kMip)))
    return "belongs in a .cpp file: headers of rooms stay free of it";
  if (floor == 3 || header.starts_with("fmt/") || header.starts_with("boost/math/")) return "";
  if (floor == 1 && (header.starts_with("Eigen/") || starts_with_any(header, kMip))) return "";
  if (floor == 2 && header.starts_with("boost/asio")) return "";
  return std::string{"is not for this floor ("} + kFloors[static_cast<std::size_t>(floor)] + "/)";
}

std::string project_fault(const SourceFile& file, const std::string& header, const Rooms& rooms) {
  const int floor = floor_of(file.path);
  const int target_floor = floor_of(header);
  if (target_floor < 0) return "is not a path from the root to one of the four floors";
  if (target_floor > floor) return "goes up: arrows only go down";
  const std::string from = room_of(file.path, rooms);
  const std::string to = room_of(header, rooms);
  if (from.empty()) return "is included from a folder that is no room (no callmill_library)";
  if (to.empty()) return "lies in a folder that is no room (no callmill_library)";
  if (from == to) return "";
  const Room& room = rooms.at(from);
  std::set<std::string> allowed = room.links;
  if (!is_header(file)) allowed.insert(room.private_links.begin(), room.private_links.end());
  if (reachable(allowed, rooms).contains(to)) return "";
  return "goes to " + to + ", which " + from + " does not link" +
         (is_header(file) ? " for its headers (LINKS)" : " (LINKS, PRIVATE_LINKS)");
}

}  // namespace

Rooms parse_rooms(std::string_view table) {
  Rooms rooms;
  std::map<std::string, std::string> folder_of_target;
  std::vector<std::vector<std::string>> rows;
  for (const std::string& line : lines_of(table)) {
    const std::vector<std::string> cells = split(line, '|');
    if (cells.size() != 3) continue;
    std::string target = "callmill_" + cells[0];
    std::replace(target.begin(), target.end(), '/', '_');
    folder_of_target[target] = cells[0];
    rows.push_back(cells);
  }
  const auto project_rooms = [&](const std::string& links) {
    std::set<std::string> folders;
    for (const std::string& link : split(links, ';'))
      if (folder_of_target.contains(link)) folders.insert(folder_of_target.at(link));
    return folders;
  };
  for (const auto& cells : rows)
    rooms[cells[0]] = Room{project_rooms(cells[1]), project_rooms(cells[2])};
  return rooms;
}

int floor_of(std::string_view path) {
  const std::string_view top = path.substr(0, path.find('/'));
  const auto found = std::find(kFloors.begin(), kFloors.end(), top);
  return found == kFloors.end() ? -1 : static_cast<int>(found - kFloors.begin());
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string code_only(std::string_view text) {
  std::string code{text};
  const auto blank = [&code](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < std::min(end, code.size()); ++i)
      if (code[i] != '\n') code[i] = ' ';
  };
  const auto after = [&text](std::string_view what, std::size_t from) {
    const std::size_t at = text.find(what, from);
    return at == std::string_view::npos ? text.size() : at + what.size();
  };
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  std::size_t i = 0;
  while (i < text.size()) {
    const std::string_view rest = text.substr(i);
    std::size_t end = i + 1;
    if (rest.starts_with("//")) {
      end = std::min(text.find('\n', i), text.size());
      blank(i, end);
    } else if (rest.starts_with("/*")) {
      end = after("*/", i + 2);
      blank(i, end);
    } else if (rest.starts_with("R\"") && (i == 0 || !is_word(text[i - 1]))) {
      const std::size_t open = std::min(text.find('(', i), text.size() - 1);
      end = after(")" + std::string{text.substr(i + 2, open - i - 2)} + "\"", open);
      blank(i + 2, end - 1);
    } else if (text[i] == '"' || (text[i] == '\'' && (i == 0 || !is_word(text[i - 1])))) {
      // A quote after a letter or digit separates digits: 1'000.
      while (end < text.size() && text[end] != text[i] && text[end] != '\n')
        end += text[end] == '\\' ? 2U : 1U;
      blank(i + 1, end);
      ++end;
    }
    i = end;
  }
  return code;
}

std::vector<Violation> check_links(const Rooms& rooms) {
  std::vector<Violation> found;
  for (const auto& [folder, room] : rooms) {
    std::set<std::string> direct = room.links;
    direct.insert(room.private_links.begin(), room.private_links.end());
    for (const std::string& link : direct)
      if (floor_of(link) > floor_of(folder))
        found.push_back(
            {folder + "/CMakeLists.txt", 1, "links " + link + ", which is a floor above"});
    Rooms all = rooms;  // a circle may pass through private links too
    for (auto& [name, other] : all)
      other.links.insert(other.private_links.begin(), other.private_links.end());
    if (reachable(all.at(folder).links, all).contains(folder))
      found.push_back({folder + "/CMakeLists.txt", 1, "links itself in a circle"});
  }
  return found;
}

// A header that only the .cpp files of its folder read says so in its first sentence.
bool is_private(const SourceFile& file) {
  return file.text.find("// Shared by the .cpp files of this folder only") < 32;
}

std::vector<Violation> check_includes(const SourceFile& file, const Rooms& rooms) {
  std::vector<Violation> found;
  const int floor = floor_of(file.path);
  if (floor < 0) return found;
  static const std::regex kInclude{R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re"};
  const std::vector<std::string> lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::smatch match;
    if (!std::regex_search(lines[i], match, kInclude)) continue;
    const std::string header = match[2];
    const std::string fault =
        match[1] == "<" ? third_party_fault(header, floor, is_header(file) && !is_private(file))
                        : project_fault(file, header, rooms);
    if (!fault.empty())
      found.push_back({file.path, static_cast<int>(i + 1), "include of " + header + " " + fault});
  }
  return found;
}

std::vector<Violation> check_banned_calls(const SourceFile& file) {
  struct Ban {
    std::regex pattern;
    std::string instead;
  };
  static const std::vector<Ban> kBans = [] {
    const std::string clock = "no wall clock below app/: take SimTime as an argument";
    const std::string chance =
        "no such randomness below app/: draw from a keyed stream (base/random/stream.h)";
    std::vector<Ban> bans;
    for (const char* p :
         {R"(\b(system|steady|high_resolution|utc|file)_clock\b)",
          R"(\btime\s*\(\s*(nullptr|NULL|0|&\w+)\s*\))", R"(\bstd::(time|clock)\s*\()",
          R"(\b(clock_gettime|gettimeofday|localtime|gmtime)(_r)?\b)", R"(\bsleep_(for|until)\b)",
          R"(#\s*include\s*<(ctime|time\.h)>)"})
      bans.push_back({std::regex{p}, clock});
    for (const char* p :
         {R"(\bs?rand(om)?\s*\()", R"(\brandom_device\b)", R"(\b(minstd_rand0?|mt19937(_64)?)\b)",
          R"(\bstd::\w+_distribution\b)", R"(#\s*include\s*<random>)"})
      bans.push_back({std::regex{p}, chance});
    return bans;
  }();
  std::vector<Violation> found;
  const int floor = floor_of(file.path);
  if (floor < 0 || floor == 3) return found;
  // A solver's time limit is wall time; no simulated result can depend on its clock but by that.
  if (file.path == "models/mip/mip.cpp" || file.path == "models/cover/cover.cpp") return found;
  const std::vector<std::string> lines = lines_of(code_only(file.text));
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (const Ban& ban : kBans)
      if (std::regex_search(lines[i], ban.pattern))
        found.push_back({file.path, static_cast<int>(i + 1), ban.instead});
  return found;
}

std::vector<Violation> check_pragma_once(const SourceFile& file) {
  if (!is_header(file)) return {};
  for (const std::string& line : lines_of(code_only(file.text))) {
    if (trimmed(line).empty()) continue;
    if (trimmed(line) == "#pragma once") return {};
    break;
  }
  return {{file.path, 1, "a header begins with #pragma once"}};
}

std::vector<Violation> check_size(const SourceFile& file) {
  std::vector<Violation> found;
  const std::vector<std::string> lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto columns = std::count_if(lines[i].begin(), lines[i].end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // continuation bytes take no column
    });
    if (static_cast<std::size_t>(columns) > kColumnsMax)
      found.push_back({file.path, static_cast<int>(i + 1), "longer than 100 columns"});
  }
  static const std::regex kReason{R"(^(//|#) Longer than 400 lines: \S.{9,})"};
  if (lines.size() > kLinesMax && !std::regex_search(lines.front(), kReason))
    found.push_back({file.path, 1,
                     "longer than 400 lines; split it, or begin it with "
                     "\"// Longer than 400 lines: <why>\""});
  return found;
}

std::vector<Violation> check_page(const SourceFile& file) {
  struct Ban {
    std::regex pattern;
    const char* instead;
  };
  static const std::vector<Ban> kBans = [] {
    std::vector<Ban> bans;
    bans.push_back({std::regex{"(inner|outer)HTML|insertAdjacentHTML|InnerHTML|document\\.write"},
                    "text becomes markup: make elements, set textContent"});
    bans.push_back({std::regex{"\\beval\\(|new Function\\b"}, "text becomes code"});
    bans.push_back({std::regex{"(:|\\bas) any\\b|@ts-(ignore|expect-error|nocheck)"},
                    "a type is hidden: say what it is, or unknown"});
    return bans;
  }();
  std::vector<Violation> found;
  const std::vector<std::string> lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (const Ban& ban : kBans)
      if (std::regex_search(lines[i], ban.pattern))
        found.push_back({file.path, static_cast<int>(i + 1), ban.instead});
  return found;
}

std::vector<Violation> check_one_definition(const std::vector<SourceFile>& files) {
  static const std::regex kOpens{R"(^namespace ?([\w:]*) ?\{)"};
  static const std::regex kType{
      R"(^(?:struct|class|enum|enum class) (\w+)(?: final)?(?: ?:[^:].*)? \{)"};
  std::map<std::string, const SourceFile*> defined_in;
  std::vector<Violation> found;
  for (const SourceFile& file : files) {
    const std::vector<std::string> lines = lines_of(file.text);
    std::vector<std::string> inside;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::smatch match;
      if (std::regex_search(lines[i], match, kOpens)) inside.push_back(match[1]);
      if (lines[i].starts_with("}  // namespace") && !inside.empty()) inside.pop_back();
      if (std::find(inside.begin(), inside.end(), "") != inside.end() ||
          !std::regex_search(lines[i], match, kType))
        continue;
      std::string name = match[1];
      for (auto space = inside.rbegin(); space != inside.rend(); ++space)
        name = *space + "::" + name;
      const auto [first, is_new] = defined_in.try_emplace(name, &file);
      if (!is_new)
        found.push_back({file.path, static_cast<int>(i + 1),
                         name + " is also a type of " + first->second->path});
    }
  }
  return found;
}

std::vector<Violation> check_left_overs(const SourceFile& file) {
  // Spelled in two pieces, so that this file keeps its own rule.
  static const std::regex kLater{
      "\\b(TO"
      "DO|FIX"
      "ME|XX"
      "X|HA"
      "CK)\\b"};
  static const std::regex kMachine{
      "(^|[\\s\"'(=])/(ho"
      "me|ro"
      "ot|wo"
      "rk|Us"
      "ers)/"};
  std::vector<Violation> found;
  const std::vector<std::string> lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const int number = static_cast<int>(i + 1);
    if (std::regex_search(lines[i], kLater))
      found.push_back({file.path, number, "something is left for later: do it, or write an issue"});
    if (std::regex_search(lines[i], kMachine))
      found.push_back({file.path, number, "an absolute path of somebody's machine"});
  }
  return found;
}

}  // namespace callmill::house
