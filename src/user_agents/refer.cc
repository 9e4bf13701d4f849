#include "user_agents/refer.h"

#include "base/str_cat.h"
#include "base/string.h"
#include "messages/method.h"
#include "messages/status_code.h"
#include "user_agents/dialog_user_agent.h"
#include "user_agents/subscription.h"

namespace sip {
namespace {

// RFC 3515 section 2.4.5: "Each NOTIFY MUST contain a body of type "message/sipfrag"", which begins
// with a status line.
ClientHandle Notify(Turn& turn, DialogEntry& entry, const SubscribeUsage& usage, int status,
                    std::string_view reason, bool silent) {
  const String headers = usage.NotifyLines(IsFinal(status), turn.now());
  const String body =
      StrCat("SIP/2.0 ", status, " ", reason.empty() ? ReasonPhrase(status) : reason, "\r\n");
  RequestParts request = entry.dialog.MakeRequest(method::kNotify);
  request.headers = headers;
  request.body = {.content = body, .content_type = "message/sipfrag;version=2.0"};
  return StartClient(turn, request, {.dialog = entry.handle, .silent = silent});
}

}  // namespace

bool RefuseRefer(Turn& turn, UserAgentServer& server) {
  // RFC 3515 section 2.4.2: "An agent responding to a REFER method MUST return a 400 (Bad Request)
  // if the request contained zero or more than one Refer-To header field values."
  // Section 21.4.1 of RFC 3261 has the same for what "could not be understood".
  if (server.request.GetList(HeaderId::kReferTo).size() == 1 &&
      server.request.GetNameAddr(HeaderId::kReferTo).has_value()) {
    return false;
  }
  RespondNow(turn, server, 400);
  return true;
}

void AcceptRefer(Turn& turn, UserAgentServer& server, const ResponseParts& response, Reply& reply) {
  DialogEntry* entry = turn.core.dialogs.Find(server.dialog);
  if (entry == nullptr && server.request.to_tag().empty()) {
    // RFC 3515 section 2.4.4: a REFER outside of a dialog makes one, for its subscription only.
    server.dialog = turn.NewHandle<DialogHandle>();
    entry = &turn.core.dialogs.AddWithoutSession(
        server.dialog, Dialog::FromRequest(server.request, server.to_tag));
  }
  if (entry != nullptr) server.referred = entry->handle;
  const ServerHandle handle = server.handle;
  const uint32_t cseq = server.request.cseq().number;
  reply.text = SendResponse(turn, server, response);
  if (entry == nullptr) return;
  reply.handle = static_cast<uint32_t>(entry->handle);

  const Subscription& subscription =
      entry->subscriptions.Add(std::unique_ptr<Subscription>(new Subscription{
          .usage = SubscribeUsage(SubscribeUsage::Role::kNotifier, ReferEvent(cseq), turn.now()),
          .refer = handle}));
  turn.core.dialogs.Reschedule(*entry);
  // RFC 3515 section 2.4.4: "an immediate NOTIFY request" tells that the reference is being
  // followed.
  Notify(turn, *entry, subscription.usage, 100, "", /*silent=*/true);
}

Status Perform(Turn& turn, const NotifyReferrer& command, Reply& reply) {
  const UserAgentServer* server = turn.core.FindServer(command.server);
  DialogEntry* entry = server == nullptr ? nullptr : turn.core.dialogs.Find(server->referred);
  if (entry == nullptr) return NotFoundError("no such REFER, or its subscription is over");
  if (command.status < 100 || command.status > 699) {
    return InvalidArgumentError("a status code is 100 to 699");
  }
  for (const Subscription* subscription : entry->subscriptions) {
    if (subscription->refer != command.server) continue;
    const ClientHandle client =
        Notify(turn, *entry, subscription->usage, static_cast<int>(command.status), command.reason,
               /*silent=*/false);
    if (IsFinal(static_cast<int>(command.status))) {
      EndSubscription(turn, *entry, *subscription);
      EndIfUnused(turn, *entry);
    }
    reply.handle = static_cast<uint32_t>(client);
    return OkStatus();
  }
  return NotFoundError("the subscription of this REFER is over");
}

}  // namespace sip
