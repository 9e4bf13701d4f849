#include "user_agents/dialog_user_agent.h"

#include <algorithm>
#include <utility>

#include "base/str_cat.h"
#include "messages/method.h"
#include "messages/status_code.h"
#include "user_agents/invite_user_agent_server.h"
#include "user_agents/refer.h"
#include "user_agents/subscription.h"

namespace sip {
namespace {

bool RefreshesTarget(std::string_view method) {
  return method == method::kInvite || method == method::kUpdate || method == method::kSubscribe ||
         method == method::kNotify || method == method::kRefer;
}

constexpr char kNotEstablished[] = "the dialog is not established";

// RFC 3261 section 14.1: "a UAC MUST NOT initiate a new INVITE transaction within a dialog while
// another INVITE transaction is in progress in either direction."
Status MayInvite(const InviteUsage& session) {
  if (session.state() != SessionState::kConfirmed) {
    return FailedPreconditionError(kNotEstablished);
  }
  if (session.client_invite().has_value() || session.server_invite().has_value() ||
      session.awaits_ack()) {
    return FailedPreconditionError("an INVITE is in progress in this dialog");
  }
  return OkStatus();
}

// RFC 3261 section 15: the callee's UA "MUST NOT send a BYE on early dialogs", and "MUST NOT send a
// BYE on a confirmed dialog until it has received an ACK for its 2xx response or until the server
// transaction times out".
Status MayBye(const InviteUsage& session) {
  const bool confirmed = session.state() == SessionState::kConfirmed;
  if (confirmed || (!session.server_invite().has_value() && !session.awaits_ack())) {
    return OkStatus();
  }
  return FailedPreconditionError("the callee sends no BYE before it has got the ACK");
}

// RFC 3261 section 15.1.2: "The UAS MUST still respond to any pending requests received for that
// dialog. It is RECOMMENDED that a 487 (Request Terminated) response be generated".
void ReceiveBye(Turn& turn, DialogEntry& entry) {
  const DialogHandle dialog = entry.handle;
  if (const auto invite = entry.session.server_invite()) {
    if (UserAgentServer* server = turn.core.FindServer(*invite)) {
      RespondNow(turn, *server, 487);  // that of an early dialog ends it
    }
  }
  if (DialogEntry* still = turn.core.dialogs.Find(dialog)) EndSession(turn, *still);
}

// RFC 3261 section 14.2, for a re-INVITE that cannot be taken now. True if it was answered.
bool RefuseInvite(Turn& turn, UserAgentServer& server, const InviteUsage& session) {
  // "A UAS that receives a second INVITE before it sends the final response to a first INVITE with
  // a lower CSeq sequence number on the same dialog MUST return a 500 (Server Internal Error)
  // response to the second INVITE and MUST include a Retry-After header field".
  if (session.server_invite().has_value() || session.awaits_ack()) {
    const uint32_t seconds = turn.context.entropy.Between(0, 10);
    SendResponse(turn, server,
                 {.status = 500, .headers = StrCat("Retry-After: ", seconds, "\r\n")});
    return true;
  }
  // "A UAS that receives an INVITE on a dialog while an INVITE it had sent on that dialog is in
  // progress MUST return a 491 (Request Pending) response".
  if (session.client_invite().has_value()) {
    SendResponse(turn, server, {.status = 491});
    return true;
  }
  return false;
}

// What a request does to its dialog whatever it is answered: its target, and a re-INVITE is open.
void OpenInDialog(DialogEntry& entry, const UserAgentServer& server) {
  const Message& request = server.request;
  if (RefreshesTarget(request.method())) entry.dialog.RefreshTarget(request);
  if (request.method() != method::kInvite) return;
  if (HasSessionDescription(request)) entry.session.offer_answer().Received(Carrier::kInvite);
  entry.session.OpenServerInvite(server.handle);
}

bool AcknowledgeProvisional(InviteUsage& session, const Message& prack) {
  const auto rack = ParseRAck(prack.Get(HeaderId::kRAck).value_or(""));
  return rack.has_value() && session.provisionals().Acknowledge(*rack);
}

// RFC 3262 section 3: "If a reliable provisional response is retransmitted for 64*T1 seconds
// without reception of a corresponding PRACK, the UAS SHOULD reject the original request with a 5xx
// response."
void GiveUpInvite(Turn& turn, const DialogEntry& entry) {
  UserAgentServer* server =
      turn.core.FindServer(entry.session.server_invite().value_or(ServerHandle{}));
  if (server == nullptr) return;
  turn.Log(LogLevel::kWarn, "sip.user-agent-server", "No PRACK in 32 seconds: 504.");
  RespondNow(turn, *server, 504);
}

}  // namespace

void SendBye(Turn& turn, DialogEntry& entry) {
  StartClient(turn, entry.dialog.MakeRequest(method::kBye),
              {.dialog = entry.handle, .silent = true});
}

void AnnounceDialog(Turn& turn, const Dialog& dialog, DialogChanged event) {
  event.core = turn.core.handle;
  event.call_id = dialog.id().call_id;
  event.local_tag = dialog.id().local_tag;
  event.remote_tag = dialog.id().remote_tag;
  event.local = dialog.local();
  event.remote = dialog.remote();
  event.remote_target = dialog.remote_target();
  std::string_view routes = dialog.route_set();
  while (!routes.empty()) {
    const std::string_view line = NextLine(routes);
    event.routes.push_back(TrimLws(line.substr(line.find(':') + 1)));
  }
  event.local_sequence = dialog.local_sequence();
  event.remote_sequence = dialog.remote_sequence().value_or(0);
  event.secure = dialog.secure();
  turn.Emit(std::move(event));
}

void AnnounceDialog(Turn& turn, DialogEntry& entry, ClientHandle client) {
  DialogChanged changed = {.dialog = entry.handle,
                           .state = entry.session.state(),
                           .signaling = entry.session.signaling(),
                           .client = client};
  if (const SubscribeUsage* usage = entry.subscription()) {
    changed.subscription = usage->state();
    changed.expires = usage->ExpiresIn(turn.now());
    changed.again = usage->AgainIn(turn.now());
  }
  AnnounceDialog(turn, entry.dialog, std::move(changed));
}

void EndSession(Turn& turn, DialogEntry& entry) {
  if (entry.session.state() == SessionState::kTerminated) return;
  if (auto& succeeded = entry.session.succeeded(); succeeded.has_value()) {
    UserAgentClient* client = turn.core.FindClient(succeeded->client);
    if (client != nullptr && !succeeded->ack.empty()) {
      client->ended_tag = entry.dialog.id().remote_tag;
      client->ended_ack = std::move(succeeded->ack);
    }
  }
  entry.session.Terminate();
  AnnounceDialog(turn, entry);
  EndIfUnused(turn, entry);
}

bool EndIfUnused(Turn& turn, DialogEntry& entry) {
  if (!entry.unused()) {
    turn.core.dialogs.Reschedule(entry);
    return false;
  }
  const DialogHandle handle = entry.handle;
  turn.core.dialogs.Remove(handle);
  turn.Terminate(handle);
  return true;
}

void DisposeDialogNow(Turn& turn, DialogHandle dialog) {
  DialogEntry* entry = turn.core.dialogs.Find(dialog);
  if (entry == nullptr) return;
  EndSubscriptions(turn, *entry);
  entry->session.Terminate();
  AnnounceDialog(turn, *entry);
  EndIfUnused(turn, *entry);
}

Status Perform(Turn& turn, const SendInDialog& command, Reply& reply) {
  DialogEntry* entry = turn.core.dialogs.Find(command.dialog);
  if (entry == nullptr) return NotFoundError("no such dialog");
  if (!IsToken(command.method)) return InvalidArgumentError("the method is no token");
  // RFC 6665 section 4.1.2.4: a NOTIFY "establishes a new dialog usage and a new
  // subscription".
  if (entry->dialog.remote_target().empty()) return FailedPreconditionError(kNotEstablished);
  if (Status status = CheckSequence(command.cseq); !status.ok()) return status;
  const bool invite = command.method == method::kInvite;
  const bool subscribe = command.method == method::kSubscribe;
  if (invite) {
    if (Status status = MayInvite(entry->session); !status.ok()) return status;
  } else if (entry->session.state() == SessionState::kTerminated && !subscribe &&
             command.method != method::kNotify) {
    return FailedPreconditionError("the session is over");
  } else if (command.method == method::kBye) {
    if (Status status = MayBye(entry->session); !status.ok()) return status;
  }

  RequestParts request = entry->dialog.MakeRequest(
      command.method, command.cseq == 0 ? std::nullopt : std::optional(command.cseq));
  request.headers = command.headers.text;
  request.body = BodyOf(command);
  if (invite && IsSessionDescription(request.body)) {
    if (!entry->session.offer_answer().Sent(Carrier::kInvite)) {
      return FailedPreconditionError("an offer is open in this dialog");
    }
  }
  if (command.method == method::kPrack && IsSessionDescription(request.body)) {
    // RFC 3262 section 5: an answer to the offer in the response, or an offer of our own.
    if (!entry->session.offer_answer().Sent(Carrier::kPrack)) {
      return FailedPreconditionError("an offer is open in this dialog");
    }
    AnnounceDialog(turn, *entry);
  }
  Subscription* subscription = nullptr;
  if (subscribe || command.method == method::kRefer) {
    subscription = SubscriptionFor(*entry, request, turn.now());
    if (subscription == nullptr) return FailedPreconditionError("there is nothing to subscribe to");
  }
  const Signaling signaling = entry->session.signaling();
  const ClientHandle client = StartClient(turn, request, {.dialog = command.dialog});
  if (subscription != nullptr) {
    subscription->client = client;
    turn.core.dialogs.Reschedule(*entry);
  }
  if (invite && signaling == Signaling::kHaveLocalOffer) AnnounceDialog(turn, *entry);
  // RFC 3261 section 15.1.1: "The UAC MUST consider the session terminated (and therefore stop
  // sending or listening for media) as soon as the BYE request is passed to the client
  // transaction."
  if (command.method == method::kBye) EndSession(turn, *entry);
  reply.handle = static_cast<uint32_t>(client);
  return OkStatus();
}

void ReceiveDialogSuccess(Turn& turn, DialogEntry& entry, const Message& response) {
  const std::string_view method = response.cseq().method;
  // That of a SUBSCRIBE may be of another fork than the NOTIFY that made the dialog.
  if (RefreshesTarget(method) && response.to_tag() == entry.dialog.id().remote_tag) {
    entry.dialog.RefreshTarget(response);
  }
  if (method == method::kPrack && HasSessionDescription(response)) {
    entry.session.offer_answer().Received(Carrier::kPrack2xx);
    AnnounceDialog(turn, entry);
  }
}

void ReceiveDialogFailure(Turn& turn, DialogEntry& entry, const Message& response) {
  const int status = response.status();
  const CSeq& request = response.cseq();
  if (request.method == method::kNotify && (status == 481 || status == 489)) {
    // RFC 6665 section 4.2.2: such a response means that the subscriber has no subscription.
    EndNotifiers(turn, entry);
    EndIfUnused(turn, entry);
    return;
  }
  // RFC 3261 section 12.2.1.2: "If the response for a request within a dialog is a 481
  // (Call/Transaction Does Not Exist) or a 408 (Request Timeout), the UAC SHOULD terminate the
  // dialog." Departs from it for 408 of anything but an INVITE, as RFC 5057 section 5.1 does.
  if (status == 481) EndSession(turn, entry);
}

void ReceiveInDialog(Turn& turn, UserAgentServer& server) {
  const Message& request = server.request;
  DialogEntry* entry = FindDialogOf(turn, request);
  const std::string_view method = request.method();
  const bool over = entry != nullptr && entry->session.state() == SessionState::kTerminated;
  if (entry == nullptr || (over && method != method::kNotify && method != method::kOptions)) {
    // RFC 3261 section 12.2.2: "If the UAS wishes to reject the request because it does not wish to
    // recreate the dialog, it MUST respond to the request with a 481".
    RespondNow(turn, server, 481);
    return;
  }
  // "If the remote sequence number was not empty, but the sequence number of the request is lower
  // than the remote sequence number, the request is out of order and MUST be rejected with a 500".
  const int refusal = method == method::kNotify               ? ReceiveNotify(turn, *entry, request)
                      : entry->dialog.AcceptSequence(request) ? 0
                                                              : 500;
  if (refusal != 0) return RespondNow(turn, server, refusal);
  server.dialog = entry->handle;
  if (method == method::kInvite && RefuseInvite(turn, server, entry->session)) return;
  if (method == method::kRefer && RefuseRefer(turn, server)) return;
  if (method == method::kPrack && !AcknowledgeProvisional(entry->session, request)) {
    // RFC 3262 section 3: "If a PRACK request is received by the UA core that does not match any
    // unacknowledged reliable provisional response, the UAS MUST respond to the PRACK with a 481".
    return RespondNow(turn, server, 481);
  }

  // RFC 3261 section 12.2.2: "Requests that do not change in any way the state of a dialog may be
  // received within a dialog (for example, an OPTIONS request). They are processed as if they had
  // been received outside the dialog."
  if (method == method::kOptions) return RespondNow(turn, server, 200);

  OpenInDialog(*entry, server);
  if (method == method::kPrack) {
    if (HasSessionDescription(request)) entry->session.offer_answer().Received(Carrier::kPrack);
    turn.core.dialogs.Reschedule(*entry);
    AnnounceDialog(turn, *entry);
  }
  turn.Emit(RequestReceived{.core = turn.core.handle,
                            .server = server.handle,
                            .dialog = entry->handle,
                            .signaling = entry->session.signaling(),
                            .message = &server.request});
  if (method == method::kBye) {
    ReceiveBye(turn, *entry);
  } else {
    AdvanceSubscriptions(turn, *entry);
    EndIfUnused(turn, *entry);
  }
}

void EnterDialog(Turn& turn, UserAgentServer& server) {
  DialogEntry* entry = turn.core.dialogs.Find(DialogIdOfIncomingRequest(server.request));
  if (entry == nullptr || entry->session.state() == SessionState::kTerminated) return;
  server.dialog = entry->handle;
  entry->dialog.AcceptSequence(server.request);
  OpenInDialog(*entry, server);
}

void ReceiveAck(Turn& turn, const Message& ack) {
  DialogEntry* entry = turn.core.dialogs.Find(DialogIdOfIncomingRequest(ack));
  if (entry == nullptr) return;
  const auto server = entry->session.ReceiveAck(ack.cseq().number);
  if (!server.has_value()) return;  // an ACK seen before
  entry->session.CloseServerInvite();
  turn.core.dialogs.Reschedule(*entry);
  if (HasSessionDescription(ack)) entry->session.offer_answer().Received(Carrier::kAck);
  AnnounceDialog(turn, *entry);
  turn.Emit(AckReceived{.dialog = entry->handle,
                        .server = *server,
                        .signaling = entry->session.signaling(),
                        .message = &ack});
}

void AdvanceDialog(Turn& turn, DialogHandle dialog) {
  DialogEntry* entry = turn.core.dialogs.Find(dialog);
  if (entry == nullptr) return;
  AdvanceSubscriptions(turn, *entry);
  const InviteUsage::Due due = entry->session.Advance(turn.now());
  if (!due.retransmit.empty()) turn.Transmit(ServerHandle{}, due.retransmit);
  if (due.no_ack.has_value()) {
    // RFC 3261 section 13.3.1.4: "If the server retransmits the 2xx response for 64*T1 seconds
    // without receiving an ACK, the dialog is confirmed, but the session SHOULD be terminated. This
    // is accomplished with a BYE".
    SendBye(turn, *entry);
    turn.Emit(AckTimedOut{.dialog = dialog, .server = *due.no_ack});
    EndSession(turn, *entry);
    return;
  }
  if (due.no_prack) GiveUpInvite(turn, *entry);
  if (DialogEntry* still = turn.core.dialogs.Find(dialog)) EndIfUnused(turn, *still);
}

}  // namespace sip
