#include <gtest/gtest.h>

#include <string>

#include "messages/header_views.h"
#include "messages/warnings.h"
#include "torture/vectors.h"

// Messages of the kinds that are sent in the field though they are not legal. Each is read, with a
// warning that names what is odd about it, and nothing of it is lost.
namespace sip {
namespace {

struct Case {
  std::string_view file;
  std::string_view warnings;
};

constexpr Case kCases[] = {
    {"challenge", "WWW-Authenticate is not well-formed"},
    {"isolated",
     "A line without a colon cannot be read; Refer-To cannot be read; Event cannot be read; "
     "Session-Expires cannot be read; Referred-By cannot be read"},
    {"lines", "A line end is not well-formed"},
    {"names",
     "From is not well-formed; To is not well-formed; P-Asserted-Identity is not well-formed; "
     "Content-Type is not well-formed"},
    {"received",
     "The start line is not well-formed; Via is not well-formed; To is not well-formed; "
     "Reason is not well-formed"},
    {"response",
     "The start line is not well-formed; Via is not well-formed; Record-Route is not well-formed; "
     "Record-Route is not well-formed; To is not well-formed; Contact is not well-formed; "
     "Allow is not well-formed"},
    {"users",
     "The start line is not well-formed; From is not well-formed; To is not well-formed; "
     "Contact is not well-formed"},
};

Message Parse(std::string_view file) { return ParseVector(StrCat("tolerance/", file, ".sip")); }

TEST(Tolerance, EveryMessageIsReadWithItsWarnings) {
  EXPECT_EQ(CountVectors("tolerance"), std::size(kCases));
  for (const Case& test : kCases) EXPECT_EQ(Warnings(Parse(test.file)), test.warnings) << test.file;
}

TEST(Tolerance, ReadsUserPartsAsTheyAre) {
  const Message message = Parse("users");
  EXPECT_EQ(ParseUri(message.request_uri())->user, "#31#0301234567");
  EXPECT_EQ(message.from().uri.user, "*21*{x}|y^");
  EXPECT_EQ(message.GetNameAddr(HeaderId::kContact)->uri.user, "[200]");
}

TEST(Tolerance, ReadsDisplayNamesWithoutQuotes) {
  const Message message = Parse("names");
  EXPECT_EQ(message.from().display_name, "M\xC3\xBCller, J\xC3\xBCrgen (B\xC3\xBCro)");
  EXPECT_EQ(message.to().display_name, "bob@example.com");
  const auto asserted = HeaderValues(message, HeaderId::kPAssertedIdentity);
  ASSERT_EQ(asserted.size(), 2u);
  EXPECT_EQ(asserted[0].first, "Roe, Jane");
  EXPECT_EQ(asserted[1].second, "tel:+15550100");
  EXPECT_EQ(message.body(), "hi");
}

TEST(Tolerance, ReadsListsAndParametersThatEndInSeparators) {
  const Message message = Parse("response");
  EXPECT_EQ(message.reason(), "");
  EXPECT_EQ(message.via().parameters.Get("received"), "[2001:db8::7]");
  EXPECT_EQ(HeaderValues(message, HeaderId::kRecordRoute).size(), 3u);
  EXPECT_EQ(message.to_tag(), "r2");
  EXPECT_EQ(message.GetNameAddr(HeaderId::kContact)->uri.host, "gw_7.example.com");
  EXPECT_TRUE(message.ListHas(HeaderId::kAllow, "BYE"));
}

TEST(Tolerance, ReadsWhatIsOnlyNearlyAnAddress) {
  const Message message = Parse("received");
  EXPECT_EQ(message.reason(), "Busy [line 3]");
  EXPECT_EQ(message.via().parameters.Get("received"), "192.0.2.7:5061");
  EXPECT_EQ(message.to().uri.host, "9sip.7net");
  EXPECT_EQ(Reason(HeaderValues(message, HeaderId::kReason).at(0)).cause, 17u);
}

TEST(Tolerance, ReadsAChallengeOnlyNearlyRight) {
  const Message message = Parse("challenge");
  const auto values = HeaderValues(message, HeaderId::kWwwAuthenticate);
  ASSERT_EQ(values.size(), 1u);
  EXPECT_EQ(ParameterText(values[0], "qop"), "auth");
  EXPECT_EQ(ParameterText(values[0], "nonce"), "b7c9");
}

TEST(Tolerance, ReadsBareLineFeeds) {
  const Message message = Parse("lines");
  EXPECT_EQ(message.method(), "BYE");
  EXPECT_EQ(message.to_tag(), "l2");
  EXPECT_EQ(message.fields().size(), 6u);
}

TEST(Tolerance, KeepsAHeaderFieldThatCannotBeReadAsText) {
  const Message message = Parse("isolated");
  EXPECT_EQ(message.Get(HeaderId::kReferTo), "<<sip:nowhere>");
  EXPECT_FALSE(message.GetNameAddr(HeaderId::kReferTo));
  EXPECT_FALSE(message.GetNumber(HeaderId::kSessionExpires));
  EXPECT_EQ(message.GetNameAddr(HeaderId::kContact)->uri.user, "a");
  EXPECT_EQ(message.Get("X-Note"), "a note");
}

}  // namespace
}  // namespace sip
