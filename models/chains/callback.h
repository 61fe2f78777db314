#pragma once
// Callers who must wait may ask to be called back, exactly. docs/models/chains.md has the rules.
//
//   state (agents on live calls, agents on callbacks, q live callers waiting, c callbacks open)
//   arrival, all agents busy:  q >= offer_from and c < list_room: with chance p_accept c + 1
//                              else q + 1 if q < room, else blocked
//   agent free:  c >= priority_from: a callback;  q > 0: a call;  c > 0 and more than `reserve`
//                idle, this one included: a callback;  else idle

#include <optional>
#include <string>

namespace callmill {

struct CallbackInput {
  int agents = 1;                                                // n
  double arrival_rate = 0, service_rate = 0, patience_rate = 0;  // lambda, mu > 0; theta >= 0
  int room = 0;                      // qcap: live callers waiting at the most
  int offer_from = 0;                // cb_thr
  double p_accept = 1;               // p_acc
  int list_room = 0;                 // cb_cap
  double callback_rate = 0;          // mu_cb > 0
  int reserve = 0;                   // cb_reserve
  std::optional<int> priority_from;  // cb_prio
  double within = 0;                 // T
};
// Shares of all calls; golden's column in ().
struct CallbackResult {
  double p_immediate, p_callback, p_block, p_queue, p_abandon;
  double p_live_answered, p_callback_done;  // (p_live_answered, p_cb_done)
  double p_live_answered_le, p_abandon_le;  // within T
  double mean_queue, mean_list;             // (EQ, E_cb_list)
  double mean_busy_live, mean_busy_callback, occupancy;
  double mean_wait_callback;  // (EW_cb) from acceptance to the call, of those accepted
  double mean_wait_offered;   // (EW_live_per_offered)
  int states;
  double residual;
};
std::string fault(const CallbackInput& in);  // empty, or what is wrong
// Needs fault(in) to be empty.
CallbackResult solve_callback(const CallbackInput& in);

}  // namespace callmill
