#pragma once
// The cheapest schedules of one person for given prices of working each kind on each day: a
// shortest path over days with limits (Irnich and Desaulniers 2005), solved by labels. Internal to
// the room.
//
// A label is what the past means for the future: last kind, days that the run still owes, minutes
// towards the least that must be worked, all equal among labels that are compared; and what is used
// up of each limit (days in a row, nights, weekends, minutes, ...), where less is better. Of two
// labels with equal first part the one that is dearer and has used no less of anything is dropped.
//
//   day 0        day 1           last day
//   start --off--> (off)  --E--> (E, owes 1, run 1) ... cheapest end

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/roster/roster.h"

namespace callmill {

// Added to the person's own wishes and overtime.
struct DayPrices {
  std::vector<double> at;  // [day * kinds + kind]
  double weekend = 0;      // each weekend with a shift
};

struct PricedDays {
  std::vector<int> days;  // kind or kDayOff
  double cost = 0;        // wishes, overtime and prices
};

class PersonDays {
 public:
  // The problem must have no faults and outlive this.
  PersonDays(const RosterProblem& problem, const RosterPerson& person);

  // At most `how_many` schedules that keep every rule, the cheapest first, each the cheapest with
  // its own last day; none where the rules cannot hold together. Exact with `width` 0; else at most
  // so many labels of each first part live on, which is faster and may miss. O(days x labels x
  // kinds), labels in the hundreds to ten thousands.
  std::vector<PricedDays> cheapest(const DayPrices& prices, int how_many, int width) const;

  // Every schedule that keeps the rules and costs at most `limit`; none of them where there are
  // more than `most` or where the search would pass a million states. In the order of their ends.
  std::optional<std::vector<std::vector<int>>> within(const DayPrices& prices, double limit,
                                                      std::size_t most) const;

  // Wishes not granted and overtime.
  double own_cost(const std::vector<int>& days) const;

  bool may_work(int day, int kind) const {
    return allowed_[static_cast<std::size_t>(day * (kinds_ + 1) + kind + 1)];
  }

 private:
  static constexpr int kWords = 4;
  static constexpr int kFields = 4 * kWords;  // 15 bits and a guard each
  struct Label {
    double cost = 0;
    std::uint32_t key = 0;
    std::int32_t parent = -1;  // in the layer of the day before
    std::int32_t next = -1;    // label of the same key
    std::array<std::uint64_t, kWords> used{};
  };
  using Layer = std::vector<Label>;

  int add_field(int limit);
  int used(const Label& label, int field) const {
    return static_cast<int>(label.used[static_cast<std::size_t>(field / 4)] >> (16 * (field % 4)) &
                            0x7fff);
  }
  // Whether the field can take so much more; if so it is taken.
  bool take(Label& label, int field, int amount) const;
  static void clear(Label& label, int field) {
    label.used[static_cast<std::size_t>(field / 4)] &=
        ~(std::uint64_t{0x7fff} << (16 * (field % 4)));
  }
  bool uses_no_less(const Label& dearer, const Label& cheaper) const;
  void read_rules();
  void read_days();
  bool may_follow(int before, int after) const;
  bool extend(const Label& from, int day, int kind, const DayPrices& prices, Label& to) const;
  bool end_week(Label& label, int day) const;
  std::vector<double> still_to_come(const DayPrices& prices) const;
  static std::uint32_t start_key();
  bool is_end(const Label& label) const;
  std::size_t buckets() const;
  std::size_t bucket_of(std::uint32_t key) const;
  void enter(const Label& label, int width, Layer& layer, std::vector<std::int32_t>& head) const;

  const RosterProblem& p_;
  const RosterPerson& person_;
  int kinds_ = 0;
  int words_ = 0;            // of Label::used that have fields
  std::vector<int> limits_;  // by field
  int run_ = -1, nights_ = -1, weekends_ = -1, minutes_ = -1, week_minutes_ = -1, week_shifts_ = -1,
      overtime_ = -1;  // fields; -1: no such rule
  std::vector<int> kind_field_;
  int unit_ = 5;                // minutes that all shifts are multiples of
  int most_owed_ = 0;           // days that a run can still owe
  int min_units_ = 0;           // to be worked over the horizon
  std::vector<char> allowed_;   // [day][kind + 1]
  std::vector<double> cost_;    // [day][kind + 1], wishes
  std::vector<char> follows_;   // [kind][kind]
  std::vector<int> reachable_;  // units that days from this one on can still bring
};

}  // namespace callmill
