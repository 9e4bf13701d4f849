#ifndef SIPWASM_SRC_TRANSPORT_FLOW_H_
#define SIPWASM_SRC_TRANSPORT_FLOW_H_

#include <string_view>

#include "base/string.h"
#include "messages/message.h"

namespace sip {

// A connected transport as SIP sees it: RFC 3261 section 18, RFC 5626, RFC 7118. There is no
// socket here; who owns the Stack moves the bytes.
struct Flow {
  String transport = "WSS";  // the token of Via: WS, WSS, TCP, UDP ...

  // RFC 7118 section 5: the client "SHOULD" put a made-up domain under ".invalid" here, as it does
  // not know its address.
  String sent_by;

  bool force_rport = false;  // RFC 3581 section 3: ask for the source address in Via
  bool connected = false;

  // RFC 3261 section 17.1.1.1: on reliable transports there are no retransmissions below the TU.
  bool reliable() const;
};

// RFC 3261 section 18.1.2: "the client transport examines the top Via header field value. If the
// value of the "sent-by" parameter in that header field value does not correspond to a value that
// the client transport is configured to insert into requests, the response MUST be silently
// discarded."
bool IsOurs(const Flow& flow, const Via& via);

}  // namespace sip

#endif  // SIPWASM_SRC_TRANSPORT_FLOW_H_
