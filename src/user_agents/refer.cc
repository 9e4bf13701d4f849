#include "user_agents/refer.h"

#include <string>
#include <utility>

#include "base/str_cat.h"
#include "messages/method.h"
#include "messages/status_code.h"
#include "user_agents/dialog_user_agent.h"

namespace sip {
namespace {

using Role = SubscribeUsage::Role;

// Ends the subscriptions for which `ended(usage)` holds, and the REFER servers behind them.
template <typename Predicate>
void EndIf(Turn& turn, DialogEntry& entry, Predicate ended) {
  auto& references = entry.references;
  for (auto it = references.begin(); it != references.end();) {
    if (!ended(it->usage)) {
      ++it;
      continue;
    }
    const ServerHandle refer = it->refer;
    it = references.erase(it);
    UserAgentServer* server = turn.core.FindServer(refer);
    if (server == nullptr) continue;
    server->referred = {};
    if (!IsSet(server->transaction)) EndServer(turn, refer);
  }
}

// RFC 3515 section 2.4.5: "Each NOTIFY MUST contain a body of type "message/sipfrag"", which begins
// with a status line.
ClientHandle Notify(Turn& turn, DialogEntry& entry, const SubscribeUsage& usage, int status,
                    std::string_view reason, bool silent) {
  RequestParts request = entry.dialog.MakeRequest(method::kNotify);
  request.headers = usage.NotifyLines(IsFinal(status), turn.now());
  request.body = {.content = StrCat("SIP/2.0 ", status, " ",
                                    reason.empty() ? ReasonPhrase(status) : reason, "\r\n"),
                  .content_type = "message/sipfrag;version=2.0",
                  .content_disposition = ""};
  return StartClient(turn,
                     {.request = std::move(request), .dialog = entry.handle, .silent = silent});
}

}  // namespace

void AddReference(Turn& turn, DialogEntry& entry, uint32_t refer_cseq) {
  entry.references.push_back(
      Reference{.usage = SubscribeUsage(Role::kSubscriber, refer_cseq, turn.now())});
  turn.core.dialogs.Reschedule(entry);
}

void EndReference(Turn& turn, DialogEntry& entry, uint32_t refer_cseq) {
  EndIf(turn, entry, [refer_cseq](const SubscribeUsage& usage) {
    return usage.role() == Role::kSubscriber && usage.id() == refer_cseq;
  });
}

void ReceiveReferNotify(Turn& turn, DialogEntry& entry, const Message& notify) {
  for (Reference& reference : entry.references) {
    if (!reference.usage.Matches(notify)) continue;
    if (reference.usage.ReceiveNotify(notify, turn.now())) {
      EndReference(turn, entry, reference.usage.id());
    }
    return;
  }
}

bool RefuseRefer(Turn& turn, UserAgentServer& server) {
  // RFC 3515 section 2.4.2: "An agent responding to a REFER method MUST return a 400 (Bad Request)
  // if the request contained zero or more than one Refer-To header field values."
  if (server.request.GetList(HeaderId::kReferTo).size() == 1) return false;
  RespondNow(turn, server, {.status = 400});
  return true;
}

void AcceptRefer(Turn& turn, UserAgentServer& server, ResponseOptions options, Reply& reply) {
  DialogEntry* entry = turn.core.dialogs.Find(server.dialog);
  if (entry == nullptr && server.request.to_tag().empty()) {
    // RFC 3515 section 2.4.4: a REFER outside of a dialog makes one, for its subscription only.
    InviteUsage none{OfferAnswer()};
    none.Terminate();
    server.dialog = turn.NewHandle<DialogHandle>();
    entry = &turn.core.dialogs.Add(
        server.dialog, Dialog::FromRequest(server.request, server.to_tag), std::move(none));
  }
  if (entry != nullptr) server.referred = entry->handle;
  const ServerHandle handle = server.handle;
  const uint32_t cseq = server.request.cseq().number;
  reply.text = SendResponse(turn, server, std::move(options));
  if (entry == nullptr) return;
  reply.handle = static_cast<uint32_t>(entry->handle);

  entry->references.push_back(
      Reference{.usage = SubscribeUsage(Role::kNotifier, cseq, turn.now()), .refer = handle});
  turn.core.dialogs.Reschedule(*entry);
  // RFC 3515 section 2.4.4: "an immediate NOTIFY request" tells that the reference is being
  // followed.
  Notify(turn, *entry, entry->references.back().usage, 100, "", /*silent=*/true);
}

Status Perform(Turn& turn, const NotifyReferrer& command, Reply& reply) {
  const UserAgentServer* server = turn.core.FindServer(command.server);
  DialogEntry* entry = server == nullptr ? nullptr : turn.core.dialogs.Find(server->referred);
  if (entry == nullptr) return NotFoundError("no such REFER, or its subscription is over");
  if (command.status < 100 || command.status > 699) {
    return InvalidArgumentError("a status code is 100 to 699");
  }
  for (const Reference& reference : entry->references) {
    if (reference.refer != command.server) continue;
    const ClientHandle client =
        Notify(turn, *entry, reference.usage, static_cast<int>(command.status), command.reason,
               /*silent=*/false);
    if (IsFinal(static_cast<int>(command.status))) {
      EndIf(turn, *entry, [id = reference.usage.id()](const SubscribeUsage& usage) {
        return usage.role() == Role::kNotifier && usage.id() == id;
      });
      EndIfUnused(turn, *entry);
    }
    reply.handle = static_cast<uint32_t>(client);
    return OkStatus();
  }
  return NotFoundError("the subscription of this REFER is over");
}

void EndNotifiers(Turn& turn, DialogEntry& entry) {
  EndIf(turn, entry, [](const SubscribeUsage& usage) { return usage.role() == Role::kNotifier; });
}

void EndDueReferences(Turn& turn, DialogEntry& entry) {
  EndIf(turn, entry,
        [&turn](const SubscribeUsage& usage) { return usage.deadline() <= turn.now(); });
}

void EndReferences(Turn& turn, DialogEntry& entry) {
  EndIf(turn, entry, [](const SubscribeUsage&) { return true; });
}

}  // namespace sip
