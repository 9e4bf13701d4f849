#ifndef SIPWASM_SRC_USER_AGENTS_SUBSCRIPTION_H_
#define SIPWASM_SRC_USER_AGENTS_SUBSCRIPTION_H_

#include <cstdint>

#include "base/status.h"
#include "base/string.h"
#include "user_agents/command.h"
#include "user_agents/core_scope.h"

// RFC 6665 section 4.1, the subscriber: what a SUBSCRIBE makes outside of a dialog or in one, and a
// REFER in whatever dialog it is sent (RFC 3515). A SUBSCRIBE outside of dialogs has one from the
// beginning, to which its NOTIFY gives the remote side.
namespace sip {

// RFC 3515 section 2.4.6: the Event of the subscription that the REFER with this CSeq makes.
String ReferEvent(uint32_t cseq);

// Sends a SUBSCRIBE outside of any dialog, after so many seconds.
Status Subscribe(Turn& turn, const RequestParts& request, uint32_t after, Reply& reply);

// The subscription that a SUBSCRIBE or REFER in a dialog, which goes out at that time, makes or
// refreshes. Null if it names no Event, or waits for the NOTIFY that makes its dialog.
Subscription* SubscriptionFor(DialogEntry& entry, const RequestParts& request, Time sent);

// A final response to a SUBSCRIBE or REFER.
void ReceiveSubscribeResponse(Turn& turn, UserAgentClient& client, const Message& response);

// A challenge was answered: the REFER has another number.
void RenumberReference(Turn& turn, const UserAgentClient& client, uint32_t cseq);

// The dialog of a request, or the one that a NOTIFY can establish. Null if there is none.
DialogEntry* FindDialogOf(Turn& turn, const Message& request);

// A NOTIFY came in. Not 0: the status to refuse it with.
int ReceiveNotify(Turn& turn, DialogEntry& entry, const Message& notify);

Status Perform(Turn& turn, const KeepSubscription& command, Reply& reply);

// Refreshes subscriptions, and ends those that a NOTIFY has terminated or whose time is up.
void AdvanceSubscriptions(Turn& turn, DialogEntry& entry);

// Ends one, with the REFER server behind it; all of those as notifier; all.
void EndSubscription(Turn& turn, DialogEntry& entry, const Subscription& subscription);
void EndNotifiers(Turn& turn, DialogEntry& entry);
void EndSubscriptions(Turn& turn, DialogEntry& entry);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_SUBSCRIPTION_H_
