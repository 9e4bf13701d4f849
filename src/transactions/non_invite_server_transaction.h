#ifndef SIPWASM_SRC_TRANSACTIONS_NON_INVITE_SERVER_TRANSACTION_H_
#define SIPWASM_SRC_TRANSACTIONS_NON_INVITE_SERVER_TRANSACTION_H_

#include <variant>

#include "base/string.h"
#include "base/time.h"
#include "transactions/outcome.h"
#include "transactions/timers.h"

namespace sip {

// Any request but INVITE and ACK that came in: RFC 3261 section 17.2.2, as RFC 4320 changed what
// may be answered and when. Answers repetitions with the last response, and stays for that after
// the final one.
//
//   Trying --100 from TU--> Proceeding --200-699 from TU--> Completed --J--> Terminated
//      \-----------------------200-699 from TU-----------------^
class NonInviteServerTransaction {
 public:
  struct Trying {
    Time may_try;  // RFC 4320 section 4.1: no 100 before this on an unreliable transport
  };
  struct Proceeding {};
  struct Completed {
    Time timer_j;
  };
  struct Terminated {};

  // `trying` is the text of the 100 that is sent if the TU has not responded after 3.5 s (RFC 4320
  // section 4.1); empty: none is sent.
  NonInviteServerTransaction(String trying, bool reliable, Time now);

  // The request once more.
  TransactionOutcome ReceiveRequest();

  // A response of the TU. No Transmit for what RFC 4320 forbids (101-199, a 100 too early, 408) and
  // for what comes after a final response. A 408 ends the transaction all the same.
  TransactionOutcome Respond(int status, String text, Time now);

  // RFC 3261 section 17.2.4 and figure 8: the response could not be sent.
  TransactionOutcome TransportError();

  TransactionOutcome Advance(Time now);
  Time deadline() const;

  bool terminated() const { return Is<Terminated>(); }
  TransactionState state() const {
    using enum TransactionState;
    constexpr TransactionState kStates[] = {kTrying, kProceeding, kCompleted, kTerminated};
    return kStates[state_.index()];
  }

  template <typename State>
  bool Is() const {
    return std::holds_alternative<State>(state_);
  }

 private:
  bool reliable_;
  String last_;  // the most recent response; in Trying the 100 that may be sent
  std::variant<Trying, Proceeding, Completed, Terminated> state_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_TRANSACTIONS_NON_INVITE_SERVER_TRANSACTION_H_
