#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// bob -> INVITE -> alice, ringing; bob -> BYE -> alice in the early dialog (RFC 3261 section 15).
TEST(Bye, InAnEarlyDialogEndsTheInviteWith487) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 180);
  const Message ringing = scene.bob.Take();
  const ServerHandle call = scene.alice.server;
  scene.Forget();
  scene.bob.Ask(scene.bob.WithinSent(invite, ringing, "BYE", 2));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("request BYE in dialog HaveRemoteOffer",
                                               "dialog Terminated Closed", "terminated dialog"));
  scene.alice.Answer(scene.alice.server, 200);
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> BYE -> alice", "alice -> 487 INVITE -> bob",
                                          "alice -> 200 BYE -> bob"));
  EXPECT_EQ(scene.alice.Refused(Respond{.server = call, .status = 200}),
            StatusCode::kFailedPrecondition);
  const Message refusal = scene.bob.Take();
  scene.bob.Ack(invite, refusal);
  scene.Forget();
}

// RFC 3261 section 15.1.2.
TEST(Bye, WhileAReinviteIsPendingEndsThatWith487) {
  TwoParties scene;
  scene.Call();
  scene.alice.InDialog(scene.alice.dialog, "INVITE", kOffer);
  scene.Forget();
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> BYE -> bob", "bob -> 487 INVITE -> alice",
                                          "alice -> ACK -> bob", "bob -> 200 BYE -> alice"));
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Terminated Closed", "terminated dialog", "response 487 Closed",
                          "terminated client", "response 200 Closed", "terminated client"));
  scene.Forget();
}

TEST(Bye, FromBothSidesAtOnceIsAnsweredByBoth) {
  TwoParties scene;
  scene.Call();
  scene.holds = [](const Scene::Packet&) { return true; };
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.InDialog(scene.bob.dialog, "BYE");
  scene.Forget();
  scene.Release();
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 481 BYE -> alice", "alice -> 481 BYE -> bob"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 481 Closed", "terminated client"));
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("response 481 Closed", "terminated client"));
}

TEST(Bye, UnansweredEndsTheCallAtOnceAndIsToldOfAfter32Seconds) {
  OnePartyAndPeer scene;
  scene.alice.Invite("sip:bob@bob.invalid");
  scene.bob.Answer(scene.bob.Take(), 200, {.body = kAnswer});
  scene.alice.Ack(scene.alice.client, scene.alice.dialog);
  scene.Wait(Minutes(1));
  scene.Forget();
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog"));
  scene.Wait(Seconds(32));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 408 local Closed", "terminated client"));
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> BYE -> bob"));
}

TEST(Bye, AfterTheEndIsAnswered481) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  scene.bob.Ack(invite, answer);
  scene.bob.Ask(scene.bob.WithinSent(invite, answer, "BYE", 2));
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
  scene.bob.Ask(scene.bob.WithinSent(invite, answer, "BYE", 3));
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> BYE -> alice", "alice -> 481 BYE -> bob"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
}

TEST(Bye, OfADialogThatHasEndedIsAnError) {
  TwoParties scene;
  scene.Call();
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
  EXPECT_EQ(scene.alice.Refused(SendInDialog{.dialog = scene.alice.dialog, .method = "BYE"}),
            StatusCode::kNotFound);
}

TEST(Bye, IsSentAgainWithCredentialsWhenItIsChallenged) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.username = "alice", .password = "secret"});
  Peer& bob = scene.AddPeer("bob");
  alice.Invite("sip:bob@bob.invalid");
  bob.Answer(bob.Take(), 200, {.body = kAnswer});
  alice.Ack(alice.client, alice.dialog);
  EXPECT_EQ(bob.Take().method(), "ACK");
  scene.Forget();
  alice.InDialog(alice.dialog, "BYE");
  const Message first = bob.Take();
  bob.Answer(first, 407,
             {.headers = {"Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\""}});
  const Message second = bob.Take();
  EXPECT_EQ(second.method(), "BYE");
  EXPECT_GT(second.cseq().number, first.cseq().number);
  EXPECT_TRUE(second.Get(HeaderId::kProxyAuthorization).has_value());
  bob.Answer(second, 200);
  EXPECT_THAT(alice.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog",
                                         "response 200 Closed", "terminated client"));
  scene.Forget();
}

// RFC 3261 section 15: the callee "MUST NOT send a BYE on a confirmed dialog until it has received
// an ACK for its 2xx response or until the server transaction times out".
TEST(Bye, OfTheCalleeBeforeTheAckHasCome) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  scene.Forget();
  const StatusCode refused =
      scene.alice.Refused(SendInDialog{.dialog = scene.alice.dialog, .method = "BYE"});
  EXPECT_EQ(refused, StatusCode::kFailedPrecondition);
  scene.Wait(Seconds(32));
  scene.Forget();
}

// alice -> 200 -> bob, whose ACK and BYE overtake each other.
TEST(Bye, OvertakingItsAckEndsTheCall) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  scene.Forget();
  scene.bob.Ask(scene.bob.WithinSent(invite, answer, "BYE", 2));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("request BYE in dialog Stable",
                                               "dialog Terminated Closed", "terminated dialog"));
  scene.alice.Answer(scene.alice.server, 200);
  EXPECT_GT(scene.alice.stack.deadline(), scene.now() + Seconds(10)) << "nothing is left to send";
  scene.bob.Ask(scene.bob.WithinSent(invite, answer, "ACK", 1));
  scene.Forget();
  scene.Wait(Minutes(1));
  EXPECT_THAT(scene.Ladder(), IsEmpty()) << "the 200 is not sent again";
}

TEST(Bye, ThatNobodyAnswersForTheUserStillEndsTheCall) {
  TwoParties scene;
  scene.Call();
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.Forget();
  scene.Wait(Minutes(1));  // bob's user does not answer it
  scene.Forget();
  EXPECT_EQ(scene.bob.stack.handle_count(), 1U);
  EXPECT_EQ(scene.alice.stack.handle_count(), 1U);
}

TEST(Bye, LosesNothingWhenTheConnectionIsGone) {
  TwoParties scene;
  scene.Call();
  scene.alice.Do(SetConnected{.core = scene.alice.core, .connected = false});
  scene.Forget();
  scene.loses = [](const Scene::Packet&) { return true; };
  const ClientHandle bye = scene.alice.InDialog(scene.alice.dialog, "BYE");
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog"));
  scene.alice.Do(ReportSendFailure{.core = scene.alice.core, .origin = static_cast<uint32_t>(bye)});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 503 local Closed", "terminated client"));
  scene.Forget();
  scene.loses = nullptr;
  scene.bob.Do(DisposeDialog{.dialog = scene.bob.dialog});
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog"));
  EXPECT_THAT(scene.Ladder(), IsEmpty()) << "without a word to the peer";
}

}  // namespace
}  // namespace sip
