#ifndef SIPWASM_SRC_TRANSACTIONS_OUTCOME_H_
#define SIPWASM_SRC_TRANSACTIONS_OUTCOME_H_

#include <cstdint>

#include "base/handles.h"
#include "base/string.h"

namespace sip {

// The states of the four machines.
enum class TransactionState : uint8_t {
  kAccepted,
  kCalling,
  kCompleted,
  kConfirmed,
  kProceeding,
  kTerminated,
  kTrying
};

// What a transaction wants done. It is returned, never called back.
struct TransactionOutcome {
  // A set of these; they are done in this order.
  enum Part : uint8_t {
    kTransmit = 1,  // hand `text` to the transport

    // RFC 3261 section 17.1.1.2: the message just received is passed up to the transaction user.
    kPassUp = 2,

    // Timer B, F or H fired: "the TU MUST be informed of a timeout". `text` is a client's request
    // as it was sent, since the transaction is gone itself when this is read.
    kTimedOut = 4,

    // RFC 3261 section 17.1.4: "The client transaction SHOULD inform the TU that a transport
    // failure has occurred". `text` as above.
    kTransportFailed = 8,

    kEnded = 16,  // the transaction is gone, and its handle with it
  };

  bool Has(Part part) const { return (parts & part) != 0; }

  int parts = 0;
  String text = {};
  // Whose it is and where that stands now, as the TransactionTable says.
  TransactionHandle transaction{};
  TransactionState state = TransactionState::kTerminated;
};

}  // namespace sip

#endif  // SIPWASM_SRC_TRANSACTIONS_OUTCOME_H_
