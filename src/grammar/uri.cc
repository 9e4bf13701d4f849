#include "grammar/uri.h"

#include <algorithm>

#include "grammar/host_port.h"

namespace sip {
namespace {

// The highest bit of each octet that no URI holds: spaces, control characters and angle brackets.
// Others that must be escaped ("#", "|", "{") are sent as they are by some, and read as such.
uint64_t NotInUri(uint64_t octets) {
  constexpr Stops kOthers("<>\x7f");
  return OctetsBelow(octets, ' ' + 1) | kOthers.Find(octets);
}

bool HasUriCharsOnly(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  for (; end - at > 8; at += 8) {
    if (NotInUri(Load8(at)) != 0) return false;
  }
  // The last eight, or as many as there are.
  uint64_t last = kEachOctet * 'a';
  if (text.size() >= 8) {
    last = Load8(end - 8);
  } else {
    while (at < end) last = last << 8 | static_cast<unsigned char>(*at++);
  }
  return NotInUri(last) == 0;
}

// RFC 3986 section 3.1: scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ).
bool IsScheme(std::string_view text) {
  if (text.empty() || (text[0] | 32) < 'a' || (text[0] | 32) > 'z') return false;
  return IsToken(text) && text.find_first_of("!%*_`'~") == std::string_view::npos;
}

// [ userinfo "@" ] hostport uri-parameters [ headers ]
bool ReadSip(Uri& uri) {
  Scanner scanner(uri.opaque);
  // The user part may hold ";", "?" and "/" (RFC 4475 section 3.1.1.9), so "@" decides.
  if (const size_t at = uri.opaque.find('@'); at != std::string_view::npos) {
    const std::string_view userinfo = scanner.Take(at);
    scanner.Read('@');
    const size_t colon = userinfo.find(':');
    uri.user = userinfo.substr(0, colon);
    if (colon != std::string_view::npos) uri.password = userinfo.substr(colon + 1);
    if (uri.user.empty()) return false;
  }
  HostPort host_port;
  if (!ReadHostPort(scanner, host_port)) return false;
  uri.host = host_port.host;
  uri.port = host_port.port;
  if (scanner.AtEnd()) return true;  // as most, and what a page begins with, see wasm/README.md
  uri.parameters = Parameters::Read(scanner, Parameters::In::kUri);
  if (scanner.Read('?')) uri.headers = scanner.Take(scanner.rest().size());
  return scanner.AtEnd();
}

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The octet that the escape at the beginning of `text` stands for; -1 if there is none.
int EscapedAt(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return -1;
  const int high = HexDigit(text[1]);
  const int low = HexDigit(text[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

enum class Case { kSensitive, kInsensitive };

// RFC 3261 section 19.1.4: "Characters other than those in the "reserved" set (see RFC 2396) are
// equivalent to their "%" HEX HEX encoding." So an escaped reserved one is a character of its own.
int NextCharacter(std::string_view& text, Case sensitivity) {
  int c = EscapedAt(text);
  const bool escaped = c >= 0;
  if (!escaped) c = static_cast<unsigned char>(text[0]);
  text.remove_prefix(escaped ? 3 : 1);
  constexpr std::string_view kReserved = ";/?:@&=+$,";
  if (escaped && kReserved.find(static_cast<char>(c)) != std::string_view::npos) return c + 256;
  return sensitivity == Case::kInsensitive && c >= 'A' && c <= 'Z' ? c + 32 : c;
}

bool Same(std::string_view a, std::string_view b, Case sensitivity) {
  while (!a.empty() && !b.empty()) {
    if (NextCharacter(a, sensitivity) != NextCharacter(b, sensitivity)) return false;
  }
  return a.empty() && b.empty();
}

// "All other uri-parameters appearing in only one URI are ignored when comparing the URIs." By the
// examples, transport is not among those: its absence "can resolve to different transports".
bool CountsAlone(std::string_view name) {
  for (std::string_view other : {"user", "ttl", "method", "maddr", "transport"}) {
    if (EqualsIgnoreCase(name, other)) return true;
  }
  return false;
}

// Every parameter of `a` against its like in `b`.
//
// "URI header components are never ignored. Any present header component MUST be present in both
// URIs and match for the URIs to match."
bool Agree(const Parameters& a, const Parameters& b, bool are_headers) {
  const Case value_case = are_headers ? Case::kSensitive : Case::kInsensitive;
  for (const Parameter& parameter : a) {
    const std::optional<std::string_view> other = b.Get(parameter.name);
    if (other ? !Same(parameter.value, *other, value_case)
              : are_headers || CountsAlone(parameter.name)) {
      return false;
    }
  }
  return true;
}

// Of each in the other.
bool AgreeBothWays(const Parameters& a, const Parameters& b, bool are_headers) {
  return Agree(a, b, are_headers) && Agree(b, a, are_headers);
}

Parameters HeadersOf(const Uri& uri) {
  Scanner scanner(uri.headers);
  return Parameters::Read(scanner, Parameters::In::kUriHeaders);
}

}  // namespace

bool Uri::is_sip() const { return EqualsIgnoreCase(scheme, "sip") || is_sips(); }
bool Uri::is_sips() const { return EqualsIgnoreCase(scheme, "sips"); }

bool ReadUri(std::string_view text, Uri& uri) {
  if (!HasUriCharsOnly(text)) return false;
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  uri.text = text;
  uri.scheme = text.substr(0, colon);
  uri.opaque = text.substr(colon + 1);
  if (uri.opaque.empty()) return false;
  return uri.is_sip() ? ReadSip(uri) : IsScheme(uri.scheme);
}

std::optional<Uri> ParseUri(std::string_view text) {
  std::optional<Uri> uri(std::in_place);
  if (!ReadUri(text, *uri)) uri.reset();
  return uri;
}

bool Equivalent(const Uri& a, const Uri& b) {
  if (a.text == b.text) return true;                        // even if a parameter is there twice
  if (!EqualsIgnoreCase(a.scheme, b.scheme)) return false;  // "A SIP and SIPS URI are never ..."
  if (!a.is_sip()) return a.opaque == b.opaque;
  // RFC 3261 section 19.1.4: "A URI omitting any component with a default value will not match a
  // URI explicitly containing that component with its default value."
  return Same(a.user, b.user, Case::kSensitive) &&
         a.password.has_value() == b.password.has_value() &&
         Same(a.password.value_or(""), b.password.value_or(""), Case::kSensitive) &&
         EqualsIgnoreCase(a.host, b.host) && a.port == b.port &&
         AgreeBothWays(a.parameters, b.parameters, false) &&
         AgreeBothWays(HeadersOf(a), HeadersOf(b), true);
}

String Unescape(std::string_view text) {
  String result;
  result.reserve(text.size());
  while (!text.empty()) {
    const int escaped = EscapedAt(text);
    result.push_back(escaped >= 0 ? static_cast<char>(escaped) : text[0]);
    text.remove_prefix(escaped >= 0 ? 3 : 1);
  }
  return result;
}

}  // namespace sip
