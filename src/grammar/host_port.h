#ifndef SIPWASM_SRC_GRAMMAR_HOST_PORT_H_
#define SIPWASM_SRC_GRAMMAR_HOST_PORT_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "grammar/scanner.h"

namespace sip {

// RFC 3261 section 25.1: hostport = host [ ":" port ], which is also the sent-by of a Via.
struct HostPort {
  std::string_view host;  // an IPv6 reference keeps its brackets
  std::optional<uint16_t> port;
  std::string_view text;  // both, as written
};

// Reads one at the scanner. Hosts may hold underscores and UTF-8, which are not legal but in use;
// a colon without a port stands for no port. False, the scanner anywhere, if there is none.
bool ReadHostPort(Scanner& scanner, HostPort& result);

}  // namespace sip

#endif  // SIPWASM_SRC_GRAMMAR_HOST_PORT_H_
