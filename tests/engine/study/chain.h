#pragma once
// Exact steady state of a small centre with several caller types and groups, by its Markov chain:
// an oracle that shares no code with the engine.
//
// Poisson arrivals by class, exponential talk (mean by class), exponential patience, FIFO within a
// class. An arrival takes an idle agent of the first group of `pref` that has one, else waits (lost
// where the queue is full: choose the room so that it never matters). An agent who becomes free
// takes the head of the first class of `take` that waits. An idle agent of a group that dials
// starts an outbound call after an exponential pause.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

namespace callmill::test {

struct ChainSpec {
  struct Class {
    double rate, mu, theta;
    int room;
    std::vector<std::size_t> pref;
  };
  struct Group {
    int agents;
    std::vector<std::size_t> take;
    double dial_rate = 0, dial_mu = 0;  // 0: does not dial
  };
  std::vector<Class> classes;
  std::vector<Group> groups;
};

struct ChainResult {
  std::vector<double> p_block, p_nowait, p_abandon, mean_queue;  // by class
  std::vector<double> mean_busy, mean_dialling, dial_rate;       // by group; busy = with callers
};

class Chain {
 public:
  explicit Chain(const ChainSpec& spec)
      : spec_{spec}, classes_{spec.classes.size()}, groups_{spec.groups.size()} {
    explore();
    solve();
  }

  ChainResult result() const {
    ChainResult r;
    r.p_block.assign(classes_, 0);
    r.p_nowait = r.p_abandon = r.mean_queue = r.p_block;
    r.mean_busy.assign(groups_, 0);
    r.mean_dialling = r.dial_rate = r.mean_busy;
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const State& s = states_[i];
      for (std::size_t c = 0; c < classes_; ++c) {
        const ChainSpec::Class& k = spec_.classes[c];
        const bool taken = group_for(s, c) < groups_;
        r.p_nowait[c] += taken ? p_[i] : 0;
        r.p_block[c] += !taken && s[queue(c)] == k.room ? p_[i] : 0;
        r.mean_queue[c] += p_[i] * s[queue(c)];
        r.p_abandon[c] += p_[i] * s[queue(c)] * k.theta / k.rate;
      }
      for (std::size_t g = 0; g < groups_; ++g) {
        for (std::size_t c = 0; c < classes_; ++c) r.mean_busy[g] += p_[i] * s[busy(c, g)];
        r.mean_dialling[g] += p_[i] * s[dialling(g)];
        r.dial_rate[g] += p_[i] * idle(s, g) * spec_.groups[g].dial_rate;
      }
    }
    return r;
  }

 private:
  using State = std::vector<int>;  // busy by (class, group), dialling by group, waiting by class
  struct Move {
    std::size_t to;
    double rate;
  };

  std::size_t busy(std::size_t c, std::size_t g) const { return c * groups_ + g; }
  std::size_t dialling(std::size_t g) const { return classes_ * groups_ + g; }
  std::size_t queue(std::size_t c) const { return classes_ * groups_ + groups_ + c; }

  int idle(const State& s, std::size_t g) const {
    int free = spec_.groups[g].agents - s[dialling(g)];
    for (std::size_t c = 0; c < classes_; ++c) free -= s[busy(c, g)];
    return free;
  }
  std::size_t group_for(const State& s, std::size_t c) const {
    for (const std::size_t g : spec_.classes[c].pref)
      if (idle(s, g) > 0) return g;
    return groups_;
  }
  // An agent of g has become free in `s`.
  State freed(State s, std::size_t g) const {
    for (const std::size_t c : spec_.groups[g].take)
      if (s[queue(c)] > 0) {
        --s[queue(c)];
        ++s[busy(c, g)];
        break;
      }
    return s;
  }

  template <class Visit>
  void each_move(const State& s, Visit&& visit) const {
    for (std::size_t c = 0; c < classes_; ++c) {
      const ChainSpec::Class& k = spec_.classes[c];
      State next = s;
      const std::size_t g = group_for(s, c);
      ++next[g < groups_ ? busy(c, g) : queue(c)];
      if (next[queue(c)] <= k.room) visit(next, k.rate);
      if (s[queue(c)] > 0 && k.theta > 0) {
        next = s;
        --next[queue(c)];
        visit(next, s[queue(c)] * k.theta);
      }
    }
    for (std::size_t g = 0; g < groups_; ++g) {
      const auto ends = [&](std::size_t place, double mu) {
        if (s[place] == 0) return;
        State next = s;
        --next[place];
        visit(freed(std::move(next), g), s[place] * mu);
      };
      for (std::size_t c = 0; c < classes_; ++c) ends(busy(c, g), spec_.classes[c].mu);
      ends(dialling(g), spec_.groups[g].dial_mu);
      if (spec_.groups[g].dial_rate > 0 && idle(s, g) > 0) {
        State next = s;
        ++next[dialling(g)];
        visit(next, idle(s, g) * spec_.groups[g].dial_rate);
      }
    }
  }

  void explore() {
    std::map<State, std::size_t> index;
    const auto find = [&](const State& s) {
      const auto [at, fresh] = index.emplace(s, states_.size());
      if (fresh) states_.push_back(s);
      return at->second;
    };
    find(State(classes_ * groups_ + groups_ + classes_, 0));
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const State from = states_[i];
      out_.push_back(0);
      each_move(from, [&](const State& to, double rate) {
        const std::size_t j = find(to);
        into_.resize(states_.size());
        into_[j].push_back({i, rate});
        out_[i] += rate;
      });
    }
    REQUIRE(states_.size() < 20'000);
  }

  // Gauss-Seidel on the balance equations.
  void solve() {
    p_.assign(states_.size(), 1.0 / static_cast<double>(states_.size()));
    double change = 1;
    for (int sweep = 0; sweep < 20'000 && change > 1e-13; ++sweep) {
      change = 0;
      double total = 0;
      for (std::size_t i = 0; i < states_.size(); ++i) {
        double flow = 0;
        for (const Move& m : into_[i]) flow += p_[m.to] * m.rate;
        const double p = flow / out_[i];
        change = std::max(change, std::abs(p - p_[i]));
        total += p_[i] = p;
      }
      for (double& p : p_) p /= total;
    }
    REQUIRE(change <= 1e-13);
  }

  const ChainSpec& spec_;
  std::size_t classes_, groups_;
  std::vector<State> states_;
  std::vector<std::vector<Move>> into_;  // to = the state it comes from
  std::vector<double> out_, p_;
};

}  // namespace callmill::test
