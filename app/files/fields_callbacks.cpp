// What callers who must wait are told and offered.

#include "app/files/fields.h"

namespace callmill::files {

Kind<Announcement> announcement_kind() {
  const Record<BalkPoint> point{
      "a map with wait and share",
      "balk_point",
      {required_key("wait", &BalkPoint::wait, duration(between(0, kLongest)), "that is announced"),
       required_key("share", &BalkPoint::share, share(), "of those who hear it that hang up")},
      {}};
  return record_kind<Announcement>(
      {"a map with the keys of an announcement",
       "announcement",
       {optional_key("from", &Announcement::from, duration(between(0, kLongest)),
                     "only an expected wait of at least this is announced"),
        optional_key("balk", &Announcement::balk,
                     list_of(record_kind(point), false, "a list of points"),
                     "share that hangs up on hearing the expected wait: linear between points, "
                     "level beyond them"),
        optional_key("patience_factor", &Announcement::patience_factor, number({0, 1e3, true}),
                     "multiplies the patience of those who stay"),
        maybe_key("patience", &Announcement::patience, law_kind(),
                  "patience of those who stay, in place of their own", "none: their own"),
        optional_key("every", &Announcement::every, duration(between(0, kLongest)),
                     "said again so often, with a new expected wait; 0s = once")},
       {}});
}

Kind<Callback> callback_kind() {
  return record_kind<Callback>(
      {"a map with the keys of a callback offer",
       "callback",
       {optional_key("when_waiting", &Callback::when_waiting, count_as<std::uint32_t>(0, 1'000'000),
                     "offered to callers who must wait when so many wait before them"),
        optional_key("when_expected_wait", &Callback::when_expected_wait,
                     duration(between(0, kLongest)), "and when the expected wait is at least this"),
        optional_key("accept", &Callback::accept, share(), "share of the offers that is taken"),
        optional_key("capacity", &Callback::capacity, count_as<std::uint32_t>(1, 1'000'000),
                     "open callbacks at the most; beyond, none is offered"),
        optional_key("mode", &Callback::mode,
                     word<Callback::Mode>({{"list", Callback::Mode::kList},
                                           {"virtual_queue", Callback::Mode::kVirtualQueue},
                                           {"appointment", Callback::Mode::kAppointment}}),
                     "list: made when nobody waits; virtual_queue: keeps the caller's place; "
                     "appointment: from the list at a chosen time"),
        optional_key("appointment", &Callback::appointment, law_kind(),
                     "from acceptance to the chosen time"),
        maybe_key("priority_from", &Callback::priority_from, count_as<std::uint32_t>(1, 1'000'000),
                  "callbacks come before calls when so many are due", "none: calls come first"),
        optional_key("reserve", &Callback::reserve, count_as<std::uint32_t>(0, 1'000'000),
                     "made only if more agents than this are idle, the caller of it included"),
        maybe_key("lines", &Callback::trunks, reference<TrunkGroupId>(),
                  "the line group whose line a callback holds", "none: it needs no line"),
        optional_key("ring", &Callback::ring, law_kind(), "dialling and ringing; the agent waits"),
        optional_key("answered", &Callback::answered, share(),
                     "share of the tries that reach the caller"),
        optional_key("retries", &Callback::retries, count_as<std::uint32_t>(0, 100),
                     "further tries after one that did not"),
        optional_key("retry_delay", &Callback::retry_delay, law_kind(), "until the next try"),
        optional_key("talk_factor", &Callback::talk_factor, number({0, 1e3, true}),
                     "multiplies the talk time of the caller's type"),
        maybe_key("talk", &Callback::talk, law_kind(), "talk time of callbacks, in its place",
                  "none: as the caller's type")},
       {}});
}

}  // namespace callmill::files
