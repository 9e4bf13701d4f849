#ifndef SIPWASM_SRC_USER_AGENTS_TRANSACTION_OUTCOMES_H_
#define SIPWASM_SRC_USER_AGENTS_TRANSACTION_OUTCOMES_H_

#include "transactions/outcome.h"
#include "user_agents/core_scope.h"

namespace sip {

// Does what transactions want done, in order: sends, and tells the client or server of each. What
// they pass up is `message`; what they send is `origin`'s (0: nobody's).
void ApplyOutcomes(Turn& turn, const TransactionOutcomes& outcomes, const Message* message,
                   uint32_t origin);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_TRANSACTION_OUTCOMES_H_
