#include "user_agents/transaction_outcomes.h"

#include "user_agents/dialog_user_agent.h"
#include "user_agents/lone_transaction.h"

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

void ApplyOutcome(Turn& turn, const TransactionOutcome& outcome, const Message* message,
                  uint32_t origin) {
  using enum TransactionOutcome::Part;
  if (StandsAlone(turn, outcome.transaction)) return TellOfTransaction(turn, outcome);
  TellWatcher(turn, outcome);
  if (outcome.Has(kTransmit)) turn.Transmit(origin, outcome.text);
  if (outcome.Has(kPassUp)) PassUpTo(turn, outcome.transaction, message);
  if (outcome.Has(kTimedOut)) Fail(turn, outcome, 408);
  if (outcome.Has(kTransportFailed)) Fail(turn, outcome, 503);
  if (outcome.Has(kEnded)) {
    ClientTransactionEnded(turn, outcome.transaction);
    ServerTransactionEnded(turn, outcome.transaction);
  }
}

}  // namespace sip
