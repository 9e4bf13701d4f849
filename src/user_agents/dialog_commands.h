#ifndef SIPWASM_SRC_USER_AGENTS_DIALOG_COMMANDS_H_
#define SIPWASM_SRC_USER_AGENTS_DIALOG_COMMANDS_H_

#include <cstdint>
#include <string_view>

#include "base/handles.h"
#include "messages/builder.h"

// Commands for dialogs by hand, made without the messages that make one (RFC 3261 section 12). See
// command.h.
namespace sip {

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

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_DIALOG_COMMANDS_H_
