#ifndef SIPWASM_SRC_GRAMMAR_EVENT_HEADERS_H_
#define SIPWASM_SRC_GRAMMAR_EVENT_HEADERS_H_

#include <optional>
#include <string_view>

#include "grammar/parameters.h"

namespace sip {

// RFC 6665 section 8.4 (Event: package *( SEMI event-param )) and its like: one token, the
// parameters behind it. Also Subscription-State, Reason, Content-Type and Content-Disposition.
struct TokenWithParameters {
  std::string_view token;  // for Content-Type the whole "type/subtype"
  Parameters parameters;
};
std::optional<TokenWithParameters> ParseTokenWithParameters(std::string_view text);

}  // namespace sip

#endif  // SIPWASM_SRC_GRAMMAR_EVENT_HEADERS_H_
