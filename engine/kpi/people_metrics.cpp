// Indicators of agents as people.

#include "engine/kpi/metric.h"
#include "engine/kpi/metric_parts.h"

namespace callmill {

void add_people(std::vector<Metric>& m) {
  using P = PeopleCount;
  const std::vector<ScopeKind> scopes = {ScopeKind::kTotal, ScopeKind::kGroup};
  const auto share = [&](std::string_view key, std::string_view en, std::string_view zh,
                         std::string_view formula, P part, P whole) {
    m.push_back({key,
                 en,
                 zh,
                 formula,
                 Unit::kShare,
                 Family::kPeople,
                 scopes,
                 {{at(part), 1.0}},
                 {{at(whole), 1.0}}});
  };
  share("attendance", "Attendance", "出勤率", "present shifts / planned shifts", P::kPresentShifts,
        P::kPlannedShifts);
  share("adherence", "Adherence", "遵时率", "time in the scheduled state / scheduled time",
        P::kInSchedule, P::kScheduled);
  share("conformance", "Conformance", "工时达成率", "time worked / time scheduled to work",
        P::kWorked, P::kPlannedWork);
  share("no_answer_rate", "Phones not picked up", "坐席未应答率", "not picked up / rings",
        P::kNotPickedUp, P::kRings);
  const auto aux = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula,
                       P code) { share(key, en, zh, formula, code, P::kSignedIn); };
  aux("aux_break", "Breaks", "小休占比", "break / signed-in", P::kBreak);
  aux("aux_meal", "Meals", "用餐占比", "meal / signed-in", P::kMeal);
  aux("aux_meeting", "Meetings", "会议占比", "meeting / signed-in", P::kMeeting);
  aux("aux_training", "Training", "培训占比", "training / signed-in", P::kTraining);
  aux("aux_coaching", "Coaching", "辅导占比", "coaching / signed-in", P::kCoaching);
  aux("aux_no_answer", "Rest after no answer", "未应答示忙占比", "no_answer / signed-in",
      P::kNoAnswer);
  aux("aux_other", "Other aux", "其他示忙占比", "other / signed-in", P::kOther);
}

}  // namespace callmill
