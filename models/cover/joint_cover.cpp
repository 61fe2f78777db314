#include "models/cover/joint_cover.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "models/cover/cover_model.h"

namespace callmill {
namespace {

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

// The programs of all problems side by side, those of their columns first that decide.
class Builder {
 public:
  explicit Builder(const JointCover& joint) : joint_{joint} {
    for (const CoverProblem& problem : joint.problems) {
      CALLMILL_CHECK(faults(problem).empty(),
                     "a cover problem must have no faults; ask faults() first");
      models_.push_back(build_cover_model(problem));
    }
    for (std::size_t p = 0; p < models_.size(); ++p) place(p, true);
    for (const JointItem& item : joint.items)
      items_.push_back(mip_.add_column(item.cost, static_cast<double>(item.least),
                                       static_cast<double>(item.most)));
    mip_.leading_columns = static_cast<int>(mip_.columns.size());
    for (std::size_t p = 0; p < models_.size(); ++p) place(p, false);
    for (std::size_t p = 0; p < models_.size(); ++p) add_rows(p);
    for (const JointRange& range : joint.ranges) narrow(range);
    for (const JointDrop& drop : joint.drops) add(drop);
    for (const JointRow& row : joint.rows) add(row);
  }

  const Mip& mip() const { return mip_; }

  JointResult result(const MipResult& solved) const {
    JointResult r;
    r.cost = solved.cost;
    r.bound = std::min(solved.bound, solved.cost);
    for (std::size_t p = 0; p < models_.size(); ++p) r.covers.push_back(cover(p, solved.values));
    for (const int column : items_) r.items.push_back(std::llround(solved.values[index(column)]));
    for (const int column : lacking_)
      r.lacking.push_back(column < 0 ? 0 : solved.values[index(column)]);
    return r;
  }

 private:
  void place(std::size_t p, bool leading) {
    const Mip& own = models_[p].mip;
    if (leading) column_of_.emplace_back(own.columns.size(), -1);
    const std::size_t split = index(own.leading_columns);
    for (std::size_t c = leading ? 0 : split; c < (leading ? split : own.columns.size()); ++c) {
      column_of_[p][c] = static_cast<int>(mip_.columns.size());
      mip_.columns.push_back(own.columns[c]);
    }
  }

  void add_rows(std::size_t p) {
    const Mip& own = models_[p].mip;
    const int first = static_cast<int>(mip_.row_lower.size());
    for (std::size_t row = 0; row < own.row_lower.size(); ++row)
      mip_.add_row(own.row_lower[row], own.row_upper[row]);
    for (const MipEntry& e : own.entries)
      mip_.add(first + e.row, column_of_[p][index(e.column)], e.value);
  }

  int present(std::size_t problem, int slot) const {
    return column_of_[problem][index(models_[problem].present[index(slot)])];
  }

  void narrow(const JointRange& range) {
    MipColumn& column = mip_.columns[index(present(range.problem, range.slot))];
    column.lower = std::max(column.lower, std::ceil(range.least - 1e-9));
    column.upper = std::min(column.upper, std::floor(range.most + 1e-9));
  }

  void add(const JointDrop& drop) {
    drops_.push_back(mip_.add_column(0, 0, kUnbounded));
    mip_.columns.back().whole = false;
    const int at = mip_.add_row(drop.from, kUnbounded);
    mip_.add(at, present(drop.problem, drop.slot), 1);
    mip_.add(at, drops_.back(), 1);
  }

  // In the unit of its largest term: the solver likes numbers near 1.
  void add(const JointRow& row) {
    double unit = 0;
    for (const JointTerm& t : row.present) unit = std::max(unit, std::abs(t.each));
    for (const JointItemTerm& t : row.items) unit = std::max(unit, std::abs(t.each));
    for (const JointDropTerm& t : row.drops) {
      CALLMILL_CHECK(t.each <= 0, "fewer agents must not help a row");
      unit = std::max(unit, -t.each);
    }
    if (unit <= 0) unit = 1;
    const int at = mip_.add_row(row.least / unit, kUnbounded);
    for (const JointTerm& t : row.present) mip_.add(at, present(t.problem, t.slot), t.each / unit);
    for (const JointItemTerm& t : row.items) mip_.add(at, items_[t.item], t.each / unit);
    for (const JointDropTerm& t : row.drops) mip_.add(at, drops_[t.drop], t.each / unit);
    lacking_.push_back(column_lacking(row));
    if (lacking_.back() >= 0) mip_.add(at, lacking_.back(), 1 / unit);
  }

  int column_lacking(const JointRow& row) {
    if (row.lacks_with) return lacking_.at(*row.lacks_with);
    if (!std::isfinite(row.price)) return -1;
    const int column = mip_.add_column(row.price, 0, kUnbounded);
    mip_.columns.back().whole = false;
    return column;
  }

  CoverResult cover(std::size_t p, const std::vector<double>& values) const {
    const CoverProblem& problem = joint_.problems[p];
    std::vector<double> own;
    for (const int column : column_of_[p]) own.push_back(values[index(column)]);
    CoverResult r;
    r.status = CoverStatus::kGap;
    r.choices = choices_of(problem, models_[p], own);
    for (const CoverColumn& agents : models_[p].agents)
      r.cost += own[index(agents.column)] * models_[p].mip.columns[index(agents.column)].cost;
    for (const int column : models_[p].present) {
      r.present.push_back(std::llround(own[index(column)]));
      r.wanted.push_back(static_cast<double>(r.present.back()));
    }
    return r;
  }

  const JointCover& joint_;
  std::vector<CoverModel> models_;
  std::vector<std::vector<int>> column_of_;  // by problem and its own column
  std::vector<int> items_, drops_;
  std::vector<int> lacking_;  // by row; -1: it may lack nothing
  Mip mip_;
};

}  // namespace

JointResult solve_joint_cover(const JointCover& joint, const CoverOptions& options) {
  const Builder builder{joint};
  const MipResult solved = solve_mip(builder.mip(), {.relative_gap = options.relative_gap,
                                                     .time_limit_s = options.time_limit_s,
                                                     .node_limit = options.node_limit});
  JointResult result;
  if (solved.status == MipStatus::kInfeasible) result.status = CoverStatus::kInfeasible;
  if (solved.values.empty()) return result;
  result = builder.result(solved);
  result.status = solved.status == MipStatus::kOptimal ? CoverStatus::kOptimal : CoverStatus::kGap;
  return result;
}

}  // namespace callmill
