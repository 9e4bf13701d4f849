#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Dispose, EndsEveryHandleOfTheCoreAndSaysSoWithoutAWordToThePeer) {
  TwoParties scene;
  Party& alice = scene.alice;
  scene.Call();  // a dialog
  alice.InDialog(alice.dialog, "REFER", "", {"Refer-To: <sip:carol@carol.invalid>"});
  scene.bob.Answer(scene.bob.server, 202);                 // a subscription
  alice.Invite(scene.bob.address());                       // a client
  scene.bob.Answer(scene.bob.server, 180);                 // an early dialog
  alice.Request("MESSAGE", scene.bob.address(), "hello");  // another client
  scene.bob.Invite(alice.address());                       // a server
  const RegistrationHandle registration = alice.Registration();
  alice.Do(Register{.registration = registration});  // a registration in progress
  scene.Forget();

  alice.Do(DisposeCore{.core = alice.core});
  EXPECT_THAT(scene.Ladder(), IsEmpty());
  EXPECT_EQ(alice.stack.handle_count(), 0U);
  EXPECT_EQ(alice.stack.deadline(), InfiniteFuture());
  for (const char* kind : {"dialog", "client", "server", "registration", "core"}) {
    EXPECT_EQ(alice.live(kind), 0U) << kind;
  }
  EXPECT_EQ(alice.Heard().back(), "terminated core");

  // What still comes in is nobody's.
  scene.bob.InDialog(scene.bob.dialog, "MESSAGE", "hello?");
  EXPECT_THAT(alice.Heard(), ElementsAre("discarded: There is no such core."));
  EXPECT_EQ(alice.Refused(SetConnected{.core = alice.core, .connected = true}),
            StatusCode::kNotFound);

  // Bob is left alone with his side of it all.
  scene.bob.Do(DisposeCore{.core = scene.bob.core});
  EXPECT_EQ(scene.bob.stack.handle_count(), 0U);
  scene.Forget();
  alice.core = static_cast<CoreHandle>(alice.Do(CreateCore{alice.configuration}).handle);
  scene.bob.core =
      static_cast<CoreHandle>(scene.bob.Do(CreateCore{scene.bob.configuration}).handle);
}

TEST(Dispose, OfADialogIsSilentAndLeavesOthersAlone) {
  TwoParties scene;
  scene.Call();
  const DialogHandle first = scene.alice.dialog;
  scene.Call();
  const DialogHandle second = scene.alice.dialog;
  scene.alice.Do(DisposeDialog{.dialog = first});
  EXPECT_THAT(scene.Ladder(), IsEmpty());
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("dialog Terminated Closed", "terminated dialog"));
  EXPECT_EQ(scene.alice.live("dialog"), 1U);
  EXPECT_EQ(scene.alice.Refused(DisposeDialog{.dialog = first}), StatusCode::kNotFound);
  scene.bob.Do(DisposeCore{.core = scene.bob.core});
  scene.bob.core =
      static_cast<CoreHandle>(scene.bob.Do(CreateCore{scene.bob.configuration}).handle);
  scene.alice.Do(DisposeDialog{.dialog = second});
  scene.Forget();
}

TEST(Dispose, OfAnInviteClientEndsItsEarlyDialogs) {
  TwoParties scene;
  const ClientHandle invite = scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 180);
  scene.Forget();
  scene.alice.Do(DisposeRequest{.request = static_cast<uint32_t>(invite)});
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Terminated Closed", "terminated dialog", "terminated client"));
  scene.bob.Answer(scene.bob.server, 486);
  scene.Forget();
}

TEST(Dispose, OfARegistrationEndsTheRegisterThatIsUnderWay) {
  OnePartyAndPeer scene;
  const RegistrationHandle registration = scene.alice.Registration();
  scene.alice.Do(Register{.registration = registration});
  scene.Forget();
  scene.alice.Do(DisposeRegistration{.registration = registration});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("terminated client", "terminated registration"));
  EXPECT_EQ(scene.alice.Refused(Register{.registration = registration}), StatusCode::kNotFound);
}

TEST(Dispose, OfAHandleOfAnotherKindIsAnError) {
  TwoParties scene;
  scene.Call();
  const auto dialog = static_cast<uint32_t>(scene.alice.dialog);
  EXPECT_EQ(scene.alice.Refused(DisposeRequest{.request = dialog}), StatusCode::kNotFound);
  EXPECT_EQ(scene.alice.Refused(
                DisposeRegistration{.registration = static_cast<RegistrationHandle>(dialog)}),
            StatusCode::kNotFound);
  EXPECT_EQ(
      scene.alice.Refused(Respond{.server = static_cast<ServerHandle>(dialog), .status = 200}),
      StatusCode::kNotFound);
  EXPECT_EQ(scene.alice.Refused(Cancel{.client = static_cast<ClientHandle>(dialog)}),
            StatusCode::kNotFound);
  EXPECT_EQ(scene.alice.Refused(Register{.registration = static_cast<RegistrationHandle>(dialog)}),
            StatusCode::kNotFound);
  EXPECT_EQ(scene.alice.Refused(Acknowledge{.dialog = scene.alice.dialog,
                                            .client = static_cast<ClientHandle>(dialog)}),
            StatusCode::kNotFound);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
}

TEST(Dispose, OfWhatNeverWasIsAnError) {
  TwoParties scene;
  EXPECT_EQ(scene.alice.Refused(DisposeCore{.core = CoreHandle{999}}), StatusCode::kNotFound);
  EXPECT_EQ(scene.alice.Refused(DisposeDialog{.dialog = DialogHandle{999}}), StatusCode::kNotFound);
  EXPECT_EQ(scene.alice.Refused(DisposeRequest{}), StatusCode::kNotFound);
}

// The connection is lost in the middle of a call: the call lives, and goes on when it is back.
TEST(Connection, LostInACallDoesNotEndIt) {
  TwoParties scene;
  scene.Call();
  scene.alice.Do(SetConnected{.core = scene.alice.core, .connected = false});
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Wait(Minutes(1));
  scene.alice.Do(SetConnected{.core = scene.alice.core, .connected = true});
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
}

TEST(Connection, LostWhileRingingEndsTheCallersAttempt) {
  TwoParties scene;
  scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 180);
  scene.Forget();
  scene.alice.Do(SetConnected{.core = scene.alice.core, .connected = false});
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Terminated Closed", "terminated dialog",
                          "response 503 local HaveLocalOffer", "terminated client"));
  scene.bob.Answer(scene.bob.server, 486);
  scene.Forget();
}

TEST(Connection, LostWhileRingingLeavesTheCalleeRinging) {
  TwoParties scene;
  scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 180);
  scene.Forget();
  scene.bob.Do(SetConnected{.core = scene.bob.core, .connected = false});
  EXPECT_THAT(scene.bob.Heard(), IsEmpty());
  scene.bob.Do(SetConnected{.core = scene.bob.core, .connected = true});
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  scene.alice.Ack(scene.alice.client, scene.alice.dialog);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
}

TEST(Configuration, HoldsFromTheNextMessageOn) {
  OnePartyAndPeer scene;
  CoreConfiguration configuration = scene.alice.configuration;
  configuration.user_agent = "phone/1.0";
  configuration.contact = "<sip:other@alice.invalid>";
  scene.alice.Do(ConfigureCore{.core = scene.alice.core, .configuration = configuration});
  const ClientHandle client = scene.alice.Invite("sip:bob@bob.invalid");
  const Message invite = scene.bob.Take();
  EXPECT_EQ(*invite.Get(HeaderId::kContact), "<sip:other@alice.invalid>");
  EXPECT_EQ(*invite.Get(HeaderId::kUserAgent), "phone/1.0");
  scene.bob.Answer(invite, 486);
  EXPECT_NE(client, ClientHandle{});
  scene.Forget();
}

}  // namespace
}  // namespace sip
