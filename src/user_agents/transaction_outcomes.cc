#include "user_agents/transaction_outcomes.h"

#include <utility>
#include <variant>

#include "base/overload.h"
#include "user_agents/dialog_user_agent.h"

namespace sip {
namespace {

UserAgentClient* ClientOf(Turn& turn, TransactionHandle transaction) {
  const auto found = turn.core.client_of.find(transaction);
  return found == turn.core.client_of.end() ? nullptr : turn.core.FindClient(found->second);
}

void PassUpTo(Turn& turn, TransactionHandle transaction, const MessagePointer& message) {
  if (message == nullptr) return;
  if (message->is_request()) {
    // RFC 6026 section 7.1: an ACK that reached the Accepted state is the TU's.
    ReceiveAck(turn, message);
  } else if (UserAgentClient* client = ClientOf(turn, transaction)) {
    ReceiveResponse(turn, *client, message, /*local=*/false);
  }
}

// `failure` is a TimedOut or a TransportFailed. Of a server's nobody needs to know: its response
// has been given.
template <typename Failure>
void Fail(Turn& turn, const Failure& failure, int status) {
  if (UserAgentClient* client = ClientOf(turn, failure.transaction)) {
    ReceiveLocalResponse(turn, *client, failure.request, status);
  }
}

}  // namespace

void ApplyOutcomes(Turn& turn, TransactionOutcomes outcomes, const MessagePointer& message,
                   uint32_t origin) {
  for (TransactionOutcome& outcome : outcomes) {
    std::visit(
        Overload{[&](Transmit& transmit) { turn.Transmit(origin, std::move(transmit.text)); },
                 [&](const PassUp& passed) { PassUpTo(turn, passed.transaction, message); },
                 [&](const TimedOut& timed_out) { Fail(turn, timed_out, 408); },
                 [&](const TransportFailed& failed) { Fail(turn, failed, 503); },
                 [&](const Ended& ended) {
                   ClientTransactionEnded(turn, ended.transaction);
                   ServerTransactionEnded(turn, ended.transaction);
                 }},
        outcome);
  }
}

}  // namespace sip
