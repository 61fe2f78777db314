#include <algorithm>

#include "models/world/findings.h"

namespace callmill {
namespace {

// Each line group at most once, and none that is for dialling out.
void check_trunks(Findings& f, const CallerType& caller) {
  if (!caller.trunks.valid()) {
    f.found(place("callers", caller, "lines"), "lines", "is missing; calls come in on a line group",
            "", {place("callers", caller, "channel"), "lines"});
    return;
  }
  const std::string path = place("callers", caller, "lines");
  const bool several = !caller.shared_trunks.empty();
  std::vector<TrunkGroupId> all{caller.trunks};
  all.insert(all.end(), caller.shared_trunks.begin(), caller.shared_trunks.end());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string here = several ? fmt::format("{}[{}]", path, i) : path;
    if (!f.exists(all[i], f.world.trunks, here)) continue;
    const TrunkGroup& trunks = f.world.trunks[all[i].index()];
    if (trunks.direction == LineDirection::kOutbound)
      f.found(here, "direction", fmt::format("is {}, whose lines only dial out", trunks.name),
              "direction: both takes calls too", {place("lines", trunks, "direction")});
    if (i > 0 && !trunks.lines)
      f.found(
          here, "lines",
          fmt::format("is {}, which has no number of lines; plan sizes only the first of a list",
                      trunks.name),
          "", {place("lines", trunks)});
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(all.begin(), end, all[i]) != end)
      f.found(here, "lines", fmt::format("is {} again", trunks.name));
  }
}

// The call goes on as another type: what that type cannot have, since it does not begin there.
void check_transfer(Findings& f, const std::string& path, const Transfer& transfer) {
  f.check_law(path + ".dial", transfer.dial);
  f.check_law(path + ".pre_service", transfer.pre_service);
  f.check_law(path + ".conference", transfer.conference);
  using How = Transfer::How;
  if (transfer.how != How::kCold && mean(transfer.pre_service) > 0)
    f.found(path + ".pre_service", "transfer", "has a use in cold transfers only",
            "a first agent who stays tells what it is about", {path + ".how"});
  if (transfer.how != How::kConference && mean(transfer.conference) > 0)
    f.found(path + ".conference", "transfer", "has a use with how: conference only", "",
            {path + ".how"});
  if (!f.exists(transfer.as, f.world.caller_types, path + ".as")) return;
  const CallerType& next = f.world.caller_types[transfer.as.index()];
  if (next.enters.kind != Destination::Kind::kQueue)
    f.found(path + ".as", "transfer", fmt::format("is {}, which enters no queue", next.name), "",
            {place("callers", next, "enters")});
  if (next.channel != Channel::kVoice)
    f.found(path + ".as", "transfer", fmt::format("is {}, which makes no calls", next.name), "",
            {place("callers", next, "channel")});
  if (next.redial.after_block.share.value() > 0 || next.redial.after_abandon.share.value() > 0)
    f.found(path + ".as", "transfer", fmt::format("is {}, which redials", next.name),
            "who calls again begins as the first type", {place("callers", next, "redial")});
}

void check_transfers(Findings& f, const CallerType& caller) {
  double sum = 0;
  for (std::size_t i = 0; i < caller.transfers.size(); ++i) {
    sum += caller.transfers[i].share.value();
    check_transfer(f, fmt::format("{}[{}]", place("callers", caller, "transfers"), i),
                   caller.transfers[i]);
  }
  if (sum > 1 + 1e-9)
    f.found(place("callers", caller, "transfers"), "share-sum",
            fmt::format("have shares that add up to {:.6g}%; at most 100%", sum * 100));
}

void check_caller(Findings& f, const CallerType& caller) {
  const auto path = [&](const char* key) { return place("callers", caller, key); };
  f.check_profile(path("volume"), caller.volume);
  if (caller.talk_factor) f.check_profile(path("talk_factor"), *caller.talk_factor);
  if (caller.channel == Channel::kVoice) check_trunks(f, caller);
  f.check_destination(path("enters"), caller.enters);
  if (caller.enters.kind == Destination::Kind::kSelfService ||
      caller.enters.kind == Destination::Kind::kHangUp)
    f.found(path("enters"), "choice", "must be a queue, a menu or an agent");
  f.check_law(path("talk"), caller.talk);
  f.check_law(path("wrap"), caller.wrap);
  if (caller.patience) f.check_law(path("patience"), *caller.patience);
  if (caller.patience_factor) f.check_profile(path("patience_factor"), *caller.patience_factor);
  if (!caller.patience && (caller.patience_factor || caller.never_hangs_up.value() > 0))
    f.found(path(caller.patience_factor ? "patience_factor" : "never_hangs_up"), "patience",
            "has no patience to change: without `patience` everyone waits for ever",
            "write patience: {law: exponential, mean: 3min}");
  const Redial& redial = caller.redial;
  f.check_law(path("redial.after_block.delay"), redial.after_block.delay);
  f.check_law(path("redial.after_abandon.delay"), redial.after_abandon.delay);
  f.check_law(path("redial.after_cut.delay"), redial.after_cut.delay);
  if (redial.keeps_patience && redial.after_block.share.value() <= 0 &&
      redial.after_abandon.share.value() <= 0 && redial.after_cut.share.value() <= 0)
    f.found(path("redial.keeps_patience"), "redial", "is about callers who never call again",
            "write after_abandon: {share: 50%}");
  check_transfers(f, caller);
}

}  // namespace

void check_callers(Findings& f) {
  for (const CallerType& caller : f.world.caller_types) check_caller(f, caller);
}

}  // namespace callmill
