#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/str_cat.h"
#include "messages/builder.h"
#include "messages/digest.h"
#include "messages/parser.h"
#include "tests/fuzz/require.h"
#include "tests/support/round_trip.h"

// The input is the challenges of a server, one a line. Those that can be answered get credentials
// that are one header line, and bring back what the server gave out.
namespace sip {
namespace {

std::string Challenged(std::string_view lines) {
  std::string text =
      "SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\n"
      "From: <sip:a@b.c>;tag=a\r\nTo: <sip:a@b.c>;tag=b\r\nCall-ID: c\r\nCSeq: 1 REGISTER\r\n";
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(line.size() < lines.size() ? line.size() + 1 : line.size());
    const bool proxy = line.starts_with('P');
    StrAppend(&text,
              proxy ? "Proxy-Authenticate: " : "WWW-Authenticate: ", line.substr(proxy ? 1 : 0),
              "\r\n");
  }
  return text + "\r\n";
}

void CheckCredentials(DigestChallenge challenge, const Credentials& credentials) {
  for (uint32_t count = 1; count <= 2; ++count) {
    const std::string line = BuildCredentials(
        challenge, credentials,
        {.method = "REGISTER", .uri = "sip:b.c", .body = "body", .cnonce = "0a4f113b"});
    const std::string ended = line + "\r\n";
    Require(CheckHeaderLines({.text = ended, .count = 1}).ok(), "credentials are a header line");
    Require(line.starts_with(challenge.proxy ? "Proxy-Authorization: Digest "
                                             : "Authorization: Digest "),
            "credentials are for who asked");
    const auto written = ParseChallenge(std::string_view(line).substr(line.find(':') + 2));
    Require(written.has_value(), "credentials can be read");
    Require(written->Get("realm") == challenge.realm, "the realm comes back");
    Require(written->Get("nonce") == challenge.nonce, "the nonce comes back");
    Require(written->Get("username") == credentials.username, "the user is named");
    Require(challenge.has_opaque == written->Get("opaque").has_value(), "opaque comes back");
    if (challenge.has_opaque) Require(written->Get("opaque") == challenge.opaque, "as it was");
    Require(challenge.nonce_count == count, "the nonce count rises");
  }
}

}  // namespace
}  // namespace sip

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto result =
      sip::ParseMessage(sip::Challenged({reinterpret_cast<const char*>(data), size}));
  const auto* message = std::get_if<sip::Message>(&result);
  if (message == nullptr) return 0;  // a line of its own made it two messages, or a second From
  sip::RequireNone(sip::RoundTripLoss(*message));
  for (const sip::Credentials& each :
       {sip::Credentials{.username = "a\"li\\ce", .password = "p", .ha1 = ""},
        sip::Credentials{.username = "a", .password = "", .ha1 = "0123456789abcdef"}}) {
    if (auto challenge = sip::ReadChallenge(*message, each))
      sip::CheckCredentials(*challenge, each);
  }
  return 0;
}
