#include <cmath>
#include <cstddef>
#include <vector>

#include "base/check.h"
#include "models/cover/cover_model.h"

namespace callmill {
namespace {

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

std::int64_t count(const std::vector<double>& values, int column) {
  return std::llround(values[index(column)]);
}

// Gives the breaks of one class to agents: the k-th window to open takes the k-th start. `due[t]`
// are the places to be filled by windows that open in slot t.
void hand_out(const BreakClass& cls, bool cyclic, const std::vector<std::vector<int*>>& due,
              const std::vector<double>& values) {
  const int slots = static_cast<int>(due.size());
  std::vector<int*> waiting;
  std::vector<int> starts;
  // Breaks owed from the evening before are taken first; they belong to the last windows of the
  // day.
  const std::int64_t carried = cyclic ? count(values, cls.owed.back()) : 0;
  std::int64_t owed = carried;
  for (int t = 0; t < slots; ++t) {
    const std::vector<int*>& opened = due[index(t)];
    waiting.insert(waiting.end(), opened.begin(), opened.end());
    const std::int64_t still_owed = count(values, cls.owed[index(t)]);
    const std::int64_t start_now = owed + static_cast<std::int64_t>(opened.size()) - still_owed;
    CALLMILL_CHECK(start_now >= 0, "the program lets no break start before its window");
    starts.insert(starts.end(), static_cast<std::size_t>(start_now), t);
    owed = still_owed;
  }
  CALLMILL_CHECK(starts.size() == waiting.size(), "the program gives every break a start");
  for (std::size_t i = 0; i < waiting.size(); ++i)
    *waiting[i] = starts[(i + static_cast<std::size_t>(carried)) % starts.size()];
}

}  // namespace

std::vector<CoverChoice> choices_of(const CoverProblem& problem, const CoverModel& model,
                                    const std::vector<double>& values) {
  std::vector<CoverChoice> choices;
  for (const CoverColumn& column : model.agents) {
    const std::int64_t agents = count(values, column.column);
    if (agents == 0) continue;
    const std::vector<CoverBreak>& breaks = problem.shifts[index(column.shift)].breaks;
    CoverChoice choice{column.shift, column.start, agents, {}};
    std::vector<int> at_earliest;
    for (const CoverBreak& rest : breaks)
      at_earliest.push_back((column.start + rest.earliest) % problem.slots);
    choice.break_start.assign(static_cast<std::size_t>(agents), at_earliest);
    choices.push_back(std::move(choice));
  }
  for (const BreakClass& cls : model.classes) {
    std::vector<std::vector<int*>> due(index(problem.slots));
    for (CoverChoice& choice : choices) {
      const std::vector<CoverBreak>& breaks = problem.shifts[index(choice.shift)].breaks;
      for (std::size_t b = 0; b < breaks.size(); ++b) {
        if (breaks[b].length != cls.length || breaks[b].latest - breaks[b].earliest != cls.width)
          continue;
        for (std::vector<int>& of_agent : choice.break_start)
          due[index(of_agent[b])].push_back(&of_agent[b]);
      }
    }
    hand_out(cls, problem.cyclic, due, values);
  }
  return choices;
}

}  // namespace callmill
