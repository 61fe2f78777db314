#include "tests/models/queueing/chain.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace callmill::test {
namespace {

struct Fate {
  double served, abandoned;
};

// A caller who finds `ahead` callers before it in the queue and all n agents busy, over a time T:
// steps of the uniform chain, Poisson weighted. State k = callers still ahead.
Fate fate_within(int ahead, int n, double mu, double theta, double within) {
  const double uniform = n * mu + (ahead + 1) * theta;
  std::vector<double> p(static_cast<std::size_t>(ahead) + 1, 0.0);
  p[static_cast<std::size_t>(ahead)] = 1;
  Fate now{0, 0};
  Fate result{0, 0};
  const double mean = uniform * within;
  double weight = std::exp(-mean);
  const int steps = static_cast<int>(mean + 12 * std::sqrt(mean) + 60);
  for (int step = 0; step <= steps; ++step) {
    result.served += weight * now.served;
    result.abandoned += weight * now.abandoned;
    now.served += p[0] * n * mu / uniform;
    for (std::size_t k = 0; k < p.size(); ++k) {
      now.abandoned += p[k] * theta / uniform;
      const double leave = n * mu + static_cast<double>(k) * theta;
      const double from_above =
          k + 1 < p.size() ? p[k + 1] * (n * mu + static_cast<double>(k + 1) * theta) : 0;
      p[k] = p[k] * (uniform - leave - theta) / uniform + from_above / uniform;
    }
    weight *= mean / (step + 1);
  }
  return result;
}

}  // namespace

ChainResult solve_chain(int n, int lines, double lambda, double mu, double theta, double within) {
  std::vector<double> pi{1.0};
  double sum = 1;
  for (int j = 1; j <= lines; ++j) {
    pi.push_back(pi.back() * lambda / (std::min(j, n) * mu + std::max(j - n, 0) * theta));
    sum += pi.back();
  }
  ChainResult r{};
  double queue_sq = 0;
  for (int j = 0; j <= lines; ++j) {
    const double p = pi[static_cast<std::size_t>(j)] / sum;
    const double queue = std::max(j - n, 0);
    r.mean_queue += p * queue;
    queue_sq += p * queue * queue;
    r.mean_busy += p * std::min(j, n);
    if (j == lines) {
      r.p_block = p;
    } else if (j < n) {
      r.p_served_le += p;
    } else {
      r.p_wait += p;
      const Fate fate = fate_within(j - n, n, mu, theta, within);
      r.p_served_le += p * fate.served;
      r.p_abandon_le += p * fate.abandoned;
    }
  }
  r.var_queue = queue_sq - r.mean_queue * r.mean_queue;
  r.p_abandon = theta * r.mean_queue / lambda;
  r.p_served = mu * r.mean_busy / lambda;
  return r;
}

}  // namespace callmill::test
