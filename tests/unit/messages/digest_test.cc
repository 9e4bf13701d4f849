#include "messages/digest.h"

#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"
#include "messages/parser.h"

namespace sip {
namespace {

Message Response401(std::string_view challenges) {
  return std::get<Message>(ParseMessage(
      StrCat("SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/WS h;branch=1\r\nFrom: sip:a@b;tag=1\r\n"
             "To: sip:c@d\r\nCall-ID: x\r\nCSeq: 1 REGISTER\r\n",
             challenges, "\r\n")));
}

std::unique_ptr<DigestChallenge> Read(std::string_view challenges, std::string_view ha1 = "") {
  return ReadChallenge(Response401(challenges),
                       {.username = "alice", .password = "secret", .ha1 = ha1});
}

// The value of response="..." in a line of credentials.
std::string ResponseOf(std::string_view line) {
  constexpr std::string_view kName = "response=\"";
  const size_t start = line.find(kName) + kName.size();
  return std::string(line.substr(start, line.find('"', start) - start));
}

constexpr DigestRequest kGet = {
    .method = "GET", .uri = "/dir/index.html", .body = "", .cnonce = ""};

// RFC 2617 section 3.5, which RFC 3261 section 22.4 repeats.
TEST(Digest, MatchesTheExampleOfRfc2617) {
  auto challenge = Read(
      "WWW-Authenticate: Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\",\r\n"
      " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", "
      "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"\r\n");
  ASSERT_TRUE(challenge);
  DigestRequest request = kGet;
  request.cnonce = "0a4f113b";
  EXPECT_EQ(
      BuildCredentials(*challenge, {.username = "Mufasa", .password = "Circle Of Life", .ha1 = ""},
                       request),
      "Authorization: Digest username=\"Mufasa\", realm=\"testrealm@host.com\", "
      "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
      "response=\"6629fae49393a05397450978507c4ef1\", cnonce=\"0a4f113b\", qop=auth, nc=00000001, "
      "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
}

// RFC 7616 section 3.9.1: two challenges, SHA-256 above MD5.
TEST(Digest, MatchesTheExamplesOfRfc7616) {
  constexpr std::string_view kRest =
      "realm=\"http-auth@example.org\", qop=\"auth, auth-int\",\r\n"
      " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\",\r\n"
      " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"\r\n";
  const std::string sha256 = StrCat("WWW-Authenticate: Digest algorithm=SHA-256, ", kRest);
  const std::string md5 = StrCat("WWW-Authenticate: Digest algorithm=MD5, ", kRest);
  const Credentials mufasa = {.username = "Mufasa", .password = "Circle of Life", .ha1 = ""};
  DigestRequest request = kGet;
  request.cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

  auto challenge = ReadChallenge(Response401(sha256 + md5), mufasa);
  ASSERT_TRUE(challenge);
  EXPECT_EQ(challenge->algorithm, DigestAlgorithm::kSha256);
  EXPECT_EQ(ResponseOf(BuildCredentials(*challenge, mufasa, request)),
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");

  challenge = ReadChallenge(Response401(md5 + sha256), mufasa);
  ASSERT_TRUE(challenge);
  EXPECT_EQ(challenge->algorithm, DigestAlgorithm::kMd5);
  EXPECT_EQ(ResponseOf(BuildCredentials(*challenge, mufasa, request)),
            "8ca523f5e9506fed4657c9700eebdbec");
}

// Calculated by an independent implementation.
TEST(Digest, CalculatesEveryAlgorithmWithEveryQop) {
  struct {
    std::string_view parameters;
    std::string_view response;
  } const kCases[] = {
      {"", "f07f50eb7e811bdba262aa0d4e7effc0"},
      {", algorithm=md5", "f07f50eb7e811bdba262aa0d4e7effc0"},
      {", algorithm=MD5-sess", "03349f9e8f666c99f61ce44ae2ec9b05"},
      {", qop=\"auth\"", "655be730faa0a87950c0f57757493ce2"},
      {", qop=\"auth-int,auth\"", "655be730faa0a87950c0f57757493ce2"},
      {", qop=auth, algorithm=\"MD5-sess\"", "fd8522038026ea4360880da38e438c30"},
      {", qop=\"auth-int\"", "f2bed4a184d14bc172eca68e080f7e46"},
      {", qop=\"auth-int\", algorithm=MD5-sess", "244f004497f5beff60f5c3c056ba56cb"},
      {", algorithm=SHA-256", "9a60a9b6a9efb2bb10ea5964b3f12aa25f465d09336bfc2491171560295695bd"},
      {", algorithm=SHA-256-sess",
       "eb9b5f500abdad096e819ec3eac657a95a659015db0abf4ca01c2b629505237b"},
      {", algorithm=sha-256, qop=\"auth\"",
       "d585997409bd0413b4196deb82d44dfbbbd209d4d5cd9efbaf7a727dfb4b84b0"},
      {", algorithm=SHA-256-sess, qop=\"auth\"",
       "9df133bb6470721e990d95b6b021d3ed7ae061301f20929968525047c94c8f75"},
      {", algorithm=SHA-256, qop=\"auth-int\"",
       "d1548483c2f978b7e3c060409970cefb1a9273df29f1181db0b139f7e8db5aee"},
      {", algorithm=SHA-256-sess, qop=\"auth-int\"",
       "2294674b8a33cf15d875943ee93be8aee7ed19d2bac3c4cb8c1a9ec4a947b4ee"},
  };
  const DigestRequest request = {
      .method = "MESSAGE", .uri = "sip:bob@example.com", .body = "hi \xE2\x82\xAC", .cnonce = "c1"};
  for (const auto& test : kCases) {
    auto challenge = Read(StrCat("WWW-Authenticate: Digest realm=\"example.com\", nonce=\"n0nce\"",
                                 test.parameters, "\r\n"));
    ASSERT_TRUE(challenge) << test.parameters;
    EXPECT_EQ(ResponseOf(BuildCredentials(
                  *challenge, {.username = "alice", .password = "secret", .ha1 = ""}, request)),
              test.response)
        << test.parameters;
  }
}

TEST(Digest, WritesNoMoreThanTheChallengeAsksFor) {
  auto challenge = Read("Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n");
  ASSERT_TRUE(challenge);
  EXPECT_TRUE(challenge->proxy);
  EXPECT_FALSE(challenge->has_opaque);
  EXPECT_EQ(BuildCredentials(*challenge, {.username = "a", .password = "p", .ha1 = ""},
                             {.method = "M", .uri = "sip:x", .body = "", .cnonce = "c"}),
            "Proxy-Authorization: Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"sip:x\", "
            "response=\"1b0760c26c7b9d379c1d3df87d87daae\"");
}

TEST(Digest, RepeatsAnOpaqueEvenIfItIsEmpty) {
  auto challenge = Read("WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", opaque=\"\"\r\n");
  ASSERT_TRUE(challenge);
  const std::string line =
      BuildCredentials(*challenge, {.username = "a", .password = "p", .ha1 = ""},
                       {.method = "M", .uri = "sip:x", .body = "", .cnonce = "c"});
  EXPECT_NE(line.find(", opaque=\"\""), std::string::npos);
}

TEST(Digest, TellsTheClientNonceOfASessionWithoutQop) {
  auto challenge =
      Read("WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=MD5-sess\r\n");
  ASSERT_TRUE(challenge);
  const std::string line =
      BuildCredentials(*challenge, {.username = "a", .password = "p", .ha1 = ""},
                       {.method = "M", .uri = "sip:x", .body = "", .cnonce = "c"});
  EXPECT_NE(line.find(", cnonce=\"c\""), std::string::npos);
  EXPECT_EQ(line.find("nc="), std::string::npos);
}

TEST(Digest, EscapesQuotesInWhatItWrites) {
  auto challenge =
      Read("WWW-Authenticate: Digest realm=\"ex \\\"q\\\" ample\", nonce=\"n\", qop=auth\r\n");
  ASSERT_TRUE(challenge);
  EXPECT_EQ(challenge->realm, "ex \"q\" ample");
  const std::string line =
      BuildCredentials(*challenge, {.username = "a\"l\\ice", .password = "p:w", .ha1 = ""},
                       {.method = "REGISTER", .uri = "sip:x", .body = "", .cnonce = "c"});
  EXPECT_NE(line.find("username=\"a\\\"l\\\\ice\", realm=\"ex \\\"q\\\" ample\""),
            std::string::npos);
  EXPECT_EQ(ResponseOf(line), "250e9d86a6edee18bea164e0241dd2ba");
}

TEST(Digest, CountsTheUsesOfANonce) {
  auto challenge = Read("WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n");
  const Credentials alice = {.username = "a", .password = "p", .ha1 = ""};
  const DigestRequest request = {.method = "M", .uri = "sip:x", .body = "", .cnonce = "c"};
  const std::string first = BuildCredentials(*challenge, alice, request);
  const std::string second = BuildCredentials(*challenge, alice, request);
  EXPECT_NE(first.find("nc=00000001"), std::string::npos);
  EXPECT_NE(second.find("nc=00000002"), std::string::npos);
  EXPECT_NE(ResponseOf(first), ResponseOf(second));
  challenge->nonce_count = 0xabcdef;
  EXPECT_NE(BuildCredentials(*challenge, alice, request).find("nc=00abcdf0"), std::string::npos);
}

TEST(Digest, TakesAHashInPlaceOfAPasswordForMd5Only) {
  const std::string ha1 = "b1726872c344b6dc8365b774f8fd6412";  // alice:example.com:secret
  auto challenge = Read(
      "WWW-Authenticate: Digest realm=\"example.com\", nonce=\"n0nce\", algorithm=SHA-256\r\n"
      "WWW-Authenticate: Digest realm=\"example.com\", nonce=\"n0nce\"\r\n",
      ha1);
  ASSERT_TRUE(challenge);
  EXPECT_EQ(challenge->algorithm, DigestAlgorithm::kMd5);
  EXPECT_EQ(ResponseOf(BuildCredentials(
                *challenge, {.username = "alice", .password = "", .ha1 = ha1},
                {.method = "MESSAGE", .uri = "sip:bob@example.com", .body = "", .cnonce = "c1"})),
            "f07f50eb7e811bdba262aa0d4e7effc0");
  EXPECT_FALSE(
      Read("WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256\r\n", ha1));
}

TEST(ReadChallenge, TakesTheTopmostThatItCanAnswer) {
  const std::string nul(1, '\0');
  struct {
    std::string challenges;
    std::string_view nonce;  // empty: none
  } const kCases[] = {
      {"", ""},
      {StrCat("WWW-Authenticate: Digest realm=\"r\", nonce=\"1", nul, "\"\r\n"), ""},
      {StrCat("WWW-Authenticate: Digest realm=\"r\\", nul, "\", nonce=\"1\"\r\n"), ""},
      {"WWW-Authenticate: Basic realm=\"r\"\r\n", ""},
      {"WWW-Authenticate: Digest realm=\"r\"\r\n", ""},
      {"WWW-Authenticate: Digest realm=\"r\", nonce=\"1\", algorithm=AKAv1-MD5\r\n", ""},
      {"WWW-Authenticate: Digest realm=\"r\", nonce=\"1\", qop=\"new\"\r\n", ""},
      {"WWW-Authenticate: Digest realm=\"r\", nonce=\"1\", qop=\"new,auth\"\r\n", "1"},
      {"WWW-Authenticate: Digest realm=\"r\", nonce=\"1\", qop=\"\"\r\n", "1"},
      {"WWW-Authenticate: dIGEST realm=\"r\", nonce=\"1\",\r\n", "1"},
      {"WWW-Authenticate: Digest nonce=1\r\n", "1"},
      {"WWW-Authenticate: Digest realm=\"r\", nonce=\"1\", algorithm=SHA-512-256\r\n"
       "WWW-Authenticate: Digest realm=\"r\", nonce=\"2\", algorithm=SHA-256\r\n"
       "WWW-Authenticate: Digest realm=\"r\", nonce=\"3\", algorithm=MD5\r\n",
       "2"},
  };
  for (const auto& test : kCases) {
    const auto challenge = Read(test.challenges);
    EXPECT_EQ(challenge ? challenge->nonce : "", test.nonce) << test.challenges;
  }
}

TEST(ReadChallenge, KnowsAStaleNonce) {
  EXPECT_TRUE(Read("WWW-Authenticate: Digest realm=\"r\", nonce=\"1\", stale=TRUE\r\n")->stale);
  EXPECT_TRUE(Read("WWW-Authenticate: Digest realm=\"r\", nonce=\"1\", stale=\"true\"\r\n")->stale);
  EXPECT_FALSE(Read("WWW-Authenticate: Digest realm=\"r\", nonce=\"1\", stale=false\r\n")->stale);
  EXPECT_FALSE(Read("WWW-Authenticate: Digest realm=\"r\", nonce=\"1\"\r\n")->stale);
}

}  // namespace
}  // namespace sip
