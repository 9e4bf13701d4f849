#ifndef SIPWASM_SRC_USER_AGENTS_TRANSACTION_COMMANDS_H_
#define SIPWASM_SRC_USER_AGENTS_TRANSACTION_COMMANDS_H_

#include <cstdint>
#include <string_view>

#include "base/handles.h"

// Commands for the transactions of clients and servers, and for those that stand alone (RFC 3261
// section 17). See command.h.
namespace sip {

// The transaction of a client or server is looked at: from now on `transactionChanged` tells of it,
// under the handle of the client or server. Reply: its state.
struct WatchRequest {
  static constexpr char kName[] = "watchRequest";
  uint32_t request = 0;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("request", request);
  }
};

// Nobody wants to hear of this client, server or transaction that stands alone any more: it ends
// quietly, and with a server its early dialog.
struct DisposeRequest {
  static constexpr char kName[] = "disposeRequest";
  uint32_t request = 0;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("request", request);
  }
};

// A transaction without a user agent: its user drives the machine, and sends what it wants sent.
// `core` may have no others. `body` is the request of a client, which has been sent. A timer of
// zero fires at the next wake-up. Reply: `transaction`.
struct StartTransaction {
  static constexpr char kName[] = "startTransaction";
  CoreHandle core{};
  bool reliable = true;  // its transport
  bool invite = false;
  bool server = false;
  std::string_view body;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("reliable", reliable);
    field("invite", invite);
    field("server", server);
    field("body", body);
  }
};

// What the user has for a transaction: of a client's, the `status` of a response; of a server's, a
// response, or with status 0 the request, which came once more, or with the text "ACK" its ACK.
// With the handle of a server, a response in its transaction, which is sent. Reply: as in the event
// `transactionChanged`; the number is `parts` and 256 times `state`.
struct DriveTransaction {
  static constexpr char kName[] = "driveTransaction";
  TransactionHandle transaction{};
  uint32_t status = 0;
  std::string_view body;  // the text
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("transaction", transaction);
    field("status", status);
    field("body", body);
  }
};

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_TRANSACTION_COMMANDS_H_
