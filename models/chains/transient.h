#pragma once
// What a chain does in a given time, by uniformisation (Jensen 1953): with L >= every rate out,
//   e^{Qt} = sum_k Poisson(k; L t) P^k,  P = I + Q / L >= 0,
// a sum of positive terms, so nothing cancels. What the Poisson weights leave out on both sides
// together is below kCut, the error of every probability.

#include <limits>

#include "models/chains/generator.h"
#include "models/queueing/poisson_weights.h"

namespace callmill {

// What a long computation has spent, in products of two numbers, and whether it goes on. Once it
// may not, passages come back at once, unfinished: their callers ask, and leave.
struct Work {
  double done = 0, most = std::numeric_limits<double>::infinity();
  StopFlag stop = nullptr;

  bool interrupted() const { return is_set(stop); }
  bool ended() const { return done > most || interrupted(); }
  bool spend(double products) {
    done += products;
    return !ended();
  }
};

inline constexpr double kCut = 1e-16;

struct Passage {
  Vector end;       // at time t
  Vector integral;  // over [0, t]
};

// Of several measures side by side, column k for a time t[k] of its own.
using Block = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
struct Passages {
  Block ends;   // states x columns
  Block flows;  // integral over [0, t[k]] of rates' m: a row for each column of `rates`
};

// Keeps the matrices of one generator, to be used for many times and vectors. Cost of a passage:
// L t + 9 sqrt(L t) + 20 steps of one sparse product; fewer where the vector comes to rest. All is
// counted in `work`, where given.
class Uniformised {
 public:
  using Steps = Eigen::SparseMatrix<double, Eigen::RowMajor>;

  // Ticks at the rate of the fastest state, or `at_least`. Moves that `g.out` does not count take
  // nothing away: they add to their state a copy of the one they come from.
  explicit Uniformised(const Generator& g, double at_least = 0);
  // p e^{Qs}: of a distribution (or any measure) over states, from time 0 to t >= 0.
  Passage forward(const Vector& p, double t, Work* work = nullptr) const;
  // e^{Qs} h: of a value of states, as seen from s earlier.
  Passage backward(const Vector& h, double t, Work* work = nullptr) const;
  // Column k of `starts` until t[k]. Several columns share each read of the matrix, which makes one
  // some four times as cheap as alone.
  Passages forward_each(const Block& starts, const std::vector<double>& t, const Block& rates,
                        Work* work = nullptr) const;
  // Column k: seen * (p e^{Q t[k]})', and `end` = p e^{Q last}, of one passage. All t[k] <= last.
  Block seen_at(const Vector& p, const std::vector<double>& t, const Steps& seen, double last,
                Vector& end, Work* work = nullptr) const;
  // A time after which the chain is in none of the states of `where` (1 or 0 each; a set that is
  // only ever left) but for a chance of 1e-17, wherever it began; `most` where it takes longer.
  double time_to_leave(const Vector& where, double most, Work* work = nullptr) const;
  double ticks_per_time() const { return fastest_; }
  std::int64_t steps_per_tick() const { return back_.nonZeros(); }

 private:
  Passage pass(const Steps& step, Vector now, double t, Work* work) const;
  Steps onward_, back_;  // P' and P
  double fastest_ = 0;
};

}  // namespace callmill
