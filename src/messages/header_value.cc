#include "messages/header_value.h"

#include "grammar/challenge.h"
#include "grammar/cseq.h"
#include "grammar/name_addr.h"
#include "grammar/via.h"
#include "messages/token_with_parameters.h"

namespace sip {
namespace {

// What stands before the parameters, in two parts at the first space, or where a comment begins.
void ReadHead(Scanner& scanner, bool is_all, HeaderValue& value) {
  const size_t size = scanner.rest().size();
  Scanner words(TrimLws(is_all ? scanner.Take(size) : scanner.ReadUntil(";,")));
  value.first = words.ReadUntil(is_all ? Stops(" \t") : Stops(" \t("));
  value.second = TrimLws(words.rest());
}

bool ReadAddress(HeaderValue& value) {
  const std::optional<NameAddr> address = ParseNameAddr(value.text);
  if (!address) return false;
  value.first = address->display_name;
  value.second = address->uri.text;
  value.parameters = address->parameters;
  return true;
}

bool ReadVia(HeaderValue& value) {
  const std::optional<Via> via = ParseVia(value.text);
  if (!via) return false;
  const char* const end = via->transport.data() + via->transport.size();
  value.first = {via->protocol.data(), static_cast<size_t>(end - via->protocol.data())};
  value.second = via->sent_by;
  value.parameters = via->parameters;
  return true;
}

bool ReadChallenge(HeaderValue& value) {
  const std::optional<Challenge> challenge = ParseChallenge(value.text);
  if (!challenge) return false;
  value.first = challenge->scheme;
  value.parameters = challenge->parameters;
  return true;
}

// The head is what the kind wants, and nothing but it and its parameters is there.
bool IsWellFormed(HeaderKind kind, const HeaderValue& value) {
  switch (kind) {
    case HeaderKind::kNumber:
      return ReadNumber(value.first) && (value.second.empty() || value.second[0] == '(');
    case HeaderKind::kMediaType:
      return value.second.empty() && value.first.find('/') != std::string_view::npos;
    case HeaderKind::kToken:
    case HeaderKind::kTokens:
      return value.second.empty() && IsToken(value.first);
    case HeaderKind::kWarning:
      return ReadNumber(value.first) && !value.second.empty();
    default:
      return value.second.empty() && !value.first.empty();
  }
}

bool ReadParts(HeaderKind kind, HeaderValue& value) {
  Scanner scanner(value.text);
  switch (kind) {
    case HeaderKind::kUnknown:
      return false;
    case HeaderKind::kText:
      value.first = value.text;
      return true;
    case HeaderKind::kContacts:
      value.first = value.text;
      return value.text == "*" || ReadAddress(value);
    case HeaderKind::kAddress:
    case HeaderKind::kRoutes:
      return ReadAddress(value);
    case HeaderKind::kVia:
      return ReadVia(value);
    case HeaderKind::kCSeq:
    case HeaderKind::kRAck:
      ReadHead(scanner, true, value);
      return kind == HeaderKind::kCSeq ? ParseCSeq(value.text).has_value()
                                       : ReadNumber(value.first) && ParseCSeq(value.second);
    case HeaderKind::kChallenge:
    case HeaderKind::kCredentials:
      return ReadChallenge(value);
    case HeaderKind::kParameters:
      value.parameters = Parameters::Read(scanner, Parameters::In::kChallenge);
      return value.parameters.size() > 0;
    default:
      break;
  }
  ReadHead(scanner, kind == HeaderKind::kWarning || kind == HeaderKind::kWord, value);
  value.parameters = Parameters::Read(scanner);
  while (scanner.ReadSeparator(',')) {
  }
  return scanner.AtEnd() && IsWellFormed(kind, value);
}

}  // namespace

std::optional<HeaderValue> ParseHeaderValue(HeaderKind kind, std::string_view text) {
  HeaderValue value{.text = TrimLws(text)};
  if (!ReadParts(kind, value)) return std::nullopt;
  return value;
}

std::optional<std::string_view> NextHeaderValue(HeaderKind kind, std::string_view& rest) {
  if (IsList(kind)) return HasAddress(kind) ? NextAddress(rest) : NextListValue(rest);
  if (rest.data() == nullptr) return std::nullopt;
  const std::string_view whole = rest;
  rest = {};
  return whole;
}

std::optional<TokenWithParameters> ParseTokenWithParameters(std::string_view text) {
  const std::optional<HeaderValue> value = ParseHeaderValue(HeaderKind::kTokenList, text);
  if (!value) return std::nullopt;
  return TokenWithParameters{.token = value->first, .parameters = value->parameters};
}

}  // namespace sip
