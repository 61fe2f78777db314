#include "tests/engine/explain/why_not_samples.h"

#include "tests/engine/planning/plan_worlds.h"

namespace callmill::test {

void one_shift(World& w, SimDuration length, SimDuration first, SimDuration last) {
  w.shifts = {shift_of("day", 0, length, first, last, 40)};
}

std::vector<Sample> samples() {
  return {
      {"a limit of the only kind",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 3;
       },
       {"max_agents of 'day' is 3", "service_level >= 80%"},
       {"max_agents of 'day' is ", "service_level >= "}},
      {"two limits",
       [](World& w) {
         w.shifts = {shift_of("early", 0, 5h, 8h, 11h, 40), shift_of("late", 0, 5h, 8h, 11h, 44)};
         w.shifts[0].max_agents = w.shifts[1].max_agents = 2;
       },
       {"max_agents of 'early' is 2", "max_agents of 'late' is 2"},
       {"max_agents of 'early'", "max_agents of 'late'", "hired"}},
      {"three limits",
       [](World& w) {
         w.shifts = {shift_of("a", 0, 8h, 8h, 8h, 40), shift_of("b", 0, 8h, 8h, 8h, 41),
                     shift_of("c", 0, 8h, 8h, 8h, 42)};
         for (ShiftPattern& s : w.shifts) s.max_agents = 1;
       },
       {"max_agents of 'a'", "max_agents of 'b'", "max_agents of 'c'"},
       {"max_agents of 'a' is ", "max_agents of 'c' is "}},
      {"nobody may work",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 0;
       },
       {"max_agents of 'day' is 0"},
       {"max_agents of 'day' is "}},
      {"starts too late",
       [](World& w) { one_shift(w, 4h, 10h, 12h); },
       {"'day' begins from 10:00 to 12:00, every 1h", "08:00 to "},
       {"'day' may begin from 08:00 instead of 10:00"}},
      {"starts too early",
       [](World& w) { one_shift(w, 4h, 8h, 10h); },
       {"'day' begins from 08:00 to 10:00, every 1h"},
       {"'day' may begin until 12:00 instead of 10:00"}},
      {"one start", [](World& w) { one_shift(w, 6h, 9h, 9h); }, {"'day' begins at 09:00"}, {}},
      {"too short a day",
       [](World& w) { one_shift(w, 7h, 8h, 8h); },
       {"'day' begins at 08:00", "'day' lasts 7h"},
       {"'day' lasts 8h instead of 7h", "'day' may begin until 09:00 instead of 08:00"}},
      {"a meal for all at once",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].breaks.push_back(break_of("meal", 30min, 4h, 4h, false));
       },
       {"breaks of 'day' begin within their windows"},
       {"break windows of 'day' are wider by 30min at both ends"}},
      {"two breaks for all at once",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].breaks.push_back(break_of("rest", 30min, 2h, 2h, true));
         w.shifts[0].breaks.push_back(break_of("meal", 1h, 4h, 4h, false));
       },
       {"breaks of 'day' begin within their windows"},
       {"break windows of 'day' are wider by"}},
      {"an answer rate that the limit cannot give",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 5;
         w.targets = {target_of("answer_rate", Sense::kAtLeast, 0.97)};
       },
       {"answer_rate >= 97% over the day", "max_agents of 'day' is 5"},
       {"answer_rate >= "}},
      {"too few may abandon",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 5;
         w.targets = {target_of("abandon_rate", Sense::kAtMost, 0.02, Per::kInterval)};
       },
       {"abandon_rate <= 2% in each interval"},
       {"abandon_rate <= "}},
      {"too short a wait",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 5;
         w.targets = {target_of("asa", Sense::kAtMost, 2)};
       },
       {"asa <= 2s over the day"},
       {"asa <= "}},
      {"agents too little occupied",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 5;
         w.targets = {target_of("occupancy", Sense::kAtMost, 0.3)};
       },
       {"occupancy <= 30% over the day"},
       {"occupancy <= "}},
      {"of two targets the one that asks for more",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 5;
         w.targets = {target_of("answer_rate", Sense::kAtLeast, 0.7),
                      target_of("service_level", Sense::kAtLeast, 0.95)};
       },
       {"service_level >= 95%"},
       {"service_level >= "}},
      {"not even the load",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 1;
         w.targets.clear();
       },
       {"max_agents of 'day' is 1"},
       {"max_agents of 'day' is "}},
      {"each hour by itself, but not all",
       [](World& w) {
         one_shift(w, 1h, 8h, 15h);
         w.shifts[0].max_agents = 12;
       },
       {"max_agents of 'day' is 12"},
       {"max_agents of 'day' is "}},
      {"a hole between two starts",
       [](World& w) {
         one_shift(w, 3h, 8h, 12h);
         w.shifts[0].start_every = 4h;
       },
       {"'day' begins from 08:00 to 12:00, every 4h", "'day' lasts 3h"},
       {"'day' lasts 4h instead of 3h"}},
      {"one kind too few, the other too early",
       [](World& w) {
         w.shifts = {shift_of("early", 0, 4h, 8h, 9h, 40), shift_of("late", 0, 4h, 12h, 12h, 44)};
         w.shifts[1].max_agents = 2;
       },
       {"'early' begins from 08:00 to 09:00, every 1h", "max_agents of 'late' is 2"},
       {"'early' may begin until 12:00 instead of 09:00", "max_agents of 'late' is "}},
      {"a queue of its own",
       [](World& w) {
         one_shift(w, 8h, 8h, 8h);
         w.shifts[0].max_agents = 4;
         w.targets[0].queue = QueueId{0};
         w.targets[0].value = 0.9;
       },
       {"service_level >= 90% for 'service' over the day"},
       {"service_level >= "}},
      {"too few seats",
       [](World& w) {
         ShiftLimit seats;
         seats.group = GroupId{0};
         seats.name = "seats";
         seats.of = LimitOf::kOnDuty;
         seats.at_most = 3;
         w.limits = {seats};
       },
       {"limit 'seats' is at most 3", "service_level >= 80%"},
       {"limit 'seats' is at most ", "service_level >= "}},
      {"more of a kind than there are seats",
       [](World& w) {
         w.shifts[0].min_agents = 6;
         ShiftLimit seats;
         seats.group = GroupId{0};
         seats.name = "seats";
         seats.of = LimitOf::kOnDuty;
         seats.at_most = 5;
         w.limits = {seats};
         w.shifts[0].first_start = w.shifts[0].last_start = 9h;
         w.targets = {target_of("service_level", Sense::kAtLeast, 0.05)};
       },
       {"limit 'seats' is at most 5", "min_agents of 'long' is 6"},
       {"limit 'seats' is at most ", "min_agents of 'long' is "}},
      {"a share of heads that the others cannot fill",
       [](World& w) {
         w.shifts[0].max_agents = 3;
         ShiftLimit part;
         part.group = GroupId{0};
         part.name = "part";
         part.shifts = {"short"};
         part.share_at_most = 0.25;
         w.limits = {part};
       },
       {"limit 'part' is at most 25%", "max_agents of 'long' is 3"},
       {"limit 'part' is at most ", "max_agents of 'long' is "}},
      {"split shifts alone, too few",
       [](World& w) {
         one_shift(w, 6h, 8h, 8h);
         w.shifts[0].split = SplitGap{2h, 3h, 1h, 2h, 1h};
         w.shifts[0].breaks = {break_of("tea", 15min, 1h, 1h, true),
                               break_of("rest", 15min, 4h, 4h, true)};
         w.shifts[0].max_agents = 4;
         w.shifts[0].min_agents = 1;
       },
       {"'day' begins at 08:00", "breaks of 'day' begin within their windows"},
       {"hired"}},
      {"a night without a shift",
       [](World& w) {
         w.day.opens = 0h;
         w.day.closes = 24h;
         w.caller_types[0].volume = flat_rate(20, 24h);
         one_shift(w, 8h, 6h, 10h);
       },
       {"'day' begins from 06:00 to 10:00, every 1h"},
       {"'day' may begin "}},
      {"past midnight, but not far enough",
       [](World& w) {
         w.day.opens = 0h;
         w.day.closes = 24h;
         w.caller_types[0].volume = flat_rate(20, 24h);
         w.shifts = {shift_of("night", 0, 8h, 20h, 22h, 50), shift_of("day", 0, 8h, 8h, 12h, 40)};
       },
       {"06:00 to "},
       {"'day' may begin from 06:00 instead of 08:00"}},
  };
}

}  // namespace callmill::test
