#ifndef SIPWASM_SRC_TRANSACTIONS_INVITE_CLIENT_TRANSACTION_H_
#define SIPWASM_SRC_TRANSACTIONS_INVITE_CLIENT_TRANSACTION_H_

#include <string_view>
#include <variant>

#include "base/string.h"
#include "base/time.h"
#include "transactions/outcome.h"
#include "transactions/timers.h"

namespace sip {

// An INVITE on its way out: RFC 3261 section 17.1.1, with the Accepted state of RFC 6026. Sends the
// INVITE until something comes back, acknowledges a refusal, and stays for a while to take what
// comes late: further 2xx of other branches, which are passed up, and repeated refusals, which are
// not.
//
//   Calling --1xx--> Proceeding --300-699--> Completed --D--> Terminated
//      |  \              |                      ^
//      |   \-------------|--------300-699-------+
//      +-----------------+--2xx--> Accepted --M--> Terminated
//
//   Calling --B, transport error--> Terminated
class InviteClientTransaction {
 public:
  struct Calling {
    Retransmission timer_a;
    Time timer_b;
    Time abandon = InfiniteFuture();
  };
  struct Proceeding {
    Time abandon;  // see Cancelled
  };
  struct Completed {
    Time timer_d;
  };
  struct Accepted {
    Time timer_m;
  };
  struct Terminated {};

  // `request` is the INVITE's text, which the caller sends now.
  InviteClientTransaction(String request, bool reliable, Time now);

  // `ack` is the ACK's text if this is the first response from 300 to 699 (see `awaits_final`): it
  // is kept, and sent again whenever the refusal is repeated. Otherwise it is not looked at.
  TransactionOutcome ReceiveResponse(int status, std::string_view ack, Time now);

  // A CANCEL was sent for it. RFC 3261 section 9.1: "If there is no final response for the original
  // request in 64*T1 seconds [...] the client SHOULD then consider the original transaction
  // cancelled and SHOULD destroy the client transaction": it ends as if timer B had fired.
  void Cancelled(Time now);

  // RFC 3261 section 17.1.4: the transport could not send, or lost its connection.
  TransactionOutcome TransportError();

  TransactionOutcome Advance(Time now);
  Time deadline() const;

  // Whether it is Calling or Proceeding.
  bool awaits_final() const { return Is<Calling>() || Is<Proceeding>(); }
  bool terminated() const { return Is<Terminated>(); }
  TransactionState state() const {
    using enum TransactionState;
    constexpr TransactionState kStates[] = {kCalling, kProceeding, kCompleted, kAccepted,
                                            kTerminated};
    return kStates[state_.index()];
  }
  const String& request() const { return request_; }

  template <typename State>
  bool Is() const {
    return std::holds_alternative<State>(state_);
  }

 private:
  TransactionOutcome TimeOut();

  bool reliable_;
  String request_;
  String ack_;  // of Completed
  std::variant<Calling, Proceeding, Completed, Accepted, Terminated> state_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_TRANSACTIONS_INVITE_CLIENT_TRANSACTION_H_
