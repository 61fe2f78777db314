#pragma once
// The loss rate of a line group by splitting, as text, JSON or CSV.

#include <string>

#include "app/report/lang.h"
#include "app/report/run_report.h"
#include "engine/study/rare_loss.h"

namespace callmill {

struct RareFacts {
  RunFacts run;
  std::string lines;  // the group's name
  std::int64_t replications = 0;
  std::uint32_t ways = 0;
};

std::string rare_text(const World& world, const RareLoss& loss, const RareFacts& facts, Lang lang);
std::string rare_json(const World& world, const RareLoss& loss, const RareFacts& facts);
std::string rare_csv(const RareLoss& loss, const RareFacts& facts);

}  // namespace callmill
