#include "grammar/event_headers.h"

#include <gtest/gtest.h>

namespace sip {
namespace {

TEST(ParseTokenWithParameters, ReadsTheHeadersThatAreBuiltSo) {
  const auto state = ParseTokenWithParameters("terminated ; reason=noresource;expires=0");
  ASSERT_TRUE(state);
  EXPECT_EQ(state->token, "terminated");
  EXPECT_EQ(state->parameters.Get("reason"), "noresource");
  EXPECT_EQ(state->parameters.Get("expires"), "0");

  EXPECT_EQ(ParseTokenWithParameters("application/sdp;")->token, "application/sdp");
  EXPECT_EQ(ParseTokenWithParameters("presence.winfo")->token, "presence.winfo");
  const auto reason = ParseTokenWithParameters("SIP ;cause=200;text=\"Call completed; elsewhere\"");
  EXPECT_EQ(reason->token, "SIP");
  EXPECT_EQ(reason->parameters.Get("text"), "\"Call completed; elsewhere\"");
}

TEST(ParseTokenWithParameters, RefusesWhatIsNone) {
  EXPECT_FALSE(ParseTokenWithParameters(""));
  EXPECT_FALSE(ParseTokenWithParameters(";id=1"));
  EXPECT_FALSE(ParseTokenWithParameters("a;b, c;d"));
}

}  // namespace
}  // namespace sip
