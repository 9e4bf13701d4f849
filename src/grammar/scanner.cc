#include "grammar/scanner.h"

#include <algorithm>
#include <bit>

namespace sip {
namespace {

// A set of ASCII characters as 128 bits.
struct CharSet {
  uint64_t bits[2] = {0, 0};

  constexpr explicit CharSet(std::string_view ascii) {
    for (char c : ascii) bits[c >> 6 & 1] |= uint64_t{1} << (c & 63);
  }
  // Inlined whatever the compiler thinks of its size: most characters of a message pass here.
  [[gnu::always_inline]] constexpr bool Has(char c) const {
    const auto u = static_cast<unsigned char>(c);
    return u < 128 && (bits[u >> 6] >> (u & 63) & 1) != 0;
  }
};

#define SIP_ALPHANUM "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
constexpr CharSet kToken(SIP_ALPHANUM "-.!%*_+`'~");
constexpr CharSet kUnreserved(SIP_ALPHANUM "-_.!~*'()");
constexpr CharSet kUri(SIP_ALPHANUM "-_.!~*'();/?:@&=+$,%[]");
constexpr CharSet kValue(SIP_ALPHANUM "-.!%*_+`'~;=:/[]");
#undef SIP_ALPHANUM

char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

bool IsTokenChar(char c) { return kToken.Has(c); }
bool IsUnreservedChar(char c) { return kUnreserved.Has(c); }
bool IsUriChar(char c) { return kUri.Has(c); }
bool IsValueChar(char c) { return kValue.Has(c); }

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  size_t i = 0;
  // Most are written as usual.
  while (a.size() - i >= 8 && Load8(a.data() + i) == Load8(b.data() + i)) i += 8;
  for (; i < a.size(); ++i) {
    if (a[i] != b[i] && ToLower(a[i]) != ToLower(b[i])) return false;
  }
  return true;
}

std::string_view TrimLws(std::string_view text) {
  const char* begin = text.data();
  const char* end = begin + text.size();
  while (begin != end && IsLws(*begin)) ++begin;
  while (begin != end && IsLws(end[-1])) --end;
  return {begin, static_cast<size_t>(end - begin)};
}

std::optional<uint32_t> ReadNumber(std::string_view text) {
  if (text.empty()) return std::nullopt;
  uint64_t number = 0;
  for (char c : text) {
    if (!IsDigit(c)) return std::nullopt;
    number = number * 10 + static_cast<uint64_t>(c - '0');
    if (number > UINT32_MAX) return std::nullopt;
  }
  return static_cast<uint32_t>(number);
}

bool IsToken(std::string_view text) {
  for (char c : text) {
    if (!kToken.Has(c)) return false;
  }
  return !text.empty();
}

bool HasControlBreak(std::string_view text) {
  for (char c : text) {
    if (c == '\r' || c == '\n' || c == '\0') return true;
  }
  return false;
}

void Scanner::SkipLws() {
  while (!AtEnd() && IsLws(*at_)) ++at_;
}

bool Scanner::Read(char c) {
  if (AtEnd() || *at_ != c) return false;
  ++at_;
  return true;
}

bool Scanner::ReadSeparator(char c) {
  const char* const start = at_;
  SkipLws();
  if (!Read(c)) {
    at_ = start;
    return false;
  }
  SkipLws();
  return true;
}

std::string_view Scanner::Take(size_t count) {
  const char* const start = at_;
  at_ += std::min(count, rest().size());
  return From(start);
}

std::string_view Scanner::ReadToken() {
  const char* const start = at_;
  while (!AtEnd() && kToken.Has(*at_)) ++at_;
  return From(start);
}

std::string_view Scanner::ReadUntil(Stops stops) {
  const char* const start = at_;
  uint64_t found = 0;
  while (found == 0 && end_ - at_ >= 8) {
    found = stops.Find(Load8(at_));
    at_ += found == 0 ? 8 : std::countr_zero(found) / 8;
  }
  if (found == 0) {
    while (!AtEnd() && (stops.Find(static_cast<unsigned char>(*at_)) & 128) == 0) ++at_;
  }
  return From(start);
}

std::optional<std::string_view> Scanner::ReadQuoted() {
  if (Peek() != '"') return std::nullopt;
  for (const char* at = at_ + 1; at < end_; ++at) {
    if (*at == '\\') {
      ++at;
    } else if (*at == '"') {
      const char* const start = at_;
      at_ = at + 1;
      return From(start);
    }
  }
  return std::nullopt;
}

namespace {

// The position behind the value that begins at 0: its comma, or the end. A quoted string and a
// pair of angle brackets are passed over; a quote or a bracket that is not closed is a character
// like any other. A backslash counts outside of quotes as well: so the search for a closing quote
// fails at most once in all values of a list, and the whole stays linear.
size_t EndOfListValue(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case ',':
        return i;
      case '\\':
        ++i;
        break;
      case '"': {
        Scanner quoted(text.substr(i));
        if (const auto found = quoted.ReadQuoted()) i += found->size() - 1;
        break;
      }
      case '<': {
        const size_t end = text.find_first_of("<>", i + 1);
        if (end != std::string_view::npos && text[end] == '>') i = end;
        break;
      }
    }
  }
  return text.size();
}

}  // namespace

std::optional<std::string_view> NextListValue(std::string_view& rest) {
  while (!rest.empty()) {
    // Where there is no comma there is one value.
    const bool is_list = std::memchr(rest.data(), ',', rest.size()) != nullptr;
    const size_t end = is_list ? EndOfListValue(rest) : rest.size();
    const std::string_view value = TrimLws(rest.substr(0, end));
    rest.remove_prefix(end < rest.size() ? end + 1 : end);
    if (!value.empty()) return value;
  }
  return std::nullopt;
}

}  // namespace sip
