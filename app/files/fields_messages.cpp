// Deferred work, and messages left by callers who wait too long.

#include "app/files/fields.h"

namespace callmill::files {

Kind<MessageWork> message_work_kind() {
  return record_kind<MessageWork>(
      {"a map with deadline, counted_in, working_days, open_at_start and interruptible",
       "message",
       {optional_key("deadline", &MessageWork::deadline, duration({0, kLongest, true, false}),
                     "from its coming to its being done"),
        optional_key("counted_in", &MessageWork::counted_in,
                     word<DeadlineIn>(
                         {{"hours", DeadlineIn::kHours}, {"open_hours", DeadlineIn::kOpenHours}}),
                     "hours by the clock, or only those in which the centre is open"),
        maybe_key("working_days", &MessageWork::working_days, count(1, 366),
                  "in place of deadline: due at the close of the so-many-th open day after the day "
                  "of its coming",
                  "none: by deadline"),
        optional_key("open_at_start", &MessageWork::open_at_start, count(0, 10'000'000),
                     "backlog at the first opening"),
        optional_key("interruptible", &MessageWork::interruptible, yes_no(),
                     "a call may interrupt the work, which is resumed later")},
       {}});
}

Kind<Voicemail> voicemail_kind() {
  return record_kind<Voicemail>(
      {"a map with after, length and to",
       "voicemail",
       {required_key("after", &Voicemail::after, duration(between(0, kLongest)),
                     "waiting in the queue"),
        optional_key("length", &Voicemail::length, duration(between(0, kLongest)),
                     "of the message; the line is held meanwhile"),
        maybe_key("to", &Voicemail::to, reference<CallerTypeId>(),
                  "caller type with channel: message; agents work the message off as one of these",
                  "none: messages are only counted")},
       {}});
}

Kind<Chatting> chatting_kind() {
  return record_kind<Chatting>(
      {"a map with at_once and slow_down",
       "chat",
       {optional_key("at_once", &Chatting::at_once, count(1, kMostChats),
                     "most chats that an agent holds at once"),
        optional_key(
            "slow_down", &Chatting::slow_down,
            list_of(number(between(1, 1000)), false, "a list of numbers from 1 up"),
            "how many times as long each chat takes when the agent holds 1, 2, ...; empty: "
            "none is slowed down")},
       {}});
}

Kind<Deflection> deflection_kind() {
  return record_kind<Deflection>(
      {"a map with to, when_expected_wait and accept",
       "deflection",
       {required_key("to", &Deflection::to, reference<CallerTypeId>(),
                     "caller type with channel: chat or message as which they go on"),
        optional_key("when_expected_wait", &Deflection::when_expected_wait,
                     duration(between(0, kLongest)),
                     "offered to callers whose expected wait is at least this"),
        optional_key("accept", &Deflection::accept, share(), "share of the offers that is taken")},
       {}});
}

}  // namespace callmill::files
