#include "models/world/menu_flow.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <numeric>
#include <utility>

#include <Eigen/SparseLU>

#include "base/check.h"
#include "base/random/law.h"
#include "models/world/order.h"

namespace callmill {
namespace {

// Where calls go from one place, before they hear the next prompt.
struct Spread {
  std::vector<std::pair<std::size_t, double>> to_queue, to_menu;  // may name one more than once
  double self_served = 0, hung_up = 0, seconds = 0;
};

class MenuFlow {
 public:
  MenuFlow(const World& world, CallerTypeId type)
      : world_{world}, type_{type}, order_{by_name(world.menus)}, place_(order_.size()) {
    for (std::size_t m = 0; m < order_.size(); ++m) place_[order_[m]] = m;
  }

  MenuOutcome outcome(const Destination& first) const {
    Spread enters;
    send(first, 1, enters);
    std::vector<Spread> from;
    for (const std::uint32_t m : order_) from.push_back(visit(world_.menus[m]));
    MenuOutcome result;
    result.to_queue.resize(world_.queues.size());
    const std::vector<double> heard = visits(enters, from);
    add(enters, 1, result);
    for (std::size_t m = 0; m < from.size(); ++m)
      if (heard[m] > 0) add(from[m], heard[m], result);
    for (const std::size_t place : place_) result.visits.push_back(heard[place]);
    return result;
  }

 private:
  static void add(const Spread& spread, double times, MenuOutcome& to) {
    for (const auto& [queue, share] : spread.to_queue) to.to_queue[queue] += times * share;
    to.self_served += times * spread.self_served;
    to.hung_up += times * spread.hung_up;
    to.mean_menu_s += times * spread.seconds;
  }

  static std::vector<double> visits(const Spread& enters, const std::vector<Spread>& from) {
    if (from.empty()) return {};
    using Entry = Eigen::Triplet<double>;
    const auto n = static_cast<Eigen::Index>(from.size());
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < from.size(); ++i) {
      entries.emplace_back(static_cast<int>(i), static_cast<int>(i), 1.0);
      for (const auto& [menu, share] : from[i].to_menu)
        entries.emplace_back(static_cast<int>(menu), static_cast<int>(i), -share);
    }
    Eigen::SparseMatrix<double> balance(n, n);
    balance.setFromTriplets(entries.begin(), entries.end());
    Eigen::VectorXd entered = Eigen::VectorXd::Zero(n);
    for (const auto& [menu, share] : enters.to_menu)
      entered[static_cast<Eigen::Index>(menu)] += share;
    const Eigen::SparseLU<Eigen::SparseMatrix<double>> solver{balance};
    CALLMILL_CHECK(solver.info() == Eigen::Success, "a menu that nobody leaves");
    const Eigen::VectorXd visits = solver.solve(entered);
    return {visits.begin(), visits.end()};
  }

  void send(const Destination& to, double share, Spread& out) const {
    switch (to.kind) {
      case Destination::Kind::kQueue:
        out.to_queue.emplace_back(to.queue.index(), share);
        return;
      case Destination::Kind::kMenu:
        out.to_menu.emplace_back(place_[to.menu.index()], share);
        return;
      case Destination::Kind::kSelfService: {
        const double served = share * to.served.value();
        out.self_served += served;
        out.seconds += share * mean(to.self_service_time);
        send_on(to, share - served, out);
        return;
      }
      case Destination::Kind::kAgent:  // whose work is the queue's: somebody takes the call
        send_on(to, share, out);
        return;
      case Destination::Kind::kContact:
      case Destination::Kind::kHangUp:
        out.hung_up += share;
        return;
    }
  }
  void send_on(const Destination& to, double share, Spread& out) const {
    send(to.otherwise.empty() ? Destination{} : to.otherwise[0], share, out);
  }

  // Geometric: of those who hear the prompt, a share stays without a right key and hears it again.
  Spread visit(const Menu& menu) const {
    Spread out;
    const double stay = 1 - menu.hang_up.value();
    const double no_key = stay * menu.no_key.value(), wrong_key = stay * menu.wrong_key.value();
    double heard = 0, again = 1;  // prompts per caller; those who are still without a key
    for (std::int64_t i = 0; i < menu.max_tries && again > 0; ++i) {
      heard += again;
      again *= no_key + wrong_key;
    }
    out.seconds += heard * (mean(menu.prompt) + no_key * to_seconds(menu.key_wait));
    out.hung_up += heard * menu.hang_up.value();
    const double choose = heard * (stay - no_key - wrong_key);
    const std::vector<double> shares = option_shares(menu);
    for (const std::uint32_t i : options_in_order(menu))
      send(menu.options[i].to, choose * shares[i], out);
    if (again > 0) send(menu.otherwise, again, out);
    return out;
  }

  // Of the caller type, mean over the open hours: minute by minute the first variant that fits.
  std::vector<double> option_shares(const Menu& menu) const {
    if (menu.variants.empty()) {  // exactly as written, also without an open day
      std::vector<double> own;
      for (const MenuOption& option : menu.options) own.push_back(option.share.value());
      return own;
    }
    constexpr SimDuration kDay = std::chrono::hours{24}, kStep = std::chrono::minutes{1};
    std::vector<double> minutes(menu.variants.size() + 1, 0.0);  // the last: no variant fits
    for (SimDuration at = world_.day.opens; at < world_.day.closes; at += kStep) {
      std::size_t v = 0;
      while (v < menu.variants.size() && !fits(menu.variants[v], at % kDay)) ++v;
      ++minutes[v];
    }
    const double all = std::accumulate(minutes.begin(), minutes.end(), 0.0);
    std::vector<double> shares;
    for (const MenuOption& option : menu.options) {
      double share = option.share.value() * minutes.back();
      for (std::size_t v = 0; v < menu.variants.size(); ++v)
        for (const KeyShare& key : menu.variants[v].shares)
          if (key.key == option.key) share += key.share.value() * minutes[v];
      shares.push_back(share / all);
    }
    return shares;
  }
  bool fits(const MenuVariant& variant, SimDuration time) const {
    const std::vector<CallerTypeId>& of = variant.callers;
    return (of.empty() || std::find(of.begin(), of.end(), type_) != of.end()) &&
           is_in_hours(variant, time);
  }

  const World& world_;
  CallerTypeId type_;
  std::vector<std::uint32_t> order_;  // menus by name, as Spread and the equations number them
  std::vector<std::size_t> place_;    // of a menu in that order
};

}  // namespace

MenuOutcome menu_outcome(const World& world, const CallerType& type) {
  // Types are told apart by their place in the world; a type from elsewhere has no variants.
  CallerTypeId id;
  for (std::size_t i = 0; i < world.caller_types.size(); ++i)
    if (&world.caller_types[i] == &type) id = CallerTypeId{i};
  return MenuFlow{world, id}.outcome(type.enters);
}

}  // namespace callmill
