#include "engine/kpi/contact_chances.h"

#include <cmath>

#include "engine/kpi/kpi_parts.h"

namespace callmill {
namespace {

using C = ContactCount;

// Chances of the satisfied, promoters and detractors with this score.
struct Felt {
  double satisfied = 0, promoter = 0, detractor = 0;
};
Felt felt_with(const Satisfaction& model, double score) {
  return {logistic(score), logistic(score - model.promoter), logistic(model.detractor - score)};
}

void add_survey(const Survey& s, double settled, double open, bool first, ContactChances& c) {
  const double offered = s.offered.value();
  const double taken_settled = offered * settled * s.resolved_respond.value();
  const double taken_open = offered * open * s.open_respond.value();
  const double taken = taken_settled + taken_open;
  c[at(C::kSurveyOffered)] = offered;
  c[at(C::kSurveyTaken)] = taken;
  c[at(C::kSurveyFcr)] = taken * s.answers.fcr.value();
  c[at(C::kSurveyCsat)] = taken * s.answers.csat.value();
  c[at(C::kSurveyNps)] = taken * s.answers.nps.value();
  if (!first) return;
  c[at(C::kSurveyFirst)] = c[at(C::kSurveyFcr)];
  c[at(C::kSurveyFirstYes)] =
      s.answers.fcr.value() *
      (taken_settled * (1 - s.resolved_say_no.value()) + taken_open * s.open_say_yes.value());
}

void add_satisfaction(const AftermathPlan& after, const Satisfaction& model,
                      const ContactOutcome& o, double settled, double open, ContactChances& c) {
  const double score = o.resolved ? o.score : o.score - model.unresolved;  // of the settled
  const Felt if_settled = felt_with(model, score);
  const Felt if_open = open > 0 ? felt_with(model, score + model.unresolved) : Felt{};
  const auto of = [&](double Felt::*part, double a, double b) {
    return a * if_settled.*part + b * if_open.*part;
  };
  c[at(C::kRated)] = 1;
  c[at(C::kSatisfied)] = of(&Felt::satisfied, settled, open);
  c[at(C::kPromoters)] = of(&Felt::promoter, settled, open);
  c[at(C::kDetractors)] = of(&Felt::detractor, settled, open);
  if (!after.survey) return;
  const Survey& s = *after.survey;
  const double taken_settled = s.offered.value() * settled * s.resolved_respond.value();
  const double taken_open = s.offered.value() * open * s.open_respond.value();
  const double csat = s.answers.csat.value(), nps = s.answers.nps.value();
  c[at(C::kAskedCsat)] = c[at(C::kSurveyCsat)];
  c[at(C::kAskedSatisfied)] = csat * of(&Felt::satisfied, taken_settled, taken_open);
  c[at(C::kAskedNps)] = c[at(C::kSurveyNps)];
  c[at(C::kAskedPromoters)] = nps * of(&Felt::promoter, taken_settled, taken_open);
  c[at(C::kAskedDetractors)] = nps * of(&Felt::detractor, taken_settled, taken_open);
}

}  // namespace

ContactChances chances_of(const AftermathPlan& after,
                          const std::optional<Satisfaction>& satisfaction,
                          const ContactOutcome& o) {
  ContactChances c{};
  const bool first = o.resolves && o.first;
  const double settled = o.chance, open = 1 - settled;
  c[at(C::kAll)] = 1;
  c[at(C::kContacts)] = o.resolves ? 1 : 0;
  c[at(C::kResolved)] = o.resolves ? settled : 0;
  c[at(C::kFirst)] = first ? 1 : 0;
  c[at(C::kFirstResolved)] = first ? settled : 0;
  if (!o.judged) return c;
  if (after.survey) add_survey(*after.survey, settled, open, first, c);
  if (after.quality_check && first) {
    const QualityCheck& q = *after.quality_check;
    c[at(C::kChecked)] = q.share.value();
    c[at(C::kCheckPassed)] = q.share.value() * (settled * (1 - q.resolved_failed.value()) +
                                                open * q.open_passed.value());
  }
  if (after.agent_code && first) {
    const AgentCode& code = *after.agent_code;
    c[at(C::kCoded)] = 1;
    c[at(C::kCodedResolved)] =
        settled * (1 - code.resolved_as_open.value()) + open * code.open_as_resolved.value();
  }
  if (o.matchable && first) {
    c[at(C::kMatchable)] = 1;
    c[at(C::kMatchedResolved)] = o.matched_resolved ? 1 : 0;
  }
  if (satisfaction) add_satisfaction(after, *satisfaction, o, settled, open, c);
  return c;
}

void ContactBook::expect(const Blueprint& plan, const Call& call, const ContactOutcome& o) {
  Cell<C>& cell = given_[first_cell_[call.type] + call.interval];
  const ContactChances chances = chances_of(plan.aftermath[call.type], plan.satisfaction, o);
  for (std::size_t k = 0; k < chances.size(); ++k) cell[k] += std::llround(chances[k] / kGivenUnit);
}

void ContactBook::expect_self_service(const Call& call, double chance) {
  Cell<C>& cell = given_[first_cell_[call.type] + call.interval];
  cell[at(C::kSelfServed)] += std::llround(1 / kGivenUnit);
  cell[at(C::kSelfResolved)] += std::llround(chance / kGivenUnit);
}

void write_contacts_given(const Recorder& recorder, const KpiLayout& layout,
                          const KpiLayout::Row& row, ReplicationCounts& out) {
  if (!recorder.contact_book().keeps_given()) return;
  const Blueprint& plan = recorder.plan();
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    Cell<C> sum{};
    for (std::uint32_t type = 0; type < plan.caller_types; ++type)
      if (row.scope.kind == ScopeKind::kTotal || row.scope.index == type)
        for (std::size_t k = 0; k < sum.size(); ++k)
          sum[k] += recorder.contact_book().given(type, i)[k];
    for (std::size_t k = 0; k < sum.size(); ++k)
      add_to_periods(plan, layout, row, i, k, static_cast<double>(sum[k]) * kGivenUnit, out);
  }
}

}  // namespace callmill
