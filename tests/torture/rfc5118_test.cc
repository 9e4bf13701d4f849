#include <gtest/gtest.h>

#include <string>

#include "torture/vectors.h"

// RFC 5118: "SIP Torture Test Messages for IPv6".
namespace sip {
namespace {

struct Case {
  std::string_view section;
  std::string_view file;
  std::string_view verdict = "fine";
};

constexpr Case kCases[] = {
    {"4.1", "ipv6-good"},
    {"4.2", "ipv6-bad", "400 The Request-URI cannot be read"},
    {"4.3", "port-ambiguous"},
    {"4.4", "port-unambiguous"},
    {"4.5", "via-received-param-with-delim"},
    {"4.5", "via-received-param-no-delim"},
    // Its Content-Length of 268 is larger than the body that the RFC prints.
    {"4.6", "ipv6-in-sdp", "400 The body is shorter than its Content-Length"},
    {"4.6", "ipv6-in-sdp.fixed"},
    {"4.7", "mult-ip-in-header"},
    {"4.8", "mult-ip-in-sdp"},
    {"4.8", "mult-ip-in-sdp.fixed"},
    {"4.9", "ipv4-mapped-ipv6"},
    {"4.9", "ipv4-mapped-ipv6.fixed"},
    {"4.10", "ipv6-bug-abnf-3-colons"},
    {"4.10", "ipv6-correct-abnf-2-colons"},
};

Message Parse(std::string_view file) { return ParseVector(StrCat("rfc5118/", file, ".dat")); }

TEST(Rfc5118, EveryMessageIsReadOrRefusedAsItsSectionSays) {
  EXPECT_EQ(CountVectors("rfc5118"), std::size(kCases));
  for (const Case& test : kCases) {
    EXPECT_EQ(Verdict(ReadVector(StrCat("rfc5118/", test.file, ".dat"))), test.verdict)
        << test.section << " " << test.file;
  }
}

TEST(Rfc5118, PortsAreToldFromAddresses) {
  const Message inside = Parse("port-ambiguous");
  const Uri ambiguous = *ParseUri(inside.request_uri());
  EXPECT_EQ(ambiguous.host, "[2001:db8::10:5070]");
  EXPECT_EQ(ambiguous.port, std::nullopt);
  const Message outside = Parse("port-unambiguous");
  const Uri unambiguous = *ParseUri(outside.request_uri());
  EXPECT_EQ(unambiguous.host, "[2001:db8::10]");
  EXPECT_EQ(unambiguous.port, 5070);
}

TEST(Rfc5118, AddressesAreReadWithAndWithoutDelimiters) {
  EXPECT_EQ(Parse("via-received-param-with-delim").via().parameters.Get("received"),
            "[2001:db8::9:255]");
  EXPECT_EQ(Parse("via-received-param-no-delim").via().parameters.Get("received"),
            "2001:db8::9:255");
  EXPECT_EQ(Parse("via-received-param-no-delim").via().branch(), "z9hG4bKas3");
  EXPECT_EQ(Parse("mult-ip-in-header").via().port, 6050);
  EXPECT_EQ(Parse("ipv4-mapped-ipv6").via().sent_by, "[::ffff:192.0.2.10]:19823");
}

}  // namespace
}  // namespace sip
