#ifndef SIPWASM_SRC_GRAMMAR_PARAMETERS_H_
#define SIPWASM_SRC_GRAMMAR_PARAMETERS_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/container/inlined_vector.h"
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

// The parameters of one value in their order; views into the text they were read from.
class Parameters {
 public:
  // Where parameters end: those of a header value at a comma, those of a URI at "?".
  enum class Ends { kHeader, kUri };

  // Reads *( SEMI generic-param ) to the end of what the scanner holds, or up to the character that
  // ends them, where it stops. Tolerates empty ones (";;") and anything within a value.
  static Parameters Read(Scanner& scanner, Ends ends = Ends::kHeader);

  // The parameter of this name (any case); "" for a flag; quotes are kept. nullopt if it is absent.
  std::optional<std::string_view> Get(std::string_view name) const;
  bool Has(std::string_view name) const { return Get(name).has_value(); }

  auto begin() const { return list_.begin(); }
  auto end() const { return list_.end(); }
  size_t size() const { return list_.size(); }

 private:
  absl::InlinedVector<Parameter, 4> list_;
};

// The text that a quoted-string stands for: without its quotes, escapes resolved. Anything else
// is returned as it is.
std::string Unquote(std::string_view text);

// The quoted-string that stands for `text`: RFC 3261 section 25.1 escapes `"` and `\`.
std::string Quote(std::string_view text);

}  // namespace sip

#endif  // SIPWASM_SRC_GRAMMAR_PARAMETERS_H_
