// callmill_bench_scenarios: nanoseconds a call, a contact and an event of scenario files, beside
// workload W1, timed in turn so that a noisy machine disturbs all alike. Of the rounds the median
// is printed and the fastest, which other work disturbs least. Calls are the attempts of callers;
// contacts are these, dials of campaigns and of groups, tries of callbacks, chats and messages.
//
//   callmill_bench_scenarios [--rounds N] [--calls N] [--days N] [--alone] [--json] [FILE...]

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "app/files/scenario.h"
#include "base/random/stream.h"
#include "bench/w1_engine.h"
#include "engine/study/day_store.h"
#include "engine/study/replicate.h"

namespace callmill::bench {
namespace {

// One scenario, with so many replications a round that about `calls` calls are simulated.
struct Contestant {
  std::string name;
  Blueprint plan;
  std::uint64_t seed = 1;
  std::int64_t replications = 1;
  double calls_a_day = 0, contacts_a_day = 0, events_a_day = 0;
  std::vector<double> ns_per_day = {};
};

double seconds_of_processor() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

struct Made {
  double calls = 0, contacts = 0, events = 0;
  void operator+=(const Made& more) {
    calls += more.calls;
    contacts += more.contacts;
    events += more.events;
  }
};

template <class Count>
double sum_of(const ReplicationCounts& counts, const KpiLayout& layout, Family family, Count what) {
  const std::size_t found = layout.find(family, {});
  if (found >= layout.rows().size()) return 0;
  const KpiLayout::Row& row = layout.rows()[found];
  double sum = 0;
  for (std::uint32_t i = 0; i < layout.intervals(); ++i)
    sum += counts[row.offset + i * row.width + at(what)];
  return sum * std::max(1U, layout.days());  // an interval is the mean of the run's days
}

// One replication; exported counts are part of what is timed.
Made run_one(Contestant& who, const KpiLayout& layout, Recorder& recorder,
             std::int64_t replication) {
  Made made;
  made.events = static_cast<double>(
      run_day(who.plan, who.seed, static_cast<std::uint64_t>(replication), recorder));
  ReplicationCounts counts;
  export_counts(recorder, layout, counts);
  made.calls = sum_of(counts, layout, Family::kCalls, CallCount::kAttempts);
  made.contacts = made.calls + sum_of(counts, layout, Family::kCampaigns, CampaignCount::kDials) +
                  sum_of(counts, layout, Family::kAgents, AgentCount::kDials) +
                  sum_of(counts, layout, Family::kCallbacks, CallbackCount::kTries) +
                  sum_of(counts, layout, Family::kChats, ChatCount::kCame) +
                  sum_of(counts, layout, Family::kMessages, MessageCount::kCame);
  return made;
}

void time_round(Contestant& who) {
  const KpiLayout layout{who.plan};
  Recorder recorder{who.plan};
  Made made;
  const double start = seconds_of_processor();
  for (std::int64_t r = 0; r < who.replications; ++r) made += run_one(who, layout, recorder, r);
  const double took = seconds_of_processor() - start;
  const auto days = static_cast<double>(who.replications);
  who.calls_a_day = made.calls / days;
  who.contacts_a_day = made.contacts / days;
  who.events_a_day = made.events / days;
  who.ns_per_day.push_back(took * 1e9 / days);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

// `days` > 0: so many replications a round, whatever `calls` says.
Contestant contestant(const std::string& name, const World& world, std::int64_t calls,
                      std::int64_t days) {
  Contestant who{name, make_blueprint(world), world.study.seed};
  who.replications = days;
  if (days > 0) return who;
  const KpiLayout layout{who.plan};
  Recorder recorder{who.plan};
  who.calls_a_day = run_one(who, layout, recorder, 0).calls;
  who.replications = std::max<std::int64_t>(
      1, static_cast<std::int64_t>(static_cast<double>(calls) / std::max(1.0, who.calls_a_day)));
  return who;
}

// By the median of the rounds, then by the fastest. The ratios are to the first contestant, W1.
void print_table(const std::vector<Contestant>& all) {
  fmt::print("{:<20} {:>6} {:>9} {:>12} {:>14} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}\n", "scenario",
             "", "calls/day", "contacts/day", "events/contact", "ns/event", "times", "ns/call",
             "times", "ns/cont.", "times");
  for (const bool fastest : {false, true}) {
    const auto ns_of = [&](const Contestant& who) {
      return fastest ? *std::min_element(who.ns_per_day.begin(), who.ns_per_day.end())
                     : median(who.ns_per_day);
    };
    const Contestant& first = all.front();
    const double day = ns_of(first);
    for (const Contestant& who : all) {
      const double ns = ns_of(who);
      const double event = ns / who.events_a_day, call = ns / who.calls_a_day,
                   contact = ns / who.contacts_a_day;
      fmt::print(
          "{:<20} {:>6} {:>9.0f} {:>12.0f} {:>14.2f} {:>8.1f} {:>8.2f} {:>8.1f} {:>8.2f} {:>8.1f} "
          "{:>8.2f}\n",
          who.name, fastest ? "least" : "median", who.calls_a_day, who.contacts_a_day,
          who.events_a_day / who.contacts_a_day, event, event / (day / first.events_a_day), call,
          call / (day / first.calls_a_day), contact, contact / (day / first.contacts_a_day));
    }
  }
}

// All that its days count, to the last bit: what two builds are compared by.
std::uint64_t fingerprint(const Contestant& who) {
  const KpiLayout layout{who.plan};
  Recorder recorder{who.plan};
  ReplicationCounts counts;
  std::uint64_t all = 0;
  for (std::int64_t r = 0; r < who.replications; ++r) {
    run_day(who.plan, who.seed, static_cast<std::uint64_t>(r), recorder);
    export_counts(recorder, layout, counts);
    all = mix64(all ^ fingerprint_of(layout, counts));
  }
  return all;
}

void print_json(const std::vector<Contestant>& all) {
  for (const Contestant& who : all)
    fmt::print(
        "{{\"scenario\": \"{}\", \"days\": {}, \"calls_a_day\": {:.2f}, \"contacts_a_day\": "
        "{:.2f}, "
        "\"events_a_day\": {:.2f}, \"ns_a_day\": {:.0f}, \"counts\": \"{:016x}\"}}\n",
        who.name, who.replications, who.calls_a_day, who.contacts_a_day, who.events_a_day,
        *std::min_element(who.ns_per_day.begin(), who.ns_per_day.end()), fingerprint(who));
}

int run(int argc, char** argv) {
  std::vector<std::string> files;
  std::int64_t calls = 300'000;
  int rounds = 7;
  CLI::App app{"Nanoseconds a call of scenarios, beside workload W1"};
  app.add_option("--calls", calls, "Calls a round")->check(CLI::Range(1'000, 100'000'000));
  app.add_option("--rounds", rounds, "Rounds")->check(CLI::Range(1, 1'000));
  std::int64_t days = 0;
  app.add_option("--days", days, "Days a round of each scenario, instead of --calls")
      ->check(CLI::Range(1, 1'000'000));
  bool alone = false, json = false;
  app.add_flag("--alone", alone, "Without W1, for a profiler");
  app.add_flag("--json", json, "An object a line instead of the table; of the fastest rounds");
  app.add_option("files", files, "Scenario files");
  CLI11_PARSE(app, argc, argv);
  if (alone && files.empty()) {
    fmt::print(stderr, "--alone wants a scenario\n");
    return 2;
  }

  std::vector<Contestant> all;
  if (!alone) all.push_back(contestant("W1", w1_world(calls), calls, 0));
  for (const std::string& file : files) {
    Diagnostics diagnostics;
    const auto scenario = read_scenario(file, {}, diagnostics);
    if (!scenario || !faults(scenario->world).empty()) {
      fmt::print(stderr, "{} cannot run; see callmill check\n", file);
      return 2;
    }
    all.push_back(
        contestant(std::filesystem::path{file}.stem().string(), scenario->world, calls, days));
  }
  for (int round = 0; round < rounds; ++round)
    for (Contestant& who : all) time_round(who);

  if (json)
    print_json(all);
  else
    print_table(all);
  return 0;
}

}  // namespace
}  // namespace callmill::bench

int main(int argc, char** argv) {
  return callmill::bench::run(argc, argv);
}
