#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/str_cat.h"
#include "messages/header_fields.h"
#include "stack/stack.h"
#include "tests/support/event_reader.h"
#include "tests/support/perform.h"
#include "torture/vectors.h"

// What an ordinary user agent makes of the messages of RFC 4475 and RFC 5118: it answers by itself,
// passes the request to its user, or is silent.
namespace sip {
namespace {

#define SIP_TEST_ALLOW "ACK,BYE,CANCEL,INFO,INVITE,MESSAGE,NOTIFY,OPTIONS,REFER"

struct Case {
  std::string_view section;
  std::string_view file;
  std::string_view outcome;
  std::string_view sentence;  // of the RFC
};

std::string Name(const testing::TestParamInfo<Case>& info) {
  std::string name;
  for (const char c : info.param.file) name += IsTokenChar(c) && c != '-' && c != '.' ? c : '_';
  return name;
}

// "request INVITE" for what the user is told, "420 Bad Extension; Unsupported: ..." for what is
// answered, with the header field that goes with its status; "silence" for neither.
std::string Outcome(std::string_view text) {
  Stack stack{Entropy("torture")};
  EventReader reader;
  const auto core =
      static_cast<CoreHandle>(Perform(stack,
                                      CreateCore{{.transport = "WS",
                                                  .sent_by = "ua.invalid",
                                                  .contact = "<sip:user@ua.invalid;transport=ws>",
                                                  .supported = "outbound",
                                                  .allow = SIP_TEST_ALLOW,
                                                  .accept = "application/sdp"}},
                                      Time())
                                  ->handle);
  EXPECT_TRUE(Perform(stack, SetConnected{.core = core, .connected = true}, Time()).ok());
  reader.Received(stack.Receive(core, text, Time()), text);
  std::string outcome;
  while (const auto event = reader.Poll(stack)) {
    if (const auto* sent = std::get_if<Transmitted>(&*event)) {
      const std::string_view line = sent->text.substr(0, sent->text.find("\r\n"));
      StrAppend(&outcome, outcome.empty() ? "" : ", ", line.substr(line.find(' ') + 1));
      for (const char* name :
           {"\r\nUnsupported: ", "\r\nAllow: ", "\r\nAccept: ", "\r\nWarning: "}) {
        const size_t begin = sent->text.find(name);
        if (begin == std::string_view::npos || line.find(" 200 ") != std::string_view::npos)
          continue;
        const size_t end = sent->text.find("\r\n", begin + 2);
        StrAppend(&outcome, "; ", sent->text.substr(begin + 2, end - begin - 2));
      }
    } else if (const auto* told = std::get_if<RequestReceived>(&*event)) {
      StrAppend(&outcome, outcome.empty() ? "" : ", ", "request ", told->message->method());
    }
  }
  return outcome.empty() ? "silence" : outcome;
}

class TortureAtUserAgent : public testing::TestWithParam<Case> {};

TEST_P(TortureAtUserAgent, GetsWhatItsSectionSays) {
  const std::string path = StrCat(GetParam().section.starts_with('3') ? "rfc4475/" : "rfc5118/",
                                  GetParam().file, ".dat");
  EXPECT_EQ(Outcome(ReadVector(path)), GetParam().outcome)
      << GetParam().section << ": " << GetParam().sentence;
}

constexpr Case kCases[] = {
    // Its To has a tag, of a dialog that is not ours.
    {"3.1.1.1", "wsinv", "481 Call/Transaction Does Not Exist",
     "All elements should treat this as a well-formed request."},
    {"3.1.1.2", "intmeth", "501 Not Implemented; Allow: " SIP_TEST_ALLOW,
     "Endpoints will generate a 501 listing the methods they understand in an Allow header field."},
    {"3.1.1.3", "esc01", "request INVITE", "A parser must accept this as a well-formed message."},
    // A REGISTER: a user agent is no registrar, see regaut01; so is every 405 below.
    {"3.1.1.4", "escnull", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW,
     "The message is well formed - parsers must accept this message."},
    {"3.1.1.5", "esc02", "501 Not Implemented; Allow: " SIP_TEST_ALLOW,
     "An endpoint would reject this message with a 501."},
    {"3.1.1.6", "lwsdisp", "200 OK", "Elements should accept this request as well formed."},
    {"3.1.1.7", "longreq", "request INVITE",
     "This well-formed request contains header fields with many values and values that are very "
     "long."},
    {"3.1.1.8", "dblreq", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW,
     "A SIP element receiving this datagram would handle the REGISTER request normally and ignore "
     "the extra bits that look like an INVITE request."},
    {"3.1.1.9", "semiuri", "200 OK",
     "Receiving elements will accept this as a well-formed message."},
    {"3.1.1.10", "transports", "200 OK",
     "Elements receiving this message would process it exactly as if the 2nd and subsequent header "
     "field values specified UDP (or other transport)."},
    {"3.1.1.11", "mpart01", "request MESSAGE",
     "Parsers must accept this message as well formed, even if the application above the parser "
     "does not support multipart/signed."},
    {"3.1.1.12", "unreason", "silence",
     "This response is well formed. A parser must accept this message."},
    {"3.1.1.13", "noreason", "silence", "A parser must accept this message."},
    {"3.1.2.1", "badinv01", "400 Via cannot be read",
     "An element receiving this request should respond with a 400 Bad Request error."},
    {"3.1.2.2", "clerr", "400 The body is shorter than its Content-Length",
     "the receiving element should respond with a 400 Bad Request error."},
    {"3.1.2.3", "ncl", "400 Content-Length is not a number",
     "An element receiving this message should respond with an error."},
    {"3.1.2.4", "scalar02", "400 CSeq cannot be read",
     "An element receiving this request should respond with a 400 Bad Request due to the CSeq "
     "error."},
    {"3.1.2.5", "scalarlg", "silence",
     "An element receiving this response will simply discard it."},
    {"3.1.2.6", "quotbal", "400 To cannot be read",
     "An element receiving this request should return a 400 Bad Request error."},
    {"3.1.2.7", "ltgtruri", "400 The Request-URI cannot be read",
     "It is reasonable always to reject a request with this error with a 400 Bad Request."},
    {"3.1.2.8", "lwsruri", "400 The Request-URI cannot be read",
     "An element receiving this request should respond with a 400 Bad Request."},
    {"3.1.2.9", "lwsstart", "request INVITE",
     "An element that is liberal in what it accepts may ignore these extra SP characters when "
     "processing the request."},
    {"3.1.2.10", "trws", "200 OK",
     "An element that is liberal in what it accepts may ignore these extra SP characters when "
     "processing the request."},
    {"3.1.2.11", "escruri", "request INVITE",
     "An element could choose to be liberal in what it accepts and ignore the escaped headers."},
    {"3.1.2.12", "baddate", "request INVITE",
     "An element wishing to be liberal in what it accepts could ignore this value altogether"},
    {"3.1.2.13", "regbadct", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW,
     "An element choosing to be liberal in what it accepts could infer the angle brackets since "
     "there is no ambiguity in this example."},
    {"3.1.2.14", "badaspec", "200 OK", "Elements attempting to be liberal may ignore the spaces."},
    {"3.1.2.15", "baddn", "200 OK",
     "An element may attempt to be liberal in what it receives and infer the missing quotes."},
    {"3.1.2.16", "badvers", "505 Version Not Supported",
     "The element should respond to the request with a 505 Version Not Supported error."},
    {"3.1.2.17", "mismatch01", "400 The method of CSeq is not that of the request",
     "Any element receiving this request will respond with a 400 Bad Request."},
    {"3.1.2.18", "mismatch02", "501 Not Implemented",
     "Any element receiving this response should respond with a 501 Not Implemented."},
    {"3.1.2.19", "bigcode", "silence", "An element receiving this response should simply drop it."},
    {"3.2.1", "badbranch", "200 OK",
     "or it could fall back to the RFC 2543-style transaction identifier."},
    {"3.3.1", "insuf", "400 From is missing",
     "Ideally, it will respond with a 400 Bad Request error."},
    {"3.3.2", "unkscm", "416 Unsupported URI Scheme",
     "An element receiving this request will reject it with a 416 Unsupported URI Scheme "
     "response."},
    {"3.3.3", "novelsc", "416 Unsupported URI Scheme",
     "it is appropriate to treat it as unknown and return a 416 Unsupported URI Scheme response."},
    // Nobody but a registrar minds what To is.
    {"3.3.4", "unksm2", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW,
     "Parsers must not fail when receiving this message."},
    {"3.3.5", "bext01",
     "420 Bad Extension; Unsupported: nothingSupportsThis, nothingSupportsThisEither",
     "Any element receiving this request will respond with a 420 Bad Extension response, "
     "containing an Unsupported header field"},
    {"3.3.6", "invut", "415 Unsupported Media Type; Accept: application/sdp",
     "An endpoint receiving this request would reject it with a 415 Unsupported Media Type error."},
    {"3.3.7", "regaut01", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW,
     "Endpoints choosing not to act as registrars will simply reject the request. A 405 Method Not "
     "Allowed is appropriate."},
    {"3.3.8", "multi01", "400 There are several values of From",
     "An element receiving this request would respond with a 400 Bad Request error."},
    {"3.3.9", "mcl01", "400 There are several values of Content-Length",
     "An element receiving this message should respond with an error."},
    {"3.3.10", "bcast", "silence",
     "Per [RFC3261], an endpoint receiving this message should simply discard it."},
    {"3.3.11", "zeromf", "200 OK",
     "An endpoint should process the request as if the Max-Forwards field value were still "
     "positive."},
    {"3.3.12", "cparam01", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW,
     "'unknownparam' parameter must be interpreted as a contact-param and not a url-param."},
    {"3.3.13", "cparam02", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW,
     "a subsequent retrieval of the registration must include \"unknownparam\" as a "
     "url-parameter."},
    {"3.3.14", "regescrt", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW,
     "This register request contains a contact where the URI has an escaped header."},
    {"3.3.15", "sdp01",
     "406 Not Acceptable; Warning: 399 sipwasm \"No answer in a format of Accept\"",
     "The recipient of this request could respond with a 406 Not Acceptable, with a Warning/399"},
    {"3.4.1", "inv2543", "request INVITE",
     "should be accepted by RFC 3261 elements that want to maintain backwards compatibility."},
    {"4.1", "ipv6-good", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW,
     "The request below is well-formatted according to the grammar in [RFC3261]."},
    {"4.2", "ipv6-bad", "400 The Request-URI cannot be read",
     "A SIP implementation receiving this request should respond with a 400 Bad Request error."},
    {"4.3", "port-ambiguous", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW,
     "From a parsing perspective, the request below is well-formed."},
    {"4.4", "port-unambiguous", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW,
     "This REGISTER request is well formatted per the grammar in [RFC3261]."},
    // This dialog is not ours.
    {"4.5", "via-received-param-with-delim", "481 Call/Transaction Does Not Exist",
     "robust implementations must nonetheless be able to parse the topmost Via header field and "
     "continue processing the request."},
    {"4.5", "via-received-param-no-delim", "200 OK",
     "This request is valid according to the grammar in [RFC3261]."},
    // Its Content-Length of 268 is larger than the body that the RFC prints.
    {"4.6", "ipv6-in-sdp", "400 The body is shorter than its Content-Length",
     "This request below is valid and well-formed according to the grammar in [RFC3261]."},
    {"4.6", "ipv6-in-sdp.fixed", "request INVITE",
     "This request below is valid and well-formed according to the grammar in [RFC3261]."},
    // This dialog is not ours.
    {"4.7", "mult-ip-in-header", "481 Call/Transaction Does Not Exist",
     "The request below is valid and well-formed according to the grammar in [RFC3261]."},
    {"4.8", "mult-ip-in-sdp", "request INVITE",
     "The request below is valid and well-formed according to the grammar in [RFC3261]."},
    {"4.8", "mult-ip-in-sdp.fixed", "request INVITE",
     "The request below is valid and well-formed according to the grammar in [RFC3261]."},
    {"4.9", "ipv4-mapped-ipv6", "request INVITE",
     "The message below is well-formed according to the grammar in [RFC3261]."},
    {"4.9", "ipv4-mapped-ipv6.fixed", "request INVITE",
     "The message below is well-formed according to the grammar in [RFC3261]."},
    {"4.10", "ipv6-bug-abnf-3-colons", "200 OK",
     "A SIP implementation receiving such a message may exhibit robustness by successfully parsing "
     "the IPv6 reference"},
    {"4.10", "ipv6-correct-abnf-2-colons", "200 OK",
     "The next message has the correct syntax for the IPv6 reference in the R-URI."},
};

TEST(TortureAtUserAgents, EveryMessageIsInTheTable) {
  EXPECT_EQ(CountVectors("rfc4475") + CountVectors("rfc5118"), std::size(kCases));
}

INSTANTIATE_TEST_SUITE_P(Of, TortureAtUserAgent, testing::ValuesIn(kCases), Name);

}  // namespace
}  // namespace sip
