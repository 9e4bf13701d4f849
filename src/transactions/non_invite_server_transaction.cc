#include "transactions/non_invite_server_transaction.h"

#include <utility>

#include "base/overload.h"
#include "messages/status_code.h"

namespace sip {

using enum TransactionOutcome::Part;

NonInviteServerTransaction::NonInviteServerTransaction(String trying, bool reliable, Time now)
    : reliable_(reliable), last_(std::move(trying)), state_(Trying{now + kNonInviteTrying}) {}

TransactionOutcome NonInviteServerTransaction::ReceiveRequest() {
  // RFC 3261 section 17.2.2: "the most recently sent provisional response MUST be passed to the
  // transport layer for retransmission", and in Completed "the final response".
  if (Is<Proceeding>() || Is<Completed>()) return {kTransmit, last_};
  // "Once in the "Trying" state, any further request retransmissions are discarded."
  return {};
}

TransactionOutcome NonInviteServerTransaction::Respond(int status, String text, Time now) {
  // RFC 3261 section 17.2.2: "Any other final responses passed by the TU to the server transaction
  // MUST be discarded while in the "Completed" state."
  const auto* trying = std::get_if<Trying>(&state_);
  if (!trying && !Is<Proceeding>()) return {};
  if (IsProvisional(status)) {
    // RFC 4320 section 4.1: "MUST NOT send any provisional response with a Status-Code other than
    // 100", nor 100 "over any unreliable transport, such as UDP, before" Timer E reached T2.
    if (status != 100 || (trying && !reliable_ && now < trying->may_try)) return {};
    state_ = Proceeding{};
    last_ = text;
    return {kTransmit, std::move(text)};
  }
  // RFC 4320 section 4.2: "MUST NOT send a response with Status-Code of 408 to a non-INVITE
  // request": it will not send a final response at all, and there is nothing to wait for.
  if (status == 408) {
    state_ = Terminated{};
    return {kEnded};
  }
  // RFC 3261 section 17.2.2: "it MUST set Timer J to fire in 64*T1 seconds for unreliable
  // transports, and zero seconds for reliable transports".
  state_ = Completed{now + TimerJ(reliable_)};
  last_ = text;
  return {kTransmit, std::move(text)};
}

TransactionOutcome NonInviteServerTransaction::TransportError() {
  // RFC 3261 section 17.2.4: it "SHOULD inform the TU that a failure has occurred, and SHOULD
  // transition to the terminated state". RFC 6026 section 7.1 changes this for INVITE alone.
  if (terminated()) return {};
  state_ = Terminated{};
  return {kTransportFailed | kEnded};
}

TransactionOutcome NonInviteServerTransaction::Advance(Time now) {
  if (now < deadline()) return {};
  if (Is<Trying>()) {
    // RFC 4320 section 4.1: "MUST respond to a non-INVITE request with a Status-Code of 100 if it
    // has not otherwise responded after the amount of time it takes a client transaction's Timer E
    // to be reset to T2."
    state_ = Proceeding{};
    return {kTransmit, last_};
  }
  state_ = Terminated{};  // timer J
  return {kEnded};
}

Time NonInviteServerTransaction::deadline() const {
  if (const auto* trying = std::get_if<Trying>(&state_)) {
    return last_.empty() ? InfiniteFuture() : trying->may_try;
  }
  if (const auto* completed = std::get_if<Completed>(&state_)) return completed->timer_j;
  return InfiniteFuture();
}

}  // namespace sip
