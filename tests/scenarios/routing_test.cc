#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"
#include "tests/support/keep.h"
#include "tests/support/scene.h"

// RFC 3261 section 12.2.1.1 and 16: what a dialog learns of the proxies between its ends.
namespace sip {
namespace {

using testing::ElementsAre;

std::vector<std::string> Routes(const Message& message) {
  std::vector<std::string> routes;
  for (const std::string_view route : message.GetList(HeaderId::kRoute)) routes.emplace_back(route);
  return routes;
}

TEST(Routing, OfTheCallerIsTheRecordRouteReversed) {
  OnePartyAndPeer scene;
  scene.alice.Invite("sip:bob@bob.invalid");
  const Message invite = scene.bob.Take();
  EXPECT_THAT(Routes(invite), ElementsAre());
  const std::vector<std::string> recorded = {
      "Record-Route: <sip:p2.invalid;lr>, <sip:p1.invalid;lr;x=1>"};
  scene.bob.Answer(invite, 200, {.headers = recorded, .body = kAnswer});
  scene.alice.Ack(scene.alice.client, scene.alice.dialog);
  const Message ack = scene.bob.Take();
  EXPECT_EQ(ack.request_uri(), "sip:bob@bob.invalid;transport=ws");
  EXPECT_THAT(Routes(ack), ElementsAre("<sip:p1.invalid;lr;x=1>", "<sip:p2.invalid;lr>"));
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  const Message bye = scene.bob.Take();
  EXPECT_THAT(Routes(bye), ElementsAre("<sip:p1.invalid;lr;x=1>", "<sip:p2.invalid;lr>"));
  scene.bob.Answer(bye, 200);
  scene.Forget();
}

TEST(Routing, OfTheCalleeIsTheRecordRouteInOrderAndItsResponsesCopyIt) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask(
      {.method = "INVITE",
       .headers = {"Record-Route: <sip:p2.invalid;lr>", "Record-Route: <sip:p1.invalid;lr>"},
       .body = kOffer});
  scene.alice.Answer(scene.alice.server, 180);
  EXPECT_EQ(scene.bob.Take().GetList(HeaderId::kRecordRoute).size(), 2U);
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  EXPECT_THAT(answer.GetList(HeaderId::kRecordRoute),
              ElementsAre("<sip:p2.invalid;lr>", "<sip:p1.invalid;lr>"));
  scene.bob.Ack(invite, answer);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  const Message bye = scene.bob.Take();
  EXPECT_THAT(Routes(bye), ElementsAre("<sip:p2.invalid;lr>", "<sip:p1.invalid;lr>"));
  EXPECT_EQ(bye.request_uri(), "sip:bob@bob.invalid;transport=ws");
  scene.bob.Answer(bye, 200);
  scene.Forget();
}

TEST(Routing, OverAStrictRouterPutsItIntoTheRequestUri) {
  OnePartyAndPeer scene;
  scene.alice.Invite("sip:bob@bob.invalid");
  scene.bob.Answer(
      scene.bob.Take(), 200,
      {.headers = {"Record-Route: <sip:p2.invalid;lr>, <sip:strict.invalid>"}, .body = kAnswer});
  scene.alice.Ack(scene.alice.client, scene.alice.dialog);
  const Message ack = scene.bob.Take();
  EXPECT_EQ(ack.request_uri(), "sip:strict.invalid");
  EXPECT_THAT(Routes(ack),
              ElementsAre("<sip:p2.invalid;lr>", "<sip:bob@bob.invalid;transport=ws>"));
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.Take(), 200);
  scene.Forget();
}

TEST(Routing, IsComputedAnewByThe200) {
  OnePartyAndPeer scene;
  scene.alice.Invite("sip:bob@bob.invalid");
  const Message invite = scene.bob.Take();
  scene.bob.Answer(invite, 180, {.headers = {"Record-Route: <sip:old.invalid;lr>"}});
  scene.bob.Answer(invite, 200,
                   {.headers = {"Record-Route: <sip:new.invalid;lr>"}, .body = kAnswer});
  scene.alice.Ack(scene.alice.client, scene.alice.dialog);
  EXPECT_THAT(Routes(scene.bob.Take()), ElementsAre("<sip:new.invalid;lr>"));
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.Take(), 200);
  scene.Forget();
}

TEST(Routing, OfARequestIsWhatItsOrderSays) {
  OnePartyAndPeer scene;
  SendRequest order = scene.alice.MakeRequest("INVITE", "sip:bob@bob.invalid", kOffer);
  order.routes = Lines({"Route: <sip:edge.invalid;lr>", "Route: <sip:home.invalid;lr>"});
  const auto client = static_cast<ClientHandle>(scene.alice.Do(order).handle);
  const Message invite = scene.bob.Take();
  EXPECT_THAT(Routes(invite), ElementsAre("<sip:edge.invalid;lr>", "<sip:home.invalid;lr>"));
  // RFC 3261 section 9.1: the CANCEL takes the same way; section 17.1.1.3: so does the ACK.
  scene.bob.Answer(invite, 180);
  scene.alice.Do(Cancel{.client = client});
  const Message cancel = scene.bob.Take();
  EXPECT_THAT(Routes(cancel), ElementsAre("<sip:edge.invalid;lr>", "<sip:home.invalid;lr>"));
  scene.bob.Answer(cancel, 200);
  scene.bob.Answer(invite, 487);
  EXPECT_THAT(Routes(scene.bob.Take()),
              ElementsAre("<sip:edge.invalid;lr>", "<sip:home.invalid;lr>"));
  scene.Forget();
}

// A proxy that stays in the way, with its Via and its Record-Route, between two user agents.
TEST(Routing, ThroughAProxyTheWholeCallFindsItsWay) {
  TwoParties scene;
  int branch = 0;
  scene.routes = [&](const std::string& from, const std::string& text) -> Scene::Routed {
    const std::string to = from == "alice" ? "bob" : "alice";
    std::string forwarded = text;
    const size_t via = forwarded.find("Via: ");
    if (text.starts_with("SIP/2.0")) {
      EXPECT_THAT(text, testing::HasSubstr("Via: SIP/2.0/WS proxy.invalid"));
      return {{to, forwarded.erase(via, forwarded.find("\r\n", via) + 2 - via)}};
    }
    if (text.find(";tag=", text.find("To: ")) > text.find("\r\n", text.find("To: "))) {
      forwarded.insert(via, "Record-Route: <sip:proxy.invalid;lr>\r\n");
    } else {
      EXPECT_THAT(text, testing::HasSubstr("Route: <sip:proxy.invalid;lr>\r\n"));
    }
    forwarded.insert(via,
                     StrCat("Via: SIP/2.0/WS proxy.invalid;branch=z9hG4bKp", ++branch, "\r\n"));
    return {{to, forwarded}};
  };
  const ClientHandle invite = scene.alice.Invite(scene.bob.address());
  scene.bob.Answer(scene.bob.server, 180);
  scene.bob.Answer(scene.bob.server, 200, kAnswer);
  scene.alice.Ack(invite, scene.alice.dialog);
  scene.bob.InDialog(scene.bob.dialog, "INVITE", kOffer);
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  scene.bob.Ack(scene.bob.client, scene.bob.dialog);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  EXPECT_THAT(scene.Ladder(),
              ElementsAre("alice -> INVITE -> bob", "bob -> 180 INVITE -> alice",
                          "bob -> 200 INVITE -> alice", "alice -> ACK -> bob",
                          "bob -> INVITE -> alice", "alice -> 200 INVITE -> bob",
                          "bob -> ACK -> alice", "alice -> BYE -> bob", "bob -> 200 BYE -> alice"));
  scene.Forget();
}

// The caller has said who she is not; nothing of the call may say who she is.
TEST(Contact, OfADialogIsThatOfTheInviteThatMadeIt) {
  OnePartyAndPeer scene;
  const std::string anonymous = "<sip:anonymous@anonymous.invalid;transport=ws>";
  scene.alice.Invite("sip:bob@bob.invalid", kOffer, {StrCat("Contact: ", anonymous)});
  const Message invite = scene.bob.Take();
  EXPECT_EQ(*invite.Get(HeaderId::kContact), anonymous);
  scene.bob.Answer(invite, 200, {.body = kAnswer});
  scene.alice.Ack(scene.alice.client, scene.alice.dialog);
  scene.bob.Take();
  const ClientHandle client = scene.alice.InDialog(scene.alice.dialog, "INVITE", kOffer);
  const Message again = scene.bob.Take();
  EXPECT_EQ(*again.Get(HeaderId::kContact), anonymous);
  scene.bob.Answer(again, 200, {.body = kAnswer});
  scene.alice.Ack(client, scene.alice.dialog);
  scene.bob.Take();
  PeerRequest refer = scene.bob.WithinReceived(invite, "REFER", 1);
  refer.headers = {"Refer-To: <sip:carol@carol.invalid>"};
  scene.bob.Ask(refer);
  scene.alice.Answer(scene.alice.server, 202);
  EXPECT_EQ(*scene.bob.Take().Get(HeaderId::kContact), anonymous);
  const Message notify = scene.bob.Take();
  EXPECT_EQ(*notify.Get(HeaderId::kContact), anonymous);
  scene.bob.Answer(notify, 481);
  scene.alice.InDialog(scene.alice.dialog, "BYE");
  scene.bob.Answer(scene.bob.Take(), 200);
  scene.Forget();
}

TEST(Contact, OfADialogIsThatOfTheResponseThatMadeIt) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  const std::string own = "<sip:other@alice.invalid>";
  scene.alice.Answer(scene.alice.server, 200, kAnswer, {StrCat("Contact: ", own)});
  const Message answer = scene.bob.Take();
  EXPECT_EQ(*answer.Get(HeaderId::kContact), own);
  scene.bob.Ack(invite, answer);
  PeerRequest again = scene.bob.WithinSent(invite, answer, "INVITE", 2);
  again.body = kOffer;
  scene.bob.Ask(again);
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message second = scene.bob.Take();
  EXPECT_EQ(*second.Get(HeaderId::kContact), own);
  scene.bob.Ask(scene.bob.WithinSent(invite, second, "ACK", 2));
  scene.bob.Ask(scene.bob.WithinSent(invite, second, "BYE", 3));
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
}

TEST(Routing, AsksForRportWhenItIsToldTo) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.force_rport = true});
  Peer& bob = scene.AddPeer("bob");
  alice.Request("MESSAGE", "sip:bob@bob.invalid", "hello");
  const Message message = bob.Take();
  EXPECT_TRUE(message.via().parameters.Has("rport"));
  bob.Answer(message, 200);
  scene.Forget();
}

}  // namespace
}  // namespace sip
