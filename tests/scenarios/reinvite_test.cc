#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "messages/builder.h"
#include "tests/support/scene.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kHold[] = "v=0\r\ns=hold\r\na=sendonly\r\n";

struct ReinviteScene : TwoParties {
  ReinviteScene() { Call(); }
  ~ReinviteScene() {
    if (alice.live("dialog") > 0) {
      alice.InDialog(alice.dialog, "BYE");
      bob.Answer(bob.server, 200);
      Forget();
    }
  }
};

TEST(Reinvite, HoldsAndResumesTheCall) {
  ReinviteScene scene;
  for (const char* description : {kHold, kOffer}) {
    const ClientHandle client = scene.alice.InDialog(scene.alice.dialog, "INVITE", description);
    EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Confirmed HaveLocalOffer"));
    EXPECT_THAT(scene.bob.Heard(), ElementsAre("request INVITE in dialog HaveRemoteOffer"));
    EXPECT_EQ(scene.bob.LastRequest().body(), description);
    scene.bob.Answer(scene.bob.server, 200, kAnswer);
    EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog Confirmed Stable"));
    EXPECT_THAT(scene.alice.Heard(),
                ElementsAre("dialog Confirmed Stable", "response 200 in dialog Stable"));
    scene.alice.Ack(client, scene.alice.dialog);
    EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog Confirmed Stable", "ack Stable"));
    EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> INVITE -> bob", "bob -> 200 INVITE -> alice",
                                            "alice -> ACK -> bob"));
  }
}

TEST(Reinvite, MayComeFromTheCallee) {
  ReinviteScene scene;
  const ClientHandle client = scene.bob.InDialog(scene.bob.dialog, "INVITE", kHold);
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  scene.bob.Ack(client, scene.bob.dialog);
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> INVITE -> alice", "alice -> 200 INVITE -> bob",
                                          "bob -> ACK -> alice"));
  scene.Forget();
}

TEST(Reinvite, WithoutAnOfferIsOfferedInThe200) {
  ReinviteScene scene;
  const ClientHandle client = scene.alice.InDialog(scene.alice.dialog, "INVITE");
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("request INVITE in dialog Stable"));
  scene.bob.Answer(scene.bob.server, 200, kOffer);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Confirmed HaveRemoteOffer",
                                               "response 200 in dialog HaveRemoteOffer"));
  scene.alice.Ack(client, scene.alice.dialog, kAnswer);
  scene.bob.Heard();
  EXPECT_EQ(scene.bob.Last<AckReceived>().signaling, Signaling::kStable);
  scene.Forget();
}

TEST(Reinvite, RefusedLeavesTheSessionAsItWas) {
  ReinviteScene scene;
  scene.alice.InDialog(scene.alice.dialog, "INVITE", kHold);
  scene.bob.Heard();
  scene.bob.Answer(scene.bob.server, 488);
  EXPECT_THAT(scene.bob.Heard(), testing::Contains("dialog Confirmed Stable"));
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Confirmed HaveLocalOffer", "dialog Confirmed Stable",
                          "response 488 in dialog Stable", "terminated client"));
  scene.Forget();
  // And another one can be made.
  const ClientHandle client = scene.alice.InDialog(scene.alice.dialog, "INVITE", kOffer);
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  scene.alice.Ack(client, scene.alice.dialog);
  scene.Forget();
}

TEST(Reinvite, FromBothSidesAtOnceIsAnswered491OnBoth) {
  ReinviteScene scene;
  scene.holds = [](const Scene::Packet&) { return true; };
  scene.alice.InDialog(scene.alice.dialog, "INVITE", kHold);
  scene.bob.InDialog(scene.bob.dialog, "INVITE", kHold);
  scene.Forget();
  scene.Release();
  EXPECT_THAT(scene.Ladder(),
              ElementsAre("bob -> 491 INVITE -> alice", "alice -> 491 INVITE -> bob",
                          "alice -> ACK -> bob", "bob -> ACK -> alice"));
  EXPECT_THAT(
      scene.alice.Heard(),
      ElementsAre("dialog Confirmed Stable", "response 491 in dialog Stable", "terminated client"));
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog Confirmed Stable",
                                             "response 491 in dialog Stable", "terminated client"));
  // The core tells of it; when to try again is the application's to say.
  const ClientHandle client = scene.alice.InDialog(scene.alice.dialog, "INVITE", kHold);
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  scene.alice.Ack(client, scene.alice.dialog);
  scene.Forget();
}

TEST(Reinvite, WhileAnotherIsInProgressIsAnError) {
  ReinviteScene scene;
  const ClientHandle client = scene.alice.InDialog(scene.alice.dialog, "INVITE", kHold);
  EXPECT_EQ(scene.alice.Refused(SendInDialog{.dialog = scene.alice.dialog, .method = "INVITE"}),
            StatusCode::kFailedPrecondition);
  EXPECT_EQ(scene.bob.Refused(SendInDialog{.dialog = scene.bob.dialog, .method = "INVITE"}),
            StatusCode::kFailedPrecondition);
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  scene.alice.Ack(client, scene.alice.dialog);
  scene.Forget();
}

// RFC 3261 section 14.2: a second INVITE while we have not answered the first.
TEST(Reinvite, OnTopOfOneThatIsNotAnsweredYetGets500WithRetryAfter) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  scene.bob.Ack(invite, answer);
  PeerRequest again = scene.bob.WithinSent(invite, answer, "INVITE", 2);
  again.body = kHold;
  scene.bob.Ask(again);
  const ServerHandle first = scene.alice.server;
  scene.Forget();
  again.cseq = 3;
  const Message second = scene.bob.Ask(again);
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  const Message refusal = scene.bob.Take();
  EXPECT_EQ(refusal.status(), 500);
  const auto seconds = refusal.GetNumber(HeaderId::kRetryAfter);
  ASSERT_TRUE(seconds.has_value());
  EXPECT_LE(*seconds, 10U);
  scene.bob.Ack(second, refusal);

  // The first one goes on.
  scene.alice.Answer(first, 200, kAnswer);
  const Message accepted = scene.bob.Take();
  EXPECT_EQ(accepted.status(), 200);
  scene.Forget();
  scene.bob.Ask(scene.bob.WithinSent(invite, accepted, "ACK", 2));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Confirmed Stable", "ack Stable"));
  scene.bob.Ask(scene.bob.WithinSent(invite, accepted, "BYE", 4));
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
}

TEST(Reinvite, Answered481EndsTheCall) {
  OnePartyAndPeer scene;
  scene.alice.Invite("sip:bob@bob.invalid");
  const Message invite = scene.bob.Take();
  scene.bob.Answer(invite, 200, {.body = kAnswer});
  scene.alice.Ack(scene.alice.client, scene.alice.dialog);
  scene.bob.Take();
  scene.Forget();
  scene.alice.InDialog(scene.alice.dialog, "INVITE", kHold);
  scene.bob.Answer(scene.bob.Take(), 481);
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Confirmed HaveLocalOffer", "dialog Confirmed Stable",
                          "response 481 in dialog Stable", "dialog Terminated Closed",
                          "terminated dialog", "terminated client"));
  scene.Forget();
}

TEST(Reinvite, UnansweredEndsTheCallWithAByeAfter32Seconds) {
  OnePartyAndPeer scene;
  scene.alice.Invite("sip:bob@bob.invalid");
  scene.bob.Answer(scene.bob.Take(), 200, {.body = kAnswer});
  scene.alice.Ack(scene.alice.client, scene.alice.dialog);
  scene.Wait(Minutes(1));
  scene.Forget();
  scene.alice.InDialog(scene.alice.dialog, "INVITE", kHold);
  scene.Wait(Seconds(32));
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> INVITE -> bob", "alice -> BYE -> bob"));
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Confirmed HaveLocalOffer", "dialog Confirmed Stable",
                          "response 408 local in dialog Stable", "dialog Terminated Closed",
                          "terminated dialog", "terminated client"));
  scene.Forget();
}

TEST(Reinvite, LostWithTheConnectionLeavesTheCallAlive) {
  ReinviteScene scene;
  scene.holds = [](const Scene::Packet&) { return true; };
  scene.alice.InDialog(scene.alice.dialog, "INVITE", kHold);
  scene.alice.Do(SetConnected{.core = scene.alice.core, .connected = false});
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Confirmed HaveLocalOffer", "dialog Confirmed Stable",
                          "response 503 local in dialog Stable", "terminated client"));
  scene.loses = nullptr;
  scene.holds = nullptr;
  scene.alice.Do(SetConnected{.core = scene.alice.core, .connected = true});
  // Bob never got it, so a new one is possible at once.
  const ClientHandle client = scene.alice.InDialog(scene.alice.dialog, "INVITE", kHold);
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  scene.alice.Ack(client, scene.alice.dialog);
  scene.Forget();
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
  // What was held arrives now: a stranger to bob, and he says so.
  scene.Release();
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 481 INVITE -> alice"));
  scene.alice.Heard();
}

TEST(Reinvite, RefreshesTheTargetOnBothSides) {
  OnePartyAndPeer scene;
  scene.alice.Invite("sip:bob@bob.invalid");
  const Message invite = scene.bob.Take();
  scene.bob.Answer(invite, 200, {.body = kAnswer});
  scene.alice.Ack(scene.alice.client, scene.alice.dialog);
  scene.bob.Take();
  scene.Forget();
  // alice -> INVITE -> bob, who has moved
  const ClientHandle client = scene.alice.InDialog(scene.alice.dialog, "INVITE", kOffer);
  const Message request = scene.bob.Take();
  ResponseParts parts = {.status = 200,
                         .headers = "Contact: <sip:bob@new.invalid>\r\n",
                         .body = {.content = kAnswer, .content_type = "application/sdp"}};
  scene.bob.Send(BuildResponse(request, parts));
  EXPECT_EQ(scene.alice.Last<DialogChanged>().remote_target, "sip:bob@new.invalid");
  scene.alice.Ack(client, scene.alice.dialog);
  EXPECT_EQ(scene.bob.Take().request_uri(), "sip:bob@new.invalid");
  // bob -> INVITE -> alice, and has moved back
  PeerRequest again = scene.bob.WithinReceived(invite, "INVITE", 1);
  again.body = kOffer;
  scene.bob.Ask(again);
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  EXPECT_EQ(scene.alice.Last<DialogChanged>().remote_target, "sip:bob@bob.invalid;transport=ws");
  scene.bob.Ask(scene.bob.WithinReceived(invite, "ACK", 1));
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Take();
  scene.bob.Answer(scene.bob.Take(), 200);
  scene.Forget();
}

TEST(Reinvite, GetsItsAckAgainWhenThe200ComesAgain) {
  ReinviteScene scene;
  scene.loses = [](const Scene::Packet& packet) { return packet.what == "ACK"; };
  const ClientHandle client = scene.alice.InDialog(scene.alice.dialog, "INVITE", kHold);
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  scene.alice.Ack(client, scene.alice.dialog);
  scene.Forget();
  scene.loses = nullptr;
  scene.Wait(Seconds(1));
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 200 INVITE -> alice", "alice -> ACK -> bob"));
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog Confirmed Stable", "ack Stable"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
}

TEST(Reinvite, CanBeCancelled) {
  ReinviteScene scene;
  const ClientHandle client = scene.alice.InDialog(scene.alice.dialog, "INVITE", kHold);
  scene.Wait(Milliseconds(200));  // bob -> 100 -> alice
  scene.Forget();
  scene.alice.Do(Cancel{.client = client});
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> CANCEL -> bob", "bob -> 200 CANCEL -> alice",
                                          "bob -> 487 INVITE -> alice", "alice -> ACK -> bob"));
  EXPECT_THAT(
      scene.alice.Heard(),
      ElementsAre("dialog Confirmed Stable", "response 487 in dialog Stable", "terminated client"));
  EXPECT_THAT(scene.bob.Heard(),
              ElementsAre("cancelled", "dialog Confirmed Stable", "terminated server"));
}

TEST(Reinvite, BeforeTheCallIsEstablishedIsAnError) {
  TwoParties scene;
  scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 180);
  EXPECT_EQ(scene.alice.Refused(SendInDialog{.dialog = scene.alice.dialog, .method = "INVITE"}),
            StatusCode::kFailedPrecondition);
  scene.bob.Answer(scene.bob.server, 480);
  scene.Forget();
}

}  // namespace
}  // namespace sip
