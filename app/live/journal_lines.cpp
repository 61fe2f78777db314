#include "app/live/journal_lines.h"

#include <fmt/format.h>

#include <boost/crc.hpp>

namespace callmill::live {
namespace {

constexpr std::string_view kCrcKey = ",\"crc\":\"";
constexpr std::string_view kPrevKey = ",\"prev\":\"";
constexpr std::size_t kDigits = 8;

std::string checksum(std::string_view bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return fmt::format("{:08x}", crc.checksum());
}

// What stands behind `key` at the end of the line, which is then shorter by that; empty: no such.
std::string cut_member(std::string_view& line, std::string_view key) {
  const std::size_t length = key.size() + kDigits + 1;  // and the quote
  if (line.size() <= length || !line.ends_with('"')) return {};
  const std::string_view member = line.substr(line.size() - length);
  if (!member.starts_with(key)) return {};
  line.remove_suffix(length);
  return std::string{member.substr(key.size(), kDigits)};
}

}  // namespace

std::string seal(std::string_view object, const std::string& prev) {
  std::string line{object.substr(0, object.size() - 1)};
  if (!prev.empty()) line += fmt::format("{}{}\"", kPrevKey, prev);
  return fmt::format("{}{}{}\"}}\n", line, kCrcKey, checksum(line));
}

std::string crc_of(std::string_view sealed) {
  return std::string{sealed.substr(sealed.size() - kDigits - 3, kDigits)};
}

JournalLine unseal(std::string_view line) {
  JournalLine read;
  if (!line.ends_with('}')) return read;
  line.remove_suffix(1);
  read.crc = cut_member(line, kCrcKey);
  read.fits = checksum(line);
  read.prev = cut_member(line, kPrevKey);
  read.object = std::string{line} + "}";
  return read;
}

std::vector<ChainFault> chain_faults(const std::vector<JournalLine>& lines) {
  std::vector<ChainFault> faults;
  bool misplaced = false;  // the lines behind it follow from it
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::string& prev = lines[i].prev;
    const JournalLine& before = lines[i - 1];
    if (lines[i].crc.empty() || before.crc.empty()) continue;  // broken, which is said of them
    if (prev == before.crc || prev == before.fits) continue;
    std::size_t behind = 0;
    for (std::size_t k = 0; k < lines.size() && behind == 0 && !prev.empty(); ++k)
      if (k != i && lines[k].crc == prev) behind = k + 1;
    if (behind != 0 && misplaced) continue;
    misplaced = misplaced || behind != 0;
    faults.push_back({i + 1, behind});
  }
  return faults;
}

}  // namespace callmill::live
