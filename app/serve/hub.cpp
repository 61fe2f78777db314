#include "app/serve/hub.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "app/serve/merge_patch.h"

namespace callmill::serve {

void Topic::publish(Document document, std::int64_t made_at_ms) {
  if (newest_.document != nullptr && *newest_.document == *document) return;
  newest_ = {newest_.seq + 1, std::move(document)};
  made_at_ms_ = made_at_ms;
  snapshot_.reset();
  from_.clear();
  for (Watcher* watcher : watchers_) watcher->changed();
}

Frame Topic::snapshot() {
  if (snapshot_ == nullptr)
    snapshot_ = std::make_shared<const std::string>(
        fmt::format(R"({{"type":"snapshot","seq":{},"made_at_ms":{},"state":{}}})", newest_.seq,
                    made_at_ms_, boost::json::serialize(*newest_.document)));
  return {snapshot_, newest_};
}

Frame Topic::delta(const Mark& from) {
  if (from.document == nullptr) return snapshot();
  std::shared_ptr<const std::string>& text = from_[from.seq];
  if (text == nullptr) {
    ++made_;
    text = std::make_shared<const std::string>(
        fmt::format(R"({{"type":"delta","seq":{},"from":{},"made_at_ms":{},"patch":{}}})",
                    newest_.seq, from.seq, made_at_ms_,
                    boost::json::serialize(merge_patch(*from.document, *newest_.document))));
  }
  return {text, newest_};
}

void Topic::end() {
  const std::set<Watcher*> all = watchers_;  // who hears of it may leave
  for (Watcher* watcher : all) watcher->ended();
}

void FrameGate::sent(Clock::time_point now) {
  due_ = std::max(due_, now) + gap_;
}

}  // namespace callmill::serve
