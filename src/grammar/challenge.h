#ifndef SIPWASM_SRC_GRAMMAR_CHALLENGE_H_
#define SIPWASM_SRC_GRAMMAR_CHALLENGE_H_

#include <optional>
#include <string_view>

#include "base/string.h"
#include "grammar/parameters.h"

namespace sip {

// RFC 3261 section 20.44 and 20.27: one challenge of a WWW-Authenticate or Proxy-Authenticate
// header field: "Digest realm=..., nonce=..., qop=..." The parameters are separated by commas.
struct Challenge {
  std::string_view scheme;  // Digest, Basic, ...
  Parameters parameters;

  // Unquoted; nullopt if it is absent.
  std::optional<String> Get(std::string_view name) const;
};

// Reads what servers send: a trailing comma, an unquoted qop, spaces around "=" are taken as meant.
// nullopt if there is no scheme or no parameter at all.
std::optional<Challenge> ParseChallenge(std::string_view text);

}  // namespace sip

#endif  // SIPWASM_SRC_GRAMMAR_CHALLENGE_H_
