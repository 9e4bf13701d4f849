#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace sip {
namespace {

using testing::ElementsAre;

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
  EXPECT_THAT(alice.Heard(), ElementsAre());

  alice.InDialog(alice.dialog, "BYE");
  EXPECT_THAT(bob.Heard(), ElementsAre("request BYE in dialog Stable", "dialog Terminated Closed",
                                       "terminated dialog"));
  bob.Answer(bob.server, 200);
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> BYE -> bob", "bob -> 200 BYE -> alice"));
  EXPECT_THAT(alice.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog",
                                         "response 200 Closed", "terminated client"));
}

}  // namespace
}  // namespace sip
