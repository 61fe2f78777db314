#include "models/chains/generator.h"

#include "base/check.h"

namespace callmill {

Generator make_generator(std::size_t states, const std::vector<Move>& moves,
                         const std::vector<double>& lost) {
  const auto n = static_cast<Eigen::Index>(states);
  Generator g;
  g.rates.resize(n, n);
  g.out = Vector::Zero(n);
  std::vector<Eigen::Triplet<double>> cells;
  cells.reserve(moves.size());
  for (const Move& m : moves) {
    if (m.from == m.to) continue;
    cells.emplace_back(static_cast<int>(m.from), static_cast<int>(m.to), m.rate);
    g.out[m.from] += m.rate;
  }
  g.rates.setFromTriplets(cells.begin(), cells.end());
  CALLMILL_CHECK(lost.empty() || lost.size() == states, "one loss a state");
  for (std::size_t i = 0; i < lost.size(); ++i) g.out[static_cast<Eigen::Index>(i)] += lost[i];
  return g;
}

}  // namespace callmill
