#ifndef SIPWASM_SRC_TRANSACTIONS_NON_INVITE_CLIENT_TRANSACTION_H_
#define SIPWASM_SRC_TRANSACTIONS_NON_INVITE_CLIENT_TRANSACTION_H_

#include <variant>

#include "base/string.h"
#include "base/time.h"
#include "transactions/outcome.h"
#include "transactions/timers.h"

namespace sip {

// Any request but INVITE and ACK on its way out: RFC 3261 section 17.1.2. Sends the request until
// its final response comes, and then takes what comes late without passing it on.
//
//   Trying --1xx--> Proceeding --200-699--> Completed --K--> Terminated
//      \----------------------200-699---------^
//
//   Trying, Proceeding --F, transport error--> Terminated
class NonInviteClientTransaction {
 public:
  struct Trying {
    Retransmission timer_e;
    Time timer_f;
  };
  struct Proceeding {
    Retransmission timer_e;
    Time timer_f;
  };
  struct Completed {
    Time timer_k;
  };
  struct Terminated {};

  // `request` is the request's text, which the caller sends now.
  NonInviteClientTransaction(String request, bool reliable, Time now);

  TransactionOutcome ReceiveResponse(int status, Time now);

  // RFC 3261 section 17.1.4: the transport could not send, or lost its connection.
  TransactionOutcome TransportError();

  TransactionOutcome Advance(Time now);
  Time deadline() const;

  // Whether it is Trying or Proceeding.
  bool awaits_final() const { return Is<Trying>() || Is<Proceeding>(); }
  bool terminated() const { return Is<Terminated>(); }
  TransactionState state() const {
    using enum TransactionState;
    constexpr TransactionState kStates[] = {kTrying, kProceeding, kCompleted, kTerminated};
    return kStates[state_.index()];
  }
  const String& request() const { return request_; }

  template <typename State>
  bool Is() const {
    return std::holds_alternative<State>(state_);
  }

 private:
  bool reliable_;
  String request_;
  std::variant<Trying, Proceeding, Completed, Terminated> state_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_TRANSACTIONS_NON_INVITE_CLIENT_TRANSACTION_H_
