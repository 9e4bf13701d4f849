#ifndef SIPWASM_SRC_GRAMMAR_SCANNER_H_
#define SIPWASM_SRC_GRAMMAR_SCANNER_H_

#include <cstdint>
#include <optional>
#include <string_view>

// RFC 3261 section 25.1, the basic rules: a cursor over text. Each Read... either takes what its
// rule allows and moves the cursor behind it, or takes nothing and leaves the cursor where it was.
namespace sip {

bool IsTokenChar(char c);       // token: alphanum / "-" "." "!" "%" "*" "_" "+" "`" "'" "~"
bool IsUnreservedChar(char c);  // unreserved: alphanum / mark
bool IsUriChar(char c);         // reserved / unreserved / "%" / "[" / "]"
bool IsValueChar(char c);       // of tokens, hosts and what stands between them, but COMMA
inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
// SP, HTAB, and CR and LF as in a folded value.
inline bool IsLws(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// RFC 3261 section 7.3.1: "field names are always case-insensitive", and so are parameter names,
// tokens and hosts.
bool EqualsIgnoreCase(std::string_view a, std::string_view b);

std::string_view TrimLws(std::string_view text);

// A decimal number that fills the whole of `text`; nullopt if it does not fit into 32 bits.
std::optional<uint32_t> ReadNumber(std::string_view text);

// token = 1*(...), over the whole of `text`.
bool IsToken(std::string_view text);

// True when `text` holds CR, LF or NUL, which no value that becomes part of a header may hold.
bool HasControlBreak(std::string_view text);

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool AtEnd() const { return at_ == text_.size(); }
  size_t position() const { return at_; }
  std::string_view rest() const { return text_.substr(at_); }
  char Peek() const { return AtEnd() ? '\0' : text_[at_]; }  // NUL at the end

  void SkipLws();
  bool Read(char c);                    // exactly c
  bool ReadSeparator(char c);           // SWS c SWS: the rules COMMA, SEMI, EQUAL, COLON, SLASH ...
  std::string_view Take(size_t count);  // so many characters, which must be there
  std::string_view ReadToken();         // empty if there is none
  std::string_view ReadUntil(std::string_view any_of);  // up to one of these, or to the end

  // quoted-string with its quotes. nullopt, and no move, if it is not closed.
  std::optional<std::string_view> ReadQuoted();

 private:
  std::string_view text_;
  size_t at_ = 0;
};

// Splits a header value at the commas that stand outside of quotes and angle brackets, as RFC 3261
// section 7.3.1 allows several values in one line. Returns the next value, trimmed, and moves
// `rest` behind its comma; empty values are passed over. nullopt at the end.
std::optional<std::string_view> NextListValue(std::string_view& rest);

}  // namespace sip

#endif  // SIPWASM_SRC_GRAMMAR_SCANNER_H_
