#pragma once
// The journal of a session: what scenario, what seed, which commands when. Append only; with it a
// session can be counted again, byte for byte.
//
//   {"journal":2,"version":"0.7.0","scenario":"city.yaml","hash":"...","seed":1,...,"crc":"..."}
//   {"seq":1,"at":34867000000,"events":81234,"do":{...command...},"prev":"...","crc":"5d1a0c77"}
//   {"seq":2,"at":...,"events":...,"undo":1,"prev":"5d1a0c77","crc":"..."}
//   {"at":...,"events":...,"remark":"...","prev":"...","crc":"..."}
//   {"end":true,"at":...,"events":...,"fingerprint":"...","prev":"...","crc":"..."}
//
// One record a line, UTF-8, each sealed by its checksum and that of the line before it
// (journal_lines.h): lines that were altered, moved or taken out are found. Each record is on the
// disk (fdatasync) before append() returns. A last line that was being written, which has no end or
// bytes that never came (NUL), is torn: it is cut when the journal is gone on with, kept beside it
// in FILE.torn, and said. Format 1 has no prev: there only the numbers tell what is missing.

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
  enum class Kind : std::uint8_t { kCommand, kUndo, kRemark, kEnd };
  Kind kind = Kind::kCommand;
  std::size_t line = 0;  // of the file that it was read from
  std::uint64_t seq = 0;
  SimTime at;
  std::uint64_t events = 0;       // taken by the centre before it
  Command command;                // kCommand
  std::uint64_t undo = 0;         // kUndo: to just before this command
  std::string remark;             // kRemark: a sentence for the log
  std::uint64_t fingerprint = 0;  // kEnd
};

struct JournalFile {
  std::string name;  // for messages
  int format = 0;
  JournalHeader header;
  std::vector<JournalRecord> records;
  std::size_t whole_bytes = 0;  // up to the end of the last whole record
  std::string torn;             // bytes after it, of a record that was being written
  std::string last_crc;         // of the last whole line

  std::size_t lines() const { return records.size() + 1; }
  // What a user must know of it, in a sentence: of an old format. Empty: nothing.
  std::string notice() const;
};

// Reads a journal. Errors, a sentence a line, each with the file and its line: no such file, not a
// journal, records that were altered, are missing or misplaced, or are of another format.
std::optional<JournalFile> read_journal(const std::string& path, std::string& error);
std::optional<JournalFile> parse_journal(std::string_view bytes, const std::string& name,
                                         std::string& error);

class Journal {
 public:
  static constexpr int kFormat = 2;
  // A new file (0600); fails when it is there already.
  static std::unique_ptr<Journal> create(const std::string& path, const JournalHeader& header,
                                         std::string& error);
  // Opens one to go on with, which has been read. Its torn end goes to torn_file(). Errors: another
  // program has it, or has written to it since.
  static std::unique_ptr<Journal> open(const std::string& path, const JournalFile& contents,
                                       std::string& error);
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();
  // False: the disk is full or gone, error() says which; the file then ends with the record before.
  bool append(const JournalRecord& record);
  const std::string& error() const { return error_; }
  const std::string& path() const { return path_; }

 private:
  Journal(int file, std::string path) : file_{file}, path_{std::move(path)} {}
  bool locked(std::string& error) const;
  bool set_aside(const std::string& torn, std::string& error) const;
  int file_;
  std::string path_;
  int format_ = kFormat;
  std::size_t size_ = 0;
  std::string crc_;  // of the last line
  std::string error_;
};
// Where the torn end of a journal is kept.
std::string torn_file(const std::string& journal);

JournalHeader make_header(const LiveCentre& centre, const std::string& scenario);
// set: edits of the scenario by path, from its resolved text.
WorldEditor make_editor(const World& world);
// The session again, up to `until` or its end. Errors: the scenario does not read, a command is
// refused, a record's moment does not come. `checkpoints`: as in LiveOptions; with some, for a
// session that is to go on, all is done as it was done then, so that the log is that of the session
// to the last number. Without, what was undone is left out.
std::unique_ptr<LiveCentre> replay(const JournalFile& journal, std::optional<SimTime> until,
                                   std::string& error, std::size_t checkpoints = 0);

}  // namespace callmill::live
