#pragma once
// Lines of a journal: a JSON object each, sealed by its checksum and that of the line before it.
//
//   {"journal":2,...,"crc":"5d1a0c77"}
//   {"seq":1,...,"prev":"5d1a0c77","crc":"e0b3c2f1"}
//
// crc: CRC-32 (IEEE 802.3) of the line's bytes before `,"crc"`, 8 hex digits. It tells bytes that
// changed, not who changed them: it is no signature.

#include <string>
#include <string_view>
#include <vector>

namespace callmill::live {

struct JournalLine {
  std::string object;  // without prev and crc
  std::string prev;    // empty: it has none
  std::string crc;     // as the line says
  std::string fits;    // what its bytes have; another than crc where they were altered

  bool whole() const { return !crc.empty() && crc == fits; }
};

// With the line's end. `prev` empty: none.
std::string seal(std::string_view object, const std::string& prev);
// `line` without its end; a line that has no seal is not whole.
JournalLine unseal(std::string_view line);
std::string crc_of(std::string_view sealed);  // what seal() wrote

// Where the chain of lines is broken, in a sentence each: lines that are missing, and the first
// that stands in a wrong place. Lines count from 1.
struct ChainFault {
  std::size_t line = 0;
  std::size_t behind = 0;  // the line that it was written behind; 0: that one is not there
};
std::vector<ChainFault> chain_faults(const std::vector<JournalLine>& lines);

}  // namespace callmill::live
