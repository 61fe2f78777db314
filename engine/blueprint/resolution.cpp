#include "engine/blueprint/builder.h"

namespace callmill {
namespace {

AftermathPlan make_aftermath(const CallerType& type) {
  AftermathPlan p;
  if (type.resolution) {
    const Resolution& r = *type.resolution;
    p.resolves = true;
    p.first_contact = r.first_contact.value();
    p.repeat = r.repeat.value_or(r.first_contact).value();
    p.self_service = r.self_service.value();
    p.repeat_talk_factor = r.repeat_talk_factor;
    p.quality_check = r.quality_check;
    p.agent_code = r.agent_code;
    p.system_match = r.system_match;
  }
  p.survey = type.survey;
  if (type.survey) p.survey_length = Sampler{type.survey->length};
  return p;
}

}  // namespace

void build_aftermath(const World& world, Blueprint& plan) {
  plan.satisfaction = world.satisfaction;
  for (std::size_t t = 0; t < world.caller_types.size(); ++t) {
    const CallerType& type = world.caller_types[t];
    CallerTypePlan& p = plan.types[t];
    plan.aftermath.push_back(make_aftermath(type));
    p.follows_up = type.resolution || type.survey || world.satisfaction;
    if (type.resolution) p.after_open = make_call_again(type.resolution->returns);
    if (p.follows_up) plan.follows_up = plan.tracks_callers = true;
    if (p.after_block.share > 0 || p.after_abandon.share > 0 || p.after_cut.share > 0)
      plan.tracks_callers = true;
  }
  for (CallerTypePlan& p : plan.types) {
    p.keeps_story = plan.tracks_callers;
    p.plain_talk = p.talk_factor.empty() && !p.keeps_story;
  }
}

void build_prices(const World& world, Blueprint& plan) {
  PricePlan& p = plan.prices;
  for (const AgentGroup& group : world.groups) {
    p.wage.push_back(group.wage_per_hour / 3600);
    p.any = p.any || group.wage_per_hour > 0;
  }
  // A day's rent for each day of the run, closed ones too.
  const auto days = static_cast<double>(world.several_days() ? world.days.count : 1);
  for (const std::uint32_t t : by_name(world.trunks))
    p.rent += world.trunks[t].rent_per_day * static_cast<double>(*world.trunks[t].lines) * days;
  p.rent += world.ivr.rent_per_day * static_cast<double>(world.ivr.ports.value_or(0)) * days;
  if (world.costs) p.per = *world.costs;
  for (const AgentGroup& group : world.groups)
    p.any = p.any || (group.call_in && group.call_in->cost_per_hour);
  for (const Rule& rule : world.rules)
    for (const Action& action : rule.then) p.any = p.any || action.cost_per_hour;
  for (const Campaign& campaign : world.campaigns) p.any = p.any || campaign.filter_cost > 0;
  p.any = p.any || p.rent > 0 || world.costs;
}

}  // namespace callmill
