#include "grammar/challenge.h"

#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"

namespace sip {
namespace {

TEST(ParseChallenge, ReadsTheExampleOfTheRfc) {
  const auto challenge = ParseChallenge(
      "Digest realm=\"atlanta.com\",\r\n domain=\"sip:boxesbybob.com\", qop=\"auth\",\r\n"
      " nonce=\"f84f1cec41e6cbe5aea9c8e88d359\",\r\n opaque=\"\", stale=FALSE, algorithm=MD5");
  ASSERT_TRUE(challenge);
  EXPECT_EQ(challenge->scheme, "Digest");
  EXPECT_EQ(challenge->parameters.size(), 7u);
  EXPECT_EQ(challenge->Get("Realm"), "atlanta.com");
  EXPECT_EQ(challenge->Get("qop"), "auth");
  EXPECT_EQ(challenge->Get("opaque"), "");
  EXPECT_EQ(challenge->Get("algorithm"), "MD5");
  EXPECT_EQ(challenge->Get("nothing"), std::nullopt);
}

// realm|nonce|qop
std::string Parts(std::string_view text) {
  const auto challenge = ParseChallenge(text);
  if (!challenge) return "none";
  return StrCat(challenge->Get("realm").value_or("-"), "|", challenge->Get("nonce").value_or("-"),
                "|", challenge->Get("qop").value_or("-"));
}

TEST(ParseChallenge, ReadsWhatServersSend) {
  struct {
    std::string_view text;
    std::string_view parts;
  } const kCases[] = {
      {R"(Digest realm="a", nonce="b", qop="auth,auth-int")", "a|b|auth,auth-int"},
      {R"(Digest realm="a", nonce="b",)", "a|b|-"},
      {R"(Digest realm="a",, nonce="b")", "a|b|-"},
      {R"(Digest realm = "a" , nonce = "b")", "a|b|-"},
      {R"(Digest realm="a", nonce="b", qop=auth)", "a|b|auth"},
      {R"(Digest realm="a", qop=auth,auth-int, nonce="b")", "a|b|auth"},
      {R"(Digest nonce=b=, realm=a c)", "a c|b=|-"},
      {R"(Digest realm="a \"b\\", nonce="1")", R"(a "b\|1|-)"},
      {R"(Digest realm="a, b=c", nonce="1")", "a, b=c|1|-"},
      {R"(Digest realm="a", nonce="1", Digest realm="b", nonce="2")", "a|1|-"},
      {R"(Digest realm="open, nonce="1")", R"(open, nonce="1|-|-)"},
  };
  for (const auto& test : kCases) EXPECT_EQ(Parts(test.text), test.parts) << test.text;
}

TEST(ParseChallenge, RefusesWhatIsNone) {
  for (std::string_view text :
       {"", "Digest", "Digest ", "=x", "Digest,", "Digest realm", "\"x\" y=z"}) {
    EXPECT_EQ(Parts(text), "none") << text;
  }
}

}  // namespace
}  // namespace sip
