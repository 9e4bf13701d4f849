#include "transport/flow.h"

#include "base/str_cat.h"
#include "grammar/scanner.h"

namespace sip {

bool Flow::reliable() const {
  // UDP and DTLS-UDP lose messages; every other transport of RFC 3261 and RFC 7118 does not.
  constexpr std::string_view kUdp = "UDP";
  return transport.size() < kUdp.size() ||
         !EqualsIgnoreCase(std::string_view(transport).substr(transport.size() - kUdp.size()),
                           kUdp);
}

bool IsOurs(const Flow& flow, const Via& via) {
  // Put together again, since white space may stand around the colon.
  if (!via.port) return EqualsIgnoreCase(flow.sent_by, via.host);
  return EqualsIgnoreCase(flow.sent_by, StrCat(via.host, ":", *via.port));
}

}  // namespace sip
