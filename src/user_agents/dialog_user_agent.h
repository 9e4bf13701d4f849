#ifndef SIPWASM_SRC_USER_AGENTS_DIALOG_USER_AGENT_H_
#define SIPWASM_SRC_USER_AGENTS_DIALOG_USER_AGENT_H_

#include "base/status.h"
#include "user_agents/command.h"
#include "user_agents/core_scope.h"

// RFC 3261 section 12.2: requests within a dialog, both ways, and what they do to it: target
// refresh, the end of the session (section 15), re-INVITE (section 14).
namespace sip {

// RFC 3261 section 15.1.1, by the core's own decision.
void SendBye(Turn& turn, DialogEntry& entry);

// Tells the user how a dialog stands. `client`: the SUBSCRIBE that was just sent.
void AnnounceDialog(Turn& turn, DialogEntry& entry, ClientHandle client = {});

// The same of any dialog: `event` says what is not the dialog's own.
void AnnounceDialog(Turn& turn, const Dialog& dialog, DialogChanged event);

// The session of a dialog is over; the dialog ends too unless a subscription keeps it.
void EndSession(Turn& turn, DialogEntry& entry);

// Drops a dialog that nothing uses any more. True if it is gone.
bool EndIfUnused(Turn& turn, DialogEntry& entry);

// Ends session and subscriptions without a word to the peer.
void DisposeDialogNow(Turn& turn, DialogHandle dialog);

Status Perform(Turn& turn, const SendInDialog& command, Reply& reply);
Status Perform(Turn& turn, const DescribeDialog& command, Reply& reply);
Status Perform(Turn& turn, const PutDialog& command, Reply& reply);

// A response to a request of ours within a dialog (for INVITE see invite_user_agent_client.h).
void ReceiveDialogSuccess(Turn& turn, DialogEntry& entry, const Message& response);
void ReceiveDialogFailure(Turn& turn, DialogEntry& entry, const Message& response);

// A request with a To tag, ACK and CANCEL aside: answers it itself (481, 491, 500), or hands it to
// the user.
void ReceiveInDialog(Turn& turn, UserAgentServer& server);

// The same of one that its user takes for granted: what it does to its dialog, if it has one.
void EnterDialog(Turn& turn, UserAgentServer& server);

// RFC 3261 section 13.2.2.4: an ACK that belongs to no transaction: that of a 2xx.
void ReceiveAck(Turn& turn, const Message& ack);

// Retransmits a 2xx, gives up waiting for its ACK, ends subscriptions whose time is up.
void AdvanceDialog(Turn& turn, DialogHandle dialog);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_DIALOG_USER_AGENT_H_
