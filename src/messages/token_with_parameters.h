#ifndef SIPWASM_SRC_MESSAGES_TOKEN_WITH_PARAMETERS_H_
#define SIPWASM_SRC_MESSAGES_TOKEN_WITH_PARAMETERS_H_

#include <optional>
#include <string_view>

#include "grammar/parameters.h"

namespace sip {

// One token, or "type/subtype", with the parameters behind it: Event, Subscription-State, Reason,
// Content-Type, Content-Disposition ...
struct TokenWithParameters {
  std::string_view token;
  Parameters parameters;
};

// The whole of `text` as such, of whatever header field it is.
std::optional<TokenWithParameters> ParseTokenWithParameters(std::string_view text);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_TOKEN_WITH_PARAMETERS_H_
