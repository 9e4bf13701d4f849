#ifndef SIPWASM_SRC_GRAMMAR_PARAMETERS_H_
#define SIPWASM_SRC_GRAMMAR_PARAMETERS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/string.h"
#include "grammar/scanner.h"

// RFC 3261 section 25.1:
//   generic-param = token [ EQUAL gen-value ]
//   gen-value     = token / host / quoted-string
namespace sip {

// No header of any use has more; what comes behind them is not looked at.
inline constexpr size_t kMaxParameters = 64;

struct Parameter {
  std::string_view name;
  std::string_view value;  // as written, a quoted string with its quotes; empty for a flag
  bool has_value = false;
};

// The parameters of one value in their order. Only where they end is found when they are read; each
// is taken apart when somebody asks for it. A view into the text they were read from.
class Parameters {
 public:
  // Where they stand: behind semicolons in a header value, which end at a comma; behind semicolons
  // in a URI, which end at "?"; between the commas of a challenge, which end where the next
  // challenge begins; the headers of a URI, between "&".
  enum class In : uint8_t { kHeader, kUri, kChallenge, kUriHeaders };

  Parameters() = default;

  // Reads *( SEMI generic-param ) to the end of what the scanner holds, or up to the character that
  // ends them, where it stops. Tolerates empty ones (";;") and anything within a value.
  static Parameters Read(Scanner& scanner, In in = In::kHeader);

  // The parameter of this name (any case); "" for a flag; quotes are kept. nullopt if it is absent.
  std::optional<std::string_view> Get(std::string_view name) const;
  bool Has(std::string_view name) const { return Get(name).has_value(); }

  bool empty() const { return text_.empty(); }

  struct End {};
  class Iterator;
  Iterator begin() const;
  End end() const { return {}; }
  size_t size() const;

 private:
  std::string_view text_;  // all of them, with their separators
  In in_ = In::kHeader;
};

class Parameters::Iterator {
 public:
  const Parameter& operator*() const { return parameter_; }
  const Parameter* operator->() const { return &parameter_; }
  Iterator& operator++();
  bool operator==(End) const { return count_ > kMaxParameters; }

 private:
  friend class Parameters;
  Iterator(std::string_view text, In in) : scanner_(text), in_(in) { ++*this; }

  Scanner scanner_;
  In in_;
  size_t count_ = 0;
  Parameter parameter_;
};

inline Parameters::Iterator Parameters::begin() const { return Iterator(text_, in_); }

// The text that a quoted-string stands for: without its quotes, escapes resolved. Anything else
// is returned as it is.
String Unquote(std::string_view text);

// The quoted-string that stands for `text`: RFC 3261 section 25.1 escapes `"` and `\`.
String Quote(std::string_view text);

}  // namespace sip

#endif  // SIPWASM_SRC_GRAMMAR_PARAMETERS_H_
