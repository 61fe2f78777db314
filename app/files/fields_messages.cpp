// Deferred work, and messages left by callers who wait too long.

#include "app/files/fields.h"

namespace callmill::files {

Kind<MessageWork> message_work_kind() {
  return record_kind<MessageWork>(
      {"a map with deadline, counted_in, open_at_start and interruptible",
       "message",
       {optional_key("deadline", &MessageWork::deadline, duration({0, kLongest, true, false}),
                     "from its coming to its being done"),
        optional_key("counted_in", &MessageWork::counted_in,
                     word<DeadlineIn>(
                         {{"hours", DeadlineIn::kHours}, {"open_hours", DeadlineIn::kOpenHours}}),
                     "hours by the clock, or only those in which the centre is open"),
        optional_key("open_at_start", &MessageWork::open_at_start, count(0, 10'000'000),
                     "backlog at the first opening"),
        optional_key("interruptible", &MessageWork::interruptible, yes_no(),
                     "a call may interrupt the work, which is resumed later")},
       {}});
}

Kind<Voicemail> voicemail_kind() {
  return record_kind<Voicemail>(
      {"a map with after and length",
       "voicemail",
       {required_key("after", &Voicemail::after, duration(between(0, kLongest)),
                     "waiting in the queue"),
        optional_key("length", &Voicemail::length, duration(between(0, kLongest)),
                     "of the message; the line is held meanwhile")},
       {}});
}

}  // namespace callmill::files
