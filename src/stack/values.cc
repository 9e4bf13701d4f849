#include "stack/values.h"

#include <algorithm>
#include <optional>
#include <variant>

#include "grammar/name_addr.h"
#include "grammar/uri.h"
#include "messages/header_value.h"
#include "messages/message_index.h"
#include "messages/parser.h"
#include "messages/status_code.h"

namespace sip {
namespace {

// What parses a text of one kind. Its offsets are written by `writer`, into `out.words`.
using Write = void(std::string_view text, WordWriter& writer, Wire& out);

void WriteUri(std::string_view text, WordWriter& writer, Wire&) {
  Uri uri;
  if (ReadUri(text, uri)) writer.Put(uri);
}

void WriteHeader(std::string_view text, WordWriter& writer, Wire&) {
  const size_t colon = std::min(text.find(':'), text.size());
  const HeaderKind kind = KindOf(FindHeader(text.substr(0, colon)));
  std::string_view rest = text.substr(std::min(colon + 1, text.size()));
  if (kind == HeaderKind::kUnknown) return;
  writer.Word(static_cast<int32_t>(kind));
  while (const auto value = NextHeaderValue(kind, rest)) {
    const std::optional<HeaderValue> parsed = ParseHeaderValue(kind, *value);
    if (!parsed) return writer.Clear();
    writer.Put(parsed->text);
    writer.Put(parsed->first);
    writer.Put(parsed->second);
    writer.Put(parsed->parameters);
    const std::optional<Uri> uri = HasAddress(kind) ? ParseUri(parsed->second) : std::nullopt;
    writer.Word(uri.has_value() ? 1 : 0);
    if (uri.has_value()) writer.Put(*uri);
  }
}

void WriteMessage(std::string_view text, WordWriter&, Wire& out) {
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

void WriteList(std::string_view text, WordWriter& writer, Wire&) {
  while (const auto value = NextAddress(text)) writer.Put(*value);
}

void WriteName(std::string_view text, WordWriter& writer, Wire& out) {
  out.text = IsDigit(Scanner(text).Peek())
                 ? ReasonPhrase(static_cast<int>(ReadNumber(text).value_or(0)))
                 : CanonicalName(text);
  writer.Word(static_cast<int32_t>(FindHeader(text)));
}

void WriteAddress(std::string_view text, WordWriter& writer, Wire&) {
  if (const auto address = ParseNameAddr(TrimLws(text))) writer.Put(*address);
}

void WriteEquivalent(std::string_view text, WordWriter& writer, Wire&) {
  const size_t space = std::min(text.find(' '), text.size());
  const auto a = ParseUri(text.substr(0, space));
  const auto b = ParseUri(TrimLws(text.substr(space)));
  if (a.has_value() && b.has_value() && Equivalent(*a, *b)) writer.Word(1);
}

// By kind. A table, as the module is split behind the first of them, see wasm/README.md.
constexpr Write* kWriters[] = {WriteUri,  WriteHeader,  WriteMessage,   WriteList,
                               WriteName, WriteAddress, WriteEquivalent};

}  // namespace

void WriteValue(ValueKind kind, std::string_view text, Wire& out, size_t before) {
  WordWriter writer(text, out.words, before);
  kWriters[static_cast<size_t>(kind)](text, writer, out);
}

}  // namespace sip
