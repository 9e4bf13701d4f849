#include "tests/support/round_trip.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/str_cat.h"
#include "grammar/challenge.h"
#include "messages/message_index.h"
#include "messages/parser.h"
#include "stack/values.h"
#include "user_agents/wire.h"

namespace sip {
namespace {

// Values as text that is read as the same values.
std::string Again(const Parameters& parameters, std::string_view separator) {
  std::string text;
  std::string_view before = separator == "," ? " " : separator;
  for (const Parameter& each : parameters) {
    StrAppend(&text, before, each.name, each.has_value ? "=" : "", each.value);
    before = separator;
  }
  return text;
}

std::string Again(const Uri& uri) {
  if (!uri.is_sip()) return StrCat(uri.scheme, ":", uri.opaque);
  std::string text = StrCat(uri.scheme, ":", uri.user);
  if (uri.password) StrAppend(&text, ":", *uri.password);
  if (!uri.user.empty() || uri.password) text += '@';
  text += uri.host;
  if (uri.port) StrAppend(&text, ":", *uri.port);
  text += Again(uri.parameters, ";");
  if (!uri.headers.empty()) StrAppend(&text, "?", uri.headers);
  return text;
}

std::string Again(const NameAddr& value) {
  return StrCat(value.display_name, " <", Again(value.uri), ">", Again(value.parameters, ";"));
}

std::string Again(const Via& via) {
  std::string text = StrCat(via.protocol, "/", via.version, "/", via.transport, " ", via.host);
  if (via.port) StrAppend(&text, ":", *via.port);
  return text + Again(via.parameters, ";");
}

std::string Again(const CSeq& cseq) { return StrCat(cseq.number, " ", cseq.method); }

std::string Again(const RAck& rack) { return StrCat(rack.response_number, " ", Again(rack.cseq)); }

std::string Again(const TokenWithParameters& value) {
  return StrCat(value.token, Again(value.parameters, ";"));
}

std::string Again(const Challenge& value) {
  return StrCat(value.scheme, Again(value.parameters, ","));
}

// Values for people, every part between bars.
std::string Show(const Parameters& parameters) {
  std::string text;
  for (const Parameter& each : parameters) {
    StrAppend(&text, "|", each.name, each.has_value ? "=" : "", each.value);
  }
  return text;
}

std::string Show(const Uri& uri) {
  return StrCat(uri.scheme, "|", uri.user, "|", uri.password ? "password " : "",
                uri.password.value_or(""), "|", uri.host, "|", uri.port.value_or(0), "|",
                uri.is_sip() ? uri.headers : uri.opaque, Show(uri.parameters));
}

std::string Show(const NameAddr& value) {
  return StrCat(value.display_name, "|", Show(value.uri), "|", Show(value.parameters));
}

std::string Show(const Via& via) {
  return StrCat(via.protocol, "|", via.version, "|", via.transport, "|", via.host, "|",
                via.port.value_or(0), Show(via.parameters));
}

std::string Show(const CSeq& value) { return Again(value); }
std::string Show(const RAck& value) { return Again(value); }

std::string Show(const TokenWithParameters& value) {
  return StrCat(value.token, "|", Show(value.parameters));
}

std::string Show(const Challenge& value) {
  return StrCat(value.scheme, "|", Show(value.parameters));
}

std::string Show(const Message& message) {
  std::string text = StrCat(message.method(), "|", message.request_uri(), "|", message.status(),
                            "|", message.reason(), "\n", Show(message.via()), "\n");
  StrAppend(&text, Show(message.from()), "\n", Show(message.to()), "\n", message.call_id(), "\n",
            Show(message.cseq()), "\n");
  for (const HeaderField& field : message.fields()) {
    StrAppend(&text, CanonicalName(field.name), ": ");
    const bool is_rewritten =
        field.id == HeaderId::kVia || field.id == HeaderId::kFrom || field.id == HeaderId::kTo;
    StrAppend(&text, is_rewritten ? "see above" : field.value, "\n");
  }
  for (const std::string_view via : message.GetList(HeaderId::kVia)) {
    StrAppend(&text, Show(*ParseVia(via)), "\n");
  }
  return StrAppend(&text, message.body()), text;
}

// What `text`, if it is read by `parse`, loses by being written again.
template <typename Parse>
std::string Loss(std::string_view text, Parse parse) {
  const auto value = parse(text);
  if (!value) return "";
  const std::string written = Again(*value);
  const auto reread = parse(std::string_view(written));
  if (reread && Show(*reread) == Show(*value)) return "";
  return StrCat(text, "\nis read as\n", Show(*value), "\nwritten again\n", written,
                "\nand then read as\n", reread ? Show(*reread) : std::string("nothing"), "\n");
}

std::string ViasAgain(std::string_view field) {
  std::string text;
  while (const auto value = NextListValue(field)) {
    const auto via = ParseVia(*value);
    StrAppend(&text, text.empty() ? "" : ", ", via ? Again(*via) : std::string(*value));
  }
  return text;
}

// The offsets that go to JavaScript lie within the text.
bool IndexIsWithin(const Message& message) {
  Words words;
  WriteMessageIndex(message, words);
  // Status; offset and length of eight parts; the number of CSeq; the count of fields; three
  // places.
  constexpr size_t kParts = 1 + 2 * 8 + 2 + 3;
  const size_t end = kParts + 5 * message.fields().size();
  const auto place = static_cast<size_t>(words[kParts - 3]);
  if (place != end || words.size() <= end) return false;
  const int32_t units = Utf16(message.text()).At(message.text().size());
  const auto is_within = [&](size_t at) {
    return words[at] >= 0 && words[at + 1] >= 0 && words[at] <= units - words[at + 1];
  };
  for (size_t at = 1; at < kParts - 5; at += 2) {
    if (!is_within(at)) return false;
  }
  for (size_t at = kParts; at < end; at += 5) {
    if (!is_within(at + 1) || !is_within(at + 3)) return false;
  }
  return true;
}

}  // namespace

std::string WriteAgain(const Message& message) {
  std::string text = message.is_request()
                         ? StrCat(message.method(), " ", message.request_uri(), " SIP/2.0\r\n")
                         : StrCat("SIP/2.0 ", message.status(), " ", message.reason(), "\r\n");
  for (const HeaderField& field : message.fields()) {
    StrAppend(&text, CanonicalName(field.name), ": ");
    switch (field.id) {
      case HeaderId::kVia:
        text += ViasAgain(field.value);
        break;
      case HeaderId::kFrom:
        text += Again(message.from());
        break;
      case HeaderId::kTo:
        text += Again(message.to());
        break;
      default:
        text += field.value;
    }
    text += "\r\n";
  }
  return StrCat(text, "\r\n", message.body());
}

std::string RoundTripLoss(const Message& message) {
  if (!IndexIsWithin(message)) return "The index leaves the text";
  for (const HeaderField& field : message.fields()) {
    if (field.value.find_first_of("\r\n") != std::string_view::npos) return "A value holds a break";
    if (std::string loss = RoundTripLoss(field.value); !loss.empty()) return loss;
    message.GetNumber(field.id);
    for (const std::string_view value : message.GetList(field.id)) {
      if (std::string loss = RoundTripLoss(value); !loss.empty()) return loss;
    }
  }
  const std::string written = WriteAgain(message);
  const auto reread = ParseMessage(written);
  if (const auto* malformed = std::get_if<MalformedMessage>(&reread)) {
    return StrCat(malformed->reason, " in\n", written);
  }
  const std::string before = Show(message);
  const std::string after = Show(std::get<Message>(reread));
  return before == after ? "" : StrCat(before, "\nbecomes\n", after, "\nthrough\n", written);
}

std::string RoundTripLoss(std::string_view value) {
  Wire wire;
  for (int kind = 0; kind <= static_cast<int>(ValueKind::kEquivalent); ++kind) {
    wire.Clear();
    WriteValue(static_cast<ValueKind>(kind), value, wire);
  }
  std::string loss = Loss(value, ParseUri);
  if (loss.empty()) loss = Loss(value, ParseNameAddr);
  if (loss.empty()) loss = Loss(value, ParseVia);
  if (loss.empty()) loss = Loss(value, ParseCSeq);
  if (loss.empty()) loss = Loss(value, ParseRAck);
  if (loss.empty()) loss = Loss(value, ParseTokenWithParameters);
  if (loss.empty()) loss = Loss(value, ParseChallenge);
  return loss;
}

}  // namespace sip
