#include "app/serve/merge_patch.h"

#include <boost/json.hpp>

namespace callmill::serve {
namespace json = boost::json;

json::value without_nulls(const json::value& document) {
  if (!document.is_object()) return document;
  json::object kept;
  for (const auto& member : document.get_object())
    if (!member.value().is_null()) kept.emplace(member.key(), without_nulls(member.value()));
  return kept;
}

json::value merge_patch(const json::value& from, const json::value& to) {
  if (!from.is_object() || !to.is_object()) return to;
  const json::object& before = from.get_object();
  const json::object& after = to.get_object();
  json::object patch;
  for (const auto& member : before) {
    const json::value* now = after.if_contains(member.key());
    if (!member.value().is_null() && (now == nullptr || now->is_null()))
      patch.emplace(member.key(), nullptr);
  }
  for (const auto& member : after) {
    const json::value& now = member.value();
    if (now.is_null()) continue;
    const json::value* was = before.if_contains(member.key());
    if (was == nullptr || !was->is_object() || !now.is_object()) {
      if (was == nullptr || *was != now) patch.emplace(member.key(), without_nulls(now));
      continue;
    }
    json::value inner = merge_patch(*was, now);
    if (!inner.get_object().empty()) patch.emplace(member.key(), std::move(inner));
  }
  return patch;
}

void apply_merge_patch(json::value& document, const json::value& patch) {
  if (!patch.is_object()) {
    document = patch;
    return;
  }
  if (!document.is_object()) document = json::object{};
  json::object& object = document.get_object();
  for (const auto& member : patch.get_object()) {
    if (member.value().is_null())
      object.erase(member.key());
    else
      apply_merge_patch(object[member.key()], member.value());
  }
}

}  // namespace callmill::serve
