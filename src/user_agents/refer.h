#ifndef SIPWASM_SRC_USER_AGENTS_REFER_H_
#define SIPWASM_SRC_USER_AGENTS_REFER_H_

#include "base/status.h"
#include "user_agents/command.h"
#include "user_agents/core_scope.h"

// RFC 3515 at the referee: the subscription that an accepted REFER makes implicitly, in whatever
// dialog the REFER was sent. For the referrer see subscription.h.
namespace sip {

// A REFER that cannot be followed. True if it was answered.
bool RefuseRefer(Turn& turn, UserAgentServer& server);

// Answers a REFER with a 2xx and sends the first NOTIFY.
void AcceptRefer(Turn& turn, UserAgentServer& server, const ResponseParts& response, Reply& reply);

Status Perform(Turn& turn, const NotifyReferrer& command, Reply& reply);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_REFER_H_
