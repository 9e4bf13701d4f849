#ifndef SIPWASM_SRC_USER_AGENTS_COMMAND_H_
#define SIPWASM_SRC_USER_AGENTS_COMMAND_H_

#include <cstdint>
#include <variant>

#include "base/string.h"
#include "user_agents/client_commands.h"
#include "user_agents/core_commands.h"
#include "user_agents/dialog_commands.h"
#include "user_agents/registration_commands.h"
#include "user_agents/server_commands.h"
#include "user_agents/transaction_commands.h"

// What the user of a user agent can order. Each command says its fields once, in `Fields`: from
// that follow the wire form at the door, the JSON of traces, and the TypeScript types
// (js/engine/wire.ts). Field types: numbers, booleans, handles, texts, header lines. Texts are
// views of what came through the door: whoever keeps one, copies it.
//
// No text but a body may hold CR, LF or NUL, and every header line has a name (InvalidArgument).
// `headers` are kept in their order; header fields that the core writes itself (Via, From, To,
// Call-ID, CSeq, Content-Type, Content-Length) do not belong there.
namespace sip {

// Which there are; the first field of each but CreateCore is the handle of what it is for. The core
// makes no such variant: it reads each into its struct and calls the `Perform` that takes it.
using Command =
    std::variant<CreateCore, ConfigureCore, DisposeCore, SetConnected, ReportSendFailure,
                 SendRequest, FormatRequest, SendInDialog, Acknowledge, Cancel, ServeRequest,
                 Respond, FormatResponse, FormatCredentials, NotifyReferrer, KeepSubscription,
                 DescribeDialog, PutDialog, DisposeDialog, DisposeRequest, WatchRequest,
                 StartTransaction, DriveTransaction, CreateRegistration, Register, Unregister,
                 DisposeRegistration>;

// What a command gives back at once. Everything else comes as events.
struct Reply {
  uint32_t handle = 0;  // of what the command made: a core, client, dialog or registration
  String text = {};     // where the command says so
};

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_COMMAND_H_
