#include "app/calculator/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "models/queueing/erlang.h"

namespace callmill::calculator {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kHeaderHelp =
    "the first row names the columns: id, model, n, K, a or lam and mu, theta, t";
constexpr double kMostValue = 1e15;  // of a rate, a load or a time: keeps ratios of inputs finite
constexpr double kMostLoad = 1e12;
constexpr double kMostAgents = 1e7;  // beyond any centre; keeps whole numbers and costs in range
constexpr std::array<std::string_view, 9> kInputs = {"id",  "model", "n",     "K", "a",
                                                     "lam", "mu",    "theta", "t"};

// ---- Reading CSV (RFC 4180; a cell with a line break is refused) ----
struct Cell {
  std::string text;
  int column = 1;  // code points from 1
};
struct Line {
  int number = 0;
  std::string text;
  std::vector<Cell> cells;
  bool open_quote = false;
};

int code_points(std::string_view text) {
  int count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return count;
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

void split_cells(Line& line) {
  const std::string& text = line.text;
  for (std::size_t i = 0;; ++i) {
    Cell cell;
    cell.column = code_points(std::string_view(text).substr(0, i)) + 1;
    if (i < text.size() && text[i] == '"') {
      for (++i; i < text.size(); ++i) {
        if (text[i] == '"' && (i + 1 == text.size() || text[i + 1] != '"')) break;
        if (text[i] == '"') ++i;
        cell.text += text[i];
      }
      if (i >= text.size()) line.open_quote = true;
      i = std::min(text.find(',', i), text.size());
    } else {
      const std::size_t end = std::min(text.find(',', i), text.size());
      cell.text = trimmed(std::string_view(text).substr(i, end - i));
      i = end;
    }
    line.cells.push_back(std::move(cell));
    if (i >= text.size()) return;
  }
}

std::vector<Line> read_lines(std::string_view csv) {
  if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
  std::vector<Line> lines;
  for (int number = 1; !csv.empty(); ++number) {
    const std::size_t end = std::min(csv.find('\n'), csv.size());
    std::string_view text = csv.substr(0, end);
    csv.remove_prefix(std::min(end + 1, csv.size()));
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (trimmed(text).empty()) continue;
    Line line{.number = number, .text = std::string(text), .cells = {}};
    split_cells(line);
    lines.push_back(std::move(line));
  }
  return lines;
}

// ---- Reading rows ----
struct Row {
  std::string id;
  char model = 0;
  double load = kNaN;
  QueueInput queue;
};

class Reader {
 public:
  Reader(std::string name, Diagnostics& diagnostics)
      : name_{std::move(name)}, diagnostics_{diagnostics} {}

  void read_header(const Line& header) {
    for (std::size_t i = 0; i < header.cells.size(); ++i) {
      const std::string& column = header.cells[i].text;
      const bool input = std::find(kInputs.begin(), kInputs.end(), column) != kInputs.end();
      if (input && !columns_.emplace(column, i).second) {
        error(header, header.cells[i], "duplicate-column",
              fmt::format("column {} is given twice", column));
      }
    }
    for (const char* column : {"id", "model", "n"}) {
      if (!columns_.contains(column)) {
        error(header, Cell{}, "missing-column", fmt::format("column {} is missing", column),
              kHeaderHelp);
      }
    }
  }

  // Reads a row; on an error it goes on, so that all are found.
  Row read(const Line& line, std::size_t width) {
    Row row;
    if (line.open_quote || line.cells.size() != width) {
      const Cell end{.text = "", .column = code_points(line.text) + 1};
      error(line, line.open_quote ? line.cells.back() : end, line.open_quote ? "quote" : "cells",
            line.open_quote
                ? std::string("a quote is not closed on its line")
                : fmt::format("{} cells, but the header has {}", line.cells.size(), width));
      return row;
    }
    row.id = cell(line, "id").text;
    const Cell model = cell(line, "model");
    if (model.text.size() != 1 ||
        std::string_view("BCAK").find(model.text) == std::string_view::npos) {
      error(line, model, "model", fmt::format("model is \"{}\"; must be B, C, A or K", model.text));
      return row;
    }
    row.model = model.text[0];
    read_agents(line, row);
    read_load(line, row);
    if (row.model != 'B') read_times(line, row);
    return row;
  }

 private:
  void error(const Line& line, const Cell& cell, std::string code, std::string message,
             std::string help = "") {
    Diagnostic found;
    found.place = SourcePlace{name_, line.number, cell.column, std::max(1, code_points(cell.text))};
    found.code = std::move(code);
    found.message = std::move(message);
    found.help = std::move(help);
    found.line_text = line.text;
    diagnostics_.error(std::move(found));
  }

  Cell cell(const Line& line, const std::string& column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() ? Cell{} : line.cells[found->second];
  }
  bool given(const Line& line, const std::string& column) const {
    return !cell(line, column).text.empty();
  }

  // A finite number; NaN and an error where the cell holds none or it is out of range.
  double number(const Line& line, const std::string& column, double least, bool above_least) {
    const Cell c = cell(line, column);
    if (c.text.empty()) {
      error(line, c, "missing",
            fmt::format("{} is missing; model {} needs it", column, cell(line, "model").text));
      return kNaN;
    }
    double value = 0;
    const char* end = c.text.data() + c.text.size();
    const auto [stop, code] = std::from_chars(c.text.data(), end, value);
    if (code != std::errc{} || stop != end || !std::isfinite(value)) {
      error(line, c, "number", fmt::format("{} is \"{}\"; must be a number", column, c.text));
      return kNaN;
    }
    if (value < least || (above_least && value == least)) {
      error(
          line, c, "range",
          fmt::format("{} is {}; must be {} {}", column, c.text, above_least ? ">" : ">=", least));
      return kNaN;
    }
    if (value > kMostValue) {
      error(line, c, "range", fmt::format("{} is {}; must be <= {}", column, c.text, kMostValue));
      return kNaN;
    }
    return value;
  }

  double whole(const Line& line, const std::string& column, double least) {
    const double value = number(line, column, least, false);
    if (std::isnan(value)) return value;
    if (value != std::floor(value) || value > kMostAgents) {
      error(line, cell(line, column), "range",
            fmt::format("{} is {}; must be a whole number up to {}", column,
                        cell(line, column).text, kMostAgents));
      return kNaN;
    }
    return value;
  }

  void read_agents(const Line& line, Row& row) {
    if (row.model == 'C' || row.model == 'A') {
      row.queue.agents = number(line, "n", 0, true);
      return;
    }
    row.queue.agents = whole(line, "n", row.model == 'B' ? 0 : 1);
    if (row.model != 'K') return;
    const double lines = whole(line, "K", 1);
    if (std::isnan(lines) || std::isnan(row.queue.agents)) return;
    if (lines < row.queue.agents) {
      error(line, cell(line, "K"), "range",
            fmt::format("K is {}; must be >= n = {}", lines, row.queue.agents));
      return;
    }
    row.queue.lines = static_cast<std::int64_t>(lines);
  }

  void read_load(const Line& line, Row& row) {
    const bool has_load = given(line, "a");
    const bool has_rates = given(line, "lam") || given(line, "mu");
    if (has_load) row.load = number(line, "a", 0, true);
    if (row.load > kMostLoad) {
      error(line, cell(line, "a"), "range",
            fmt::format("a is {}; must be <= {}", row.load, kMostLoad));
    }
    if (!has_load && !has_rates) {
      error(line, cell(line, columns_.contains("lam") ? "lam" : "a"), "missing",
            "the load is missing: give a, or lam and mu");
      return;
    }
    if (!has_rates) {
      row.queue.arrival_rate = row.load;
      row.queue.service_rate = 1;
      return;
    }
    row.queue.arrival_rate = number(line, "lam", 0, true);
    row.queue.service_rate = number(line, "mu", 0, true);
    const double load = row.queue.arrival_rate / row.queue.service_rate;
    if (load > kMostLoad) {
      error(line, cell(line, "lam"), "range",
            fmt::format("lam / mu is {}; must be <= {}", load, kMostLoad));
    } else if (!has_load) {
      row.load = load;
    } else if (std::abs(load - row.load) > 1e-6 * row.load) {
      error(line, cell(line, "a"), "conflict",
            fmt::format("a is {}, but lam / mu is {}; give one of them", row.load, load));
    }
  }

  void read_times(const Line& line, Row& row) {
    row.queue.within = number(line, "t", 0, false);
    const bool patient = row.model == 'C' || (row.model == 'K' && !given(line, "theta"));
    if (!patient) row.queue.patience_rate = number(line, "theta", 0, false);
  }

  std::string name_;
  Diagnostics& diagnostics_;
  std::map<std::string, std::size_t> columns_;
};

// ---- Writing ----
struct Answer {
  ErlangB loss{};       // of B and C
  QueueResult queue{};  // of C, A and K
};

struct Column {
  const char* name;
  const char* models;
  double (*value)(const Row&, const Answer&);
};

using R = const Row&;
using X = const Answer&;
constexpr std::array kColumns = {
    Column{"rho", "CAK",
           [](R r, X) { return r.queue.arrival_rate / (r.queue.agents * r.queue.service_rate); }},
    Column{"B", "BC", [](R, X x) { return x.loss.blocking; }},
    Column{"log10_B", "B", [](R, X x) { return x.loss.log10_blocking; }},
    Column{"one_minus_B", "B", [](R, X x) { return x.loss.one_minus_blocking; }},
    Column{"carried", "B", [](R, X x) { return x.loss.carried; }},
    Column{"cond_a", "B", [](R, X x) { return x.loss.idle; }},
    Column{"C", "C", [](R, X x) { return x.queue.p_wait; }},
    Column{"log10_C", "C", [](R, X x) { return x.queue.log10_wait; }},
    Column{"one_minus_C", "C", [](R, X x) { return x.queue.p_nowait; }},
    Column{"ASA", "C", [](R, X x) { return x.queue.mean_wait_served; }},
    Column{"EW_wait", "C", [](R, X x) { return x.queue.mean_wait_waiters; }},
    Column{"P_W_gt_t", "C", [](R, X x) { return x.queue.p_wait_gt; }},
    Column{"SL", "C", [](R, X x) { return x.queue.sl_offered; }},
    Column{"p_block", "K", [](R, X x) { return x.queue.p_block; }},
    Column{"p_wait", "AK", [](R, X x) { return x.queue.p_wait; }},
    Column{"p_nowait", "AK", [](R, X x) { return x.queue.p_nowait; }},
    Column{"p_ab", "AK", [](R, X x) { return x.queue.p_abandon; }},
    Column{"p_served", "AK", [](R, X x) { return x.queue.p_served; }},
    Column{"EQ", "CAK", [](R, X x) { return x.queue.mean_queue; }},
    Column{"VarQ", "AK", [](R, X x) { return x.queue.var_queue; }},
    Column{"Ebusy", "AK", [](R, X x) { return x.queue.mean_busy; }},
    Column{"occ", "BCAK",
           [](R r, X x) { return r.model == 'B' ? x.loss.occupancy : x.queue.occupancy; }},
    Column{"EW_offered", "AK", [](R, X x) { return x.queue.mean_wait_offered; }},
    Column{"EW_served", "AK", [](R, X x) { return x.queue.mean_wait_served; }},
    Column{"EW_ab", "AK", [](R, X x) { return x.queue.mean_wait_abandoned; }},
    Column{"EW_waiters", "AK", [](R, X x) { return x.queue.mean_wait_waiters; }},
    Column{"P_V_gt", "AK", [](R, X x) { return x.queue.p_offered_wait_gt; }},
    Column{"P_W_gt", "AK", [](R, X x) { return x.queue.p_wait_gt; }},
    Column{"P_served_gt", "AK", [](R, X x) { return x.queue.p_served_gt; }},
    Column{"P_ab_gt", "AK", [](R, X x) { return x.queue.p_abandon_gt; }},
    Column{"P_served_le", "AK", [](R, X x) { return x.queue.p_served_le; }},
    Column{"P_ab_le", "AK", [](R, X x) { return x.queue.p_abandon_le; }},
    Column{"SL_offered", "AK", [](R, X x) { return x.queue.sl_offered; }},
    Column{"SL_accepted", "K", [](R, X x) { return x.queue.sl_accepted; }},
    Column{"SL_answered", "AK", [](R, X x) { return x.queue.sl_answered; }},
    Column{"SL_excl_short_ab", "AK", [](R, X x) { return x.queue.sl_excl_short_abandon; }},
    Column{"SL_ab_ok", "AK", [](R, X x) { return x.queue.sl_abandon_ok; }},
    Column{"P_ab_given_wait", "AK", [](R, X x) { return x.queue.p_abandon_given_wait; }},
};

Answer solve(const Row& row) {
  Answer answer;
  if (row.model == 'B') {
    answer.loss = erlang_b(static_cast<std::int64_t>(row.queue.agents), row.load);
    return answer;
  }
  if (row.model == 'C') answer.loss.blocking = erlang_b_fractional(row.queue.agents, row.load);
  answer.queue = solve_queue(row.queue);
  return answer;
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::string write(const std::vector<Row>& rows) {
  const auto has = [](const Column& column, char model) {
    return std::string_view(column.models).find(model) != std::string_view::npos;
  };
  std::vector<const Column*> columns;
  for (const Column& column : kColumns) {
    bool used = rows.empty();
    for (const Row& row : rows) used = used || has(column, row.model);
    if (used) columns.push_back(&column);
  }
  std::string out = "id";
  for (const Column* column : columns) out += fmt::format(",{}", column->name);
  out += '\n';
  for (const Row& row : rows) {
    const Answer answer = solve(row);
    out += quoted(row.id);
    for (const Column* column : columns) {
      const double value = has(*column, row.model) ? column->value(row, answer) : kNaN;
      out += std::isnan(value) ? std::string(",") : fmt::format(",{}", value);
    }
    out += '\n';
  }
  return out;
}

}  // namespace

std::optional<std::string> solve_batch(std::string_view csv, const std::string& name,
                                       Diagnostics& diagnostics) {
  const std::vector<Line> lines = read_lines(csv);
  if (lines.empty()) {
    Diagnostic missing;
    missing.place = SourcePlace{name, 1, 1, 1};
    missing.code = "empty";
    missing.message = "there is no header row";
    missing.help = kHeaderHelp;
    diagnostics.error(std::move(missing));
    return std::nullopt;
  }
  Reader reader(name, diagnostics);
  reader.read_header(lines.front());
  if (!diagnostics.ok()) return std::nullopt;
  std::vector<Row> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    rows.push_back(reader.read(lines[i], lines.front().cells.size()));
  }
  if (!diagnostics.ok()) return std::nullopt;
  return write(rows);
}

}  // namespace callmill::calculator
