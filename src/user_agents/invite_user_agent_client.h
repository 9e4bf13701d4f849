#ifndef SIPWASM_SRC_USER_AGENTS_INVITE_USER_AGENT_CLIENT_H_
#define SIPWASM_SRC_USER_AGENTS_INVITE_USER_AGENT_CLIENT_H_

#include "base/status.h"
#include "user_agents/command.h"
#include "user_agents/core_scope.h"

// RFC 3261 sections 9.1, 13.2 and 14.1: the client side of an INVITE: the dialogs that its
// responses make (one per To tag when a proxy forks), the ACK to each 2xx, and CANCEL.
namespace sip {

void ReceiveInviteResponse(Turn& turn, UserAgentClient& client, const Message& response,
                           bool local);

Status Perform(Turn& turn, const Acknowledge& command, Reply& reply);
Status Perform(Turn& turn, const Cancel& command, Reply& reply);

// The client is over: RFC 3261 section 13.2.2.4: 64*T1 after the first 2xx "all the early dialogs
// that have not transitioned to established dialogs are terminated".
void EndInviteClient(Turn& turn, UserAgentClient& client);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_INVITE_USER_AGENT_CLIENT_H_
