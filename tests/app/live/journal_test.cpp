// The journal: what was ordered comes back, byte for byte, and whatever breaks off is said.

#include "app/live/journal.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

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
  CHECK_FALSE(file->torn);
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
  CHECK(error.find("cannot be made") == 0);
}

TEST_CASE("Whatever was written of the last record, the ones before it stay") {
  const Folder folder;
  const std::string path = folder.file("a.journal");
  play(path);
  const std::string bytes = bytes_of(path);
  const std::size_t last = bytes.rfind('\n', bytes.size() - 2) + 1;
  std::string error;
  for (std::size_t cut = last; cut < bytes.size(); ++cut) {
    const auto file = live::parse_journal(std::string_view{bytes}.substr(0, cut), error);
    INFO("cut at byte " << cut << " of " << bytes.size() << ": " << error);
    REQUIRE(file.has_value());
    REQUIRE(file->records.size() == 6);
    REQUIRE(file->torn == (cut > last));
    REQUIRE(file->whole_bytes == last);
  }
  // A byte that was written wrongly is found, in the last record as a torn one.
  for (std::size_t i = last; i + 1 < bytes.size(); i += 7) {
    std::string wrong = bytes;
    wrong[i] = static_cast<char>(wrong[i] ^ 1);
    if (wrong[i] == '\n') continue;
    const auto file = live::parse_journal(wrong, error);
    INFO("byte " << i);
    REQUIRE(file.has_value());
    REQUIRE(file->torn);
  }
  // And earlier as damage.
  std::string wrong = bytes;
  wrong[last - 20] = static_cast<char>(wrong[last - 20] ^ 1);
  CHECK_FALSE(live::parse_journal(wrong, error).has_value());
  CHECK(error == "is damaged in line 7");
}

TEST_CASE("A journal that broke off is gone on with") {
  const Folder folder;
  const std::string path = folder.file("a.journal");
  play(path);
  const std::string bytes = bytes_of(path);
  const std::size_t last = bytes.rfind('\n', bytes.size() - 2) + 1;
  write(path, bytes.substr(0, last + 9));
  JournalFile contents;
  std::string error;
  const auto journal = Journal::open(path, contents, error);
  INFO(error);
  REQUIRE(journal != nullptr);
  CHECK(contents.torn);
  CHECK(bytes_of(path) == bytes.substr(0, last));
  const auto live = live::replay(contents, {}, error, 16);
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

TEST_CASE("What is no journal is said") {
  std::string error;
  CHECK_FALSE(live::parse_journal("", error).has_value());
  CHECK(error == "is empty");
  CHECK_FALSE(live::parse_journal("version: 1\n", error).has_value());
  CHECK(error == "is no journal of callmill, or its header is damaged");
  CHECK_FALSE(live::read_journal("/nonexistent/x", error).has_value());
  CHECK(error.find("cannot be read") == 0);
}

}  // namespace
}  // namespace callmill::test
