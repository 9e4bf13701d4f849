#include "user_agents/user_agent_core.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/overload.h"
#include "base/str_cat.h"
#include "messages/method.h"
#include "messages/parser.h"
#include "user_agents/dialog_user_agent.h"
#include "user_agents/invite_user_agent_client.h"
#include "user_agents/invite_user_agent_server.h"
#include "user_agents/refer.h"
#include "user_agents/transaction_outcomes.h"

namespace sip {
namespace {

void Configure(CoreScope& scope, CoreConfiguration configuration) {
  scope.flow.transport = configuration.transport;
  scope.flow.sent_by = configuration.sent_by;
  scope.flow.force_rport = configuration.force_rport;
  scope.configuration = std::move(configuration);
}

StatusOr<RequestParts> MakeRequest(const SendRequest& command) {
  if (!IsToken(command.method)) return InvalidArgumentError("the method is no token");
  if (command.method == method::kAck || command.method == method::kCancel) {
    return InvalidArgumentError("ACK and CANCEL are not sent by themselves");
  }
  if (!ParseUri(command.request_uri).has_value()) {
    return InvalidArgumentError("the Request-URI is no URI");
  }
  const auto from = ParseNameAddr(command.from);
  if (!from.has_value() || from->tag().empty() || !ParseNameAddr(command.to).has_value()) {
    return InvalidArgumentError("From or To is no address, or From has no tag");
  }
  if (command.call_id.empty()) return InvalidArgumentError("the Call-ID is empty");
  // RFC 3261 section 8.1.1.5: "The sequence number value MUST be expressible as a 32-bit unsigned
  // integer and MUST be less than 2**31."
  if (command.cseq >= 0x80000000U) return InvalidArgumentError("CSeq is too large");
  if (Status status = CheckHeaderLines(command.headers); !status.ok()) return status;
  return RequestParts{.method = command.method,
                      .request_uri = command.request_uri,
                      .from = command.from,
                      .to = command.to,
                      .call_id = command.call_id,
                      .cseq = command.cseq,
                      .routes = command.routes,
                      .headers = command.headers,
                      .body = {.content = command.body,
                               .content_type = command.content_type,
                               .content_disposition = command.content_disposition}};
}

StatusOr<Reply> PerformSendRequest(Turn& turn, const SendRequest& command) {
  StatusOr<RequestParts> request = MakeRequest(command);
  if (!request.ok()) return request.status();
  return Reply{.handle =
                   static_cast<uint32_t>(StartClient(turn, {.request = *std::move(request)}))};
}

StatusOr<Reply> PerformFormatRequest(Turn& turn, const FormatRequest& command) {
  StatusOr<RequestParts> request = MakeRequest(command.request);
  if (!request.ok()) return request.status();
  AddDefaultHeaders(turn.core.configuration, *request);
  return Reply{.text = turn.core.transactions.BuildWithVia(*request, turn.core.flow, turn.context)};
}

StatusOr<Reply> PerformReportSendFailure(Turn& turn, const ReportSendFailure& command) {
  if (UserAgentClient* client = turn.core.FindClient(ClientHandle{command.origin})) {
    const TransactionHandle transaction = client->transaction;
    ApplyOutcomes(turn, turn.core.transactions.Fail(transaction, turn.context), nullptr, 0);
  } else if (turn.core.FindServer(ServerHandle{command.origin}) != nullptr) {
    turn.Emit(ResponseFailed{.server = ServerHandle{command.origin}});
  }
  return Reply{};
}

StatusOr<Reply> PerformSetConnected(Turn& turn, bool connected) {
  turn.core.flow.connected = connected;
  if (!connected) {
    ApplyOutcomes(turn, turn.core.transactions.ConnectionLost(turn.context), nullptr, 0);
  }
  return Reply{};
}

// A message that is a message.
void ReceiveMessage(Turn& turn, Message& message) {
  // RFC 3261 section 18.1.2: a response whose Via is not ours "MUST be silently discarded".
  if (!message.is_request() && !IsOurs(turn.core.flow, message.via())) {
    turn.Emit(Discarded{.core = turn.core.handle, .reason = "The Via of a response is not ours."});
    return;
  }
  TransactionTable::Received received = turn.core.transactions.Receive(message, turn.context);
  ApplyOutcomes(turn, received.outcomes, &message, 0);
  if (received.matched.has_value()) return;
  if (!message.is_request()) {
    turn.Emit(Discarded{.core = turn.core.handle,
                        .reason = StrCat("Nobody waits for this ", message.status(), ".")});
  } else if (message.method() == method::kAck) {
    ReceiveAck(turn, message);
  } else if (message.method() == method::kCancel) {
    ReceiveCancel(turn, message);
  } else {
    ReceiveRequest(turn, std::move(message));
  }
}

void AdvanceAll(Turn& turn) {
  CoreScope& core = turn.core;
  if (core.transactions.deadline() <= turn.now()) {
    ApplyOutcomes(turn, core.transactions.Advance(turn.context), nullptr, 0);
  }
  // Whatever is moved by what it does is moved into the future, so each loop ends.
  while (const auto server = core.server_deadlines.PopDue(turn.now())) AdvanceServer(turn, *server);
  while (const auto dialog = core.dialogs.PopDue(turn.now())) AdvanceDialog(turn, *dialog);
  while (const auto registration = core.registration_deadlines.PopDue(turn.now())) {
    AdvanceRegistration(turn, *registration);
  }
}

}  // namespace

UserAgentCore::UserAgentCore(CoreHandle handle, CoreConfiguration configuration,
                             const Entropy& entropy)
    : scope_(entropy.TableSecret()) {
  scope_.handle = handle;
  Configure(scope_, std::move(configuration));
}

void UserAgentCore::Receive(std::string_view text, uint32_t serial, Context& context,
                            EventQueue& events, HandleOwners& owners) {
  Turn turn{scope_, context, events, owners};
  // RFC 5626 section 4.4.1: "CRLF" alone is a pong, and a double one a ping of the peer.
  if (text.find_first_not_of("\r\n") == std::string_view::npos) return;
  auto parsed = ParseMessage(text);
  if (auto* malformed = std::get_if<MalformedMessage>(&parsed)) {
    turn.Emit(Discarded{.core = scope_.handle, .reason = malformed->reason});
    if (malformed->status != 0) turn.Transmit(ServerHandle{}, malformed->response);
    return;
  }
  Message& message = std::get<Message>(parsed);
  message.set_serial(serial);
  ReceiveMessage(turn, message);
  AdvanceAll(turn);
}

StatusOr<Reply> UserAgentCore::Perform(const Command& command, Context& context, EventQueue& events,
                                       HandleOwners& owners) {
  Turn turn{scope_, context, events, owners};
  StatusOr<Reply> reply = Visit(
      Overload{
          [&](const CreateCore&) -> StatusOr<Reply> { return Reply{}; },
          [&](const DisposeCore&) -> StatusOr<Reply> { return Reply{}; },
          [&](const ConfigureCore& order) -> StatusOr<Reply> {
            Configure(scope_, order.configuration);
            return Reply{};
          },
          [&](const SetConnected& order) { return PerformSetConnected(turn, order.connected); },
          [&](const ReportSendFailure& order) { return PerformReportSendFailure(turn, order); },
          [&](const SendRequest& order) { return PerformSendRequest(turn, order); },
          [&](const FormatRequest& order) { return PerformFormatRequest(turn, order); },
          [&](const SendInDialog& order) { return PerformInDialog(turn, order); },
          [&](const Acknowledge& order) { return PerformAcknowledge(turn, order); },
          [&](const Cancel& order) { return PerformCancel(turn, order); },
          [&](const Respond& order) { return PerformRespond(turn, order); },
          [&](const NotifyReferrer& order) { return PerformNotifyReferrer(turn, order); },
          [&](const DisposeDialog& order) -> StatusOr<Reply> {
            if (scope_.dialogs.Find(order.dialog) == nullptr)
              return NotFoundError("no such dialog");
            DisposeDialogNow(turn, order.dialog);
            return Reply{};
          },
          [&](const DisposeClient& order) -> StatusOr<Reply> {
            if (scope_.FindClient(order.client) == nullptr) return NotFoundError("no such request");
            DisposeClientNow(turn, order.client);
            return Reply{};
          },
          [&](const CreateRegistration& order) { return PerformCreateRegistration(turn, order); },
          [&](const Register& order) { return PerformRegister(turn, order); },
          [&](const Unregister& order) { return PerformUnregister(turn, order); },
          [&](const DisposeRegistration& order) -> StatusOr<Reply> {
            if (scope_.registrations.Find(order.registration) == nullptr) {
              return NotFoundError("no such registration");
            }
            DisposeRegistrationNow(turn, order.registration);
            return Reply{};
          }},
      command);
  AdvanceAll(turn);
  return reply;
}

void UserAgentCore::Advance(Context& context, EventQueue& events, HandleOwners& owners) {
  Turn turn{scope_, context, events, owners};
  AdvanceAll(turn);
}

Time UserAgentCore::deadline() const {
  return std::min({scope_.transactions.deadline(), scope_.dialogs.deadline(),
                   scope_.server_deadlines.Next(), scope_.registration_deadlines.Next()});
}

void UserAgentCore::Dispose(Context& context, EventQueue& events, HandleOwners& owners) {
  Turn turn{scope_, context, events, owners};
  for (const auto handle : scope_.registrations.handles()) {
    DisposeRegistrationNow(turn, handle);
  }
  for (const DialogHandle handle : scope_.dialogs.handles()) DisposeDialogNow(turn, handle);
  for (const auto handle : scope_.clients.handles()) {
    DisposeClientNow(turn, handle);
  }
  for (const auto handle : scope_.servers.handles()) EndServer(turn, handle);
  turn.Terminate(scope_.handle);
}

}  // namespace sip
