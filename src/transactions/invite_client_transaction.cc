#include "transactions/invite_client_transaction.h"

#include <algorithm>
#include <utility>

#include "base/overload.h"
#include "messages/status_code.h"

namespace sip {

using enum TransactionOutcome::Part;

InviteClientTransaction::InviteClientTransaction(String request, bool reliable, Time now)
    : reliable_(reliable),
      request_(std::move(request)),
      state_(Calling{Retransmission::Start(reliable, now), now + k64T1}) {}

TransactionOutcome InviteClientTransaction::ReceiveResponse(int status, std::string_view ack,
                                                            Time now) {
  if (awaits_final()) {
    // RFC 3261 section 17.1.1.2: "the provisional response MUST be passed to the TU".
    if (IsProvisional(status)) {
      if (const auto* calling = std::get_if<Calling>(&state_)) {
        state_ = Proceeding{calling->abandon};
      }
      return {kPassUp};
    }
    // RFC 6026 section 7.2: "it MUST transition to the "Accepted" state, pass the 2xx response to
    // the TU, and set Timer M to 64*T1".
    if (IsSuccess(status)) {
      state_ = Accepted{now + k64T1};
      request_ = String();  // nobody asks for it again
      return {kPassUp};
    }
    // RFC 3261 section 17.1.1.2: "MUST pass the received response up to the TU, and the client
    // transaction MUST generate an ACK request, even if the transport is reliable".
    state_ = Completed{now + TimerD(reliable_)};
    ack_ = ack;
    return {kTransmit | kPassUp, ack_};
  }
  // RFC 6026 section 8.4: retransmissions of a 300-699 "MUST cause the ACK to be re-passed to the
  // transport layer for retransmission, but the newly received response MUST NOT be passed up".
  if (Is<Completed>() && IsFailure(status)) return {kTransmit, ack_};
  // RFC 6026 section 7.2: "A 2xx response received while in the "Accepted" state MUST be passed to
  // the TU".
  if (Is<Accepted>() && IsSuccess(status)) return {kPassUp};
  return {};
}

void InviteClientTransaction::Cancelled(Time now) {
  Visit(Overload{[now](Calling& calling) { calling.abandon = now + k64T1; },
                 [now](Proceeding& proceeding) { proceeding.abandon = now + k64T1; }, [](auto&) {}},
        state_);
}

TransactionOutcome InviteClientTransaction::TransportError() {
  // RFC 6026 figure 5: in Accepted it sends nothing, so nothing can fail.
  if (Is<Accepted>() || Is<Terminated>()) return {};
  state_ = Terminated{};
  return {kTransportFailed | kEnded, std::move(request_)};
}

TransactionOutcome InviteClientTransaction::Advance(Time now) {
  if (now < deadline()) return {};
  if (auto* calling = std::get_if<Calling>(&state_)) {
    // RFC 3261 section 17.1.1.2: "If the client transaction is still in the "Calling" state when
    // timer B fires, the client transaction SHOULD inform the TU that a timeout has occurred."
    if (calling->timer_b <= now) return TimeOut();
    // "When timer A fires, the client transaction MUST retransmit the request [...], and MUST reset
    // the timer with a value of 2*T1": "intervals that double after each transmission".
    calling->timer_a.Restart(now);
    return {kTransmit, request_};
  }
  if (Is<Proceeding>()) return TimeOut();
  state_ = Terminated{};  // timer D or M
  return {kEnded};
}

TransactionOutcome InviteClientTransaction::TimeOut() {
  state_ = Terminated{};
  return {kTimedOut | kEnded, std::move(request_)};
}

Time InviteClientTransaction::deadline() const {
  return Visit(
      Overload{[](const Calling& calling) { return std::min(calling.timer_a.at, calling.timer_b); },
               [](const Proceeding& proceeding) { return proceeding.abandon; },
               [](const Completed& completed) { return completed.timer_d; },
               [](const Accepted& accepted) { return accepted.timer_m; },
               [](const Terminated&) { return InfiniteFuture(); }},
      state_);
}

}  // namespace sip
