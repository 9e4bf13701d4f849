#include <gtest/gtest.h>

#include <string>

#include "torture/vectors.h"

// RFC 4475: "SIP Torture Test Messages", as far as the parser answers for them. What a user agent
// makes of those that are fine here (416, 420, 415, 501 ...) is shown with the user agents.
namespace sip {
namespace {

struct Case {
  std::string_view section;
  std::string_view file;
  std::string_view verdict = "fine";
};

constexpr Case kCases[] = {
    // Valid messages.
    {"3.1.1.1", "wsinv"},
    {"3.1.1.2", "intmeth"},
    {"3.1.1.3", "esc01"},
    {"3.1.1.4", "escnull"},
    {"3.1.1.5", "esc02"},
    {"3.1.1.6", "lwsdisp"},
    {"3.1.1.7", "longreq"},
    {"3.1.1.8", "dblreq"},
    {"3.1.1.9", "semiuri"},
    {"3.1.1.10", "transports"},
    {"3.1.1.11", "mpart01"},
    {"3.1.1.12", "unreason"},
    {"3.1.1.13", "noreason"},
    // Invalid messages. Those that are fine are such that "elements attempting to be liberal" may
    // read them, and their meaning is clear.
    {"3.1.2.1", "badinv01", "400 Via cannot be read"},
    {"3.1.2.2", "clerr", "400 The body is shorter than its Content-Length"},
    {"3.1.2.3", "ncl", "400 Content-Length is not a number"},
    {"3.1.2.4", "scalar02", "400 CSeq cannot be read"},
    {"3.1.2.5", "scalarlg", "0 CSeq cannot be read"},
    {"3.1.2.6", "quotbal", "400 To cannot be read"},
    {"3.1.2.7", "ltgtruri", "400 The Request-URI cannot be read"},
    {"3.1.2.8", "lwsruri", "400 The Request-URI cannot be read"},
    {"3.1.2.9", "lwsstart"},
    {"3.1.2.10", "trws"},
    {"3.1.2.11", "escruri"},
    {"3.1.2.12", "baddate"},
    {"3.1.2.13", "regbadct"},
    {"3.1.2.14", "badaspec"},
    {"3.1.2.15", "baddn"},
    {"3.1.2.16", "badvers", "505 The version of the request is not SIP/2.0"},
    {"3.1.2.17", "mismatch01", "400 The method of CSeq is not that of the request"},
    {"3.1.2.18", "mismatch02", "501 The method of CSeq is not that of the request"},
    {"3.1.2.19", "bigcode", "0 The status code is not between 100 and 699"},
    // Transaction layer.
    {"3.2.1", "badbranch"},
    // Application layer.
    {"3.3.1", "insuf", "400 From is missing"},
    {"3.3.2", "unkscm"},
    {"3.3.3", "novelsc"},
    {"3.3.4", "unksm2"},
    {"3.3.5", "bext01"},
    {"3.3.6", "invut"},
    {"3.3.7", "regaut01"},
    {"3.3.8", "multi01", "400 There are several values of From"},
    {"3.3.9", "mcl01", "400 There are several values of Content-Length"},
    {"3.3.10", "bcast"},
    {"3.3.11", "zeromf"},
    {"3.3.12", "cparam01"},
    {"3.3.13", "cparam02"},
    {"3.3.14", "regescrt"},
    {"3.3.15", "sdp01"},
    // Backward compatibility.
    {"3.4.1", "inv2543"},
};

Message Parse(std::string_view file) { return ParseVector(StrCat("rfc4475/", file, ".dat")); }

TEST(Rfc4475, EveryMessageIsReadOrRefusedAsItsSectionSays) {
  EXPECT_EQ(CountVectors("rfc4475"), std::size(kCases));
  for (const Case& test : kCases) {
    EXPECT_EQ(Verdict(ReadVector(StrCat("rfc4475/", test.file, ".dat"))), test.verdict)
        << test.section << " " << test.file;
  }
}

TEST(Rfc4475, AShortTortuousInviteMeansWhatItSays) {
  const Message message = Parse("wsinv");
  EXPECT_EQ(message.request_uri(), "sip:vivekg@chair-dnrc.example.com;unknownparam");
  EXPECT_EQ(message.to_tag(), "1918181833n");
  EXPECT_EQ(Unquote(message.from().display_name), "J Rosenberg \\\"");
  EXPECT_EQ(message.from_tag(), "98asjd8");
  EXPECT_EQ(message.GetNumber(HeaderId::kMaxForwards), 68u);
  EXPECT_EQ(message.cseq().number, 9u);
  EXPECT_EQ(message.via().sent_by, "192.0.2.2");
  EXPECT_EQ(message.GetList(HeaderId::kVia).size(), 3u);
  EXPECT_EQ(ParseVia(message.GetList(HeaderId::kVia)[2])->branch(), "z9hG4bK30239");
  EXPECT_EQ(message.Get(HeaderId::kSubject), "");
  EXPECT_EQ(message.Get("UnknownHeaderWithUnusualValue"), ";;,,;;,;");
  const NameAddr contact = *message.GetNameAddr(HeaderId::kContact);
  EXPECT_EQ(Unquote(contact.display_name), "Quoted string \"\"");
  EXPECT_EQ(contact.parameters.Get("newparam"), "newvalue");
  EXPECT_EQ(contact.parameters.Get("secondparam"), "");
  EXPECT_EQ(contact.parameters.Get("q"), "0.33");
  EXPECT_EQ(message.body().size(), 150u);
}

TEST(Rfc4475, AWideRangeOfCharactersIsKept) {
  const Message message = Parse("intmeth");
  EXPECT_EQ(message.method(), "!interesting-Method0123456789_*+`.%indeed'~");
  const Uri uri = *ParseUri(message.request_uri());
  EXPECT_EQ(uri.user, "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
  EXPECT_EQ(uri.password, "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)");
  EXPECT_EQ(Unquote(message.to().display_name), std::string("BEL:\7 NUL:\0 DEL:\x7F", 17));
  EXPECT_EQ(message.from().display_name, "token1~` token2'+_ token3*%!.-");
  EXPECT_EQ(message.from_tag(), "_token~1'+`*%!-.");
  EXPECT_EQ(message.call_id(), "intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{");
  EXPECT_EQ(message.Get("extensionHeader-!.%*+_`'~"),
            "\xEF\xBB\xBF\xE5\xA4\xA7\xE5\x81\x9C\xE9\x9B\xBB");
}

TEST(Rfc4475, EscapesCountInUrisOnly) {
  EXPECT_EQ(Unescape(ParseUri(Parse("esc01").request_uri())->user), "sips:user@example.com");
  EXPECT_EQ(Unescape(Parse("escnull").to().uri.user), std::string("null-\0-null", 11));
  const Message message = Parse("esc02");
  EXPECT_EQ(message.method(), "RE%47IST%45R");
  EXPECT_EQ(message.GetList(HeaderId::kContact).size(), 2u);
  EXPECT_EQ(Unquote(message.to().display_name), "%Z%45");
}

TEST(Rfc4475, SemicolonsBelongToWhereTheyStand) {
  EXPECT_EQ(ParseUri(Parse("semiuri").request_uri())->user, "user;par=u%40example.net");
  EXPECT_TRUE(Parse("cparam01").GetNameAddr(HeaderId::kContact)->parameters.Has("unknownparam"));
  EXPECT_TRUE(
      Parse("cparam02").GetNameAddr(HeaderId::kContact)->uri.parameters.Has("unknownparam"));
  EXPECT_EQ(Parse("regescrt").GetNameAddr(HeaderId::kContact)->uri.headers,
            "Route=%3Csip:sip.example.com%3E");
}

TEST(Rfc4475, LongAndBinaryValuesAreKept) {
  const Message message = Parse("longreq");
  EXPECT_EQ(message.from_tag().size(), 2u + 50 * 3 + 3);
  EXPECT_EQ(message.GetList(HeaderId::kVia).size(), 34u);
  EXPECT_EQ(message.body().size(), 150u);
  EXPECT_EQ(Parse("mpart01").body().size(), 553u);
  EXPECT_NE(Parse("mpart01").body().find('\0'), std::string_view::npos);
  EXPECT_EQ(Parse("dblreq").method(), "REGISTER");
  EXPECT_EQ(Parse("dblreq").body(), "");
}

}  // namespace
}  // namespace sip
