#include "models/world/findings.h"

namespace callmill {
namespace {

void check_announcement(Findings& f, const Queue& queue) {
  const Announcement& announce = *queue.announce;
  for (std::size_t i = 1; i < announce.balk.size(); ++i)
    if (announce.balk[i].wait <= announce.balk[i - 1].wait)
      f.found(fmt::format("{}[{}].wait", place("queues", queue, "announce.balk"), i), "order",
              fmt::format("is {}, not after the point before it ({})",
                          in_words(announce.balk[i].wait), in_words(announce.balk[i - 1].wait)),
              "points are in the order of rising waits",
              {fmt::format("{}[{}].wait", place("queues", queue, "announce.balk"), i - 1)});
  if (!announce.patience) return;
  f.check_law(place("queues", queue, "announce.patience"), *announce.patience);
  if (announce.patience_factor != 1)
    f.found(place("queues", queue, "announce.patience"), "announce",
            "is given together with patience_factor", "one of the two says how patience changes",
            {place("queues", queue, "announce.patience_factor")});
}

void check_callback(Findings& f, const Queue& queue) {
  const Callback& callback = *queue.callback;
  const auto key = [&](const char* name) { return place("queues", queue, "callback.") + name; };
  f.check_law(key("appointment"), callback.appointment);
  f.check_law(key("ring"), callback.ring);
  f.check_law(key("retry_delay"), callback.retry_delay);
  if (callback.trunks) f.exists(*callback.trunks, f.world.trunks, key("lines"));
  if (callback.talk) {
    f.check_law(key("talk"), *callback.talk);
    if (callback.talk_factor != 1)
      f.found(key("talk"), "callback", "is given together with talk_factor",
              "one of the two says how long callbacks take", {key("talk_factor")});
  }
  if (callback.answered.value() < 1 && mean(callback.ring) <= 0)
    f.found(key("ring"), "callback", "is 0 though not every try is answered",
            "say how long an agent waits for an answer", {key("answered")});
  if (callback.mode == Callback::Mode::kVirtualQueue && callback.priority_from)
    f.found(key("priority_from"), "callback", "has no use in a virtual queue",
            "a callback there has the place of its caller", {key("mode")});
  if (callback.mode == Callback::Mode::kVirtualQueue && callback.reserve > 0)
    f.found(key("reserve"), "callback", "has no use in a virtual queue",
            "a callback there has the place of its caller", {key("mode")});
}

}  // namespace

void check_callbacks(Findings& f, const Queue& queue) {
  if (queue.announce) check_announcement(f, queue);
  if (queue.callback) check_callback(f, queue);
}

}  // namespace callmill
