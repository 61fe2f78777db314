#include "models/cover/cover_model.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

namespace callmill {
namespace {

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

class Builder {
 public:
  explicit Builder(const CoverProblem& problem) : problem_{problem} {}

  CoverModel build() {
    add_agents();
    add_owed();
    add_present();
    for (std::size_t c = 0; c < model_.classes.size(); ++c) add_class_rows(c);
    add_limits();
    for (const CoverLimit& limit : problem_.limits) add_limit(limit);
    for (const CoverPresence& presence : problem_.presence) add_presence(presence);
    for (const CoverGoal& goal : problem_.goals) add_goal(goal);
    return std::move(model_);
  }

 private:
  int slot(int t) const { return ((t % problem_.slots) + problem_.slots) % problem_.slots; }

  void add_agents() {
    for (int s = 0; s < static_cast<int>(problem_.shifts.size()); ++s) {
      const CoverShift& shift = problem_.shifts[index(s)];
      for (std::size_t k = 0; k < shift.starts.size(); ++k) {
        if (!problem_.cyclic && shift.starts[k] + shift.length > problem_.slots) continue;
        const int column = model_.mip.add_column(shift.cost[k], 0, kUnbounded);
        model_.agents.push_back({s, shift.starts[k], column});
      }
    }
    model_.mip.leading_columns = static_cast<int>(model_.mip.columns.size());
  }

  void add_owed() {
    for (const CoverColumn& agents : model_.agents) {
      for (const CoverBreak& rest : problem_.shifts[index(agents.shift)].breaks) {
        if (rest.latest == rest.earliest) continue;
        const auto [at, fresh] = class_of_.try_emplace(
            std::pair{rest.length, rest.latest - rest.earliest}, model_.classes.size());
        if (fresh) model_.classes.push_back({rest.length, rest.latest - rest.earliest, {}});
      }
    }
    for (BreakClass& cls : model_.classes)
      for (int t = 0; t < problem_.slots; ++t)
        cls.owed.push_back(model_.mip.add_column(0, 0, kUnbounded));
  }

  void contribute(int t, int column, double value) {
    add_to_present(model_, slot(t), column, value);
  }

  void add_present() {
    for (int t = 0; t < problem_.slots; ++t) {
      const double need = whole_agents(problem_.requirement[index(t)]);
      model_.present.push_back(model_.mip.add_column(0, need, kUnbounded));
      model_.present_row.push_back(model_.mip.add_row(0, 0));
    }
    for (int t = 0; t < problem_.slots; ++t) contribute(t, model_.present[index(t)], -1);
    for (const CoverColumn& agents : model_.agents) {
      const CoverShift& shift = problem_.shifts[index(agents.shift)];
      std::vector<bool> at_work(index(shift.length), true);
      for (const CoverBreak& rest : shift.breaks)
        std::fill_n(at_work.begin() + rest.earliest, rest.length, false);
      std::fill_n(at_work.begin() + shift.gap_start, shift.gap_length, false);
      for (int k = 0; k < shift.length; ++k)
        if (at_work[index(k)]) contribute(agents.start + k, agents.column, 1);
    }
    for (const BreakClass& cls : model_.classes) {
      for (int t = 0; t < problem_.slots; ++t) {
        contribute(t, cls.owed[index(t)], 1);
        // What is owed when the day ends belongs to a day that does not repeat: it is 0 by the rows
        // of the class.
        if (problem_.cyclic || t + cls.length < problem_.slots)
          contribute(t + cls.length, cls.owed[index(t)], -1);
      }
    }
  }

  void add_class_rows(std::size_t c) {
    const BreakClass& cls = model_.classes[c];
    Mip& mip = model_.mip;
    std::vector<int> starts, not_late;
    for (int t = 0; t < problem_.slots; ++t) {
      starts.push_back(mip.add_row(0, kUnbounded));
      not_late.push_back(mip.add_row(0, kUnbounded));
      mip.add(starts.back(), cls.owed[index(t)], -1);
      if (t > 0 || problem_.cyclic) mip.add(starts.back(), cls.owed[index(slot(t - 1))], 1);
      mip.add(not_late.back(), cls.owed[index(t)], -1);
    }
    for (const CoverColumn& agents : model_.agents) {
      for (const CoverBreak& rest : problem_.shifts[index(agents.shift)].breaks) {
        if (rest.length != cls.length || rest.latest - rest.earliest != cls.width) continue;
        const int opens = agents.start + rest.earliest;
        mip.add(starts[index(slot(opens))], agents.column, 1);
        for (int k = 0; k < cls.width; ++k)
          mip.add(not_late[index(slot(opens + k))], agents.column, 1);
      }
    }
  }

  void add_limits() {
    for (int s = 0; s < static_cast<int>(problem_.shifts.size()); ++s) {
      const std::int64_t limit = problem_.shifts[index(s)].max_agents;
      if (limit < 0) continue;
      const int row = model_.mip.add_row(-kUnbounded, static_cast<double>(limit));
      for (const CoverColumn& agents : model_.agents)
        if (agents.shift == s) model_.mip.add(row, agents.column, 1);
    }
  }

  // Shares are of the sum of all agents: heads - share x sum is held on its side of 0.
  void add_limit(const CoverLimit& limit) {
    std::vector<bool> counted(problem_.shifts.size(), false);
    for (const int s : limit.shifts) counted[index(s)] = true;
    Mip& mip = model_.mip;
    const auto add = [&](double lower, double upper, double share) {
      const int row = mip.add_row(lower, upper);
      for (const CoverColumn& agents : model_.agents) {
        const double value = (counted[index(agents.shift)] ? 1 : 0) - share;
        if (value != 0) mip.add(row, agents.column, value);
      }
    };
    if (limit.at_least > 0 || limit.at_most >= 0)
      add(static_cast<double>(limit.at_least),
          limit.at_most < 0 ? kUnbounded : static_cast<double>(limit.at_most), 0);
    if (limit.least_share > 0) add(0, kUnbounded, limit.least_share);
    if (limit.most_share < 1) add(-kUnbounded, 0, limit.most_share);
  }

  // Who is at work has a column already. Who is on duty is a sum of agents, a row a slot.
  void add_presence(const CoverPresence& presence) {
    Mip& mip = model_.mip;
    std::vector<int> row(index(problem_.slots), -1);
    for (int t = 0; t < problem_.slots; ++t) {
      const auto least = static_cast<double>(presence.at_least[index(t)]);
      const std::int64_t most = presence.at_most[index(t)];
      const double upper = most < 0 ? kUnbounded : static_cast<double>(most);
      if (!presence.on_duty) {
        MipColumn& column = mip.columns[index(model_.present[index(t)])];
        column.lower = std::max(column.lower, least);
        column.upper = std::min(column.upper, upper);
      } else if (least > 0 || most >= 0) {
        row[index(t)] = mip.add_row(least, upper);
      }
    }
    if (!presence.on_duty) return;
    for (const CoverColumn& agents : model_.agents) {
      const CoverShift& shift = problem_.shifts[index(agents.shift)];
      for (int k = 0; k < shift.length; ++k) {
        if (k >= shift.gap_start && k < shift.gap_start + shift.gap_length) continue;
        const int t = slot(agents.start + k);
        if (row[index(t)] >= 0) mip.add(row[index(t)], agents.column, 1);
      }
    }
  }

  void add_goal(const CoverGoal& goal) {
    Mip& mip = model_.mip;
    double largest = 0;  // the row is in its unit: the solver likes numbers near 1
    for (const auto& blocks : goal.worth)
      if (!blocks.empty()) largest = std::max(largest, blocks.front().each);
    if (largest <= 0) largest = 1;
    const int day = mip.add_row(goal.least / largest, kUnbounded);
    std::vector<std::vector<int>>& used = model_.used.emplace_back(goal.worth.size());
    for (int t = 0; t < problem_.slots; ++t) {
      if (goal.worth[index(t)].empty()) continue;
      const int there = mip.add_row(static_cast<double>(goal.from[index(t)]), kUnbounded);
      mip.add(there, model_.present[index(t)], 1);
      for (const CoverWorth& block : goal.worth[index(t)]) {
        const int column = mip.add_column(0, 0, static_cast<double>(block.agents));
        mip.columns.back().whole = false;
        mip.add(there, column, -1);
        mip.add(day, column, block.each / largest);
        used[index(t)].push_back(column);
      }
    }
  }

  const CoverProblem& problem_;
  CoverModel model_;
  std::map<std::pair<int, int>, std::size_t> class_of_;  // by length and width
};

}  // namespace

double whole_agents(double requirement) {
  return std::max(0.0, std::ceil(requirement - 1e-9));
}

// Row t reads 0 = difference - present(t) + present(t - 1).
void add_to_present(CoverModel& model, int t, int column, double value) {
  model.mip.add(model.present_row[index(t)], column, value);
  if (index(t + 1) < model.present_row.size())
    model.mip.add(model.present_row[index(t + 1)], column, -value);
}

double common_step(const std::vector<double>& costs) {
  double largest = 0, step = 0;
  for (const double cost : costs) largest = std::max(largest, cost);
  const double tolerance = 1e-9 * largest;
  for (const double cost : costs) {
    double a = std::max(step, cost), b = std::min(step, cost);
    while (b > tolerance) {
      double rest = std::fmod(a, b);
      if (b - rest <= tolerance) rest = 0;
      a = b;
      b = rest;
    }
    step = a;
  }
  return step < 1e-5 * largest ? 0 : step;
}

CoverModel build_cover_model(const CoverProblem& problem) {
  return Builder{problem}.build();
}

}  // namespace callmill
