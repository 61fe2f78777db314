#include <cmath>

#include "app/live/command_json.h"
#include "app/live/json_parts.h"
#include "app/live/state_json.h"
#include "app/live/words.h"

namespace callmill::live {
namespace {

void write_numbers(JsonWriter& out, std::string_view key, const std::vector<double>& values) {
  out.key(key).array();
  for (const double x : values) out.value(x);
  out.end();
}

void write_fan(JsonWriter& out, std::string_view key, const Fan& fan) {
  out.key(key).object();
  write_numbers(out, "p10", fan.p10);
  write_numbers(out, "p50", fan.p50);
  write_numbers(out, "p90", fan.p90);
  out.end();
}

void write_all(JsonWriter& out, const LiveCentre& centre, const Bands& bands, double seconds) {
  out.object().field("made_at", clock_seconds(centre, bands.made_at));
  out.field("until", clock_seconds(centre, bands.until)).field("paths", bands.paths);
  out.field("seconds", seconds).key("times").array();
  for (const SimTime t : bands.times) out.value(clock_seconds(centre, t));
  out.end().key("series").object();
  write_fan(out, "service_level", bands.service_level);
  write_fan(out, "answer_rate", bands.answer_rate);
  write_fan(out, "loss_rate", bands.loss_rate);
  write_fan(out, "waiting", bands.waiting);
  write_fan(out, "occupancy", bands.occupancy);
  out.end().key("day");
  write_bands(out, bands.day);
  out.key("targets").array();
  for (std::size_t t = 0; t < bands.target_chance.size(); ++t)
    out.object().field("index", t).field("chance", bands.target_chance[t]).end();
  out.end().end();
}

std::string texts_of(const std::vector<Command>& commands, Lang lang) {
  if (commands.empty()) return std::string{say(lang, "do nothing", "不采取措施")};
  std::string text;
  for (const Command& command : commands)
    text += (text.empty() ? "" : std::string{say(lang, "; ", "；")}) + text_of(command, lang);
  return text;
}

}  // namespace

void write_figures(JsonWriter& out, const Figures& f) {
  out.object().field("offered", f.offered).field("answered", f.answered);
  out.field("abandoned", f.abandoned).field("blocked", f.blocked).field("attempts", f.attempts);
  out.field("service_level", f.service_level).field("answer_rate", f.answer_rate);
  out.field("loss_rate", f.loss_rate).field("abandon_rate", f.abandon_rate);
  out.field("asa_s", f.asa_s).field("aht_s", f.aht_s).field("occupancy", f.occupancy).end();
}

std::string_view figure_key(std::string_view metric) {
  if (metric == "asa") return "asa_s";
  if (metric == "aht") return "aht_s";
  return metric;
}

void write_bands(JsonWriter& out, const std::vector<Band>& bands) {
  out.object();
  for (const Band& band : bands)
    out.key(figure_key(band.metric))
        .object()
        .field("mean", band.mean)
        .field("low", band.low)
        .field("high", band.high)
        .field("p10", band.p10)
        .field("p90", band.p90)
        .end();
  out.end();
}

void write_commands(JsonWriter& out, const std::vector<Command>& commands) {
  out.array();
  for (const Command& command : commands) out.raw(command_json(command));
  out.end();
}

std::string bands_json(const LiveCentre& centre, const Bands& bands, double seconds) {
  JsonWriter out;
  write_all(out, centre, bands, seconds);
  return out.take();
}

std::string what_if_json(const LiveCentre& centre, const std::vector<Command>& with,
                         const WhatIfFacts& facts) {
  JsonWriter out;
  out.object().field("id", facts.id).key("with");
  write_commands(out, with);
  out.field("state", facts.futures == nullptr ? "running" : "done");
  out.field("progress", facts.futures == nullptr ? facts.progress : 1.0);
  if (facts.futures == nullptr || facts.futures->with.empty()) {
    out.key("bands").value(std::nan("")).key("without").value(std::nan(""));
    return out.key("differences").array().end().end().take();
  }
  const Alternative& alternative = facts.futures->with.front();
  if (!alternative.errors.empty()) out.key("errors").raw(errors_json(alternative.errors));
  out.key("bands");
  if (alternative.errors.empty())
    write_all(out, centre, alternative.bands, facts.seconds);
  else
    out.value(std::nan(""));
  out.key("without");
  write_all(out, centre, facts.futures->without, facts.seconds);
  out.key("differences").array();
  for (const Difference& d : alternative.differences) {
    out.object().field("metric", figure_key(d.metric)).key("scope");
    if (d.scope.kind == ScopeKind::kQueue)
      out.value(centre.world().queues[d.scope.index].name);
    else
      out.value(std::nan(""));
    out.field("mean", d.mean).field("low", d.low).field("high", d.high).end();
  }
  return out.end().end().take();
}

std::string advice_json(const LiveCentre&, const AdviceFacts& facts) {
  JsonWriter out;
  out.object().field("id", facts.id);
  out.field("state", facts.advice == nullptr ? "running" : "done");
  out.field("progress", facts.advice == nullptr ? facts.progress : 1.0);
  out.field("seconds", facts.seconds).key("candidates").array();
  if (facts.advice != nullptr)
    for (const Candidate& c : facts.advice->candidates) {
      out.object().key("commands");
      write_commands(out, c.commands);
      out.field("proposed", c.proposed).field("text", texts_of(c.commands, Lang::kEn));
      out.field("text_zh", texts_of(c.commands, Lang::kZh)).field("cost", c.cost).key("figures");
      write_bands(out, c.figures);
      out.key("gain").object().field("mean", c.gain).field("low", c.gain_low);
      out.field("high", c.gain_high).end().field("best_chance", c.best_chance).end();
    }
  return out.end().end().take();
}

}  // namespace callmill::live
