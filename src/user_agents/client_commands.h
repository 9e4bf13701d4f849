#ifndef SIPWASM_SRC_USER_AGENTS_CLIENT_COMMANDS_H_
#define SIPWASM_SRC_USER_AGENTS_CLIENT_COMMANDS_H_

#include <cstdint>
#include <string_view>

#include "base/handles.h"
#include "messages/builder.h"

// Commands for requests on their way out (RFC 3261 section 8.1), and for what a SUBSCRIBE has made.
// See command.h.
namespace sip {

// RFC 3261 section 8.1: a request outside of any dialog. An INVITE makes dialogs with what comes
// back, a SUBSCRIBE (which must have an Event) one with the first NOTIFY, if one comes within Timer
// N (RFC 6665 section 4.1.2.4). From must have a tag, To must have none. Max-Forwards, Contact,
// Allow, Supported and User-Agent are added where they belong unless `headers` has them. A
// SUBSCRIBE waits for `after` seconds before it is sent. Reply: `client`.
struct SendRequest {
  static constexpr char kName[] = "sendRequest";
  CoreHandle core{};
  std::string_view method;
  std::string_view request_uri;
  std::string_view from;
  std::string_view to;
  std::string_view call_id;
  uint32_t cseq = 1;  // below 2**30
  uint32_t after = 0;
  HeaderLines routes;  // Route
  HeaderLines headers;
  std::string_view body;
  std::string_view content_type;
  std::string_view content_disposition;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("method", method);
    field("requestUri", request_uri);
    field("from", from);
    field("to", to);
    field("callId", call_id);
    field("cseq", cseq);
    field("after", after);
    field("routes", routes);
    field("headers", headers);
    field("body", body);
    field("contentType", content_type);
    field("contentDisposition", content_disposition);
  }
};

// The text that SendRequest would send, without sending it. Its Via has a branch that is not used.
// Reply: `text`.
struct FormatRequest {
  static constexpr char kName[] = "formatRequest";
  SendRequest request;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    request.Fields(field);
  }
};

// RFC 3261 section 12.2.1: a request within a dialog: BYE, INFO, MESSAGE, NOTIFY, REFER, UPDATE,
// INVITE for a re-INVITE, SUBSCRIBE to refresh or end the subscription with the same Event, or to
// make one. `cseq` is 0 for the next sequence number. A BYE ends the session at once.
// FailedPrecondition if the dialog's state forbids it (a re-INVITE while another is under way, RFC
// 3261 section 14.1). Reply: `client`.
struct SendInDialog {
  static constexpr char kName[] = "sendInDialog";
  DialogHandle dialog{};
  std::string_view method;
  uint32_t cseq = 0;
  HeaderLines headers;
  std::string_view body;
  std::string_view content_type;
  std::string_view content_disposition;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("dialog", dialog);
    field("method", method);
    field("cseq", cseq);
    field("headers", headers);
    field("body", body);
    field("contentType", content_type);
    field("contentDisposition", content_disposition);
  }
};

// RFC 3261 section 13.2.2.4: the ACK to the 2xx that `client` (an INVITE or re-INVITE) got in
// `dialog`. It may be given as long as the dialog lives, also when `client` is over (64*T1 after
// the 2xx). Retransmitted 2xx are acknowledged again by the core. Reply: `text`, as it was sent.
struct Acknowledge {
  static constexpr char kName[] = "acknowledge";
  DialogHandle dialog{};
  ClientHandle client{};
  HeaderLines headers;
  std::string_view body;
  std::string_view content_type;
  std::string_view content_disposition;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("dialog", dialog);
    field("client", client);
    field("headers", headers);
    field("body", body);
    field("contentType", content_type);
    field("contentDisposition", content_disposition);
  }
};

// RFC 3261 section 9.1. Before a provisional response has come the CANCEL waits for one. After a
// final response it is FailedPrecondition. A 2xx that was faster is delivered as usual: it is to
// be acknowledged and ended with a BYE. `headers`: Reason (RFC 3326) and the like. With `told` the
// CANCEL is sent at once and has a client of its own. Reply: the text that is sent or will be, and
// that client.
struct Cancel {
  static constexpr char kName[] = "cancel";
  ClientHandle client{};
  bool told = false;
  HeaderLines headers;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("client", client);
    field("told", told);
    field("headers", headers);
  }
};

// The answer to a digest challenge, without a request that got it. `challenge` is a value of
// WWW-Authenticate, `nonce_count` that of the credentials made before with its nonce, `body` that
// of the request. Reply: the value of Authorization, or nothing for a challenge that cannot be
// answered.
struct FormatCredentials {
  static constexpr char kName[] = "formatCredentials";
  CoreHandle core{};
  std::string_view challenge;
  std::string_view username;
  std::string_view password;
  std::string_view ha1;
  std::string_view method;
  std::string_view uri;
  std::string_view body;
  uint32_t nonce_count = 0;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("challenge", challenge);
    field("username", username);
    field("password", password);
    field("ha1", ha1);
    field("method", method);
    field("uri", uri);
    field("body", body);
    field("nonceCount", nonce_count);
  }
};

// RFC 6665 section 4.1.2.2: whether the core refreshes the subscription of a dialog, when nine
// tenths of its time have passed, and for how many seconds it lasts from now on.
struct KeepSubscription {
  static constexpr char kName[] = "keepSubscription";
  DialogHandle dialog{};
  bool refresh = false;
  uint32_t expires = 0;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("dialog", dialog);
    field("refresh", refresh);
    field("expires", expires);
  }
};

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_CLIENT_COMMANDS_H_
