#ifndef SIPWASM_SRC_MESSAGES_HEADER_VIEWS_H_
#define SIPWASM_SRC_MESSAGES_HEADER_VIEWS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/string.h"
#include "messages/header_value.h"
#include "messages/message.h"

// Names for the parts of header fields that are more than a token, a number or an address. All of
// it is inline: what nobody reads is not in the module.
namespace sip {

// Every value of a header field that can be read, in order; several fields and several values in
// one field are the same (RFC 3261 section 7.3.1). What cannot be read is passed over.
inline std::vector<HeaderValue> HeaderValues(const Message& message, HeaderId id) {
  std::vector<HeaderValue> values;
  for (const HeaderField& field : message.fields()) {
    if (field.id != id) continue;
    std::string_view rest = field.value;
    while (const auto text = NextHeaderValue(KindOf(id), rest)) {
      if (const auto value = ParseHeaderValue(KindOf(id), *text)) values.push_back(*value);
    }
  }
  return values;
}

// A parameter without its quotes; "" if it is absent.
inline String ParameterText(const HeaderValue& value, std::string_view name) {
  return Unquote(value.parameters.Get(name).value_or(""));
}

// RFC 3326 section 2: SIP;cause=200;text="Call completed elsewhere".
struct Reason {
  std::string_view protocol;
  std::optional<uint32_t> cause;
  String text;

  explicit Reason(const HeaderValue& value)
      : protocol(value.first),
        cause(ReadNumber(value.parameters.Get("cause").value_or(""))),
        text(ParameterText(value, "text")) {}
};

// RFC 3261 section 20.33: 18000 (I am in a meeting);duration=3600. In seconds.
struct RetryAfter {
  uint32_t seconds;
  std::string_view comment;  // with its parentheses
  std::optional<uint32_t> duration;

  explicit RetryAfter(const HeaderValue& value)
      : seconds(ReadNumber(value.first).value_or(0)),
        comment(value.second),
        duration(ReadNumber(value.parameters.Get("duration").value_or(""))) {}
};

// RFC 4028 section 4: 1800;refresher=uac. The refresher is "uac", "uas" or "".
struct SessionExpires {
  uint32_t seconds;
  std::string_view refresher;

  explicit SessionExpires(const HeaderValue& value)
      : seconds(ReadNumber(value.first).value_or(0)),
        refresher(value.parameters.Get("refresher").value_or("")) {}
};

// RFC 3891 section 6.1, whose tags are "to-tag" and "from-tag", and RFC 4538 section 7, whose tags
// are "local-tag" and "remote-tag": all as the recipient of the request sees the dialog.
struct DialogReference {
  std::string_view call_id;
  std::string_view local_tag;
  std::string_view remote_tag;
  bool early_only;

  explicit DialogReference(const HeaderValue& value)
      : call_id(value.first),
        local_tag(Either(value, "to-tag", "local-tag")),
        remote_tag(Either(value, "from-tag", "remote-tag")),
        early_only(value.parameters.Has("early-only")) {}

 private:
  static std::string_view Either(const HeaderValue& value, std::string_view a, std::string_view b) {
    const auto found = value.parameters.Get(a);
    return found ? *found : value.parameters.Get(b).value_or("");
  }
};

// RFC 3261 section 20.43: 307 isi.edu "Session parameter 'foo' not understood".
struct WarningValue {
  uint32_t code;
  std::string_view agent;
  String text;

  explicit WarningValue(const HeaderValue& value) : code(ReadNumber(value.first).value_or(0)) {
    Scanner scanner(value.second);
    agent = scanner.ReadUntil(" \t");
    text = Unquote(TrimLws(scanner.rest()));
  }
};

// RFC 3261 section 20.38: 54.75 0.5, in seconds as written.
struct Timestamp {
  std::string_view time;
  std::string_view delay;  // "" if there is none

  explicit Timestamp(const HeaderValue& value) {
    Scanner scanner(value.first);
    time = scanner.ReadUntil(" \t");
    delay = TrimLws(scanner.rest());
  }
};

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_HEADER_VIEWS_H_
