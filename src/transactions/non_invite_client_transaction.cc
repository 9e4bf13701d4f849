#include "transactions/non_invite_client_transaction.h"

#include <algorithm>
#include <utility>

#include "base/overload.h"
#include "messages/status_code.h"

namespace sip {

using enum TransactionOutcome::Part;

NonInviteClientTransaction::NonInviteClientTransaction(String request, bool reliable, Time now)
    : reliable_(reliable),
      request_(std::move(request)),
      state_(Trying{Retransmission::Start(reliable, now), now + k64T1}) {}

TransactionOutcome NonInviteClientTransaction::ReceiveResponse(int status, Time now) {
  // RFC 3261 section 17.1.2.2: "The "Completed" state exists to buffer any additional response
  // retransmissions that may be received".
  if (!awaits_final()) return {};
  if (IsProvisional(status)) {
    // "the response MUST be passed to the TU, and then the client transaction SHOULD move to the
    // "Proceeding" state". Timers E and F run on.
    if (const auto* trying = std::get_if<Trying>(&state_)) {
      state_ = Proceeding{trying->timer_e, trying->timer_f};
    }
    return {kPassUp};
  }
  // "Once the client transaction enters the "Completed" state, it MUST set Timer K to fire in T4
  // seconds for unreliable transports, and zero seconds for reliable transports."
  state_ = Completed{now + TimerK(reliable_)};
  return {kPassUp};
}

TransactionOutcome NonInviteClientTransaction::TransportError() {
  if (!awaits_final()) return {};
  state_ = Terminated{};
  return {kTransportFailed | kEnded, std::move(request_)};
}

TransactionOutcome NonInviteClientTransaction::Advance(Time now) {
  if (now < deadline()) return {};
  return Visit(Overload{[&](Completed&) -> TransactionOutcome {
                          state_ = Terminated{};
                          return {kEnded};
                        },
                        [](Terminated&) -> TransactionOutcome { return {}; },
                        [&](auto& waiting) -> TransactionOutcome {
                          // RFC 3261 section 17.1.2.2: "If timer F fires [...], the TU MUST be
                          // informed of a timeout, and the client transaction MUST transition
                          // to the terminated state."
                          if (waiting.timer_f <= now) {
                            state_ = Terminated{};
                            return {kTimedOut | kEnded, std::move(request_)};
                          }
                          // Trying: "reset, but this time with a value of MIN(2*T1, T2)" and
                          // so on. Proceeding: "Timer E MUST be reset with a value of T2
                          // seconds".
                          if (Is<Proceeding>()) waiting.timer_e.interval = kT2;
                          waiting.timer_e.Restart(now, kT2);
                          return {kTransmit, request_};
                        }},
               state_);
}

Time NonInviteClientTransaction::deadline() const {
  return Visit(
      Overload{[](const Completed& completed) { return completed.timer_k; },
               [](const Terminated&) { return InfiniteFuture(); },
               [](const auto& waiting) { return std::min(waiting.timer_e.at, waiting.timer_f); }},
      state_);
}

}  // namespace sip
