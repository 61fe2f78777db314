#pragma once
// The house rules as pure functions on text, so that each can be tested on a synthetic bad example.
// Each returns what it found wrong; an empty list means that the rule holds.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace callmill::house {

// One file of the project: its path from the root, with forward slashes, and its whole text.
struct SourceFile {
  std::string path;
  std::string text;
};

struct Violation {
  std::string path;
  int line = 0;  // counts from 1
  std::string what;
};

// What CMake links: a room is a folder with a target of its own.
struct Room {
  std::set<std::string> links;          // rooms that headers and sources may include
  std::set<std::string> private_links;  // rooms that only sources may include
};
using Rooms = std::map<std::string, Room>;  // by folder, such as "engine/calendar"

// Reads the table that cmake/rooms.cmake writes: "folder | links | private links" a line, links
// separated by ';'.
Rooms parse_rooms(std::string_view table);

// 0 base, 1 models, 2 engine, 3 app; -1 elsewhere (tests, bench).
int floor_of(std::string_view path);

// The text with comments, and the contents of string and character literals, replaced by spaces;
// line ends stay.
std::string code_only(std::string_view text);

// Every line as written, without line ends.
std::vector<std::string> lines_of(std::string_view text);

// Links themselves: none goes up a floor, and none closes a circle.
std::vector<Violation> check_links(const Rooms& rooms);

// Project includes go to rooms that are linked, never up; third-party headers stay on the floors
// that may use them.
std::vector<Violation> check_includes(const SourceFile& file, const Rooms& rooms);

// Below app/ there is no wall clock, no sleep and no randomness but the keyed streams of
// base/random.
std::vector<Violation> check_banned_calls(const SourceFile& file);

// Headers begin with #pragma once (a comment may come before it).
std::vector<Violation> check_pragma_once(const SourceFile& file);

// Lines have at most 100 columns (code points); files at most 400 lines, or say why in their first
// line.
std::vector<Violation> check_size(const SourceFile& file);

// Sources of the page: text never becomes markup or code, and no type is hidden from the compiler.
std::vector<Violation> check_page(const SourceFile& file);

// Types that two files define under one name: a linker keeps one of each pair's functions, and says
// nothing. Types in nameless namespaces are their file's own.
std::vector<Violation> check_one_definition(const std::vector<SourceFile>& files);

// Nothing is left for later, and no path names the machine of its author.
std::vector<Violation> check_left_overs(const SourceFile& file);

}  // namespace callmill::house
