#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/keep.h"
#include "tests/support/scene.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Call, RingsIsAnsweredAndEndsWhenTheCallerHangsUp) {
  TwoParties scene;
  Party& alice = scene.alice;
  Party& bob = scene.bob;

  const ClientHandle invite = alice.Invite(bob.address());
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> INVITE -> bob"));
  EXPECT_THAT(bob.Heard(), ElementsAre("request INVITE HaveRemoteOffer"));

  bob.Answer(bob.server, 180);
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 180 INVITE -> alice"));
  EXPECT_THAT(bob.Heard(), ElementsAre("dialog Early HaveRemoteOffer"));
  EXPECT_THAT(alice.Heard(),
              ElementsAre("dialog Early HaveLocalOffer", "response 180 in dialog HaveLocalOffer"));

  bob.Answer(bob.server, 200, kAnswer);
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 200 INVITE -> alice"));
  EXPECT_THAT(bob.Heard(), ElementsAre("dialog AckWait Stable"));
  EXPECT_THAT(alice.Heard(),
              ElementsAre("dialog Confirmed Stable", "response 200 in dialog Stable"));

  alice.Ack(invite, alice.dialog);
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> ACK -> bob"));
  EXPECT_THAT(bob.Heard(), ElementsAre("dialog Confirmed Stable", "ack Stable"));
  EXPECT_THAT(alice.Heard(), IsEmpty());

  alice.InDialog(alice.dialog, "BYE");
  EXPECT_THAT(bob.Heard(), ElementsAre("request BYE in dialog Stable", "dialog Terminated Closed",
                                       "terminated dialog"));
  bob.Answer(bob.server, 200);
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> BYE -> bob", "bob -> 200 BYE -> alice"));
  EXPECT_THAT(alice.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog",
                                         "response 200 Closed", "terminated client"));
  EXPECT_THAT(bob.Heard(), ElementsAre("terminated server"));
}

TEST(Call, EndsWhenTheCalleeHangsUp) {
  TwoParties scene;
  scene.Call();
  scene.bob.InDialog(scene.bob.dialog, "BYE");
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("request BYE in dialog Stable",
                                               "dialog Terminated Closed", "terminated dialog"));
  scene.alice.Answer(scene.alice.server, 200);
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> BYE -> alice", "alice -> 200 BYE -> bob"));
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog",
                                             "response 200 Closed", "terminated client"));
}

TEST(Call, OfAnInviteWithoutAnOfferIsOfferedInThe200AndAnsweredInTheAck) {
  TwoParties scene;
  const ClientHandle invite = scene.alice.Invite(scene.bob.address(), "");
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("request INVITE Initial"));
  scene.bob.Answer(scene.bob.server, 200, kOffer);
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog AckWait HaveLocalOffer"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Confirmed HaveRemoteOffer",
                                               "response 200 in dialog HaveRemoteOffer"));
  scene.alice.Ack(invite, scene.alice.dialog, kAnswer);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Confirmed Stable"));
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog Confirmed Stable", "ack Stable"));
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
}

TEST(Call, HasEarlyMediaWhenTheProvisionalResponseBringsADescription) {
  TwoParties scene;
  scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 183, kAnswer);
  // It is a preview of the answer: the exchange is not over (RFC 6337 section 3.1.1).
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Early HaveLocalOffer", "response 183 in dialog HaveLocalOffer"));
  EXPECT_EQ(scene.alice.LastResponse().body(), kAnswer);
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Confirmed Stable", "response 200 in dialog Stable"));
  scene.alice.Ack(scene.alice.client, scene.alice.dialog);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
}

TEST(Call, GetsA100WhenTheCalleeTakesItsTime) {
  TwoParties scene;
  scene.alice.Invite(scene.bob.address());
  scene.Ladder();
  scene.Wait(Milliseconds(199));
  EXPECT_THAT(scene.Ladder(), IsEmpty());
  scene.Wait(Milliseconds(1));
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 100 INVITE -> alice"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 100 HaveLocalOffer"));
  scene.bob.Answer(scene.bob.server, 486);
  scene.Forget();
}

// RFC 3261 section 13.3.1.4, over a reliable transport too.
TEST(Call, SendsThe200AgainUntilItsAckComes) {
  TwoParties scene;
  const ClientHandle invite = scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  scene.Forget();
  scene.Wait(Seconds(12));
  EXPECT_THAT(scene.TimedLadder(),
              ElementsAre("0.5 bob -> 200 INVITE -> alice", "1.5 bob -> 200 INVITE -> alice",
                          "3.5 bob -> 200 INVITE -> alice", "7.5 bob -> 200 INVITE -> alice",
                          "11.5 bob -> 200 INVITE -> alice"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty()) << "the user has been told of it once";
  scene.alice.Ack(invite, scene.alice.dialog);
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog Confirmed Stable", "ack Stable"));
  scene.Forget();
  scene.Wait(Minutes(5));
  EXPECT_THAT(scene.Ladder(), IsEmpty());

  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
}

TEST(Call, IsEndedWithAByeWhenNoAckComesIn32Seconds) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  scene.Forget();
  scene.Wait(Milliseconds(31'999));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Forget();
  scene.Wait(Milliseconds(1));
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> BYE -> bob"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("no ack", "dialog Terminated Closed",
                                               "terminated dialog", "terminated server"));
  scene.Forget();
}

TEST(Call, IsEndedNoLaterIfTheUserRepeatsThe200) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  scene.Wait(Seconds(20));
  scene.Forget();
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> 200 INVITE -> bob"));
  scene.Wait(Seconds(12));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("no ack", "dialog Terminated Closed",
                                               "terminated dialog", "terminated server"));
  scene.Forget();
}

TEST(Call, AcknowledgesEvery200WhenTheAckWasLost) {
  TwoParties scene;
  const ClientHandle invite = scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  scene.loses = [](const Scene::Packet& packet) { return packet.what == "ACK"; };
  const Reply ack = scene.alice.Ack(invite, scene.alice.dialog);
  scene.Forget();
  scene.Wait(Milliseconds(500));
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 200 INVITE -> alice", "alice -> ACK -> x"));
  EXPECT_EQ(scene.alice.sent.back(), ack.text) << "the same ACK again";
  scene.loses = nullptr;
  scene.Wait(Seconds(1));
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 200 INVITE -> alice", "alice -> ACK -> bob"));
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog Confirmed Stable", "ack Stable"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
}

// RFC 3261 section 13.2.2.4: the ACK of a media layer that was slow to answer an offer in a 200.
TEST(Call, IsAcknowledgedAlsoWhenTheInviteIsLongOver) {
  OnePartyAndPeer scene;
  scene.alice.configuration.username = "alice";
  scene.alice.configuration.password = "secret";
  scene.alice.Do(
      ConfigureCore{.core = scene.alice.core, .configuration = scene.alice.configuration});
  const ClientHandle client = scene.alice.Invite(scene.alice.address(), "");
  scene.bob.Answer(scene.bob.Take(), 401,
                   {.headers = {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n\""}});
  scene.bob.Take();  // ACK
  const Message invite = scene.bob.Take();
  scene.bob.Answer(invite, 200, {.body = kOffer});
  scene.Wait(Seconds(40));
  EXPECT_THAT(scene.alice.Heard(), testing::Contains("terminated client"));
  const DialogHandle dialog = scene.alice.dialog;
  EXPECT_EQ(scene.alice.Refused(Acknowledge{.dialog = dialog, .client = ClientHandle{999}}),
            StatusCode::kNotFound);
  scene.alice.Ack(client, dialog, kAnswer);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Confirmed Stable"));
  const Message ack = scene.bob.Take();
  EXPECT_EQ(ack.method(), "ACK");
  EXPECT_EQ(ack.cseq().number, invite.cseq().number);
  EXPECT_EQ(ack.body(), kAnswer);
  EXPECT_EQ(ack.Get(HeaderId::kAuthorization), invite.Get(HeaderId::kAuthorization));
  scene.alice.InDialog(dialog, "BYE");
  scene.bob.Answer(scene.bob.Take(), 200);
  EXPECT_EQ(scene.alice.Refused(Acknowledge{.dialog = dialog, .client = client}),
            StatusCode::kNotFound);
  scene.Forget();
}

TEST(Call, IsNotDisturbedByMessagesThatComeTwice) {
  TwoParties scene;
  scene.duplicates = [](const Scene::Packet&) { return true; };
  const ClientHandle invite = scene.alice.Invite(scene.bob.address());
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("request INVITE HaveRemoteOffer"));
  scene.Forget();  // RFC 3261 section 17.2.1: the INVITE that came again has been answered with 100
  scene.bob.Answer(scene.bob.server, 180);
  // A repeated provisional response cannot be told from a new one.
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Early HaveLocalOffer", "response 180 in dialog HaveLocalOffer",
                          "response 180 in dialog HaveLocalOffer"));
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Confirmed Stable", "response 200 in dialog Stable"));
  scene.bob.Heard();
  scene.alice.Ack(invite, scene.alice.dialog);
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog Confirmed Stable", "ack Stable"));
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("request BYE in dialog Stable",
                                             "dialog Terminated Closed", "terminated dialog"));
  scene.bob.Answer(scene.bob.server, 200);
  // On a reliable transport its transaction ends at once: what comes after that is nobody's.
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Terminated Closed", "terminated dialog", "response 200 Closed",
                          "terminated client", "discarded: Nobody waits for this 200."));
  scene.Forget();
}

// RFC 6026 section 7.1: some clients send the ACK to a 2xx in the transaction of their INVITE.
TEST(Call, TakesAnAckThatHasTheBranchOfItsInvite) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  scene.Forget();
  PeerRequest ack = scene.bob.WithinSent(invite, answer, "ACK", 1);
  ack.branch = std::string(invite.via().branch());
  scene.bob.Ask(ack);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Confirmed Stable", "ack Stable"));
  scene.bob.Ask(scene.bob.WithinSent(invite, answer, "BYE", 2));
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
}

// RFC 3261 section 20.11: what is not of disposition "session" is no offer, whatever its type.
TEST(Call, MakesNoOfferOfABodyThatIsForRendering) {
  TwoParties scene;
  SendRequest order = scene.alice.MakeRequest("INVITE", scene.bob.address(), kOffer);
  order.content_disposition = "render;handling=optional";
  scene.alice.Do(order);
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("request INVITE Initial"));
  scene.bob.Answer(scene.bob.server, 480);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 480 Initial", "terminated client"));
  order = scene.alice.MakeRequest("INVITE", scene.bob.address(), "any description");
  order.call_id = "another";
  order.content_type = "application/x-media";
  order.content_disposition = "session;handling=optional";
  scene.alice.Do(order);
  scene.bob.Answer(scene.bob.server, 480);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 480 HaveLocalOffer", "terminated client"));
  scene.Forget();
}

// The header fields by which a call is set up.
TEST(Call, IsSetUpWithTheHeaderFieldsThatRfc3261Asks) {
  OnePartyAndPeer scene;
  scene.alice.Invite("sip:bob@bob.invalid", kOffer, {"X-Mine: 1"});
  const Message invite = scene.bob.Take();
  EXPECT_EQ(invite.request_uri(), "sip:bob@bob.invalid");
  EXPECT_EQ(*invite.Get(HeaderId::kContact), "<sip:alice@alice.invalid;transport=ws>");
  EXPECT_EQ(*invite.Get(HeaderId::kMaxForwards), "70");
  EXPECT_EQ(*invite.Get(HeaderId::kContentType), "application/sdp");
  EXPECT_EQ(*invite.Get(HeaderId::kSupported), "outbound");
  EXPECT_TRUE(invite.ListHas(HeaderId::kAllow, "BYE"));
  EXPECT_EQ(invite.Get("X-Mine").value_or(""), "1");
  EXPECT_EQ(invite.body(), kOffer);

  scene.bob.Answer(invite, 200, {.body = kAnswer});
  scene.alice.Do(Acknowledge{
      .dialog = scene.alice.dialog, .client = scene.alice.client, .headers = Lines({"X-Mine: 3"})});
  const Message ack = scene.bob.Take();
  EXPECT_EQ(ack.Get("X-Mine").value_or(""), "3");
  EXPECT_EQ(ack.method(), "ACK");
  EXPECT_EQ(ack.request_uri(), "sip:bob@bob.invalid;transport=ws");
  EXPECT_EQ(ack.cseq().number, invite.cseq().number);
  EXPECT_EQ(ack.to_tag(), "peer");
  EXPECT_NE(ack.via().branch(), invite.via().branch());

  scene.alice.InDialog(scene.alice.dialog, "BYE", "", {"X-Mine: 2"});
  const Message bye = scene.bob.Take();
  EXPECT_EQ(bye.cseq().number, invite.cseq().number + 1);
  EXPECT_EQ(bye.Get("X-Mine").value_or(""), "2");
  scene.bob.Answer(bye, 200);
  scene.Forget();
}

TEST(Call, IsAnsweredWithTheHeaderFieldsThatRfc3261Asks) {
  OnePartyAndPeer scene;
  const Message invite =
      scene.bob.Ask({.method = "INVITE", .headers = {"Timestamp: 54"}, .body = kOffer});
  scene.alice.Answer(scene.alice.server, 180, "", {"X-Mine: 1"});
  const Message ringing = scene.bob.Take();
  EXPECT_EQ(*ringing.Get(HeaderId::kContact), "<sip:alice@alice.invalid;transport=ws>");
  EXPECT_EQ(ringing.Get("X-Mine").value_or(""), "1");
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  EXPECT_EQ(answer.to_tag(), ringing.to_tag());
  EXPECT_EQ(*answer.Get(HeaderId::kContact), "<sip:alice@alice.invalid;transport=ws>");
  EXPECT_TRUE(answer.ListHas(HeaderId::kAllow, "BYE"));
  EXPECT_TRUE(answer.ListHas(HeaderId::kSupported, "outbound"));
  scene.bob.Ack(invite, answer);
  EXPECT_EQ(scene.alice.Last<DialogChanged>().remote_target, "sip:bob@bob.invalid;transport=ws");
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  const Message bye = scene.bob.Take();
  EXPECT_EQ(bye.request_uri(), "sip:bob@bob.invalid;transport=ws");
  EXPECT_EQ(bye.from_tag(), answer.to_tag());
  EXPECT_EQ(bye.to_tag(), "peer");
  scene.bob.Answer(bye, 200);
  scene.Forget();
}

TEST(Call, CanBeMadeManyTimesInARow) {
  TwoParties scene;
  for (int i = 0; i < 50; ++i) {
    scene.Call();
    (i % 2 == 0 ? scene.alice : scene.bob)
        .InDialog((i % 2 == 0 ? scene.alice : scene.bob).dialog, "BYE");
    Party& other = i % 2 == 0 ? scene.bob : scene.alice;
    other.Answer(other.server, 200);
    scene.Forget();
  }
  scene.Wait(Seconds(33));
  scene.Forget();
  EXPECT_EQ(scene.alice.stack.handle_count(), 1U);
  EXPECT_EQ(scene.bob.stack.handle_count(), 1U);
}

}  // namespace
}  // namespace sip
