#include "messages/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"
#include "messages/parser.h"

namespace sip {
namespace {

Message With(std::string_view fields) {
  return std::get<Message>(ParseMessage(StrCat(
      "SIP/2.0 200 OK\r\nVia: SIP/2.0/WS h;branch=1\r\nFrom: sip:a@b;tag=1\r\nTo: sip:c@d\r\n"
      "Call-ID: x\r\nCSeq: 1 INVITE\r\n",
      fields, "\r\n")));
}

TEST(Message, FindsFieldsByIdAndByName) {
  const Message message = With("m: <sip:a@b>\r\nX-Own: 1\r\nX-Own: 2\r\nExpires:\r\n");
  EXPECT_EQ(message.Get(HeaderId::kContact), "<sip:a@b>");
  EXPECT_EQ(message.Get("contact"), "<sip:a@b>");
  EXPECT_EQ(message.Get("M"), "<sip:a@b>");
  EXPECT_EQ(message.Get("x-own"), "1");
  EXPECT_EQ(message.Get(HeaderId::kExpires), "");
  EXPECT_EQ(message.Get(HeaderId::kRoute), std::nullopt);
  EXPECT_EQ(message.Get("X-Other"), std::nullopt);
}

TEST(Message, TakesSeveralFieldsAndSeveralValuesForTheSame) {
  const Message message =
      With("Route: <sip:a;lr>, <sip:b;lr>\r\nRoute: \"c,d\" <sip:e>\r\nRoute:\r\n");
  EXPECT_THAT(message.GetList(HeaderId::kRoute),
              testing::ElementsAre("<sip:a;lr>", "<sip:b;lr>", "\"c,d\" <sip:e>"));
  EXPECT_TRUE(message.GetList(HeaderId::kContact).empty());
}

TEST(Message, KnowsTheTokensOfAList) {
  const Message message = With("Supported: 100rel, timer\r\nk: OUTBOUND\r\n");
  EXPECT_TRUE(message.ListHas(HeaderId::kSupported, "timer"));
  EXPECT_TRUE(message.ListHas(HeaderId::kSupported, "outbound"));
  EXPECT_FALSE(message.ListHas(HeaderId::kSupported, "time"));
  EXPECT_FALSE(message.ListHas(HeaderId::kRequire, "timer"));
}

TEST(Message, ReadsAddresses) {
  EXPECT_EQ(With("Contact: <sip:a@b>;expires=5, <sip:c@d>\r\n")
                .GetNameAddr(HeaderId::kContact)
                ->parameters.Get("expires"),
            "5");
  EXPECT_EQ(With("Refer-To: Bell, A. <sip:c@d>\r\n").GetNameAddr(HeaderId::kReferTo)->display_name,
            "Bell, A.");
  EXPECT_FALSE(With("Contact: *\r\n").GetNameAddr(HeaderId::kContact));
  EXPECT_FALSE(With("Contact: ,\r\n").GetNameAddr(HeaderId::kContact));
  EXPECT_FALSE(With("").GetNameAddr(HeaderId::kContact));
}

TEST(Message, ReadsNumbers) {
  EXPECT_EQ(With("Expires: 3600\r\n").GetNumber(HeaderId::kExpires), 3600u);
  EXPECT_EQ(With("Retry-After: 18000;duration=3600\r\n").GetNumber(HeaderId::kRetryAfter), 18000u);
  EXPECT_EQ(With("Retry-After: 120 (busy)\r\n").GetNumber(HeaderId::kRetryAfter), 120u);
  EXPECT_EQ(With("x: 90;refresher=uas\r\n").GetNumber(HeaderId::kSessionExpires), 90u);
  EXPECT_FALSE(With("Expires: -1\r\n").GetNumber(HeaderId::kExpires));
  EXPECT_FALSE(With("Expires: 4294967296\r\n").GetNumber(HeaderId::kExpires));
  EXPECT_FALSE(With("").GetNumber(HeaderId::kExpires));
}

TEST(Message, ReadsTokens) {
  const Message message = With("o: refer;id=93809824\r\nReason: SIP;cause=200, Q.850;cause=16\r\n");
  EXPECT_EQ(message.GetToken(HeaderId::kEvent)->token, "refer");
  EXPECT_EQ(message.GetToken(HeaderId::kEvent)->parameters.Get("id"), "93809824");
  EXPECT_EQ(message.GetToken(HeaderId::kReason)->parameters.Get("cause"), "200");
  EXPECT_FALSE(message.GetToken(HeaderId::kContentType));
}

}  // namespace
}  // namespace sip
