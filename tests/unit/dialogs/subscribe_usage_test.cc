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
using State = SubscriptionState;

Time At(double seconds) { return FromUnixMillis(1e12) + Seconds(seconds); }

Message Parse(std::string_view line, std::string_view headers) {
  auto parsed =
      ParseMessage(StrCat(line,
                          "\r\nVia: SIP/2.0/WS b;branch=z9hG4bK1\r\nFrom: <sip:b>;tag=b\r\n"
                          "To: <sip:a>;tag=a\r\nCall-ID: c\r\nCSeq: 1 NOTIFY\r\n",
                          headers, "Content-Length: 0\r\n\r\n"));
  return std::move(std::get<Message>(parsed));
}

Message Notify(std::string_view state) {
  return Parse("NOTIFY sip:a SIP/2.0",
               state.empty() ? "" : StrCat("Subscription-State: ", state, "\r\n"));
}

Message Response(int status, std::string_view headers = "") {
  return Parse(StrCat("SIP/2.0 ", status, " X"), headers);
}

// One that has asked for ten minutes.
SubscribeUsage Subscriber() {
  SubscribeUsage usage(Role::kSubscriber, "presence", At(0));
  usage.Requested(600, At(0));
  return usage;
}

// The same, granted and active, which the core refreshes.
SubscribeUsage Active() {
  SubscribeUsage usage = Subscriber();
  EXPECT_TRUE(usage.ReceiveNotify(Notify("active;expires=600"), At(0)));
  usage.Keep(/*refresh=*/true, 600, At(0));
  return usage;
}

// RFC 6665 section 8.2.1.
TEST(SubscribeUsage, IsToldApartByEventAndId) {
  EXPECT_EQ(EventKey("foo; id=1234"), EventKey("foo; param=abcd; id=1234"));
  EXPECT_NE(EventKey("foo; id=1234"), EventKey("foo"));
  EXPECT_NE(EventKey("foo; id=1234"), EventKey("Foo; id=1234"));
  EXPECT_EQ(EventKey(""), "");
  EXPECT_FALSE(Subscriber().Matches(""));
  EXPECT_TRUE(Subscriber().Matches("presence;x=y"));
  EXPECT_FALSE(Subscriber().Matches("presence;id=1"));
}

TEST(SubscribeUsage, MatchesTheNotifyOfItsRefer) {
  const struct {
    const char* event;
    bool matches;
  } cases[] = {{"refer", true},  // RFC 3515 section 2.4.6: of the first REFER it may be bare
               {"refer;id=93809", true},  // the CSeq of the REFER
               {"refer ; id=93809", true},
               {"refer;id=93810", false},
               {"refer;id=x", false},
               {"presence", false},
               {"", false}};
  const SubscribeUsage usage(Role::kReferrer, "refer;id=93809", At(0));
  for (const auto& [event, matches] : cases) {
    EXPECT_EQ(usage.Matches(event), matches) << event;
  }
  const SubscribeUsage notifier(Role::kNotifier, "refer;id=93809", At(0));
  EXPECT_FALSE(notifier.Matches("refer")) << "a notifier is not notified";
}

// RFC 6665 section 4.1.2.4, Timer N.
TEST(SubscribeUsage, Waits32SecondsForTheFirstNotify) {
  EXPECT_EQ(SubscribeUsage(Role::kReferrer, "refer;id=1", At(0)).deadline(), At(32));
  SubscribeUsage usage = Subscriber();
  EXPECT_EQ(usage.state(), State::kNotifyWait);
  EXPECT_EQ(usage.deadline(), At(32));
  usage.Accepted(Response(200, "Expires: 300\r\n"), At(1));
  EXPECT_EQ(usage.deadline(), At(32)) << "not even the 2xx makes the subscription";
  EXPECT_FALSE(usage.IsOver(At(31)));
  EXPECT_TRUE(usage.IsOver(At(32)));
}

TEST(SubscribeUsage, LivesForTheTimeThatANotifyGivesIt) {
  SubscribeUsage usage(Role::kReferrer, "refer;id=1", At(0));
  EXPECT_TRUE(usage.ReceiveNotify(Notify("active;expires=60"), At(1)));
  EXPECT_GE(usage.deadline(), At(61));
  EXPECT_LE(usage.deadline(), At(61 + 32));
  EXPECT_TRUE(usage.ReceiveNotify(Notify("pending;expires=4294967295"), At(2)));
  EXPECT_LE(usage.deadline(), At(2 + 24 * 3600 + 32)) << "no peer keeps a dialog for ever";
  for (const char* state : {"active;expires=x", "active", ""}) {
    EXPECT_TRUE(usage.ReceiveNotify(Notify(state), At(3))) << state;
    EXPECT_LT(usage.deadline(), At(3600)) << state;
  }
}

TEST(SubscribeUsage, TakesTheTimeGrantedBy2xxAndNotify) {
  SubscribeUsage usage = Subscriber();
  usage.Accepted(Response(200, "Expires: 900\r\n"), At(0));
  EXPECT_EQ(usage.ExpiresIn(At(0)), 600U) << "which cannot be more than was asked for";
  usage.Accepted(Response(200, "Expires: 400\r\n"), At(0));
  EXPECT_TRUE(usage.ReceiveNotify(Notify("pending"), At(1)));
  EXPECT_EQ(usage.state(), State::kPending);
  EXPECT_EQ(usage.ExpiresIn(At(1)), 399U);
  EXPECT_EQ(usage.initial_expires(), 400U);
  EXPECT_TRUE(usage.ReceiveNotify(Notify("active;expires=1000"), At(2)));
  EXPECT_EQ(usage.state(), State::kActive);
  EXPECT_EQ(usage.ExpiresIn(At(2)), 1000U);
  EXPECT_EQ(usage.AgainIn(At(2)), kNever);
  EXPECT_EQ(usage.deadline(), At(2 + 1000 + 32)) << "nobody refreshes it";
  EXPECT_TRUE(usage.ReceiveNotify(Notify("pending"), At(2)));
  EXPECT_EQ(usage.state(), State::kActive) << "RFC 6665 section 4.1.2 knows no way back";
  EXPECT_TRUE(usage.ReceiveNotify(Notify("active;expires=0"), At(3)));
  EXPECT_EQ(usage.ExpiresIn(At(3)), 999U) << "a NOTIFY that says active has not ended it";
}

TEST(SubscribeUsage, RefusesANotifyThatDoesNotSayHowItStands) {
  SubscribeUsage usage = Subscriber();
  EXPECT_FALSE(usage.ReceiveNotify(Notify(""), At(1)));
  EXPECT_FALSE(usage.ReceiveNotify(Notify("paused"), At(1)));
  EXPECT_EQ(usage.state(), State::kNotifyWait);
  EXPECT_TRUE(usage.ReceiveNotify(Notify("Active"), At(1)));
  EXPECT_FALSE(usage.ReceiveNotify(Notify(""), At(1)));
  EXPECT_TRUE(usage.ReceiveNotify(Notify("paused"), At(1))) << "an extension changes nothing";
  EXPECT_EQ(usage.state(), State::kActive);
}

TEST(SubscribeUsage, IsRefreshedAfterNineTenthsOfItsTime) {
  SubscribeUsage usage = Active();
  EXPECT_EQ(usage.AgainIn(At(100)), 440U);
  EXPECT_EQ(usage.deadline(), At(540));
  EXPECT_FALSE(usage.IsRefreshDue(At(539)));
  EXPECT_TRUE(usage.IsRefreshDue(At(540)));
  usage.Requested(600, At(540));
  EXPECT_FALSE(usage.IsRefreshDue(At(540)));
  EXPECT_EQ(usage.deadline(), At(572)) << "Timer N";
  usage.Accepted(Response(200, "Expires: 100\r\n"), At(541));
  EXPECT_TRUE(usage.ReceiveNotify(Notify("active"), At(541)));
  EXPECT_EQ(usage.deadline(), At(541 + 90));
}

// RFC 6665 section 4.1.2.2.
TEST(SubscribeUsage, OutlivesARefusedRefreshAndOneWithoutNotify) {
  SubscribeUsage usage = Active();
  usage.Requested(600, At(540));
  usage.Refused();
  EXPECT_EQ(usage.deadline(), At(600 + 32));
  usage.Requested(600, At(550));
  usage.Accepted(Response(204, "Expires: 600\r\n"), At(550));
  EXPECT_EQ(usage.deadline(), At(550 + 540));
}

TEST(SubscribeUsage, GrantedForNoTimeIsNotRefreshed) {
  SubscribeUsage usage = Active();
  usage.Requested(600, At(540));
  usage.Accepted(Response(200, "Expires: 0\r\n"), At(540));
  EXPECT_EQ(usage.AgainIn(At(540)), kNever);
}

TEST(SubscribeUsage, IsNotRefreshedOnceItIsToEnd) {
  SubscribeUsage usage = Active();
  usage.Requested(0, At(10));
  EXPECT_TRUE(usage.ReceiveNotify(Notify("active;expires=590"), At(10)));
  EXPECT_EQ(usage.AgainIn(At(10)), kNever);
  EXPECT_TRUE(usage.ReceiveNotify(Notify("terminated;reason=timeout"), At(11)));
  EXPECT_EQ(usage.AgainIn(At(11)), kNever);
}

// RFC 6665 section 4.1.3.
TEST(SubscribeUsage, EndsWithTheNotifyThatSaysSoAndKnowsWhenToRetry) {
  const struct {
    const char* state;
    uint32_t again;
  } cases[] = {{"terminated", kNever},
               {"Terminated;reason=deactivated", 0},
               {"terminated;reason=deactivated;retry-after=9", 0},
               {"terminated;reason=timeout", 0},
               {"terminated;reason=probation;retry-after=9", 9},
               {"terminated;reason=probation", 30},
               {"terminated;reason=giveup;retry-after=9", 9},
               {"terminated;reason=giveup;retry-after=x", 30},
               {"terminated;reason=rejected;retry-after=9", kNever},
               {"terminated;reason=noresource", kNever},
               {"terminated;reason=invariant;retry-after=9", kNever},
               {"terminated;reason=else;retry-after=9", kNever}};
  for (const auto& [state, again] : cases) {
    SubscribeUsage usage = Active();
    EXPECT_TRUE(usage.ReceiveNotify(Notify(state), At(1)));
    EXPECT_EQ(usage.state(), State::kTerminated) << state;
    EXPECT_EQ(usage.AgainIn(At(1)), again) << state;
  }
}

TEST(SubscribeUsage, TellsWhichReferAndHowLongAsNotifier) {
  const SubscribeUsage usage(Role::kNotifier, "refer;id=17", At(0));
  const auto lines = [](std::string_view state) {
    return StrCat("Event: refer;id=17\r\nSubscription-State: ", state, "\r\n");
  };
  EXPECT_EQ(usage.NotifyLines(/*final=*/false, At(0)), lines("active;expires=180"));
  EXPECT_EQ(usage.NotifyLines(/*final=*/false, At(30)), lines("active;expires=150"));
  EXPECT_EQ(usage.NotifyLines(/*final=*/false, At(1000)), lines("active;expires=0"));
  EXPECT_EQ(usage.NotifyLines(/*final=*/true, At(1)), lines("terminated;reason=noresource"));
  EXPECT_EQ(usage.deadline(), At(180));
}

}  // namespace
}  // namespace sip
