#include "app/live/journal_records.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>

#include "app/live/command_json.h"
#include "app/report/json.h"

namespace callmill::live {
namespace {

namespace json = boost::json;

std::uint64_t whole(const json::object& of, std::string_view key, bool& good) {
  const json::value* found = of.if_contains({key.data(), key.size()});
  boost::system::error_code bad;
  const auto n = found != nullptr && found->is_number() ? found->to_number<std::uint64_t>(bad) : 0;
  good = good && found != nullptr && found->is_number() && !bad;
  return n;
}
std::string text(const json::object& of, std::string_view key, bool& good) {
  const json::value* found = of.if_contains({key.data(), key.size()});
  good = good && found != nullptr && found->is_string();
  return good ? std::string{found->as_string()} : std::string{};
}

std::optional<json::object> parse_object(const std::string& line) {
  boost::system::error_code bad;
  json::value value = json::parse(line, bad);
  if (bad || !value.is_object()) return {};
  return value.as_object();
}

}  // namespace

std::string header_json(const JournalHeader& h) {
  JsonWriter out;
  out.object().field("journal", Journal::kFormat).field("version", h.version);
  out.field("scenario", h.scenario).field("hash", h.hash).field("seed", h.seed);
  out.field("replication", h.replication);
  if (h.spare.agents) out.field("spare_agents", *h.spare.agents);
  if (h.spare.lines) out.field("spare_lines", *h.spare.lines);
  return out.field("text", h.text).end().take();
}

std::string record_json(const JournalRecord& r) {
  JsonWriter out;
  out.object();
  if (r.kind == JournalRecord::Kind::kEnd) out.field("end", true);
  if (r.kind == JournalRecord::Kind::kCommand || r.kind == JournalRecord::Kind::kUndo)
    out.field("seq", r.seq);
  out.field("at", r.at.time_since_epoch().count()).field("events", r.events);
  if (r.kind == JournalRecord::Kind::kCommand) out.key("do").raw(command_json(r.command));
  if (r.kind == JournalRecord::Kind::kUndo) out.field("undo", r.undo);
  if (r.kind == JournalRecord::Kind::kRemark) out.field("remark", r.remark);
  if (r.kind == JournalRecord::Kind::kEnd)
    out.field("fingerprint", fmt::format("{:016x}", r.fingerprint));
  return out.end().take();
}

bool read_header(const std::string& line, JournalFile& file, std::string& error) {
  const auto object = parse_object(line);
  bool good = object.has_value();
  const std::uint64_t format = good ? whole(*object, "journal", good) : 0;
  if (!good) {
    error = "is no journal of callmill";
    return false;
  }
  if (format < 1 || format > Journal::kFormat) {
    error = fmt::format("is a journal of format {}; this callmill reads formats 1 to {}", format,
                        Journal::kFormat);
    return false;
  }
  file.format = static_cast<int>(format);
  JournalHeader& h = file.header;
  h.version = text(*object, "version", good);
  h.scenario = text(*object, "scenario", good);
  h.hash = text(*object, "hash", good);
  h.text = text(*object, "text", good);
  h.seed = whole(*object, "seed", good);
  h.replication = whole(*object, "replication", good);
  const auto spare = [&](const char* key, std::optional<std::uint32_t>& into) {
    if (object->contains(key)) into = static_cast<std::uint32_t>(whole(*object, key, good));
  };
  spare("spare_agents", h.spare.agents);
  spare("spare_lines", h.spare.lines);
  if (!good) error = "has a header that lacks something";
  return good;
}

bool read_record(const std::string& line, JournalRecord& r, std::string& error) {
  const auto object = parse_object(line);
  bool good = object.has_value();
  if (!good) return false;
  r.at = kStart + SimDuration{static_cast<std::int64_t>(whole(*object, "at", good))};
  r.events = whole(*object, "events", good);
  if (object->contains("end")) {
    r.kind = JournalRecord::Kind::kEnd;
    const std::string hex = text(*object, "fingerprint", good);
    const auto [end, code] =
        std::from_chars(hex.data(), hex.data() + hex.size(), r.fingerprint, 16);
    return good && code == std::errc{} && end == hex.data() + hex.size();
  }
  if (object->contains("remark")) {
    r.kind = JournalRecord::Kind::kRemark;
    r.remark = text(*object, "remark", good);
    return good;
  }
  r.seq = whole(*object, "seq", good);
  if (object->contains("undo")) {
    r.kind = JournalRecord::Kind::kUndo;
    r.undo = whole(*object, "undo", good);
    return good;
  }
  const json::value* what = object->if_contains("do");
  if (!good || what == nullptr) return false;
  std::vector<CommandError> errors;
  const auto command = command_from_json(json::serialize(*what), errors);
  if (!command) {
    error = errors.front().detail;
    return false;
  }
  r.command = *command;
  return true;
}

}  // namespace callmill::live
