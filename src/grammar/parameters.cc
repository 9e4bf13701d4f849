#include "grammar/parameters.h"

namespace sip {
namespace {

// What separates parameters, what ends a name and what ends a value.
struct Rules {
  char separator;
  Stops name_stops;
  Stops value_stops;
};
constexpr Rules kRules[] = {
    {';', "=;,", ";,"},  // In::kHeader
    {';', "=;?", ";?"},  // In::kUri
    {',', "=,", ","},    // In::kChallenge
    {'&', "=&", "&"},    // In::kUriHeaders
};

// A value at the scanner: a quoted string, and whatever stands behind it, or any text up to
// `stops`. What is allowed in values differs between headers and is broken often ("received=[::1]",
// "x-name=ISDN 0/1"), so only the characters that end one are looked at.
std::string_view ReadValue(Scanner& scanner, Stops stops) {
  const char* const start = scanner.rest().data();
  if (scanner.Peek() == '"') scanner.ReadQuoted();
  const std::string_view last = scanner.ReadUntil(stops);
  return TrimLws({start, static_cast<size_t>(last.data() + last.size() - start)});
}

// The next parameter that has a name. False, and no move, if there is none.
bool ReadParameter(Scanner& scanner, Parameters::In in, Parameter& parameter) {
  const Rules& rules = kRules[static_cast<size_t>(in)];
  const bool is_challenge = in == Parameters::In::kChallenge;
  while (scanner.ReadSeparator(rules.separator) ||
         (rules.separator != ';' && scanner.position() == 0 && !scanner.AtEnd())) {
    parameter.name = TrimLws(scanner.ReadUntil(rules.name_stops));
    // "Digest realm" in the place of a name begins the next challenge of a list.
    if (is_challenge && parameter.name.find(' ') != std::string_view::npos) return false;
    parameter.has_value = scanner.ReadSeparator('=');
    parameter.value = {};
    if (parameter.has_value) parameter.value = ReadValue(scanner, rules.value_stops);
    if (!parameter.name.empty()) return true;
  }
  return false;
}

}  // namespace

Parameters Parameters::Read(Scanner& scanner, In in) {
  Parameters parameters;
  parameters.in_ = in;
  parameters.text_ = scanner.rest();
  if (parameters.text_.empty()) return parameters;
  // Most often nothing is there that could end them, nor quotes that could hide that.
  if (parameters.text_[0] == ';' && in <= In::kUri) {
    Scanner whole = scanner;
    whole.ReadUntil(in == In::kUri ? Stops("?\"") : Stops(",\""));
    if (whole.AtEnd()) return scanner = whole, parameters;
  }
  const size_t start = scanner.position();
  Parameter ignored;
  while (ReadParameter(scanner, in, ignored)) {
  }
  parameters.text_ = parameters.text_.substr(0, scanner.position() - start);
  scanner.SkipLws();
  return parameters;
}

Parameters::Iterator& Parameters::Iterator::operator++() {
  count_ = ReadParameter(scanner_, in_, parameter_) ? count_ + 1 : kMaxParameters + 1;
  return *this;
}

size_t Parameters::size() const {
  size_t count = 0;
  for ([[maybe_unused]] const Parameter& parameter : *this) ++count;
  return count;
}

std::optional<std::string_view> Parameters::Get(std::string_view name) const {
  for (const Parameter& parameter : *this) {
    if (EqualsIgnoreCase(parameter.name, name)) return parameter.value;
  }
  return std::nullopt;
}

String Unquote(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return String(text);
  text = text.substr(1, text.size() - 2);
  String result;
  result.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    result.push_back(text[i]);
  }
  return result;
}

String Quote(std::string_view text) {
  String result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') result.push_back('\\');
    result.push_back(c);
  }
  result.push_back('"');
  return result;
}

}  // namespace sip
