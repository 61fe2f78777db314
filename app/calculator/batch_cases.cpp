#include "app/calculator/batch_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <functional>
#include <vector>

#include "app/calculator/batch_skills.h"
#include "app/calculator/case_fields.h"
#include "models/transient/transient.h"

namespace callmill::calculator {
namespace {

namespace json = boost::json;

constexpr double kMostRate = 1e15;
constexpr int kMost = 10'000'000;

using Job = std::function<std::string()>;

// ---- A day ----
ShiftEnd shift_end(const json::value* policy, const std::string& path, CaseFields& in) {
  const json::string* text = policy == nullptr ? nullptr : policy->if_string();
  if (text != nullptr && *text == "anon") return ShiftEnd::kPooled;
  if (text != nullptr && *text == "preempt") return ShiftEnd::kAtOnce;
  if (policy != nullptr && (text == nullptr || *text != "named"))
    in.fail(path, fmt::format("is {}; must be named, anon or preempt", json::serialize(*policy)));
  return ShiftEnd::kNamed;
}

TransientInput read_day(const std::string& name, const json::value& of, CaseFields& in) {
  const auto get = [&](const char* key, double low) {
    return in.number(in.member(of, key, name), fmt::format("{}.{}", name, key), low, kMostRate);
  };
  TransientInput day;
  day.service_rate = get("mu", 0);
  day.patience_rate = get("theta", 0);
  day.within = get("T", 0);
  day.lines = in.whole(in.member(of, "K", name), name + ".K", 0, kMost);
  day.calls_at_start = in.whole(in.member(of, "k0", name), name + ".k0", 0, kMost);
  day.shift_end = shift_end(in.member(of, "policy", name), name + ".policy", in);
  const json::array* pieces = in.list(in.member(of, "intervals", name), name + ".intervals");
  if (pieces == nullptr) return day;
  for (std::size_t i = 0; i < pieces->size(); ++i) {
    const std::string path = fmt::format("{}.intervals[{}]", name, i);
    const json::array* p = in.list(&(*pieces)[i], path);
    if (p == nullptr || p->size() != 4) {
      if (p != nullptr) in.fail(path, "must be [from, to, calls, agents]");
      continue;
    }
    const double from = in.number(&(*p)[0], path + "[0]", 0, kMostRate);
    const double to = in.number(&(*p)[1], path + "[1]", 0, kMostRate);
    day.pieces.push_back({to - from, in.number(&(*p)[2], path + "[2]", 0, kMostRate),
                          in.whole(&(*p)[3], path + "[3]", 0, kMost)});
  }
  return day;
}

constexpr const char* kDayHeader =
    "scenario,interval,t0,t1,lam,n,offered,blocked,immediate,answers,abandons,completions,"
    "coh_answered_T,coh_abandoned_T,SL_offered,SL_excl_short_ab,SL_ab_ok,avg_queue,avg_busy,"
    "avg_leavers,occ,p_allbusy,end_queue,end_busy,end_insystem\n";

std::string day_rows(const std::string& name, const TransientInput& day) {
  const TransientResult result = solve_transient(day);
  std::string out;
  double from = 0;
  for (std::size_t i = 0; i < day.pieces.size(); ++i) {
    const TransientPiece& piece = day.pieces[i];
    const TransientInterval& t = result.intervals[i];
    out += fmt::format("{},{},{},{},{},{}", name, i, from, from + piece.length, piece.arrival_rate,
                       piece.agents);
    for (const double value :
         {t.offered, t.blocked, t.immediate, t.answers, t.abandons, t.completions,
          t.answered_within, t.abandoned_within, t.sl_offered, t.sl_excl_short_abandon,
          t.sl_abandon_ok, t.mean_queue, t.mean_busy, t.mean_leavers, t.occupancy, t.p_all_busy,
          t.end_queue, t.end_busy, t.end_in_system})
      out += fmt::format(",{}", value);
    out += '\n';
    from += piece.length;
  }
  return out;
}

// ---- Cases ----
Job read_case(const std::string& name, const json::value& of, bool skills, CaseFields& in,
              const Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors().size();
  if (skills) {
    const SkillsCase one = read_skills_case(name, of, in);
    if (diagnostics.errors().size() > before) return {};
    const std::string wrong = skills_fault(one);
    if (!wrong.empty()) in.fail(name, wrong);
    return [name, one] { return skills_rows(name, one); };
  }
  const TransientInput day = read_day(name, of, in);
  if (diagnostics.errors().size() > before) return {};
  const std::vector<std::string> faults = faults_of(day);
  for (const std::string& wrong : faults) in.fail(name, wrong);
  const double updates = faults.empty() ? expected_updates(day) : 0;
  if (updates > kMostUpdates)
    in.fail(name, fmt::format("takes some {:.1g} updates of a state, and {:.0g} are the limit: "
                              "fewer agents, a shorter day or T, a limit K on a long queue",
                              updates, kMostUpdates));
  return [name, day] { return day_rows(name, day); };
}

std::optional<json::object> parse(std::string_view text, const std::string& name,
                                  Diagnostics& diagnostics) {
  json::stream_parser parser;
  boost::system::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error) parser.finish(error);
  if (!error && text.find_first_not_of(" \t\r\n", read) == std::string_view::npos) {
    json::value all = parser.release();
    if (all.is_object()) return all.as_object();
  }
  Diagnostic found;
  found.place = place_of(text, std::min(read, text.size()), name);
  found.code = "json";
  found.message =
      error ? "is no JSON here: " + error.message() : "must be one object of cases by name";
  diagnostics.error(std::move(found));
  return std::nullopt;
}

// By its own name or by that of its file; "" where none is asked for, nothing where there is none.
std::optional<std::string_view> asked_model(std::string_view model) {
  if (model == "skills" || model == "skills_cases") return "skills";
  if (model == "tv" || model == "tv_scenarios") return "tv";
  if (model.empty()) return "";
  return std::nullopt;
}

}  // namespace

bool is_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

std::optional<std::string> solve_cases(std::string_view text, const std::string& name,
                                       const std::string& model, Diagnostics& diagnostics,
                                       std::vector<std::string>* used) {
  const auto all = parse(text, name, diagnostics);
  if (!all) return std::nullopt;
  CaseFields fields{name, text, diagnostics};
  const bool told = !all->empty() && all->begin()->value().is_object() &&
                    all->begin()->value().as_object().contains("classes");
  const auto asked = asked_model(model);
  if (!asked)
    fields.fail("--model",
                fmt::format("is {}; of JSON cases it is skills (skills_cases) or tv (tv_scenarios)",
                            model));
  else if (!asked->empty() && !all->empty() && (*asked == "skills") != told)
    fields.fail("--model", fmt::format("is {}, but the cases have the keys of {}", model,
                                       told ? "skills" : "tv"));
  if (!diagnostics.ok()) return std::nullopt;
  const bool skills = asked->empty() ? told : *asked == "skills";
  if (used != nullptr) used->emplace_back(skills ? "skills" : "tv");
  std::vector<Job> jobs;
  for (const auto& [key, of] : *all)
    jobs.push_back(read_case(std::string{key}, of, skills, fields, diagnostics));
  if (!diagnostics.ok()) return std::nullopt;
  std::string out = skills ? "case,measure,value\n" : kDayHeader;
  for (const Job& job : jobs) out += job();
  return out;
}

}  // namespace callmill::calculator
