#include "app/files/csv.h"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace callmill::files {
namespace {

using Row = std::vector<CsvCell>;

class Scanner {
 public:
  Scanner(int source, Problems& problems)
      : source_{source}, problems_{problems}, text_{problems.source(source).text} {}

  bool at_end() const { return at_ >= text_.size(); }
  bool ok() const { return ok_; }

  Row row() {
    Row cells;
    while (true) {
      cells.push_back(cell());
      if (!ok_ || at_end()) return cells;
      const char separator = text_[at_++];
      if (separator == ',') continue;
      if (separator == '\r') ++at_;  // the guard has seen to it that LF follows
      return cells;
    }
  }

 private:
  CsvCell cell() { return !at_end() && text_[at_] == '"' ? quoted() : plain(); }

  CsvCell plain() {
    const std::size_t begin = at_;
    while (!at_end() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r') {
      if (text_[at_] == '"')
        fail(at_, "a quote in the middle of a value", "quote the whole value, double inner quotes");
      ++at_;
    }
    std::size_t end = at_;
    std::size_t first = begin;
    while (first < end && text_[first] == ' ') ++first;
    while (end > first && text_[end - 1] == ' ') --end;
    return {text_.substr(first, end - first),
            {source_, first, std::max<std::size_t>(1, end - first)}};
  }

  CsvCell quoted() {
    const std::size_t begin = at_++;
    std::string value;
    while (!at_end()) {
      if (text_[at_] != '"') {
        value += text_[at_++];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        value += '"';
        at_ += 2;
      } else {
        ++at_;
        if (!at_end() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r')
          fail(at_, "text after a closing quote", "a comma or the end of the line must follow");
        return {std::move(value), {source_, begin, at_ - begin}};
      }
    }
    fail(begin, "this quote is not closed", "add the closing quote");
    return {std::move(value), {source_, begin, 1}};
  }

  void fail(std::size_t at, const std::string& message, const std::string& help) {
    if (ok_) problems_.add({source_, at, 1}, "csv", message, help);
    ok_ = false;
  }

  int source_;
  Problems& problems_;
  std::string text_;  // a copy: problems may grow while we read
  std::size_t at_ = 0;
  bool ok_ = true;
};

bool check_header(const Row& header, Problems& problems) {
  bool ok = true;
  std::set<std::string> seen;
  for (const CsvCell& cell : header) {
    if (cell.text.empty()) {
      problems.add(cell.place, "csv", "a column without a name", "the first row names the columns");
      ok = false;
    } else if (!seen.insert(cell.text).second) {
      problems.add(cell.place, "csv", fmt::format("two columns are named {}", cell.text),
                   "rename one");
      ok = false;
    }
  }
  return ok;
}

bool is_blank(const Row& row) {
  return row.size() == 1 && row[0].text.empty();
}

}  // namespace

std::optional<std::size_t> CsvTable::column(const std::string& name) const {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (header[i].text == name) return i;
  return std::nullopt;
}

std::vector<std::string> CsvTable::names() const {
  std::vector<std::string> names;
  for (const CsvCell& cell : header) names.push_back(cell.text);
  return names;
}

std::unique_ptr<CsvTable> read_csv(int source, Problems& problems) {
  Scanner scanner{source, problems};
  auto table = std::make_unique<CsvTable>();
  table->source = source;
  table->header = scanner.row();
  if (!scanner.ok() || !check_header(table->header, problems)) return nullptr;
  std::size_t cells = 0;
  bool ok = true;
  while (!scanner.at_end()) {
    Row row = scanner.row();
    if (!scanner.ok()) return nullptr;
    if (is_blank(row)) continue;
    cells += row.size();
    if (cells > kCsvCells) {
      problems.add(row[0].place, "too-large", fmt::format("more than {} values", kCsvCells));
      return nullptr;
    }
    if (row.size() != table->header.size()) {
      problems.add(
          row[0].place, "csv",
          fmt::format("{} values in a row of {} columns", row.size(), table->header.size()),
          "quote values that contain a comma");
      ok = false;
    }
    table->rows.push_back(std::move(row));
  }
  if (ok && table->rows.empty()) {
    problems.add(table->header[0].place, "csv", "no rows below the header");
    ok = false;
  }
  return ok ? std::move(table) : nullptr;
}

}  // namespace callmill::files
