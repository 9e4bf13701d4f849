#include "stack/values.h"

#include <optional>
#include <variant>
#include <vector>

#include "grammar/challenge.h"
#include "grammar/cseq.h"
#include "grammar/event_headers.h"
#include "grammar/name_addr.h"
#include "grammar/uri.h"
#include "grammar/via.h"
#include "messages/message_index.h"
#include "messages/parser.h"
#include "messages/status_code.h"

namespace sip {
namespace {

class ValueWriter {
 public:
  ValueWriter(std::string_view text, std::vector<int32_t>& words)
      : text_(text), units_(text), words_(words) {}

  void Word(int32_t word) { words_.push_back(word); }
  void Put(std::string_view part) {
    const bool inside = part.data() >= text_.data() && !part.empty();
    const auto octet = inside ? static_cast<size_t>(part.data() - text_.data()) : 0;
    const int32_t begin = units_.At(octet);
    Word(begin);
    Word(inside ? units_.At(octet + part.size()) - begin : 0);
  }
  void Port(const std::optional<uint16_t>& port) { Word(port.has_value() ? *port : -1); }
  template <typename List>
  void Put(const List& parameters, size_t count) {
    Word(static_cast<int32_t>(count));
    for (const Parameter& parameter : parameters) {
      Put(parameter.name);
      Word(parameter.has_value ? 1 : 0);
      Put(parameter.value);
    }
  }

 private:
  std::string_view text_;
  Utf16 units_;
  std::vector<int32_t>& words_;
};

void Write(const Uri& uri, ValueWriter& out) {
  out.Put(uri.scheme);
  out.Put(uri.user);
  out.Word(uri.password.has_value() ? 1 : 0);
  out.Put(uri.password.value_or(""));
  out.Put(uri.host);
  out.Port(uri.port);
  out.Put(uri.headers);
  out.Put(uri.opaque);
  out.Put(uri.parameters, uri.parameters.size());
}

void Write(const NameAddr& address, ValueWriter& out) {
  out.Put(address.display_name);
  out.Put(address.uri.text);
  out.Put(address.parameters, address.parameters.size());
}

void Write(const Via& via, ValueWriter& out) {
  out.Put(via.protocol);
  out.Put(via.version);
  out.Put(via.transport);
  out.Put(via.host);
  out.Port(via.port);
  out.Put(via.parameters, via.parameters.size());
}

void Write(const CSeq& cseq, ValueWriter& out) {
  out.Word(static_cast<int32_t>(cseq.number));
  out.Put(cseq.method);
}

void Write(const TokenWithParameters& value, ValueWriter& out) {
  out.Put(value.token);
  out.Put(value.parameters, value.parameters.size());
}

void Write(const Challenge& challenge, ValueWriter& out) {
  out.Put(challenge.scheme);
  out.Put(challenge.parameters, challenge.parameters.size());
}

template <typename Value>
void WriteIf(const std::optional<Value>& value, ValueWriter out) {
  if (value.has_value()) Write(*value, out);
}

void WriteList(std::string_view text, ValueWriter out) {
  std::vector<std::string_view> values;
  std::string_view rest = text;
  while (const auto value = NextListValue(rest)) values.push_back(*value);
  out.Word(static_cast<int32_t>(values.size()));
  for (const std::string_view value : values) out.Put(value);
}

}  // namespace

void WriteValue(ValueKind kind, std::string_view text, Wire& out) {
  ValueWriter writer(text, out.words);
  switch (kind) {
    case ValueKind::kUri:
      return WriteIf(ParseUri(text), writer);
    case ValueKind::kNameAddr:
      return WriteIf(ParseNameAddr(text), writer);
    case ValueKind::kVia:
      return WriteIf(ParseVia(text), writer);
    case ValueKind::kCSeq:
      return WriteIf(ParseCSeq(text), writer);
    case ValueKind::kToken:
      return WriteIf(ParseTokenWithParameters(text), writer);
    case ValueKind::kChallenge:
      return WriteIf(ParseChallenge(text), writer);
    case ValueKind::kReason: {
      if (text.size() != 3) return;
      out.text = ReasonPhrase((text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0'));
      return;
    }
    case ValueKind::kList:
      return WriteList(text, writer);
    case ValueKind::kMessage: {
      const auto parsed = ParseMessage(text);
      if (const auto* message = std::get_if<Message>(&parsed)) {
        out.words = {1, -1, 0, 0};  // as the field of an event, but for the serial
        WriteMessageIndex(*message, out.words);
      } else {
        out.text = std::get<MalformedMessage>(parsed).reason;
      }
      return;
    }
  }
}

}  // namespace sip
