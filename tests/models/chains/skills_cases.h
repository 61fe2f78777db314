#pragma once
// tests/golden/skills_cases.json as specs.

#include <map>
#include <string>
#include <vector>

#include "models/chains/centre_spec.h"

namespace callmill::test {

struct SkillsCase {
  CentreSpec spec;
  std::vector<double> within;  // by class; NaN where the case gives none
};
std::map<std::string, SkillsCase> skills_cases();

}  // namespace callmill::test
