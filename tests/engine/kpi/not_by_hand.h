#pragma once
// Indicators of what the day of hand_test.cpp does not have; each is held to exact figures in the
// tests of its own subject. A new indicator belongs in the count by hand, or here.

#include <set>
#include <string>

namespace callmill::test {

inline const std::set<std::string> kNotByHand = {
    "adherence", "agents_moved", "another_day", "attempts_per_caller", "attendance", "aux_break",
    "aux_coaching", "aux_meal", "aux_meeting", "aux_no_answer", "aux_other", "aux_training",
    "backlog", "backlog_age", "breaks_ended", "callback_acceptance", "callback_offers",
    "callback_success", "callback_tries", "callbacks", "callbacks_accepted", "callbacks_failed",
    "callbacks_left", "callbacks_made", "called_in", "callers", "calls_shed", "campaign_dials",
    "campaign_reach_rate", "conformance", "contacts", "cost", "cost_call_minutes", "cost_lines",
    "cost_lost_callers", "cost_per_answer", "cost_wages", "csat", "csat_true", "cut",
    "desk_utilisation", "dialler_abandon_rate", "disconnected", "dropped_by_dialler",
    "extra_time", "fcr", "fcr_agent_code", "fcr_quality", "fcr_survey", "fcr_system",
    "filter_cost", "gave_up", "left_in_menu", "left_message", "lines_cut", "lines_overflowed",
    "list_completion", "list_penetration", "list_success", "live_answers", "loss_busy",
    "loss_invalid", "loss_machine", "loss_network", "loss_no_answer", "loss_off",
    "loss_out_of_area", "loss_refused", "margin", "messages", "messages_done",
    "network_loss_rate", "network_lost", "no_answer_rate", "no_port", "nps", "nps_true",
    "numbers_filtered", "on_time_rate", "outbound_loss_rate", "parties_reached", "party_wait",
    "refused", "refused_rate", "repeat_contact_share", "resolution_rate", "revenue", "rule_cost",
    "rule_firings", "rule_time_on", "self_service_resolution", "served_in_the_end",
    "survey_response", "talks_cut", "time_to_answer", "time_to_callback", "time_to_done",
    "transfer_rate", "transferred_in", "unresolved_in_the_end"};

}  // namespace callmill::test
