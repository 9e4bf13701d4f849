#include "grammar/name_addr.h"

namespace sip {
namespace {

// The position of the "<" that opens the URI, outside of quotes; npos if there is none. nullopt if
// a quote is not closed, as the end of the display name would be a guess (RFC 4475 3.1.2.6).
std::optional<size_t> FindBracket(std::string_view text) {
  Scanner scanner(text);
  while (!scanner.AtEnd()) {
    scanner.ReadUntil("\"<");
    if (scanner.Peek() == '<') return scanner.position();
    if (scanner.Peek() == '"' && !scanner.ReadQuoted()) return std::nullopt;
  }
  return std::string_view::npos;
}

}  // namespace

bool ReadNameAddr(std::string_view text, NameAddr& result) {
  const std::optional<size_t> bracket = FindBracket(text);
  if (!bracket) return false;
  Scanner scanner(text);
  std::string_view uri;
  if (*bracket != std::string_view::npos) {
    // Whatever stands before "<" is the display name: unquoted ones with commas, "@" or UTF-8 are
    // common. RFC 4475 section 3.1.2.14: "Elements attempting to be liberal may ignore the spaces."
    result.display_name = TrimLws(scanner.Take(*bracket));
    scanner.Read('<');
    uri = TrimLws(scanner.ReadUntil(">"));
    if (!scanner.Read('>')) return false;
  } else {
    uri = TrimLws(scanner.ReadUntil(";,"));
  }
  if (!ReadUri(uri, result.uri)) return false;
  result.parameters = Parameters::Read(scanner);
  while (scanner.ReadSeparator(',')) {
  }
  return scanner.AtEnd();
}

std::optional<NameAddr> ParseNameAddr(std::string_view text) {
  std::optional<NameAddr> result(std::in_place);
  if (!ReadNameAddr(text, *result)) result.reset();
  return result;
}

std::optional<std::string_view> NextAddress(std::string_view& rest) {
  const std::optional<std::string_view> first = NextListValue(rest);
  std::optional<std::string_view> last = first;
  while (last && last->find(':') == std::string_view::npos) {
    const std::optional<std::string_view> next = NextListValue(rest);
    if (!next) break;
    last = next;
  }
  if (!last) return std::nullopt;
  return std::string_view(first->data(),
                          static_cast<size_t>(last->data() + last->size() - first->data()));
}

}  // namespace sip
