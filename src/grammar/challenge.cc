#include "grammar/challenge.h"

namespace sip {

std::optional<String> Challenge::Get(std::string_view name) const {
  if (const std::optional<std::string_view> value = parameters.Get(name)) return Unquote(*value);
  return std::nullopt;
}

std::optional<Challenge> ParseChallenge(std::string_view text) {
  Scanner scanner(text);
  scanner.SkipLws();
  Challenge challenge;
  challenge.scheme = scanner.ReadToken();
  if (challenge.scheme.empty() || !IsLws(scanner.Peek())) return std::nullopt;
  scanner.SkipLws();
  Scanner rest(scanner.rest());
  challenge.parameters = Parameters::Read(rest, Parameters::In::kChallenge);
  for (const Parameter& parameter : challenge.parameters) {
    if (parameter.has_value) return challenge;
  }
  return std::nullopt;
}

}  // namespace sip
