#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

#include "messages/builder.h"
#include "messages/parser.h"
#include "tests/fuzz/require.h"
#include "tests/support/round_trip.h"

// The input is what came in on a WebSocket. It is read or refused; what is read is indexed, read in
// every way, written again and read as the same; what is answered is a message again.
namespace sip {
namespace {

bool IsMessage(std::string_view text) {
  return std::holds_alternative<Message>(ParseMessage(text));
}

// Nothing of the request but what section 8.2.6.2 wants copied gets into an answer to a text that
// is no message: each of its lines is one of ours.
void CheckRefusal(const MalformedMessage& malformed) {
  Require(!malformed.reason.empty(), "a refusal has a reason");
  Require((malformed.status == 0) == malformed.response.empty(), "a status has its response");
  std::string_view rest = malformed.response;
  if (rest.empty()) return;
  Require(rest.ends_with("\r\nContent-Length: 0\r\n\r\n"), "a response ends");
  rest.remove_suffix(4);
  Require(rest.starts_with("SIP/2.0 "), "a response begins");
  for (size_t end = rest.find("\r\n"); end != std::string_view::npos; end = rest.find("\r\n")) {
    Require(rest.substr(0, end).find_first_of("\r\n") == std::string_view::npos, "lines are lines");
    rest.remove_prefix(end + 2);
    const HeaderId id = FindHeader(rest.substr(0, rest.find(':')));
    Require(id == HeaderId::kVia || id == HeaderId::kFrom || id == HeaderId::kTo ||
                id == HeaderId::kCallId || id == HeaderId::kCSeq || id == HeaderId::kContentLength,
            "a line of an answer is known");
  }
}

void CheckMessage(const Message& message) {
  RequireNone(RoundTripLoss(message));
  Require(Equivalent(message.to().uri, message.to().uri), "a URI is equivalent to itself");
  if (!message.is_request()) return;
  Require(IsMessage(BuildResponse(message, {.status = 486, .to_tag = "t"})), "an answer is one");
  Require(IsMessage(BuildCancel(message, {})), "a CANCEL is one");
  Require(IsMessage(BuildLocalResponse(message, 408)), "a local response is one");
}

}  // namespace
}  // namespace sip

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto result = sip::ParseMessage({reinterpret_cast<const char*>(data), size});
  if (const auto* malformed = std::get_if<sip::MalformedMessage>(&result)) {
    sip::CheckRefusal(*malformed);
  } else {
    sip::CheckMessage(std::get<sip::Message>(result));
  }
  return 0;
}
