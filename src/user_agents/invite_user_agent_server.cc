#include "user_agents/invite_user_agent_server.h"

#include <memory>
#include <utility>

#include "base/str_cat.h"
#include "base/string.h"
#include "messages/method.h"
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
             const String& text) {
  InviteUsage& session = entry.session;
  session.CloseServerInvite();
  session.provisionals().Stop();
  session.AwaitAck(server.handle, server.request.cseq().number, text, turn.now());
  if (description) session.offer_answer().Sent(Carrier::kInvite2xx);
  turn.core.dialogs.Reschedule(entry);
  AnnounceDialog(turn, entry);
}

void Fail(Turn& turn, UserAgentServer& server, DialogEntry& entry) {
  entry.session.CloseServerInvite();
  entry.session.provisionals().Stop();
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

// RFC 3262 section 3: whether this response has to be sent reliably. "The UAS MUST send any non-100
// provisional response reliably if the initial request contained a Require header field with the
// option tag 100rel"; beside that the user says so, by a Require line.
bool IsReliable(const UserAgentServer& server, const ResponseParts& response) {
  if (response.status <= 100 || response.status >= 200) return false;
  return server.request.ListHas(HeaderId::kRequire, k100rel) ||
         FindLine(response.headers, HeaderId::kRequire).find(k100rel) != std::string_view::npos;
}

// Whether RFC 3262 section 3 lets this response go out now.
Status MayRespond(const UserAgentServer& server, DialogEntry* entry, int status, bool reliable) {
  // "If the request did not include either a Supported or Require header field indicating this
  // feature, the UAS MUST NOT send the provisional response reliably."
  if (reliable && !server.request.ListHas(HeaderId::kRequire, k100rel) &&
      !server.request.ListHas(HeaderId::kSupported, k100rel)) {
    return FailedPreconditionError("the caller does not support 100rel");
  }
  if (entry == nullptr) return OkStatus();
  // "The UAS MUST NOT send a second reliable provisional response until the first is acknowledged.
  // After the first, it is RECOMMENDED that the UAS not send an additional reliable provisional
  // response until the previous is acknowledged."
  const ReliableProvisionals& provisionals = entry->session.provisionals();
  const uint32_t cseq = server.request.cseq().number;
  if (reliable && provisionals.AwaitsPrack(cseq)) {
    return FailedPreconditionError("a reliable provisional response has not been acknowledged yet");
  }
  // "The UAS MAY send a final response to the initial request before having received PRACKs for all
  // unacknowledged reliable provisional responses, unless the final response is 2xx and any of the
  // unacknowledged reliable provisional responses contained a session description."
  if (IsSuccess(status) && provisionals.AwaitsDescription(cseq)) {
    return FailedPreconditionError("a session description has not been acknowledged yet");
  }
  return OkStatus();
}

// RFC 3262 section 3: "it MUST contain a Require header field containing the option tag 100rel, and
// MUST include an RSeq header field."
String WithNumber(Turn& turn, const UserAgentServer& server, DialogEntry& entry,
                  std::string_view lines) {
  String headers(lines);
  AddDefault(headers, HeaderId::kRequire, k100rel);
  const uint32_t number =
      entry.session.provisionals().Next(server.request.cseq().number, turn.context.entropy);
  AppendField(headers, HeaderId::kRSeq, StrCat(number));
  return headers;
}

}  // namespace

Status SendInviteResponse(Turn& turn, UserAgentServer& server, ResponseParts response,
                          Reply& reply) {
  const int status = response.status;
  const bool description = IsSessionDescription(response.body);
  const bool initial = server.request.to_tag().empty();
  const bool reliable = IsReliable(server, response);
  DialogEntry* entry = turn.core.dialogs.Find(server.dialog);
  if (Status may = MayRespond(server, entry, status, reliable); !may.ok()) return may;
  if (initial && entry == nullptr && status > 100 && status < 300) {
    if (IsSet(server.dialog)) return FailedPreconditionError("the session is over");
    entry = &MakeDialog(turn, server);
    entry->contact = FindLine(response.headers, HeaderId::kContact);
  }
  String headers;
  if (reliable && entry != nullptr) {
    headers = WithNumber(turn, server, *entry, response.headers);
    response.headers = headers;
  }
  const ServerHandle handle = server.handle;
  // RFC 3261 section 13.3.1.4: "If the server retransmits the 2xx response for 64*T1 seconds
  // without receiving an ACK [...] the session SHOULD be terminated". It is no new one if the user
  // repeats it.
  const bool again = IsSuccess(server.status);
  reply.text = SendResponse(turn, server, response);
  if (entry == nullptr || turn.core.FindServer(handle) == nullptr) return OkStatus();
  reply.handle = static_cast<uint32_t>(entry->handle);
  if (again) return OkStatus();
  if (IsSuccess(status)) {
    Succeed(turn, server, *entry, description, reply.text);
  } else if (IsFailure(status)) {
    Fail(turn, server, *entry);
  } else if (status > 100) {
    InviteUsage& session = entry->session;
    const SessionState before = session.state();
    session.Progress();
    if (reliable) {
      if (description) session.offer_answer().Sent(Carrier::kReliableProvisional);
      session.provisionals().Await(reply.text, description, turn.now());
      turn.core.dialogs.Reschedule(*entry);
    }
    if (session.state() != before || (reliable && description)) AnnounceDialog(turn, *entry);
  }
  return OkStatus();
}

void ReceiveCancel(Turn& turn, const Message& cancel) {
  const auto cancelled = turn.core.transactions.FindCancelled(cancel);
  UserAgentServer* server = cancelled.has_value() ? turn.core.ServerOf(*cancelled) : nullptr;
  // RFC 3261 section 9.2: "If the UAS did not find a matching transaction for the CANCEL according
  // to the procedure above, it SHOULD respond to the CANCEL with a 481". Otherwise "the To tag of
  // the response to the CANCEL and the To tag in the response to the original request SHOULD be the
  // same".
  const int status = server == nullptr ? 481 : 200;
  const TransactionHandle transaction =
      turn.core.transactions.StartServer(cancel, turn.core.flow, turn.context);
  const String to_tag = server == nullptr ? turn.context.entropy.Token(10) : server->to_tag;
  String text = BuildResponse(cancel, {.status = status, .to_tag = to_tag});
  ApplyOutcome(turn,
               turn.core.transactions.Respond(transaction, status, std::move(text), turn.context),
               nullptr, 0);
  if (server == nullptr || IsFinal(server->status)) return;
  // Section 9.2: "A CANCEL request has no impact on the processing of transactions with any other
  // method defined in this specification."
  if (server->request.method() != method::kInvite) return;
  // For an INVITE without a final response: the UAS "SHOULD immediately respond to the INVITE with
  // a 487 (Request Terminated)".
  const ServerHandle handle = server->handle;
  turn.Emit(CancelReceived{.server = handle, .message = &cancel});
  RespondNow(turn, *server, 487);
}

}  // namespace sip
