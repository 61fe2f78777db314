// callmill replay JOURNAL: a live session counted again from its journal, and held against what it
// counted then.

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string>

#include "app/cli/study_args.h"
#include "app/cli/usage.h"
#include "app/cli/verbs.h"
#include "app/live/command_json.h"
#include "app/live/journal.h"
#include "app/live/phrases.h"
#include "app/live/state_json.h"
#include "app/live/words.h"
#include "app/report/format.h"
#include "app/report/json.h"
#include "app/report/table.h"
#include "engine/kpi/metric.h"
#include "engine/live/figures.h"

namespace callmill::cli {
namespace {

struct ReplayArguments {
  std::string journal, until, lang;
  bool json = false;
};

enum class Agrees : std::uint8_t { kYes, kNo, kUnknown };

// With what the session wrote when it ended; unknown where it did not come to that, or where only a
// part of it is wanted.
Agrees agrees(const live::JournalFile& file, const live::LiveCentre& centre, bool part) {
  if (part || file.records.empty() || file.records.back().kind != live::JournalRecord::Kind::kEnd)
    return Agrees::kUnknown;
  return file.records.back().fingerprint == centre.fingerprint() ? Agrees::kYes : Agrees::kNo;
}

std::string figures_text(const live::LiveCentre& centre, Lang lang) {
  constexpr std::array<const char*, 9> kShown{"attempts",      "offered", "answered",
                                              "abandoned",     "blocked", "answer_rate",
                                              "service_level", "asa",     "occupancy"};
  const live::Span day = live::day_at(centre.plan(), centre.centre());
  Table table;
  table.column(std::string{say(lang, "The day so far", "当日至今")}, Table::Align::kLeft);
  table.column("");
  for (const char* key : kShown) {
    const Metric* metric = find_metric(key, ScopeKind::kTotal);
    const double value = live::figure(centre.recorder(), *metric, {}, day, centre.now());
    table.row({std::string{say(lang, metric->en, metric->zh)}, show(value, metric->unit)});
  }
  return table.text();
}

std::string as_text(const live::JournalFile& file, const live::LiveCentre& centre, Agrees agree,
                    Lang lang) {
  const auto text = [&](std::string_view en, std::string_view zh, const auto&... args) {
    return fmt::format(fmt::runtime(say(lang, en, zh)), args...);
  };
  std::string out = text("{}, seed {}, scenario hash {}\n", "{}，种子 {}，场景哈希 {}\n",
                         centre.world().name, file.header.seed, file.header.hash);
  if (!file.torn.empty())
    out +=
        text("line {}: was being written when the session broke off; its {} bytes are left out\n",
             "第 {} 行：会话中断时未写完，略去 {} 字节\n", file.lines() + 1, file.torn.size());
  if (const std::string notice = file.notice(); !notice.empty())
    out += live::sentence_live(notice, lang) + "\n";
  out += "\n";
  for (const live::Done& done : centre.done())
    out += fmt::format("{}  {:>3}  {}{}\n", live::clock_text(centre, done.at), done.seq,
                       live::text_of(done.command, lang),
                       done.command.note.empty() ? "" : "  (" + done.command.note + ")");
  if (!centre.done().empty()) out += "\n";
  out += figures_text(centre, lang);
  out += text("\nat {}: fingerprint {:016x}", "\n{}：指纹 {:016x}",
              live::clock_text(centre, centre.now()), centre.fingerprint());
  switch (agree) {
    case Agrees::kYes:
      return out + text(", as the session had it\n", "，与会话一致\n");
    case Agrees::kNo:
      return out + text(", but the session had {:016x}\n", "，但会话为 {:016x}\n",
                        file.records.back().fingerprint);
    case Agrees::kUnknown:
      return out + "\n";
  }
  return out;
}

std::string as_json(const live::JournalFile& file, const live::LiveCentre& centre, Agrees agree) {
  JsonWriter out;
  out.object(JsonWriter::Layout::kRows).field("scenario", centre.world().name);
  out.field("hash", file.header.hash).field("seed", file.header.seed);
  out.field("version", file.header.version).field("torn", !file.torn.empty());
  out.field("at", live::clock_seconds(centre, centre.now()));
  out.key("commands").array(JsonWriter::Layout::kRows);
  for (const live::Done& done : centre.done())
    out.object()
        .field("seq", done.seq)
        .field("at", live::clock_seconds(centre, done.at))
        .key("command")
        .raw(live::command_json(done.command))
        .end();
  out.end().key("history").raw(live::history_json(centre));
  out.field("fingerprint", fmt::format("{:016x}", centre.fingerprint())).key("agrees");
  if (agree == Agrees::kUnknown)
    out.value(std::nan(""));
  else
    out.value(agree == Agrees::kYes);
  return out.end().take() + "\n";
}

int replay(const ReplayArguments& arguments) {
  const Lang lang = language(arguments.lang);
  std::string error;
  const auto refuse = [&](int code) {
    tell("", error);
    return code;
  };
  const auto file = live::read_journal(arguments.journal, error);
  if (!file)
    return refuse(error.find(": cannot be read") != std::string::npos ? kIoError : kBadInput);
  // A time of day needs the day: the centre as it opens has it.
  std::optional<SimTime> until;
  if (!arguments.until.empty()) {
    live::JournalFile opens = *file;
    opens.records.clear();
    const auto opening = live::replay(opens, kStart, error);
    if (!opening) return refuse(kBadInput);
    until = live::time_of(*opening, arguments.until);
    if (!until) {
      fmt::print(stderr, "callmill: --until is {}; must be a time such as 10:30\n",
                 arguments.until);
      return kUsage;
    }
  }
  const auto centre = live::replay(*file, until, error);
  if (!centre) return refuse(kBadInput);
  const Agrees agree = agrees(*file, *centre, until.has_value());
  fmt::print(
      "{}", arguments.json ? as_json(*file, *centre, agree) : as_text(*file, *centre, agree, lang));
  return agree == Agrees::kNo ? kGoalMissed : kOk;
}

}  // namespace

void add_replay(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand(
      "replay", "Count a live session again from its journal, and check that it is the same");
  const auto arguments = std::make_shared<ReplayArguments>();
  verb->add_option("JOURNAL", arguments->journal, "journal of a live session")->required();
  verb->add_option("--until", arguments->until, "HH:MM: stop at this time of day");
  verb->add_flag("--json", arguments->json, "print JSON, with the history by interval");
  verb->add_option("--lang", arguments->lang, "en or zh-CN [from LC_ALL, LANG]");
  verb->callback([arguments, &context] { context.exit_code = replay(*arguments); });
}

}  // namespace callmill::cli
