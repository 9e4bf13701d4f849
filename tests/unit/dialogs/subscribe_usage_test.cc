#include "dialogs/subscribe_usage.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <variant>

#include "base/str_cat.h"
#include "messages/parser.h"

namespace sip {
namespace {

using Role = SubscribeUsage::Role;

Time At(double seconds) { return FromUnixMillis(1e12) + Seconds(seconds); }

Message Notify(std::string_view event, std::string_view state) {
  auto parsed = ParseMessage(
      StrCat("NOTIFY sip:a SIP/2.0\r\nVia: SIP/2.0/WS b;branch=z9hG4bK1\r\nFrom: <sip:b>;tag=b\r\n"
             "To: <sip:a>;tag=a\r\nCall-ID: c\r\nCSeq: 1 NOTIFY\r\n",
             event.empty() ? "" : StrCat("Event: ", event, "\r\n"),
             state.empty() ? "" : StrCat("Subscription-State: ", state, "\r\n"),
             "Content-Length: 0\r\n\r\n"));
  return std::move(std::get<Message>(parsed));
}

TEST(SubscribeUsage, MatchesTheNotifyOfItsRefer) {
  const struct {
    const char* event;
    bool matches;
  } cases[] = {{"refer", true},  // RFC 3515 section 2.4.6: of the first REFER it may be bare
               {"refer;id=93809", true},  // the CSeq of the REFER
               {"REFER ; id=93809", true},
               {"refer;id=93810", false},
               {"refer;id=x", false},
               {"presence", false},
               {"", false}};
  const SubscribeUsage usage(Role::kSubscriber, 93809, At(0));
  for (const auto& [event, matches] : cases) {
    EXPECT_EQ(usage.Matches(Notify(event, "active")), matches) << event;
  }
  const SubscribeUsage notifier(Role::kNotifier, 93809, At(0));
  EXPECT_FALSE(notifier.Matches(Notify("refer", "active"))) << "a notifier is not notified";
}

// RFC 6665 section 4.1.2.4, Timer N.
TEST(SubscribeUsage, Waits32SecondsForTheFirstNotify) {
  const SubscribeUsage usage(Role::kSubscriber, 1, At(0));
  EXPECT_EQ(usage.deadline(), At(32));
}

TEST(SubscribeUsage, LivesForTheTimeThatANotifyGivesIt) {
  SubscribeUsage usage(Role::kSubscriber, 1, At(0));
  EXPECT_FALSE(usage.ReceiveNotify(Notify("refer", "active;expires=60"), At(1)));
  EXPECT_GE(usage.deadline(), At(61));
  EXPECT_LE(usage.deadline(), At(61 + 32));
  EXPECT_FALSE(usage.ReceiveNotify(Notify("refer", "pending;expires=4294967295"), At(2)));
  EXPECT_LE(usage.deadline(), At(2 + 24 * 3600 + 32)) << "no peer keeps a dialog for ever";
  EXPECT_FALSE(usage.ReceiveNotify(Notify("refer", "active;expires=x"), At(3)));
  EXPECT_LT(usage.deadline(), At(3600));
  EXPECT_FALSE(usage.ReceiveNotify(Notify("refer", "active"), At(3)));
  EXPECT_LT(usage.deadline(), At(3600));
}

TEST(SubscribeUsage, EndsWithTheNotifyThatSaysSo) {
  SubscribeUsage usage(Role::kSubscriber, 1, At(0));
  EXPECT_TRUE(usage.ReceiveNotify(Notify("refer", "terminated;reason=noresource"), At(1)));
  EXPECT_TRUE(usage.ReceiveNotify(Notify("refer", "Terminated"), At(1)));
}

TEST(SubscribeUsage, TellsWhichReferAndHowLongAsNotifier) {
  const SubscribeUsage usage(Role::kNotifier, 17, At(0));
  const auto lines = [](std::string_view state) {
    return StrCat("Event: refer;id=17\r\nSubscription-State: ", state, "\r\n");
  };
  EXPECT_EQ(usage.NotifyLines(/*final=*/false, At(0)), lines("active;expires=180"));
  EXPECT_EQ(usage.NotifyLines(/*final=*/false, At(30)), lines("active;expires=150"));
  EXPECT_EQ(usage.NotifyLines(/*final=*/false, At(1000)), lines("active;expires=0"));
  EXPECT_EQ(usage.NotifyLines(/*final=*/true, At(1)), lines("terminated;reason=noresource"));
}

}  // namespace
}  // namespace sip
