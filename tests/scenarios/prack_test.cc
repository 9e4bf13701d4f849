#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"
#include "grammar/cseq.h"
#include "tests/support/keep.h"
#include "tests/support/scene.h"

namespace sip {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kSupported[] = "Supported: 100rel";
constexpr char kRequire[] = "Require: 100rel";

// "RAck: 4711 1 INVITE" for a reliable response.
std::string RAckOf(const Message& response) {
  return StrCat("RAck: ", *response.GetNumber(HeaderId::kRSeq), " ", response.cseq().number,
                " INVITE");
}

// Alice calls bob; both know 100rel.
struct PrackScene : TwoParties {
  ClientHandle client = alice.Invite("sip:bob@bob.invalid", kOffer, {kSupported});
  ServerHandle invite = bob.server;

  PrackScene() { Forget(); }

  // Alice acknowledges what came last; the PRACK waits for bob's answer.
  void Prack(std::string body = "") {
    alice.InDialog(alice.dialog, "PRACK", std::move(body), {RAckOf(alice.LastResponse())});
  }
  void HangUp() {
    alice.InDialog(alice.dialog, "BYE");
    bob.Answer(bob.server, 200);
    Forget();
  }
};

TEST(Prack, AcknowledgesARingingThatRequiresIt) {
  PrackScene scene;
  scene.bob.Answer(scene.invite, 180, "", {kRequire});
  const Message& ringing = scene.alice.LastResponse();
  EXPECT_TRUE(ringing.ListHas(HeaderId::kRequire, "100rel"));
  // RFC 3262 section 3: "MUST be between 1 and 2**31 - 1".
  ASSERT_TRUE(ringing.GetNumber(HeaderId::kRSeq).has_value());
  EXPECT_GE(*ringing.GetNumber(HeaderId::kRSeq), 1u);
  EXPECT_LT(*ringing.GetNumber(HeaderId::kRSeq), 1u << 31);
  scene.Forget();

  scene.Prack();
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("dialog Early HaveRemoteOffer",
                                             "request PRACK in dialog HaveRemoteOffer"));
  scene.bob.Answer(scene.bob.server, 200);
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> PRACK -> bob", "bob -> 200 PRACK -> alice"));
  // Nothing goes out again.
  scene.Wait(Seconds(30));
  EXPECT_THAT(scene.Ladder(), IsEmpty());

  scene.bob.Answer(scene.invite, 200, kAnswer);
  scene.alice.Ack(scene.client, scene.alice.dialog);
  scene.HangUp();
}

TEST(Prack, RepeatsTheResponseAtIntervalsThatDoubleWithoutEnd) {
  PrackScene scene;
  scene.loses = [](const Scene::Packet& packet) { return packet.what == "180 INVITE"; };
  scene.bob.Answer(scene.invite, 180, "", {kRequire});
  scene.TimedLadder();
  scene.Wait(Seconds(20));
  // RFC 3262 section 3: "This differs from retransmissions of 2xx responses, whose intervals cap at
  // T2 seconds."
  EXPECT_THAT(scene.TimedLadder(),
              ElementsAre("0.5 bob -> 180 INVITE -> x", "1.5 bob -> 180 INVITE -> x",
                          "3.5 bob -> 180 INVITE -> x", "7.5 bob -> 180 INVITE -> x",
                          "15.5 bob -> 180 INVITE -> x"));
  // "If a reliable provisional response is retransmitted for 64*T1 seconds without reception of a
  // corresponding PRACK, the UAS SHOULD reject the original request with a 5xx response."
  scene.Forget();
  scene.Wait(Seconds(12));
  EXPECT_THAT(scene.bob.Heard(),
              ElementsAre(HasSubstr("No PRACK"), "dialog Terminated Closed", "terminated dialog"));
  EXPECT_THAT(scene.Ladder(), Contains("bob -> 504 INVITE -> alice"));
  scene.Forget();
}

TEST(Prack, IsGivenOnceForAResponseThatComesTwice) {
  PrackScene scene;
  scene.bob.Answer(scene.invite, 183, kAnswer, {kRequire});
  scene.Forget();
  // The PRACK is late: the response comes again, and is nothing new to alice.
  scene.holds = [](const Scene::Packet& packet) { return packet.what == "PRACK"; };
  scene.Prack();
  scene.Wait(Milliseconds(600));
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> PRACK -> bob", "bob -> 183 INVITE -> alice"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Release();
  scene.bob.Answer(scene.bob.server, 200);
  scene.bob.Answer(scene.invite, 603);
  scene.Forget();
}

TEST(Prack, IsRefusedWhenItMatchesNothing) {
  for (int i = 0; i < 4; i++) {
    PrackScene scene;
    scene.bob.Answer(scene.invite, 180, "", {kRequire});
    const std::string right = RAckOf(scene.alice.LastResponse());
    const std::string wrong[] = {"RAck: 1 1 INVITE", StrCat(right, "X"), "RAck: none", "X: none"};
    scene.Forget();
    scene.alice.InDialog(scene.alice.dialog, "PRACK", "", {wrong[i]});
    EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> PRACK -> bob", "bob -> 481 PRACK -> alice"))
        << wrong[i];
    scene.bob.Answer(scene.invite, 486);
    scene.Forget();
  }
}

// RFC 3262 section 3: "The UAS MUST NOT send a second reliable provisional response until the first
// is acknowledged."
TEST(Prack, ComesBeforeTheNextReliableResponse) {
  PrackScene scene;
  scene.bob.Answer(scene.invite, 180, "", {kRequire});
  EXPECT_EQ(scene.bob.Refused(
                Respond{.server = scene.invite, .status = 183, .headers = Lines({kRequire})}),
            StatusCode::kFailedPrecondition);
  const uint32_t first = *scene.alice.LastResponse().GetNumber(HeaderId::kRSeq);
  scene.Prack();
  scene.bob.Answer(scene.bob.server, 200);
  scene.bob.Answer(scene.invite, 183, kAnswer, {kRequire});
  // "MUST be greater by exactly one."
  EXPECT_EQ(scene.alice.LastResponse().GetNumber(HeaderId::kRSeq), first + 1);
  scene.Prack();
  scene.bob.Answer(scene.bob.server, 200);
  scene.bob.Answer(scene.invite, 486);
  scene.Forget();
}

TEST(Prack, ComesBeforeA2xxIfTheResponseHadASessionDescription) {
  PrackScene scene;
  scene.bob.Answer(scene.invite, 183, kAnswer, {kRequire});
  EXPECT_EQ(scene.bob.Refused(Respond{.server = scene.invite, .status = 200}),
            StatusCode::kFailedPrecondition);
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Early Stable", "response 183 in dialog Stable"));
  scene.Prack();
  scene.bob.Answer(scene.bob.server, 200);
  scene.bob.Answer(scene.invite, 200);
  scene.alice.Ack(scene.client, scene.alice.dialog);
  EXPECT_EQ(scene.alice.Last<DialogChanged>().signaling, Signaling::kStable);
  EXPECT_EQ(scene.bob.Last<DialogChanged>().signaling, Signaling::kStable);
  scene.HangUp();
}

// "it MUST be prepared to process PRACK requests for those outstanding responses"
TEST(Prack, MayComeAfterTheFinalResponse) {
  PrackScene scene;
  scene.holds = [](const Scene::Packet& packet) { return packet.what == "PRACK"; };
  scene.bob.Answer(scene.invite, 180, "", {kRequire});
  scene.Prack();
  scene.bob.Answer(scene.invite, 200, kAnswer);
  scene.alice.Ack(scene.client, scene.alice.dialog);
  scene.Forget();
  scene.Release();
  EXPECT_THAT(scene.bob.Heard(),
              ElementsAre("dialog Confirmed Stable", "request PRACK in dialog Stable"));
  scene.bob.Answer(scene.bob.server, 200);
  scene.HangUp();
}

TEST(Prack, ThatNeverCameIsInNobodysWayInTheNextInvite) {
  PrackScene scene;
  scene.bob.Answer(scene.invite, 180, "", {kRequire});
  scene.bob.Answer(scene.invite, 200, kAnswer);
  scene.alice.Ack(scene.client, scene.alice.dialog);
  const ClientHandle again =
      scene.alice.InDialog(scene.alice.dialog, "INVITE", kOffer, {kSupported});
  const ServerHandle reinvite = scene.bob.server;
  scene.bob.Answer(reinvite, 183, "", {kRequire});
  scene.Prack();
  scene.bob.Answer(scene.bob.server, 200);
  scene.bob.Answer(reinvite, 200, kAnswer);
  scene.alice.Ack(again, scene.alice.dialog);
  scene.HangUp();
}

// RFC 3262 section 5: an INVITE without offer; the offer in the 183, the answer in the PRACK.
TEST(Prack, AnswersAnOfferInAResponse) {
  TwoParties scene;
  const ClientHandle client = scene.alice.Invite("sip:bob@bob.invalid", "", {kSupported});
  const ServerHandle invite = scene.bob.server;
  scene.bob.Answer(invite, 183, kOffer, {kRequire});
  EXPECT_EQ(scene.alice.Last<ResponseReceived>().signaling, Signaling::kHaveRemoteOffer);
  EXPECT_EQ(scene.bob.Last<DialogChanged>().signaling, Signaling::kHaveLocalOffer);
  scene.alice.InDialog(scene.alice.dialog, "PRACK", kAnswer, {RAckOf(scene.alice.LastResponse())});
  EXPECT_EQ(scene.alice.Last<DialogChanged>().signaling, Signaling::kStable);
  EXPECT_EQ(scene.bob.Last<RequestReceived>().signaling, Signaling::kStable);
  scene.bob.Answer(scene.bob.server, 200);
  scene.bob.Answer(invite, 200);
  scene.alice.Ack(client, scene.alice.dialog);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
}

// "If the UAC receives a reliable provisional response with an answer [...] it MAY generate an
// additional offer in the PRACK", which the 2xx to the PRACK answers.
TEST(Prack, CarriesAnOfferOfItsOwn) {
  PrackScene scene;
  scene.bob.Answer(scene.invite, 183, kAnswer, {kRequire});
  scene.Prack(kOffer);
  EXPECT_EQ(scene.alice.Last<DialogChanged>().signaling, Signaling::kHaveLocalOffer);
  EXPECT_EQ(scene.bob.Last<RequestReceived>().signaling, Signaling::kHaveRemoteOffer);
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  EXPECT_EQ(scene.alice.Last<DialogChanged>().signaling, Signaling::kStable);
  EXPECT_EQ(scene.bob.Last<DialogChanged>().signaling, Signaling::kStable);
  scene.bob.Answer(scene.invite, 486);
  scene.Forget();
}

// "The UAS MUST send any non-100 provisional response reliably if the initial request contained a
// Require header field with the option tag 100rel."
TEST(Prack, IsAskedForUnbiddenIfTheCallerRequiresIt) {
  Scene scene;
  Party& alice = scene.AddParty("alice");
  // Who does not say that he supports it.
  Party& bob = scene.AddParty("bob");
  alice.Invite("sip:bob@bob.invalid", kOffer, {kRequire});
  const ServerHandle invite = bob.server;
  bob.Answer(invite, 180);
  EXPECT_TRUE(alice.LastResponse().ListHas(HeaderId::kRequire, "100rel"));
  EXPECT_TRUE(alice.LastResponse().GetNumber(HeaderId::kRSeq).has_value());
  bob.Answer(invite, 486);
  scene.Forget();
}

TEST(Prack, IsNotAskedForIfTheCallerDoesNotKnowIt) {
  TwoParties scene;
  scene.alice.Invite("sip:bob@bob.invalid");
  EXPECT_EQ(scene.bob.Refused(
                Respond{.server = scene.bob.server, .status = 180, .headers = Lines({kRequire})}),
            StatusCode::kFailedPrecondition);
  scene.bob.Answer(scene.bob.server, 486);
  scene.Forget();
}

// Each early dialog has numbers of its own; one out of order is not told.
TEST(Prack, IsGivenInOrderInEachDialog) {
  OnePartyAndPeer scene;
  scene.alice.Invite("sip:bob@bob.invalid", kOffer, {kSupported});
  const Message invite = scene.bob.Take();
  const auto ring = [&](std::string tag, int number) {
    scene.bob.Answer(invite, 180, {.tag = tag, .headers = {kRequire, StrCat("RSeq: ", number)}});
  };
  ring("desk", 7);
  ring("mobile", 100);
  scene.Forget();
  ring("desk", 9);
  ring("desk", 7);
  ring("mobile", 102);
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  ring("desk", 8);
  ring("mobile", 101);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 180 in dialog HaveLocalOffer",
                                               "response 180 in dialog HaveLocalOffer"));
  scene.bob.Answer(invite, 486);
  scene.Forget();
}

}  // namespace
}  // namespace sip
