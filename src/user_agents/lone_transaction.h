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

bool StandsAlone(const Turn& turn, TransactionHandle transaction);

// Tells what became of such a transaction.
void TellOfTransaction(Turn& turn, const TransactionOutcome& outcome);

// Ends one. Nothing happens if the number is the handle of something else.
void EndLoneTransaction(Turn& turn, TransactionHandle transaction);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_LONE_TRANSACTION_H_
