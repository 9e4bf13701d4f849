#ifndef SIPWASM_SRC_USER_AGENTS_LONE_TRANSACTION_H_
#define SIPWASM_SRC_USER_AGENTS_LONE_TRANSACTION_H_

#include "base/status.h"
#include "transactions/outcome.h"
#include "user_agents/command.h"
#include "user_agents/core_scope.h"

// Transactions that stand alone: their user drives them by hand. They have an owner in
// Turn::owners, which no other transaction has.
namespace sip {

Status Perform(Turn& turn, const StartTransaction& command, Reply& reply);
Status Perform(Turn& turn, const DriveTransaction& command, Reply& reply);
Status Perform(Turn& turn, const WatchRequest& command, Reply& reply);

// Tells what became of the transaction of a client or server, if it is watched.
void TellWatcher(Turn& turn, const TransactionOutcome& outcome);

bool StandsAlone(const Turn& turn, TransactionHandle transaction);

// Tells what became of such a transaction.
void TellOfTransaction(Turn& turn, const TransactionOutcome& outcome);

// Ends one. Nothing happens if the number is the handle of something else.
void EndLoneTransaction(Turn& turn, TransactionHandle transaction);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_LONE_TRANSACTION_H_
