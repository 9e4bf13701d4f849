#ifndef SIPWASM_SRC_GRAMMAR_NAME_ADDR_H_
#define SIPWASM_SRC_GRAMMAR_NAME_ADDR_H_

#include <optional>
#include <string>
#include <string_view>

#include "grammar/parameters.h"
#include "grammar/uri.h"

namespace sip {

// RFC 3261 section 20.10: ( name-addr / addr-spec ) *( SEMI generic-param ), which is the form of
// From, To, Contact, Route, Record-Route, Refer-To, Referred-By and their like.
//
// "If the URI is not enclosed in angle brackets, any semicolon-delimited parameters are
// header-parameters, not URI parameters."
struct NameAddr {
  std::string_view display_name;  // as written, with quotes if it had them; may be empty
  Uri uri;
  Parameters parameters;

  std::string_view tag() const { return parameters.Get("tag").value_or(""); }
};

// The whole of `text` as one value. nullopt if it is none, as for the Contact "*".
std::optional<NameAddr> ParseNameAddr(std::string_view text);

// The same into a `result` that holds nothing yet. False, and anything in it, if it is none.
bool ReadNameAddr(std::string_view text, NameAddr& result);

// As NextListValue, for values that are such. A display name with a comma should be quoted; where
// it is not, its parts are told from values by their having no colon, which every URI has.
std::optional<std::string_view> NextAddress(std::string_view& rest);

}  // namespace sip

#endif  // SIPWASM_SRC_GRAMMAR_NAME_ADDR_H_
