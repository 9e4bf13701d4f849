#ifndef SIPWASM_SRC_USER_AGENTS_EVENT_H_
#define SIPWASM_SRC_USER_AGENTS_EVENT_H_

#include <cstdint>
#include <string_view>
#include <variant>

#include "base/handles.h"
#include "base/list.h"
#include "dialogs/invite_usage.h"
#include "dialogs/offer_answer.h"
#include "dialogs/subscribe_usage.h"
#include "messages/message.h"
#include "transactions/outcome.h"

// What the user of a user agent is told. As in command.h, `Fields` says each event's fields once.
// An event only points at what it speaks of: it is written down at once, see `Turn::Emit`. Its
// message is one that came in, or a response that stands for none (RFC 3261 section 8.1.3.1).
namespace sip {

// Hand this text to the transport, now. `origin` is the client or server whose request or response
// it is, 0 for what the core sends by itself.
struct Transmitted {
  static constexpr char kName[] = "transmit";
  CoreHandle core{};
  uint32_t origin = 0;
  std::string_view text;
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("core", core);
    field("origin", origin);
    field("text", text);
  }
};

// A request that wants an answer: `server` is what to respond to. `dialog` is 0 outside of dialogs.
// An INVITE's server lives until its transaction is over; `terminated` says when. Requests that the
// core can answer by itself (a retransmission, an unknown method, a malformed one, OPTIONS outside
// of dialogs) are not seen here.
struct RequestReceived {
  static constexpr char kName[] = "requestReceived";
  CoreHandle core{};
  ServerHandle server{};
  DialogHandle dialog{};
  Signaling signaling = Signaling::kInitial;  // of the dialog, after this request
  const Message* message = nullptr;
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("core", core);
    field("server", server);
    field("dialog", dialog);
    field("signaling", signaling);
    field("message", message);
  }
};

// RFC 3261 section 9.2: the INVITE `server` was cancelled. The CANCEL has been answered with 200
// and the INVITE with 487.
struct CancelReceived {
  static constexpr char kName[] = "cancelReceived";
  ServerHandle server{};
  const Message* message = nullptr;
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("server", server);
    field("message", message);
  }
};

// RFC 3261 section 13.3.1.4: the ACK to a 2xx of ours.
struct AckReceived {
  static constexpr char kName[] = "ackReceived";
  DialogHandle dialog{};
  ServerHandle server{};
  Signaling signaling = Signaling::kInitial;
  const Message* message = nullptr;
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("dialog", dialog);
    field("server", server);
    field("signaling", signaling);
    field("message", message);
  }
};

// No ACK came in 64*T1. The core has sent the BYE that section 13.3.1.4 asks for; the session's end
// is the next event.
struct AckTimedOut {
  static constexpr char kName[] = "ackTimedOut";
  DialogHandle dialog{};
  ServerHandle server{};
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("dialog", dialog);
    field("server", server);
  }
};

// A response to `client`; with `local`, one that the core made itself: 408 for a timeout, 503 for
// a lost connection (RFC 3261 section 8.1.3.1). `dialog`: the one it made, confirmed or belongs to.
// Challenges that could be answered are not seen here.
struct ResponseReceived {
  static constexpr char kName[] = "responseReceived";
  ClientHandle client{};
  DialogHandle dialog{};
  bool local = false;
  Signaling signaling = Signaling::kInitial;  // of the dialog, after this response
  const Message* message = nullptr;
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("client", client);
    field("dialog", dialog);
    field("local", local);
    field("signaling", signaling);
    field("message", message);
  }
};

// A dialog came to be, or something of it changed that its face shows. Comes before the event of
// the message that did it. With kTerminated the session is over; the dialog itself may live on for
// a subscription, until `terminated`.
//
// One that a SUBSCRIBE is to make is told of once that was sent, and has no remote tag until its
// NOTIFY comes. If none comes in time, or one that does not make a dialog, the subscription becomes
// kTerminated without one; if the SUBSCRIBE is refused, only `terminated` says so.
struct DialogChanged {
  static constexpr char kName[] = "dialogChanged";
  CoreHandle core{};
  DialogHandle dialog{};
  SessionState state = SessionState::kInitial;
  Signaling signaling = Signaling::kInitial;
  std::string_view call_id;
  std::string_view local_tag;
  std::string_view remote_tag;
  std::string_view local;   // From of our requests in it
  std::string_view remote;  // To of them
  std::string_view remote_target;
  SubscriptionState subscription = SubscriptionState::kInitial;  // that a SUBSCRIBE made
  uint32_t expires = 0;   // seconds until it is over, as granted, or asked for until then
  uint32_t again = 0;     // until the core refreshes it, or, if it is over, until one should
                          // subscribe anew; 2**32 - 1: never
  ClientHandle client{};  // the SUBSCRIBE that was just sent: to make it, or by the core
  List<std::string_view> routes;  // values of Route
  uint32_t local_sequence = 0;    // 0: no request yet
  uint32_t remote_sequence = 0;
  bool secure = false;
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("core", core);
    field("dialog", dialog);
    field("subscription", subscription);
    field("expires", expires);
    field("again", again);
    field("client", client);
    field("state", state);
    field("signaling", signaling);
    field("callId", call_id);
    field("localTag", local_tag);
    field("remoteTag", remote_tag);
    field("local", local);
    field("remote", remote);
    field("remoteTarget", remote_target);
    field("routes", routes);
    field("localSequence", local_sequence);
    field("remoteSequence", remote_sequence);
    field("secure", secure);
  }
};

enum class RegistrationState : uint8_t { kUnregistered, kRegistered };

// How a registration stands after `message` (a final response; provisional ones come as
// ResponseReceived), or (without one) after its time ran out. `client` is
// the REGISTER that it answers.
struct RegistrationChanged {
  static constexpr char kName[] = "registrationChanged";
  RegistrationHandle registration{};
  ClientHandle client{};
  RegistrationState state = RegistrationState::kUnregistered;
  bool refresh = false;              // of a REGISTER that the core sent by itself
  bool local = false;                // as in ResponseReceived
  uint32_t expires = 0;              // seconds granted, 0 unless registered
  uint32_t retry_after = 0;          // seconds, 0 if the response named none
  List<std::string_view> contacts;   // the values of Contact in a 2xx
  const Message* message = nullptr;  // may be null
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("registration", registration);
    field("client", client);
    field("state", state);
    field("refresh", refresh);
    field("local", local);
    field("expires", expires);
    field("retryAfter", retry_after);
    field("contacts", contacts);
    field("message", message);
  }
};

// A response of `server` could not be handed to a connected transport (RFC 3261 section 17.2.4).
struct ResponseFailed {
  static constexpr char kName[] = "responseFailed";
  ServerHandle server{};
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("server", server);
  }
};

// What has become of a transaction that stands alone, by its timers: its user is to do what the
// machine wants, a set of TransactionOutcome::Part. `text` is what it wants sent. Of one that is
// watched, only its state, and whether it has ended.
struct TransactionChanged {
  static constexpr char kName[] = "transactionChanged";
  TransactionHandle transaction{};
  TransactionState state = TransactionState::kTerminated;
  uint32_t parts = 0;
  std::string_view text;
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("transaction", transaction);
    field("state", state);
    field("parts", parts);
    field("text", text);
  }
};

// The last that is ever heard of a handle.
struct Terminated {
  static constexpr char kName[] = "terminated";
  uint32_t handle = 0;
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("handle", handle);
  }
};

enum class LogLevel : uint8_t { kError, kWarn, kLog, kDebug };

// A line for the log, from the part of the core that `category` names as SIP.js does.
struct Logged {
  static constexpr char kName[] = "log";
  CoreHandle core{};
  LogLevel level = LogLevel::kLog;
  std::string_view category;
  std::string_view text;
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("core", core);
    field("level", level);
    field("category", category);
    field("text", text);
  }
};

// What came in was no SIP message, or one that nobody can use; it was dropped, or answered with an
// error where the RFC asks for one.
struct Discarded {
  static constexpr char kName[] = "discarded";
  CoreHandle core{};
  std::string_view reason;
  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("core", core);
    field("reason", reason);
  }
};

// Which there are. The core makes no such variant; tests and tools read events into it.
using Event = std::variant<Transmitted, RequestReceived, CancelReceived, AckReceived, AckTimedOut,
                           ResponseReceived, DialogChanged, RegistrationChanged, ResponseFailed,
                           TransactionChanged, Terminated, Logged, Discarded>;

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_EVENT_H_
