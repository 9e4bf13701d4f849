#include "messages/parser.h"

#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"

namespace sip {
namespace {

constexpr std::string_view kFields =
    "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\n"
    "From: <sip:alice@example.com>;tag=a1\r\n"
    "To: <sip:bob@example.com>\r\n"
    "Call-ID: call-1\r\n"
    "CSeq: 1 OPTIONS\r\n";

std::string Request(std::string_view more = "", std::string_view body = "") {
  return StrCat("OPTIONS sip:bob@example.com SIP/2.0\r\n", kFields, more, "\r\n", body);
}

// The fields above with one replaced, or left out if `line` is empty.
std::string With(std::string_view name, std::string_view line) {
  std::string text = Request();
  const size_t start = text.find(StrCat("\r\n", name, ":")) + 2;
  return text.replace(start, text.find("\r\n", start) + 2 - start, line);
}

Message Parsed(std::string_view text) {
  auto result = ParseMessage(text);
  if (const auto* malformed = std::get_if<MalformedMessage>(&result)) {
    ADD_FAILURE() << malformed->reason << "\n" << text;
    result = ParseMessage(Request());
  }
  return std::get<Message>(std::move(result));
}

// The status and the reason of a text that is refused; "fine" for another.
std::string Refusal(std::string_view text) {
  const auto result = ParseMessage(text);
  const auto* malformed = std::get_if<MalformedMessage>(&result);
  if (malformed == nullptr) return "fine";
  EXPECT_EQ(malformed->status == 0, malformed->response.empty());
  return StrCat(malformed->status, " ", malformed->reason);
}

TEST(ParseMessage, ReadsARequest) {
  const std::string text = Request("Content-Length: 4\r\nSubject: x\r\n", "bodymore");
  const Message message = Parsed(text);
  EXPECT_TRUE(message.is_request());
  EXPECT_EQ(message.method(), "OPTIONS");
  EXPECT_EQ(message.request_uri(), "sip:bob@example.com");
  EXPECT_EQ(message.status(), 0);
  EXPECT_EQ(message.reason(), "");
  EXPECT_EQ(message.via().branch(), "z9hG4bK1");
  EXPECT_EQ(message.from().uri.user, "alice");
  EXPECT_EQ(message.from_tag(), "a1");
  EXPECT_EQ(message.to().uri.user, "bob");
  EXPECT_EQ(message.to_tag(), "");
  EXPECT_EQ(message.call_id(), "call-1");
  EXPECT_EQ(message.cseq().number, 1u);
  EXPECT_EQ(message.fields().size(), 7u);
  EXPECT_EQ(message.text(), text);
  // RFC 3261 section 18.3: what follows the body is noise.
  EXPECT_EQ(message.body(), "body");
}

TEST(ParseMessage, ReadsAResponse) {
  const Message message = Parsed(StrCat("SIP/2.0 404 Not Found \r\n", kFields, "\r\n"));
  EXPECT_FALSE(message.is_request());
  EXPECT_EQ(message.status(), 404);
  EXPECT_EQ(message.reason(), "Not Found");
  EXPECT_EQ(message.method(), "");
  EXPECT_EQ(message.request_uri(), "");
}

TEST(ParseMessage, StaysGoodWhenMoved) {
  Message first = Parsed(Request("Content-Length: 2\r\n", "ok"));
  Message second = std::move(first);
  Message third = Parsed(Request());
  third = std::move(second);
  EXPECT_EQ(third.body(), "ok");
  EXPECT_EQ(third.from().uri.user, "alice");
  EXPECT_EQ(third.fields()[0].name, "Via");
}

TEST(ParseMessage, ReadsStartLinesThatAreOnlyNearlyRight) {
  struct {
    std::string_view line;
    std::string_view method_or_reason;
  } const kCases[] = {
      {"OPTIONS sip:bob@example.com sip/2.0", "OPTIONS"},
      {"OPTIONS  sip:bob@example.com   SIP/2.0  ", "OPTIONS"},
      {"\r\n\r\n\nOPTIONS sip:b@c SIP/2.0", "OPTIONS"},
      {"OPTIONS tel:+1 SIP/2.0", "OPTIONS"},
      {"OPTIONS nobodyKnows:this SIP/2.0", "OPTIONS"},
      {"SIP/2.0 200", ""},
      {"SIP/2.0 200 ", ""},
      {"sip/2.0  200  OK", "OK"},
      {"SIP/2.0 488 Not [here]; \xD0\xBD", "Not [here]; \xD0\xBD"},
  };
  for (const auto& test : kCases) {
    const Message message = Parsed(StrCat(test.line, "\r\n", kFields, "\r\n"));
    EXPECT_EQ(StrCat(message.method(), message.reason()), test.method_or_reason) << test.line;
  }
}

TEST(ParseMessage, RefusesOtherStartLines) {
  struct {
    std::string_view line;
    std::string_view refusal;
  } const kCases[] = {
      {"OPTIONS sip:b@c SIP/7.0", "505 The version of the request is not SIP/2.0"},
      {"OPTIONS sip:b@c SIP/2.00", "505 The version of the request is not SIP/2.0"},
      {"OPTIONS sip:b@c HTTP/1.1", "400 The version of the request is not SIP/2.0"},
      {"OPTIONS <sip:b@c> SIP/2.0", "400 The Request-URI cannot be read"},
      {"OPTIONS sip:b@c; lr SIP/2.0", "400 The Request-URI cannot be read"},
      {"OPTIONS * SIP/2.0", "400 The Request-URI cannot be read"},
      {"OPTIONS  SIP/2.0", "400 The Request-URI cannot be read"},
      {"OPTIONS sip:b@c", "0 The start line is neither a request line nor a status line"},
      {"OPT(IONS sip:b@c SIP/2.0", "0 The start line is neither a request line nor a status line"},
      {"SIP/3.0 200 OK", "0 The version of the response is not SIP/2.0"},
      {"SIP/2.0200 OK", "0 The version of the response is not SIP/2.0"},
      {"SIP/2.0 99 Low", "0 The status code is not between 100 and 699"},
      {"SIP/2.0 700 High", "0 The status code is not between 100 and 699"},
      {"SIP/2.0 0200 OK", "0 The status code is not between 100 and 699"},
      {"SIP/2.0 4294967496 OK", "0 The status code is not between 100 and 699"},
      {"SIP/2.0 OK", "0 The status code is not between 100 and 699"},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(Refusal(StrCat(test.line, "\r\n", kFields, "\r\n")), test.refusal) << test.line;
  }
  for (std::string_view text : {"", "\r\n\r\n", "\n", "x", " ", "SIP/2.0", "SIP/"}) {
    EXPECT_NE(Refusal(text), "fine") << text;
  }
}

TEST(ParseMessage, ReadsLinesThatEndWithABareLineFeed) {
  std::string text = Request("Subject: x\r\n", "a\nb");
  std::erase(text, '\r');
  const Message message = Parsed(text);
  EXPECT_EQ(message.Get("Subject"), "x");
  EXPECT_EQ(message.body(), "a\nb");
}

TEST(ParseMessage, UnfoldsFields) {
  const Message message = Parsed(Request(
      "Subject: one\r\n two\r\n\tthree\r\n  \r\nX-After : y\r\nX-Bare: a\rb\nX-Lf: c\n d\r\n"));
  EXPECT_EQ(message.Get("Subject"), "one   two  \tthree");
  EXPECT_EQ(message.Get("X-After"), "y");
  EXPECT_EQ(message.Get("X-Bare"), "a b");
  EXPECT_EQ(message.Get("X-Lf"), "c  d");
  for (const HeaderField& field : message.fields()) EXPECT_FALSE(HasControlBreak(field.value));
}

TEST(ParseMessage, LeavesTheBodyAsItIs) {
  const std::string body("v=0\r\n x\r\r\n\0\n", 12);
  EXPECT_EQ(Parsed(Request("", body)).body(), body);
  EXPECT_EQ(Parsed(Request(StrCat("Content-Length: ", body.size(), "\r\n"), body)).body(), body);
}

TEST(ParseMessage, CountsOctetsNotCharacters) {
  const std::string body = "\xE2\x82\xAC";
  EXPECT_EQ(Parsed(Request("l: 3\r\n", body)).body(), body);
  EXPECT_EQ(Refusal(Request("l: 4\r\n", body)), "400 The body is shorter than its Content-Length");
}

TEST(ParseMessage, EndsTheHeaderAtTheEndOfTheText) {
  std::string text = Request("Subject: x");
  text.resize(text.size() - 2);
  const Message message = Parsed(text);
  EXPECT_EQ(message.Get("Subject"), "x");
  EXPECT_EQ(message.body(), "");
}

TEST(ParseMessage, LosesOnlyALineThatIsNoField) {
  const Message message =
      Parsed(Request("no field at all\r\n: no name\r\nSub ject: x\r\nA: b\r\n"));
  EXPECT_EQ(message.fields().size(), 8u);
  EXPECT_EQ(message.Get("A"), "b");
}

TEST(ParseMessage, KnowsCompactForms) {
  const Message message = Parsed(
      "OPTIONS sip:b@c SIP/2.0\r\nv: SIP/2.0/TCP h;branch=1\r\nF: sip:a@b;tag=1\r\nt: sip:c@d\r\n"
      "I: x\r\nCSEQ: 2 OPTIONS\r\nk: a, b\r\nL: 0\r\n\r\n");
  EXPECT_EQ(message.call_id(), "x");
  EXPECT_TRUE(message.ListHas(HeaderId::kSupported, "B"));
}

TEST(ParseMessage, RefusesWhatLacksAMandatoryField) {
  for (std::string_view name : {"From", "To", "Call-ID"}) {
    EXPECT_EQ(Refusal(With(name, "")), StrCat("400 ", name, " is missing"));
  }
  // No client could tell what such an answer is for.
  EXPECT_EQ(Refusal(With("Via", "")), "0 Via is missing");
  EXPECT_EQ(Refusal(With("CSeq", "")), "0 CSeq is missing");
}

TEST(ParseMessage, RefusesAMandatoryFieldThatCannotBeRead) {
  struct {
    std::string_view name;
    std::string_view line;
    std::string_view refusal;
  } const kCases[] = {
      {"Via", "Via: SIP/2.0/WSS\r\n", "0 Via cannot be read"},
      {"Via", "Via:\r\n", "0 Via cannot be read"},
      {"Via", "Via: SIP/2.0/UDP 192.0.2.15;;,;,,\r\n", "400 Via cannot be read"},
      {"From", "From: \"Al <sip:a@b>\r\n", "400 From cannot be read"},
      {"From", "From: <sip:a@b>, <sip:c@d>\r\n", "400 From cannot be read"},
      {"To", "To: *\r\n", "400 To cannot be read"},
      {"To", "To: <sip:a@b>\r\nt: <sip:c@d>\r\n", "400 There are several values of To"},
      {"Call-ID", "Call-ID:\r\n", "400 Call-ID is empty"},
      {"CSeq", "CSeq: 4294967296 OPTIONS\r\n", "400 CSeq cannot be read"},
      {"CSeq", "CSeq: 1 INVITE\r\n", "400 The method of CSeq is not that of the request"},
      {"CSeq", "CSeq: 1 options\r\n", "400 The method of CSeq is not that of the request"},
      {"CSeq", "CSeq: 1 OPTIONS\r\nCSeq: 2 OPTIONS\r\n", "400 There are several values of CSeq"},
      {"CSeq", "CSeq: 1 OPTIONS\r\nCSeq: 1 OPTIONS\r\n", "fine"},
      {"CSeq", "CSeq: 1 OPTIONS\r\nContent-Length: five\r\n", "400 Content-Length is not a number"},
      {"CSeq", "CSeq: 1 OPTIONS\r\nContent-Length: -1\r\n", "400 Content-Length is not a number"},
      {"CSeq", "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\nl: 1\r\n",
       "400 There are several values of Content-Length"},
      {"CSeq", "CSeq: 1 OPTIONS\r\nContent-Length: 1\r\n",
       "400 The body is shorter than its Content-Length"},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(Refusal(With(test.name, test.line)), test.refusal) << test.line;
  }
}

TEST(ParseMessage, NeverAnswersAResponseOrAnAck) {
  EXPECT_EQ(Refusal(StrCat("SIP/2.0 200 OK\r\n", kFields, "Content-Length: 1\r\n\r\n")),
            "0 The body is shorter than its Content-Length");
  EXPECT_EQ(Refusal(StrCat("ACK sip:b@c SIP/2.0\r\n", kFields, "\r\n")),
            "0 The method of CSeq is not that of the request");
}

TEST(ParseMessage, AnswersWithWhatCouldBeRead) {
  const auto result = ParseMessage(
      "OPTIONS sip:b@c SIP/2.0\r\n"
      "v: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\nVia: SIP/2.0/TCP b;branch=2\r\n"
      "Max-Forwards: 70\r\nf: <sip:alice@example.com>;tag=a1\r\n"
      "t: <sip:bob\r\n @example.com>\r\nTo: <sip:b@c>\r\nCall-ID: call-1\r\nCSeq: 1 "
      "OPTIONS\r\n\r\n");
  EXPECT_EQ(std::get<MalformedMessage>(result).response,
            "SIP/2.0 400 There are several values of To\r\n"
            "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\n"
            "Via: SIP/2.0/TCP b;branch=2\r\n"
            "From: <sip:alice@example.com>;tag=a1\r\n"
            "To: <sip:bob   @example.com>\r\n"
            "To: <sip:b@c>\r\n"
            "Call-ID: call-1\r\n"
            "CSeq: 1 OPTIONS\r\n"
            "Content-Length: 0\r\n\r\n");
}

TEST(ParseMessage, AnswersWithATagThatIsTheSameForTheSameRequest) {
  std::string text = Request();
  text.replace(text.find("SIP/2.0\r\n"), 7, "SIP/9.9");
  const auto first = std::get<MalformedMessage>(ParseMessage(text)).response;
  EXPECT_EQ(first, std::get<MalformedMessage>(ParseMessage(text)).response);
  const Message answer = Parsed(first);
  EXPECT_EQ(answer.status(), 505);
  EXPECT_EQ(answer.reason(), "Version Not Supported");
  EXPECT_EQ(answer.to_tag().size(), 16u);
  text.replace(text.find("call-1"), 6, "call-2");
  EXPECT_NE(answer.to_tag(),
            Parsed(std::get<MalformedMessage>(ParseMessage(text)).response).to_tag());
}

TEST(ParseMessage, BoundsSizeAndNumberOfFields) {
  EXPECT_EQ(Refusal(Request("", std::string(kMaxMessageSize, 'x'))),
            "513 The message is too large");
  const std::string just_right = Request("", std::string(kMaxMessageSize - Request().size(), 'x'));
  EXPECT_EQ(Refusal(just_right), "fine");
  EXPECT_TRUE(std::holds_alternative<Message>(ParseMessage(just_right + " ", kMaxMessageSize + 1)));

  constexpr size_t kMandatory = 5;
  std::string many;
  for (size_t i = kMandatory; i < kMaxHeaderFields; ++i) many += "A: b\r\n";
  EXPECT_EQ(Parsed(Request(many)).fields().size(), kMaxHeaderFields);
  EXPECT_EQ(Refusal(Request(many + "A: b\r\n")), "513 The message has too many header fields");
}

TEST(ParseMessage, KeepsAnOptionalFieldThatCannotBeRead) {
  const Message message = Parsed(Request("Contact: junk<\r\nExpires: soon\r\nEvent: ;\r\n"));
  EXPECT_EQ(message.Get(HeaderId::kContact), "junk<");
  EXPECT_FALSE(message.GetNameAddr(HeaderId::kContact));
  EXPECT_FALSE(message.GetNumber(HeaderId::kExpires));
  EXPECT_FALSE(message.GetToken(HeaderId::kEvent));
}

}  // namespace
}  // namespace sip
