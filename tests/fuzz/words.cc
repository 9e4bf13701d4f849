#include "tests/fuzz/words.h"

#include <algorithm>

#include "base/str_cat.h"

namespace sip {
namespace {

constexpr std::string_view kMethods[] = {"INVITE", "BYE",      "ACK",    "CANCEL",  "OPTIONS",
                                         "INFO",   "MESSAGE",  "NOTIFY", "REFER",   "SUBSCRIBE",
                                         "PRACK",  "REGISTER", "UPDATE", "PUBLISH", "FOO"};
constexpr std::string_view kUris[] = {"sip:alice@one.invalid;transport=ws", "sip:bob@two.invalid",
                                      "sips:carol@example.com:5061;lr?Replaces=a%3Bto-tag%3Db",
                                      "sip:[2001:db8::1]:5060", "tel:+15550100"};
constexpr std::string_view kAddresses[] = {
    "<sip:alice@one.invalid>;tag=a", "\"Bob\" <sip:bob@two.invalid>", "<sip:bob@two.invalid>;tag=b",
    "sip:carol@example.com;tag=c", "<sip:alice@one.invalid>"};
constexpr std::string_view kCallIds[] = {"call-1", "call-2", "call-3@one.invalid"};
constexpr std::string_view kSdp[] = {"", "v=0\r\ns=offer\r\n", "v=0\r\ns=answer\r\n"};
constexpr std::string_view kTypes[] = {"application/sdp", "", "text/plain",
                                       "message/sipfrag;version=2.0"};
constexpr std::string_view kEvents[] = {"presence", "refer", "dialog;id=1", "message-summary"};
constexpr std::string_view kApplicationLines[] = {
    "Refer-To: <sip:carol@example.com>",
    "Event: presence",
    "Expires: 60",
    "Expires: 0",
    "Subscription-State: active;expires=60",
    "Subscription-State: terminated;reason=timeout",
    "Replaces: call-1;to-tag=a;from-tag=b",
    "Referred-By: <sip:bob@two.invalid>",
    "Require: 100rel",
    "Supported: 100rel, timer, replaces",
    "Session-Expires: 90;refresher=uac",
    "Contact: <sip:other@one.invalid>",
    "Reason: SIP;cause=200;text=\"elsewhere\"",
    "RAck: 1 1 INVITE",
    "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"",
    "SIP-If-Match: e1"};
constexpr std::string_view kPeerLines[] = {
    "Contact: <sip:bob@two.invalid;transport=ws>",
    "Contact: *",
    "Contact: <sip:b@c>;expires=5",
    "Record-Route: <sip:p1.invalid;lr>,<sip:p2.invalid>",
    "Expires: 60",
    "Expires: 4294967295",
    "Min-Expires: 1800",
    "Require: 100rel",
    "Require: unheard-of",
    "RSeq: 1",
    "RSeq: 2",
    "RAck: 1 1 INVITE",
    "Supported: 100rel, timer",
    "Session-Expires: 90;refresher=uas",
    "Min-SE: 3600",
    "Retry-After: 1",
    "Event: refer",
    "Event: presence",
    "Event: dialog;id=1",
    "Subscription-State: active;expires=30",
    "Subscription-State: pending",
    "Subscription-State: terminated;reason=rejected",
    "Refer-To: <sip:carol@example.com>",
    "Refer-To: <sip:carol@example.com?Replaces=call-1%3Bto-tag%3Da%3Bfrom-tag%3Db>",
    "Refer-Sub: false",
    "Replaces: call-1;to-tag=a;from-tag=b",
    "Join: call-2;to-tag=a;from-tag=b",
    "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", algorithm=MD5",
    "WWW-Authenticate: Digest realm=\"r\", nonce=\"n2\", stale=true, qop=\"auth,auth-int\"",
    "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n3\", algorithm=SHA-256, qop=auth",
    "SIP-ETag: e1",
    "Service-Route: <sip:s.invalid;lr>",
    "Path: <sip:p.invalid;lr>",
    "Flow-Timer: 10",
    "Max-Forwards: 0",
    "Content-Encoding: gzip",
    "Content-Type: text/plain",
    "Accept: text/plain",
    "Timestamp: 54",
    "Reason: Q.850;cause=16",
    "Date: nonsense"};
constexpr std::string_view kTags[] = {"", "a", "b", "c", "tag-of-a-fork"};
constexpr std::string_view kPieces[] = {"\r\n",
                                        "\"",
                                        "<",
                                        ">",
                                        ";",
                                        ",",
                                        ";tag=",
                                        "z9hG4bK",
                                        ":",
                                        "\r\n ",
                                        "sip:",
                                        "%",
                                        std::string_view("\0", 1),
                                        "\xF0\x9F\x98\x80"};
constexpr uint32_t kStatusCodes[] = {100, 180, 183, 199, 200, 202, 204, 301, 302, 401, 403,
                                     404, 407, 408, 412, 420, 422, 423, 430, 480, 481, 486,
                                     487, 489, 491, 500, 503, 603, 699, 0,   999};
constexpr uint32_t kNumbers[] = {0, 1, 2, 30, 60, 90, 600, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};

bool Is(std::string_view field, std::string_view a, std::string_view b) {
  return field == a || field == b;
}

}  // namespace

std::string_view Method(Input& input) { return input.OneOf(kMethods); }
uint32_t StatusCode(Input& input) { return input.OneOf(kStatusCodes); }
std::string_view Tag(Input& input) { return input.OneOf(kTags); }
std::string_view Sdp(Input& input) { return input.OneOf(kSdp); }

std::string ApplicationLine(Input& input) {
  if (input.OneIn(8)) return StrCat("X-Octets: ", input.Text());
  return std::string(input.OneOf(kApplicationLines));
}

std::string PeerLine(Input& input) {
  std::string line(input.OneOf(kPeerLines));
  if (input.OneIn(8)) Mutate(line, input);
  return line + "\r\n";
}

std::string TextFor(std::string_view field, Input& input) {
  if (field == "transport") return input.OneIn(2) ? "UDP" : "WS";
  if (field == "sentBy") return input.OneIn(2) ? "two.invalid" : "one.invalid";
  if (field == "contact") return "<sip:alice@one.invalid;transport=ws>";
  if (field == "headers") return ApplicationLine(input);
  if (field == "routes") return StrCat("Route: <", input.OneOf(kUris), ">");
  if (field == "supported") return input.OneIn(2) ? "100rel" : "timer";
  if (field == "allow") return std::string(Method(input));
  if (field == "body") return std::string(Sdp(input));
  if (input.OneIn(16)) return input.Text();
  if (field == "method") return std::string(Method(input));
  if (Is(field, "from", "to")) return std::string(input.OneOf(kAddresses));
  if (Is(field, "requestUri", "registrar")) return std::string(input.OneOf(kUris));
  if (field == "callId") return std::string(input.OneOf(kCallIds));
  if (Is(field, "contentType", "accept")) return std::string(input.OneOf(kTypes));
  if (field == "event") return std::string(input.OneOf(kEvents));
  if (Is(field, "username", "password")) return "secret";
  return "";
}

uint32_t NumberFor(std::string_view field, Input& input) {
  if (field == "status") return StatusCode(input);
  if (field == "maxMessageSize") return input.OneIn(16) ? 1000 : 0;
  return input.OneOf(kNumbers);
}

void Mutate(std::string& text, Input& input) {
  for (uint32_t edits = input.Number(4); edits > 0; --edits) {
    const size_t at = input.Position(text.size() + 1);
    switch (input.Number(3)) {
      case 0:
        text.insert(at, input.OneOf(kPieces));
        break;
      case 1:
        text.erase(at, input.Number(32));
        break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(input.Number());
    }
  }
}

}  // namespace sip
