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
  std::string_view sentence;  // of the RFC, where it says what an endpoint does
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
      for (const char* name : {"\r\nUnsupported: ", "\r\nAllow: ", "\r\nAccept: "}) {
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
     "Endpoints will generate a 501 listing the methods they"},
    {"3.1.1.3", "esc01", "request INVITE", ""},
    {"3.1.1.4", "escnull", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW, ""},
    {"3.1.1.5", "esc02", "501 Not Implemented; Allow: " SIP_TEST_ALLOW,
     "An endpoint would reject this message with a 501."},
    {"3.1.1.6", "lwsdisp", "200 OK", ""},
    {"3.1.1.7", "longreq", "request INVITE", ""},
    {"3.1.1.8", "dblreq", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW, ""},
    {"3.1.1.9", "semiuri", "200 OK", ""},
    {"3.1.1.10", "transports", "200 OK", ""},
    {"3.1.1.11", "mpart01", "request MESSAGE", ""},
    {"3.1.1.12", "unreason", "silence", ""},
    {"3.1.1.13", "noreason", "silence", ""},
    {"3.1.2.1", "badinv01", "400 Via cannot be read",
     "An element receiving this request should respond with a 400 Bad"},
    {"3.1.2.2", "clerr", "400 The body is shorter than its Content-Length",
     "element should respond with a 400 Bad Request error."},
    {"3.1.2.3", "ncl", "400 Content-Length is not a number",
     "An element receiving this message should respond with an error."},
    {"3.1.2.4", "scalar02", "400 CSeq cannot be read", ""},
    {"3.1.2.5", "scalarlg", "silence",
     "An element receiving this response will simply discard it."},
    {"3.1.2.6", "quotbal", "400 To cannot be read",
     "An element receiving this request should return a 400"},
    {"3.1.2.7", "ltgtruri", "400 The Request-URI cannot be read", ""},
    {"3.1.2.8", "lwsruri", "400 The Request-URI cannot be read", ""},
    {"3.1.2.9", "lwsstart", "request INVITE", ""},
    {"3.1.2.10", "trws", "200 OK", ""},
    {"3.1.2.11", "escruri", "request INVITE", ""},
    {"3.1.2.12", "baddate", "request INVITE", ""},
    {"3.1.2.13", "regbadct", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW, ""},
    {"3.1.2.14", "badaspec", "200 OK", ""},
    {"3.1.2.15", "baddn", "200 OK", ""},
    {"3.1.2.16", "badvers", "505 Version Not Supported",
     "The element should respond to the request with a 505 Version Not"},
    {"3.1.2.17", "mismatch01", "400 The method of CSeq is not that of the request",
     "Any element receiving this request will"},
    {"3.1.2.18", "mismatch02", "400 The method of CSeq is not that of the request", ""},
    {"3.1.2.19", "bigcode", "silence", "receiving this response should simply drop it."},
    {"3.2.1", "badbranch", "200 OK", ""},
    {"3.3.1", "insuf", "400 From is missing", "Ideally, it will respond with a 400 Bad Request"},
    {"3.3.2", "unkscm", "416 Unsupported URI Scheme",
     "An element receiving this request will reject it with a 416"},
    {"3.3.3", "novelsc", "416 Unsupported URI Scheme", ""},
    {"3.3.4", "unksm2", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW, ""},
    {"3.3.5", "bext01",
     "420 Bad Extension; Unsupported: nothingSupportsThis, nothingSupportsThisEither",
     "Any element receiving this request will respond with a 420 Bad"},
    // Whether a body can be understood is the user's to say, who answers 415.
    {"3.3.6", "invut", "request INVITE", ""},
    {"3.3.7", "regaut01", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW,
     "A 405 Method Not Allowed is appropriate."},
    {"3.3.8", "multi01", "400 There are several values of From",
     "An element receiving this request would respond with a 400 Bad"},
    {"3.3.9", "mcl01", "400 There are several values of Content-Length", ""},
    {"3.3.10", "bcast", "silence",
     "Per [RFC3261], an endpoint receiving this message should simply"},
    {"3.3.11", "zeromf", "200 OK", "An endpoint should process the request as if the Max-"},
    {"3.3.12", "cparam01", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW, ""},
    {"3.3.13", "cparam02", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW, ""},
    {"3.3.14", "regescrt", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW, ""},
    // "could respond with a 406": it is the user who makes the answer.
    {"3.3.15", "sdp01", "request INVITE", ""},
    {"3.4.1", "inv2543", "request INVITE", ""},
    {"4.1", "ipv6-good", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW, ""},
    {"4.2", "ipv6-bad", "400 The Request-URI cannot be read",
     "A SIP implementation receiving this request should respond with a 400"},
    {"4.3", "port-ambiguous", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW, ""},
    {"4.4", "port-unambiguous", "405 Method Not Allowed; Allow: " SIP_TEST_ALLOW, ""},
    {"4.5", "via-received-param-with-delim", "481 Call/Transaction Does Not Exist", ""},
    {"4.5", "via-received-param-no-delim", "200 OK", ""},
    {"4.6", "ipv6-in-sdp", "400 The body is shorter than its Content-Length", ""},
    {"4.6", "ipv6-in-sdp.fixed", "request INVITE", ""},
    {"4.7", "mult-ip-in-header", "481 Call/Transaction Does Not Exist", ""},
    {"4.8", "mult-ip-in-sdp", "request INVITE", ""},
    {"4.8", "mult-ip-in-sdp.fixed", "request INVITE", ""},
    {"4.9", "ipv4-mapped-ipv6", "request INVITE", ""},
    {"4.9", "ipv4-mapped-ipv6.fixed", "request INVITE", ""},
    {"4.10", "ipv6-bug-abnf-3-colons", "200 OK", ""},
    {"4.10", "ipv6-correct-abnf-2-colons", "200 OK", ""},
};

INSTANTIATE_TEST_SUITE_P(Of, TortureAtUserAgent, testing::ValuesIn(kCases), Name);

}  // namespace
}  // namespace sip
