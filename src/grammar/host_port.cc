#include "grammar/host_port.h"

namespace sip {
namespace {

// Those of ASCII as bits: "-", ".", digits; letters and "_".
constexpr uint64_t kHostChars[] = {0x03ff600000000000, 0x07fffffe87fffffe};

[[gnu::always_inline]] inline bool IsHostChar(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 128 || (kHostChars[u >> 6] >> (u & 63) & 1) != 0;
}

// RFC 5118 section 4.10: "an implementation must tolerate both" "::" and the ":::" that the ABNF
// of RFC 3261 allows before an IPv4 address, so the colons are not counted.
bool IsIpv6Char(char c) {
  return IsDigit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f') || c == ':' || c == '.';
}

template <bool (*is_part)(char)>
size_t CountPrefix(std::string_view text) {
  size_t count = 0;
  while (count < text.size() && is_part(text[count])) ++count;
  return count;
}

std::string_view ReadHost(Scanner& scanner) {
  const std::string_view rest = scanner.rest();
  const bool is_reference = scanner.Read('[');
  const size_t size =
      is_reference ? 1 + CountPrefix<IsIpv6Char>(rest.substr(1)) : CountPrefix<IsHostChar>(rest);
  if (!is_reference) return scanner.Take(size);
  if (size < 3 || size >= rest.size() || rest[size] != ']') return {};
  scanner.Take(size);
  return rest.substr(0, size + 1);
}

}  // namespace

bool ReadHostPort(Scanner& scanner, HostPort& result) {
  const std::string_view rest = scanner.rest();
  const size_t start = scanner.position();
  result.host = ReadHost(scanner);
  if (result.host.empty()) return false;
  size_t end = scanner.position();
  if (scanner.ReadSeparator(':')) {
    const std::string_view digits = scanner.Take(CountPrefix<IsDigit>(scanner.rest()));
    if (!digits.empty()) {
      const std::optional<uint32_t> port = ReadNumber(digits);
      if (!port || *port > UINT16_MAX) return false;
      result.port = static_cast<uint16_t>(*port);
    }
    end = scanner.position();
  }
  result.text = TrimLws(rest.substr(0, end - start));
  return true;
}

}  // namespace sip
