#include "grammar/challenge.h"

namespace sip {
namespace {

// The value behind "=": a quoted string, or what stands before the next comma.
std::string_view ReadChallengeValue(Scanner& scanner) {
  if (const std::optional<std::string_view> quoted = scanner.ReadQuoted()) {
    scanner.ReadUntil(",");
    return *quoted;
  }
  return TrimLws(scanner.ReadUntil(","));
}

bool HasLws(std::string_view text) {
  return text.find_first_of(" \t\r\n") != std::string_view::npos;
}

}  // namespace

std::optional<std::string> Challenge::Get(std::string_view name) const {
  for (const Parameter& parameter : parameters) {
    if (EqualsIgnoreCase(parameter.name, name)) return Unquote(parameter.value);
  }
  return std::nullopt;
}

std::optional<Challenge> ParseChallenge(std::string_view text) {
  Scanner scanner(text);
  scanner.SkipLws();
  Challenge challenge;
  challenge.scheme = scanner.ReadToken();
  if (challenge.scheme.empty() || !IsLws(scanner.Peek())) return std::nullopt;
  do {
    Parameter parameter;
    parameter.name = TrimLws(scanner.ReadUntil("=,"));
    // "Digest realm" in the place of a name begins the next challenge of a list.
    if (HasLws(parameter.name)) break;
    if (scanner.ReadSeparator('=')) {
      parameter.has_value = true;
      parameter.value = ReadChallengeValue(scanner);
      if (!parameter.name.empty()) challenge.parameters.push_back(parameter);
    }
  } while (scanner.ReadSeparator(',') && challenge.parameters.size() < kMaxParameters);
  if (challenge.parameters.empty()) return std::nullopt;
  return challenge;
}

}  // namespace sip
