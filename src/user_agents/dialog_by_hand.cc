#include <memory>
#include <utility>
#include <variant>

#include "base/string.h"
#include "messages/parser.h"
#include "user_agents/dialog_user_agent.h"

// Dialogs that the user makes and changes without a message.
namespace sip {
namespace {

void Change(Turn& turn, DialogEntry& entry, const PutDialog& command) {
  InviteUsage& session = entry.session;
  entry.dialog.RaiseSequence(command.local_sequence);
  if (entry.dialog.route_set() != command.routes.text) entry.dialog.SetRoutes(command.routes.text);
  if (command.exchange == 3) {
    session.offer_answer().Rollback();
  } else if (command.exchange != 0) {
    session.offer_answer().Pass(/*sent=*/command.exchange == 1);
  }
  if (command.state >= static_cast<uint32_t>(SessionState::kConfirmed)) {
    if (!command.body.empty()) {
      session.AwaitAck(ServerHandle{}, command.remote_sequence, String(command.body), turn.now());
    } else if (session.state() < SessionState::kAckWait) {
      session.Confirm();
      session.Succeed({.client = ClientHandle{}, .cseq = command.local_sequence});
    }
    entry.dialog.Confirm();
  } else {
    session.Progress();
  }
  turn.core.dialogs.Reschedule(entry);
  AnnounceDialog(turn, entry);
}

}  // namespace

Status Perform(Turn& turn, const DescribeDialog& command, Reply&) {
  const auto parsed = ParseMessage(command.body);
  const auto* message = std::get_if<Message>(&parsed);
  if (message == nullptr) return InvalidArgumentError("this is no message");
  const Dialog dialog = message->is_request()
                            ? Dialog::FromRequest(*message, command.from)
                            : Dialog::FromResponse({.request_uri = command.request_uri,
                                                    .from = command.from,
                                                    .call_id = command.call_id,
                                                    .cseq = command.cseq},
                                                   *message);
  AnnounceDialog(turn, dialog,
                 {.state = dialog.confirmed() ? SessionState::kConfirmed : SessionState::kEarly});
  return OkStatus();
}

Status Perform(Turn& turn, const PutDialog& command, Reply& reply) {
  if (Status status = CheckSequence(command.local_sequence); !status.ok()) return status;
  // It is sent again as long as there is no ACK.
  if (!command.body.empty() && !std::holds_alternative<Message>(ParseMessage(command.body))) {
    return InvalidArgumentError("this is no message");
  }
  reply.handle = static_cast<uint32_t>(command.dialog);
  DialogEntry* entry = turn.core.dialogs.Find(command.dialog);
  if (entry == nullptr) {
    if (IsSet(command.dialog)) return NotFoundError("no such dialog");
    if (Status status = CheckIdentity(command.local, command.remote, command.call_id);
        !status.ok()) {
      return status;
    }
    if (!ParseUri(command.remote_target).has_value()) {
      return InvalidArgumentError("the remote target is no URI");
    }
    const DialogId id = {String(command.call_id), String(command.local_tag),
                         String(command.remote_tag)};
    if (turn.core.dialogs.Find(id) != nullptr) {
      return FailedPreconditionError("there is such a dialog");
    }
    const auto handle = turn.NewHandle<DialogHandle>();
    reply.handle = static_cast<uint32_t>(handle);
    entry = &turn.core.dialogs.Add(std::unique_ptr<DialogEntry>(
        new DialogEntry{.handle = handle,
                        .dialog = Dialog::FromParts({.call_id = command.call_id,
                                                     .local_tag = command.local_tag,
                                                     .remote_tag = command.remote_tag,
                                                     .local = command.local,
                                                     .remote = command.remote,
                                                     .remote_target = command.remote_target,
                                                     .routes = command.routes.text,
                                                     .local_sequence = command.local_sequence,
                                                     .remote_sequence = command.remote_sequence,
                                                     .secure = command.secure}),
                        .session = InviteUsage(OfferAnswer())}));
  }
  Change(turn, *entry, command);
  return OkStatus();
}

}  // namespace sip
