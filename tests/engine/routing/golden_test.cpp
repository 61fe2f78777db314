// Every exact case of tests/golden/skills.csv: V, N, W, M and X designs, overflow through three
// groups with outbound calls, blends; limited queues, reserves, help for long queues, talk times by
// class and group, dialling with a reserve and at once. The semantics are those of
// skills_cases.json (tests/golden/README.md).

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/study/look.h"
#include "tests/engine/study/run.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

namespace json = boost::json;
using C = CallCount;
using A = AgentCount;

json::object cases() {
  std::ifstream in{test::source_path("tests/golden/skills_cases.json")};
  std::ostringstream text;
  text << in.rdbuf();
  return json::parse(text.str()).as_object();
}

// spec[key][i][j], or `otherwise` where the key or the entry is missing.
double cell(const json::object& spec, const char* key, std::size_t i, std::size_t j,
            double otherwise) {
  const json::value* table = spec.if_contains(key);
  return table == nullptr ? otherwise : table->at(i).at(j).to_number<double>();
}

// Groups of which some class says that it may use them.
std::vector<std::size_t> indices(const json::value& list) {
  std::vector<std::size_t> all;
  for (const json::value& v : list.as_array()) all.push_back(v.to_number<std::size_t>());
  return all;
}

void add_class(const json::object& spec, std::size_t c, SimDuration within, World& world) {
  const json::object& k = spec.at("classes").at(c).as_object();
  CallerType type =
      callers("class-" + std::to_string(c),
              flat_rate(k.at("lam").to_number<double>() * 3600, world.day.length()), c);
  const double theta = k.at("theta").to_number<double>();
  if (theta > 0) type.patience = ExponentialLaw{1 / theta};
  world.caller_types.push_back(std::move(type));
  Queue queue = queue_to("queue-" + std::to_string(c), {}, within);
  queue.capacity = k.at("qcap").to_number<std::int64_t>();
  for (const std::size_t g : indices(spec.at("pref").at(c))) {
    RouteStep step;
    step.group = GroupId{g};
    step.reserve = static_cast<std::int64_t>(cell(spec, "reserve", c, g, 0));
    step.min_queue = static_cast<std::int64_t>(cell(spec, "qmin", c, g, 1));
    queue.route.push_back(step);
  }
  world.queues.push_back(std::move(queue));
}

void add_group(const json::object& spec, std::size_t g, World& world) {
  AgentGroup group = agents("group-" + std::to_string(g),
                            flat(spec.at("groups").at(g).to_number<double>(), world.day.length()));
  for (const std::size_t c : indices(spec.at("take").at(g))) {
    group.takes.push_back(QueueId{c});
    Handling handling;
    handling.callers = world.caller_types[c].name;
    handling.talk = ExponentialLaw{1 / cell(spec, "mu", c, g, 0)};
    group.handling.push_back(std::move(handling));
  }
  const json::value* out = spec.if_contains("out");
  if (out != nullptr && !out->at(g).is_null()) {
    const json::object& dials = out->at(g).as_object();
    group.kind = GroupKind::kFlex;
    group.dialling.emplace();
    group.dialling->talk = ExponentialLaw{1 / dials.at("mu").to_number<double>()};
    group.dialling->reserve = dials.at("reserve").to_number<std::int64_t>();
    if (dials.at("instant").as_bool())
      group.dialling->pause = ConstantLaw{0};
    else
      group.dialling->pause = ExponentialLaw{1 / dials.at("rate").to_number<double>()};
  }
  world.groups.push_back(std::move(group));
}

World world_of(const json::object& spec) {
  OneQueue base;
  base.length = 80h;
  base.interval = base.warm_up = 5h;
  base.lines = 400;
  World world = one_queue(base);
  world.caller_types.clear();
  world.queues.clear();
  world.groups.clear();
  for (std::size_t c = 0; c < spec.at("classes").as_array().size(); ++c) {
    const json::value& within = spec.at("t").at(c);
    add_class(spec, c, from_seconds(within.is_null() ? 0 : within.to_number<double>()), world);
  }
  for (std::size_t g = 0; g < spec.at("groups").as_array().size(); ++g) add_group(spec, g, world);
  return world;
}

template <class Count>
Metric ratio(Family family, std::initializer_list<Count> over, Count under) {
  Metric metric{"", "", "", "", Unit::kSeconds, family, {}, {}, {}};
  for (const Count count : over) metric.numerator.push_back({at(count), 1.0});
  metric.denominator = {{at(under), 1.0}};
  return metric;
}

class Case {
 public:
  Case(const std::string& name, const World& world, std::uint64_t seed, Ledger& ledger)
      : name_{name}, ledger_{ledger}, kpis_{run(world, seed, 120)} {}

  // True when the measure is one that a run can estimate.
  bool compare(const std::string& measure, double exact) {
    const auto number_at = [&](std::size_t i) {
      return static_cast<std::uint32_t>(measure[i] - '0');
    };
    if (measure[0] == 'c' && measure[2] == '_') {
      const auto metric = call_metric(measure.substr(3));
      if (!metric || exact < 1e-4) return metric.has_value();  // too rare to have an interval
      add(measure, *metric, {ScopeKind::kCallerType, number_at(1)}, exact);
      return true;
    }
    const auto elapsed = A::kElapsed;
    const Scope group{ScopeKind::kGroup, number_at(measure.size() - 1)};
    if (measure.starts_with("out_busy_g"))
      add(measure, ratio(Family::kAgents, {A::kDialling}, elapsed), group, exact);
    else if (measure.starts_with("out_rate_g"))
      add(measure, ratio(Family::kAgents, {A::kDials}, elapsed), group, exact);
    else
      return false;
    return true;
  }

 private:
  std::optional<Metric> call_metric(const std::string& measure) const {
    if (measure == "p_nowait") return ratio(Family::kCalls, {C::kAnsweredAtOnce}, C::kAttempts);
    if (measure == "p_block") return ratio(Family::kCalls, {C::kRefused}, C::kAttempts);
    if (measure == "p_ab") return ratio(Family::kCalls, {C::kAbandoned}, C::kAttempts);
    if (measure == "p_served") return ratio(Family::kCalls, {C::kAnswered}, C::kAttempts);
    if (measure == "SL_offered") return ratio(Family::kCalls, {C::kAnsweredWithin}, C::kAttempts);
    if (measure == "P_ab_le") return ratio(Family::kCalls, {C::kAbandonedWithin}, C::kAttempts);
    if (measure == "EW_offered")
      return ratio(Family::kCalls, {C::kWaitAnswered, C::kWaitAbandoned}, C::kAttempts);
    return {};
  }
  void add(const std::string& what, const Metric& metric, Scope scope, double exact) {
    ledger_.add(name_ + " " + what,
                kpis_.estimate(metric, scope, kpis_.layout().intervals(), Ledger::kConfidence),
                exact);
  }

  std::string name_;
  Ledger& ledger_;
  KpiTable kpis_;
};

// Who waits, by class; which class's calls a group answers, and how long it talks with them.
class ByClassAndGroup : public Look {
 public:
  ByClassAndGroup(const Watch& watch, std::size_t classes, std::size_t groups)
      : Look{watch, classes + groups, 2 * classes * groups}, classes_{classes}, groups_{groups} {}
  void event(SimTime t, Calendar::Slot) {
    add_span(t, [&](double seconds) {
      for (std::size_t c = 0; c < classes_; ++c) level(c, seconds * centre().waiting[c].size);
      for (std::size_t g = 0; g < groups_; ++g)
        level(classes_ + g, seconds * centre().idle[g].size);
    });
  }
  void answered(const Call& call, std::uint32_t group, SimDuration, SimDuration talk) {
    const std::size_t of = call.type * groups_ + group;
    count(of);
    count(classes_ * groups_ + of, to_seconds(talk));
  }

 private:
  std::size_t classes_, groups_;
};

// Measures of a class at a group, of the queue of a class, and of a group, which no indicator is:
// true when the measure is one.
class Parts {
 public:
  static constexpr std::int64_t kLooks = 40;
  Parts(const std::string& name, const World& world, std::uint64_t seed, Ledger& ledger)
      : name_{name},
        ledger_{ledger},
        classes_{world.caller_types.size()},
        groups_{world.groups.size()},
        counted_s_{to_seconds(world.day.length() - world.day.warm_up)},
        of_{look<ByClassAndGroup>(world, seed, kLooks, classes_, groups_)} {
    for (const AgentGroup& group : world.groups) staff_.push_back(group.staff->values.front());
  }

  bool compare(const std::string& measure, double exact) {
    unsigned c = 0, g = 0;
    const std::size_t first = classes_ + groups_;
    if (std::sscanf(measure.c_str(), "busy_c%u_g%u", &c, &g) == 2)
      add(measure, first + classes_ * groups_ + c * groups_ + g, 1 / counted_s_, exact);
    else if (std::sscanf(measure.c_str(), "rate_c%u_g%u", &c, &g) == 2)
      add(measure, first + c * groups_ + g, 1 / counted_s_, exact);
    else if (measure == "c" + std::to_string(measure[1] - '0') + "_EQ")
      add(measure, static_cast<std::size_t>(measure[1] - '0'), 1, exact);
    else if (std::sscanf(measure.c_str(), "occ_g%u", &g) == 1)
      add("idle of " + measure, classes_ + g, 1 / staff_[g], 1 - exact);
    else
      return false;
    return true;
  }

 private:
  void add(const std::string& what, std::size_t i, double by, double exact) {
    if (exact < 1e-4) return;  // too rare to have an interval
    ledger_.add(name_ + " " + what, average(of_, i, Ledger::kConfidence, by), exact);
  }
  std::string name_;
  Ledger& ledger_;
  std::size_t classes_, groups_;
  double counted_s_;
  Moments of_;
  std::vector<double> staff_;
};

void compare_case(const std::string& name, const json::object& spec,
                  const std::vector<GoldenRow>& rows, std::uint64_t seed, Ledger& ledger) {
  const World world = world_of(spec);
  Case run{name, world, seed, ledger};
  Parts parts{name, world, seed + 500, ledger};
  std::size_t left = 0;
  for (const GoldenRow& row : rows) {
    if (row.at("case") != name) continue;
    const std::string& measure = row.at("measure");
    const double exact = number(row, "value");
    left += parts.compare(measure, exact) || run.compare(measure, exact) ? 0u : 1u;
  }
  CHECK(left == 1);  // the number of states
}

}  // namespace

TEST_CASE("Routing: every exact case of groups, queues and outbound calls") {
  Ledger ledger{"routing, golden"};
  const std::vector<GoldenRow> rows = golden("skills.csv");
  std::uint64_t seed = 3000;
  const json::object all = cases();
  CHECK(all.size() == 21);
  for (const auto& [name, spec] : all)
    compare_case(std::string{name}, spec.as_object(), rows, seed++, ledger);
  ledger.judge();
}

}  // namespace callmill::test
