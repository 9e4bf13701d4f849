#ifndef SIPWASM_SRC_GRAMMAR_URI_H_
#define SIPWASM_SRC_GRAMMAR_URI_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/string.h"
#include "grammar/parameters.h"

namespace sip {

// RFC 3261 section 19.1.1: sip:user:password@host:port;uri-parameters?headers. Views into `text`.
// A URI of another scheme (tel, urn, mailto, ...) has its scheme and `opaque`, and nothing else.
struct Uri {
  std::string_view text;    // all of it, as written
  std::string_view scheme;  // as written
  std::string_view user;    // escaped as written; empty if there is none
  std::optional<std::string_view> password;
  std::string_view host;  // an IPv6 reference keeps its brackets
  std::optional<uint16_t> port;
  Parameters parameters;
  std::string_view headers;  // what follows "?", as written
  std::string_view opaque;   // what follows "scheme:"

  bool is_sip() const;  // sip or sips
  bool is_sips() const;
};

// The whole of `text` as a URI of any scheme; nullopt if it is none.
std::optional<Uri> ParseUri(std::string_view text);

// The same into a `uri` that holds nothing yet. False, and anything in it, if it is none.
bool ReadUri(std::string_view text, Uri& uri);

// RFC 3261 section 19.1.4, for SIP and SIPS; other schemes are equal if their text is, the case of
// the scheme aside.
bool Equivalent(const Uri& a, const Uri& b);

// "%41" becomes "A". Malformed escapes stay as they are.
String Unescape(std::string_view text);

}  // namespace sip

#endif  // SIPWASM_SRC_GRAMMAR_URI_H_
