#ifndef SIPWASM_SRC_TRANSACTIONS_OUTCOME_H_
#define SIPWASM_SRC_TRANSACTIONS_OUTCOME_H_

#include <string>
#include <variant>

#include "absl/container/inlined_vector.h"
#include "base/handles.h"

// What a transaction wants done, in this order. It is returned, never called back.
namespace sip {

// Hand these bytes to the transport.
struct Transmit {
  std::string text;
};

// RFC 3261 section 17.1.1.2: the message just received is passed up to the transaction user.
struct PassUp {
  TransactionHandle transaction;
};

// Timer B, F or H fired: "the TU MUST be informed of a timeout". A client transaction hands over
// its request as it was sent, since it is gone itself when this is read.
struct TimedOut {
  TransactionHandle transaction;
  std::string request = {};
};

// RFC 3261 section 17.1.4: "The client transaction SHOULD inform the TU that a transport failure
// has occurred". `request` as above.
struct TransportFailed {
  TransactionHandle transaction;
  std::string request = {};
};

// The transaction is gone, and its handle with it.
struct Ended {
  TransactionHandle transaction;
};

using TransactionOutcome = std::variant<Transmit, PassUp, TimedOut, TransportFailed, Ended>;
using TransactionOutcomes = absl::InlinedVector<TransactionOutcome, 2>;

}  // namespace sip

#endif  // SIPWASM_SRC_TRANSACTIONS_OUTCOME_H_
