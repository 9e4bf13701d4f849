#include "user_agents/user_agent_client.h"

#include <utility>
#include <variant>

#include "absl/algorithm/container.h"
#include "base/str_cat.h"
#include "base/string.h"
#include "grammar/scanner.h"
#include "messages/method.h"
#include "messages/parser.h"
#include "messages/status_code.h"
#include "user_agents/core_scope.h"
#include "user_agents/dialog_user_agent.h"
#include "user_agents/invite_user_agent_client.h"
#include "user_agents/registration.h"
#include "user_agents/subscription.h"

namespace sip {
namespace {

// A server that answers so many credentials with new challenges is not going to take any.
constexpr uint8_t kMaxAttempts = 5;

// RFC 3261 section 22.1: "When a UAC resubmits a request with its credentials after receiving a 401
// (Unauthorized) or 407 (Proxy Authentication Required) response, it MUST increment the CSeq header
// field value as it would normally when sending an updated request."
uint32_t NextSequence(Turn& turn, const UserAgentClient& client) {
  DialogEntry* entry = turn.core.dialogs.Find(client.dialog);
  return entry == nullptr ? client.request->cseq + 1 : entry->dialog.NextSequence();
}

Credentials CredentialsOf(const Turn& turn) {
  const CoreConfiguration& configuration = *turn.core.configuration;
  return {.username = configuration.username,
          .password = configuration.password,
          .ha1 = configuration.ha1};
}

// RFC 3261 section 22.1: answers a challenge if we have credentials for it and have not been
// refused with them before. A nonce that has only grown old (stale) is no refusal.
bool Answer(Turn& turn, UserAgentClient& client, const Message& response) {
  const Credentials credentials = CredentialsOf(turn);
  if (credentials.empty()) return false;
  std::unique_ptr<DigestChallenge> challenge = ReadChallenge(response, credentials);
  if (challenge == nullptr) return false;

  const auto same = [&](const DigestChallenge* other) {
    return other->realm == challenge->realm && other->proxy == challenge->proxy;
  };
  const auto before = absl::c_find_if(client.challenges, same);
  if (before != client.challenges.end()) {
    // RFC 3261 section 22.1: "A UAC MUST NOT re-attempt requests with the credentials that have
    // just been rejected (though the request may be retried if the nonce was stale)."
    if (!challenge->stale || (*before)->nonce == challenge->nonce) return false;
    client.challenges.Erase(*before);
  }
  if (++client.attempts > kMaxAttempts) return false;
  client.challenges.Add(std::move(challenge));

  RequestParts request = *client.request;
  const String lines = AnswersTo(turn, client.challenges, request);
  request.credentials = lines;
  request.cseq = NextSequence(turn, client);
  RenumberReference(turn, client, request.cseq);
  client.final_received = false;
  SendClient(turn, client, request);
  return true;
}

bool CanRefreshTarget(std::string_view method) {
  return method == method::kInvite || method == method::kSubscribe || method == method::kRefer ||
         method == method::kUpdate || method == method::kNotify;
}

}  // namespace

String AnswersTo(Turn& turn, const Challenges& challenges, const RequestParts& request) {
  String lines;
  for (DigestChallenge* each : challenges) {
    StrAppend(&lines,
              BuildCredentials(*each, CredentialsOf(turn),
                               {.method = request.method,
                                .uri = request.request_uri,
                                .body = request.body.content,
                                .cnonce = turn.context.entropy.Token(16)}),
              "\r\n");
  }
  return lines;
}

Status CheckIdentity(std::string_view from, std::string_view to, std::string_view call_id) {
  const auto address = ParseNameAddr(from);
  if (!address.has_value() || address->tag().empty() || !ParseNameAddr(to).has_value()) {
    return InvalidArgumentError("From or To is no address, or From has no tag");
  }
  // RFC 3261 section 25.1: callid = word [ "@" word ]. Spaces around it would not come back.
  if (call_id.empty() || TrimLws(call_id) != call_id) {
    return InvalidArgumentError("the Call-ID is no word");
  }
  return OkStatus();
}

Status CheckSequence(uint32_t cseq) {
  // RFC 3261 section 8.1.1.5: "The sequence number value MUST be expressible as a 32-bit unsigned
  // integer and MUST be less than 2**31." Answers to challenges, dialogs and registrations count on
  // from it: half of that is left to them.
  return cseq < 1u << 30 ? OkStatus() : InvalidArgumentError("CSeq is too large");
}

ClientHandle StartClient(Turn& turn, RequestParts request, const ClientOptions& options) {
  const ClientHandle handle = turn.NewHandle<ClientHandle>();
  UserAgentClient& client = turn.core.clients.Add(handle, std::make_unique<UserAgentClient>());
  client.handle = handle;
  client.dialog = options.dialog;
  client.registration = options.registration;
  client.silent = options.silent;
  client.refresh = options.refresh;
  const String headers = WithDefaultHeaders(turn, request, options.dialog);
  request.headers = headers;
  if (request.method == method::kInvite) {
    client.invite.emplace();
    if (DialogEntry* entry = turn.core.dialogs.Find(client.dialog)) {
      entry->session.OpenClientInvite(handle);
      client.invite->dialogs.push_back(client.dialog);
    } else if (IsSessionDescription(request.body)) {
      client.invite->offer_answer.Sent(Carrier::kInvite);
    }
  }
  if (options.after == 0) {
    SendClient(turn, client, request);
  } else {
    client.request = request;
    turn.core.client_deadlines.Set(handle, turn.now() + Seconds(options.after));
  }
  return handle;
}

ClientHandle AddCancel(Turn& turn, TransactionHandle transaction) {
  const ClientHandle handle = turn.NewHandle<ClientHandle>();
  UserAgentClient& client = turn.core.clients.Add(handle, std::make_unique<UserAgentClient>());
  client.handle = handle;
  client.transaction = transaction;
  // RFC 3261 section 22.1: "servers MUST NOT attempt to challenge CANCEL requests".
  client.attempts = kMaxAttempts;
  turn.core.client_of.Set(transaction, handle);
  return handle;
}

void SendClient(Turn& turn, UserAgentClient& client, const RequestParts& request) {
  client.request = request;
  auto [transaction, text] =
      turn.core.transactions.StartClient(*client.request, turn.core.flow, turn.context);
  client.transaction = transaction;
  if (client.invite.has_value()) client.invite->provisional_received = false;
  turn.core.client_of.Set(transaction, client.handle);
  turn.Transmit(client.handle, text);
}

void ReceiveResponse(Turn& turn, UserAgentClient& client, const Message& response, bool local) {
  const int status = response.status();
  const bool challenged = (status == 401 || status == 407) && !local;
  const bool cancelled = client.invite.has_value() && client.invite->cancelled;
  if (challenged && !cancelled && Answer(turn, client, response)) return;

  if (IsFinal(status)) {
    client.final_received = true;
    // Nobody asks for the body again, and an INVITE stays for 32 seconds.
    RequestParts request = *client.request;
    request.body = {};
    client.request = request;
  }
  if (IsSet(client.registration)) {
    ReceiveRegisterResponse(turn, client, response, local);
    return;
  }
  if (client.invite.has_value()) {
    ReceiveInviteResponse(turn, client, response, local);
    return;
  }
  if (IsFinal(status)) ReceiveSubscribeResponse(turn, client, response);
  DialogEntry* entry = turn.core.dialogs.Find(client.dialog);
  if (entry != nullptr) {
    if (IsSuccess(status)) ReceiveDialogSuccess(turn, *entry, response);
    if (IsFailure(status)) ReceiveDialogFailure(turn, *entry, response);
  }
  if (client.silent) return;
  entry = turn.core.dialogs.Find(client.dialog);
  turn.Emit(ResponseReceived{
      .client = client.handle,
      .dialog = entry == nullptr ? DialogHandle{} : entry->handle,
      .local = local,
      .signaling = entry == nullptr ? Signaling::kClosed : entry->session.signaling(),
      .message = &response});
}

void ReceiveLocalResponse(Turn& turn, UserAgentClient& client, std::string_view text, int status) {
  const auto request = ParseMessage(text);
  if (!std::holds_alternative<Message>(request)) return;
  auto response = ParseMessage(BuildLocalResponse(std::get<Message>(request), status));
  if (!std::holds_alternative<Message>(response)) return;
  ReceiveResponse(turn, client, std::get<Message>(response), /*local=*/true);
}

void ClientTransactionEnded(Turn& turn, TransactionHandle transaction) {
  UserAgentClient* client = turn.core.ClientOf(transaction);
  turn.core.client_of.Erase(transaction);
  if (client == nullptr || client->transaction != transaction) return;
  client->transaction = {};
  DisposeClientNow(turn, client->handle);
}

void DisposeClientNow(Turn& turn, ClientHandle handle) {
  UserAgentClient* client = turn.core.FindClient(handle);
  if (client == nullptr) return;
  if (IsSet(client->transaction)) {
    turn.core.client_of.Erase(client->transaction);
    turn.core.transactions.Destroy(client->transaction);
  } else {
    turn.core.client_deadlines.Set(handle, InfiniteFuture());
  }
  if (client->invite.has_value()) EndInviteClient(turn, *client);
  turn.core.clients.Erase(handle);
  turn.Terminate(handle);
}

Status Perform(Turn& turn, const FormatCredentials& command, Reply& reply) {
  const Credentials credentials = {
      .username = command.username, .password = command.password, .ha1 = command.ha1};
  const auto challenge = ReadChallenge(command.challenge, !credentials.ha1.empty());
  if (challenge == nullptr) return OkStatus();
  challenge->nonce_count = command.nonce_count;
  const String line = BuildCredentials(*challenge, credentials,
                                       {.method = command.method,
                                        .uri = command.uri,
                                        .body = command.body,
                                        .cnonce = turn.context.entropy.Token(16)});
  const std::string_view text = line;
  reply.text = String(text.substr(text.find(':') + 2));
  return OkStatus();
}

void AddDefault(String& lines, HeaderId id, std::string_view value) {
  if (!value.empty() && FindLine(lines, id).empty()) AppendField(lines, id, value);
}

String WithDefaultHeaders(Turn& turn, const RequestParts& request, DialogHandle dialog) {
  const CoreConfiguration& configuration = *turn.core.configuration;
  const std::string_view method = request.method;
  String lines(request.headers);
  // RFC 3261 section 8.1.1.8: "The Contact header field MUST be present and contain exactly one SIP
  // or SIPS URI in any request that can result in the establishment of a dialog."
  if (CanRefreshTarget(method)) {
    AddDialogContact(turn, dialog, lines);
    AddDefault(lines, HeaderId::kContact, configuration.contact);
  }
  // Table 2: ACK, BYE and CANCEL need none; INVITE, OPTIONS and REGISTER say what we can do.
  if (method == method::kInvite || method == method::kOptions || method == method::kRegister ||
      method == method::kSubscribe) {
    AddDefault(lines, HeaderId::kAllow, configuration.allow);
  }
  if (method != method::kAck) AddDefault(lines, HeaderId::kSupported, configuration.supported);
  AddDefault(lines, HeaderId::kUserAgent, configuration.user_agent);
  return lines;
}

void AddDialogContact(Turn& turn, DialogHandle dialog, String& lines) {
  const DialogEntry* entry = turn.core.dialogs.Find(dialog);
  if (entry != nullptr && FindLine(lines, HeaderId::kContact).empty()) lines += entry->contact;
}

namespace {

bool IsSessionDescription(std::string_view content_type, std::string_view content_disposition) {
  if (!content_disposition.empty()) {
    const auto disposition = ParseTokenWithParameters(content_disposition);
    return disposition.has_value() && EqualsIgnoreCase(disposition->token, "session");
  }
  const auto type = ParseTokenWithParameters(content_type);
  return type.has_value() && EqualsIgnoreCase(type->token, "application/sdp");
}

}  // namespace

bool IsSessionDescription(const Body& body) {
  return !body.content.empty() && IsSessionDescription(body.content_type, body.content_disposition);
}

bool HasSessionDescription(const Message& message) {
  return !message.body().empty() &&
         IsSessionDescription(message.Get(HeaderId::kContentType).value_or(""),
                              message.Get(HeaderId::kContentDisposition).value_or(""));
}

}  // namespace sip
