#include "user_agents/lone_transaction.h"

#include "base/string.h"

namespace sip {

Status Perform(Turn& turn, const StartTransaction& command, Reply& reply) {
  const auto self = turn.NewHandle<TransactionHandle>();
  turn.core.lone_transactions = true;
  turn.core.transactions.StartAlone(
      self, command.invite, command.server,
      {.text = String(command.body), .reliable = command.reliable, .now = turn.now()});
  reply.handle = static_cast<uint32_t>(self);
  return OkStatus();
}

Status Perform(Turn& turn, const DriveTransaction& command, Reply& reply) {
  if (!turn.core.transactions.Has(command.transaction)) return NotFoundError("no such transaction");
  const TransactionOutcome outcome = turn.core.transactions.Drive(
      command.transaction, static_cast<int>(command.status), String(command.body), turn.now());
  reply = {.handle = static_cast<uint32_t>(outcome.parts) | static_cast<uint32_t>(outcome.state)
                                                                << 8,
           .text = outcome.text};
  if (outcome.Has(TransactionOutcome::kEnded)) turn.Terminate(command.transaction);
  return OkStatus();
}

bool StandsAlone(const Turn& turn, TransactionHandle transaction) {
  return turn.owners.Find(static_cast<uint32_t>(transaction)).has_value();
}

void TellOfTransaction(Turn& turn, const TransactionOutcome& outcome) {
  turn.Emit(TransactionChanged{.transaction = outcome.transaction,
                               .state = outcome.state,
                               .parts = static_cast<uint32_t>(outcome.parts),
                               .text = outcome.text});
  if (outcome.Has(TransactionOutcome::kEnded)) turn.Terminate(outcome.transaction);
}

void EndLoneTransaction(Turn& turn, TransactionHandle transaction) {
  if (!turn.core.transactions.Has(transaction) || !StandsAlone(turn, transaction)) return;
  turn.core.transactions.Destroy(transaction);
  turn.Terminate(transaction);
}

}  // namespace sip
