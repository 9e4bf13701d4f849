#ifndef SIPWASM_SRC_USER_AGENTS_SERVER_COMMANDS_H_
#define SIPWASM_SRC_USER_AGENTS_SERVER_COMMANDS_H_

#include <cstdint>
#include <string_view>

#include "base/handles.h"
#include "messages/builder.h"

// Commands for requests that came in (RFC 3261 section 8.2). See command.h.
namespace sip {

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

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_SERVER_COMMANDS_H_
