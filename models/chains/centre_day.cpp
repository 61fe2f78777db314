#include "models/chains/centre_day.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "models/chains/centre_tally.h"
#include "models/chains/centre_window.h"

namespace callmill {
namespace {

using Fate = CentreMove::Fate;
using Index = Eigen::Index;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNobodyLeft = 1e-15;  // expected callers

// Callers of one class and one interval who are still watched: m and a of WatchedPiece.
struct Cohort {
  std::size_t interval = 0;
  Vector callers, waited;
};

class DayWalk {
 public:
  DayWalk(const CentreDay& day, const std::vector<std::vector<double>>& within, std::size_t limit,
          const DayWatch& watch)
      : day_{day},
        within_{within},
        limit_{limit},
        watch_{watch},
        work_{0, watch.most_steps, watch.stop},
        cohorts_(day.pieces[0].spec.classes.size()) {
    for (const CentreDay::Piece& p : day.pieces) length_ += p.length;
    for (std::size_t i = 0; i <= day.pieces.back().interval; ++i)
      result_.intervals.push_back(no_counts(day.pieces[0].spec, within));
  }

  std::optional<CentreDayCounts> walk(std::string& why);

 private:
  const CentrePiece& piece(std::size_t i);
  Pieces pieces() {
    return [this](std::size_t i) -> const CentrePiece& { return piece(i); };
  }
  std::string prepare(std::size_t i);
  std::string within_limit(double steps) const;
  void open();
  void pass(std::size_t i);
  void pass_class(std::size_t i, std::size_t c);
  Passage through_windows(std::size_t i, std::size_t c, const std::vector<Window>& windows,
                          const Vector& start, ClassCounts& counts);
  Vector enter(const CentrePiece& piece, std::size_t c, const Cohort& cohort) const;
  void close();
  void land(const CentrePiece& now, const CentrePiece& before);
  void land_cohort(const CentrePiece& now, std::size_t c, Cohort& cohort);

  const CentreDay& day_;
  const std::vector<std::vector<double>>& within_;
  std::size_t limit_;
  const DayWatch& watch_;
  Work work_;
  double length_ = 0;  // of the day
  std::vector<std::unique_ptr<CentrePiece>> built_;
  std::vector<std::vector<Cohort>> cohorts_;  // by class
  Vector p_;                                  // at the beginning of the piece
  double expected_ = 0, begun_ = 0;           // steps without windows, and length, of pieces so far
  CentreDayCounts result_;
};

const CentrePiece& DayWalk::piece(std::size_t i) {
  while (built_.size() <= i) {
    const std::size_t n = built_.size();
    const CentrePiece* before = n > 0 ? built_[n - 1].get() : nullptr;
    const bool closed = n == day_.pieces.size();
    const CentreDay::Piece& from = day_.pieces[closed ? n - 1 : n];
    CentreSpec spec = from.spec;
    spec.closed = closed;
    double length = from.length;
    if (closed) length = kInfinity;
    std::unique_ptr<CentrePiece> next =
        make_piece(spec, length, before, closed && day_.clears, limit_, watch_.stop);
    next->interval = from.interval;
    result_.states = std::max(result_.states, next->states);
    built_.push_back(std::move(next));
  }
  return *built_[i];
}

// The counts of a move of the centre at its time; what comes of the menu is counted where the
// caller is watched.
void count_now(const CentreMove& m, double expected, CentreCounts& counts) {
  CentreMove move = m;
  if (m.why == CentreMove::Why::kMenuOver) move.why = CentreMove::Why::kWrapOver;
  count_move(move, expected, counts);
  if (m.why <= CentreMove::Why::kRedial && m.fate == Fate::kAtOnce)
    counts.classes[m.who].answered_by[m.group] += expected;
}

// Of watched callers of class c, who spend so much time in each state.
void count_ends(const WatchedPiece& w, std::size_t c, const Vector& callers, const Vector& waited,
                ClassCounts& counts) {
  const std::vector<WatchedCaller>& states = w.chain.index.states();
  CentreCounts menu;  // count_call wants all classes
  menu.classes.resize(c + 1);
  for (std::size_t i = 0; i < states.size(); ++i) {
    const double n = callers[static_cast<Index>(i)], time = waited[static_cast<Index>(i)];
    if (n == 0) continue;
    if (!states[i].waits()) {
      w.rules.moves_in_menu(
          states[i], [](const WatchedCaller&, double) {},
          [&](const WatchedCaller&, double rate) { menu.classes[c].waited += n * rate; },
          [&](const CentreMove& m, double rate) {
            count_call(m, n * rate, menu);
            if (m.fate == Fate::kAtOnce) counts.answered_by[m.group] += n * rate;
          });
      continue;
    }
    w.rules.moves(
        states[i], [](const WatchedCaller&, double) {},
        [&](double rate, std::size_t group) {
          counts.answered += n * rate;
          counts.answered_by[group] += n * rate;
          counts.wait_answered += time * rate;
        },
        [&](double rate) {
          counts.abandoned += n * rate;
          counts.wait_abandoned += time * rate;
        });
  }
  const ClassCounts& from = menu.classes[c];
  counts.left_menu += from.left_menu;
  counts.self_served += from.self_served;
  counts.refused += from.refused;
  counts.at_once += from.at_once;
  counts.balked += from.balked;
  counts.waited += from.waited;
  counts.cut += from.cut;
}

// Passes the piece from `start`, and counts who is answered or gives up within the class's times on
// the way.
Passage DayWalk::through_windows(std::size_t i, std::size_t c, const std::vector<Window>& windows,
                                 const Vector& start, ClassCounts& counts) {
  const WatchedPiece& w = *piece(i).watched[c];
  Vector now = start, integral = Vector::Zero(start.size());
  double at = 0;
  std::vector<std::size_t> order(windows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return windows[a].last < windows[b].last; });
  for (const std::size_t k : order) {
    const Window& window = windows[k];
    const Passage until = w.flow->forward(now, window.last - at, &work_);
    integral += until.integral;
    now = until.end;
    at = window.last;
    if (window.last > 0) {
      const Vector joined = w.joins * integral;
      counts.answered_within[k] += joined.dot(window.served);
      counts.abandoned_within[k] += joined.dot(window.lost);
    }
    const Late late = join_late(pieces(), i, c, window, now, work_);
    counts.answered_within[k] += late.served;
    counts.abandoned_within[k] += late.lost;
    result_.left_out += late.off;
  }
  Passage rest = w.flow->forward(now, piece(i).length - at, &work_);
  rest.integral += integral;
  return rest;
}

Vector DayWalk::enter(const CentrePiece& piece, std::size_t c, const Cohort& cohort) const {
  const Index n = piece.centre.generator.size(), m = piece.watched[c]->chain.generator.size();
  Vector x = Vector::Zero(n + 2 * m);
  if (n > 0 && cohort.interval == piece.interval) x.head(n) = p_;
  x.segment(n, m) = cohort.callers;
  x.tail(m) = cohort.waited;
  return x;
}

void DayWalk::pass_class(std::size_t i, std::size_t c) {
  const CentrePiece& now = piece(i);
  const WatchedPiece& w = *now.watched[c];
  const Index n = now.centre.generator.size(), m = w.chain.generator.size();
  std::vector<Cohort>& cohorts = cohorts_[c];
  if (cohorts.empty() || cohorts.back().interval != now.interval)
    cohorts.push_back({now.interval, Vector::Zero(m), Vector::Zero(m)});
  std::vector<Window> windows;
  for (const double t : within_[c]) windows.push_back(window_of(pieces(), i, c, t, work_));
  for (Cohort& cohort : cohorts) {
    ClassCounts& counts = result_.intervals[cohort.interval].classes[c];
    const Passage passage = through_windows(i, c, windows, enter(now, c, cohort), counts);
    count_ends(w, c, passage.integral.segment(n, m), passage.integral.tail(m), counts);
    cohort.callers = passage.end.segment(n, m);
    cohort.waited = passage.end.tail(m);
  }
  for (std::size_t k = cohorts.size(); k-- > 0;) {
    if (cohorts[k].callers.sum() > kNobodyLeft || cohorts[k].interval == now.interval) continue;
    result_.left_out += cohorts[k].callers.sum();
    cohorts.erase(cohorts.begin() + static_cast<std::ptrdiff_t>(k));
  }
}

void DayWalk::pass(std::size_t i) {
  const CentrePiece& now = piece(i);
  const Passage passage = now.flow->forward(p_, now.length, &work_);
  CentreCounts& counts = result_.intervals[now.interval];
  std::vector<CentreMove> moves;
  for (std::size_t s = 0; s < now.centre.states().size(); ++s) {
    const double time = passage.integral[static_cast<Index>(s)];
    if (time == 0) continue;
    count_time(now.rules, now.centre.states()[s], time, counts);
    now.rules.moves(now.centre.states()[s], moves);
    for (const CentreMove& m : moves) count_now(m, m.rate * time, counts);
  }
  for (std::size_t c = 0; c < now.watched.size(); ++c)
    if (now.watched[c]) pass_class(i, c);
  p_ = passage.end;
}

void DayWalk::land_cohort(const CentrePiece& now, std::size_t c, Cohort& cohort) {
  const WatchedPiece& w = *now.watched[c];
  ClassCounts& counts = result_.intervals[cohort.interval].classes[c];
  const Index m = w.chain.generator.size();
  Vector callers = Vector::Zero(m), waited = Vector::Zero(m);
  for (std::size_t s = 0; s < w.landings.size(); ++s) {
    const double n = cohort.callers[static_cast<Index>(s)];
    const double time = cohort.waited[static_cast<Index>(s)];
    switch (w.landings[s].how) {
      case Landing::How::kGoesOn:
        callers[w.landed[s]] += n;
        waited[w.landed[s]] += time;
        break;
      case Landing::How::kTaken:
        counts.answered += n;
        counts.answered_by[w.landings[s].group] += n;
        counts.wait_answered += time;
        break;
      case Landing::How::kDisconnected:
        counts.disconnected += n;
    }
  }
  cohort.callers = callers;
  cohort.waited = waited;
}

// The staff changes; after the last piece only those who are watched matter.
void DayWalk::land(const CentrePiece& now, const CentrePiece& before) {
  for (std::size_t c = 0; c < cohorts_.size(); ++c)
    for (Cohort& cohort : cohorts_[c]) land_cohort(now, c, cohort);
  if (now.rules.spec().closed) return;
  Vector p = Vector::Zero(now.centre.generator.size());
  CentreCounts& counts = result_.intervals[now.interval];
  for (std::size_t s = 0; s < now.landed.size(); ++s) {
    const double chance = p_[static_cast<Index>(s)];
    p[now.landed[s]] += chance;
    const StaffMove change =
        now.rules.change_staff(before.centre.states()[s], &before.rules.spec());
    for (const StaffMove::Taken& taken : change.taken)
      counts.groups[taken.group].taken[taken.who] += chance;
    for (const std::uint8_t group : change.dials) counts.groups[group].dials += chance;
  }
  p_ = p;
}

// Until nobody is left, or nobody moves.
void DayWalk::close() {
  const CentrePiece& now = piece(day_.pieces.size());
  for (std::size_t c = 0; c < cohorts_.size(); ++c)
    for (Cohort& cohort : cohorts_[c]) {
      const WatchedPiece& w = *now.watched[c];
      const Index m = w.chain.generator.size();
      ClassCounts& counts = result_.intervals[cohort.interval].classes[c];
      const double step = 1000 / w.flow->ticks_per_time();
      double before = kInfinity;
      while (!work_.ended() && cohort.callers.sum() > kNobodyLeft &&
             cohort.callers.sum() < before * (1 - 1e-9)) {
        before = cohort.callers.sum();
        const Passage passage = w.flow->forward(enter(now, c, cohort), step, &work_);
        count_ends(w, c, passage.integral.head(m), passage.integral.tail(m), counts);
        cohort.callers = passage.end.head(m);
        cohort.waited = passage.end.tail(m);
      }
      result_.left_out += cohort.callers.sum();
    }
}

void DayWalk::open() {
  const CentrePiece& first = piece(0);
  p_ = Vector::Unit(first.centre.generator.size(), 0);
  for (const std::uint8_t group : first.rules.change_staff(CentreState{}, nullptr).dials)
    result_.intervals[0].groups[group].dials += 1;
}

// Builds what piece i and the windows that reach out of it need; empty, or why it cannot.
std::string DayWalk::prepare(std::size_t i) {
  double longest = 0, beyond = 0;
  for (const std::vector<double>& of_class : within_)
    for (const double t : of_class) longest = std::max(longest, t);
  for (std::size_t j = i; j <= day_.pieces.size() && beyond <= longest; ++j) {
    if (piece(j).too_large) return too_large_a_chain(piece(j).states, limit_);
    if (j > i) beyond += piece(j).length;
  }
  if (i == day_.pieces.size()) return "";
  const CentrePiece& now = piece(i);
  for (const auto& w : now.watched)
    if (w)
      expected_ +=
          now.length * w->flow->ticks_per_time() * static_cast<double>(w->flow->steps_per_tick());
  begun_ += now.length;
  return within_limit(std::max(work_.done * length_ / std::max(begun_ - now.length, 1e-300),
                               expected_ * length_ / begun_));
}

std::string DayWalk::within_limit(double steps) const {
  if (steps <= watch_.most_steps) return "";
  return too_many_steps(steps, watch_.most_steps);
}

std::optional<CentreDayCounts> DayWalk::walk(std::string& why) {
  for (std::size_t i = 0; i <= day_.pieces.size(); ++i) {
    why = prepare(i);
    if (work_.interrupted()) why.clear();
    if (work_.interrupted() || !why.empty()) return {};
    if (i == 0)
      open();
    else
      land(piece(i), *built_[i - 1]);
    if (i < day_.pieces.size()) {
      pass(i);
      if (watch_.passed) watch_.passed(begun_ / length_);
    } else {
      close();
    }
    if (work_.interrupted()) return {};
    why = within_limit(work_.done);
    if (!why.empty()) return {};
    if (i > 0) built_[i - 1].reset();
  }
  result_.steps = work_.done;
  for (CentreCounts& interval : result_.intervals)
    for (ClassCounts& k : interval.classes) {
      k.answered += k.at_once;
      k.abandoned += k.balked;
      for (double& within : k.answered_within) within += k.at_once;
      for (double& within : k.abandoned_within) within += k.balked;
      interval.states = result_.states;
    }
  return result_;
}

}  // namespace

std::optional<CentreDayCounts> solve_day(const CentreDay& day,
                                         const std::vector<std::vector<double>>& within,
                                         std::string& why, std::size_t limit,
                                         const DayWatch& watch) {
  return DayWalk{day, within, limit, watch}.walk(why);
}

}  // namespace callmill
