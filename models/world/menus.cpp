#include "models/world/menus.h"

namespace callmill {

bool is_in_hours(const MenuVariant& variant, SimDuration time_of_day) {
  if (!variant.from || !variant.to) return true;
  const bool after = time_of_day >= *variant.from, before = time_of_day < *variant.to;
  return *variant.from < *variant.to ? after && before : after || before;
}

}  // namespace callmill
