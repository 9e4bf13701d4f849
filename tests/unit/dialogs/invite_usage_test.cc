#include "dialogs/invite_usage.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sip {
namespace {

constexpr ServerHandle kServer{3};

Time At(double seconds) { return FromUnixMillis(1e12) + Seconds(seconds); }

TEST(InviteUsage, IsConfirmedByTheAnswerAsCaller) {
  InviteUsage usage{OfferAnswer()};
  EXPECT_EQ(usage.state(), SessionState::kInitial);
  usage.Progress();
  EXPECT_EQ(usage.state(), SessionState::kEarly);
  usage.Progress();
  EXPECT_EQ(usage.state(), SessionState::kEarly);
  usage.Confirm();
  EXPECT_EQ(usage.state(), SessionState::kConfirmed);
  usage.Progress();
  EXPECT_EQ(usage.state(), SessionState::kConfirmed) << "a late 180 changes nothing";
}

TEST(InviteUsage, IsConfirmedByTheAckAsCallee) {
  InviteUsage usage{OfferAnswer()};
  usage.Progress();
  usage.AwaitAck(kServer, 1, "200", At(0));
  EXPECT_EQ(usage.state(), SessionState::kAckWait);
  EXPECT_TRUE(usage.awaits_ack());
  EXPECT_EQ(usage.ReceiveAck(1), kServer);
  EXPECT_EQ(usage.state(), SessionState::kConfirmed);
  EXPECT_FALSE(usage.awaits_ack());
  EXPECT_EQ(usage.ReceiveAck(1), std::nullopt) << "the same ACK again";
}

TEST(InviteUsage, TakesNoAckOfAnotherInvite) {
  InviteUsage usage{OfferAnswer()};
  usage.AwaitAck(kServer, 2, "200", At(0));
  EXPECT_EQ(usage.ReceiveAck(1), std::nullopt);
  EXPECT_EQ(usage.ReceiveAck(3), std::nullopt);
  EXPECT_EQ(usage.state(), SessionState::kAckWait);
  EXPECT_EQ(usage.ReceiveAck(2), kServer);
}

// RFC 3261 section 13.3.1.4: T1, doubled until T2, for 64*T1.
TEST(InviteUsage, SendsThe2xxAgainUntil64TimesT1HavePassed) {
  InviteUsage usage{OfferAnswer()};
  usage.AwaitAck(kServer, 1, "200", At(0));
  std::vector<double> sent;
  double ended = 0;
  while (usage.deadline() != InfiniteFuture()) {
    const Time now = usage.deadline();
    const InviteUsage::Due due = usage.Advance(now);
    const double seconds = (now - At(0)).milliseconds() / 1000;
    if (!due.retransmit.empty()) sent.push_back(seconds);
    if (due.no_ack.has_value()) ended = seconds;
  }
  EXPECT_EQ(sent, (std::vector<double>{0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5}));
  EXPECT_EQ(ended, 32);
}

TEST(InviteUsage, SendsOnceOrGivesUpWhenWokenLate) {
  InviteUsage usage{OfferAnswer()};
  usage.AwaitAck(kServer, 1, "200", At(0));
  EXPECT_EQ(usage.Advance(At(20)).retransmit, "200");
  EXPECT_EQ(usage.Advance(At(20)).retransmit, "");
  EXPECT_GT(usage.deadline(), At(20));
  const InviteUsage::Due due = usage.Advance(At(3600));
  EXPECT_EQ(due.retransmit, "");
  EXPECT_EQ(due.no_ack, kServer);
  EXPECT_EQ(usage.deadline(), InfiniteFuture());
}

TEST(InviteUsage, OfAReinviteStaysConfirmedWhileItWaitsForTheAck) {
  InviteUsage usage{OfferAnswer()};
  usage.Confirm();
  usage.AwaitAck(kServer, 7, "200", At(0));
  EXPECT_EQ(usage.state(), SessionState::kConfirmed);
  EXPECT_TRUE(usage.awaits_ack());
  EXPECT_EQ(usage.ReceiveAck(7), kServer);
}

TEST(InviteUsage, KnowsTheLastInviteThatSucceeded) {
  InviteUsage usage{OfferAnswer()};
  usage.Confirm();
  EXPECT_FALSE(usage.succeeded().has_value());
  usage.Succeed({.client = ClientHandle{4}, .cseq = 1, .credentials = "", .ack = "first"});
  usage.Succeed({.client = ClientHandle{5}, .cseq = 2, .credentials = "A: b\r\n"});
  EXPECT_EQ(usage.succeeded()->client, ClientHandle{5});
  EXPECT_EQ(usage.succeeded()->ack, "");
}

TEST(InviteUsage, ForgetsEverythingWhenItTerminates) {
  InviteUsage usage{OfferAnswer()};
  usage.AwaitAck(kServer, 1, "200", At(0));
  usage.Succeed({.client = ClientHandle{4}, .cseq = 1, .credentials = ""});
  usage.OpenClientInvite(ClientHandle{4});
  usage.OpenServerInvite(kServer);
  usage.Terminate();
  EXPECT_EQ(usage.state(), SessionState::kTerminated);
  EXPECT_EQ(usage.signaling(), Signaling::kClosed);
  EXPECT_EQ(usage.deadline(), InfiniteFuture());
  EXPECT_EQ(usage.ReceiveAck(1), std::nullopt);
  EXPECT_FALSE(usage.succeeded().has_value());
  EXPECT_FALSE(usage.client_invite().has_value());
  EXPECT_FALSE(usage.server_invite().has_value());
  usage.Confirm();
  usage.Progress();
  EXPECT_EQ(usage.state(), SessionState::kTerminated) << "nothing wakes it up again";
}

}  // namespace
}  // namespace sip
