#include "app/sessions/sessions.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <utility>

#include "app/files/scenario.h"

namespace callmill::live {
namespace {

struct Opened {
  std::unique_ptr<LiveCentre> centre;
  std::unique_ptr<Journal> journal;
  std::vector<std::string> notices;
};

// What the wish says otherwise than the journal, of what makes the session what it is.
std::string conflicts(const NewSession& wish, const JournalFile& journal) {
  const JournalHeader& header = journal.header;
  std::string all;
  const auto differs = [&](const char* option, std::uint64_t wished, const std::string& begun) {
    all += fmt::format(
        "{}{} was begun with {}, not --{} {}: leave --{} out to go on with it, or "
        "name another journal",
        all.empty() ? "" : "\n", journal.name, begun, option, wished, option);
  };
  if (wish.seed && *wish.seed != header.seed)
    differs("seed", *wish.seed, fmt::format("--seed {}", header.seed));
  if (wish.spare.agents && wish.spare.agents != header.spare.agents)
    differs("spare", *wish.spare.agents,
            header.spare.agents ? fmt::format("--spare {}", *header.spare.agents)
                                : "the default of --spare");
  return all;
}

// The session's record of what happened to its journal.
bool keep_remark(Opened& opened, const std::string& sentence, std::string& error) {
  JournalRecord record;
  record.kind = JournalRecord::Kind::kRemark;
  record.at = opened.centre->now();
  record.events = opened.centre->centre().events;
  record.remark = sentence;
  opened.centre->remark(sentence);
  if (opened.journal->append(record)) return true;
  error = opened.journal->path() + ": " + opened.journal->error();
  return false;
}

// A journal that is there is gone on with from its last moment.
Opened resume(const NewSession& wish, const KnownScenario& scenario, std::string& error) {
  Opened opened;
  const std::optional<JournalFile> file = read_journal(wish.journal, error);
  if (!file) return opened;
  if (file->header.hash != scenario_hash(scenario.world)) {
    error = wish.journal + " is of another scenario, or of another state of it";
    return opened;
  }
  error = conflicts(wish, *file);
  if (error.empty()) opened.centre = replay(*file, std::nullopt, error, LiveOptions{}.checkpoints);
  if (opened.centre != nullptr) opened.journal = Journal::open(wish.journal, *file, error);
  if (opened.journal == nullptr) return opened;
  if (std::string notice = file->notice(); !notice.empty())
    opened.notices.push_back(std::move(notice));
  if (file->torn.empty()) return opened;
  const std::string side = torn_file(wish.journal);
  const std::string remark = fmt::format(
      "the journal's line {} was being written when the session broke off: {} bytes cut, kept in "
      "{}",
      file->lines() + 1, file->torn.size(), std::filesystem::path{side}.filename().string());
  opened.notices.push_back(wish.journal + ": " + remark);
  keep_remark(opened, remark, error);
  return opened;
}

Opened open(const NewSession& wish, const KnownScenario& scenario, std::string& error) {
  if (!wish.journal.empty() && std::filesystem::exists(wish.journal))
    return resume(wish, scenario, error);
  Opened opened;
  LiveOptions options;
  options.seed = wish.seed.value_or(scenario.world.study.seed);
  options.spare = wish.spare;
  opened.centre =
      std::make_unique<LiveCentre>(scenario.world, options, make_editor(scenario.world));
  if (!wish.journal.empty())
    opened.journal =
        Journal::create(wish.journal, make_header(*opened.centre, scenario.file), error);
  return opened;
}

// A time of the day at hand, or what is wrong.
std::optional<SimTime> moment(const LiveCentre& centre, const std::string& clock,
                              std::string& error) {
  const std::optional<SimTime> at = time_of(centre, clock);
  if (!at) error = clock + " is no time of the scenario's day; times are HH:MM";
  return at;
}

// A journal that has come further than the times that were wished for goes on all the same.
void past_times(const NewSession& wish, std::optional<SimTime> at, std::optional<SimTime> until,
                Opened& opened) {
  const SimTime now = opened.centre->now();
  const auto stands = [&](const char* option, const std::string& time, const char* so) {
    opened.notices.push_back(fmt::format("{} stands at {}, past --{} {}: {}", wish.journal,
                                         clock_text(*opened.centre, now), option, time, so));
  };
  if (at && *at < now) stands("at", wish.at, "it goes on from there; undo on the page goes back");
  if (until && *until < now) stands("until", wish.until, "it goes no further");
}

}  // namespace

struct Sessions::Office {
  boost::asio::thread_pool pool{1};
};

Sessions::Sessions(std::vector<KnownScenario> scenarios, RunnerOptions runner, Sink sink)
    : scenarios_{std::move(scenarios)},
      runner_options_{std::move(runner)},
      sink_{std::move(sink)},
      office_{std::make_unique<Office>()} {
  runner_options_.lookout.turn = std::make_shared<std::mutex>();
}

Sessions::~Sessions() {
  stop();
}

void Sessions::stop() {
  office_->pool.join();
  std::map<std::string, Live> ending;
  {
    const std::lock_guard lock{mutex_};
    ending.swap(live_);
  }
  for (auto& [id, live] : ending)
    if (live.runner != nullptr) live.runner->stop();
}

const KnownScenario* Sessions::find_scenario(const std::string& id) const {
  const auto found = std::find_if(scenarios_.begin(), scenarios_.end(),
                                  [&](const KnownScenario& one) { return one.id == id; });
  return found == scenarios_.end() ? nullptr : &*found;
}

bool Sessions::reserve(std::string& id, std::string& error) {
  const std::lock_guard lock{mutex_};
  if (live_.size() >= kSessionsMost) {
    error = "there are " + std::to_string(kSessionsMost) + " sessions already; end one first";
    return false;
  }
  id = "s" + std::to_string(++made_);
  live_[id];
  return true;
}

std::string Sessions::create(const NewSession& wish, std::string& error,
                             std::vector<std::string>* notices) {
  const KnownScenario* scenario = find_scenario(wish.scenario);
  if (scenario == nullptr) {
    error = "there is no scenario \"" + wish.scenario + "\"";
    return "";
  }
  std::string id;
  if (!reserve(id, error)) return "";
  Opened opened = open(wish, *scenario, error);
  DeskOptions desk;
  desk.session = {id, scenario->title, scenario->id, runner_options_.lookout.automatic};
  desk.speed = wish.speed;
  desk.paused = wish.paused;
  if (error.empty() && !wish.until.empty())
    desk.stop_at = moment(*opened.centre, wish.until, error);
  std::optional<SimTime> at;
  if (error.empty() && !wish.at.empty()) at = moment(*opened.centre, wish.at, error);
  std::unique_ptr<Shadow> shadow;
  if (error.empty() && wish.follow) shadow = Shadow::make(*opened.centre, *wish.follow, error);
  if (!error.empty()) {
    const std::lock_guard lock{mutex_};
    live_.erase(id);
    return "";
  }
  if (shadow == nullptr) past_times(wish, at, desk.stop_at, opened);
  if (notices != nullptr) *notices = std::move(opened.notices);
  if (at && shadow != nullptr)
    desk.follow_from = *at;
  else if (at && *at > opened.centre->now())
    opened.centre->run_until(*at);
  const auto publish = [this, id](const std::shared_ptr<const std::string>& text) {
    const Document state = std::make_shared<const boost::json::value>(boost::json::parse(*text));
    {
      const std::lock_guard lock{mutex_};
      const auto live = live_.find(id);
      if (live == live_.end()) return;  // ended meanwhile
      live->second.state = state;
    }
    if (sink_) sink_(id, state);
  };
  auto runner =
      std::make_shared<Runner>(std::move(opened.centre), std::move(opened.journal), std::move(desk),
                               runner_options_, publish, std::move(shadow));
  const std::lock_guard lock{mutex_};
  live_[id].runner = std::move(runner);
  return id;
}

void Sessions::create_later(NewSession wish, Made made) {
  do_later([this, wish = std::move(wish), made = std::move(made)] {
    std::string error;
    const std::string id = create(wish, error);
    made(id, error);
  });
}

void Sessions::do_later(std::function<void()> work) {
  boost::asio::post(office_->pool, std::move(work));
}

bool Sessions::remove(const std::string& id) {
  std::shared_ptr<Runner> ending;
  {
    const std::lock_guard lock{mutex_};
    const auto found = live_.find(id);
    if (found == live_.end() || found->second.runner == nullptr) return false;
    ending = found->second.runner;
    live_.erase(found);
  }
  if (sink_) sink_(id, nullptr);
  do_later([ending] { ending->stop(); });
  return true;
}

std::shared_ptr<Runner> Sessions::find(const std::string& id) const {
  const std::lock_guard lock{mutex_};
  const auto found = live_.find(id);
  return found == live_.end() ? nullptr : found->second.runner;
}

Sessions::Document Sessions::state(const std::string& id) const {
  const std::lock_guard lock{mutex_};
  const auto found = live_.find(id);
  return found == live_.end() ? nullptr : found->second.state;
}

std::vector<std::string> Sessions::ids() const {
  const std::lock_guard lock{mutex_};
  std::vector<std::string> all;
  for (const auto& [id, live] : live_)
    if (live.runner != nullptr) all.push_back(id);
  return all;
}

}  // namespace callmill::live
