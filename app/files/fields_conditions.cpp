// Conditions on the centre's own indicators, as routes, offers, call-ins and rules use them.

#include "app/files/fields.h"

namespace callmill::files {
namespace {

// at_least and at_most are one pair of members in the World.
Field<Condition> bound_key(const std::string& name, Sense sense, const Kind<double>& kind) {
  return {{name, sense == Sense::kAtLeast ? "holds from here up" : "holds from here down", false,
           "", kind.shape},
          [sense, kind](const Node& node, Reader& reader, Condition& condition) {
            condition.sense = sense;
            return kind.read(node, reader, condition.value);
          },
          [sense, kind](const Condition& condition, const Writer& writer) {
            return condition.sense == sense ? kind.write(condition.value, writer) : Node{};
          }};
}

enum class Unit : std::uint8_t { kCount, kShare, kTime };

struct Row {
  Indicator indicator;
  Unit unit;
  std::string keys;  // that fit it, beside a bound and lasting
  std::string help;
};

std::vector<Row> rows() {
  return {
      {Indicator::kWaiting, Unit::kCount, "queue",
       "contacts that wait in the queue; of all without it"},
      {Indicator::kLongestWait, Unit::kTime, "queue", "of the contact that waits longest"},
      {Indicator::kExpectedWait, Unit::kTime, "queue", "what a caller who joined now could expect"},
      {Indicator::kIdleAgents, Unit::kCount, "group", "available agents of the group"},
      {Indicator::kBusyShare, Unit::kShare, "group", "busy / (busy + available) of the group, now"},
      {Indicator::kLinesInUse, Unit::kCount, "lines", "lines of the line group that are held"},
      {Indicator::kLineShare, Unit::kShare, "lines", "lines that are held / lines in service"},
      {Indicator::kBacklog, Unit::kCount, "queue", "deferred contacts open in the queue"},
      {Indicator::kServiceLevel, Unit::kShare, "queue, over",
       "answered within answer_within / (answered + abandoned), over a window"},
      {Indicator::kAnswerRate, Unit::kShare, "queue, over",
       "answered / (answered + abandoned), over a window"},
      {Indicator::kAbandonRate, Unit::kShare, "queue, over",
       "abandoned / (answered + abandoned), over a window"},
      {Indicator::kLossRate, Unit::kShare, "lines, over",
       "blocked / attempts of the line group, over a window"},
      {Indicator::kOccupancy, Unit::kShare, "group, over",
       "busy time / (busy + available time) of the group, over a window"},
      {Indicator::kArrivals, Unit::kCount, "queue, over",
       "contacts offered to the queue in a window"}};
}

Form<Condition> indicator_form(const Row& row) {
  const Kind<double> value = row.unit == Unit::kShare  ? share_of(between(0, 1))
                             : row.unit == Unit::kTime ? seconds(between(0, kLongest))
                                                       : whole_number(between(0, 1e9));
  Record<Condition> record{
      row.help + "; with " + row.keys,
      "",
      {bound_key("at_least", Sense::kAtLeast, value), bound_key("at_most", Sense::kAtMost, value),
       maybe_key("queue", &Condition::queue, reference<QueueId>(), "of this queue", "none: all"),
       maybe_key("group", &Condition::group, reference<GroupId>(), "of this group", "none: all"),
       maybe_key("lines", &Condition::trunks, reference<TrunkGroupId>(), "of this line group",
                 "none: all"),
       optional_key("over", &Condition::over, duration(between(0, kLongest)),
                    "window of a rate, in whole minutes up to 4h; 0s = since opening"),
       optional_key("lasting", &Condition::lasting, duration(between(0, kLongest)),
                    "in rules: must have held so long")},
      {{"at_least", "at_most"}}};
  return form<Condition, Condition>(
      "indicator", key_of(row.indicator), "", row.help + "; with " + row.keys, std::move(record),
      [indicator = row.indicator](Condition read, const Node&, Reader&, Condition& condition) {
        condition = read;
        condition.indicator = indicator;
        return true;
      },
      [indicator = row.indicator](const Condition& condition) {
        return condition.indicator == indicator ? std::optional{condition} : std::nullopt;
      });
}

}  // namespace

Kind<Condition> condition_kind() {
  std::vector<Form<Condition>> forms;
  for (const Row& row : rows()) forms.push_back(indicator_form(row));
  return either<Condition>("a condition such as {indicator: waiting, at_least: 5}", "condition",
                           "indicator", std::nullopt, std::move(forms));
}

Kind<std::vector<Condition>> conditions_kind() {
  return list_of(condition_kind(), true, "a list of conditions, at least one");
}

}  // namespace callmill::files
