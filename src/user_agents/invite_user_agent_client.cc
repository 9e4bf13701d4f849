#include "user_agents/invite_user_agent_client.h"

#include <memory>
#include <utility>

#include "base/string.h"
#include "messages/method.h"
#include "messages/status_code.h"
#include "transactions/timers.h"
#include "user_agents/dialog_user_agent.h"

namespace sip {
namespace {

void Deliver(Turn& turn, UserAgentClient& client, DialogHandle dialog, const Message& response,
             bool local) {
  if (client.silent) return;
  DialogEntry* entry = turn.core.dialogs.Find(dialog);
  Signaling signaling = client.invite->offer_answer.state();
  if (IsSet(client.dialog)) signaling = Signaling::kClosed;  // a re-INVITE that outlived its dialog
  if (entry != nullptr) signaling = entry->session.signaling();
  turn.Emit(ResponseReceived{.client = client.handle,
                             .dialog = entry == nullptr ? DialogHandle{} : dialog,
                             .local = local,
                             .signaling = signaling,
                             .message = &response});
}

// With `told`, the CANCEL gets a client.
ClientHandle SendCancel(Turn& turn, UserAgentClient& client, std::string_view headers,
                        bool told = false) {
  auto started =
      turn.core.transactions.StartCancel(client.transaction, headers, turn.core.flow, turn.context);
  if (!started.has_value()) return {};
  const ClientHandle cancel = told ? AddCancel(turn, started->transaction) : ClientHandle{};
  turn.Transmit(cancel, started->text);
  return cancel;
}

// The dialog of this response: the one it belongs to, or the one it makes. Null if it cannot make
// one.
DialogEntry* DialogOf(Turn& turn, UserAgentClient& client, const Message& response) {
  if (IsSet(client.dialog)) return turn.core.dialogs.Find(client.dialog);
  // RFC 3261 section 12.1: "2xx and 101-199 responses with a To tag, where the request was INVITE,
  // will establish a dialog".
  if (response.to_tag().empty()) return nullptr;
  DialogEntry* entry = turn.core.dialogs.Find(DialogIdOfIncomingResponse(response));
  if (entry != nullptr) return entry;
  entry = &turn.core.dialogs.Add(std::unique_ptr<DialogEntry>(
      new DialogEntry{.handle = turn.NewHandle<DialogHandle>(),
                      .dialog = Dialog::FromResponse(*client.request, response),
                      .session = InviteUsage(client.invite->offer_answer)}));
  client.invite->dialogs.push_back(entry->handle);
  entry->session.OpenClientInvite(client.handle);
  const std::string_view contact = FindLine(client.request->headers, HeaderId::kContact);
  String ours;
  AppendField(ours, HeaderId::kContact, turn.core.configuration->contact);
  if (contact != ours) entry->contact = contact;
  return entry;
}

void ReceiveProvisional(Turn& turn, UserAgentClient& client, const Message& response) {
  client.invite->provisional_received = true;
  if (client.invite->waiting_cancel.has_value()) {
    SendCancel(turn, client, *client.invite->waiting_cancel);
    client.invite->waiting_cancel.reset();
  }
  DialogHandle dialog = client.dialog;
  DialogEntry* entry = response.status() > 100 ? DialogOf(turn, client, response) : nullptr;
  if (entry != nullptr) {
    dialog = entry->handle;
    InviteUsage& session = entry->session;
    const SessionState before = session.state();
    const Signaling signaling = session.signaling();
    // RFC 3262 section 4: "If a provisional response is received for an initial request, and that
    // response contains a Require header field containing the option tag 100rel, the response is to
    // be sent reliably." One out of order is ignored.
    const auto number = response.GetNumber(HeaderId::kRSeq);
    if (number.has_value() && response.ListHas(HeaderId::kRequire, k100rel)) {
      if (!session.provisionals().Receive(response.cseq().number, *number)) return;
      if (HasSessionDescription(response)) {
        session.offer_answer().Received(Carrier::kReliableProvisional);
      }
    }
    session.Progress();
    if (session.state() != before || session.signaling() != signaling) {
      AnnounceDialog(turn, *entry);
    }
  }
  Deliver(turn, client, dialog, response, /*local=*/false);
}

void ReceiveSuccess(Turn& turn, UserAgentClient& client, const Message& response) {
  // RFC 3261 section 13.2.2.4: "The ACK MUST be passed to the client transport every time a
  // retransmission of the 2xx final response that triggered the ACK arrives."
  if (!client.ended_ack.empty() && client.ended_tag == response.to_tag()) {
    return turn.Transmit(ClientHandle{}, client.ended_ack);
  }
  DialogEntry* entry = DialogOf(turn, client, response);
  if (entry == nullptr) {
    turn.Log(LogLevel::kWarn, "sip.user-agent-client",
             "A 2xx to an INVITE has no To tag, or its dialog has ended: it is dropped.");
    return;
  }
  InviteUsage& session = entry->session;
  const uint32_t cseq = response.cseq().number;
  const auto& succeeded = session.succeeded();
  if (succeeded.has_value() && succeeded->cseq == cseq && !succeeded->ack.empty()) {
    turn.Transmit(ClientHandle{}, succeeded->ack);
    return;
  }
  // One whose ACK the user has not given yet.
  if (session.client_invite() != client.handle) return;

  if (IsSet(client.dialog)) {
    entry->dialog.RefreshTarget(response);
  } else {
    // "If the dialog identifier in the 2xx response matches the dialog identifier of an existing
    // dialog, the dialog MUST be transitioned to the "confirmed" state, and the route set for the
    // dialog MUST be recomputed based on the 2xx response".
    entry->dialog.Confirm(response);
  }
  session.Confirm();
  session.CloseClientInvite();
  session.Succeed(
      {.client = client.handle, .cseq = cseq, .credentials = String(client.request->credentials)});
  if (HasSessionDescription(response)) session.offer_answer().Received(Carrier::kInvite2xx);
  const DialogHandle dialog = entry->handle;
  AnnounceDialog(turn, *entry);
  Deliver(turn, client, dialog, response, /*local=*/false);
}

void ReceiveFailure(Turn& turn, UserAgentClient& client, const Message& response, bool local) {
  const int status = response.status();
  DialogEntry* entry = turn.core.dialogs.Find(client.dialog);
  if (entry == nullptr) {
    // RFC 3261 section 13.2.2.3: "All early dialogs are considered terminated upon reception of the
    // non-2xx final response."
    EndInviteClient(turn, client);
    Deliver(turn, client, DialogHandle{}, response, local);
    return;
  }
  entry->session.CloseClientInvite();
  // RFC 3261 section 14.1: "If a UA receives a non-2xx final response to a re-INVITE, the session
  // parameters MUST remain unchanged, as if no re-INVITE had been issued."
  entry->session.offer_answer().Rollback();
  AnnounceDialog(turn, *entry);
  Deliver(turn, client, client.dialog, response, local);
  if (status == 408 && entry->session.state() != SessionState::kTerminated) {
    // Section 14.1, of a re-INVITE that is answered 481 or 408, or not at all: section 12.2.1.2 has
    // the dialog terminated; section 15 does it with a BYE, in case the peer is still there.
    SendBye(turn, *entry);
    EndSession(turn, *entry);
    return;
  }
  ReceiveDialogFailure(turn, *entry, response);
}

}  // namespace

void ReceiveInviteResponse(Turn& turn, UserAgentClient& client, const Message& response,
                           bool local) {
  const int status = response.status();
  if (IsProvisional(status)) return ReceiveProvisional(turn, client, response);
  client.invite->waiting_cancel.reset();
  if (IsSuccess(status)) return ReceiveSuccess(turn, client, response);
  ReceiveFailure(turn, client, response, local);
}

Status Perform(Turn& turn, const Acknowledge& command, Reply& reply) {
  DialogEntry* entry = turn.core.dialogs.Find(command.dialog);
  if (entry == nullptr) return NotFoundError("no such dialog");
  auto& succeeded = entry->session.succeeded();
  if (!succeeded.has_value()) return FailedPreconditionError("there is no 2xx to acknowledge");
  if (succeeded->client != command.client) return NotFoundError("no such INVITE");
  // RFC 3261 section 13.2.2.4: "The sequence number of the CSeq header field MUST be the same as
  // the INVITE being acknowledged, but the CSeq method MUST be ACK. The ACK MUST contain the same
  // credentials as the INVITE."
  RequestParts ack = entry->dialog.MakeRequest(method::kAck, succeeded->cseq);
  ack.headers = command.headers.text;
  const String headers = WithDefaultHeaders(turn, ack);
  ack.headers = headers;
  ack.credentials = succeeded->credentials;
  ack.body = BodyOf(command);
  if (IsSessionDescription(ack.body)) {
    entry->session.offer_answer().Sent(Carrier::kAck);
    AnnounceDialog(turn, *entry);
  }
  reply.text = turn.core.transactions.BuildWithVia(ack, turn.core.flow, turn.context);
  succeeded->ack = reply.text;
  turn.Transmit(ClientHandle{}, reply.text);
  return OkStatus();
}

Status Perform(Turn& turn, const Cancel& command, Reply& reply) {
  UserAgentClient* client = turn.core.FindClient(command.client);
  if (client == nullptr) return NotFoundError("no such request");
  // RFC 3261 section 9.1: "A CANCEL request SHOULD NOT be sent to cancel a request other than
  // INVITE."
  if (!client->invite.has_value() || client->final_received) {
    return FailedPreconditionError("there is nothing to cancel any more");
  }
  reply.text = turn.core.transactions.CancelText(client->transaction, command.headers.text);
  if (client->invite->cancelled && !command.told) return OkStatus();
  client->invite->cancelled = true;
  if (command.told) {
    reply.handle = static_cast<uint32_t>(SendCancel(turn, *client, command.headers.text, true));
  } else if (client->invite->provisional_received) {
    SendCancel(turn, *client, command.headers.text);
  } else {
    client->invite->waiting_cancel.emplace(command.headers.text);
  }
  return OkStatus();
}

void EndInviteClient(Turn& turn, UserAgentClient& client) {
  const auto dialogs = std::move(client.invite->dialogs);
  client.invite->dialogs = {};
  for (const DialogHandle dialog : dialogs) {
    DialogEntry* entry = turn.core.dialogs.Find(dialog);
    if (entry == nullptr) continue;
    if (entry->session.client_invite() == client.handle) entry->session.CloseClientInvite();
    // RFC 3261 section 13.2.2.4: "The UAC core considers the INVITE transaction completed 64*T1
    // seconds after the reception of the first 2xx response." No ACK is asked for again.
    auto& succeeded = entry->session.succeeded();
    if (succeeded.has_value() && succeeded->client == client.handle) succeeded->ack = String();
    if (entry->session.state() == SessionState::kEarly) EndSession(turn, *entry);
  }
}

}  // namespace sip
