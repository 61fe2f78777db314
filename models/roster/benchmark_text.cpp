#include "models/roster/benchmark_text.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <utility>

namespace callmill {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> parts(std::string_view text, char separator) {
  std::vector<std::string_view> found;
  while (true) {
    const std::size_t end = text.find(separator);
    found.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return found;
    text.remove_prefix(end + 1);
  }
}

class BenchmarkReader {
 public:
  BenchmarkText read(std::string_view text) {
    for (std::string_view line : parts(text, '\n')) {
      ++line_;
      if (line.empty() || line.front() == '#') continue;
      if (line.starts_with("SECTION_")) {
        section_ = line.substr(8);
        continue;
      }
      cells_ = parts(line, ',');
      read_line();
    }
    finish_shifts();
    if (found_.errors.empty())
      for (std::string& fault : faults(found_.problem)) found_.errors.push_back(std::move(fault));
    return std::move(found_);
  }

 private:
  RosterProblem& p() { return found_.problem; }
  void fail(const std::string& what) {
    found_.errors.push_back(fmt::format("line {}: {}", line_, what));
  }

  void read_line() {
    if (section_ == "HORIZON") {
      if (needs(1)) p().days = number(0);
    } else if (section_ == "SHIFTS") {
      read_shift();
    } else if (section_ == "STAFF") {
      read_person();
    } else if (section_ == "DAYS_OFF") {
      RosterPerson* who = person();
      for (std::size_t i = 1; who != nullptr && i < cells_.size(); ++i)
        who->fixed.push_back({number(i), kDayOff});
    } else if (section_ == "SHIFT_ON_REQUESTS" || section_ == "SHIFT_OFF_REQUESTS") {
      if (!needs(4)) return;
      if (RosterPerson* who = person())
        who->wishes.push_back(
            {number(1), kind(cells_[2]), section_ == "SHIFT_ON_REQUESTS", number(3) * 1.0});
    } else if (section_ == "COVER") {
      if (needs(5))
        p().needs.push_back(
            {number(0), kind(cells_[1]), number(2), number(3) * 1.0, number(4) * 1.0});
    } else {
      fail(fmt::format("stands in no section that is known: {}", section_));
    }
  }

  bool needs(std::size_t cells) {
    if (cells_.size() == cells) return true;
    fail(fmt::format("has {} cells; must have {}", cells_.size(), cells));
    return false;
  }
  int number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > 1'000'000)
      fail(fmt::format("\"{}\" is no whole number from 0 to a million", text));
    return value;
  }
  int number(std::size_t cell) { return number(cells_[cell]); }
  int kind(std::string_view name) {
    for (std::size_t k = 0; k < p().kinds.size(); ++k)
      if (p().kinds[k].name == name) return static_cast<int>(k);
    fail(fmt::format("no shift {}", name));
    return 0;
  }
  RosterPerson* person() {
    for (RosterPerson& one : p().people)
      if (one.name == cells_[0]) return &one;
    fail(fmt::format("nobody is called {}", cells_[0]));
    return nullptr;
  }

  void read_shift() {
    if (!needs(3)) return;
    RosterKind kind;
    kind.name = cells_[0];
    kind.minutes = number(1);
    p().kinds.push_back(std::move(kind));
    followers_.emplace_back(line_, cells_[2]);
  }
  // A shift may name one that stands below it.
  void finish_shifts() {
    for (std::size_t k = 0; k < p().kinds.size(); ++k) {
      line_ = followers_[k].first;
      for (const std::string_view name : parts(followers_[k].second, '|'))
        if (!name.empty()) p().kinds[k].never_before.push_back(kind(name));
    }
  }

  void read_person() {
    if (!needs(8)) return;
    RosterPerson person;
    person.name = cells_[0];
    person.max_of_kind.resize(p().kinds.size());
    for (const std::string_view limit : parts(cells_[1], '|')) {
      const auto sides = parts(limit, '=');
      if (sides.size() != 2 || p().kinds.empty()) {
        fail(fmt::format("\"{}\" is not SHIFT=most", limit));
        continue;
      }
      person.max_of_kind[static_cast<std::size_t>(kind(sides[0]))] = number(sides[1]);
    }
    RosterRules& r = person.rules;
    r.max_minutes = number(2);
    r.min_minutes = number(3);
    r.max_run = number(4);
    r.min_run = number(5);
    r.min_off_run = number(6);
    r.max_weekends = number(7);
    p().people.push_back(std::move(person));
  }

  BenchmarkText found_;
  int line_ = 0;
  std::string section_;
  std::vector<std::string_view> cells_;
  std::vector<std::pair<int, std::string_view>> followers_;  // line and cell, by shift
};

}  // namespace

bool is_benchmark_text(std::string_view text) {
  return text.find("SECTION_HORIZON") != std::string_view::npos;
}

BenchmarkText read_benchmark_text(std::string_view text) {
  return BenchmarkReader{}.read(text);
}

}  // namespace callmill
