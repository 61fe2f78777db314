#include "app/sessions/live_metrics.h"

#include <unistd.h>
#include <boost/json.hpp>
#include <fstream>

namespace callmill::live {
namespace {

namespace json = boost::json;

// Bytes of memory that the program has now; 0 where the system does not say.
double resident_bytes() {
  std::ifstream in{"/proc/self/statm"};
  double all = 0;
  double resident = 0;
  in >> all >> resident;
  return in ? resident * static_cast<double>(sysconf(_SC_PAGESIZE)) : 0;
}

void write_number(serve::Metrics& metrics, const char* name, const json::value* value,
                  const serve::Metrics::Labels& labels) {
  if (value != nullptr && value->is_number()) metrics.set(name, value->to_number<double>(), labels);
}

void write_session(serve::Metrics& metrics, const std::string& id, const json::object& state) {
  const json::object& clock = state.at("clock").as_object();
  metrics.set("callmill_live_lag_seconds", clock.at("lag_ms").to_number<double>() / 1e3,
              {{"session", id}});
  metrics.set("callmill_live_simulated_seconds", clock.at("now").to_number<double>(),
              {{"session", id}});
  const json::object& day = state.at("figures").as_object().at("day").as_object();
  for (const char* outcome : {"offered", "answered", "abandoned", "blocked"})
    write_number(metrics, "callmill_live_calls_total", day.if_contains(outcome),
                 {{"session", id}, {"outcome", outcome}});
  write_number(metrics, "callmill_live_service_level_ratio", day.if_contains("service_level"),
               {{"session", id}});
  for (const auto& queue : state.at("queues").as_object())
    write_number(metrics, "callmill_live_waiting", queue.value().as_object().if_contains("waiting"),
                 {{"session", id}, {"queue", std::string{queue.key()}}});
  for (const auto& group : state.at("groups").as_object()) {
    const json::value* agents = group.value().as_object().if_contains("agents");
    if (agents == nullptr || !agents->is_object()) continue;
    for (const auto& kind : agents->get_object())
      write_number(metrics, "callmill_live_agents", &kind.value(),
                   {{"session", id},
                    {"group", std::string{group.key()}},
                    {"state", std::string{kind.key()}}});
  }
}

void write_twin(serve::Metrics& metrics, const std::string& id, const json::object& twin) {
  write_number(metrics, "callmill_live_twin_behind_seconds", twin.if_contains("behind_s"),
               {{"session", id}});
  const auto count = [&](const char* outcome, const char* key) {
    write_number(metrics, "callmill_live_twin_events_total", twin.if_contains(key),
                 {{"session", id}, {"outcome", outcome}});
  };
  count("all", "events");
  for (const char* outcome : {"late", "duplicate", "impossible", "out_of_day", "unknown"})
    count(outcome, outcome);
  write_number(metrics, "callmill_live_twin_broken_lines_total", twin.if_contains("broken_lines"),
               {{"session", id}});
}

}  // namespace

void describe_metrics(serve::Metrics& metrics) {
  metrics.describe("callmill_live_sessions", "gauge", "Sessions");
  metrics.describe("callmill_live_lag_seconds", "gauge",
                   "How far the simulation is behind the wall clock");
  metrics.describe("callmill_live_simulated_seconds", "gauge",
                   "Simulated time, after midnight of the first day");
  metrics.describe("callmill_live_calls_total", "counter",
                   "Calls of the session's day; an undo takes some back");
  metrics.describe("callmill_live_service_level_ratio", "gauge", "Service level of the day");
  metrics.describe("callmill_live_waiting", "gauge", "Callers waiting");
  metrics.describe("callmill_live_agents", "gauge", "Agents by what they do");
  metrics.describe("callmill_live_twin_behind_seconds", "gauge",
                   "Age of the newest event of the centre that is followed");
  metrics.describe("callmill_live_twin_events_total", "counter",
                   "Events of the centre that is followed; those of an outcome are among all");
  metrics.describe("callmill_live_twin_broken_lines_total", "counter",
                   "Lines of events that could not be read");
  metrics.describe("callmill_resident_memory_bytes", "gauge", "Memory of the program");
}

void write_metrics(const Sessions& sessions, serve::Metrics& metrics) {
  const std::vector<std::string> ids = sessions.ids();
  metrics.set("callmill_live_sessions", static_cast<double>(ids.size()));
  metrics.set("callmill_resident_memory_bytes", resident_bytes());
  for (const std::string& id : ids) {
    const Sessions::Document state = sessions.state(id);
    if (state == nullptr) continue;
    write_session(metrics, id, state->as_object());
    if (const json::object* twin = state->at("twin").if_object()) write_twin(metrics, id, *twin);
  }
}

}  // namespace callmill::live
