#ifndef SIPWASM_SRC_MESSAGES_HEADER_VALUE_H_
#define SIPWASM_SRC_MESSAGES_HEADER_VALUE_H_

#include <optional>
#include <string_view>

#include "grammar/parameters.h"
#include "messages/header_fields.h"

// RFC 3261 section 20 and the extensions: what one value of any header field that header_fields.h
// knows says, in one shape for all of them. header_views.h names the parts of each.
namespace sip {

struct HeaderValue {
  std::string_view text;  // all of it, trimmed

  // What stands before the parameters, in two parts:
  //   kAddress, kContacts, kRoutes   the display name as written; the URI ("*" and "" for Contact:
  //   *) kVia                           SIP/2.0/WSS; the sent-by kCSeq, kRAck                   the
  //   first number; what follows kNumber                        the number; a comment kChallenge,
  //   kCredentials       the scheme; "" kWarning                       the code; agent and text
  //   others                         all of it; ""
  std::string_view first;
  std::string_view second;
  Parameters parameters;
};

// One value, not a list. nullopt if it is none of its kind, and for HeaderKind::kUnknown.
std::optional<HeaderValue> ParseHeaderValue(HeaderKind kind, std::string_view text);

// The next value of a list of this kind; of a kind that is none, all there is. nullopt at the end.
std::optional<std::string_view> NextHeaderValue(HeaderKind kind, std::string_view& rest);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_HEADER_VALUE_H_
