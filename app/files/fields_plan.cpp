// What planning adds: shifts, targets, and how a study is run.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

Record<ShiftPattern> starts_record() {
  return {"a map with from, to and every",
          "",
          {required_key("from", &ShiftPattern::first_start, time_of_day(between(0, kLongest)),
                        "first start"),
           required_key("to", &ShiftPattern::last_start, time_of_day(between(0, kLongest)),
                        "last start"),
           optional_key("every", &ShiftPattern::start_every, duration({0, kLongest, true, false}),
                        "from one start to the next")},
          {}};
}

Record<Break> break_record() {
  return {"a map with the keys of a break",
          "break",
          {optional_key("name", &Break::name, text(), "meal, rest, ..."),
           required_key("length", &Break::length, duration({0, 86400, true, false}), "how long"),
           required_key("earliest", &Break::earliest, duration(between(0, 86400)),
                        "earliest start, after the shift's start"),
           required_key("latest", &Break::latest, duration(between(0, 86400)),
                        "latest start, after the shift's start"),
           optional_key("paid", &Break::paid, yes_no(), "counts for the wage")},
          {}};
}

Record<SplitGap> split_record() {
  const Kind<SimDuration> time = duration({0, 86400, true, false});
  return {"a map with earliest, latest, shortest and longest",
          "split",
          {required_key("earliest", &SplitGap::earliest, time,
                        "earliest start of the gap, in hours on duty since the shift's start"),
           required_key("latest", &SplitGap::latest, time, "latest start of the gap, likewise"),
           required_key("shortest", &SplitGap::shortest, time, "least length of the gap"),
           required_key("longest", &SplitGap::longest, time, "its greatest length"),
           optional_key("every", &SplitGap::every, time, "between starts, and between lengths")},
          {}};
}

Record<Extension> extension_record() {
  const Kind<SimDuration> time = duration({0, 86400, true, false});
  return {
      "a map with most and every",
      "extension",
      {required_key("most", &Extension::most, time, "by how much a shift can go on at the most"),
       optional_key("every", &Extension::every, time, "between ends")},
      {}};
}

Record<ShiftPattern> shift_record() {
  return {"a map with the keys of a shift",
          "shift",
          {required_key("group", &ShiftPattern::group, reference<GroupId>(), "the group it staffs"),
           required_key("length", &ShiftPattern::length, duration({0, 86400, true, false}),
                        "from start to end, without the gap of a split shift"),
           group_key("starts", starts_record(), true, "when it can start"),
           optional_key("breaks", &ShiftPattern::breaks,
                        list_of(record_kind(break_record()), false, "a list of breaks, in order"),
                        "in the order of the shift; their windows cannot overlap"),
           optional_key("wage", &ShiftPattern::wage_per_hour, money("h"), "of paid time"),
           optional_key("night_supplement", &ShiftPattern::night_supplement, money("h"),
                        "added to paid time between 22:00 and 06:00"),
           maybe_key("max_agents", &ShiftPattern::max_agents, count(1, 1'000'000),
                     "over all starts", "none: no limit"),
           maybe_key("min_agents", &ShiftPattern::min_agents, count(1, 1'000'000),
                     "over all starts", "none: no limit"),
           maybe_key("split", &ShiftPattern::split, record_kind(split_record()),
                     "two stretches with unpaid hours off between them; breaks count hours on duty",
                     "none: one stretch"),
           maybe_key("extension", &ShiftPattern::extension, record_kind(extension_record()),
                     "it may go on after its end; what is overtime, pay or labour says",
                     "none: it ends as it ends")},
          {}};
}

// at_least and at_most are one pair of members in the World.
Field<Target> bound_key(const std::string& name, Sense sense, const Kind<double>& kind) {
  return {{name, sense == Sense::kAtLeast ? "must reach this" : "must not pass this", false, "",
           kind.shape},
          [sense, kind](const Node& node, Reader& reader, Target& target) {
            target.sense = sense;
            return kind.read(node, reader, target.value);
          },
          [sense, kind](const Target& target, const Writer& writer) {
            return target.sense == sense ? kind.write(target.value, writer) : Node{};
          }};
}

enum class Scope : std::uint8_t { kCentre, kQueue, kLines };

struct Metric {
  std::string name, help;
  bool at_least, at_most, is_share;
  Scope scope;
};

std::vector<Metric> metrics() {
  return {
      {"answer_rate", "answered / (answered + abandoned)", true, false, true, Scope::kQueue},
      {"overall_answer_rate", "(answered + served by the machine) / all attempts", true, false,
       true, Scope::kCentre},
      {"service_level", "answered within the queue's answer_within / (answered + abandoned)", true,
       false, true, Scope::kQueue},
      {"abandon_rate", "abandoned / (answered + abandoned)", false, true, true, Scope::kQueue},
      {"loss_rate", "blocked / all attempts", false, true, true, Scope::kLines},
      {"occupancy", "talk and wrap / (talk, wrap and available)", true, true, true, Scope::kCentre},
      {"asa", "mean wait of the answered", false, true, false, Scope::kQueue}};
}

Form<Target> metric_form(const Metric& metric) {
  const Kind<double> value =
      metric.is_share ? share_of(between(0, 1)) : seconds(between(0, kLongest));
  Record<Target> record{metric.help, "", {}, {}};
  std::vector<std::string> bounds;
  if (metric.at_least) {
    record.fields.push_back(bound_key("at_least", Sense::kAtLeast, value));
    bounds.push_back("at_least");
  }
  if (metric.at_most) {
    record.fields.push_back(bound_key("at_most", Sense::kAtMost, value));
    bounds.push_back("at_most");
  }
  record.exactly_one.push_back(bounds);
  record.fields.push_back(optional_key(
      "per", &Target::per,
      word<Per>({{"day", Per::kDay},
                 {"interval", Per::kInterval},
                 {"week", Per::kWeek},
                 {"month", Per::kMonth},
                 {"run", Per::kRun}}),
      "on every day, in every interval (by the time of day in a run of several days), in every "
      "week "
      "(from the first day of the run) or calendar month of a run of whole ones, or over the whole "
      "run"));
  record.fields.push_back(maybe_key(
      "price", &Target::price, money(metric.is_share ? "point" : "s"),
      metric.is_share ? "of each percentage point by which it is missed, each open day: a plan may "
                        "miss it"
                      : "of each second by which it is missed, each open day: a plan may "
                        "miss it",
      "none: it must be met"));
  if (metric.scope == Scope::kQueue)
    record.fields.push_back(maybe_key("queue", &Target::queue, reference<QueueId>(),
                                      "of this queue", "none: the whole centre"));
  if (metric.scope == Scope::kLines)
    record.fields.push_back(maybe_key("lines", &Target::trunks, reference<TrunkGroupId>(),
                                      "of this line group", "none: the whole centre"));
  return form<Target, Target>(
      "metric", metric.name, "", metric.help, std::move(record),
      [name = metric.name](Target read, const Node&, Reader&, Target& target) {
        target = std::move(read);
        target.metric = name;
        return true;
      },
      [name = metric.name](const Target& target) {
        return target.metric == name ? std::optional{target} : std::nullopt;
      });
}

}  // namespace

Field<World> shifts_section() {
  return optional_key("shifts", &World::shifts,
                      named(shift_record(), &ShiftPattern::name, name_rule(),
                            "a map of names, with at least one", true),
                      "Kinds of shifts that plan may use.");
}

Field<World> targets_section() {
  std::vector<Form<Target>> forms;
  for (const Metric& metric : metrics()) forms.push_back(metric_form(metric));
  return optional_key(
      "targets", &World::targets,
      list_of(either<Target>("a target such as {metric: answer_rate, at_least: 95%}", "target",
                             "metric", std::nullopt, std::move(forms)),
              false, "a list of targets"),
      "What a plan must reach and a run is held against.");
}

Field<World> actual_section() {
  const Kind<std::string> metric = word<std::string>({{"answer_rate", "answer_rate"},
                                                      {"service_level", "service_level"},
                                                      {"abandon_rate", "abandon_rate"},
                                                      {"loss_rate", "loss_rate"},
                                                      {"mean_wait", "mean_wait"},
                                                      {"asa", "asa"},
                                                      {"occupancy", "occupancy"},
                                                      {"offered", "offered"},
                                                      {"answered", "answered"}});
  Record<ActualSeries> record{
      "a map with metric and values",
      "actual",
      {required_key("metric", &ActualSeries::metric, metric, "of the whole centre, by interval"),
       required_key("values", &ActualSeries::values, series_kind(),
                    "shares as 0 to 1, durations in seconds; one a reporting interval")},
      {}};
  return optional_key("actual", &World::actual,
                      list_of(record_kind(std::move(record)), false, "a list of series"),
                      "What really happened; run prints it beside what it simulates.");
}

Field<World> study_section() {
  return optional_key(
      "study", &World::study,
      record_kind<StudySettings>(
          {"a map with seed, replications and confidence",
           "study",
           {optional_key("seed", &StudySettings::seed, seed_number(),
                         "equal seeds give equal runs"),
            optional_key("replications", &StudySettings::replications, count(1, 1'000'000),
                         "runs simulated, of a day each unless days says more"),
            optional_key("confidence", &StudySettings::confidence, share_of(inside(0, 1)),
                         "of the intervals")},
           {}}),
      "How runs are repeated.");
}

}  // namespace callmill::files
