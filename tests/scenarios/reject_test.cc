#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/str_cat.h"
#include "tests/support/scene.h"

namespace sip {
namespace {

using testing::ElementsAre;

TEST(Reject, EndsTheCallWithWhateverFinalStatusIsGiven) {
  for (const uint32_t status : {302U, 404U, 480U, 486U, 500U, 603U}) {
    TwoParties scene;
    scene.alice.Invite(scene.bob.address());
    scene.bob.Answer(scene.bob.server, status);
    EXPECT_THAT(scene.Ladder(),
                ElementsAre("alice -> INVITE -> bob", StrCat("bob -> ", status, " INVITE -> alice"),
                            "alice -> ACK -> bob"));
    EXPECT_THAT(scene.alice.Heard(),
                ElementsAre(StrCat("response ", status, " HaveLocalOffer"), "terminated client"));
    EXPECT_THAT(scene.bob.Heard(),
                ElementsAre("request INVITE HaveRemoteOffer", "terminated server"));
  }
}

TEST(Reject, AfterRingingEndsTheEarlyDialogOnBothSides) {
  TwoParties scene;
  scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 180);
  scene.Forget();
  scene.bob.Answer(scene.bob.server, 603, "", {"Reason: SIP;cause=603"});
  EXPECT_THAT(scene.bob.Heard(),
              ElementsAre("dialog Terminated Closed", "terminated dialog", "terminated server"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog",
                                               "response 603 HaveLocalOffer", "terminated client"));
  EXPECT_EQ(scene.alice.LastResponse().reason(), "Decline");
  scene.Forget();
}

TEST(Reject, BringsTheContactsOfARedirection) {
  TwoParties scene;
  scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 302, "", {"Contact: <sip:carol@carol.invalid>"});
  EXPECT_EQ(scene.alice.LastResponse().GetNameAddr(HeaderId::kContact)->uri.text,
            "sip:carol@carol.invalid");
  scene.Forget();
}

TEST(Reject, GivesTheReasonPhraseOfTheCaller) {
  TwoParties scene;
  scene.alice.Invite(scene.bob.address());
  scene.bob.Do(Respond{.server = scene.bob.server, .status = 486, .reason = "In a meeting"});
  EXPECT_EQ(scene.alice.LastResponse().reason(), "In a meeting");
  scene.Forget();
}

// bob -> 486 -> alice is lost with its ACK: bob waits, and alice hears of it once.
TEST(Reject, IsAcknowledgedByTheTransactionWithTheTagOfTheResponse) {
  OnePartyAndPeer scene;
  scene.alice.Invite("sip:bob@bob.invalid");
  const Message invite = scene.bob.Take();
  scene.bob.Answer(invite, 486, {.tag = "busy"});
  const Message ack = scene.bob.Take();
  EXPECT_EQ(ack.via().branch(), invite.via().branch());
  EXPECT_EQ(ack.to_tag(), "busy");
  EXPECT_EQ(ack.request_uri(), invite.request_uri());
  scene.Forget();
}

TEST(Reject, WithoutAnAckIsOverAfter32Seconds) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 486);
  scene.Forget();
  scene.Wait(Seconds(31));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre());
  scene.Wait(Seconds(1));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("terminated server"));
}

TEST(Reject, TwiceIsAnError) {
  TwoParties scene;
  scene.alice.Invite(scene.bob.address());
  scene.holds = [](const Scene::Packet&) { return true; };
  scene.bob.Answer(scene.bob.server, 486);
  EXPECT_EQ(scene.bob.Refused(Respond{.server = scene.bob.server, .status = 603}),
            StatusCode::kFailedPrecondition);
  EXPECT_EQ(scene.bob.Refused(Respond{.server = scene.bob.server, .status = 180}),
            StatusCode::kFailedPrecondition);
  scene.Release();
  EXPECT_EQ(scene.bob.Refused(Respond{.server = scene.bob.server, .status = 603}),
            StatusCode::kNotFound);
  scene.Forget();
}

TEST(Reject, WithAStatusThatIsNoneIsAnError) {
  TwoParties scene;
  scene.alice.Invite(scene.bob.address());
  for (const uint32_t status : {0U, 99U, 700U, 1000U}) {
    EXPECT_EQ(scene.bob.Refused(Respond{.server = scene.bob.server, .status = status}),
              StatusCode::kInvalidArgument);
  }
  scene.bob.Answer(scene.bob.server, 480);
  scene.Forget();
}

}  // namespace
}  // namespace sip
