#include "models/shift_design/design_program.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace callmill {
namespace {

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

std::vector<ShiftKind> kinds_of(const ShiftDesignProblem& problem) {
  std::vector<ShiftKind> kinds;
  for (int f = 0; f < static_cast<int>(problem.families.size()); ++f) {
    const ShiftFamily& family = problem.families[index(f)];
    for (int start = family.start_first; start <= family.start_last; ++start)
      for (int length = family.length_least; length <= family.length_most; ++length)
        kinds.push_back({f, start, length});
  }
  return kinds;
}

DesignProgram build_design_program(const ShiftDesignProblem& problem,
                                   std::vector<ShiftKind> kinds) {
  DesignProgram program;
  program.kinds = std::move(kinds);
  Mip& mip = program.mip;
  const int slots = problem.days * problem.slots_per_day;
  for (int t = 0; t < slots; ++t) {
    const std::int64_t before = t > 0 ? problem.demand[index(t - 1)] : 0;
    const double change = static_cast<double>(problem.demand[index(t)] - before);
    mip.add_row(change, change);
  }
  for (const ShiftKind& kind : program.kinds) {
    std::vector<int>& columns = program.heads.emplace_back();
    std::vector<double>& most = program.at_most.emplace_back();
    for (int day = 0; day < problem.days; ++day) {
      // Above the largest demand of its slots, one head less is one too many less in each of them.
      std::int64_t largest = 0;
      const int first = day * problem.slots_per_day + kind.start;
      for (int k = 0; k < kind.length; ++k)
        largest = std::max(largest, problem.demand[index((first + k) % slots)]);
      most.push_back(static_cast<double>(largest));
      columns.push_back(mip.add_column(0, 0, most.back()));
      const int start = first % slots, end = start + kind.length;
      mip.add(start, columns.back(), 1);
      if (end < slots) mip.add(end, columns.back(), -1);
      if (end > slots) {
        mip.add(0, columns.back(), 1);
        mip.add(end - slots, columns.back(), -1);
      }
    }
  }
  mip.leading_columns = static_cast<int>(mip.columns.size());
  const auto add_priced = [&](double price, double sign, std::vector<int>& columns) {
    for (int t = 0; t < slots; ++t) {
      columns.push_back(mip.add_column(price, 0, kUnbounded));
      mip.columns.back().whole = false;
      mip.add(t, columns.back(), sign);
      if (t + 1 < slots) mip.add(t + 1, columns.back(), -sign);
    }
  };
  add_priced(problem.too_few, 1, program.few);
  add_priced(problem.too_many, -1, program.many);
  return program;
}

int add_kinds_in_use(const ShiftDesignProblem& problem, DesignProgram& program) {
  Mip& mip = program.mip;
  const int first = static_cast<int>(mip.columns.size());
  for (std::size_t k = 0; k < program.kinds.size(); ++k) {
    const int in_use = mip.add_column(problem.kind, 0, 1);
    for (std::size_t day = 0; day < program.heads[k].size(); ++day) {
      const int row = mip.add_row(0, kUnbounded);
      mip.add(row, in_use, program.at_most[k][day]);
      mip.add(row, program.heads[k][day], -1);
    }
  }
  return first;
}

}  // namespace callmill
