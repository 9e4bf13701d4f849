#include "user_agents/refer.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "base/str_cat.h"
#include "base/string.h"
#include "messages/method.h"
#include "messages/status_code.h"
#include "user_agents/dialog_user_agent.h"

namespace sip {
namespace {

using Role = SubscribeUsage::Role;

// Subscriptions of a dialog: all, or those that fit what is said.
struct Which {
  std::optional<Role> role = {};
  std::optional<uint32_t> id = {};
  Time ends_by = InfiniteFuture();
};

bool Fits(const SubscribeUsage& usage, const Which& which) {
  return usage.role() == which.role.value_or(usage.role()) &&
         usage.id() == which.id.value_or(usage.id()) && usage.deadline() <= which.ends_by;
}

// Ends them, and the REFER servers behind them.
void End(Turn& turn, DialogEntry& entry, const Which& which) {
  auto& references = entry.references;
  for (size_t i = 0; i < references.size();) {
    if (!Fits(references[i].usage, which)) {
      ++i;
      continue;
    }
    const ServerHandle refer = references[i].refer;
    references.erase(references.begin() + static_cast<ptrdiff_t>(i));
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
  const String headers = usage.NotifyLines(IsFinal(status), turn.now());
  const String body =
      StrCat("SIP/2.0 ", status, " ", reason.empty() ? ReasonPhrase(status) : reason, "\r\n");
  RequestParts request = entry.dialog.MakeRequest(method::kNotify);
  request.headers = headers;
  request.body = {.content = body, .content_type = "message/sipfrag;version=2.0"};
  return StartClient(turn, request, {.dialog = entry.handle, .silent = silent});
}

}  // namespace

void AddReference(Turn& turn, DialogEntry& entry, uint32_t refer_cseq) {
  entry.references.push_back(
      Reference{.usage = SubscribeUsage(Role::kSubscriber, refer_cseq, turn.now())});
  turn.core.dialogs.Reschedule(entry);
}

void EndReference(Turn& turn, DialogEntry& entry, uint32_t refer_cseq) {
  End(turn, entry, {.role = Role::kSubscriber, .id = refer_cseq});
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
  RespondNow(turn, server, 400);
  return true;
}

void AcceptRefer(Turn& turn, UserAgentServer& server, const ResponseParts& response, Reply& reply) {
  DialogEntry* entry = turn.core.dialogs.Find(server.dialog);
  if (entry == nullptr && server.request.to_tag().empty()) {
    // RFC 3515 section 2.4.4: a REFER outside of a dialog makes one, for its subscription only.
    server.dialog = turn.NewHandle<DialogHandle>();
    entry = &turn.core.dialogs.Add(std::unique_ptr<DialogEntry>(
        new DialogEntry{.handle = server.dialog,
                        .dialog = Dialog::FromRequest(server.request, server.to_tag),
                        .session = InviteUsage(OfferAnswer())}));
    entry->session.Terminate();
  }
  if (entry != nullptr) server.referred = entry->handle;
  const ServerHandle handle = server.handle;
  const uint32_t cseq = server.request.cseq().number;
  reply.text = SendResponse(turn, server, response);
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
      End(turn, *entry, {.role = Role::kNotifier, .id = reference.usage.id()});
      EndIfUnused(turn, *entry);
    }
    reply.handle = static_cast<uint32_t>(client);
    return OkStatus();
  }
  return NotFoundError("the subscription of this REFER is over");
}

void EndNotifiers(Turn& turn, DialogEntry& entry) { End(turn, entry, {.role = Role::kNotifier}); }

void EndDueReferences(Turn& turn, DialogEntry& entry) { End(turn, entry, {.ends_by = turn.now()}); }

void EndReferences(Turn& turn, DialogEntry& entry) { End(turn, entry, {}); }

}  // namespace sip
