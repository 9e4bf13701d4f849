#include "user_agents/user_agent_server.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

#include "base/str_cat.h"
#include "dialogs/reliable_provisionals.h"
#include "grammar/scanner.h"
#include "messages/method.h"
#include "messages/parser.h"
#include "messages/status_code.h"
#include "transactions/timers.h"
#include "user_agents/core_scope.h"
#include "user_agents/dialog_user_agent.h"
#include "user_agents/invite_user_agent_server.h"
#include "user_agents/refer.h"
#include "user_agents/transaction_outcomes.h"

namespace sip {
namespace {

bool HasTag(std::string_view list, std::string_view tag) {
  while (const auto value = NextListValue(list)) {
    if (EqualsIgnoreCase(*value, tag)) return true;
  }
  return false;
}

// RFC 3261 section 8.2.2.3: the option tags that the request requires and we do not have. 100rel is
// had whether we offer it or not: what the caller requires of responses they get.
String UnsupportedOptions(const CoreConfiguration& configuration, const Message& request) {
  String missing;
  for (const std::string_view tag : request.GetList(HeaderId::kRequire)) {
    if (HasTag(configuration.supported, tag) || EqualsIgnoreCase(tag, k100rel)) continue;
    StrAppend(&missing, missing.empty() ? "" : ", ", tag);
  }
  return missing;
}

// RFC 3261 sections 8.2.1 and 8.2.2.3, for any request. True if it was answered.
bool Refuse(Turn& turn, UserAgentServer& server) {
  const CoreConfiguration& configuration = *turn.core.configuration;
  // Section 8.2.1: "If the UAS recognizes but does not support the method of a request, it MUST
  // generate a 405 (Method Not Allowed) response." Section 21.5.2, of 501: "This is the appropriate
  // response when a UAS does not recognize the request method".
  const std::string_view method = server.request.method();
  if (!configuration.allow.empty() && !method::IsIn(configuration.allow, method)) {
    RespondNow(turn, server, method::IsIn(method::kRegistered, method) ? 405 : 501);
    return true;
  }
  const String missing = UnsupportedOptions(configuration, server.request);
  if (!missing.empty()) {
    RespondNow(turn, server, 420, StrCat("Unsupported: ", missing, "\r\n"));
    return true;
  }
  return false;
}

// Sections 8.2.2.1 and 8.2.2.2, for a request that is not within a dialog.
bool RefuseTarget(Turn& turn, UserAgentServer& server, bool merged) {
  // Section 8.2.2.1: "If the Request-URI uses a scheme not supported by the UAS, it SHOULD reject
  // the request with a 416 (Unsupported URI Scheme) response."
  const auto uri = ParseUri(server.request.request_uri());
  if (!uri.has_value() || !uri->is_sip()) {
    RespondNow(turn, server, uri.has_value() ? 416 : 400);
    return true;
  }
  // Section 8.2.2.2: "the UAS core SHOULD generate a 482 (Loop Detected) response".
  if (merged) {
    RespondNow(turn, server, 482);
    return true;
  }
  return false;
}

// The type of Content-Type or in Accept, "" if it cannot be read.
std::string_view TypeOf(std::string_view value) {
  const auto type = ParseTokenWithParameters(value);
  return type.has_value() ? type->token : "";
}

// Whether a body of one of these types may come back. RFC 3261 section 20.1: "If no Accept header
// field is present, the server SHOULD assume a default value of application/sdp."
bool Accepts(const Message& request, std::string_view types) {
  for (const std::string_view value : request.GetList(HeaderId::kAccept)) {
    const std::string_view type = TypeOf(value);
    if (HasTag("*/*,application/*", type) || HasTag(types, type)) return true;
  }
  return !request.Get(HeaderId::kAccept).has_value();
}

// Whether there is a body, which must be understood, and it is not. RFC 3261 section 20.11: "If the
// handling parameter is missing, the value "required" SHOULD be assumed." A type that cannot be
// read costs nothing.
bool HasForeignBody(const Message& request, std::string_view types) {
  if (request.body().empty()) return false;
  const auto disposition = request.GetToken(HeaderId::kContentDisposition);
  if (disposition.has_value() && disposition->parameters.Get("handling") == "optional") {
    return false;
  }
  const std::string_view type = TypeOf(request.Get(HeaderId::kContentType).value_or(""));
  return (!type.empty() && !HasTag(types, type)) ||
         !HasTag("identity", request.Get(HeaderId::kContentEncoding).value_or("identity"));
}

// Section 8.2.3, for an INVITE: what bodies other requests may have its user knows. True if it was
// answered.
bool RefuseContent(Turn& turn, UserAgentServer& server) {
  const Message& request = server.request;
  const std::string_view types = turn.core.configuration->accept;
  if (request.method() != method::kInvite || types.empty() || HasTag(types, "*/*")) return false;
  // "If there are any bodies whose type [...] or encoding [...] are not understood, and that body
  // part is not optional [...], the UAS MUST reject the request with a 415". RFC 4475 section
  // 3.3.15: "a 406 Not Acceptable, with a Warning/399 indicating that a response cannot be
  // formulated in the formats offered in the Accept header field".
  const bool foreign = HasForeignBody(request, types);
  if (!foreign && Accepts(request, types)) return false;
  RespondNow(turn, server, foreign ? 415 : 406,
             foreign ? "Accept-Encoding: identity\r\n"
                     : "Warning: 399 sipwasm \"No answer in a format of Accept\"\r\n");
  return true;
}

// The header lines of a response, with what RFC 3261 table 2 wants in it beside what the request
// brings.
String WithDefaultHeaders(Turn& turn, const UserAgentServer& server,
                          const ResponseParts& response) {
  const CoreConfiguration& configuration = *turn.core.configuration;
  const std::string_view method = server.request.method();
  const int status = response.status;
  String lines(response.headers);
  if (status == 100) return lines;
  const bool success = IsSuccess(status);
  const bool invite = method == method::kInvite;
  // Section 12.1.1: "The UAS MUST add a Contact header field to the response."
  if ((invite && status < 300) ||
      (success && (method == method::kRefer || method == method::kSubscribe ||
                   method == method::kUpdate || method == method::kNotify))) {
    AddDialogContact(turn, server.dialog, lines);
    AddDefault(lines, HeaderId::kContact, configuration.contact);
  }
  const bool options = method == method::kOptions && success;
  if (status == 405 || status == 501 || options || (invite && success)) {
    AddDefault(lines, HeaderId::kAllow, configuration.allow);
  }
  if (status == 415 || options) AddDefault(lines, HeaderId::kAccept, configuration.accept);
  if (options || (invite && success)) {
    AddDefault(lines, HeaderId::kSupported, configuration.supported);
  }
  AddDefault(lines, HeaderId::kUserAgent, configuration.user_agent);
  return lines;
}

}  // namespace

namespace {

UserAgentServer& AddServer(Turn& turn, Message request) {
  const ServerHandle handle = turn.NewHandle<ServerHandle>();
  UserAgentServer& server =
      turn.core.servers.Add(handle, std::make_unique<UserAgentServer>(std::move(request)));
  server.handle = handle;
  server.to_tag = turn.context.entropy.Token(10);
  server.transaction =
      turn.core.transactions.StartServer(server.request, turn.core.flow, turn.context);
  turn.core.server_of.Set(server.transaction, handle);
  if (server.request.method() != method::kInvite) {
    turn.core.server_deadlines.Set(handle, turn.now() + k64T1);
  }
  return server;
}

}  // namespace

void ReceiveRequest(Turn& turn, Message request) {
  const bool merged = request.to_tag().empty() && turn.core.transactions.IsMerged(request);
  UserAgentServer& server = AddServer(turn, std::move(request));
  const Message& message = server.request;
  if (Refuse(turn, server)) return;
  const bool initial = message.to_tag().empty();
  if (initial && RefuseTarget(turn, server, merged)) return;
  if (RefuseContent(turn, server)) return;
  if (!initial) return ReceiveInDialog(turn, server);
  if (message.method() == method::kRefer && RefuseRefer(turn, server)) return;
  // RFC 3261 section 11.2: "The response to an OPTIONS is constructed using the standard rules for
  // a SIP response as discussed in Section 8.2.6."
  if (message.method() == method::kOptions) return RespondNow(turn, server, 200);
  turn.Emit(RequestReceived{.core = turn.core.handle,
                            .server = server.handle,
                            .signaling = HasSessionDescription(message)
                                             ? Signaling::kHaveRemoteOffer
                                             : Signaling::kInitial,
                            .message = &server.request});
}

void RespondNow(Turn& turn, UserAgentServer& server, int status, std::string_view headers) {
  if (IsFinal(server.status)) return;
  const ResponseParts response = {.status = status, .headers = headers};
  if (server.request.method() == method::kInvite) {
    // Fails only for a dialog that has ended meanwhile: the request has been answered then.
    Reply nobody;
    static_cast<void>(SendInviteResponse(turn, server, response, nobody));
  } else {
    SendResponse(turn, server, response);
  }
}

String SendResponse(Turn& turn, UserAgentServer& server, ResponseParts response) {
  const String headers = WithDefaultHeaders(turn, server, response);
  response.headers = headers;
  if (response.status > 100) response.to_tag = server.to_tag;
  server.status = response.status;
  String text = BuildResponse(server.request, response);
  if (IsFinal(response.status)) turn.core.server_deadlines.Set(server.handle, InfiniteFuture());
  const ServerHandle handle = server.handle;
  ApplyOutcome(
      turn, turn.core.transactions.Respond(server.transaction, response.status, text, turn.context),
      nullptr, static_cast<uint32_t>(handle));
  return text;
}

Status Perform(Turn& turn, const ServeRequest& command, Reply& reply) {
  auto parsed = ParseMessage(command.body);
  auto* request = std::get_if<Message>(&parsed);
  if (request == nullptr || !request->is_request() || request->method() == method::kAck ||
      request->method() == method::kCancel) {
    return InvalidArgumentError("this is no request that can be served");
  }
  const auto received = turn.core.transactions.Receive(*request, turn.context);
  if (received.matched.has_value()) {
    ApplyOutcome(turn, received.outcome, nullptr, 0);
    return FailedPreconditionError("the request has been received before");
  }
  UserAgentServer& server = AddServer(turn, std::move(*request));
  reply.handle = static_cast<uint32_t>(server.handle);
  EnterDialog(turn, server);
  return OkStatus();
}

Status Perform(Turn&, const FormatResponse& command, Reply& reply) {
  const auto parsed = ParseMessage(command.request);
  const auto* request = std::get_if<Message>(&parsed);
  if (request == nullptr || !request->is_request()) {
    return InvalidArgumentError("a response needs a request");
  }
  reply.text = BuildResponse(*request, {.status = static_cast<int>(command.status),
                                        .reason = command.reason,
                                        .to_tag = command.to_tag,
                                        .headers = command.headers.text,
                                        .body = BodyOf(command)});
  return OkStatus();
}

Status Perform(Turn& turn, const Respond& command, Reply& reply) {
  UserAgentServer* server = turn.core.FindServer(command.server);
  if (server == nullptr) return NotFoundError("no such request, or it is over");
  if (command.status < 100 || command.status > 699) {
    return InvalidArgumentError("a status code is 100 to 699");
  }
  // RFC 3261 section 25.1: tag-param = "tag" EQUAL token.
  if (!command.to_tag.empty() && !IsToken(command.to_tag)) {
    return InvalidArgumentError("the tag is no token");
  }
  const int status = static_cast<int>(command.status);
  const bool invite = server->request.method() == method::kInvite;
  // RFC 6026 section 7.1: "Any retransmission of the 2xx response passed from the TU to the
  // transaction while in the "Accepted" state MUST be passed to the transport layer".
  const bool again = invite && IsSuccess(server->status) && IsSuccess(status);
  if (IsFinal(server->status) && !again) {
    return FailedPreconditionError("a final response has been sent");
  }
  // RFC 3261 section 12.1.1: the tag of the dialog is that of the response that made it.
  if (!command.to_tag.empty() && !IsSet(server->dialog)) server->to_tag = command.to_tag;
  const ResponseParts response = {.status = status,
                                  .reason = command.reason,
                                  .headers = command.headers.text,
                                  .body = BodyOf(command)};
  if (invite) {
    return SendInviteResponse(turn, *server, response, reply);
  }
  // RFC 4320 section 4.1: "An SIP element MUST NOT send any provisional response with a Status-Code
  // other than 100 to a non-INVITE request."
  if (status > 100 && status < 200) {
    return FailedPreconditionError("only an INVITE gets provisional responses");
  }
  if (server->request.method() == method::kRefer && IsSuccess(response.status)) {
    AcceptRefer(turn, *server, response, reply);
  } else {
    // RFC 3262 section 5: the answer to an offer in a PRACK.
    const bool answers = server->request.method() == method::kPrack && IsSuccess(response.status) &&
                         IsSessionDescription(response.body);
    DialogEntry* entry = answers ? turn.core.dialogs.Find(server->dialog) : nullptr;
    if (entry != nullptr) {
      entry->session.offer_answer().Sent(Carrier::kPrack2xx);
      AnnounceDialog(turn, *entry);
    }
    reply.text = SendResponse(turn, *server, response);
  }
  return OkStatus();
}

void ServerTransactionEnded(Turn& turn, TransactionHandle transaction) {
  UserAgentServer* server = turn.core.ServerOf(transaction);
  turn.core.server_of.Erase(transaction);
  if (server == nullptr) return;
  server->transaction = {};
  // A REFER goes on as a subscription; its server is what NotifyReferrer means.
  if (IsSet(server->referred)) return;
  EndServer(turn, server->handle);
}

void EndServer(Turn& turn, ServerHandle handle) {
  UserAgentServer* server = turn.core.FindServer(handle);
  if (server == nullptr) return;
  if (IsSet(server->transaction)) {
    turn.core.server_of.Erase(server->transaction);
    turn.core.transactions.Destroy(server->transaction);
  }
  turn.core.server_deadlines.Set(handle, InfiniteFuture());
  turn.core.servers.Erase(handle);
  turn.Terminate(handle);
}

void AdvanceServer(Turn& turn, ServerHandle handle) {
  const UserAgentServer* server = turn.core.FindServer(handle);
  if (server == nullptr || IsFinal(server->status)) return;
  turn.Log(LogLevel::kWarn, "sip.user-agent-server",
           StrCat("Nobody answered a ", server->request.method(), " in 32 seconds."));
  EndServer(turn, handle);
}

}  // namespace sip
