#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/str_cat.h"
#include "messages/builder.h"
#include "messages/parser.h"
#include "tests/fuzz/require.h"
#include "tests/support/round_trip.h"

// The first octet chooses a header field, the others are its value: an application's extra header
// on its way out. A value with a line break is refused; any other is one field of the message, with
// that value, and costs at most itself.
namespace sip {
namespace {

constexpr int kHeaders = static_cast<int>(HeaderId::kWwwAuthenticate) + 1;

RequestParts Options() {
  return {.method = "OPTIONS",
          .request_uri = "sip:bob@biloxi.example",
          .from = "<sip:alice@atlanta.example>;tag=a",
          .to = "<sip:bob@biloxi.example>",
          .call_id = "call",
          .cseq = 1};
}

// Those that a request has once, and without which it is none.
bool IsMandatory(HeaderId id) {
  return id == HeaderId::kVia || id == HeaderId::kFrom || id == HeaderId::kTo ||
         id == HeaderId::kCallId || id == HeaderId::kCSeq || id == HeaderId::kContentLength;
}

void CheckMandatory(HeaderId id, const std::string& value) {
  std::string text = BuildRequest(Options(), "SIP/2.0/WSS a.invalid;branch=z9hG4bK1");
  const std::string name = StrCat("\r\n", HeaderName(id), ": ");
  const size_t begin = text.find(name) + name.size();
  text.replace(begin, text.find("\r\n", begin) - begin, value);
  const auto result = ParseMessage(text);
  if (const auto* message = std::get_if<Message>(&result)) RequireNone(RoundTripLoss(*message));
}

void CheckOptional(std::string_view name, const std::string& value) {
  RequestParts request = Options();
  const std::string line = StrCat(name, ": ", value, "\r\n");
  const bool is_line = CheckHeaderLines({.text = line, .count = 1}).ok();
  Require(is_line != HasControlBreak(value), "a line is refused if it holds a break");
  if (!is_line) return;
  request.headers = line;
  const auto result = ParseMessage(BuildRequest(request, "SIP/2.0/WSS a.invalid;branch=z9hG4bK1"));
  const auto* message = std::get_if<Message>(&result);
  Require(message != nullptr, "an optional header field never costs the message");
  // A Max-Forwards goes in place of the usual one.
  const size_t fields = FindLine(line, HeaderId::kMaxForwards).empty() ? 8 : 7;
  Require(message->fields().size() == fields, "a line is one field");
  const HeaderField& field = message->fields()[fields - 2];
  Require(field.name == name && field.value == TrimLws(value), "a value arrives as it is");
  RequireNone(RoundTripLoss(*message));
  RequireNone(RoundTripLoss(field.value));
  message->GetNameAddr(field.id);
  message->GetNumber(field.id);
  message->GetToken(field.id);
  message->ListHas(field.id, "100rel");
}

}  // namespace
}  // namespace sip

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto id = static_cast<sip::HeaderId>(data[0] % sip::kHeaders);
  const std::string value(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (sip::IsMandatory(id)) {
    sip::CheckMandatory(id, value);
  } else {
    sip::CheckOptional(id == sip::HeaderId::kOther ? "X-Other" : sip::HeaderName(id), value);
  }
  return 0;
}
