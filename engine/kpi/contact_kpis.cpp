// Indicators of resolution, its measurement, the survey and satisfaction.

#include <utility>

#include "engine/kpi/kpi_parts.h"

namespace callmill {
namespace {

using C = ContactCount;

Cell<C> cell_of(const Recorder& r, Scope scope, std::uint32_t interval) {
  if (scope.kind == ScopeKind::kCallerType) return r.contacts(scope.index, interval);
  Cell<C> total{};
  for (std::uint32_t type = 0; type < r.plan().caller_types; ++type)
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += r.contacts(type, interval)[i];
  return total;
}

std::vector<LinearTerm> term(C count, double weight = 1) {
  return {{at(count), weight}};
}

}  // namespace

void ContactBook::contact_over(const Call& call, const ContactOutcome& o) {
  Cell<C>& c = cell(call);
  const auto count = [&](C what, bool happened) { c[at(what)] += happened ? 1 : 0; };
  const bool first = o.resolves && o.first;
  count(C::kAll, true);
  count(C::kContacts, o.resolves);
  count(C::kResolved, o.resolves && o.resolved);
  count(C::kFirst, first);
  count(C::kFirstResolved, first && o.resolved);
  count(C::kSurveyOffered, o.survey_offered);
  count(C::kSurveyTaken, o.survey_taken);
  count(C::kSurveyFcr, o.answers_fcr);
  count(C::kSurveyCsat, o.answers_csat);
  count(C::kSurveyNps, o.answers_nps);
  count(C::kSurveyFirst, first && o.answers_fcr);
  count(C::kSurveyFirstYes, first && o.answers_fcr && o.says_resolved);
  count(C::kChecked, first && o.checked);
  count(C::kCheckPassed, first && o.checked && o.passed);
  count(C::kCoded, first && o.coded);
  count(C::kCodedResolved, first && o.coded && o.coded_resolved);
  count(C::kMatchable, first && o.matchable);
  count(C::kMatchedResolved, first && o.matchable && o.matched_resolved);
  const bool csat = o.rated && o.answers_csat, nps = o.rated && o.answers_nps;
  count(C::kRated, o.rated);
  count(C::kSatisfied, o.verdict.satisfied);
  count(C::kPromoters, o.verdict.promoter);
  count(C::kDetractors, o.verdict.detractor);
  count(C::kAskedCsat, csat);
  count(C::kAskedSatisfied, csat && o.verdict.satisfied);
  count(C::kAskedNps, nps);
  count(C::kAskedPromoters, nps && o.verdict.promoter);
  count(C::kAskedDetractors, nps && o.verdict.detractor);
}

void add_contact_metrics(std::vector<Metric>& m) {
  const std::vector<ScopeKind> scopes = {ScopeKind::kTotal, ScopeKind::kCallerType};
  const auto add = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, Unit unit, std::vector<LinearTerm> numerator,
                       std::vector<LinearTerm> denominator) {
    m.push_back({key, en, zh, formula, unit, Family::kContacts, scopes, std::move(numerator),
                 std::move(denominator)});
  };
  const auto share = [&](std::string_view key, std::string_view en, std::string_view zh,
                         std::string_view formula, C of,
                         C in) { add(key, en, zh, formula, Unit::kShare, term(of), term(in)); };
  const auto score = [&](std::string_view key, std::string_view en, std::string_view zh,
                         std::string_view formula, C promoters, C detractors, C in) {
    add(key, en, zh, formula, Unit::kNumber, {{at(promoters), 100.0}, {at(detractors), -100.0}},
        term(in));
  };
  add("contacts", "Contacts", "人工服务量", "contacts with an agent", Unit::kCount, term(C::kAll),
      {});
  share("fcr", "First-contact resolution", "一次解决率", "F settled / F", C::kFirstResolved,
        C::kFirst);
  share("fcr_survey", "FCR by survey", "一次解决率(IVR回访)", "F who say settled / F who answer",
        C::kSurveyFirstYes, C::kSurveyFirst);
  share("fcr_quality", "FCR by quality check", "一次解决率(质检抽样)",
        "F judged settled / F checked", C::kCheckPassed, C::kChecked);
  share("fcr_agent_code", "FCR by agent code", "一次解决率(坐席标记)", "F coded settled / F",
        C::kCodedResolved, C::kCoded);
  share("fcr_system", "FCR by system match", "一次解决率(系统匹配)",
        "F not followed by a call of the same number within the window / F", C::kMatchedResolved,
        C::kMatchable);
  share("resolution_rate", "Resolution rate", "问题解决率", "Q settled / Q", C::kResolved,
        C::kContacts);
  add("repeat_contact_share", "Repeat contacts", "重复服务占比", "(Q - F) / Q", Unit::kShare,
      {{at(C::kContacts), 1.0}, {at(C::kFirst), -1.0}}, term(C::kContacts));
  share("self_service_resolution", "Self-service resolution", "自助解决率",
        "self-served and settled / self-served", C::kSelfResolved, C::kSelfServed);
  share("survey_response", "Survey response", "满意度参评率", "surveys answered / offered",
        C::kSurveyTaken, C::kSurveyOffered);
  share("survey_response_fcr", "Survey response, settled?", "是否解决参评率",
        "answers to this question / surveys offered", C::kSurveyFcr, C::kSurveyOffered);
  share("survey_response_csat", "Survey response, satisfied?", "是否满意参评率",
        "answers to this question / surveys offered", C::kSurveyCsat, C::kSurveyOffered);
  share("survey_response_nps", "Survey response, recommends?", "是否推荐参评率",
        "answers to this question / surveys offered", C::kSurveyNps, C::kSurveyOffered);
  share("csat", "Satisfied (surveyed)", "满意率", "satisfied / answers to this question",
        C::kAskedSatisfied, C::kAskedCsat);
  share("csat_true", "Satisfied (all)", "满意率(全体)", "satisfied / contacts not cut short",
        C::kSatisfied, C::kRated);
  score("nps", "Net promoter score (surveyed)", "净推荐值",
        "100 (promoters - detractors) / answers to this question", C::kAskedPromoters,
        C::kAskedDetractors, C::kAskedNps);
  score("nps_true", "Net promoter score (all)", "净推荐值(全体)",
        "100 (promoters - detractors) / contacts not cut short", C::kPromoters, C::kDetractors,
        C::kRated);
}

void write_contacts(const Recorder& recorder, const KpiLayout& layout, const KpiLayout::Row& row,
                    ReplicationCounts& out) {
  const Blueprint& plan = recorder.plan();
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    const Cell<C> cell = cell_of(recorder, row.scope, i);
    for (std::size_t k = 0; k < cell.size(); ++k) {
      add_to_periods(plan, layout, row, i, k, static_cast<double>(cell[k]), out);
    }
  }
}

}  // namespace callmill
