#ifndef SIPWASM_SRC_USER_AGENTS_REFER_H_
#define SIPWASM_SRC_USER_AGENTS_REFER_H_

#include "base/status.h"
#include "user_agents/command.h"
#include "user_agents/core_scope.h"

// RFC 3515: the subscription that an accepted REFER makes implicitly, from both sides, in whatever
// dialog the REFER was sent.
namespace sip {

// As referrer: a REFER with this CSeq goes out.
void AddReference(Turn& turn, DialogEntry& entry, uint32_t refer_cseq);

// As referrer: it was refused.
void EndReference(Turn& turn, DialogEntry& entry, uint32_t refer_cseq);

// As referrer: a NOTIFY came, which may be the last.
void ReceiveReferNotify(Turn& turn, DialogEntry& entry, const Message& notify);

// As referee: a REFER that cannot be followed. True if it was answered.
bool RefuseRefer(Turn& turn, UserAgentServer& server);

// As referee: answers a REFER with a 2xx and sends the first NOTIFY.
void AcceptRefer(Turn& turn, UserAgentServer& server, const ResponseParts& response, Reply& reply);

Status Perform(Turn& turn, const NotifyReferrer& command, Reply& reply);

// The peer says that it knows no subscription; the time of some is up; the dialog goes as a whole.
void EndNotifiers(Turn& turn, DialogEntry& entry);
void EndDueReferences(Turn& turn, DialogEntry& entry);
void EndReferences(Turn& turn, DialogEntry& entry);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_REFER_H_
