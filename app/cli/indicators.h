#pragma once
// Indicators as a command line names them, and how precise they shall be.
//
//   KEY[@PLACE][@TIME]             answer_rate, answer_rate@queue:general, service_level@10:00,
//                                  asa@queue:vip@10:30, messages@2026-11-23
//   wait_qNN[@PLACE]               NN % of all waits are no longer: wait_q90, wait_q99.5@queue:vip
//   --precision WIDTH              service level and answer rate of the day, or the first indicator
//   --precision KEY...=WIDTH,...   these: shares 0.2% (points), times 1s, others plain numbers; or
//   a
//                                  part of the value: 5%rel

#include <optional>
#include <string>
#include <vector>

#include "engine/study/watch.h"
#include "models/world/world.h"

namespace callmill::cli {

struct IndicatorName {
  std::string key;
  std::string place = "total";     // as scope_name() writes it
  std::string time;                // as interval_name() does; empty: the whole day
  std::optional<double> quantile;  // of wait_qNN, in (0, 1)
};
IndicatorName parse_indicator(const std::string& text);

// Where `name` is measured in a world of that layout: fills all of `out` but the wish. What is
// wrong with it, or "".
std::string find_indicator(const IndicatorName& name, const World& world, const KpiLayout& layout,
                           Watched& out);

struct PrecisionWish {
  std::string indicator;  // empty: of those that are usual
  std::string width;
};
// "0.2%", or "a=0.2%,b=1s".
std::vector<PrecisionWish> parse_precision(const std::string& text);
// `width` in the unit of `metric`, nullptr standing for a wait. What is wrong with it, or "".
std::string parse_width(const std::string& width, const Metric* metric, Wanted& out);

// none, auto, or names of techniques: control, conditional, and one of stratify, antithetic, rqmc;
// empty is `usual`. `auto` is what never loses: stratify on one open day whose busyness is drawn,
// control and conditional always. Controls of one open day whose busyness is drawn have valid
// intervals in strata alone: `control` without a design brings stratify, with another it is
// refused. What is wrong with it, or "".
std::string parse_reduction(const std::string& text, const std::string& usual, const World& world,
                            VarianceReduction& out);
// Switches off what is of no use to these indicators (nullptr: a quantile): `conditional` where
// none is of contacts. What is wrong with `text`, which asks for it by name, or "".
std::string drop_idle(const std::string& text, const std::vector<const Metric*>& metrics,
                      VarianceReduction& out);

}  // namespace callmill::cli
