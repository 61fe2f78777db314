// Indicators of callbacks and of outbound campaigns.

#include <utility>

#include "engine/kpi/kpi_parts.h"

namespace callmill {
namespace {

template <class Count>
std::vector<LinearTerm> sum(std::initializer_list<Count> counts) {
  std::vector<LinearTerm> terms;
  for (const Count c : counts) terms.push_back({at(c), 1.0});
  return terms;
}

}  // namespace

// Callbacks, counted in the interval of the call that asked for one.
void add_callback_metrics(std::vector<Metric>& m) {
  using B = CallbackCount;
  const auto add = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, Unit unit, std::vector<LinearTerm> numerator,
                       std::vector<LinearTerm> denominator) {
    m.push_back({key,
                 en,
                 zh,
                 formula,
                 unit,
                 Family::kCallbacks,
                 {ScopeKind::kTotal, ScopeKind::kQueue},
                 std::move(numerator),
                 std::move(denominator)});
  };
  add("callback_offers", "Callbacks offered", "回拨提供量", "offers", Unit::kCount,
      sum({B::kOffers}), {});
  add("callbacks_accepted", "Callbacks accepted", "回拨接受量", "C", Unit::kCount,
      sum({B::kAccepted}), {});
  add("callbacks_made", "Callbacks made", "回拨完成量", "callbacks answered by the caller",
      Unit::kCount, sum({B::kMade}), {});
  add("callbacks_failed", "Callbacks failed", "回拨失败量", "callbacks whose last try failed",
      Unit::kCount, sum({B::kFailed}), {});
  add("callbacks_left", "Callbacks left open", "回拨遗留量",
      "C - made - failed, when the day is over", Unit::kCount,
      {{at(B::kAccepted), 1.0}, {at(B::kMade), -1.0}, {at(B::kFailed), -1.0}}, {});
  add("callback_acceptance", "Acceptance of offers", "回拨接受率", "C / offers", Unit::kShare,
      sum({B::kAccepted}), sum({B::kOffers}));
  add("callback_success", "Callbacks made of those accepted", "回拨成功率", "made / C",
      Unit::kShare, sum({B::kMade}), sum({B::kAccepted}));
  add("callback_tries", "Tries a callback", "每回拨拨打次数", "tries / (made + failed)",
      Unit::kNumber, sum({B::kTries}), sum({B::kMade, B::kFailed}));
  add("time_to_callback", "Time to callback", "回拨等待时长", "acceptance to answer, of those made",
      Unit::kSeconds, sum({B::kTime}), sum({B::kMade}));
}

// Campaigns, counted in the interval of the dial.
void add_campaign_metrics(std::vector<Metric>& m) {
  using D = CampaignCount;
  const std::vector<ScopeKind> scopes = {ScopeKind::kTotal, ScopeKind::kCampaign};
  const auto add = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, Unit unit, std::vector<LinearTerm> numerator,
                       std::vector<LinearTerm> denominator) {
    m.push_back({key, en, zh, formula, unit, Family::kCampaigns, scopes, std::move(numerator),
                 std::move(denominator)});
  };
  const auto share = [&](std::string_view key, std::string_view en, std::string_view zh,
                         std::string_view formula, D count) {
    add(key, en, zh, formula, Unit::kShare, sum({count}), sum({D::kDials}));
  };
  add("campaign_dials", "Numbers dialled", "外呼拨打量", "dials of the dialler", Unit::kCount,
      sum({D::kDials}), {});
  share("campaign_reach_rate", "Reach rate", "外呼接通率", "live answers / dials", D::kLive);
  add("outbound_loss_rate", "Outbound loss rate", "外呼呼损率", "1 - live answers / dials",
      Unit::kShare, {{at(D::kDials), 1.0}, {at(D::kLive), -1.0}}, sum({D::kDials}));
  share("loss_network", "Lost: network", "呼损:网络", "network failures / dials", D::kNetwork);
  share("loss_invalid", "Lost: invalid number", "呼损:空号", "invalid numbers / dials",
        D::kInvalid);
  share("loss_off", "Lost: off", "呼损:关机", "telephones off / dials", D::kOff);
  share("loss_out_of_area", "Lost: out of area", "呼损:不在服务区", "out of reach / dials",
        D::kOutOfArea);
  share("loss_busy", "Lost: busy", "呼损:用户忙", "busy / dials", D::kBusy);
  share("loss_no_answer", "Lost: no answer", "呼损:无人接听", "no answer / dials", D::kNoAnswer);
  share("loss_refused", "Lost: refused", "呼损:拒接", "refused / dials", D::kRefused);
  share("loss_machine", "Lost: machine", "呼损:语音信箱", "machines / dials", D::kMachine);
  add("live_answers", "Live answers", "外呼接通量", "persons who answered", Unit::kCount,
      sum({D::kLive}), {});
  add("parties_reached", "Talks with parties", "外呼通话量", "live answers that found an agent",
      Unit::kCount, sum({D::kReached}), {});
  add("dialler_abandon_rate", "Dialler abandon rate", "外呼弃呼率",
      "(dropped + hung up without an agent) / live answers", Unit::kShare,
      sum({D::kDropped, D::kHungUp}), sum({D::kLive}));
  add("dropped_by_dialler", "Dropped by the dialler", "呼损:拨号器挂断", "dropped / live answers",
      Unit::kShare, sum({D::kDropped}), sum({D::kLive}));
  add("party_wait", "Wait of parties", "外呼接通等待", "answer to agent, of the talks",
      Unit::kSeconds, sum({D::kWait}), sum({D::kReached}));
  add("list_penetration", "List penetration", "名单覆盖率", "numbers dialled at least once / list",
      Unit::kShare, sum({D::kFirstDials}), sum({D::kNumbers}));
  add("list_completion", "List completion", "名单完成率", "numbers done with / list", Unit::kShare,
      sum({D::kEnded}), sum({D::kNumbers}));
  add("list_success", "Numbers reached", "名单接触率", "numbers talked with at least once / list",
      Unit::kShare, sum({D::kFirstReached}), sum({D::kNumbers}));
  add("numbers_filtered", "Numbers filtered", "过滤空号量", "invalid numbers taken off the list",
      Unit::kCount, sum({D::kFiltered}), {});
  add("filter_cost", "Cost of list checks", "名单过滤费", "list x cost a number", Unit::kMoney,
      sum({D::kFilterCost}), {});
}

}  // namespace callmill
