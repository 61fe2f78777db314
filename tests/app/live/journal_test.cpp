// The journal: what was ordered comes back, byte for byte, and whatever breaks off is said.

#include "app/live/journal.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/live/journal_lines.h"
#include "app/live/state_json.h"
#include "tests/engine/live/some_world.h"

namespace callmill::test {
namespace {

using namespace std::chrono_literals;
using live::Command;
using live::Journal;
using live::JournalFile;
using live::JournalRecord;
using live::LiveCentre;

class Folder {
 public:
  Folder()
      : path_{std::filesystem::temp_directory_path() /
              ("callmill-journal-" + std::to_string(::getpid()))} {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string bytes_of(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}
void write(const std::string& path, const std::string& bytes) {
  std::ofstream{path, std::ios::binary} << bytes;
}

Command command(Command::Kind kind) {
  Command c;
  c.kind = kind;
  c.group = "desk";
  return c;
}

// A session with commands, a setting and an undo; its journal, and the print at its end.
std::uint64_t play(const std::string& path) {
  const World world = plain_world(4);
  LiveCentre live{world, {}, live::make_editor(world)};
  std::string error;
  const auto journal = Journal::create(path, live::make_header(live, "plain.yaml"), error);
  INFO(error);
  REQUIRE(journal != nullptr);
  const auto order = [&](const Command& c) {
    JournalRecord record;
    record.at = live.now();
    record.events = live.centre().events;
    record.command = c;
    record.seq = live.apply(c).seq;
    REQUIRE(record.seq != 0);
    REQUIRE(journal->append(record));
  };
  live.run_until(kStart + 40min);
  Command more = command(Command::Kind::kAgents);
  more.by = 2;
  more.note = "高峰";
  order(more);
  live.run_until(kStart + 70min);
  for (int i = 0; i < 5; ++i) live.step();
  Command surge = command(Command::Kind::kSurge);
  surge.factor = 1.75;
  order(surge);
  live.run_until(kStart + 2h);
  JournalRecord undo;
  undo.kind = JournalRecord::Kind::kUndo;
  undo.at = live.now();
  undo.events = live.centre().events;
  undo.seq = live.next_seq();
  undo.undo = 2;
  REQUIRE(live.undo(2).empty());
  REQUIRE(journal->append(undo));
  live.run_until(kStart + 100min);
  Command set = command(Command::Kind::kSet);
  set.path = "callers.anybody.talk.mean";
  set.value = "4min";
  order(set);
  Command shed = command(Command::Kind::kShed);
  shed.share = 0.25;
  order(shed);
  live.run_until(kStart + 3h);
  Command end = command(Command::Kind::kEnd);
  end.command = 5;
  order(end);
  live.run_out();
  JournalRecord last;
  last.kind = JournalRecord::Kind::kEnd;
  last.at = live.now();
  last.events = live.centre().events;
  last.fingerprint = live.fingerprint();
  REQUIRE(journal->append(last));
  return last.fingerprint;
}

TEST_CASE("Scenario, seed and journal give the same session again") {
  const Folder folder;
  const std::string path = folder.file("a.journal");
  const std::uint64_t print = play(path);
  std::string error;
  const auto file = live::read_journal(path, error);
  INFO(error);
  REQUIRE(file.has_value());
  CHECK(file->torn.empty());
  CHECK(file->header.scenario == "plain.yaml");
  REQUIRE(file->records.size() == 7);
  CHECK(file->records[0].command.note == "高峰");
  CHECK(file->records[2].undo == 2);
  CHECK(file->records[6].fingerprint == print);
  const auto again = live::replay(*file, {}, error);
  INFO(error);
  REQUIRE(again != nullptr);
  CHECK(again->ended());
  CHECK(again->fingerprint() == print);
  const auto part = live::replay(*file, kStart + 1h, error);
  REQUIRE(part != nullptr);
  CHECK(part->now() == kStart + 1h);
  CHECK(part->done().size() == 1);
  // A new journal never writes over another.
  CHECK(Journal::create(path, file->header, error) == nullptr);
  CHECK(error.find(path + ": cannot be made") == 0);
}

TEST_CASE("Whatever was written of the last record, the ones before it stay") {
  const Folder folder;
  const std::string path = folder.file("a.journal");
  play(path);
  const std::string bytes = bytes_of(path);
  const std::size_t last = bytes.rfind('\n', bytes.size() - 2) + 1;
  std::string error;
  for (std::size_t cut = last; cut < bytes.size(); ++cut) {
    const auto file = live::parse_journal(std::string_view{bytes}.substr(0, cut), "a", error);
    INFO("cut at byte " << cut << " of " << bytes.size() << ": " << error);
    REQUIRE(file.has_value());
    REQUIRE(file->records.size() == 6);
    REQUIRE(file->torn == bytes.substr(last, cut - last));
    REQUIRE(file->whole_bytes == last);
  }
  // Of what was not written at all the disk may show zeros, its end among what was written.
  std::string holed = bytes;
  holed[last + 20] = '\0';
  const auto file = live::parse_journal(holed, "a", error);
  REQUIRE(file.has_value());
  CHECK(file->torn == holed.substr(last));
}

std::vector<std::string> lines_of(const std::string& bytes) {
  std::vector<std::string> lines;
  std::istringstream in{bytes};
  for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  return lines;
}
// What is said of a journal of these lines.
std::string said(const std::vector<std::string>& lines) {
  std::string bytes, error;
  for (const std::string& line : lines) bytes += line;
  CHECK_FALSE(live::parse_journal(bytes, "a.journal", error).has_value());
  return error;
}

TEST_CASE("Records that were altered, taken out, moved or put in twice are found") {
  const Folder folder;
  play(folder.file("a.journal"));
  const std::vector<std::string> lines = lines_of(bytes_of(folder.file("a.journal")));
  REQUIRE(lines.size() == 8);
  std::string error;
  // Any byte of any record: never read as if nothing were wrong, and the line is named.
  for (std::size_t line = 1; line < lines.size(); ++line)
    for (std::size_t i = 0; i + 1 < lines[line].size(); ++i) {
      std::vector<std::string> wrong = lines;
      wrong[line][i] = static_cast<char>(wrong[line][i] ^ 1);
      if (wrong[line][i] == '\n') continue;
      INFO("line " << line + 1 << ", byte " << i);
      REQUIRE(said(wrong).starts_with("a.journal:" + std::to_string(line + 1) + ": was altered"));
    }
  // Two at once are both told.
  std::vector<std::string> wrong = lines;
  wrong[2][10] = wrong[5][10] = '#';
  CHECK(lines_of(said(wrong)).size() == 2);
  wrong = lines;
  wrong.erase(wrong.begin() + 3);
  CHECK(said(wrong) == "a.journal:4: record 3 is missing before this one");
  wrong = lines;
  wrong.erase(wrong.begin() + 3, wrong.begin() + 5);
  CHECK(said(wrong) == "a.journal:4: records 3 to 4 are missing before this one");
  for (std::size_t first = 1; first + 1 < lines.size(); ++first) {
    wrong = lines;
    std::swap(wrong[first], wrong[first + 1]);
    CHECK(said(wrong) == "a.journal:" + std::to_string(first + 1) +
                             ": is not where it was written: it belongs behind line " +
                             std::to_string(first + 2));
  }
  wrong = lines;
  wrong.insert(wrong.begin() + 4, lines[3]);
  CHECK(said(wrong) == "a.journal:5: is not where it was written: it belongs behind line 3");
  wrong = lines;
  wrong[0].replace(wrong[0].find("plain.yaml"), 10, "other.yaml");
  CHECK(said(wrong) == "a.journal:1: is no journal of callmill, or its header is damaged");
}

// The chain taken out: a journal as it was written before there was one.
std::string of_format_1(const std::vector<std::string>& lines) {
  std::string bytes;
  for (const std::string& line : lines) {
    std::string object = live::unseal(std::string_view{line}.substr(0, line.size() - 1)).object;
    if (bytes.empty()) object.replace(object.find("\"journal\": 2"), 12, "\"journal\": 1");
    bytes += live::seal(object, "");
  }
  return bytes;
}

TEST_CASE("A journal without a chain is read, gone on with as it is, and said to be one") {
  const Folder folder;
  const std::string path = folder.file("a.journal");
  const std::uint64_t print = play(path);
  const std::string bytes = of_format_1(lines_of(bytes_of(path)));
  write(path, bytes);
  std::string error;
  const auto file = live::read_journal(path, error);
  INFO(error);
  REQUIRE(file.has_value());
  CHECK(file->notice().find("format 1") != std::string::npos);
  const auto again = live::replay(*file, {}, error);
  REQUIRE(again != nullptr);
  CHECK(again->fingerprint() == print);
  const auto journal = Journal::open(path, *file, error);
  REQUIRE(journal != nullptr);
  JournalRecord last = file->records.back();
  REQUIRE(journal->append(last));
  last.kind = JournalRecord::Kind::kRemark;  // which format 1 does not have
  REQUIRE(journal->append(last));
  CHECK(bytes_of(path) == bytes + lines_of(bytes).back());
  // Its numbers tell what is missing between two records.
  std::vector<std::string> lines = lines_of(bytes);
  lines.erase(lines.begin() + 2);
  CHECK(said(lines) == "a.journal:3: record 2 is missing before this one");
  lines = lines_of(bytes);
  std::swap(lines[1], lines[2]);
  CHECK(said(lines).find("is not where it was written") != std::string::npos);
}

TEST_CASE("A journal that broke off is gone on with") {
  const Folder folder;
  const std::string path = folder.file("a.journal");
  play(path);
  const std::string bytes = bytes_of(path);
  const std::size_t last = bytes.rfind('\n', bytes.size() - 2) + 1;
  std::string error;
  std::string kept;
  for (const std::size_t length : {1u, 9u}) {
    write(path, bytes.substr(0, last + length));
    const auto read = live::read_journal(path, error);
    REQUIRE(read.has_value());
    REQUIRE(Journal::open(path, *read, error) != nullptr);
    CHECK(bytes_of(path) == bytes.substr(0, last));
    // What was cut is not lost, nor what was cut another time.
    kept += bytes.substr(last, length) + "\n";
    CHECK(bytes_of(live::torn_file(path)) == kept);
  }
  const auto contents = live::read_journal(path, error);
  REQUIRE(contents.has_value());
  const auto journal = Journal::open(path, *contents, error);
  INFO(error);
  REQUIRE(journal != nullptr);
  // Nobody else writes to it meanwhile.
  CHECK(Journal::open(path, *contents, error) == nullptr);
  CHECK(error.find("another program") != std::string::npos);
  const auto live = live::replay(*contents, {}, error, 16);
  REQUIRE(live != nullptr);
  CHECK(live->next_seq() == 7);
  live->run_out();
  JournalRecord end;
  end.kind = JournalRecord::Kind::kEnd;
  end.at = live->now();
  end.events = live->centre().events;
  end.fingerprint = live->fingerprint();
  CHECK(journal->append(end));
  CHECK(bytes_of(path) == bytes);
}

TEST_CASE("The log of a session that is gone on with is that of the session, to the last number") {
  const Folder folder;
  const std::string path = folder.file("a.journal");
  play(path);
  const World world = plain_world(4);
  LiveCentre live{world, {}, live::make_editor(world)};
  std::string error;
  const auto file = live::read_journal(path, error);
  REQUIRE(file.has_value());
  for (const JournalRecord& r : file->records) {
    REQUIRE(live.run_to(r.at, r.events));
    if (r.kind == JournalRecord::Kind::kCommand) REQUIRE(live.apply(r.command).seq == r.seq);
    if (r.kind == JournalRecord::Kind::kUndo) REQUIRE(live.undo(r.undo).empty());
  }
  const auto again = live::replay(*file, {}, error, 16);
  REQUIRE(again != nullptr);
  CHECK(again->fingerprint() == live.fingerprint());
  const std::string log = live::log_json(*again, 0);
  CHECK(log == live::log_json(live, 0));
  CHECK(log.find("\"note\": \"高峰\"") != std::string::npos);
  CHECK(log.find("\"kind\": \"undo\"") != std::string::npos);
  CHECK(again->next_seq() == live.next_seq());
}

TEST_CASE("What is no journal is said") {
  std::string error;
  CHECK_FALSE(live::parse_journal("", "a", error).has_value());
  CHECK(error == "a is empty");
  CHECK_FALSE(live::parse_journal("version: 1\n", "a", error).has_value());
  CHECK(error == "a:1: is no journal of callmill, or its header is damaged");
  CHECK_FALSE(live::read_journal("/nonexistent/x", error).has_value());
  CHECK(error.find("/nonexistent/x: cannot be read") == 0);
}

}  // namespace
}  // namespace callmill::test
