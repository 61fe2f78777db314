// What reports say beside their figures, so that nobody reads more into them than there is.

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "app/report/compare_report.h"
#include "app/report/rare_report.h"

namespace callmill {
namespace {

using Catch::Matchers::Contains;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::string rare(double rate, std::uint64_t blocked, double gain, Lang lang = Lang::kEn) {
  RareLoss loss;
  loss.loss_rate = {rate, rate / 2, rate * 2, 50};
  loss.events = loss.day_events = 1;
  loss.blocked = blocked;
  loss.gain = gain;
  return rare_text(World{}, loss, {{1, "0", 0.95}, "main", 50, 4}, lang);
}

// Three variants by their answer rate; a variant of NaN has none.
struct Variants {
  Comparison c;
  CompareFacts facts;
};
Variants of(const std::vector<double>& rates) {
  Variants v;
  v.facts.indicators = {{find_metric("answer_rate", ScopeKind::kTotal), {}}};
  v.facts.indicator_names = {"answer_rate"};
  v.c.replications = 20;
  v.c.value.resize(1);
  v.c.difference.resize(1);
  v.c.gain.resize(1);
  for (std::size_t i = 0; i < rates.size(); ++i) {
    v.facts.variants.push_back({i == 0 ? "base" : "variant-" + std::to_string(i), "0", 1});
    v.c.value[0].push_back({rates[i], kNaN, kNaN, 20});
    v.c.difference[0].push_back({kNaN, kNaN, kNaN, 20});
    v.c.gain[0].push_back(kNaN);
    v.c.ranking.order.push_back(i);
    v.c.ranking.may_be_best.push_back(true);
    v.c.ranking.behind_best.push_back({0.1, -0.1, 0.3, 20});
  }
  return v;
}

TEST_CASE("Rare losses: lines that nobody asks for are not lines that lose rarely") {
  CHECK_THAT(rare(kNaN, 0, kNaN),
             Contains("Nobody asks for lines main") && !Contains("rarer than"));
  CHECK_THAT(rare(0, 0, kNaN), Contains("rarer than these days show") && !Contains("Nobody"));
  CHECK_THAT(rare(1e-6, 9, 40), !Contains("rarer") && !Contains("not rare"));
  CHECK_THAT(rare(0.02, 900, 0.4), Contains("callmill run"));
  CHECK_THAT(rare(0.02, 900, 0.4, Lang::kZh), Contains("并不稀少"));
}

TEST_CASE("A ranking leaves out whoever has no value, and does not promise one by more days") {
  const Variants two = of({0.9, 0.91, kNaN});
  const std::string text = ranking_text(two.c, two.facts, Lang::kEn);
  CHECK_THAT(text, Contains("one of: baseline; 1 variant-1\n") && Contains("narrow it down") &&
                       Contains("No value of it, so not ranked: 2 variant-2"));
  const Variants none = of({kNaN, kNaN});
  CHECK_THAT(ranking_text(none.c, none.facts, Lang::kEn),
             Contains("not ranked: baseline; 1 variant-1") && !Contains("narrow"));
  CHECK_THAT(ranking_text(none.c, none.facts, Lang::kZh), Contains("不参与排序"));
}

TEST_CASE("A week beside a day is remarked on") {
  Variants v = of({0.9, 0.91});
  CHECK_THAT(compare_text(World{}, v.c, v.facts, Lang::kEn), !Contains("Remark"));
  v.facts.variants[1].open_days = 7;
  CHECK_THAT(compare_text(World{}, v.c, v.facts, Lang::kEn),
             Contains("open days are 1 of the baseline, of others not: 1 variant-1 (7)"));
  CHECK_THAT(compare_text(World{}, v.c, v.facts, Lang::kZh), Contains("天数不同"));
}

}  // namespace
}  // namespace callmill
