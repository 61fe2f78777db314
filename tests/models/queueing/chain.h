#pragma once
// M/M/n/K+M by brute force: stationary state by balance from state 0 and a tagged caller's fate by
// uniformisation. For small systems; shares nothing with models/queueing.

namespace callmill::test {

struct ChainResult {
  double p_block, p_wait, p_abandon, p_served;
  double mean_queue, var_queue, mean_busy;
  double p_served_le, p_abandon_le;  // within T
};
// theta >= 0; K >= n. Cost O(K (K - n) rate T): keep K below 100 or so.
ChainResult solve_chain(int n, int lines, double lambda, double mu, double theta, double within);

}  // namespace callmill::test
