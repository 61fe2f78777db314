#pragma once
// One case of tests/golden/skills_cases.json: read, and answered in the measures of skills.csv.

#include <string>
#include <vector>

#include "models/chains/skills.h"

namespace boost::json {
class value;
}  // namespace boost::json

namespace callmill::calculator {

class CaseFields;

struct SkillsCase {
  CentreSpec spec;
  std::vector<double> within;  // T by class; NaN = none asked for
};
SkillsCase read_skills_case(const std::string& name, const boost::json::value& of,
                            CaseFields& fields);
// Empty, or what is wrong with the whole of it.
std::string skills_fault(const SkillsCase& of);
// "case,measure,value" lines; one line without a value where the chain has too many states.
std::string skills_rows(const std::string& name, const SkillsCase& of);

}  // namespace callmill::calculator
