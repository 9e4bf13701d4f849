#include "messages/message.h"

#include "messages/header_value.h"

namespace sip {

std::optional<std::string_view> Message::Get(HeaderId id) const {
  for (const HeaderField& field : fields_) {
    if (field.id == id) return field.value;
  }
  return std::nullopt;
}

std::optional<std::string_view> Message::Get(std::string_view name) const {
  if (const HeaderId id = FindHeader(name); id != HeaderId::kOther) return Get(id);
  for (const HeaderField& field : fields_) {
    if (EqualsIgnoreCase(field.name, name)) return field.value;
  }
  return std::nullopt;
}

List<std::string_view> Message::GetList(HeaderId id) const {
  List<std::string_view> values;
  for (const HeaderField& field : fields_) {
    if (field.id != id) continue;
    std::string_view rest = field.value;
    while (const auto value = NextHeaderValue(KindOf(id), rest)) values.push_back(*value);
  }
  return values;
}

bool Message::ListHas(HeaderId id, std::string_view token) const {
  for (const HeaderField& field : fields_) {
    if (field.id != id) continue;
    std::string_view rest = field.value;
    while (const auto value = NextListValue(rest)) {
      if (EqualsIgnoreCase(*value, token)) return true;
    }
  }
  return false;
}

std::optional<NameAddr> Message::GetNameAddr(HeaderId id) const {
  const std::optional<std::string_view> field = Get(id);
  if (!field) return std::nullopt;
  std::string_view rest = *field;
  const std::optional<std::string_view> value = NextHeaderValue(KindOf(id), rest);
  if (!value) return std::nullopt;
  return ParseNameAddr(*value);
}

std::optional<uint32_t> Message::GetNumber(HeaderId id) const {
  // RFC 3261 section 20.33: a comment or parameters may follow, as in "18000;duration=3600".
  Scanner scanner(Get(id).value_or(""));
  return ReadNumber(Scanner(scanner.ReadUntil(";(,")).ReadUntil(" \t"));
}

std::optional<TokenWithParameters> Message::GetToken(HeaderId id) const {
  std::string_view rest = Get(id).value_or("");
  return ParseTokenWithParameters(NextListValue(rest).value_or(""));
}

}  // namespace sip
