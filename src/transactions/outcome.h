#ifndef SIPWASM_SRC_TRANSACTIONS_OUTCOME_H_
#define SIPWASM_SRC_TRANSACTIONS_OUTCOME_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/handles.h"

// What a transaction wants done, in this order. It is returned, never called back.
namespace sip {

struct TransactionOutcome {
  enum class Kind : uint8_t {
    kTransmit,  // hand `text` to the transport

    // RFC 3261 section 17.1.1.2: the message just received is passed up to the transaction user.
    kPassUp,

    // Timer B, F or H fired: "the TU MUST be informed of a timeout". `text` is a client's request
    // as it was sent, since the transaction is gone itself when this is read.
    kTimedOut,

    // RFC 3261 section 17.1.4: "The client transaction SHOULD inform the TU that a transport
    // failure has occurred". `text` as above.
    kTransportFailed,

    kEnded,  // the transaction is gone, and its handle with it
  };

  Kind kind;
  TransactionHandle transaction{};  // whose it is; 0 for kTransmit
  std::string text = {};
};

using TransactionOutcomes = std::vector<TransactionOutcome>;

inline TransactionOutcome Transmit(std::string text) {
  return {TransactionOutcome::Kind::kTransmit, TransactionHandle{}, std::move(text)};
}
inline TransactionOutcome PassUp(TransactionHandle transaction) {
  return {TransactionOutcome::Kind::kPassUp, transaction, {}};
}
inline TransactionOutcome TimedOut(TransactionHandle transaction, std::string request = {}) {
  return {TransactionOutcome::Kind::kTimedOut, transaction, std::move(request)};
}
inline TransactionOutcome TransportFailed(TransactionHandle transaction, std::string request = {}) {
  return {TransactionOutcome::Kind::kTransportFailed, transaction, std::move(request)};
}
inline TransactionOutcome Ended(TransactionHandle transaction) {
  return {TransactionOutcome::Kind::kEnded, transaction, {}};
}

}  // namespace sip

#endif  // SIPWASM_SRC_TRANSACTIONS_OUTCOME_H_
