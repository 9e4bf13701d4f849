#include "user_agents/transaction_outcomes.h"

#include "user_agents/dialog_user_agent.h"

namespace sip {
namespace {

void PassUpTo(Turn& turn, TransactionHandle transaction, const Message* message) {
  if (message == nullptr) return;
  if (message->is_request()) {
    // RFC 6026 section 7.1: an ACK that reached the Accepted state is the TU's.
    ReceiveAck(turn, *message);
  } else if (UserAgentClient* client = turn.core.ClientOf(transaction)) {
    ReceiveResponse(turn, *client, *message, /*local=*/false);
  }
}

// Of a server's failure nobody needs to know: its response has been given.
void Fail(Turn& turn, const TransactionOutcome& failure, int status) {
  if (UserAgentClient* client = turn.core.ClientOf(failure.transaction)) {
    ReceiveLocalResponse(turn, *client, failure.text, status);
  }
}

}  // namespace

void ApplyOutcomes(Turn& turn, const TransactionOutcomes& outcomes, const Message* message,
                   uint32_t origin) {
  using Kind = TransactionOutcome::Kind;
  for (const TransactionOutcome& outcome : outcomes) {
    switch (outcome.kind) {
      case Kind::kTransmit:
        turn.Transmit(origin, outcome.text);
        break;
      case Kind::kPassUp:
        PassUpTo(turn, outcome.transaction, message);
        break;
      case Kind::kTimedOut:
        Fail(turn, outcome, 408);
        break;
      case Kind::kTransportFailed:
        Fail(turn, outcome, 503);
        break;
      case Kind::kEnded:
        ClientTransactionEnded(turn, outcome.transaction);
        ServerTransactionEnded(turn, outcome.transaction);
        break;
    }
  }
}

}  // namespace sip
