#include "transactions/invite_server_transaction.h"

#include <algorithm>
#include <utility>

#include "base/overload.h"
#include "messages/status_code.h"

namespace sip {

using enum TransactionOutcome::Part;
InviteServerTransaction::InviteServerTransaction(String trying, bool reliable, Time now)
    : reliable_(reliable),
      alone_(trying.empty()),
      trying_(std::move(trying)),
      state_(Proceeding{trying_.empty() ? InfiniteFuture() : now + kInviteTrying}) {}

TransactionOutcome InviteServerTransaction::ReceiveRequest() {
  if (auto* proceeding = std::get_if<Proceeding>(&state_)) {
    // RFC 3261 section 17.2.1: "the most recent provisional response that was received from the TU
    // MUST be passed to the transport layer for retransmission". The 100 is there "to quench
    // request retransmissions rapidly": no need to wait for more.
    if (!last_.empty()) return {kTransmit, last_};
    if (!trying_.empty()) return SendTrying(*proceeding);
    return {};
  }
  // "the server SHOULD pass the response to the transport for retransmission".
  if (Is<Completed>()) return {kTransmit, last_};
  // RFC 6026 section 7.1: in Accepted repetitions "will be absorbed by the machine without changing
  // its state".
  return {};
}

// Sends the 100 now, and not again by itself.
TransactionOutcome InviteServerTransaction::SendTrying(Proceeding& proceeding) {
  proceeding.timer_provisional = InfiniteFuture();
  last_ = std::move(trying_);
  return {kTransmit, last_};
}

TransactionOutcome InviteServerTransaction::ReceiveAck(Time now) {
  // RFC 3261 section 17.2.1: "If an ACK is received while the server transaction is in the
  // "Completed" state, the server transaction MUST transition to the "Confirmed" state."
  if (Is<Completed>()) state_ = Confirmed{now + TimerI(reliable_)};
  // RFC 6026 section 7.1: "Any ACKs received from the network while in the "Accepted" state MUST be
  // passed directly to the TU and not absorbed."
  if (Is<Accepted>()) return {kPassUp};
  return {};
}

TransactionOutcome InviteServerTransaction::Respond(int status, String text, Time now) {
  trying_ = String();
  if (auto* proceeding = std::get_if<Proceeding>(&state_)) {
    if (IsProvisional(status)) {
      // RFC 3261 section 13.3.1.1: "the UAS MUST send a non-100 provisional response at every
      // minute, to handle the possibility of lost provisional responses."
      const bool repeat = alone_ && status != 100;
      proceeding->timer_provisional = repeat ? now + kExtension : InfiniteFuture();
      last_ = text;
    } else if (IsSuccess(status)) {
      // RFC 6026 section 8.5: "The server transaction MUST then transition to the "Accepted"
      // state."
      state_ = Accepted{now + k64T1};
      last_ = String();  // nobody asks for it again
    } else {
      // RFC 3261 section 17.2.1: "the state machine MUST enter the "Completed" state. For
      // unreliable transports, timer G is set to fire in T1 seconds", "timer H [...] in 64*T1".
      state_ = Completed{Retransmission::Start(reliable_, now), now + k64T1};
      last_ = text;
    }
    return {kTransmit, std::move(text)};
  }
  // RFC 6026 section 7.1: "Any retransmission of the 2xx response passed from the TU to the
  // transaction while in the "Accepted" state MUST be passed to the transport layer".
  if (Is<Accepted>() && IsSuccess(status)) return {kTransmit, std::move(text)};
  return {};
}

TransactionOutcome InviteServerTransaction::TransportError() {
  if (terminated()) return {};
  return {kTransportFailed};
}

TransactionOutcome InviteServerTransaction::Advance(Time now) {
  if (now < deadline()) return {};
  if (auto* proceeding = std::get_if<Proceeding>(&state_)) {
    if (last_.empty()) return SendTrying(*proceeding);
    proceeding->timer_provisional = now + kExtension;
    return {kTransmit, last_};
  }
  if (auto* completed = std::get_if<Completed>(&state_)) {
    // RFC 3261 section 17.2.1: "If timer H fires [...] the ACK was never received": it "MUST
    // transition to the "Terminated" state, and MUST indicate to the TU that a transaction failure
    // has occurred".
    if (completed->timer_h <= now) {
      state_ = Terminated{};
      return {kTimedOut | kEnded};
    }
    // "timer G is reset with a value that doubles, unless that value exceeds T2, in which case it
    // is reset with the value of T2."
    completed->timer_g.Restart(now, kT2);
    return {kTransmit, last_};
  }
  state_ = Terminated{};  // timer I or L
  return {kEnded};
}

Time InviteServerTransaction::deadline() const {
  return Visit(Overload{[](const Proceeding& proceeding) { return proceeding.timer_provisional; },
                        [](const Completed& completed) {
                          return std::min(completed.timer_g.at, completed.timer_h);
                        },
                        [](const Confirmed& confirmed) { return confirmed.timer_i; },
                        [](const Accepted& accepted) { return accepted.timer_l; },
                        [](const Terminated&) { return InfiniteFuture(); }},
               state_);
}

}  // namespace sip
