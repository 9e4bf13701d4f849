#ifndef SIPWASM_SRC_DIALOGS_DIALOG_H_
#define SIPWASM_SRC_DIALOGS_DIALOG_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/string.h"
#include "messages/builder.h"
#include "messages/message.h"

namespace sip {

// RFC 3261 section 12: "A dialog is identified at each UA with a dialog ID, which consists of a
// Call-ID value, a local tag and a remote tag."
struct DialogId {
  String call_id;
  String local_tag;
  String remote_tag;

  String Key() const;  // for tables: the three in one
  bool operator==(const DialogId&) const = default;
};

// The dialog that a message belongs to, as its receiver sees it.
DialogId DialogIdOfIncomingRequest(const Message& request);    // local tag: To, remote: From
DialogId DialogIdOfIncomingResponse(const Message& response);  // local tag: From, remote: To

// The state of RFC 3261 section 12: ids, sequence numbers, URIs, remote target, route set, secure
// flag. What a dialog is for (a session, a subscription) is its usages' business (RFC 5057).
class Dialog {
 public:
  // RFC 3261 section 12.1.2, as UAC: `request` is what was sent, `response` a 101-299. The route
  // set is the Record-Route of the response "taken in reverse order". A response without a To tag
  // (RFC 2543) makes a dialog whose remote tag is empty; one without a Contact leaves the
  // Request-URI as the remote target. Confirmed if the response is a 2xx.
  static Dialog FromResponse(const RequestParts& request, const Message& response);

  // RFC 3261 section 12.1.1, as UAS. The route set is the Record-Route of the request in order. A
  // request without a From tag makes a dialog whose remote tag is empty; one without a Contact
  // leaves the URI of From as the remote target. Early until `Confirm()`.
  static Dialog FromRequest(const Message& request, std::string_view local_tag);

  // RFC 6665 section 4.4.1, as subscriber: what a SUBSCRIBE, as it was sent, knows of the dialog
  // that a NOTIFY will make of it by `Establish`. Until then it has no remote tag and no target.
  static Dialog FromSubscribe(const RequestParts& request);

  // One that its user knows all of. `local` and `remote` have their tags.
  struct Parts {
    std::string_view call_id;
    std::string_view local_tag;
    std::string_view remote_tag;
    std::string_view local;
    std::string_view remote;
    std::string_view remote_target;
    std::string_view routes;  // Route lines
    uint32_t local_sequence = 0;
    uint32_t remote_sequence = 0;  // 0: none
    bool secure = false;
    bool confirmed = false;
  };
  static Dialog FromParts(const Parts& parts);

  // By hand: another route set, a higher local sequence number.
  void SetRoutes(std::string_view routes);
  void RaiseSequence(uint32_t number) { local_sequence_ = std::max(local_sequence_, number); }

  // As UAC, RFC 3261 section 13.2.2.4: at a 2xx the route set of an early dialog is computed anew,
  // its target refreshed, and the dialog is confirmed. Nothing changes if it is confirmed already.
  void Confirm(const Message& response);

  // As subscriber, RFC 6665 section 4.4.1: "the route set at the subscriber is taken from the
  // NOTIFY request itself". Confirmed, and the NOTIFY's number is remembered.
  void Establish(const Message& notify);

  // As UAS: a 2xx was sent.
  void Confirm() { confirmed_ = true; }

  // A request within the dialog, RFC 3261 section 12.2.1.1: Request-URI and Route by loose or
  // strict routing, the next local sequence number (ACK and CANCEL: the one given in `cseq`). It
  // points at texts of the dialog.
  RequestParts MakeRequest(std::string_view method, std::optional<uint32_t> cseq = std::nullopt);

  // The next local sequence number.
  uint32_t NextSequence() { return ++local_sequence_; }

  // RFC 3261 section 12.2.2: false for a request that is out of order ("500"). ACK and CANCEL are
  // always in order. Remembers the number otherwise. Gaps are in order. A number seen before is
  // not: retransmissions never come so far, and numbers are "strictly monotonically increasing".
  bool AcceptSequence(const Message& request);

  // RFC 3261 sections 12.2.1.2 and 12.2.2: a target refresh (INVITE, UPDATE, SUBSCRIBE, NOTIFY,
  // REFER, and their 2xx) replaces the remote target by its Contact, if it has one. Any other
  // message changes nothing.
  void RefreshTarget(const Message& message);

  const DialogId& id() const { return id_; }
  bool confirmed() const { return confirmed_; }
  bool secure() const { return secure_; }
  const String& remote_target() const { return remote_target_; }
  const String& route_set() const { return route_set_; }       // Route lines
  uint32_t local_sequence() const { return local_sequence_; }  // 0: no request was sent yet
  std::optional<uint32_t> remote_sequence() const { return remote_sequence_; }
  const String& local() const { return local_; }    // From of our requests, with tag
  const String& remote() const { return remote_; }  // To of our requests, with tag

 private:
  Dialog() = default;

  // RFC 3261 section 12.2.1.1: works out Request-URI and Route.
  void SetTarget(std::string_view remote_target);

  DialogId id_;
  bool confirmed_ = false;
  bool secure_ = false;
  uint32_t local_sequence_ = 0;
  std::optional<uint32_t> remote_sequence_;
  String local_;
  String remote_;
  String remote_target_;
  String route_set_;
  String request_uri_;  // empty: the remote target
  String routes_;       // empty then too: the route set
};

}  // namespace sip

#endif  // SIPWASM_SRC_DIALOGS_DIALOG_H_
