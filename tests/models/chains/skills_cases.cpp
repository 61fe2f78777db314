#include "tests/models/chains/skills_cases.h"

#include <boost/json.hpp>
#include <fstream>
#include <limits>
#include <sstream>

#include "tests/place.h"

namespace callmill::test {
namespace {

namespace json = boost::json;

double cell(const json::object& of, const char* key, std::size_t i, std::size_t j,
            double otherwise) {
  const json::value* table = of.if_contains(key);
  return table == nullptr ? otherwise : table->at(i).at(j).to_number<double>();
}

std::vector<std::size_t> indices(const json::value& list) {
  std::vector<std::size_t> all;
  for (const json::value& v : list.as_array()) all.push_back(v.to_number<std::size_t>());
  return all;
}

CentreSpec::Group group_of(const json::object& of, std::size_t g) {
  CentreSpec::Group group;
  group.agents = of.at("groups").at(g).to_number<int>();
  group.take = indices(of.at("take").at(g));
  const json::value* out = of.if_contains("out");
  if (out == nullptr || out->at(g).is_null()) return group;
  const json::value& dials = out->at(g);
  group.outbound = {dials.at("mu").to_number<double>(), dials.at("rate").to_number<double>(),
                    dials.at("reserve").to_number<int>(), dials.at("instant").as_bool()};
  return group;
}

SkillsCase case_of(const json::object& of) {
  SkillsCase result;
  CentreSpec& spec = result.spec;
  const std::size_t groups = of.at("groups").as_array().size();
  for (std::size_t c = 0; c < of.at("classes").as_array().size(); ++c) {
    const json::value& from = of.at("classes").at(c);
    CentreSpec::Class k;
    k.rate = from.at("lam").to_number<double>();
    k.patience_rate = from.at("theta").to_number<double>();
    k.queue = c;
    k.prefer = indices(of.at("pref").at(c));
    spec.classes.push_back(k);
    spec.queues.push_back(from.at("qcap").to_number<int>());
    std::vector<CentreSpec::Skill>& skills = spec.skills.emplace_back();
    for (std::size_t g = 0; g < groups; ++g)
      skills.push_back({cell(of, "mu", c, g, 0), static_cast<int>(cell(of, "reserve", c, g, 0)),
                        static_cast<int>(cell(of, "qmin", c, g, 1))});
    const json::value& within = of.at("t").at(c);
    result.within.push_back(within.is_null() ? std::numeric_limits<double>::quiet_NaN()
                                             : within.to_number<double>());
  }
  for (std::size_t g = 0; g < groups; ++g) spec.groups.push_back(group_of(of, g));
  return result;
}

}  // namespace

std::map<std::string, SkillsCase> skills_cases() {
  std::ifstream in{source_path("tests/golden/skills_cases.json")};
  std::ostringstream text;
  text << in.rdbuf();
  const json::object all = json::parse(text.str()).as_object();
  std::map<std::string, SkillsCase> cases;
  for (const auto& [name, of] : all) cases[std::string{name}] = case_of(of.as_object());
  return cases;
}

}  // namespace callmill::test
