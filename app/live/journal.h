#pragma once
// The journal of a session: what scenario, what seed, which commands when. Append only; with it a
// session can be counted again, byte for byte.
//
//   {"journal":1,"version":"0.7.0","scenario":"city.yaml","hash":"...","seed":1,...,"crc":"..."}
//   {"seq":1,"at":34867000000,"events":81234,"do":{...command...},"crc":"5d1a0c77"}
//   {"seq":2,"at":...,"events":...,"undo":1,"crc":"..."}
//   {"end":true,"at":...,"events":...,"fingerprint":"...","crc":"..."}
//
// One record a line, UTF-8; crc: CRC-32 (IEEE 802.3) of the line's bytes before `,"crc"`, 8 hex
// digits. Each record is on the disk (fdatasync) before append() returns. A torn last line is cut
// when a journal is opened, and said.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/live/live_centre.h"

namespace callmill::live {

struct JournalHeader {
  std::string version;   // of callmill
  std::string scenario;  // name of the file
  std::string text;      // the scenario whole, resolved: show_scenario() of its World
  std::string hash;      // scenario_hash()
  std::uint64_t seed = 1, replication = 0;
  SpareOptions spare;
};

struct JournalRecord {
  enum class Kind : std::uint8_t { kCommand, kUndo, kEnd };
  Kind kind = Kind::kCommand;
  std::uint64_t seq = 0;
  SimTime at;
  std::uint64_t events = 0;       // taken by the centre before it
  Command command;                // kCommand
  std::uint64_t undo = 0;         // kUndo: to just before this command
  std::uint64_t fingerprint = 0;  // kEnd
};

struct JournalFile {
  JournalHeader header;
  std::vector<JournalRecord> records;
  std::size_t whole_bytes = 0;  // up to the end of the last whole record
  bool torn = false;            // bytes after it, of a record that was being written
};

// Reads a journal. Errors, in a sentence: no such file, not a journal, a record that is not the
// last is damaged, a format that this version does not know.
std::optional<JournalFile> read_journal(const std::string& path, std::string& error);
std::optional<JournalFile> parse_journal(std::string_view bytes, std::string& error);

class Journal {
 public:
  // A new file (0600); fails when it is there already.
  static std::unique_ptr<Journal> create(const std::string& path, const JournalHeader& header,
                                         std::string& error);
  // Opens one to go on with; a torn tail is cut.
  static std::unique_ptr<Journal> open(const std::string& path, JournalFile& contents,
                                       std::string& error);
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();
  // False: the disk is full or gone, error() says which; the file then ends with the record before.
  bool append(const JournalRecord& record);
  const std::string& error() const { return error_; }
  const std::string& path() const { return path_; }

 private:
  Journal(int file, std::string path, std::size_t size);
  int file_;
  std::string path_;
  std::size_t size_;
  std::string error_;
};

JournalHeader make_header(const LiveCentre& centre, const std::string& scenario);
// set: edits of the scenario by path, from its resolved text.
WorldEditor make_editor(const World& world);
// The session again, up to `until` or its end. Errors: the scenario does not read, a command is
// refused, a record's moment does not come. What was undone is left out.
// `checkpoints`: as in LiveOptions, for a session that is to go on.
std::unique_ptr<LiveCentre> replay(const JournalFile& journal, std::optional<SimTime> until,
                                   std::string& error, std::size_t checkpoints = 0);

}  // namespace callmill::live
