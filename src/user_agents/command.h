#ifndef SIPWASM_SRC_USER_AGENTS_COMMAND_H_
#define SIPWASM_SRC_USER_AGENTS_COMMAND_H_

#include <cstdint>
#include <string_view>
#include <variant>

#include "base/handles.h"
#include "base/string.h"
#include "messages/builder.h"
#include "user_agents/core_configuration.h"

// What the user of a user agent can order. Each command says its fields once, in `Fields`: from
// that follow the wire form at the door, the JSON of traces, and the TypeScript types
// (js/engine/wire.ts). Field types: numbers, booleans, handles, texts, header lines. Texts are
// views of what came through the door: whoever keeps one, copies it.
//
// No text but a body may hold CR, LF or NUL, and every header line has a name (InvalidArgument).
// `headers` are kept in their order; header fields that the core writes itself (Via, From, To,
// Call-ID, CSeq, Content-Type, Content-Length) do not belong there.
namespace sip {

// RFC 3261 section 8: a user agent core comes to be. Reply: its handle.
struct CreateCore {
  static constexpr char kName[] = "createCore";
  CoreConfiguration configuration;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    configuration.Fields(field);
  }
};

// Replaces the configuration; holds for messages from then on.
struct ConfigureCore {
  static constexpr char kName[] = "configureCore";
  CoreHandle core{};
  CoreConfiguration configuration;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    configuration.Fields(field);
  }
};

// Ends the core and everything in it at once, without a word to any peer. Every handle of it gets
// its `terminated`, the core's own comes last.
struct DisposeCore {
  static constexpr char kName[] = "disposeCore";
  CoreHandle core{};
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
  }
};

// The transport of this core has connected, or has lost its connection. A lost one fails every
// client transaction at once (RFC 3261 section 17.1.4: a local 503); dialogs, registrations and
// server transactions live on.
struct SetConnected {
  static constexpr char kName[] = "setConnected";
  CoreHandle core{};
  bool connected = false;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("connected", connected);
  }
};

// The transport refused the text that the `transmit` event with this `origin` brought. A client
// gets a local 503 (RFC 3261 section 8.1.3.1), of a server `responseFailed` is told; 0 tells
// nothing.
struct ReportSendFailure {
  static constexpr char kName[] = "reportSendFailure";
  CoreHandle core{};
  uint32_t origin = 0;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("origin", origin);
  }
};

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

// A request came in that the user has read and takes for granted: it becomes a server, without the
// inspection of RFC 3261 section 8.2 and without an event. FailedPrecondition for one that was
// received before. Reply: `server`.
struct ServeRequest {
  static constexpr char kName[] = "serveRequest";
  CoreHandle core{};
  std::string_view body;  // the text
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("body", body);
  }
};

// RFC 3261 section 8.2.6: answers a request that came in. The To tag is `to_tag`, or the core's if
// that is empty or a dialog has another. A 1xx (but 100)
// or 2xx to an INVITE makes or confirms a dialog and gets a Contact; the 2xx is sent again until
// its ACK comes (section 13.3.1.4). `reason` "" is the registry's phrase. FailedPrecondition after
// a final response, but for another 2xx to an INVITE. Reply: `dialog` if there is one, `text` as it
// was sent.
struct Respond {
  static constexpr char kName[] = "respond";
  ServerHandle server{};
  uint32_t status = 0;
  std::string_view reason;
  std::string_view to_tag;
  HeaderLines headers;
  std::string_view body;
  std::string_view content_type;
  std::string_view content_disposition;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("server", server);
    field("status", status);
    field("reason", reason);
    field("toTag", to_tag);
    field("headers", headers);
    field("body", body);
    field("contentType", content_type);
    field("contentDisposition", content_disposition);
  }
};

// The text of a response, without sending it. `request` is the text of what it answers. Reply:
// `text`.
struct FormatResponse {
  static constexpr char kName[] = "formatResponse";
  CoreHandle core{};
  std::string_view request;
  uint32_t status = 0;
  std::string_view reason;
  std::string_view to_tag;
  HeaderLines headers;
  std::string_view body;
  std::string_view content_type;
  std::string_view content_disposition;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("bodyOfRequest", request);
    field("status", status);
    field("reason", reason);
    field("toTag", to_tag);
    field("headers", headers);
    field("body", body);
    field("contentType", content_type);
    field("contentDisposition", content_disposition);
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

// RFC 3515 section 2.4.5: tells who sent the REFER `server` (accepted before) how the reference
// goes on: "SIP/2.0 <status> <reason>" as message/sipfrag. A final status ends the subscription.
// Reply: `client` of the NOTIFY.
struct NotifyReferrer {
  static constexpr char kName[] = "notifyReferrer";
  ServerHandle server{};
  uint32_t status = 0;
  std::string_view reason;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("server", server);
    field("status", status);
    field("reason", reason);
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

// The dialog that a message would make, without making it. `body` is the text of a response, and
// the other fields are of its request (RFC 3261 section 12.1.2); or it is the text of a request,
// and `from` the tag that is to be in To of the response (section 12.1.1). Its event has no dialog.
struct DescribeDialog {
  static constexpr char kName[] = "describeDialog";
  CoreHandle core{};
  std::string_view request_uri;
  std::string_view from;
  std::string_view call_id;
  uint32_t cseq = 0;
  std::string_view body;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("requestUri", request_uri);
    field("from", from);
    field("callId", call_id);
    field("cseq", cseq);
    field("body", body);
  }
};

// Makes a dialog with a session by hand, or with `dialog` changes one: confirms it (`state`), takes
// its route set, raises its sequence number. `body` is a 2xx that was sent and waits for its ACK.
// Reply: `dialog`.
struct PutDialog {
  static constexpr char kName[] = "putDialog";
  CoreHandle core{};
  DialogHandle dialog{};
  uint32_t state = 0;
  uint32_t exchange =
      0;  // 1: a session description was sent, 2: received, 3: the offer was refused
  std::string_view call_id;
  std::string_view local_tag;
  std::string_view remote_tag;
  std::string_view local;
  std::string_view remote;
  std::string_view remote_target;
  HeaderLines routes;  // Route
  uint32_t local_sequence = 0;
  uint32_t remote_sequence = 0;
  bool secure = false;
  std::string_view body;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("dialog", dialog);
    field("state", state);
    field("exchange", exchange);
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
    field("body", body);
  }
};

// Ends a dialog without a word to the peer.
struct DisposeDialog {
  static constexpr char kName[] = "disposeDialog";
  DialogHandle dialog{};
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("dialog", dialog);
  }
};

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

// RFC 3261 section 10: a binding that the core keeps alive once it was registered: it refreshes it
// when `refresh_percent` of the granted time has passed. `contact` is the whole value without an
// "expires" parameter. Nothing is sent yet. Reply: `registration`.
//
// With `event`, the value of Event, it is a publication (RFC 3903), which is kept in the same way,
// and has no contact: what is said of REGISTER below holds for PUBLISH.
struct CreateRegistration {
  static constexpr char kName[] = "createRegistration";
  CoreHandle core{};
  std::string_view registrar;  // the Request-URI
  std::string_view from;       // with a tag
  std::string_view to;
  std::string_view call_id;
  std::string_view contact;
  std::string_view event;
  uint32_t expires = 600;         // seconds
  uint32_t refresh_percent = 99;  // 50 to 99
  HeaderLines headers;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("registrar", registrar);
    field("from", from);
    field("to", to);
    field("callId", call_id);
    field("contact", contact);
    field("event", event);
    field("expires", expires);
    field("refreshPercent", refresh_percent);
    field("headers", headers);
  }
};

// Sends a REGISTER now. `headers` replace those given before, also for refreshes from then on, if
// there are any. FailedPrecondition while another REGISTER is under way (RFC 3261 section 10.2:
// "UAs MUST NOT send a new registration ... until they have received a final response"). Reply:
// `client`.
//
// A PUBLISH waits for that response, and so does the removal of what is published: the last one
// ordered is sent then, and the reply has no handle. The body is what is published from then on.
struct Register {
  static constexpr char kName[] = "register";
  RegistrationHandle registration{};
  HeaderLines headers;
  std::string_view body;
  std::string_view content_type;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("registration", registration);
    field("headers", headers);
    field("body", body);
    field("contentType", content_type);
  }
};

// RFC 3261 section 10.2.2: removes the binding, or with `all` every binding of the address of
// record ("Contact: *"). Reply: `client`.
struct Unregister {
  static constexpr char kName[] = "unregister";
  RegistrationHandle registration{};
  bool all = false;
  HeaderLines headers;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("registration", registration);
    field("all", all);
    field("headers", headers);
  }
};

// Forgets the registration without a word to the registrar.
struct DisposeRegistration {
  static constexpr char kName[] = "disposeRegistration";
  RegistrationHandle registration{};
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("registration", registration);
  }
};

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
