#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(MessageMethod, IsDeliveredAndAnsweredOutsideOfDialogs) {
  TwoParties scene;
  scene.alice.Request("MESSAGE", scene.bob.address(), "hello");
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("request MESSAGE Initial"));
  EXPECT_EQ(scene.bob.LastRequest().body(), "hello");
  EXPECT_EQ(*scene.bob.LastRequest().Get(HeaderId::kContentType), "text/plain");
  // RFC 3428 section 4: "MESSAGE requests do not initiate dialogs", so "MUST NOT" have a Contact.
  EXPECT_FALSE(scene.bob.LastRequest().Get(HeaderId::kContact).has_value());
  scene.bob.Answer(scene.bob.server, 200);
  EXPECT_FALSE(scene.alice.LastResponse().Get(HeaderId::kContact).has_value());
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 200 Closed", "terminated client"));
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("terminated server"));
  EXPECT_THAT(scene.Ladder(),
              ElementsAre("alice -> MESSAGE -> bob", "bob -> 200 MESSAGE -> alice"));
}

TEST(MessageMethod, IsDeliveredInADialog) {
  TwoParties scene;
  scene.Call();
  scene.bob.InDialog(scene.bob.dialog, "MESSAGE", "gr\xC3\xBC\xC3\x9F dich \xF0\x9F\x98\x80");
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("request MESSAGE in dialog Stable"));
  EXPECT_EQ(scene.alice.LastRequest().body(), "gr\xC3\xBC\xC3\x9F dich \xF0\x9F\x98\x80");
  scene.alice.Answer(scene.alice.server, 200);
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("response 200 in dialog Stable", "terminated client"));
  scene.alice.InDialog(scene.alice.dialog, "INFO", "Signal=5");
  scene.bob.Answer(scene.bob.server, 200);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
}

TEST(MessageMethod, RefusedInADialogLeavesTheCallAlive) {
  TwoParties scene;
  scene.Call();
  for (const uint32_t status : {415U, 403U, 500U, 503U}) {
    scene.alice.InDialog(scene.alice.dialog, "MESSAGE", "hello");
    scene.bob.Answer(scene.bob.server, status);
  }
  scene.Forget();
  EXPECT_EQ(scene.alice.live("dialog"), 1U);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
}

TEST(MessageMethod, Answered481InADialogEndsTheCall) {
  OnePartyAndPeer scene;
  scene.alice.Invite("sip:bob@bob.invalid");
  scene.bob.Answer(scene.bob.Take(), 200, {.body = kAnswer});
  scene.alice.Ack(scene.alice.client, scene.alice.dialog);
  scene.bob.Take();
  scene.Forget();
  scene.alice.InDialog(scene.alice.dialog, "MESSAGE", "hello");
  scene.bob.Answer(scene.bob.Take(), 481);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog",
                                               "response 481 Closed", "terminated client"));
  scene.Forget();
}

TEST(MessageMethod, IsSentAgainWithCredentialsInADialog) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.username = "alice", .password = "secret"});
  Peer& bob = scene.AddPeer("bob");
  alice.Invite("sip:bob@bob.invalid");
  const Message first = bob.Take();
  bob.Answer(first, 407, {.headers = {"Proxy-Authenticate: Digest realm=\"r\", nonce=\"n1\""}});
  EXPECT_EQ(bob.Take().method(), "ACK");
  const Message invite = bob.Take();
  EXPECT_EQ(invite.from_tag(), first.from_tag());
  EXPECT_EQ(invite.call_id(), first.call_id());
  bob.Answer(invite, 200, {.body = kAnswer});
  alice.Ack(alice.client, alice.dialog);
  const Message ack = bob.Take();
  // RFC 3261 section 22.3 and 13.2.2.4: the ACK carries the credentials of its INVITE.
  EXPECT_EQ(ack.Get(HeaderId::kProxyAuthorization), invite.Get(HeaderId::kProxyAuthorization));
  EXPECT_EQ(ack.cseq().number, invite.cseq().number);
  scene.Forget();

  alice.InDialog(alice.dialog, "MESSAGE", "hello");
  const Message plain = bob.Take();
  bob.Answer(plain, 407, {.headers = {"Proxy-Authenticate: Digest realm=\"r\", nonce=\"n2\""}});
  const Message again = bob.Take();
  EXPECT_EQ(again.method(), "MESSAGE");
  EXPECT_EQ(again.cseq().number, plain.cseq().number + 1);
  EXPECT_TRUE(again.Get(HeaderId::kProxyAuthorization).has_value());
  bob.Answer(again, 200);
  EXPECT_THAT(alice.Heard(), ElementsAre("response 200 in dialog Stable", "terminated client"));
  alice.InDialog(alice.dialog, "BYE");
  const Message bye = bob.Take();
  EXPECT_EQ(bye.cseq().number, again.cseq().number + 1);
  bob.Answer(bye, 200);
  scene.Forget();
}

TEST(MessageMethod, ChallengedWithoutCredentialsIsToldOfTheChallenge) {
  TwoParties scene;
  scene.alice.Request("MESSAGE", scene.bob.address(), "hello");
  scene.bob.Answer(scene.bob.server, 407, "",
                   {"Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\""});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 407 Closed", "terminated client"));
  scene.Forget();
}

TEST(MessageMethod, TimesOutAfter32Seconds) {
  OnePartyAndPeer scene;
  scene.alice.Request("MESSAGE", "sip:bob@bob.invalid", "hello");
  scene.Wait(Milliseconds(31'999));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Wait(Milliseconds(1));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 408 local Closed", "terminated client"));
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> MESSAGE -> bob"));
}

TEST(MessageMethod, FailsWithA503WhenTheConnectionIsLost) {
  OnePartyAndPeer scene;
  scene.alice.Request("MESSAGE", "sip:bob@bob.invalid", "hello");
  scene.alice.Do(SetConnected{.core = scene.alice.core, .connected = false});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 503 local Closed", "terminated client"));
  EXPECT_EQ(scene.alice.LastResponse().reason(), "Service Unavailable");
  scene.Forget();
}

TEST(MessageMethod, FailsWithA503WhenTheTransportRefusesIt) {
  OnePartyAndPeer scene;
  const ClientHandle client = scene.alice.Request("MESSAGE", "sip:bob@bob.invalid", "hello");
  scene.alice.Do(
      ReportSendFailure{.core = scene.alice.core, .origin = static_cast<uint32_t>(client)});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 503 local Closed", "terminated client"));
  // Whose it is nobody knows any more: nothing happens.
  scene.alice.Do(
      ReportSendFailure{.core = scene.alice.core, .origin = static_cast<uint32_t>(client)});
  scene.alice.Do(ReportSendFailure{.core = scene.alice.core, .origin = 0});
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Forget();
}

TEST(MessageMethod, TellsWhenItsAnswerCouldNotBeSent) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 180);
  scene.Forget();
  scene.alice.Do(ReportSendFailure{.core = scene.alice.core,
                                   .origin = static_cast<uint32_t>(scene.alice.server)});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response failed"));
  scene.alice.Answer(scene.alice.server, 480);
  scene.Forget();
}

// RFC 4320 section 4.1: after 3.5 s a 100, never any other provisional response.
TEST(MessageMethod, GetsA100WhenItsAnswerTakesLong) {
  TwoParties scene;
  scene.alice.Request("MESSAGE", scene.bob.address(), "hello");
  EXPECT_EQ(scene.bob.Refused(Respond{.server = scene.bob.server, .status = 180}),
            StatusCode::kFailedPrecondition);
  scene.Forget();
  scene.Wait(Milliseconds(3'499));
  EXPECT_THAT(scene.Ladder(), IsEmpty());
  scene.Wait(Milliseconds(1));
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> 100 MESSAGE -> alice"));
  scene.bob.Answer(scene.bob.server, 202);
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("response 100 Closed", "response 202 Closed", "terminated client"));
  scene.Forget();
}

TEST(MessageMethod, ThatTheUserNeverAnswersIsForgottenAfter32Seconds) {
  TwoParties scene;
  scene.alice.Request("MESSAGE", scene.bob.address(), "hello");
  scene.Forget();
  scene.Wait(Seconds(33));
  EXPECT_THAT(scene.bob.Heard(),
              ElementsAre("log 1 sip.user-agent-server: Nobody answered a MESSAGE in 32 seconds.",
                          "terminated server"));
  EXPECT_THAT(scene.alice.Heard(), testing::Contains("response 408 local Closed"));
  scene.Forget();
}

TEST(MessageMethod, ThatTheUserOnlyCalled100IsForgottenToo) {
  TwoParties scene;
  scene.alice.Request("MESSAGE", scene.bob.address(), "hello");
  scene.bob.Answer(scene.bob.server, 100);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 100 Closed"));
  scene.Forget();
  scene.Wait(Seconds(33));
  EXPECT_EQ(scene.bob.live("server"), 0U);
  scene.Forget();
}

// The same request again gets the same answer, and the user is not told.
TEST(MessageMethod, ComingTwiceIsToldOfOnce) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.transport = "UDP"});
  Peer& bob = scene.AddPeer("bob");
  const PeerRequest request = {.method = "MESSAGE", .branch = "z9hG4bKsame"};
  bob.Ask(request);
  bob.Ask(request);
  EXPECT_THAT(alice.Heard(), ElementsAre("request MESSAGE Initial"));
  alice.Answer(alice.server, 200);
  bob.Ask(request);
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> MESSAGE -> alice", "bob -> MESSAGE -> alice",
                                          "alice -> 200 MESSAGE -> bob", "bob -> MESSAGE -> alice",
                                          "alice -> 200 MESSAGE -> bob"));
  EXPECT_THAT(alice.Heard(), IsEmpty());
  EXPECT_EQ(bob.received[0], bob.received[1]);
}

TEST(MessageMethod, IsSentAgainOnAnUnreliableTransport) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.transport = "UDP"});
  Peer& bob = scene.AddPeer("bob");
  alice.Request("MESSAGE", "sip:bob@bob.invalid", "hello");
  scene.Wait(Seconds(8));
  EXPECT_THAT(scene.TimedLadder(),
              ElementsAre("0.0 alice -> MESSAGE -> bob", "0.5 alice -> MESSAGE -> bob",
                          "1.5 alice -> MESSAGE -> bob", "3.5 alice -> MESSAGE -> bob",
                          "7.5 alice -> MESSAGE -> bob"));
  EXPECT_EQ(bob.received.front(), bob.received.back());
  bob.Answer(bob.Take(), 200);
  scene.Forget();
}

TEST(MessageMethod, CanBeForgottenByItsSender) {
  TwoParties scene;
  const ClientHandle client = scene.alice.Request("MESSAGE", scene.bob.address(), "hello");
  scene.alice.Do(DisposeRequest{.request = static_cast<uint32_t>(client)});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("terminated client"));
  scene.bob.Answer(scene.bob.server, 200);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("discarded: Nobody waits for this 200."));
  scene.Forget();
}

}  // namespace
}  // namespace sip
