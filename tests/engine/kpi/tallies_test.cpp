// The indicators that no day is counted for by hand, of callbacks, campaigns, floor rules, people,
// messages, chats, contacts and lines that fail: against plain tallies of what was told, over
// random centres with every part.

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/kpi/kpi_table.h"
#include "tests/engine/centre/rich_world.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

// All that happened, and the time of each agent up to closing.
class Tallies : public Observer {
 public:
  Tallies(const Blueprint& plan, const Centre& centre)
      : plan_{plan},
        c_{centre},
        since_(plan.agents(), kStart),
        state_(plan.agents(), AgentState::kOff),
        code_(plan.agents()) {}

  void campaign_dialled(std::uint32_t, const Call& dial) {
    ++dials;
    first_dials += dial.attempt == 0 ? 1 : 0;
  }
  void campaign_outcome(std::uint32_t, const Call&, DialCause cause) {
    ++outcomes[static_cast<std::size_t>(cause)];
  }
  void campaign_reached(std::uint32_t campaign, const Call& party, SimDuration wait) {
    ++talks;
    reached.insert({campaign, party.caller});
    party_wait_s += to_seconds(wait);
  }
  void number_filtered(std::uint32_t, std::uint32_t) { ++filtered; }
  void number_ended(std::uint32_t, const Call&, DialCause) { ++ended; }
  void callback_offered(const Call&) { ++offers; }
  void callback_accepted(const Call&) { ++accepted; }
  void callback_made(const Call&, SimDuration) { ++made; }
  void callback_failed(const Call&) { ++failed; }
  void rang(const Call&, std::uint32_t, SimTime t) { rings += is_open(t); }
  void not_picked_up(const Call&, std::uint32_t, SimTime t) { unanswered += is_open(t); }
  void message_done(const Call&, SimTime, SimTime) { ++done; }
  void agent_lent(std::uint32_t, SimTime) { ++lent; }
  void break_ended(std::uint32_t, SimTime) { ++breaks_ended; }
  void network_lost(std::uint16_t, std::uint32_t, std::uint32_t) { ++network; }
  void caller_ended(std::uint16_t, const Story&, std::uint32_t, CallerEnd) { ++callers; }
  void cut(const Call& call, SimDuration) {
    if (call.state != CallState::kTalking && !has(call, Mark::kSentBack)) ++cuts;
  }
  void refused(const Call& call) { refusals += is_callers(call); }
  void offered(const Call& call) {
    offers_to_queues += is_callers(call) && !has(call, Mark::kTransferred) ? 1 : 0;
  }
  void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration) {
    if (plan_.types[call.type].channel != Channel::kChat) return;
    ++chats;
    reply_s += to_seconds(wait);
  }
  void contact_over(const Call&, const ContactOutcome& o) {
    ++all_contacts;
    if (!o.resolves) return;
    ++contacts;
    firsts += o.first ? 1 : 0;
    settled += o.resolved ? 1 : 0;
  }
  void agent_stepped(std::uint32_t agent, const Agent& record, AgentState to, SimTime t) {
    pass(agent, t);
    state_[agent] = to;
    if (to == AgentState::kAux) code_[agent] = record.aux;
  }
  void finish() {
    for (std::uint32_t a = 0; a < state_.size(); ++a) pass(a, closing());
  }
  SimTime closing() const { return kStart + plan_.horizon; }

  std::set<std::pair<std::uint32_t, std::uint32_t>> reached;  // campaign, number
  double dials = 0, first_dials = 0, talks = 0, party_wait_s = 0, filtered = 0, ended = 0;
  std::array<double, kDialCauses> outcomes{};
  double offers = 0, accepted = 0, made = 0, failed = 0, rings = 0, unanswered = 0, done = 0;
  double lent = 0, breaks_ended = 0, network = 0, callers = 0, cuts = 0, refusals = 0;
  double offers_to_queues = 0, chats = 0, reply_s = 0;
  double all_contacts = 0, contacts = 0, firsts = 0, settled = 0;
  std::array<SimDuration, kAuxCodes> aux{};
  SimDuration desk{}, signed_in{};

 private:
  int is_open(SimTime t) const { return t < closing() ? 1 : 0; }
  int is_callers(const Call& call) const {
    return call.type < plan_.caller_types && plan_.types[call.type].channel == Channel::kVoice ? 1
                                                                                               : 0;
  }
  void pass(std::uint32_t agent, SimTime t) {
    const SimTime to = std::min(t, closing());
    const SimDuration time = to - std::exchange(since_[agent], to);
    if (state_[agent] == AgentState::kOff) return;
    signed_in += time;
    if (state_[agent] == AgentState::kDesk) desk += time;
    if (state_[agent] == AgentState::kAux) aux[static_cast<std::size_t>(code_[agent])] += time;
  }
  const Blueprint& plan_;
  const Centre& c_;
  std::vector<SimTime> since_;
  std::vector<AgentState> state_;
  std::vector<AuxCode> code_;
};

struct Expected {
  const char* key;
  double numerator, denominator = 1;
};

std::vector<Expected> of_calls(const Tallies& t) {
  return {{"callback_offers", t.offers},
          {"callbacks_accepted", t.accepted},
          {"callbacks_made", t.made},
          {"callbacks_failed", t.failed},
          {"callbacks_left", t.accepted - t.made - t.failed},
          {"callers", t.callers},
          {"contacts", t.all_contacts},
          {"resolution_rate", t.settled, t.contacts},
          {"repeat_contact_share", t.contacts - t.firsts, t.contacts},
          {"cut", t.cuts},
          {"network_lost", t.network},
          {"refused", t.refusals},
          {"refused_rate", t.refusals, t.offers_to_queues + t.refusals},
          {"first_reply", t.reply_s, t.chats},
          {"messages_done", t.done},
          {"agents_moved", t.lent},
          {"breaks_ended", t.breaks_ended}};
}

std::vector<Expected> of_campaigns(const Tallies& t, const World& world) {
  double numbers = 0, cost = 0;
  for (const Campaign& campaign : world.campaigns) {
    numbers += campaign.numbers;
    cost += campaign.filter_cost * campaign.numbers;
  }
  const auto cause = [&](DialCause c) { return t.outcomes[static_cast<std::size_t>(c)]; };
  const double live = cause(DialCause::kLive);
  return {{"loss_busy", cause(DialCause::kBusy), t.dials},
          {"loss_off", cause(DialCause::kOff), t.dials},
          {"loss_out_of_area", cause(DialCause::kOutOfArea), t.dials},
          {"loss_refused", cause(DialCause::kRefused), t.dials},
          {"outbound_loss_rate", t.dials - live, t.dials},
          {"dropped_by_dialler", cause(DialCause::kDropped), live},
          {"party_wait", t.party_wait_s, t.talks},
          {"numbers_filtered", t.filtered},
          {"list_penetration", t.first_dials, numbers},
          {"list_success", static_cast<double>(t.reached.size()), numbers},
          {"list_completion", t.ended + t.filtered, numbers},
          {"filter_cost", cost}};
}

std::vector<Expected> of_people(const Tallies& t) {
  const double in = to_seconds(t.signed_in);
  const auto code = [&](AuxCode c) { return to_seconds(t.aux[static_cast<std::size_t>(c)]); };
  return {{"aux_break", code(AuxCode::kBreak), in},
          {"aux_coaching", code(AuxCode::kCoaching), in},
          {"aux_no_answer", code(AuxCode::kNoAnswer), in},
          {"aux_other", code(AuxCode::kOther), in},
          {"no_answer_rate", t.unanswered, t.rings},
          {"desk_utilisation", to_seconds(t.desk), in}};
}

// A centre with every part but several days, by the number.
World busy_world(std::uint32_t number) {
  std::vector<std::uint16_t> tape;
  std::uint32_t x = number * 2654435761u + 1;
  for (int i = 0; i < 300; ++i) {
    x = x * 1664525u + 1013904223u;
    tape.push_back(static_cast<std::uint16_t>(x >> 16));
  }
  Features features(kFeatures - 1);
  std::iota(features.begin(), features.end(), std::uint8_t{0});
  static_assert(static_cast<std::size_t>(Feature::kDays) == kFeatures - 1);
  World world = rich_world(tape, features);
  world.day.warm_up = SimDuration{0};
  for (Campaign& campaign : world.campaigns) {
    campaign.filter_cost = 0.25;
    campaign.outcome[static_cast<std::size_t>(DialCause::kOutOfArea)] =
        Profile{world.day.length(), {0.03}};
    campaign.outcome[static_cast<std::size_t>(DialCause::kRefused)] =
        Profile{world.day.length(), {0.02}};
  }
  return world;
}

}  // namespace

TEST_CASE("Indicators of every part equal plain tallies, in random centres") {
  std::map<std::string, int> met;  // worlds in which it was not 0
  for (std::uint32_t number = 1; number <= 40; ++number) {
    const World world = busy_world(number);
    INFO("world " << number);
    REQUIRE(faults(world) == std::vector<std::string>{});
    const Blueprint plan = make_blueprint(world);
    Centre centre = open_centre(plan, 7, number);
    Recorder recorder{plan};
    Tallies tallies{plan, centre};
    Observers<Recorder, Tallies> both{recorder, tallies};
    Watched<Observers<Recorder, Tallies>>{plan, centre, both}.run_out();
    tallies.finish();
    KpiTable kpis{plan};
    ReplicationCounts counts;
    export_counts(recorder, kpis.layout(), counts);
    kpis.add(counts);
    std::vector<Expected> all = of_calls(tallies);
    for (const auto& more : {of_campaigns(tallies, world), of_people(tallies)})
      all.insert(all.end(), more.begin(), more.end());
    for (const Expected& e : all) {
      const double value = kpis.day(e.key, {}, 0.95).value;
      INFO(e.key << " " << value << " by hand " << e.numerator << " / " << e.denominator);
      met[e.key] += e.numerator != 0 ? 1 : 0;
      if (e.denominator == 0 || std::isnan(value))
        CHECK((e.numerator == 0 && std::isnan(value)));
      else
        CHECK(value == Approx(e.numerator / e.denominator).epsilon(1e-9).margin(1e-9));
    }
  }
  for (const auto& [key, worlds] : met) {
    INFO(key << " met in " << worlds);
    CHECK(worlds >= 3);
  }
}

}  // namespace callmill::test
