#include "stack/values.h"

#include <algorithm>
#include <optional>
#include <variant>
#include <vector>

#include "grammar/name_addr.h"
#include "grammar/uri.h"
#include "messages/header_value.h"
#include "messages/message_index.h"
#include "messages/parser.h"
#include "messages/status_code.h"

namespace sip {
namespace {

void WriteHeader(std::string_view text, WordWriter& out) {
  const size_t colon = std::min(text.find(':'), text.size());
  const HeaderKind kind = KindOf(FindHeader(text.substr(0, colon)));
  std::string_view rest = text.substr(std::min(colon + 1, text.size()));
  if (kind == HeaderKind::kUnknown) return;
  out.Word(static_cast<int32_t>(kind));
  while (const auto value = NextHeaderValue(kind, rest)) {
    const std::optional<HeaderValue> parsed = ParseHeaderValue(kind, *value);
    if (!parsed) return out.Clear();
    out.Put(parsed->text);
    out.Put(parsed->first);
    out.Put(parsed->second);
    out.Put(parsed->parameters);
    const std::optional<Uri> uri = HasAddress(kind) ? ParseUri(parsed->second) : std::nullopt;
    out.Word(uri.has_value() ? 1 : 0);
    if (uri.has_value()) out.Put(*uri);
  }
}

void WriteEquivalent(std::string_view text, WordWriter& out) {
  const size_t space = std::min(text.find(' '), text.size());
  const auto a = ParseUri(text.substr(0, space));
  const auto b = ParseUri(TrimLws(text.substr(space)));
  if (a.has_value() && b.has_value() && Equivalent(*a, *b)) out.Word(1);
}

void WriteList(std::string_view text, WordWriter& out) {
  while (const auto value = NextAddress(text)) out.Put(*value);
}

void WriteMessage(std::string_view text, Wire& out) {
  const auto parsed = ParseMessage(text);
  if (const auto* message = std::get_if<Message>(&parsed)) {
    // As the field of an event, but for the serial.
    for (const int32_t word : {0, -1, 0, 0}) out.words.push_back(word);
    WriteMessageIndex(*message, out.words);
    out.words[0] = static_cast<int32_t>(out.words.size());
  } else {
    out.text = std::get<MalformedMessage>(parsed).reason;
  }
}

}  // namespace

void WriteValue(ValueKind kind, std::string_view text, Wire& out, size_t before) {
  if (kind == ValueKind::kMessage) return WriteMessage(text, out);
  WordWriter writer(text, out.words, before);
  switch (kind) {
    case ValueKind::kUri:
      if (const auto uri = ParseUri(text)) writer.Put(*uri);
      return;
    case ValueKind::kHeader:
      return WriteHeader(text, writer);
    case ValueKind::kAddress:
      if (const auto address = ParseNameAddr(TrimLws(text))) writer.Put(*address);
      return;
    case ValueKind::kEquivalent:
      return WriteEquivalent(text, writer);
    case ValueKind::kName:
      out.text = IsDigit(Scanner(text).Peek())
                     ? ReasonPhrase(static_cast<int>(ReadNumber(text).value_or(0)))
                     : CanonicalName(text);
      return writer.Word(static_cast<int32_t>(FindHeader(text)));
    case ValueKind::kList:
      return WriteList(text, writer);
    case ValueKind::kMessage:
      return;
  }
}

}  // namespace sip
