// Laws of durations: `{law: lognormal, mean: 170s, sd: 150s}`, a bare duration for a constant.

#include <fmt/format.h>

#include <cmath>

#include "app/files/fields.h"

namespace callmill::files {
namespace {

Kind<double> positive() {
  return seconds({0, kLongest, true, false});
}
Kind<double> not_negative() {
  return seconds(between(0, kLongest));
}
Kind<double> shape_number() {
  return number({0, 1e6, true, false});
}

struct Erlang {
  double mean_s = 0;
  std::int64_t phases = 1;
};
struct CsvColumn {
  std::string file, column;
};

// A law whose record is the law itself; its own rules (low < high, shares sum to 1) are asked from
// base/random.
template <class L>
Form<Law> plain_form(std::string name, std::string signature, std::string help, Record<L> record) {
  record.words = help;
  return form<Law, L>(
      "law", std::move(name), std::move(signature), help, std::move(record),
      [](L law, const Node&, Reader& reader, Law& value) {
        value = std::move(law);
        const std::string wrong = fault(value);
        if (wrong.empty()) return true;
        reader.fail(reader.place_of(reader.path()), "law", "is not a law: " + wrong);
        return false;
      },
      [](const Law& value) -> std::optional<L> {
        const L* law = std::get_if<L>(&value);
        return law == nullptr ? std::nullopt : std::optional<L>{*law};
      });
}

Record<CsvColumn> csv_record() {
  return {"a column of a CSV file",
          "",
          {required_key("file", &CsvColumn::file, text(), "CSV file, relative to this file"),
           required_key("column", &CsvColumn::column, text(), "column of the file")},
          {}};
}

// Two columns of numbers: `key` (not decreasing, at least 0) and the one that was asked for.
struct Curve {
  const CsvTable* table = nullptr;
  std::vector<double> x, y;
  std::vector<Place> y_places;
};
std::optional<Curve> read_curve(const CsvColumn& from, const std::string& key, const Node& node,
                                Reader& reader) {
  const Node* file = node.find("file");
  const CsvTable* table = reader.csv(*file);
  if (table == nullptr) return std::nullopt;
  const auto y = table->column(from.column);
  if (!y) {
    reader.fail(node.find("column")->place, "csv-column",
                fmt::format("{} has no column {}", from.file, from.column),
                did_you_mean(from.column, table->names()));
    return std::nullopt;
  }
  const CsvCell& first = table->header[0];
  if (first.text != key) {
    reader.fail(first.place, "csv-column",
                fmt::format("needs {} as the first column, not {}", key, first.text));
    return std::nullopt;
  }
  Curve curve;
  curve.table = table;
  for (const std::vector<CsvCell>& row : table->rows) {
    for (const std::size_t column : {std::size_t{0}, *y}) {
      const auto value = parse_number(row[column].text);
      if (!value || *value < 0 || *value > kLongest) {
        reader.fail(row[column].place, "number",
                    fmt::format("needs a number of at least 0 here, not \"{}\"", row[column].text));
        return std::nullopt;
      }
      (column == 0 ? curve.x : curve.y).push_back(*value);
    }
    curve.y_places.push_back(row[*y].place);
    const std::size_t n = curve.x.size();
    if (n > 1 && curve.x[n - 1] < curve.x[n - 2]) {
      reader.fail(row[0].place, "csv", fmt::format("needs {} that does not decrease", key));
      return std::nullopt;
    }
  }
  return curve;
}

bool empirical_from_csv(const CsvColumn& from, const Node& node, Reader& reader, Law& value) {
  std::optional<Curve> curve = read_curve(from, "value_s", node, reader);
  if (!curve) return false;
  value = EmpiricalLaw{std::move(curve->x), std::move(curve->y)};
  const std::string wrong = fault(value);
  if (wrong.empty()) return true;
  reader.fail(node.find("file")->place, "law", "is not a law: " + wrong);
  return false;
}

// A Kaplan-Meier survival curve S(t) as a piecewise constant hazard: on [t_i, t_i+1) it is
// -ln(S_i+1 / S_i) / (t_i+1 - t_i). Beyond the last point the mean hazard of the whole curve, -ln
// S(last) / t(last), goes on: the last steps of such a curve rest on few callers. A curve that
// falls to 0 is taken to fall to 1e-6 there.
bool hazard_from_csv(const CsvColumn& from, const Node& node, Reader& reader, Law& value) {
  constexpr double kLeast = 1e-6;
  std::optional<Curve> curve = read_curve(from, "t_s", node, reader);
  if (!curve) return false;
  HazardLaw hazard;
  double t = 0, survive = 1;
  for (std::size_t i = 0; i < curve->x.size(); ++i) {
    const double next_t = curve->x[i];
    if (curve->y[i] > survive || (next_t == 0 && curve->y[i] < 1)) {
      reader.fail(curve->y_places[i], "csv",
                  next_t == 0 ? "needs S = 1 at t_s = 0" : "needs S that does not increase",
                  next_t == 0 ? "callers who hang up at once belong into balk" : "");
      return false;
    }
    const double next = std::max(curve->y[i], kLeast);
    if (next_t == t) {
      if (next == survive || next_t == 0) continue;
      reader.fail(curve->y_places[i], "csv", "needs one S for each t_s");
      return false;
    }
    hazard.from_s.push_back(t);
    hazard.rate_per_s.push_back(std::log(survive / next) / (next_t - t));
    t = next_t;
    survive = next;
  }
  if (t == 0 || survive == 1) {
    reader.fail(node.find("file")->place, "csv", "needs a curve that falls below 1 after t_s = 0");
    return false;
  }
  hazard.from_s.push_back(t);
  hazard.rate_per_s.push_back(-std::log(survive) / t);
  value = std::move(hazard);
  return true;
}

Form<Law> erlang_form() {
  return form<Law, Erlang>(
      "law", "erlang", "", "Sum of `phases` exponential durations; read as gamma.",
      {"",
       "",
       {required_key("mean", &Erlang::mean_s, positive(), "mean duration"),
        required_key("phases", &Erlang::phases, count(1, 1000), "number of phases")},
       {}},
      [](Erlang e, const Node&, Reader&, Law& value) {
        value = GammaLaw{e.mean_s, static_cast<double>(e.phases)};
        return true;
      },
      nullptr);
}

Form<Law> csv_form(std::string name, std::string help,
                   bool (*make)(const CsvColumn&, const Node&, Reader&, Law&)) {
  return form<Law, CsvColumn>(
      "law", std::move(name), "file", std::move(help), csv_record(),
      [make](CsvColumn from, const Node& node, Reader& reader, Law& value) {
        return make(from, node, reader, value);
      },
      nullptr);
}

std::vector<Form<Law>> simple_forms() {
  using std::string;
  return {
      plain_form<ConstantLaw>(
          "constant", "", "Always the same.",
          {"",
           "",
           {required_key("value", &ConstantLaw::value_s, not_negative(), "the duration")},
           {}}),
      plain_form<UniformLaw>("uniform", "", "Evenly between two durations.",
                             {"",
                              "",
                              {required_key("low", &UniformLaw::low_s, not_negative(), "shortest"),
                               required_key("high", &UniformLaw::high_s, positive(), "longest")},
                              {}}),
      plain_form<ExponentialLaw>(
          "exponential", "", "Without memory.",
          {"",
           "",
           {required_key("mean", &ExponentialLaw::mean_s, positive(), "mean duration")},
           {}}),
      plain_form<LognormalLaw>(
          "lognormal", "", "What talk and patience times usually look like.",
          {"",
           "",
           {required_key("mean", &LognormalLaw::mean_s, positive(), "mean duration"),
            required_key("sd", &LognormalLaw::sd_s, positive(),
                         "standard deviation of the duration, not of its logarithm")},
           {}}),
      plain_form<GammaLaw>("gamma", "", "Gamma by its mean and shape.",
                           {"",
                            "",
                            {required_key("mean", &GammaLaw::mean_s, positive(), "mean duration"),
                             required_key("shape", &GammaLaw::shape, shape_number(),
                                          "1 = exponential, larger = steadier")},
                            {}}),
      erlang_form(),
      plain_form<WeibullLaw>(
          "weibull", "", "S(t) = exp(-(t / scale) ^ shape).",
          {"",
           "",
           {required_key("scale", &WeibullLaw::scale_s, positive(), "63% are shorter"),
            required_key("shape", &WeibullLaw::shape, shape_number(),
                         "below 1 the early hang up most, above 1 the late")},
           {}}),
  };
}

std::vector<Form<Law>> all_forms() {
  std::vector<Form<Law>> forms = simple_forms();
  const auto list = [](Kind<double> kind, std::string words) {
    return list_of(std::move(kind), true, std::move(words));
  };
  forms.push_back(plain_form<HyperexponentialLaw>(
      "hyperexponential", "", "A mixture of exponential durations.",
      {"",
       "",
       {required_key("shares", &HyperexponentialLaw::share,
                     list(share_of({0, 1, true, false}), "a list of shares"),
                     "of each part; they add up to 100%"),
        required_key("means", &HyperexponentialLaw::mean_s, list(positive(), "a list of durations"),
                     "of each part")},
       {}}));
  forms.push_back(plain_form<EmpiricalLaw>(
      "empirical", "values", "Points of the cumulative distribution, straight lines between.",
      {"",
       "",
       {required_key("values", &EmpiricalLaw::value_s, list(not_negative(), "a list of durations"),
                     "not decreasing"),
        required_key("cdf", &EmpiricalLaw::cdf, list(share_of(between(0, 1)), "a list of shares"),
                     "share that is at most as long; the last is 100%")},
       {}}));
  forms.push_back(csv_form(
      "empirical", "The same from a CSV file: first column value_s, `column` the cumulative share.",
      empirical_from_csv));
  forms.push_back(plain_form<HazardLaw>(
      "hazard", "from", "Constant hazard in each stretch; the last one goes on for ever.",
      {"",
       "",
       {required_key("from", &HazardLaw::from_s, list(not_negative(), "a list of durations"),
                     "where each stretch starts; the first is 0s"),
        required_key("rate", &HazardLaw::rate_per_s, list(per_second(), "a list of rates"),
                     "of ending, in each stretch")},
       {}}));
  forms.push_back(csv_form(
      "hazard",
      "From a Kaplan-Meier curve in a CSV file: first column t_s, `column` the share that is "
      "still there.",
      hazard_from_csv));
  return forms;
}

}  // namespace

static Kind<Law> make_law_kind() {
  const Kind<double> constant = not_negative();
  const Kind<Law> bare{constant.shape,
                       [constant](const Node& node, Reader& reader, Law& value) {
                         double value_s = 0;
                         if (!constant.read(node, reader, value_s)) return false;
                         value = ConstantLaw{value_s};
                         return true;
                       },
                       [constant](const Law& value, const Writer& writer) {
                         const auto* law = std::get_if<ConstantLaw>(&value);
                         return law == nullptr ? Node{} : constant.write(law->value_s, writer);
                       }};
  return either<Law>("a duration such as 20s or a law such as {law: exponential, mean: 3min}",
                     "law", "law", bare, all_forms());
}

Kind<Law> law_kind() {
  static const Kind<Law> kind = make_law_kind();
  return kind;
}

}  // namespace callmill::files
