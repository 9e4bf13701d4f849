#ifndef SIPWASM_SRC_GRAMMAR_VIA_H_
#define SIPWASM_SRC_GRAMMAR_VIA_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "grammar/parameters.h"

namespace sip {

// RFC 3261 section 20.42: SIP/2.0/UDP host:port;branch=z9hG4bK...;received=...;rport=...
struct Via {
  std::string_view protocol;   // SIP
  std::string_view version;    // 2.0
  std::string_view transport;  // UDP, TCP, TLS, WS, WSS, ...
  std::string_view host;
  std::optional<uint16_t> port;
  std::string_view sent_by;  // host and port as written
  Parameters parameters;

  std::string_view branch() const { return parameters.Get("branch").value_or(""); }

  // RFC 3261 section 8.1.1.7: the magic cookie of a branch that is unique by itself.
  bool has_magic_cookie() const;
};

// One value (not a list). nullopt if it is none.
std::optional<Via> ParseVia(std::string_view text);

// The same into a `via` that holds nothing yet. False, and anything in it, if it is none.
bool ReadVia(std::string_view text, Via& via);

}  // namespace sip

#endif  // SIPWASM_SRC_GRAMMAR_VIA_H_
