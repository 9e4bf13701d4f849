#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A proxy forks the INVITE: each branch answers under a To tag of its own.
struct ForkScene : OnePartyAndPeer {
  ClientHandle client = alice.Invite("sip:bob@bob.invalid");
  Message invite = bob.Take();

  void HangUp(DialogHandle dialog) {
    alice.InDialog(dialog, "BYE");
    bob.Answer(bob.Take(), 200);
  }
};

TEST(Fork, MakesAnEarlyDialogForEachTag) {
  ForkScene scene;
  scene.bob.Answer(scene.invite, 180, {.tag = "desk"});
  const DialogHandle desk = scene.alice.dialog;
  scene.bob.Answer(scene.invite, 183, {.tag = "mobile", .body = kAnswer});
  const DialogHandle mobile = scene.alice.dialog;
  EXPECT_NE(desk, mobile);
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Early HaveLocalOffer", "response 180 in dialog HaveLocalOffer",
                          "dialog Early HaveLocalOffer", "response 183 in dialog HaveLocalOffer"));
  // The same branch once more: the same dialog.
  scene.bob.Answer(scene.invite, 183, {.tag = "desk"});
  EXPECT_EQ(scene.alice.Last<ResponseReceived>().dialog, desk);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 183 in dialog HaveLocalOffer"));

  // One of them answers; the other early dialog ends when no more can come: 64*T1 after the 2xx.
  scene.bob.Answer(scene.invite, 200, {.tag = "mobile", .body = kAnswer});
  EXPECT_EQ(scene.alice.Last<ResponseReceived>().dialog, mobile);
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Confirmed Stable", "response 200 in dialog Stable"));
  scene.alice.Ack(scene.client, mobile);
  EXPECT_EQ(scene.bob.Take().to_tag(), "mobile");
  scene.Wait(Milliseconds(31'999));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Wait(Milliseconds(1));
  EXPECT_EQ(scene.alice.Last<DialogChanged>().dialog, desk);
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Terminated Closed", "terminated dialog", "terminated client"));
  scene.HangUp(mobile);
  scene.Forget();
}

TEST(Fork, AnsweredTwiceMakesTwoCalls) {
  ForkScene scene;
  scene.bob.Answer(scene.invite, 180, {.tag = "desk"});
  scene.bob.Answer(scene.invite, 180, {.tag = "mobile"});
  scene.Forget();
  scene.bob.Answer(scene.invite, 200, {.tag = "desk", .body = kAnswer});
  const DialogHandle desk = scene.alice.dialog;
  scene.bob.Answer(scene.invite, 200, {.tag = "mobile", .body = kAnswer});
  const DialogHandle mobile = scene.alice.dialog;
  EXPECT_NE(desk, mobile);
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Confirmed Stable", "response 200 in dialog Stable",
                          "dialog Confirmed Stable", "response 200 in dialog Stable"));
  // Each is acknowledged, and the one that is not wanted is ended (13.2.2.4).
  scene.alice.Ack(scene.client, desk);
  EXPECT_EQ(scene.bob.Take().to_tag(), "desk");
  scene.alice.Ack(scene.client, mobile);
  EXPECT_EQ(scene.bob.Take().to_tag(), "mobile");
  scene.HangUp(mobile);
  scene.HangUp(desk);
  scene.Forget();
}

TEST(Fork, AcknowledgesEachAnswerWithItsOwnAckWhenItComesAgain) {
  ForkScene scene;
  scene.bob.Answer(scene.invite, 200, {.tag = "desk", .body = kAnswer});
  const DialogHandle desk = scene.alice.dialog;
  scene.bob.Answer(scene.invite, 200, {.tag = "mobile", .body = kAnswer});
  const DialogHandle mobile = scene.alice.dialog;
  scene.alice.Ack(scene.client, desk);
  scene.alice.Ack(scene.client, mobile);
  scene.bob.Take();
  scene.bob.Take();
  scene.Forget();
  scene.bob.Answer(scene.invite, 200, {.tag = "mobile", .body = kAnswer});
  EXPECT_EQ(scene.bob.Take().to_tag(), "mobile");
  scene.bob.Answer(scene.invite, 200, {.tag = "desk", .body = kAnswer});
  EXPECT_EQ(scene.bob.Take().to_tag(), "desk");
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.HangUp(mobile);
  scene.HangUp(desk);
  scene.Forget();
}

TEST(Fork, AcknowledgesAnAnswerAgainThatHasBeenHungUpOn) {
  ForkScene scene;
  scene.bob.Answer(scene.invite, 200, {.tag = "desk", .body = kAnswer});
  const DialogHandle desk = scene.alice.dialog;
  scene.alice.Ack(scene.client, desk);
  const std::string ack(scene.bob.Take().text());
  scene.HangUp(desk);
  scene.Forget();
  // The ACK was lost. No second call comes of it, which would have to be hung up on as well.
  scene.bob.Answer(scene.invite, 200, {.tag = "desk", .body = kAnswer});
  EXPECT_EQ(scene.bob.Take().text(), ack);
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  // Another branch is another call.
  scene.bob.Answer(scene.invite, 200, {.tag = "mobile", .body = kAnswer});
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Confirmed Stable", "response 200 in dialog Stable"));
  const DialogHandle mobile = scene.alice.dialog;
  scene.alice.Ack(scene.client, mobile);
  EXPECT_EQ(scene.bob.Take().to_tag(), "mobile");
  scene.HangUp(mobile);
  scene.Forget();
}

// A branch that nobody has heard of answers after another one did.
TEST(Fork, TakesALateAnswerOfABranchThatNeverRang) {
  ForkScene scene;
  scene.bob.Answer(scene.invite, 180, {.tag = "desk"});
  scene.bob.Answer(scene.invite, 200, {.tag = "desk", .body = kAnswer});
  const DialogHandle desk = scene.alice.dialog;
  scene.alice.Ack(scene.client, desk);
  scene.bob.Take();
  scene.Wait(Seconds(20));
  scene.Forget();
  scene.bob.Answer(scene.invite, 200, {.tag = "late", .body = kAnswer});
  const DialogHandle late = scene.alice.dialog;
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Confirmed Stable", "response 200 in dialog Stable"));
  scene.alice.Ack(scene.client, late);
  EXPECT_EQ(scene.bob.Take().to_tag(), "late");
  scene.HangUp(late);
  scene.HangUp(desk);
  scene.Forget();
}

TEST(Fork, RefusedAsAWholeEndsEveryEarlyDialog) {
  ForkScene scene;
  scene.bob.Answer(scene.invite, 180, {.tag = "desk"});
  scene.bob.Answer(scene.invite, 180, {.tag = "mobile"});
  scene.Forget();
  scene.bob.Answer(scene.invite, 486, {.tag = "best"});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog",
                                               "dialog Terminated Closed", "terminated dialog",
                                               "response 486 HaveLocalOffer", "terminated client"));
  EXPECT_EQ(scene.bob.Take().to_tag(), "best");
  scene.Forget();
}

TEST(Fork, CanHangUpOnOneBranchWhileItIsEarly) {
  ForkScene scene;
  scene.bob.Answer(scene.invite, 180, {.tag = "desk"});
  const DialogHandle desk = scene.alice.dialog;
  scene.bob.Answer(scene.invite, 180, {.tag = "mobile"});
  scene.Forget();
  // RFC 3261 section 15: "The caller's UA MAY send a BYE for either confirmed or early dialogs".
  scene.alice.InDialog(desk, "BYE");
  const Message bye = scene.bob.Take();
  EXPECT_EQ(bye.to_tag(), "desk");
  scene.bob.Answer(bye, 200);
  scene.Forget();
  scene.bob.Answer(scene.invite, 200, {.tag = "mobile", .body = kAnswer});
  scene.alice.Ack(scene.client, scene.alice.dialog);
  scene.bob.Take();
  scene.HangUp(scene.alice.dialog);
  scene.Forget();
}

// RFC 3261 section 12.1: a dialog needs a To tag. An answer without one (RFC 2543) cannot be used.
TEST(Fork, DropsAnAnswerWithoutATagAndSaysSo) {
  ForkScene scene;
  scene.bob.Answer(scene.invite, 200, {.tag = "", .body = kAnswer});
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("log 1 sip.user-agent-client: A 2xx to an INVITE has no To tag, or its "
                          "dialog has ended: it is dropped."));
  scene.Forget();
}

}  // namespace
}  // namespace sip
