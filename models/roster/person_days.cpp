#include "models/roster/person_days.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "base/check.h"

namespace callmill {
namespace {

constexpr int kMost = 0x7fff;
constexpr std::int32_t kGone = -2;
constexpr std::uint64_t kGuards = 0x8000800080008000u;

// key = [kind + 1 : 6 bits][days owed : 7][units towards the least : 15]
constexpr std::uint32_t key_of(int kind, int owed, int towards) {
  return static_cast<std::uint32_t>((kind + 1) << 22 | owed << 15 | towards);
}
constexpr int kind_in(std::uint32_t key) {
  return static_cast<int>(key >> 22) - 1;
}
constexpr int owed_in(std::uint32_t key) {
  return static_cast<int>(key >> 15 & 0x7f);
}
constexpr int towards_in(std::uint32_t key) {
  return static_cast<int>(key & 0x7fff);
}

}  // namespace

PersonDays::PersonDays(const RosterProblem& problem, const RosterPerson& person)
    : p_{problem}, person_{person}, kinds_{static_cast<int>(problem.kinds.size())} {
  read_days();
  read_rules();
}

int PersonDays::add_field(int limit) {
  limits_.push_back(std::min(limit, kMost));
  CALLMILL_CHECK(limits_.size() <= kFields, "kinds and rules within the limits of roster.h");
  words_ = (static_cast<int>(limits_.size()) + 3) / 4;
  return static_cast<int>(limits_.size()) - 1;
}

bool PersonDays::take(Label& label, int field, int amount) const {
  if (field < 0) return true;
  if (used(label, field) + amount > limits_[static_cast<std::size_t>(field)]) return false;
  label.used[static_cast<std::size_t>(field / 4)] += static_cast<std::uint64_t>(amount)
                                                     << (16 * (field % 4));
  return true;
}

// All fields at once: the guard bit of a field survives the subtraction where nothing is borrowed.
bool PersonDays::uses_no_less(const Label& dearer, const Label& cheaper) const {
  for (int w = 0; w < words_; ++w) {
    const auto word = static_cast<std::size_t>(w);
    if ((((dearer.used[word] | kGuards) - cheaper.used[word]) & kGuards) != kGuards) return false;
  }
  return true;
}

std::size_t PersonDays::bucket_of(std::uint32_t key) const {
  const int place = (kind_in(key) + 1) * (most_owed_ + 1) + owed_in(key);
  return static_cast<std::size_t>(place) * static_cast<std::size_t>(min_units_ + 1) +
         static_cast<std::size_t>(towards_in(key));
}

// A day off before the first day, which owes nothing.
std::uint32_t PersonDays::start_key() {
  return key_of(kDayOff, 0, 0);
}
std::size_t PersonDays::buckets() const {
  return bucket_of(key_of(kinds_, 0, 0));
}
bool PersonDays::is_end(const Label& label) const {
  return towards_in(label.key) >= min_units_;
}

void PersonDays::read_days() {
  const auto width = static_cast<std::size_t>(kinds_ + 1);
  allowed_.assign(static_cast<std::size_t>(p_.days) * width, 1);
  cost_.assign(allowed_.size(), 0.0);
  const auto at = [width](int day, int kind) {
    return static_cast<std::size_t>(day) * width + static_cast<std::size_t>(kind + 1);
  };
  for (int kind = 0; kind < kinds_; ++kind) {
    const auto k = static_cast<std::size_t>(kind);
    const RosterKind& of = p_.kinds[k];
    const auto& skills = person_.skills;
    const bool barred =
        (person_.rules.day_minutes && of.minutes > *person_.rules.day_minutes) ||
        (!person_.max_of_kind.empty() && person_.max_of_kind[k] == 0) ||
        (!of.skill.empty() && std::find(skills.begin(), skills.end(), of.skill) == skills.end());
    for (int day = 0; barred && day < p_.days; ++day) allowed_[at(day, kind)] = 0;
  }
  for (const RosterFixed& cell : person_.fixed)
    for (int kind = kDayOff; kind < kinds_; ++kind)
      if (kind != cell.kind) allowed_[at(cell.day, kind)] = 0;
  for (const RosterWish& wish : person_.wishes)
    for (int kind = kDayOff; kind < kinds_; ++kind) {
      const bool hit = wish.kind == kAnyShift ? kind != kDayOff : kind == wish.kind;
      if (hit != wish.on) cost_[at(wish.day, kind)] += wish.weight;
    }
}

void PersonDays::read_rules() {
  const RosterRules& r = person_.rules;
  unit_ = 0;
  int longest = 0, shortest = 1440;
  for (const RosterKind& kind : p_.kinds) {
    unit_ = std::gcd(unit_, kind.minutes);
    longest = std::max(longest, kind.minutes);
    shortest = std::min(shortest, kind.minutes);
  }
  longest /= unit_;
  if (r.min_minutes) min_units_ = std::min((*r.min_minutes + unit_ - 1) / unit_, kMost);
  if (r.max_run && *r.max_run < p_.days) run_ = add_field(*r.max_run);
  if (r.max_nights_run) nights_ = add_field(*r.max_nights_run);
  if (r.max_weekends) weekends_ = add_field(*r.max_weekends);
  if (r.max_minutes) minutes_ = add_field(*r.max_minutes / unit_);
  // Rules that others imply are left out: each one multiplies the labels.
  const bool overtime_costs = p_.overtime_weight > 0 && r.normal_week;
  const int weeks = (p_.days + 6 + p_.first_weekday) / 7;
  const int most_overtime = r.week_minutes && r.normal_week
                                ? weeks * std::max(0, *r.week_minutes - *r.normal_week)
                                : kMost;
  const bool overtime_binds = r.overtime_minutes && *r.overtime_minutes < most_overtime;
  if (r.week_minutes || overtime_binds || overtime_costs)
    week_minutes_ = add_field(r.week_minutes.value_or(kMost));
  const bool hours_rest =
      r.rest_days && r.week_minutes && shortest * std::max(0, 8 - *r.rest_days) > *r.week_minutes;
  if (r.rest_days && *r.rest_days > 0 && !hours_rest)
    week_shifts_ = add_field(std::max(0, 7 - *r.rest_days));
  if (overtime_binds) overtime_ = add_field(*r.overtime_minutes);
  kind_field_.assign(static_cast<std::size_t>(kinds_), -1);
  for (std::size_t k = 0; k < person_.max_of_kind.size(); ++k)
    if (const auto& limit = person_.max_of_kind[k]; limit && *limit > 0 && *limit < p_.days)
      kind_field_[k] = add_field(*limit);
  for (int before = 0; before < kinds_; ++before)
    for (int after = 0; after < kinds_; ++after)
      follows_.push_back(may_follow(before, after) ? 1 : 0);
  most_owed_ = std::max({0, std::min(r.min_run.value_or(0), p_.days + 1) - 1,
                         std::min(r.min_off_run.value_or(0), p_.days + 1) - 1});
  // Runs of max_run with min_off_run between them are the most that any stretch of days can hold.
  reachable_.assign(static_cast<std::size_t>(p_.days) + 1, 0);
  const int run = std::max(1, r.max_run.value_or(p_.days));
  const int cycle = run + std::max(1, r.min_off_run.value_or(1));
  for (int left = 0; left <= p_.days; ++left)
    reachable_[static_cast<std::size_t>(p_.days - left)] =
        (left / cycle * run + std::min(run, left % cycle)) * longest;
}

bool PersonDays::may_follow(int before, int after) const {
  const RosterKind &b = p_.kinds[static_cast<std::size_t>(before)],
                   &a = p_.kinds[static_cast<std::size_t>(after)];
  if (std::find(b.never_before.begin(), b.never_before.end(), after) != b.never_before.end())
    return false;
  const auto& rest = person_.rules.rest_minutes;
  return !rest || !b.to || !a.from || 1440 + *a.from - *b.to >= *rest;
}

// After the day's choice: what a week leaves behind.
bool PersonDays::end_week(Label& label, int day) const {
  if (weekday(p_, day) != 6 && day + 1 < p_.days) return true;
  if (week_minutes_ >= 0 && person_.rules.normal_week) {
    const int over = std::max(0, used(label, week_minutes_) - *person_.rules.normal_week);
    if (!take(label, overtime_, over)) return false;
    label.cost += over / 60.0 * p_.overtime_weight;
  }
  if (week_minutes_ >= 0) clear(label, week_minutes_);
  if (week_shifts_ >= 0) clear(label, week_shifts_);
  return true;
}

bool PersonDays::extend(const Label& from, int day, int kind, const DayPrices& prices,
                        Label& to) const {
  const int last = kind_in(from.key), owed = owed_in(from.key);
  const bool changes = day > 0 && (last == kDayOff) != (kind == kDayOff);
  if (changes && owed > 0) return false;
  to = from;
  to.cost += cost_[static_cast<std::size_t>(day * (kinds_ + 1) + kind + 1)];
  int towards = towards_in(from.key);
  const RosterRules& r = person_.rules;
  // A run that began before the horizon owes nothing.
  const auto& least = kind == kDayOff ? r.min_off_run : r.min_run;
  const int owes =
      changes ? std::clamp(least.value_or(0) - 1, 0, most_owed_) : std::max(0, owed - 1);
  if (kind == kDayOff) {
    if (run_ >= 0) clear(to, run_);
    if (nights_ >= 0) clear(to, nights_);
  } else {
    const auto k = static_cast<std::size_t>(kind);
    const int minutes = p_.kinds[k].minutes, units = minutes / unit_;
    if (day > 0 && last != kDayOff && !follows_[static_cast<std::size_t>(last * kinds_ + kind)])
      return false;
    if (!p_.kinds[k].night && nights_ >= 0) clear(to, nights_);
    if (p_.kinds[k].night && !take(to, nights_, 1)) return false;
    if (!take(to, run_, 1) || !take(to, minutes_, units) || !take(to, kind_field_[k], 1) ||
        !take(to, week_minutes_, minutes))
      return false;
    const int which = weekday(p_, day);
    const bool whole_week = day >= which && day - which + 7 <= p_.days;
    if (whole_week && !take(to, week_shifts_, 1)) return false;
    if (which == 5 || (which == 6 && (day == 0 || last == kDayOff))) {
      if (!take(to, weekends_, 1)) return false;
      to.cost += prices.weekend;
    }
    to.cost += prices.at[static_cast<std::size_t>(day * kinds_ + kind)];
    towards = std::min(min_units_, towards + units);
  }
  if (towards + reachable_[static_cast<std::size_t>(day + 1)] < min_units_) return false;
  to.key = key_of(kind, owes, towards);
  return end_week(to, day);
}

// A label enters unless another one makes it needless, and drives out those that it makes needless.
// Labels of one key are a list in `head`.
void PersonDays::enter(const Label& label, int width, Layer& layer,
                       std::vector<std::int32_t>& head) const {
  const std::size_t bucket = bucket_of(label.key);
  int count = 0;
  std::int32_t dearest = -1;
  for (std::int32_t* link = &head[bucket]; *link >= 0;) {
    Label& other = layer[static_cast<std::size_t>(*link)];
    if (other.cost <= label.cost && uses_no_less(label, other)) return;
    if (label.cost <= other.cost && uses_no_less(other, label)) {
      other.parent = kGone;
      *link = other.next;
      continue;
    }
    if (dearest < 0 || other.cost > layer[static_cast<std::size_t>(dearest)].cost) dearest = *link;
    link = &other.next;
    ++count;
  }
  if (width > 0 && count >= width) {
    Label& other = layer[static_cast<std::size_t>(dearest)];
    if (other.cost <= label.cost) return;
    const std::int32_t next = other.next;
    other = label;
    other.next = next;
    return;
  }
  layer.push_back(label);
  layer.back().next = head[bucket];
  head[bucket] = static_cast<std::int32_t>(layer.size()) - 1;
}

std::vector<PricedDays> PersonDays::cheapest(const DayPrices& prices, int how_many,
                                             int width) const {
  std::vector<Layer> layers{{Label{}}};
  layers.front().front().key = start_key();
  std::vector<std::int32_t> head(buckets(), -1);
  for (int day = 0; day < p_.days; ++day) {
    Layer next;
    const Layer& now = layers.back();
    next.reserve(now.size() * 2);
    Label to;
    for (std::size_t i = 0; i < now.size(); ++i)
      for (int kind = kDayOff; kind < kinds_; ++kind) {
        if (!may_work(day, kind) || !extend(now[i], day, kind, prices, to)) continue;
        to.parent = static_cast<std::int32_t>(i);
        enter(to, width, next, head);
      }
    for (const Label& label : next) head[bucket_of(label.key)] = -1;
    std::erase_if(next, [](const Label& label) { return label.parent == kGone; });
    layers.push_back(std::move(next));
  }
  Layer& ends = layers.back();
  std::vector<std::size_t> order(ends.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&ends](std::size_t a, std::size_t b) { return ends[a].cost < ends[b].cost; });
  std::vector<PricedDays> found;
  for (const std::size_t end : order) {
    if (static_cast<int>(found.size()) >= how_many) break;
    if (!is_end(ends[end])) continue;
    PricedDays one{std::vector<int>(static_cast<std::size_t>(p_.days)), ends[end].cost};
    auto at = static_cast<std::int32_t>(end);
    for (std::size_t day = layers.size() - 1; day > 0; --day) {
      const Label& label = layers[day][static_cast<std::size_t>(at)];
      one.days[day - 1] = kind_in(label.key);
      at = label.parent;
    }
    found.push_back(std::move(one));
  }
  return found;
}

double PersonDays::own_cost(const std::vector<int>& days) const {
  double cost = 0;
  int week = 0;
  for (int day = 0; day < p_.days; ++day) {
    const int kind = days[static_cast<std::size_t>(day)];
    cost += cost_[static_cast<std::size_t>(day * (kinds_ + 1) + kind + 1)];
    if (kind != kDayOff) week += p_.kinds[static_cast<std::size_t>(kind)].minutes;
    if (weekday(p_, day) != 6 && day + 1 < p_.days) continue;
    if (person_.rules.normal_week)
      cost += std::max(0, week - *person_.rules.normal_week) / 60.0 * p_.overtime_weight;
    week = 0;
  }
  return cost;
}

}  // namespace callmill
