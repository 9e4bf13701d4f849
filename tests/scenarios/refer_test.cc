#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"
#include "tests/support/scene.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kReferTo[] = "Refer-To: <sip:carol@carol.invalid>";

// alice -> REFER -> bob, in a call, and bob accepts it.
struct ReferScene : TwoParties {
  ClientHandle refer{};
  ServerHandle referred{};

  void Refer() {
    refer = alice.InDialog(alice.dialog, "REFER", "", {kReferTo});
    referred = bob.server;
  }
  void HangUp() {
    alice.InDialog(alice.dialog, "BYE");
    bob.Answer(bob.server, 200);
    Forget();
  }
};

TEST(Refer, IsAcceptedFollowedAndReportedUntilItsEnd) {
  ReferScene scene;
  scene.Call();
  scene.Refer();
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("request REFER in dialog Stable"));
  EXPECT_EQ(*scene.bob.LastRequest().Get(HeaderId::kReferTo), "<sip:carol@carol.invalid>");

  // bob -> 202 -> alice, bob -> NOTIFY 100 -> alice
  scene.bob.Answer(scene.referred, 202);
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> REFER -> bob", "bob -> 202 REFER -> alice",
                                          "bob -> NOTIFY -> alice"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 202 in dialog Stable", "terminated client",
                                               "request NOTIFY in dialog Stable"));
  const Message& first = scene.alice.LastRequest();
  EXPECT_EQ(first.body(), "SIP/2.0 100 Trying\r\n");
  EXPECT_EQ(first.GetToken(HeaderId::kEvent)->token, "refer");
  EXPECT_EQ(first.GetToken(HeaderId::kSubscriptionState)->token, "active");
  EXPECT_TRUE(first.GetToken(HeaderId::kSubscriptionState)->parameters.Has("expires"));
  EXPECT_EQ(first.GetToken(HeaderId::kContentType)->token, "message/sipfrag");
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();

  scene.bob.Do(NotifyReferrer{.server = scene.referred, .status = 180, .reason = "Ringing"});
  EXPECT_EQ(scene.alice.LastRequest().body(), "SIP/2.0 180 Ringing\r\n");
  scene.alice.Answer(scene.alice.server, 200);
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("response 200 in dialog Stable", "terminated client"));
  scene.Forget();

  scene.bob.Do(NotifyReferrer{.server = scene.referred, .status = 200, .reason = "OK"});
  const Message& last = scene.alice.LastRequest();
  EXPECT_EQ(last.body(), "SIP/2.0 200 OK\r\n");
  EXPECT_EQ(last.GetToken(HeaderId::kSubscriptionState)->token, "terminated");
  EXPECT_EQ(last.GetToken(HeaderId::kSubscriptionState)->parameters.Get("reason"), "noresource");
  scene.alice.Answer(scene.alice.server, 200);
  EXPECT_EQ(scene.bob.Refused(NotifyReferrer{.server = scene.referred, .status = 200}),
            StatusCode::kNotFound);
  scene.Forget();
  scene.HangUp();
}

TEST(Refer, TwoOfWhichOneIsRefusedLeavesTheOther) {
  ReferScene scene;
  scene.Call();
  scene.Refer();
  const ServerHandle first = scene.referred;
  scene.bob.Answer(first, 202);
  scene.alice.Answer(scene.alice.server, 200);
  scene.Refer();
  scene.bob.Answer(scene.referred, 603);
  scene.Forget();
  EXPECT_EQ(scene.bob.Refused(NotifyReferrer{.server = first, .status = 99}),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(scene.bob.Refused(NotifyReferrer{.server = first, .status = 700}),
            StatusCode::kInvalidArgument);
  // The first still keeps the dialog on both sides.
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  EXPECT_EQ(scene.alice.live("dialog"), 1U);
  EXPECT_EQ(scene.bob.live("dialog"), 1U);
  scene.bob.Do(NotifyReferrer{.server = first, .status = 200});
  scene.alice.Answer(scene.alice.server, 200);
  EXPECT_EQ(scene.alice.live("dialog"), 0U);
  EXPECT_EQ(scene.bob.live("dialog"), 0U);
  scene.Forget();
}

// RFC 3515 section 2.4.4: a refused REFER makes no subscription, so nothing keeps the dialog.
TEST(Refer, RefusedKeepsNoDialogWhoseSessionHasEnded) {
  ReferScene scene;
  scene.Call();
  scene.Refer();
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  EXPECT_EQ(scene.alice.live("dialog"), 1U) << "it may still be accepted";
  scene.bob.Answer(scene.referred, 603);
  EXPECT_EQ(scene.alice.live("dialog"), 0U);
  scene.Forget();
}

TEST(Refer, RefusedMakesNoSubscription) {
  ReferScene scene;
  scene.Call();
  scene.Refer();
  scene.bob.Answer(scene.referred, 603);
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> REFER -> bob", "bob -> 603 REFER -> alice"));
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("response 603 in dialog Stable", "terminated client"));
  EXPECT_EQ(scene.bob.Refused(NotifyReferrer{.server = scene.referred, .status = 200}),
            StatusCode::kNotFound);
  scene.HangUp();
}

TEST(Refer, MayBeNotifiedOfBeforeItsOwnResponseComes) {
  ReferScene scene;
  scene.Call();
  scene.Refer();
  scene.holds = [](const Scene::Packet& packet) { return packet.what == "202 REFER"; };
  scene.bob.Answer(scene.referred, 202);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("request NOTIFY in dialog Stable"));
  scene.alice.Answer(scene.alice.server, 200);
  scene.Release();
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("terminated server", "response 202 in dialog Stable",
                                               "terminated client"));
  scene.Forget();
  scene.bob.Do(NotifyReferrer{.server = scene.referred, .status = 200});
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
  scene.HangUp();
}

// RFC 5057 section 3: the subscription keeps the dialog when the session has ended.
TEST(Refer, IsReportedInADialogWhoseSessionHasEnded) {
  ReferScene scene;
  scene.Call();
  scene.Refer();
  scene.bob.Answer(scene.referred, 202);
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();

  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("dialog Terminated Closed", "response 200 in dialog Closed",
                          "terminated client"));
  EXPECT_THAT(scene.bob.Heard(), ElementsAre("request BYE in dialog Stable",
                                             "dialog Terminated Closed", "terminated server"));
  scene.Forget();

  scene.bob.Do(NotifyReferrer{.server = scene.referred, .status = 200});
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("request NOTIFY in dialog Closed", "terminated dialog"));
  scene.alice.Answer(scene.alice.server, 200);
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> NOTIFY -> alice", "alice -> 200 NOTIFY -> bob"));
  scene.Forget();
}

TEST(Refer, TwoInOneDialogAreToldApartByTheirId) {
  ReferScene scene;
  scene.Call();
  scene.Refer();
  const ServerHandle first = scene.referred;
  scene.bob.Answer(first, 202);
  scene.alice.Answer(scene.alice.server, 200);
  const auto first_id =
      std::string(*scene.alice.LastRequest().GetToken(HeaderId::kEvent)->parameters.Get("id"));
  scene.Refer();
  const ServerHandle second = scene.referred;
  scene.bob.Answer(second, 202);
  scene.alice.Answer(scene.alice.server, 200);
  const auto second_id =
      std::string(*scene.alice.LastRequest().GetToken(HeaderId::kEvent)->parameters.Get("id"));
  EXPECT_NE(first_id, second_id);

  // The end of the second is not the end of the first.
  scene.bob.Do(NotifyReferrer{.server = second, .status = 486});
  EXPECT_EQ(scene.alice.LastRequest().GetToken(HeaderId::kEvent)->parameters.Get("id"), second_id);
  scene.alice.Answer(scene.alice.server, 200);
  scene.bob.Do(NotifyReferrer{.server = first, .status = 200});
  EXPECT_EQ(scene.alice.LastRequest().GetToken(HeaderId::kEvent)->parameters.Get("id"), first_id);
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
  scene.HangUp();
}

// RFC 6665 section 4.1.2.4, Timer N.
TEST(Refer, IsForgottenWhenNoNotifyComesIn32Seconds) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  scene.bob.Ack(invite, answer);
  scene.alice.InDialog(scene.alice.dialog, "REFER", "", {kReferTo});
  scene.bob.Answer(scene.bob.Take(), 202);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.Take(), 200);
  scene.Forget();
  scene.Wait(Seconds(31));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Wait(Seconds(1));
  EXPECT_THAT(scene.alice.Heard(), testing::Contains("terminated dialog"));
  scene.Forget();
}

// A REFER that was challenged has another number, which its NOTIFYs name.
TEST(Refer, ChallengedIsKnownByTheNumberItWasAcceptedWith) {
  OnePartyAndPeer scene;
  scene.alice.configuration.username = "alice";
  scene.alice.configuration.password = "secret";
  scene.alice.Do(ConfigureCore{scene.alice.core, scene.alice.configuration});
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  scene.bob.Ack(invite, answer);
  scene.alice.InDialog(scene.alice.dialog, "REFER", "", {kReferTo});
  scene.bob.Answer(scene.bob.Take(), 401,
                   {.headers = {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n\""}});
  const Message refer = scene.bob.Take();
  scene.bob.Answer(refer, 202);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.Take(), 200);
  EXPECT_EQ(scene.alice.live("dialog"), 1U);
  PeerRequest notify = scene.bob.WithinSent(invite, answer, "NOTIFY", 2);
  notify.headers = {StrCat("Event: refer;id=", refer.cseq().number),
                    "Subscription-State: terminated;reason=noresource"};
  scene.bob.Ask(notify);
  EXPECT_EQ(scene.alice.live("dialog"), 0U);
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
}

TEST(Refer, NotFollowedIsForgottenWhenItsTimeIsUp) {
  ReferScene scene;
  scene.Call();
  scene.Refer();
  scene.bob.Answer(scene.referred, 202);
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
  scene.Wait(Minutes(10));
  EXPECT_EQ(scene.bob.Refused(NotifyReferrer{.server = scene.referred, .status = 200}),
            StatusCode::kNotFound);
  scene.Forget();
  scene.HangUp();
}

TEST(Refer, WhoseReferToCannotBeReadIsAnswered400) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "REFER", .headers = {"Refer-To: <sip:carol"}});
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> REFER -> alice", "alice -> 400 REFER -> bob"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("log 1 sip.Parser: Refer-To cannot be read"));
}

TEST(Refer, WithoutOneReferToIsAnswered400) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "REFER"});
  scene.bob.Ask({.method = "REFER", .call_id = "two", .headers = {kReferTo, kReferTo}});
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> REFER -> alice", "alice -> 400 REFER -> bob",
                                          "bob -> REFER -> alice", "alice -> 400 REFER -> bob"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
}

// bob -> REFER -> alice, outside of any dialog: it makes one for its subscription.
TEST(Refer, OutsideOfADialogIsReportedInADialogOfItsOwn) {
  OnePartyAndPeer scene;
  const Message refer = scene.bob.Ask({.method = "REFER", .headers = {kReferTo}});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("request REFER Initial"));
  const ServerHandle server = scene.alice.server;
  scene.alice.Answer(server, 202);
  const Message accepted = scene.bob.Take();
  EXPECT_TRUE(accepted.Get(HeaderId::kContact).has_value());
  const Message trying = scene.bob.Take();
  EXPECT_EQ(trying.method(), "NOTIFY");
  EXPECT_EQ(trying.from_tag(), accepted.to_tag());
  EXPECT_EQ(trying.to_tag(), "peer");
  EXPECT_EQ(trying.request_uri(), "sip:bob@bob.invalid;transport=ws");
  scene.bob.Answer(trying, 200);
  scene.alice.Do(NotifyReferrer{.server = server, .status = 603, .reason = "Decline"});
  const Message last = scene.bob.Take();
  EXPECT_EQ(last.body(), "SIP/2.0 603 Decline\r\n");
  scene.bob.Answer(last, 200);
  scene.Forget();
}

// Over UDP the transaction of the REFER outlives its subscription.
TEST(Refer, FollowedSoonerThanItsTransactionEndsLeavesNothingBehind) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.transport = "UDP"});
  Peer& bob = scene.AddPeer("bob");
  bob.Ask({.method = "REFER", .headers = {kReferTo}});
  const ServerHandle server = alice.server;
  alice.Answer(server, 202);
  bob.Take();
  bob.Answer(bob.Take(), 200);
  alice.Do(NotifyReferrer{.server = server, .status = 200});
  bob.Answer(bob.Take(), 200);
  scene.Forget();
  scene.Wait(Seconds(31));
  EXPECT_EQ(alice.live("server"), 1U);
  scene.Wait(Seconds(1));
  EXPECT_EQ(alice.live("server"), 0U);
  scene.Forget();
}

// A NOTIFY that the referrer does not know ends the subscription (RFC 6665 section 4.2.2).
TEST(Refer, EndsWhenTheReferrerKnowsNothingOfIt) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "REFER", .headers = {kReferTo}});
  const ServerHandle server = scene.alice.server;
  scene.alice.Answer(server, 202);
  scene.bob.Take();
  scene.bob.Answer(scene.bob.Take(), 481);
  EXPECT_EQ(scene.alice.Refused(NotifyReferrer{.server = server, .status = 200}),
            StatusCode::kNotFound);
  scene.Forget();
}

TEST(Refer, IsNotLostWithTheConnectionOfItsNotify) {
  ReferScene scene;
  scene.Call();
  scene.Refer();
  scene.bob.Answer(scene.referred, 202);
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
  scene.holds = [](const Scene::Packet&) { return true; };
  scene.bob.Do(NotifyReferrer{.server = scene.referred, .status = 180});
  scene.bob.Do(SetConnected{.core = scene.bob.core, .connected = false});
  EXPECT_THAT(scene.bob.Heard(),
              ElementsAre("response 503 local in dialog Stable", "terminated client"));
  scene.bob.Do(SetConnected{.core = scene.bob.core, .connected = true});
  scene.Release();
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
  scene.bob.Do(NotifyReferrer{.server = scene.referred, .status = 200});
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
  scene.HangUp();
}

}  // namespace
}  // namespace sip
