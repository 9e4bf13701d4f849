#include "user_agents/user_agent_core.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <utility>
#include <variant>

#include "base/str_cat.h"
#include "base/string.h"
#include "messages/method.h"
#include "messages/parser.h"
#include "messages/warnings.h"
#include "user_agents/dialog_user_agent.h"
#include "user_agents/invite_user_agent_client.h"
#include "user_agents/invite_user_agent_server.h"
#include "user_agents/lone_transaction.h"
#include "user_agents/refer.h"
#include "user_agents/registration.h"
#include "user_agents/subscription.h"
#include "user_agents/transaction_outcomes.h"

namespace sip {
namespace {

// RFC 3261 section 8.1.1: what a request must have.
Status CheckRequest(const SendRequest& request) {
  if (!IsToken(request.method)) return InvalidArgumentError("the method is no token");
  if (request.method == method::kAck || request.method == method::kCancel) {
    return InvalidArgumentError("ACK and CANCEL are not sent by themselves");
  }
  if (!ParseUri(request.request_uri).has_value()) {
    return InvalidArgumentError("the Request-URI is no URI");
  }
  if (Status status = CheckIdentity(request.from, request.to, request.call_id); !status.ok()) {
    return status;
  }
  return CheckSequence(request.cseq);
}

RequestParts PartsOf(const SendRequest& command) {
  return {.method = command.method,
          .request_uri = command.request_uri,
          .from = command.from,
          .to = command.to,
          .call_id = command.call_id,
          .cseq = command.cseq,
          .routes = command.routes.text,
          .headers = command.headers.text,
          .body = BodyOf(command)};
}

Status Perform(Turn& turn, const ConfigureCore& command, Reply&) {
  Configure(turn.core, command.configuration);
  return OkStatus();
}

Status Perform(Turn& turn, const DisposeCore&, Reply&) {
  CoreScope& core = turn.core;
  for (const auto handle : core.registrations.handles()) DisposeRegistrationNow(turn, handle);
  for (const auto handle : core.dialogs.handles()) DisposeDialogNow(turn, handle);
  for (const auto handle : core.clients.handles()) DisposeClientNow(turn, handle);
  for (const auto handle : core.servers.handles()) EndServer(turn, handle);
  for (const auto handle : core.transactions.handles()) EndLoneTransaction(turn, handle);
  turn.Terminate(core.handle);
  core.disposed = true;
  return OkStatus();
}

Status Perform(Turn& turn, const SetConnected& command, Reply&) {
  turn.core.flow.connected = command.connected;
  if (!command.connected) {
    for (const TransactionHandle transaction : turn.core.transactions.handles()) {
      ApplyOutcome(turn, turn.core.transactions.Fail(transaction), nullptr, 0);
    }
  }
  return OkStatus();
}

Status Perform(Turn& turn, const ReportSendFailure& command, Reply&) {
  if (UserAgentClient* client = turn.core.FindClient(ClientHandle{command.origin})) {
    const TransactionHandle transaction = client->transaction;
    ApplyOutcome(turn, turn.core.transactions.Fail(transaction), nullptr, 0);
  } else if (turn.core.FindServer(ServerHandle{command.origin}) != nullptr) {
    turn.Emit(ResponseFailed{.server = ServerHandle{command.origin}});
  }
  return OkStatus();
}

Status Perform(Turn& turn, const SendRequest& command, Reply& reply) {
  if (Status status = CheckRequest(command); !status.ok()) return status;
  if (command.method == method::kSubscribe) {
    return Subscribe(turn, PartsOf(command), command.after, reply);
  }
  reply.handle = static_cast<uint32_t>(StartClient(turn, PartsOf(command)));
  return OkStatus();
}

Status Perform(Turn& turn, const FormatRequest& command, Reply& reply) {
  if (Status status = CheckRequest(command.request); !status.ok()) return status;
  RequestParts request = PartsOf(command.request);
  const String headers = WithDefaultHeaders(turn, request);
  request.headers = headers;
  reply.text = turn.core.transactions.BuildWithVia(request, turn.core.flow, turn.context);
  return OkStatus();
}

Status Perform(Turn& turn, const DisposeDialog& command, Reply&) {
  if (turn.core.dialogs.Find(command.dialog) == nullptr) return NotFoundError("no such dialog");
  DisposeDialogNow(turn, command.dialog);
  return OkStatus();
}

Status Perform(Turn& turn, const DisposeRequest& command, Reply&) {
  const ServerHandle of_server{command.request};
  if (const UserAgentServer* server = turn.core.FindServer(of_server)) {
    DialogEntry* entry = turn.core.dialogs.Find(server->dialog);
    if (entry != nullptr && entry->session.state() == SessionState::kEarly &&
        entry->session.server_invite() == of_server) {
      EndSession(turn, *entry);
    }
  }
  DisposeClientNow(turn, ClientHandle{command.request});
  EndServer(turn, of_server);
  EndLoneTransaction(turn, TransactionHandle{command.request});
  return turn.owners.Find(command.request) ? NotFoundError("no such request") : OkStatus();
}

// How one kind of command is read and performed.
struct Order {
  const FieldKind* fields;
  Status (*perform)(Turn& turn, const void* command, Reply& reply);
};

template <typename Each>
Status PerformAs(Turn& turn, const void* command, Reply& reply) {
  return Perform(turn, *static_cast<const Each*>(command), reply);
}

template <typename... Each>
constexpr std::array<Order, sizeof...(Each)> OrdersOf(const std::variant<CreateCore, Each...>*) {
  return {Order{kFields<Each>.data(), PerformAs<Each>}...};
}

// By their numbers in `Command`, from 1 on: the first, CreateCore, is the Stack's.
constexpr auto kOrders = OrdersOf(static_cast<const Command*>(nullptr));

Status ReadAndPerform(Turn& turn, CommandReader& reader, Reply& reply) {
  const uint32_t order = reader.Word() - 1;
  if (order >= kOrders.size()) return InvalidArgumentError("there is no such command");
  alignas(Command) std::byte command[sizeof(Command)];
  reader.Read(kOrders[order].fields, command);
  if (Status status = reader.Finish(); !status.ok()) return status;
  return kOrders[order].perform(turn, command, reply);
}

// A message that is a message.
void ReceiveMessage(Turn& turn, Message& message) {
  // RFC 3261 section 18.1.2: a response whose Via is not ours "MUST be silently discarded".
  if (!message.is_request() && !IsOurs(turn.core.flow, message.via())) {
    turn.Emit(Discarded{.core = turn.core.handle, .reason = "The Via of a response is not ours."});
    return;
  }
  TransactionTable::Received received = turn.core.transactions.Receive(message, turn.context);
  ApplyOutcome(turn, received.outcome, &message, 0);
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

}  // namespace

void Configure(CoreScope& core, const CoreConfiguration& configuration) {
  core.flow.transport = configuration.transport;
  core.flow.sent_by = configuration.sent_by;
  core.flow.force_rport = configuration.force_rport;
  core.configuration = configuration;
}

void Receive(Turn& turn, std::string_view text, uint32_t serial) {
  // RFC 5626 section 4.4.1: "CRLF" alone is a pong, and a double one a ping of the peer.
  if (text.find_first_not_of("\r\n") == std::string_view::npos) return;
  const size_t max_size = turn.core.configuration->max_message_size;
  auto parsed = ParseMessage(text, max_size == 0 ? kMaxMessageSize : max_size);
  if (auto* malformed = std::get_if<MalformedMessage>(&parsed)) {
    turn.Emit(Discarded{.core = turn.core.handle, .reason = malformed->reason});
    if (malformed->status != 0) turn.Transmit(ServerHandle{}, malformed->response);
    return;
  }
  Message& message = std::get<Message>(parsed);
  message.set_serial(serial);
  if (!turn.core.configuration->quiet) {
    const String warnings = Warnings(message);
    if (!warnings.empty()) turn.Log(LogLevel::kWarn, "sip.Parser", warnings);
  }
  ReceiveMessage(turn, message);
  Advance(turn);
}

Status PerformCommand(Turn& turn, CommandReader& reader, Reply& reply) {
  Status status = ReadAndPerform(turn, reader, reply);
  if (!turn.core.lone_transactions) Advance(turn);
  return status;
}

void Advance(Turn& turn) {
  CoreScope& core = turn.core;
  // Whatever is moved by what it does is moved into the future, so each loop ends. Dialogs first:
  // one may speak of a server whose transaction ends at the same moment, 64*T1 after a 2xx.
  while (const auto dialog = core.dialogs.PopDue(turn.now())) AdvanceDialog(turn, *dialog);
  while (const auto outcome = core.transactions.Advance(turn.context)) {
    ApplyOutcome(turn, *outcome, nullptr, 0);
  }
  while (const auto client = core.client_deadlines.PopDue(turn.now())) {
    UserAgentClient& waiting = *core.FindClient(*client);
    SendClient(turn, waiting, *waiting.request);
  }
  while (const auto server = core.server_deadlines.PopDue(turn.now())) AdvanceServer(turn, *server);
  while (const auto registration = core.registration_deadlines.PopDue(turn.now())) {
    AdvanceRegistration(turn, *registration);
  }
}

Time DeadlineOf(const CoreScope& core) {
  return std::min({core.transactions.deadline(), core.dialogs.deadline(),
                   core.client_deadlines.Next(), core.server_deadlines.Next(),
                   core.registration_deadlines.Next()});
}

}  // namespace sip
