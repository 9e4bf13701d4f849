#ifndef SIPWASM_SRC_USER_AGENTS_TRANSACTION_OUTCOMES_H_
#define SIPWASM_SRC_USER_AGENTS_TRANSACTION_OUTCOMES_H_

#include "transactions/outcome.h"
#include "user_agents/core_scope.h"

namespace sip {

// Does what a transaction wants done, in order: sends, and tells its client or server. What it
// passes up is `message`; what it sends is `origin`'s (0: nobody's).
void ApplyOutcome(Turn& turn, const TransactionOutcome& outcome, const Message* message,
                  uint32_t origin);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_TRANSACTION_OUTCOMES_H_
