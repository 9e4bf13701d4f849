#ifndef SIPWASM_SRC_USER_AGENTS_INVITE_USER_AGENT_SERVER_H_
#define SIPWASM_SRC_USER_AGENTS_INVITE_USER_AGENT_SERVER_H_

#include "base/status.h"
#include "user_agents/command.h"
#include "user_agents/core_scope.h"

// RFC 3261 sections 9.2, 13.3 and 14.2: the server side of an INVITE: the dialog that a response
// makes or confirms, the 2xx that waits for its ACK, and CANCEL.
namespace sip {

// Answers an INVITE or re-INVITE that has had no final response.
Status SendInviteResponse(Turn& turn, UserAgentServer& server, ResponseParts response,
                          Reply& reply);

// A CANCEL, which has no server of its own.
void ReceiveCancel(Turn& turn, const Message& cancel);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_INVITE_USER_AGENT_SERVER_H_
