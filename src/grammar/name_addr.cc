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

std::optional<NameAddr> ParseNameAddr(std::string_view text) {
  const std::optional<size_t> bracket = FindBracket(text);
  if (!bracket) return std::nullopt;
  NameAddr result;
  Scanner scanner(text);
  std::string_view uri;
  if (*bracket != std::string_view::npos) {
    // Whatever stands before "<" is the display name: unquoted ones with commas, "@" or UTF-8 are
    // common. RFC 4475 section 3.1.2.14: "Elements attempting to be liberal may ignore the spaces."
    result.display_name = TrimLws(scanner.Take(*bracket));
    scanner.Read('<');
    uri = TrimLws(scanner.ReadUntil(">"));
    if (!scanner.Read('>')) return std::nullopt;
  } else {
    uri = TrimLws(scanner.ReadUntil(";,"));
  }
  std::optional<Uri> parsed = ParseUri(uri);
  if (!parsed) return std::nullopt;
  result.uri = *std::move(parsed);
  result.parameters = Parameters::Read(scanner);
  while (scanner.ReadSeparator(',')) {
  }
  if (!scanner.AtEnd()) return std::nullopt;
  return result;
}

}  // namespace sip
