// Skills in groups, case by case (docs/models/chains.md).

#include "app/calculator/batch_skills.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>

#include "app/calculator/case_fields.h"

namespace callmill::calculator {
namespace {

namespace json = boost::json;

constexpr double kMostRate = 1e15;
constexpr int kMost = 1'000'000;

class SkillsReader {
 public:
  SkillsReader(const std::string& name, CaseFields& fields) : path_{name}, in_{fields} {}

  SkillsCase read(const json::value& of) {
    SkillsCase out;
    const json::array* classes = in_.list(in_.member(of, "classes", path_), path_ + ".classes");
    const json::array* groups = in_.list(in_.member(of, "groups", path_), path_ + ".groups");
    if (classes == nullptr || groups == nullptr) return out;
    classes_ = classes->size();
    groups_ = groups->size();
    for (std::size_t c = 0; c < classes_; ++c) read_class(of, (*classes)[c], c, out);
    for (std::size_t g = 0; g < groups_; ++g) out.spec.groups.push_back(group(of, (*groups)[g], g));
    return out;
  }

 private:
  // of[key][i], an error where it is not there.
  const json::value* item(const json::value& of, const char* key, std::size_t i) {
    const json::array* all = in_.list(in_.member(of, key, path_), fmt::format("{}.{}", path_, key));
    if (all == nullptr) return nullptr;
    if (i < all->size()) return &(*all)[i];
    in_.fail(path_, fmt::format("has no {}[{}]", key, i));
    return nullptr;
  }
  double cell(const json::value& of, const char* key, std::size_t c, std::size_t g, double high) {
    const json::value* row = item(of, key, c);
    const std::string path = fmt::format("{}.{}[{}]", path_, key, c);
    const json::array* cells = in_.list(row, path);
    if (cells == nullptr) return 0;
    if (g < cells->size()) return in_.number(&(*cells)[g], fmt::format("{}[{}]", path, g), 0, high);
    in_.fail(path, fmt::format("has no [{}]", g));
    return 0;
  }
  bool has(const json::value& of, const char* key) const {
    return of.is_object() && of.as_object().contains(key);
  }

  void read_class(const json::value& of, const json::value& from, std::size_t c, SkillsCase& out) {
    const std::string path = fmt::format("{}.classes[{}]", path_, c);
    CentreSpec::Class k;
    k.rate = in_.number(in_.member(from, "lam", path), path + ".lam", 0, kMostRate);
    k.patience_rate = in_.number(in_.member(from, "theta", path), path + ".theta", 0, kMostRate);
    k.queue = c;
    k.prefer = in_.indices(item(of, "pref", c), fmt::format("{}.pref[{}]", path_, c), groups_);
    out.spec.classes.push_back(k);
    out.spec.queues.push_back(in_.whole(in_.member(from, "qcap", path), path + ".qcap", 0, kMost));
    std::vector<CentreSpec::Skill>& skills = out.spec.skills.emplace_back();
    for (std::size_t g = 0; g < groups_; ++g) {
      CentreSpec::Skill skill{.rate = cell(of, "mu", c, g, kMostRate)};
      if (has(of, "reserve")) skill.reserve = static_cast<int>(cell(of, "reserve", c, g, kMost));
      if (has(of, "qmin")) skill.min_queue = static_cast<int>(cell(of, "qmin", c, g, kMost));
      skills.push_back(skill);
    }
    const json::value* within = item(of, "t", c);
    const bool asked = within != nullptr && !within->is_null();
    out.within.push_back(asked ? in_.number(within, fmt::format("{}.t[{}]", path_, c), 0, kMostRate)
                               : std::nan(""));
  }

  CentreSpec::Group group(const json::value& of, const json::value& agents, std::size_t g) {
    CentreSpec::Group out;
    out.agents = in_.whole(&agents, fmt::format("{}.groups[{}]", path_, g), 0, kMost);
    out.take = in_.indices(item(of, "take", g), fmt::format("{}.take[{}]", path_, g), classes_);
    if (!has(of, "out")) return out;
    const json::value* dials = item(of, "out", g);
    if (dials == nullptr || dials->is_null()) return out;
    const std::string path = fmt::format("{}.out[{}]", path_, g);
    const json::value* at_once = in_.member(*dials, "instant", path);
    out.outbound = {in_.number(in_.member(*dials, "mu", path), path + ".mu", 0, kMostRate),
                    in_.number(in_.member(*dials, "rate", path), path + ".rate", 0, kMostRate),
                    in_.whole(in_.member(*dials, "reserve", path), path + ".reserve", 0, kMost),
                    at_once != nullptr && at_once->is_bool() && at_once->as_bool()};
    return out;
  }

  std::string path_;
  CaseFields& in_;
  std::size_t classes_ = 0, groups_ = 0;
};

}  // namespace

SkillsCase read_skills_case(const std::string& name, const json::value& of, CaseFields& fields) {
  return SkillsReader{name, fields}.read(of);
}

std::string skills_fault(const SkillsCase& of) {
  std::vector<double> within = of.within;
  for (double& t : within) t = std::isnan(t) ? 0 : t;
  return fault(of.spec, within);
}

std::string skills_rows(const std::string& name, const SkillsCase& of) {
  std::vector<double> within = of.within;
  for (double& t : within) t = std::isnan(t) ? 0 : t;
  const auto r = solve_skills(of.spec, within);
  std::string out;
  const auto add = [&](const std::string& measure, double value) {
    out += fmt::format("{},{},{}\n", name, measure, value);
  };
  if (!r) return fmt::format("{},too_many_states,\n", name);
  for (std::size_t c = 0; c < r->classes.size(); ++c) {
    const SkillsResult::OfClass& k = r->classes[c];
    const std::string prefix = fmt::format("c{}_", c);
    add(prefix + "p_block", k.p_block);
    add(prefix + "p_nowait", k.p_nowait);
    add(prefix + "p_ab", k.p_abandon);
    add(prefix + "p_served", k.p_served);
    add(prefix + "EQ", k.mean_queue);
    add(prefix + "EW_offered", k.mean_wait_offered);
    if (std::isnan(of.within[c])) continue;
    add(prefix + "SL_offered", k.sl_offered);
    add(prefix + "P_ab_le", k.p_abandon_le);
  }
  for (std::size_t g = 0; g < r->groups.size(); ++g) {
    const SkillsResult::OfGroup& group = r->groups[g];
    for (std::size_t c = 0; c < group.busy.size(); ++c) {
      add(fmt::format("busy_c{}_g{}", c, g), group.busy[c]);
      add(fmt::format("rate_c{}_g{}", c, g), group.rate[c]);
    }
    add(fmt::format("occ_g{}", g), group.occupancy);
    if (!of.spec.groups[g].outbound) continue;
    add(fmt::format("out_busy_g{}", g), group.outbound_busy);
    add(fmt::format("out_rate_g{}", g), group.outbound_rate);
  }
  add("nstates", static_cast<double>(r->states));
  return out;
}

}  // namespace callmill::calculator
