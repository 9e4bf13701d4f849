#include "transactions/timers.h"

#include <gtest/gtest.h>

namespace sip {
namespace {

// RFC 3261 table 4 and RFC 6026 section 8.11.
TEST(Timers, HaveTheValuesOfTheRfcs) {
  EXPECT_EQ(kT1, Milliseconds(500));
  EXPECT_EQ(kT2, Seconds(4));
  EXPECT_EQ(kT4, Seconds(5));
  EXPECT_EQ(k64T1, 64 * kT1);
  EXPECT_EQ(TimerD(false), Seconds(32));
  EXPECT_EQ(TimerI(false), kT4);
  EXPECT_EQ(TimerJ(false), 64 * kT1);
  EXPECT_EQ(TimerK(false), kT4);
  EXPECT_EQ(kNonInviteTrying, kT1 + 2 * kT1 + 4 * kT1);
}

TEST(Timers, OfCompletedAndConfirmedAreZeroOnAReliableTransport) {
  EXPECT_EQ(TimerD(true), ZeroDuration());
  EXPECT_EQ(TimerI(true), ZeroDuration());
  EXPECT_EQ(TimerJ(true), ZeroDuration());
  EXPECT_EQ(TimerK(true), ZeroDuration());
}

TEST(Timers, RetransmissionDoublesUpToItsCap) {
  Time now = UnixEpoch();
  Retransmission timer = Retransmission::Start(false, now);
  EXPECT_EQ(timer.at - now, kT1);
  for (const int seconds : {1, 2, 4, 4, 4}) {
    now = timer.at;
    EXPECT_TRUE(timer.IsDue(now));
    timer.Restart(now, kT2);
    EXPECT_EQ(timer.at - now, Seconds(seconds));
    EXPECT_FALSE(timer.IsDue(now));
  }
}

TEST(Timers, RetransmissionNeverComesOnAReliableTransport) {
  EXPECT_EQ(Retransmission::Start(true, UnixEpoch()).at, InfiniteFuture());
}

}  // namespace
}  // namespace sip
