#include "user_agents/invite_user_agent_server.h"

#include <memory>
#include <string>
#include <utility>

#include "messages/status_code.h"
#include "user_agents/dialog_user_agent.h"
#include "user_agents/transaction_outcomes.h"

namespace sip {
namespace {

// The dialog of an initial INVITE, made by the first response that can make one.
DialogEntry& MakeDialog(Turn& turn, UserAgentServer& server) {
  OfferAnswer offer_answer;
  if (HasSessionDescription(server.request)) offer_answer.Received(Carrier::kInvite);
  server.dialog = turn.NewHandle<DialogHandle>();
  DialogEntry& entry = turn.core.dialogs.Add(std::unique_ptr<DialogEntry>(
      new DialogEntry{.handle = server.dialog,
                      .dialog = Dialog::FromRequest(server.request, server.to_tag),
                      .session = InviteUsage(offer_answer)}));
  entry.session.OpenServerInvite(server.handle);
  return entry;
}

void Succeed(Turn& turn, UserAgentServer& server, DialogEntry& entry, bool description,
             const std::string& text) {
  InviteUsage& session = entry.session;
  session.CloseServerInvite();
  session.AwaitAck(server.handle, server.request.cseq().number, text, turn.now());
  if (description) session.offer_answer().Sent(Carrier::kInvite2xx);
  turn.core.dialogs.Reschedule(entry);
  AnnounceDialog(turn, entry);
}

void Fail(Turn& turn, UserAgentServer& server, DialogEntry& entry) {
  entry.session.CloseServerInvite();
  if (!server.request.to_tag().empty()) {
    // RFC 3261 section 14.2: the session goes on as it was.
    entry.session.offer_answer().Rollback();
    AnnounceDialog(turn, entry);
    return;
  }
  // RFC 3261 section 12.3: "if a request outside of a dialog generates a non-2xx final response,
  // any early dialogs created through provisional responses to that request are terminated".
  EndSession(turn, entry);
}

}  // namespace

Status SendInviteResponse(Turn& turn, UserAgentServer& server, const ResponseParts& response,
                          Reply& reply) {
  const int status = response.status;
  const bool description = IsSessionDescription(response.body);
  const bool initial = server.request.to_tag().empty();
  DialogEntry* entry = turn.core.dialogs.Find(server.dialog);
  if (initial && entry == nullptr && status > 100 && status < 300) {
    if (IsSet(server.dialog)) return FailedPreconditionError("the session is over");
    entry = &MakeDialog(turn, server);
    entry->contact = FindLine(response.headers, HeaderId::kContact);
  }
  const ServerHandle handle = server.handle;
  reply.text = SendResponse(turn, server, response);
  if (entry == nullptr || turn.core.FindServer(handle) == nullptr) return OkStatus();
  reply.handle = static_cast<uint32_t>(entry->handle);
  if (IsSuccess(status)) {
    Succeed(turn, server, *entry, description, reply.text);
  } else if (IsFailure(status)) {
    Fail(turn, server, *entry);
  } else if (status > 100 && initial) {
    const SessionState before = entry->session.state();
    entry->session.Progress();
    if (entry->session.state() != before) AnnounceDialog(turn, *entry);
  }
  return OkStatus();
}

void ReceiveCancel(Turn& turn, const Message& cancel) {
  const auto invite = turn.core.transactions.FindCancelled(cancel);
  UserAgentServer* server = invite.has_value() ? turn.core.ServerOf(*invite) : nullptr;
  // RFC 3261 section 9.2: "If the UAS did not find a matching transaction for the CANCEL according
  // to the procedure above, it SHOULD respond to the CANCEL with a 481". Otherwise "the To tag of
  // the response to the CANCEL and the To tag in the response to the original request SHOULD be the
  // same".
  const int status = server == nullptr ? 481 : 200;
  const TransactionHandle transaction =
      turn.core.transactions.StartServer(cancel, turn.core.flow, turn.context);
  const std::string to_tag = server == nullptr ? turn.context.entropy.Token(10) : server->to_tag;
  std::string text = BuildResponse(cancel, {.status = status, .to_tag = to_tag});
  ApplyOutcome(turn,
               turn.core.transactions.Respond(transaction, status, std::move(text), turn.context),
               nullptr, 0);
  if (server == nullptr || IsFinal(server->status)) return;
  // Section 9.2, for an INVITE without a final response: the UAS "SHOULD immediately respond to the
  // INVITE with a 487 (Request Terminated)".
  const ServerHandle handle = server->handle;
  turn.Emit(CancelReceived{.server = handle, .message = &cancel});
  RespondNow(turn, *server, 487);
}

}  // namespace sip
