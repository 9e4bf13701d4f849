#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/keep.h"
#include "tests/support/scene.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Cancel, EndsACallThatIsRinging) {
  TwoParties scene;
  const ClientHandle invite = scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 180);
  scene.Forget();

  scene.alice.Do(Cancel{.client = invite});
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> CANCEL -> bob", "bob -> 200 CANCEL -> alice",
                                          "bob -> 487 INVITE -> alice", "alice -> ACK -> bob"));
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("cancelled", "dialog Terminated Closed",
                                             "terminated dialog", "terminated server"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog",
                                               "response 487 HaveLocalOffer", "terminated client"));
}

TEST(Cancel, CarriesTheReasonToTheOtherSide) {
  TwoParties scene;
  const ClientHandle invite = scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 180);
  scene.alice.Do(
      Cancel{.client = invite,
             .headers = Lines({"Reason: SIP;cause=200;text=\"Call completed elsewhere\""})});
  EXPECT_EQ(scene.bob.Last<CancelReceived>().message->Get(HeaderId::kReason).value_or(""),
            "SIP;cause=200;text=\"Call completed elsewhere\"");
  scene.Forget();
}

TEST(Cancel, WaitsForTheFirstProvisionalResponse) {
  OnePartyAndPeer scene;
  const ClientHandle invite = scene.alice.Invite("sip:bob@bob.invalid");
  scene.alice.Do(Cancel{.client = invite});
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> INVITE -> bob"));

  const Message request = scene.bob.Take();
  scene.bob.Answer(request, 100);
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 100 INVITE -> alice", "alice -> CANCEL -> bob"));
  const Message cancel = scene.bob.Take();
  EXPECT_EQ(cancel.via().branch(), request.via().branch());
  EXPECT_EQ(cancel.request_uri(), request.request_uri());
  EXPECT_EQ(cancel.cseq().number, request.cseq().number);
  EXPECT_EQ(cancel.to_tag(), "");
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 100 HaveLocalOffer"));

  scene.bob.Answer(cancel, 200);
  scene.bob.Answer(request, 487);
  EXPECT_EQ(scene.bob.Take().method(), "ACK");
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 487 HaveLocalOffer", "terminated client"));
  scene.Forget();
}

TEST(Cancel, IsForgottenWhenTheFirstResponseIsFinal) {
  OnePartyAndPeer scene;
  const ClientHandle invite = scene.alice.Invite("sip:bob@bob.invalid");
  scene.alice.Do(Cancel{.client = invite});
  scene.bob.Answer(scene.bob.Take(), 486);
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> INVITE -> bob", "bob -> 486 INVITE -> alice",
                                          "alice -> ACK -> bob"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 486 HaveLocalOffer", "terminated client"));
}

TEST(Cancel, TwiceIsSentOnce) {
  OnePartyAndPeer scene;
  const ClientHandle invite = scene.alice.Invite("sip:bob@bob.invalid");
  const Message request = scene.bob.Take();
  scene.bob.Answer(request, 180);
  scene.alice.Do(Cancel{.client = invite});
  scene.alice.Do(Cancel{.client = invite});
  scene.bob.Answer(scene.bob.Take(), 200);
  scene.bob.Answer(request, 487);
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> INVITE -> bob", "bob -> 180 INVITE -> alice",
                                          "alice -> CANCEL -> bob", "bob -> 200 CANCEL -> alice",
                                          "bob -> 487 INVITE -> alice", "alice -> ACK -> bob"));
  scene.Forget();
}

// The 200 was on its way when the CANCEL was sent: the caller gets it, and has to hang up.
TEST(Cancel, ThatCrossesTheAnswerLeavesACallToHangUp) {
  TwoParties scene;
  const ClientHandle invite = scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 180);
  scene.Forget();
  scene.holds = [](const Scene::Packet&) { return true; };
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  scene.alice.Do(Cancel{.client = invite});
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 200 INVITE -> alice", "alice -> CANCEL -> bob"));
  scene.Release();
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 200 CANCEL -> alice"));
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog AckWait Stable"));
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Confirmed Stable", "response 200 in dialog Stable"));

  scene.alice.Ack(invite, scene.alice.dialog);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
}

// The 486 was on its way when the CANCEL was sent.
TEST(Cancel, ThatCrossesARefusalChangesNothing) {
  TwoParties scene;
  const ClientHandle invite = scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 180);
  scene.Forget();
  scene.holds = [](const Scene::Packet&) { return true; };
  scene.bob.Answer(scene.bob.server, 486);
  scene.alice.Do(Cancel{.client = invite});
  scene.Release();
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 486 INVITE -> alice", "alice -> CANCEL -> bob",
                                          "alice -> ACK -> bob", "bob -> 200 CANCEL -> alice"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog",
                                               "response 486 HaveLocalOffer", "terminated client"));
  scene.Forget();
}

TEST(Cancel, ThatNobodyAnswersEndsTheCallAfter32Seconds) {
  OnePartyAndPeer scene;
  const ClientHandle invite = scene.alice.Invite("sip:bob@bob.invalid");
  scene.bob.Answer(scene.bob.Take(), 180);
  scene.Forget();
  scene.alice.Do(Cancel{.client = invite});
  scene.Wait(Milliseconds(31'999));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Wait(Milliseconds(1));
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Terminated Closed", "terminated dialog",
                          "response 408 local HaveLocalOffer", "terminated client"));
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> CANCEL -> bob"));
}

TEST(Cancel, AfterTheFinalResponseIsAnError) {
  TwoParties scene;
  const ClientHandle invite = scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  EXPECT_EQ(scene.alice.Refused(Cancel{.client = invite}), StatusCode::kFailedPrecondition);
  scene.alice.Ack(invite, scene.alice.dialog);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
  scene.Wait(Minutes(1));
  EXPECT_EQ(scene.alice.Refused(Cancel{.client = invite}), StatusCode::kNotFound);
  scene.Forget();
}

TEST(Cancel, OfAnythingButAnInviteIsAnError) {
  TwoParties scene;
  const ClientHandle message = scene.alice.Request("MESSAGE", scene.bob.address(), "hello");
  EXPECT_EQ(scene.alice.Refused(Cancel{.client = message}), StatusCode::kFailedPrecondition);
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
}

TEST(Cancel, OfAnUnknownTransactionIsAnswered481) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "CANCEL"});
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> CANCEL -> alice", "alice -> 481 CANCEL -> bob"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
}

// bob -> MESSAGE -> alice, bob -> CANCEL -> alice, before alice has said anything
TEST(Cancel, OfAnythingButAnInviteIsAnswered200AndHasNoEffect) {
  OnePartyAndPeer scene;
  const Message message = scene.bob.Ask({.method = "MESSAGE", .body = "hello"});
  scene.Forget();
  scene.bob.Ask({.method = "CANCEL", .branch = std::string(message.via().branch())});
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> CANCEL -> alice", "alice -> 200 CANCEL -> bob"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  const std::string tag(scene.bob.Take().to_tag());

  scene.alice.Answer(scene.alice.server, 200);
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> 200 MESSAGE -> bob"));
  EXPECT_EQ(scene.bob.Take().to_tag(), tag);
  scene.Forget();
}

// Over a reliable transport nothing of a request is left once it has been answered.
TEST(Cancel, OfAnAnsweredMessageIsAnswered481) {
  OnePartyAndPeer scene;
  const Message message = scene.bob.Ask({.method = "MESSAGE", .body = "hello"});
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
  scene.bob.Ask({.method = "CANCEL", .branch = std::string(message.via().branch())});
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> CANCEL -> alice", "alice -> 481 CANCEL -> bob"));
}

TEST(Cancel, AfterTheAnswerHasNoEffectButIsAnswered200) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  scene.Forget();
  scene.bob.Ask({.method = "CANCEL", .branch = std::string(invite.via().branch())});
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> CANCEL -> alice", "alice -> 200 CANCEL -> bob"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  EXPECT_EQ(scene.bob.Take().to_tag(), answer.to_tag());

  scene.bob.Ack(invite, answer);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.Take(), 200);
  scene.Forget();
}

TEST(Cancel, AfterARefusalIsAnswered200) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 486);
  const Message refusal = scene.bob.Take();
  scene.Forget();
  scene.bob.Ask({.method = "CANCEL", .branch = std::string(invite.via().branch())});
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> CANCEL -> alice", "alice -> 200 CANCEL -> bob"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.bob.Ack(invite, refusal);
  scene.Forget();
}

// bob -> INVITE -> alice, bob -> CANCEL -> alice, before alice has said anything
TEST(Cancel, BeforeAnyResponseOfOursEndsTheInviteWith487) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.Forget();
  scene.bob.Ask({.method = "CANCEL", .branch = std::string(invite.via().branch())});
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> CANCEL -> alice", "alice -> 200 CANCEL -> bob",
                                          "alice -> 487 INVITE -> bob"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("cancelled"));
  EXPECT_EQ(scene.alice.Refused(Respond{.server = scene.alice.server, .status = 200}),
            StatusCode::kFailedPrecondition);
  scene.bob.Take();
  scene.bob.Ack(invite, scene.bob.Take());
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("terminated server"));
  scene.Forget();
}

// A challenge that answers a cancelled INVITE ends it, instead of calling once more.
TEST(Cancel, StopsTheAnswerToAChallenge) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.username = "alice", .password = "secret"});
  Peer& bob = scene.AddPeer("bob");
  const ClientHandle invite = alice.Invite("sip:bob@bob.invalid");
  alice.Do(Cancel{.client = invite});
  bob.Answer(bob.Take(), 407, {.headers = {"Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\""}});
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> INVITE -> bob", "bob -> 407 INVITE -> alice",
                                          "alice -> ACK -> bob"));
  EXPECT_THAT(alice.Heard(), ElementsAre("response 407 HaveLocalOffer", "terminated client"));
}

// A CANCEL that was ordered before the INVITE had to be sent again with credentials goes to the
// transaction that is open then.
TEST(Cancel, FollowsTheInviteThatWasSentAgainWithCredentials) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.username = "alice", .password = "secret"});
  Peer& bob = scene.AddPeer("bob");
  const ClientHandle invite = alice.Invite("sip:bob@bob.invalid");
  const Message first = bob.Take();
  bob.Answer(first, 100);
  bob.Answer(first, 407, {.headers = {"Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\""}});
  EXPECT_EQ(bob.Take().method(), "ACK");
  const Message second = bob.Take();
  scene.Forget();
  alice.Do(Cancel{.client = invite});
  EXPECT_THAT(scene.Ladder(), IsEmpty()) << "no provisional response has come to this one";
  bob.Answer(second, 180);
  const Message cancel = bob.Take();
  EXPECT_EQ(cancel.method(), "CANCEL");
  EXPECT_EQ(cancel.via().branch(), second.via().branch());
  EXPECT_EQ(cancel.cseq().number, second.cseq().number);
  bob.Answer(cancel, 200);
  bob.Answer(second, 487);
  scene.Forget();
}

}  // namespace
}  // namespace sip
