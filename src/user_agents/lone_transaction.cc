#include "user_agents/lone_transaction.h"

#include "base/string.h"
#include "user_agents/transaction_outcomes.h"

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

namespace {

void Answer(const TransactionOutcome& outcome, Reply& reply) {
  reply.handle = static_cast<uint32_t>(outcome.parts) | static_cast<uint32_t>(outcome.state) << 8;
}

}  // namespace

Status Perform(Turn& turn, const DriveTransaction& command, Reply& reply) {
  const auto of_server = static_cast<ServerHandle>(static_cast<uint32_t>(command.transaction));
  if (UserAgentServer* server = turn.core.FindServer(of_server)) {
    const int status = static_cast<int>(command.status);
    const TransactionOutcome outcome = turn.core.transactions.Respond(
        server->transaction, status, String(command.body), turn.context);
    Answer(outcome, reply);
    if (outcome.Has(TransactionOutcome::kTransmit)) server->status = status;
    ApplyOutcome(turn, outcome, nullptr, static_cast<uint32_t>(of_server));
    return OkStatus();
  }
  if (!turn.core.transactions.Has(command.transaction)) return NotFoundError("no such transaction");
  const TransactionOutcome outcome = turn.core.transactions.Drive(
      command.transaction, static_cast<int>(command.status), String(command.body), turn.now());
  Answer(outcome, reply);
  reply.text = outcome.text;
  if (outcome.Has(TransactionOutcome::kEnded)) turn.Terminate(command.transaction);
  return OkStatus();
}

Status Perform(Turn& turn, const WatchRequest& command, Reply& reply) {
  TransactionHandle transaction{};
  if (UserAgentClient* client = turn.core.FindClient(ClientHandle{command.request})) {
    client->watched = true;
    transaction = client->transaction;
  } else if (UserAgentServer* server = turn.core.FindServer(ServerHandle{command.request})) {
    server->watched = true;
    transaction = server->transaction;
  }
  reply.handle = static_cast<uint32_t>(turn.core.transactions.StateOf(transaction));
  return OkStatus();
}

void TellWatcher(Turn& turn, const TransactionOutcome& outcome) {
  uint32_t handle = 0;
  if (const UserAgentClient* client = turn.core.ClientOf(outcome.transaction)) {
    // One that has answered a challenge has another transaction now.
    const bool current = client->transaction == outcome.transaction;
    if (client->watched && current) handle = static_cast<uint32_t>(client->handle);
  } else if (const UserAgentServer* server = turn.core.ServerOf(outcome.transaction)) {
    if (server->watched) handle = static_cast<uint32_t>(server->handle);
  }
  if (handle == 0) return;
  turn.Emit(TransactionChanged{
      .transaction = TransactionHandle{handle},
      .state = outcome.state,
      .parts = static_cast<uint32_t>(outcome.parts & TransactionOutcome::kEnded)});
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
