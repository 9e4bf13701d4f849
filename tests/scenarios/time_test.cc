#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scene.h"

// What time does to a stack that is not woken when it asked to be.
namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Time, GivesUpAndSendsNothingWhenWokenAfterAnHour) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.transport = "UDP"});
  scene.AddPeer("bob");
  alice.Request("MESSAGE", "sip:bob@bob.invalid", "hello");
  scene.Forget();
  scene.Sleep(Hours(1));
  scene.Wait(ZeroDuration());
  EXPECT_THAT(scene.Ladder(), IsEmpty());
  EXPECT_THAT(alice.Heard(), ElementsAre("response 408 local Closed", "terminated client"));
}

TEST(Time, SendsOnceWhenWokenAfterSeveralRetransmissionsWereDue) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.transport = "UDP"});
  Peer& bob = scene.AddPeer("bob");
  alice.Request("MESSAGE", "sip:bob@bob.invalid", "hello");
  scene.Forget();
  scene.Sleep(Seconds(20));
  scene.Wait(ZeroDuration());
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> MESSAGE -> bob"));
  bob.Answer(bob.Take(), 200);
  scene.Forget();
}

TEST(Time, SendsThe200OnceWhenWokenLate) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  scene.Forget();
  scene.Sleep(Seconds(25));
  scene.Wait(ZeroDuration());
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> 200 INVITE -> bob"));
  const Message answer = scene.bob.Take();
  scene.bob.Ack(invite, answer);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Take();
  scene.bob.Answer(scene.bob.Take(), 200);
  scene.Forget();
}

// The response was in the socket while the page slept: it counts, and not the clock.
TEST(Time, TakesAResponseThatCameBeforeTheTimerCouldFire) {
  OnePartyAndPeer scene;
  scene.alice.Request("MESSAGE", "sip:bob@bob.invalid", "hello");
  const Message message = scene.bob.Take();
  scene.Sleep(Hours(1));
  scene.bob.Answer(message, 200);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 200 Closed", "terminated client"));
  scene.Forget();
}

TEST(Time, ThatGoesBackwardsCountsAsTheLast) {
  OnePartyAndPeer scene;
  scene.Wait(Minutes(5));
  scene.alice.Request("MESSAGE", "sip:bob@bob.invalid", "hello");
  const Time deadline = scene.alice.stack.deadline();
  scene.alice.stack.Advance(scene.now() - Hours(1));
  EXPECT_EQ(scene.alice.stack.deadline(), deadline);
  scene.alice.stack.Advance(InfinitePast());
  EXPECT_EQ(scene.alice.stack.deadline(), deadline);
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.bob.Answer(scene.bob.Take(), 200);
  scene.Forget();
}

TEST(Time, BeforeTheDeadlineWakesNobody) {
  OnePartyAndPeer scene;
  scene.alice.Request("MESSAGE", "sip:bob@bob.invalid", "hello");
  scene.Forget();
  for (int i = 0; i < 100; ++i) scene.alice.Advance();
  EXPECT_THAT(scene.Ladder(), IsEmpty());
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.bob.Answer(scene.bob.Take(), 200);
  scene.Forget();
}

TEST(Time, OfAManyCallsIsOneDeadline) {
  OnePartyAndPeer scene;
  for (int i = 0; i < 20; ++i) {
    scene.alice.Request("MESSAGE", "sip:bob@bob.invalid", "hello");
    scene.Wait(Seconds(1));
  }
  scene.Forget();
  for (int i = 0; i < 20; ++i) scene.bob.Answer(scene.bob.Take(), 200);
  EXPECT_EQ(scene.alice.stack.deadline(), InfiniteFuture());
  scene.Forget();
}

}  // namespace
}  // namespace sip
