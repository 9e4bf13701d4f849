#include "dialogs/offer_answer.h"

#include <gtest/gtest.h>

namespace sip {
namespace {

using enum Carrier;
using enum Signaling;

constexpr Carrier kAllCarriers[] = {kInvite,
                                    kUnreliableProvisional,
                                    kReliableProvisional,
                                    kInvite2xx,
                                    kAck,
                                    kPrack,
                                    kPrack2xx,
                                    kUpdate,
                                    kUpdate2xx};

OfferAnswer Stable() {
  OfferAnswer session;
  EXPECT_TRUE(session.Sent(kInvite));
  EXPECT_TRUE(session.Received(kInvite2xx));
  EXPECT_EQ(session.state(), kStable);
  return session;
}

// The six patterns of RFC 6337 section 2.2, table 1, seen from the UA that makes the offer and from
// the one that answers; the columns "Ini" and "Est".
TEST(OfferAnswer, FollowsThePatternsOfTable1) {
  struct Pattern {
    Carrier offer;
    Carrier answer;
    bool initial;
  };
  constexpr Pattern kPatterns[] = {
      {kInvite, kInvite2xx, true},
      {kInvite2xx, kAck, true},
      {kInvite, kReliableProvisional, true},
      {kReliableProvisional, kPrack, true},
      {kPrack, kPrack2xx, false},
      {kUpdate, kUpdate2xx, false},
  };
  int number = 0;
  for (const Pattern& pattern : kPatterns) {
    SCOPED_TRACE(++number);
    for (OfferAnswer session : {OfferAnswer(), Stable()}) {
      const Signaling before = session.state();
      OfferAnswer offerer = session;
      OfferAnswer answerer = session;
      const bool allowed = pattern.initial || before == kStable;
      EXPECT_EQ(offerer.Sent(pattern.offer), allowed);
      EXPECT_EQ(answerer.Received(pattern.offer), allowed);
      EXPECT_EQ(offerer.state(), allowed ? kHaveLocalOffer : before);
      EXPECT_EQ(answerer.state(), allowed ? kHaveRemoteOffer : before);
      if (!allowed) continue;
      EXPECT_TRUE(offerer.Received(pattern.answer));
      EXPECT_TRUE(answerer.Sent(pattern.answer));
      EXPECT_EQ(offerer.state(), kStable);
      EXPECT_EQ(answerer.state(), kStable);
    }
  }
}

TEST(OfferAnswer, CannotBeginWithWhatOnlyAnswers) {
  for (const Carrier carrier :
       {kUnreliableProvisional, kAck, kPrack, kPrack2xx, kUpdate, kUpdate2xx}) {
    OfferAnswer session;
    EXPECT_FALSE(session.Sent(carrier)) << static_cast<int>(carrier);
    EXPECT_FALSE(session.Received(carrier)) << static_cast<int>(carrier);
    EXPECT_EQ(session.state(), kInitial);
  }
}

// RFC 6337 section 2.2: "There may be ONLY ONE offer/answer negotiation in progress for a single
// dialog at any point in time."
TEST(OfferAnswer, TakesNoSecondOfferWhileOneIsOpen) {
  for (const Carrier open : {kInvite, kUpdate, kPrack}) {
    for (const Carrier second : {kInvite, kUpdate, kPrack}) {
      OfferAnswer session = Stable();
      ASSERT_TRUE(session.Sent(open));
      EXPECT_FALSE(session.Sent(second));
      EXPECT_FALSE(session.Received(second));
      EXPECT_EQ(session.state(), kHaveLocalOffer);

      session = Stable();
      ASSERT_TRUE(session.Received(open));
      EXPECT_FALSE(session.Sent(second));
      EXPECT_FALSE(session.Received(second));
      EXPECT_EQ(session.state(), kHaveRemoteOffer);
    }
  }
}

TEST(OfferAnswer, TakesNoAnswerInAMessageOfAnotherPattern) {
  OfferAnswer session = Stable();
  ASSERT_TRUE(session.Sent(kUpdate));
  for (const Carrier carrier : {kInvite2xx, kReliableProvisional, kPrack, kPrack2xx, kAck}) {
    EXPECT_FALSE(session.Received(carrier)) << static_cast<int>(carrier);
  }
  EXPECT_TRUE(session.Received(kUpdate2xx));
}

TEST(OfferAnswer, TakesNoAnswerFromTheOneWhoOffered) {
  OfferAnswer session;
  ASSERT_TRUE(session.Sent(kInvite));
  EXPECT_FALSE(session.Sent(kInvite2xx));
  EXPECT_EQ(session.state(), kHaveLocalOffer);
}

// RFC 3261 section 13.2.1: a description in an unreliable 18x is a preview of the answer.
TEST(OfferAnswer, ShowsAnAnswerInAnUnreliableProvisionalResponseWithoutMovingOn) {
  OfferAnswer caller;
  ASSERT_TRUE(caller.Sent(kInvite));
  EXPECT_TRUE(caller.Received(kUnreliableProvisional));
  EXPECT_EQ(caller.state(), kHaveLocalOffer);
  EXPECT_TRUE(caller.Received(kInvite2xx));
  EXPECT_EQ(caller.state(), kStable);

  OfferAnswer callee;
  ASSERT_TRUE(callee.Received(kInvite));
  EXPECT_TRUE(callee.Sent(kUnreliableProvisional));
  EXPECT_EQ(callee.state(), kHaveRemoteOffer);
}

TEST(OfferAnswer, TakesNoPreviewOfAnOfferOrOfAnAnswerToSomethingElse) {
  OfferAnswer without_offer;
  EXPECT_FALSE(without_offer.Received(kUnreliableProvisional));

  OfferAnswer other = Stable();
  ASSERT_TRUE(other.Sent(kUpdate));
  EXPECT_FALSE(other.Received(kUnreliableProvisional));
}

// RFC 6337 section 3.1.1: "only the first SDP in a reliable non-failure response to the INVITE
// request is the real answer".
TEST(OfferAnswer, PassesOverRepetitionsOfAnAnswerGivenInAReliableProvisionalResponse) {
  OfferAnswer caller;
  ASSERT_TRUE(caller.Sent(kInvite));
  ASSERT_TRUE(caller.Received(kReliableProvisional));
  EXPECT_TRUE(caller.Received(kReliableProvisional));
  EXPECT_TRUE(caller.Received(kUnreliableProvisional));
  EXPECT_TRUE(caller.Received(kInvite2xx));
  EXPECT_EQ(caller.state(), kStable);
}

TEST(OfferAnswer, PassesOverRepetitionsOfAnOfferMadeInAReliableProvisionalResponse) {
  OfferAnswer callee;
  ASSERT_TRUE(callee.Sent(kReliableProvisional));
  ASSERT_TRUE(callee.Received(kPrack));
  EXPECT_TRUE(callee.Sent(kReliableProvisional));
  EXPECT_TRUE(callee.Sent(kInvite2xx));
  EXPECT_EQ(callee.state(), kStable);
}

TEST(OfferAnswer, PassesOverARepetitionWhileAnotherOfferIsOpen) {
  OfferAnswer callee;
  ASSERT_TRUE(callee.Received(kInvite));
  ASSERT_TRUE(callee.Sent(kReliableProvisional));
  ASSERT_TRUE(callee.Received(kUpdate));
  EXPECT_TRUE(callee.Sent(kInvite2xx));
  EXPECT_EQ(callee.state(), kHaveRemoteOffer);
  EXPECT_TRUE(callee.Sent(kUpdate2xx));
  EXPECT_EQ(callee.state(), kStable);
}

TEST(OfferAnswer, TakesTheOfferOfTheNextInvitesResponseAfterTheLastInviteEnded) {
  OfferAnswer session;
  ASSERT_TRUE(session.Sent(kInvite));
  ASSERT_TRUE(session.Received(kReliableProvisional));
  session.InviteEnded();
  // A re-INVITE without an offer.
  EXPECT_TRUE(session.Received(kInvite2xx));
  EXPECT_EQ(session.state(), kHaveRemoteOffer);
  EXPECT_TRUE(session.Sent(kAck));
  EXPECT_EQ(session.state(), kStable);
}

TEST(OfferAnswer, AnswersASecondInviteInItsOwnReliableProvisionalResponse) {
  OfferAnswer session;
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(session.Received(kInvite));
    EXPECT_TRUE(session.Sent(kReliableProvisional));
    EXPECT_EQ(session.state(), kStable);
  }
}

TEST(OfferAnswer, FallsBackToWhereARefusedOfferCameFrom) {
  OfferAnswer first;
  ASSERT_TRUE(first.Sent(kInvite));
  first.Rollback();
  EXPECT_EQ(first.state(), kInitial);

  OfferAnswer later = Stable();
  ASSERT_TRUE(later.Received(kUpdate));
  later.Rollback();
  EXPECT_EQ(later.state(), kStable);
  later.Rollback();
  EXPECT_EQ(later.state(), kStable);
}

TEST(OfferAnswer, AllowsNothingOnceClosed) {
  OfferAnswer session = Stable();
  session.Close();
  for (const Carrier carrier : kAllCarriers) {
    EXPECT_FALSE(session.Sent(carrier));
    EXPECT_FALSE(session.Received(carrier));
  }
  session.Rollback();
  EXPECT_EQ(session.state(), kClosed);
}

}  // namespace
}  // namespace sip
