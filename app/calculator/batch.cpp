#include "app/calculator/batch.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "app/calculator/batch_fails.h"
#include "app/calculator/batch_models.h"

namespace callmill::calculator {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::vector<BatchModel> all_models() {
  std::vector<BatchModel> all;
  for (auto* group : {inverse_models, chain_models, service_models, patience_models, erlang_models})
    for (BatchModel& model : group()) all.push_back(std::move(model));
  return all;
}

std::vector<std::string> model_names() {
  std::vector<std::string> names;
  for (const BatchModel& model : batch_models()) names.emplace_back(model.name);
  return names;
}

struct Row {
  std::string id;
  const BatchModel* model = nullptr;
  RowQueue queue;
  BatchJob job;
};

// The order of columns where models are mixed: the Erlang family's own, the others' behind it.
constexpr std::string_view kFirstColumns[] = {"rho", "B"};

std::vector<std::string_view> columns_of(const std::vector<const BatchModel*>& models) {
  std::vector<std::string_view> columns;
  const auto add = [&](std::string_view column) {
    if (std::find(columns.begin(), columns.end(), column) == columns.end())
      columns.push_back(column);
  };
  const auto any = [&](std::string_view column) {
    return std::any_of(models.begin(), models.end(), [&](const BatchModel* m) {
      return std::find(m->columns.begin(), m->columns.end(), column) != m->columns.end();
    });
  };
  for (const std::string_view column : kFirstColumns)
    if (any(column)) add(column);
  for (const BatchModel* model : models)
    for (const std::string_view column : model->columns) add(column);
  return columns;
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::string write(const std::vector<Row>& rows, std::vector<const BatchModel*> models,
                  std::vector<std::string>& all_fails) {
  // B, C, A, K rather than the order in which signatures are tried.
  std::reverse(models.begin(), models.end());
  const std::vector<std::string_view> columns = columns_of(models);
  std::string out = "id";
  for (const std::string_view column : columns) out += fmt::format(",{}", column);
  out += ",fails\n";
  for (const Row& row : rows) {
    const std::vector<double> values = row.job();
    out += quoted(row.id);
    for (const std::string_view column : columns) {
      const auto& own = row.model->columns;
      const auto at = std::find(own.begin(), own.end(), column);
      const double value =
          at == own.end() ? kNaN : values[static_cast<std::size_t>(at - own.begin())];
      out += std::isnan(value) ? std::string(",") : fmt::format(",{}", value);
    }
    const std::vector<std::string_view> fails = row_fails(*row.model, row.queue, values);
    out += fmt::format(",{}\n", fmt::join(fails, " "));
    for (const std::string_view code : fails)
      if (std::find(all_fails.begin(), all_fails.end(), code) == all_fails.end())
        all_fails.emplace_back(code);
  }
  return out;
}

const BatchModel* by_signature(const BatchReader& reader) {
  for (const BatchModel& model : batch_models()) {
    const bool fits = std::all_of(
        model.signature.begin(), model.signature.end(),
        [&](std::string_view column) { return reader.has_column(std::string{column}); });
    if (fits) return &model;
  }
  return nullptr;
}

// The model of all rows: asked for, or told by the columns; null where each row says its own.
const BatchModel* model_of_all(const std::string& asked, BatchReader& reader) {
  if (!asked.empty()) {
    const BatchModel* found = find_batch_model(asked);
    if (found == nullptr) {
      const std::string near = nearest(asked, model_names());
      reader.header_error("", "model", fmt::format("there is no model {}", asked),
                          near.empty() ? fmt::format("one of {}", fmt::join(model_names(), ", "))
                                       : fmt::format("did you mean {}?", near));
    }
    return found;
  }
  const BatchModel* told = by_signature(reader);
  // A column `model` is an input of the inverse, and says the model of the others.
  if (told != nullptr && (!reader.has_column("model") || told->name == "staffing_inverse"))
    return told;
  if (!reader.has_column("model"))
    reader.header_error("", "missing-column",
                        "column model is missing, and the other columns tell none",
                        fmt::format("--model takes {}", fmt::join(model_names(), ", ")));
  return nullptr;
}

// The row's own model; null, with an error, where it names none.
const BatchModel* model_of_row(BatchReader& reader) {
  const std::string text = reader.text("model");
  const BatchModel* found = find_batch_model(text);
  if (found == nullptr)
    reader.error("model", "model",
                 fmt::format("model is \"{}\"; must be B, C, A, K or the name of a model", text),
                 fmt::format("one of {}", fmt::join(model_names(), ", ")));
  return found;
}

void missing_header(const std::string& name, Diagnostics& diagnostics) {
  Diagnostic missing;
  missing.place = SourcePlace{name, 1, 1, 1};
  missing.code = "empty";
  missing.message = "there is no header row";
  missing.help = "the first row names the columns, such as id, model, n, a";
  diagnostics.error(std::move(missing));
}

}  // namespace

const std::vector<BatchModel>& batch_models() {
  static const std::vector<BatchModel> all = all_models();
  return all;
}

const BatchModel* find_batch_model(std::string_view name) {
  for (const BatchModel& model : batch_models())
    if (!name.empty() && (model.name == name || model.letter == name)) return &model;
  return nullptr;
}

std::optional<std::string> solve_batch(std::string_view csv, const std::string& name,
                                       const std::string& model, Diagnostics& diagnostics,
                                       BatchUse* use) {
  const std::vector<BatchLine> lines = read_batch_lines(csv);
  if (lines.empty()) {
    missing_header(name, diagnostics);
    return std::nullopt;
  }
  BatchReader reader(name, lines.front(), diagnostics);
  const BatchModel* all = model_of_all(model, reader);
  if (!reader.has_column("id"))
    reader.header_error("", "missing-column", "column id is missing",
                        "the first row names the columns, such as id, model, n, a");
  if (!diagnostics.ok()) return std::nullopt;
  std::vector<Row> rows;
  std::vector<const BatchModel*> used;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (!reader.open(lines[i])) continue;
    Row row{.id = reader.text("id"), .model = all, .queue = queue_of(reader), .job = {}};
    if (row.model == nullptr) row.model = model_of_row(reader);
    if (row.model == nullptr) continue;
    reader.name_model(std::string{row.model->letter.empty() ? row.model->name : row.model->letter});
    row.job = row.model->read(reader);
    rows.push_back(std::move(row));
  }
  if (!diagnostics.ok()) return std::nullopt;
  for (const BatchModel& each : batch_models()) {
    const bool is_used =
        rows.empty() ? &each == all : std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
          return row.model == &each;
        });
    if (!is_used) continue;
    used.push_back(&each);
    if (use != nullptr) use->models.emplace_back(each.name);
  }
  std::vector<std::string> fails;
  std::string out = write(rows, used, fails);
  if (use != nullptr) use->fails = std::move(fails);
  return out;
}

}  // namespace callmill::calculator
