#include "grammar/event_headers.h"

namespace sip {

std::optional<TokenWithParameters> ParseTokenWithParameters(std::string_view text) {
  Scanner scanner(text);
  TokenWithParameters result;
  result.token = TrimLws(scanner.ReadUntil(";,"));
  if (result.token.empty()) return std::nullopt;
  result.parameters = Parameters::Read(scanner);
  while (scanner.ReadSeparator(',')) {
  }
  if (!scanner.AtEnd()) return std::nullopt;
  return result;
}

}  // namespace sip
