#include "grammar/parameters.h"

namespace sip {
namespace {

// The end of a value that begins at the scanner: a quoted string, and whatever stands behind it,
// or any text up to `stops`. What is allowed in values differs between headers and is broken often
// ("received=[::1]", "x-name=ISDN 0/1"), so only the characters that end one are looked at.
std::string_view ReadValue(Scanner& scanner, std::string_view stops) {
  const std::string_view rest = scanner.rest();
  const size_t start = scanner.position();
  scanner.ReadQuoted();
  scanner.ReadUntil(stops);
  return TrimLws(rest.substr(0, scanner.position() - start));
}

}  // namespace

Parameters Parameters::Read(Scanner& scanner, Ends ends) {
  const bool in_uri = ends == Ends::kUri;
  const std::string_view value_stops = in_uri ? ";?" : ";,";
  const std::string_view name_stops = in_uri ? "=;?" : "=;,";
  Parameters parameters;
  while (scanner.ReadSeparator(';')) {
    Parameter parameter;
    parameter.name = TrimLws(scanner.ReadUntil(name_stops));
    if (scanner.ReadSeparator('=')) {
      parameter.has_value = true;
      parameter.value = ReadValue(scanner, value_stops);
    }
    if (parameter.name.empty() || parameters.size() == kMaxParameters) continue;
    parameters.list_.push_back(parameter);
  }
  scanner.SkipLws();
  return parameters;
}

std::optional<std::string_view> Parameters::Get(std::string_view name) const {
  for (const Parameter& parameter : list_) {
    if (EqualsIgnoreCase(parameter.name, name)) return parameter.value;
  }
  return std::nullopt;
}

std::string Unquote(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  text = text.substr(1, text.size() - 2);
  std::string result;
  result.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    result.push_back(text[i]);
  }
  return result;
}

std::string Quote(std::string_view text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') result.push_back('\\');
    result.push_back(c);
  }
  result.push_back('"');
  return result;
}

}  // namespace sip
