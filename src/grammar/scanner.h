#ifndef SIPWASM_SRC_GRAMMAR_SCANNER_H_
#define SIPWASM_SRC_GRAMMAR_SCANNER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
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
inline bool IsLws(char c) {
  constexpr uint64_t kLws = 1ull << ' ' | 1u << '\t' | 1u << '\r' | 1u << '\n';
  return static_cast<unsigned char>(c) <= ' ' && (kLws >> c & 1) != 0;
}

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

// Eight octets at once, whatever their place; the first is the lowest.
inline uint64_t Load8(const char* at) {
  uint64_t octets;
  std::memcpy(&octets, at, sizeof octets);
  return octets;
}

// The highest bit of each octet that is below `bound`, which is at most 128. Above the lowest bit
// others may be set that should not.
inline constexpr uint64_t kEachOctet = 0x0101010101010101;
constexpr uint64_t OctetsBelow(uint64_t octets, uint8_t bound) {
  return (octets - kEachOctet * bound) & ~octets & kEachOctet * 128;
}

// One to four characters, none of them NUL.
struct Stops {
  uint32_t packed = 0;

  consteval Stops(const char* characters) {
    for (int i = 0; characters[i] != '\0'; ++i) {
      packed |= static_cast<uint32_t>(characters[i]) << 8 * i;
    }
  }
  // The highest bit of each octet that is one of them, as OctetsBelow.
  [[gnu::always_inline]] constexpr uint64_t Find(uint64_t octets) const {
    uint64_t found = 0;
    for (uint32_t left = packed; left != 0; left >>= 8) {
      found |= OctetsBelow(octets ^ kEachOctet * (left & 255), 1);
    }
    return found;
  }
};

class Scanner {
 public:
  explicit Scanner(std::string_view text)
      : begin_(text.data()), at_(begin_), end_(begin_ + text.size()) {}

  bool AtEnd() const { return at_ == end_; }
  size_t position() const { return static_cast<size_t>(at_ - begin_); }
  std::string_view rest() const { return {at_, static_cast<size_t>(end_ - at_)}; }
  char Peek() const { return AtEnd() ? '\0' : *at_; }  // NUL at the end

  void SkipLws();
  bool Read(char c);                    // exactly c
  bool ReadSeparator(char c);           // SWS c SWS: the rules COMMA, SEMI, EQUAL, COLON, SLASH ...
  std::string_view Take(size_t count);  // so many characters, which must be there
  std::string_view ReadToken();         // empty if there is none
  std::string_view ReadUntil(Stops stops);  // up to one of these, or to the end

  // quoted-string with its quotes. nullopt, and no move, if it is not closed.
  std::optional<std::string_view> ReadQuoted();

 private:
  std::string_view From(const char* start) const {
    return {start, static_cast<size_t>(at_ - start)};
  }

  const char* begin_;
  const char* at_;
  const char* end_;
};

// Splits a header value at the commas that stand outside of quotes and angle brackets, as RFC 3261
// section 7.3.1 allows several values in one line. Returns the next value, trimmed, and moves
// `rest` behind its comma; empty values are passed over. nullopt at the end.
std::optional<std::string_view> NextListValue(std::string_view& rest);

}  // namespace sip

#endif  // SIPWASM_SRC_GRAMMAR_SCANNER_H_
