#include "app/report/sweep_report.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <memory>
#include <numeric>
#include <optional>

#include "app/cli/usage.h"
#include "app/cli/variants.h"
#include "base/random/stream.h"

namespace callmill::cli {
namespace {

constexpr std::size_t kUsualPoints = 20;  // of a random design

struct SweepArgs : VariantArgs {
  std::vector<std::string> vary;
  std::string design = "grid";
  std::optional<std::size_t> points;  // of a random design
};

struct Number {
  double value = 0;
  std::string unit;
};
std::optional<Number> parse_number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !std::isfinite(value)) return std::nullopt;
  return Number{value, end};
}

// "20..30", "80s..2min" is refused (two units), "60%..80%:5%"; ten steps where none is given, but
// one by one between whole numbers.
std::vector<std::string> range_values(const std::string& text, std::string& why) {
  const std::size_t dots = text.find(".."), colon = text.find(':', dots);
  const std::array<std::string, 3> parts = {
      text.substr(0, dots), text.substr(dots + 2, colon - dots - 2),
      colon == std::string::npos ? "" : text.substr(colon + 1)};
  std::array<Number, 3> number;
  std::string unit;
  for (std::size_t i = 0; i < (colon == std::string::npos ? 2u : 3u); ++i) {
    const std::optional<Number> one = parse_number(parts[i]);
    if (!one) {
      why = fmt::format("\"{}\" is no number with a unit", parts[i]);
      return {};
    }
    number[i] = *one;
    if (!unit.empty() && !one->unit.empty() && one->unit != unit) {
      why = fmt::format("\"{}\" has two units; write all with one", text);
      return {};
    }
    if (!one->unit.empty()) unit = one->unit;
  }
  const double from = number[0].value, to = number[1].value;
  const bool whole = unit.empty() && from == std::floor(from) && to == std::floor(to);
  const double step = colon != std::string::npos ? number[2].value : whole ? 1 : (to - from) / 10;
  if (!(to > from) || !(step > 0)) {
    why = fmt::format("\"{}\": TO must be above FROM, and STEP above 0", text);
    return {};
  }
  const double count = std::floor((to - from) / step * (1 + 1e-12)) + 1;
  if (count > static_cast<double>(kMostVariants)) {
    why = fmt::format("\"{}\" has more than {} values; take a longer step", text, kMostVariants);
    return {};
  }
  std::vector<std::string> values;
  for (int i = 0; i < static_cast<int>(count); ++i)
    values.push_back(fmt::format("{:.12g}{}", from + i * step, unit));
  return values;
}

// Between commas that stand in no brackets.
std::vector<std::string> list_values(const std::string& text) {
  std::vector<std::string> values(1);
  int depth = 0;
  for (const char c : text) {
    depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    if (c == ',' && depth == 0)
      values.emplace_back();
    else if (c != ' ' || !values.back().empty())
      values.back() += c;
  }
  return values;
}

std::optional<SweepAxis> parse_axis(const std::string& text, std::string& why) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    why = "write FIELD=VALUE,VALUE or FIELD=FROM..TO[:STEP], e.g. groups.inbound.staff=20..25";
    return std::nullopt;
  }
  const std::string values = text.substr(equals + 1);
  SweepAxis axis{text.substr(0, equals), {}};
  axis.values =
      values.find("..") != std::string::npos ? range_values(values, why) : list_values(values);
  for (const std::string& value : axis.values)
    if (value.empty()) why = fmt::format("\"{}\" has an empty value", values);
  return why.empty() ? std::optional{axis} : std::nullopt;
}

void add_grid(Sweep& sweep) {
  std::vector<std::size_t> point(sweep.axes.size(), 1);
  while (sweep.points.size() <= kMostVariants) {
    sweep.points.push_back(point);
    std::size_t a = sweep.axes.size();
    while (a > 0 && point[a - 1] == sweep.axes[a - 1].values.size()) point[--a] = 1;
    if (a == 0) return;
    ++point[a - 1];
  }
}

void add_one_at_a_time(Sweep& sweep) {
  for (std::size_t a = 0; a < sweep.axes.size(); ++a)
    for (std::size_t v = 1; v <= sweep.axes[a].values.size(); ++v) {
      sweep.points.emplace_back(sweep.axes.size(), 0);
      sweep.points.back()[a] = v;
    }
}

// A Latin hypercube: of each field every value comes up as often as the others, within one; the
// fields are shuffled against each other by the seed.
void add_random(Sweep& sweep, std::size_t points, std::uint64_t seed) {
  sweep.points.assign(points, std::vector<std::size_t>(sweep.axes.size(), 0));
  std::uint64_t state = seed;
  for (std::size_t a = 0; a < sweep.axes.size(); ++a) {
    std::vector<std::size_t> order(points);
    for (std::size_t p = 0; p < points; ++p)
      order[p] = 1 + p * sweep.axes[a].values.size() / points;
    for (std::size_t p = points; p > 1; --p) {
      state += kGolden;
      const double u = to_uniform(mix64(state));
      std::swap(order[p - 1], order[static_cast<std::size_t>(u * static_cast<double>(p))]);
    }
    for (std::size_t p = 0; p < points; ++p) sweep.points[p][a] = order[p];
  }
}

std::vector<VariantSource> variants_of(const Sweep& sweep, const SweepArgs& args) {
  std::vector<VariantSource> all;
  for (const std::vector<std::size_t>& point : sweep.points) {
    VariantSource one{args.scenario, {}, {}};
    for (std::size_t a = 0; a < point.size(); ++a)
      if (point[a] > 0)
        one.set.push_back(sweep.axes[a].field + "=" + sweep.axes[a].values[point[a] - 1]);
    one.name = fmt::format("{}", fmt::join(one.set, "; "));
    one.set.insert(one.set.begin(), args.set.begin(), args.set.end());
    all.push_back(std::move(one));
  }
  return all;
}

void run_sweep(const SweepArgs& args, Context& context) {
  Sweep sweep;
  for (const std::string& text : args.vary) {
    std::string why;
    std::optional<SweepAxis> axis = parse_axis(text, why);
    if (axis && std::any_of(sweep.axes.begin(), sweep.axes.end(),
                            [&](const SweepAxis& one) { return one.field == axis->field; })) {
      why = "the field is varied already; give all its values in one --vary";
      axis.reset();
    }
    if (axis) {
      sweep.axes.push_back(std::move(*axis));
    } else {
      fmt::print(stderr, "callmill: --vary {}: {}\n", text, why);
      context.exit_code = kUsage;
    }
  }
  if (args.points && args.design != "random") {
    fmt::print(
        stderr,
        "callmill: --points {}: points are of a random design; a {} has as many as its values "
        "make: --design random, or leave --points out\n",
        *args.points, args.design == "grid" ? "grid" : "design one-at-a-time");
    context.exit_code = kUsage;
  }
  if (context.exit_code != kOk) return;
  if (args.design == "one-at-a-time") {
    sweep.design = SweepDesign::kOneAtATime;
    add_one_at_a_time(sweep);
  } else if (args.design == "random") {
    sweep.design = SweepDesign::kRandom;
    add_random(sweep, args.points.value_or(kUsualPoints), args.seed.value_or(1));
  } else {
    add_grid(sweep);
  }
  const std::optional<VariantStudy> study =
      simulate_variants(args, variants_of(sweep, args), interactions(sweep), context);
  if (!study) return;
  fmt::print("{}", args.json  ? compare_json(study->baseline, study->result, study->facts)
                   : args.csv ? compare_csv(study->result, study->facts)
                              : sweep_text(study->baseline, study->result, study->facts, sweep,
                                           language(args.lang)));
}

}  // namespace

void add_sweep(CLI::App& app, Context& context) {
  auto args = std::make_shared<SweepArgs>();
  CLI::App* verb = app.add_subcommand(
      "sweep", "Simulate a scenario over ranges of its fields, all on the same days");
  verb->footer(
      "Examples:\n"
      "  callmill sweep city.yaml --vary groups.inbound.staff=20..26\n"
      "  callmill sweep city.yaml --vary groups.inbound.staff=20..26:2 --vary "
      "lines.main.lines=40,60,80\n"
      "  callmill sweep city.yaml --design one-at-a-time --vary groups.inbound.staff=20,24 --vary "
      "callers.resident.volume.scale=0.9,1.1\n"
      "Exit codes: 0 ok, 2 usage, 3 bad scenario, 6 precision not reached, 130 or 143 interrupted");
  add_study_options(*verb, *args);
  add_variant_options(*verb, *args);
  verb->add_option("--vary", args->vary,
                   "A field and its values: FIELD=FROM..TO, FROM..TO:STEP or a,b,c; repeatable")
      ->required()
      ->allow_extra_args(false);
  verb->add_option("--design", args->design,
                   "grid: all combinations; one-at-a-time: one field after the other, a tornado "
                   "table; random: a Latin hypercube of --points points")
      ->check(CLI::IsMember({"grid", "one-at-a-time", "random"}));
  verb->add_option("--points", args->points,
                   fmt::format("Of a random design; default: {}", kUsualPoints))
      ->check(CLI::Range(std::size_t{2}, kMostVariants));
  verb->callback([args, &context] { run_sweep(*args, context); });
}

}  // namespace callmill::cli
