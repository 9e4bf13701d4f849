#include "dialogs/invite_usage.h"

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
  provisionals_.Stop();
  unacknowledged_.reset();
  succeeded_.reset();
  client_invite_.reset();
  server_invite_.reset();
}

void InviteUsage::AwaitAck(ServerHandle server, uint32_t cseq, String success, Time now) {
  if (state_ != SessionState::kConfirmed) state_ = SessionState::kAckWait;
  unacknowledged_.reset(new Unacknowledged{
      .server = server, .cseq = cseq, .success = RepeatedResponse(std::move(success), kT2, now)});
}

std::optional<ServerHandle> InviteUsage::ReceiveAck(uint32_t cseq) {
  // RFC 3261 section 13.2.2.4: "The sequence number of the CSeq header field MUST be the same as
  // the INVITE being acknowledged".
  if (unacknowledged_ == nullptr || unacknowledged_->cseq != cseq) return std::nullopt;
  const ServerHandle server = unacknowledged_->server;
  unacknowledged_.reset();
  if (state_ == SessionState::kAckWait) state_ = SessionState::kConfirmed;
  return server;
}

InviteUsage::Due InviteUsage::Advance(Time now) {
  Due due;
  if (unacknowledged_ != nullptr) {
    if (unacknowledged_->success.over(now)) {
      due.no_ack = unacknowledged_->server;
      unacknowledged_.reset();
    } else if (unacknowledged_->success.Advance(now)) {
      due.retransmit = unacknowledged_->success.text();
    }
  } else if (auto& provisional = provisionals_.repeated(); provisional != nullptr) {
    if (provisional->over(now)) {
      due.no_prack = true;
      provisional.reset();
    } else if (provisional->Advance(now)) {
      due.retransmit = provisional->text();
    }
  }
  return due;
}

Time InviteUsage::deadline() const {
  return unacknowledged_ != nullptr ? unacknowledged_->success.deadline()
                                    : provisionals_.deadline();
}

}  // namespace sip
