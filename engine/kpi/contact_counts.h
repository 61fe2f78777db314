#pragma once
// What came of the contacts with agents: settled or not, as it is and as it is measured; the
// survey; satisfaction. Recorded only where something follows contacts (Blueprint::follows_up).

#include <vector>

#include "engine/centre/observer.h"
#include "engine/kpi/counts.h"

namespace callmill {

// Per (caller type, interval of the arrival). A callback counts as a contact of the type that it is
// to, in the interval of the call that asked for it.
enum class ContactCount : std::uint8_t {
  kAll,            // contacts with an agent, of all types that something follows
  kContacts,       // Q: of these, those of types with a resolution
  kResolved,       // of Q
  kFirst,          // F: of Q, those with no contact before
  kFirstResolved,  // of F
  kSelfServed,     // by a machine, of types with a resolution
  kSelfResolved,
  kSurveyOffered,
  kSurveyTaken,
  kSurveyFcr,  // of the taken, those who answered this question, as the next two
  kSurveyCsat,
  kSurveyNps,
  kSurveyFirst,  // of F, those who said whether the matter is settled
  kSurveyFirstYes,
  kChecked,  // of F
  kCheckPassed,
  kCoded,  // of F
  kCodedResolved,
  kMatchable,  // of F
  kMatchedResolved,
  kRated,  // contacts with a satisfaction
  kSatisfied,
  kPromoters,
  kDetractors,
  kAskedCsat,  // of the rated, those who answered the question
  kAskedSatisfied,
  kAskedNps,
  kAskedPromoters,
  kAskedDetractors,
  kSize
};

class ContactBook {
 public:
  explicit ContactBook(const Blueprint& plan) : intervals_{plan.intervals} {
    if (!plan.follows_up) return;
    cells_.resize(std::size_t{plan.caller_types} * plan.intervals);
    for (const CallerTypePlan& type : plan.types)
      first_cell_.push_back(std::size_t{type.stands_for} * plan.intervals);
  }
  void reset() {
    for (auto& cell : cells_) cell.fill(0);
    for (auto& cell : given_) cell.fill(0);
  }
  // From now on also the expectation of each contact, given all before its end.
  void keep_given() { given_.resize(cells_.size()); }
  bool keeps_given() const { return !given_.empty(); }
  void expect(const Blueprint& plan, const Call& call, const ContactOutcome& o);
  void expect_self_service(const Call& call, double chance);
  // In kGivenUnit.
  const Cell<ContactCount>& given(std::uint32_t type, std::uint32_t interval) const {
    return given_[std::size_t{type} * intervals_ + interval];
  }
  void contact_over(const Call& call, const ContactOutcome& o);
  void self_service_over(const Call& call, bool resolved) {
    Cell<ContactCount>& c = cell(call);
    ++c[at(ContactCount::kSelfServed)];
    c[at(ContactCount::kSelfResolved)] += resolved ? 1 : 0;
  }
  const Cell<ContactCount>& cell(std::uint32_t type, std::uint32_t interval) const {
    return cells_[std::size_t{type} * intervals_ + interval];
  }

 private:
  Cell<ContactCount>& cell(const Call& call) {
    return cells_[first_cell_[call.type] + call.interval];
  }
  std::vector<std::size_t> first_cell_;  // by type; parties of campaigns have no contacts
  std::uint32_t intervals_;
  std::vector<Cell<ContactCount>> cells_;
  std::vector<Cell<ContactCount>> given_;  // likewise, or none
};

}  // namespace callmill
