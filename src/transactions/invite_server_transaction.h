#ifndef SIPWASM_SRC_TRANSACTIONS_INVITE_SERVER_TRANSACTION_H_
#define SIPWASM_SRC_TRANSACTIONS_INVITE_SERVER_TRANSACTION_H_

#include <variant>

#include "base/string.h"
#include "base/time.h"
#include "transactions/outcome.h"
#include "transactions/timers.h"

namespace sip {

// An INVITE that came in: RFC 3261 section 17.2.1, with the Accepted state of RFC 6026. Answers its
// repetitions, sends 100 if the TU takes its time, and repeats a refusal until its ACK comes. The
// repetition of a 2xx is the TU's.
//
//   Proceeding --300-699 from TU--> Completed --ACK--> Confirmed --I--> Terminated
//       |                               \--H--> Terminated
//       +--2xx from TU--> Accepted --L--> Terminated
class InviteServerTransaction {
 public:
  struct Proceeding {
    Time timer_provisional;  // when the 100 is sent, or the last provisional response once more
  };
  struct Completed {
    Retransmission timer_g;
    Time timer_h;
  };
  struct Confirmed {
    Time timer_i;
  };
  struct Accepted {
    Time timer_l;
  };
  struct Terminated {};

  // `trying` is the text of the 100 that is sent unless the TU responds within 200 ms; empty: none
  // is sent, and there is nobody but the machine to repeat a provisional response.
  InviteServerTransaction(String trying, bool reliable, Time now);

  // The INVITE once more.
  TransactionOutcome ReceiveRequest();

  // An ACK that matches it: in Accepted, where it acknowledges a 2xx, it is passed up.
  TransactionOutcome ReceiveAck(Time now);

  // A response of the TU. Empty if it comes too late: after a final response only a 2xx may follow
  // a 2xx.
  TransactionOutcome Respond(int status, String text, Time now);

  // RFC 6026 section 7.1: "MUST NOT discard transaction state based only on encountering a
  // non-recoverable transport error when sending a response": the TU is told, and that is all.
  TransactionOutcome TransportError();

  TransactionOutcome Advance(Time now);
  Time deadline() const;

  bool terminated() const { return Is<Terminated>(); }
  TransactionState state() const {
    using enum TransactionState;
    constexpr TransactionState kStates[] = {kProceeding, kCompleted, kConfirmed, kAccepted,
                                            kTerminated};
    return kStates[state_.index()];
  }

  template <typename State>
  bool Is() const {
    return std::holds_alternative<State>(state_);
  }

 private:
  TransactionOutcome SendTrying(Proceeding& proceeding);

  bool reliable_;
  bool alone_;
  String trying_;  // the 100 that may still be sent
  String last_;    // the most recent response; empty before the first
  std::variant<Proceeding, Completed, Confirmed, Accepted, Terminated> state_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_TRANSACTIONS_INVITE_SERVER_TRANSACTION_H_
