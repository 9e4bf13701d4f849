#include "dialogs/invite_usage.h"

#include <algorithm>
#include <utility>

#include "transactions/timers.h"

namespace sip {

void InviteUsage::Progress() {
  if (state_ == SessionState::kInitial) state_ = SessionState::kEarly;
}

void InviteUsage::Confirm() {
  if (state_ != SessionState::kTerminated) state_ = SessionState::kConfirmed;
}

void InviteUsage::Terminate() {
  state_ = SessionState::kTerminated;
  offer_answer_.Close();
  unacknowledged_.reset();
  succeeded_.reset();
  client_invite_.reset();
  server_invite_.reset();
}

void InviteUsage::AwaitAck(ServerHandle server, uint32_t cseq, std::string success, Time now) {
  if (state_ != SessionState::kConfirmed) state_ = SessionState::kAckWait;
  unacknowledged_ = Unacknowledged{.server = server,
                                   .cseq = cseq,
                                   .success = std::move(success),
                                   .interval = kT1,
                                   .retransmit_at = now + kT1,
                                   .give_up_at = now + k64T1};
}

std::optional<ServerHandle> InviteUsage::ReceiveAck(uint32_t cseq) {
  // RFC 3261 section 13.2.2.4: "The sequence number of the CSeq header field MUST be the same as
  // the INVITE being acknowledged".
  if (!unacknowledged_.has_value() || unacknowledged_->cseq != cseq) return std::nullopt;
  const ServerHandle server = unacknowledged_->server;
  unacknowledged_.reset();
  if (state_ == SessionState::kAckWait) state_ = SessionState::kConfirmed;
  return server;
}

InviteUsage::Due InviteUsage::Advance(Time now) {
  Due due;
  if (!unacknowledged_.has_value()) return due;
  Unacknowledged& waiting = *unacknowledged_;
  if (now >= waiting.give_up_at) {
    due.no_ack = waiting.server;
    unacknowledged_.reset();
    return due;
  }
  if (now >= waiting.retransmit_at) {
    due.retransmit = waiting.success;
    waiting.interval = std::min(waiting.interval + waiting.interval, kT2);
    waiting.retransmit_at = now + waiting.interval;
  }
  return due;
}

Time InviteUsage::deadline() const {
  if (!unacknowledged_.has_value()) return InfiniteFuture();
  return std::min(unacknowledged_->retransmit_at, unacknowledged_->give_up_at);
}

}  // namespace sip
