#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/str_cat.h"
#include "tests/support/keep.h"
#include "tests/support/scene.h"

// RFC 3261 section 8.2: what a user agent server looks at before its user is asked.
namespace sip {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Inspection, AnswersOptionsWithWhatItCan) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "OPTIONS"});
  const Message answer = scene.bob.Take();
  EXPECT_EQ(answer.status(), 200);
  EXPECT_TRUE(answer.ListHas(HeaderId::kAllow, "INVITE"));
  EXPECT_TRUE(answer.ListHas(HeaderId::kAccept, "application/sdp"));
  EXPECT_TRUE(answer.ListHas(HeaderId::kSupported, "outbound"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Forget();
}

TEST(Inspection, Answers405ToAMethodThatIsNotAllowed) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "PUBLISH"});
  const Message answer = scene.bob.Take();
  EXPECT_EQ(answer.status(), 405);
  EXPECT_TRUE(answer.ListHas(HeaderId::kAllow, "INVITE"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Forget();
}

TEST(Inspection, Answers501ToAMethodThatItDoesNotKnow) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "invite"});  // RFC 3261 section 7.1: case matters
  const Message answer = scene.bob.Take();
  EXPECT_EQ(answer.status(), 501);
  EXPECT_TRUE(answer.ListHas(HeaderId::kAllow, "INVITE"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Forget();
}

TEST(Inspection, Answers416ToASchemeThatIsNotSip) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "MESSAGE", .uri = "tel:+15551234"});
  EXPECT_THAT(scene.Ladder(),
              ElementsAre("bob -> MESSAGE -> alice", "alice -> 416 MESSAGE -> bob"));
}

TEST(Inspection, Answers420ToARequiredOptionThatIsNotSupported) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "MESSAGE", .headers = {"Require: outbound, teleport, magic"}});
  const Message answer = scene.bob.Take();
  EXPECT_EQ(answer.status(), 420);
  EXPECT_EQ(answer.Get("Unsupported").value_or(""), "teleport, magic");
  scene.Forget();
}

TEST(Inspection, Answers415ToAnInviteWhoseBodyIsNotUnderstood) {
  OnePartyAndPeer scene;
  const Message invite =
      scene.bob.Ask({.method = "INVITE", .body = "<audio/>", .content_type = "application/x-foo"});
  const Message answer = scene.bob.Take();
  EXPECT_EQ(answer.status(), 415);
  EXPECT_EQ(answer.Get("Accept").value_or(""), "application/sdp");
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.bob.Ack(invite, answer);
  scene.Forget();
}

TEST(Inspection, Answers415ToAnInviteWhoseBodyIsEncoded) {
  OnePartyAndPeer scene;
  const Message invite =
      scene.bob.Ask({.method = "INVITE", .headers = {"Content-Encoding: gzip"}, .body = kOffer});
  const Message answer = scene.bob.Take();
  EXPECT_EQ(answer.status(), 415);
  EXPECT_EQ(answer.Get("Accept-Encoding").value_or(""), "identity");
  scene.bob.Ack(invite, answer);
  scene.Forget();
}

TEST(Inspection, Answers406ToAnInviteThatAcceptsNothingOfOurs) {
  for (const std::string accept : {"Accept: text/plain, x/y;q=1", "Accept:"}) {
    OnePartyAndPeer scene;
    const Message invite = scene.bob.Ask({.method = "INVITE", .headers = {accept}, .body = kOffer});
    const Message answer = scene.bob.Take();
    EXPECT_EQ(answer.status(), 406) << accept;
    EXPECT_EQ(answer.Get("Warning").value_or(""),
              "399 sipwasm \"No answer in a format of Accept\"");
    scene.bob.Ack(invite, answer);
    scene.Forget();
  }
}

// What is not understood may be optional, and what is read with an effort costs no call.
TEST(Inspection, PassesOnAnInviteWhoseBodyNeedNotBeUnderstood) {
  const PeerRequest requests[] = {
      {.headers = {"Content-Disposition: x;handling=optional"}, .content_type = "text/plain"},
      {.content_type = "Application/SDP;charset=utf-8"},
      {.content_type = "application/sdp;"},
      {.headers = {"Content-Encoding: identity"}},
      {.headers = {"Accept: text/plain, APPLICATION/SDP;level=1"}},
      {.headers = {"Accept: text/plain", "Accept: application/*;q=0.5"}},
      {.headers = {"Accept: */*"}}};
  for (PeerRequest request : requests) {
    OnePartyAndPeer scene;
    request.method = "INVITE";
    request.body = kOffer;
    const Message invite = scene.bob.Ask(request);
    EXPECT_THAT(scene.alice.Heard(), testing::Contains(testing::StartsWith("request INVITE")))
        << invite.text();
    scene.alice.Answer(scene.alice.server, 486);
    scene.bob.Ack(invite, scene.bob.Take());
    scene.Forget();
  }
}

TEST(Inspection, PassesEveryBodyOnToAUserWhoTakesAnyType) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.accept = "application/sdp, */*"});
  Peer& bob = scene.AddPeer("bob");
  const Message invite = bob.Ask({.method = "INVITE",
                                  .headers = {"Accept: text/plain"},
                                  .body = "<audio/>",
                                  .content_type = "application/x-foo"});
  EXPECT_THAT(alice.Heard(), ElementsAre("request INVITE Initial"));
  alice.Answer(alice.server, 486);
  bob.Ack(invite, bob.Take());
  scene.Forget();
}

// In a session, too: it goes on as it was.
TEST(Inspection, Answers415ToAReInviteWhoseBodyIsNotUnderstood) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  scene.bob.Ack(invite, answer);
  scene.Forget();
  PeerRequest again = scene.bob.WithinSent(invite, answer, "INVITE", 2);
  again.body = "<audio/>";
  again.content_type = "application/x-foo";
  const Message second = scene.bob.Ask(again);
  const Message refusal = scene.bob.Take();
  EXPECT_EQ(refusal.status(), 415);
  scene.bob.Ack(second, refusal);
  scene.Forget();
  scene.bob.Ask(scene.bob.WithinSent(invite, answer, "BYE", 3));
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> BYE -> alice"));
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
}

TEST(Inspection, Answers513ToAMessageThatIsLargerThanConfigured) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.max_message_size = 1000});
  Peer& bob = scene.AddPeer("bob");
  bob.Ask({.method = "MESSAGE", .body = std::string(1000, 'x')});
  EXPECT_EQ(bob.Take().status(), 513);
  EXPECT_THAT(alice.Heard(), ElementsAre("discarded: The message is too large"));
  bob.Ask({.method = "MESSAGE", .call_id = "short", .body = std::string(100, 'x')});
  EXPECT_THAT(alice.Heard(), ElementsAre("request MESSAGE HaveRemoteOffer"));
  alice.Answer(alice.server, 200);
  scene.Forget();
}

// The same request over another path (8.2.2.2): another branch, the same everything else.
TEST(Inspection, Answers482ToARequestThatCameOverAnotherPath) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "INVITE", .branch = "z9hG4bKone", .body = kOffer});
  scene.Forget();
  const Message second =
      scene.bob.Ask({.method = "INVITE", .branch = "z9hG4bKtwo", .body = kOffer});
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> INVITE -> alice", "alice -> 482 INVITE -> bob"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.bob.Ack(second, scene.bob.Take());
  scene.alice.Answer(scene.alice.server, 486);
  scene.Forget();
}

TEST(Inspection, Answers481ToARequestOfNoDialog) {
  OnePartyAndPeer scene;
  for (const std::string method : {"BYE", "INFO", "NOTIFY", "INVITE", "REFER"}) {
    scene.bob.Ask({.method = method, .to = "<sip:alice@alice.invalid>;tag=unknown"});
    EXPECT_THAT(scene.Ladder(), ElementsAre(StrCat("bob -> ", method, " -> alice"),
                                            StrCat("alice -> 481 ", method, " -> bob")));
  }
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
}

TEST(Inspection, Answers501ToAMethodWithinADialogThatItDoesNotKnow) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  scene.bob.Ack(invite, answer);
  scene.Forget();
  scene.bob.Ask(scene.bob.WithinSent(invite, answer, "FOO", 2));
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> FOO -> alice", "alice -> 501 FOO -> bob"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  PeerRequest info = scene.bob.WithinSent(invite, answer, "INFO", 3);
  info.headers = {"Require: magic"};
  scene.bob.Ask(info);
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> INFO -> alice", "alice -> 420 INFO -> bob"));
  // Section 12.2.2: processed as if it had come outside of the dialog.
  scene.bob.Ask(scene.bob.WithinSent(invite, answer, "OPTIONS", 4));
  EXPECT_THAT(scene.Ladder(),
              ElementsAre("bob -> OPTIONS -> alice", "alice -> 200 OPTIONS -> bob"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.bob.Ask(scene.bob.WithinSent(invite, answer, "BYE", 5));
  scene.alice.Answer(scene.alice.server, 200);
  scene.Forget();
}

TEST(Inspection, Answers500ToARequestOutOfOrder) {
  OnePartyAndPeer scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .cseq = 10, .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  scene.bob.Ack(invite, answer);
  scene.Forget();
  scene.bob.Ask(scene.bob.WithinSent(invite, answer, "INFO", 9));
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> INFO -> alice", "alice -> 500 INFO -> bob"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  // A gap is in order.
  scene.bob.Ask(scene.bob.WithinSent(invite, answer, "BYE", 100));
  scene.alice.Answer(scene.alice.server, 200);
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> BYE -> alice", "alice -> 200 BYE -> bob"));
  scene.Forget();
}

TEST(Inspection, Answers400ToAMalformedRequestAndSaysWhy) {
  OnePartyAndPeer scene;
  scene.alice.Receive(
      "MESSAGE sip:alice@alice.invalid SIP/2.0\r\n"
      "Via: SIP/2.0/WS bob.invalid;branch=z9hG4bKx\r\n"
      "Max-Forwards: 70\r\n"
      "To: <sip:alice@alice.invalid>\r\n"
      "From: <sip:bob@bob.invalid>;tag=peer\r\n"
      "Call-ID: broken\r\n"
      "CSeq: 1 MESSAGE\r\n"
      "Content-Length: 100\r\n\r\n"
      "too short");
  EXPECT_EQ(scene.bob.Take().status(), 400);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre(HasSubstr("discarded: ")));
  scene.Forget();
}

TEST(Inspection, DiscardsWhatIsNoMessageAndSaysWhy) {
  OnePartyAndPeer scene;
  for (const char* text :
       {"hello", "SIP/2.0 200 OK\r\n\r\n", "INVITE\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"}) {
    scene.alice.Receive(text);
    EXPECT_THAT(scene.alice.Heard(), ElementsAre(HasSubstr("discarded: "))) << text;
  }
  EXPECT_THAT(scene.Ladder(), IsEmpty());
}

TEST(Inspection, PassesOverKeepAlives) {
  OnePartyAndPeer scene;
  for (const char* text : {"", "\r\n", "\r\n\r\n"}) scene.alice.Receive(text);
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  EXPECT_THAT(scene.Ladder(), IsEmpty());
}

TEST(Inspection, DiscardsResponsesThatNobodyWaitsFor) {
  OnePartyAndPeer scene;
  scene.alice.Request("MESSAGE", "sip:bob@bob.invalid", "hello");
  const Message message = scene.bob.Take();
  std::string stranger = scene.bob.received.back();
  scene.bob.Answer(message, 200);
  scene.Forget();
  scene.bob.Answer(message, 200);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("discarded: Nobody waits for this 200."));
  // RFC 3261 section 18.1.2: of another's Via.
  stranger.replace(stranger.find("alice.invalid"), 13, "other.invalid");
  scene.bob.Answer(Read(stranger), 200);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre(HasSubstr("discarded: ")));
  scene.Forget();
}

TEST(Inspection, IsSilentAboutAnAckOfNothing) {
  OnePartyAndPeer scene;
  scene.bob.Ask({.method = "ACK"});
  scene.bob.Ask({.method = "ACK", .to = "<sip:alice@alice.invalid>;tag=unknown"});
  EXPECT_THAT(scene.Ladder(), ElementsAre("bob -> ACK -> alice", "bob -> ACK -> alice"));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
}

// alice, whose first request has the largest number that is taken, goes on from it in the dialog.
TEST(Inspection, RefusesASequenceNumberThatLeavesTheDialogNone) {
  OnePartyAndPeer scene;
  SendRequest order = scene.alice.MakeRequest("INVITE", "sip:bob@bob.invalid", kOffer);
  for (const uint32_t cseq : {1u << 30, 0x7FFFFFFFu, 0x80000000u}) {
    order.cseq = cseq;
    EXPECT_EQ(scene.alice.Refused(order), StatusCode::kInvalidArgument) << cseq;
  }
  order.cseq = (1u << 30) - 1;
  scene.alice.Do(order);
  const Message invite = scene.bob.Take();
  EXPECT_EQ(invite.cseq().number, order.cseq);
  scene.alice.Do(DisposeRequest{.request = static_cast<uint32_t>(scene.alice.client)});
  scene.Forget();
}

// A header value with a line break would be a header of somebody else's making.
TEST(Inspection, RefusesToSendValuesWithLineBreaks) {
  TwoParties scene;
  Party& alice = scene.alice;
  const std::string evil = "x\r\nX-Evil: 1";
  std::vector<SendRequest> orders(8, alice.MakeRequest("MESSAGE", scene.bob.address(), "hello"));
  orders[0].headers = Lines({StrCat("Subject: ", evil)});
  orders[1].content_type = evil;
  orders[2].call_id = evil;
  orders[3].from = Keep(StrCat("\"", evil, "\" <sip:alice@alice.invalid>;tag=a"));
  orders[4].request_uri = Keep(StrCat("sip:bob@bob.invalid", evil));
  orders[5].routes = Lines({StrCat("Route: <sip:proxy.invalid;lr>", evil)});
  orders[6].method = "MESSAGE sip:x";
  orders[7].headers = Lines({"no header line"});
  for (const SendRequest& order : orders) {
    EXPECT_EQ(alice.Refused(order), StatusCode::kInvalidArgument);
    EXPECT_EQ(alice.Refused(FormatRequest{order}), StatusCode::kInvalidArgument);
  }
  scene.Call();
  const DialogHandle call = alice.dialog;
  const std::string header = StrCat("Subject: ", evil);
  EXPECT_EQ(alice.Refused(
                SendInDialog{.dialog = alice.dialog, .method = "INFO", .headers = Lines({header})}),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(alice.Refused(SendInDialog{
                .dialog = alice.dialog, .method = "INFO", .body = "x", .content_type = evil}),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(alice.Refused(SendInDialog{.dialog = alice.dialog,
                                       .method = "INFO",
                                       .body = "x",
                                       .content_type = "text/plain",
                                       .content_disposition = evil}),
            StatusCode::kInvalidArgument);
  scene.bob.Invite(alice.address());
  EXPECT_EQ(alice.Refused(Respond{.server = alice.server, .status = 486, .reason = evil}),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(
      alice.Refused(Respond{.server = alice.server, .status = 486, .headers = Lines({header})}),
      StatusCode::kInvalidArgument);
  EXPECT_EQ(alice.Refused(
                Respond{.server = alice.server, .status = 200, .body = "x", .content_type = evil}),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(scene.bob.Refused(Cancel{.client = scene.bob.client, .headers = Lines({header})}),
            StatusCode::kInvalidArgument);
  alice.Answer(alice.server, 486);
  alice.InDialog(call, "BYE");
  scene.bob.Answer(scene.bob.server, 200);
  scene.Forget();
  CreateRegistration registration = {.core = alice.core,
                                     .registrar = "sip:registrar.invalid",
                                     .from = "<sip:alice@alice.invalid>;tag=a",
                                     .to = "<sip:alice@alice.invalid>",
                                     .call_id = "r",
                                     .contact = "<sip:alice@alice.invalid>"};
  for (std::string_view CreateRegistration::*field :
       {&CreateRegistration::registrar, &CreateRegistration::from, &CreateRegistration::to,
        &CreateRegistration::call_id, &CreateRegistration::contact}) {
    CreateRegistration order = registration;
    order.*field = Keep(StrCat(order.*field, evil));
    EXPECT_EQ(alice.Refused(order), StatusCode::kInvalidArgument);
  }
  registration.headers = Lines({header});
  EXPECT_EQ(alice.Refused(registration), StatusCode::kInvalidArgument);
}

TEST(Inspection, RefusesAConfigurationWithLineBreaks) {
  OnePartyAndPeer scene;
  CoreConfiguration configuration = scene.alice.configuration;
  configuration.user_agent = "phone\r\nX-Evil: 1";
  EXPECT_EQ(scene.alice.Refused(CreateCore{configuration}), StatusCode::kInvalidArgument);
  EXPECT_EQ(
      scene.alice.Refused(ConfigureCore{.core = scene.alice.core, .configuration = configuration}),
      StatusCode::kInvalidArgument);
  configuration.user_agent = "phone";
  configuration.supported = "outbound, x\ny";
  EXPECT_EQ(scene.alice.Refused(CreateCore{configuration}), StatusCode::kInvalidArgument);
}

TEST(Inspection, RefusesRequestsThatCouldNotBeUnderstood) {
  OnePartyAndPeer scene;
  Party& alice = scene.alice;
  std::vector<SendRequest> orders(8, alice.MakeRequest("MESSAGE", "sip:bob@bob.invalid"));
  orders[0].method = "ACK";
  orders[1].method = "CANCEL";
  orders[2].method = "";
  orders[3].request_uri = "bob";
  orders[4].from = "<sip:alice@alice.invalid>";  // without a tag
  orders[5].to = "";
  orders[6].call_id = "";
  orders[7].cseq = 0x80000000U;
  for (const SendRequest& order : orders) {
    EXPECT_EQ(alice.Refused(order), StatusCode::kInvalidArgument);
  }
}

TEST(Inspection, FormatsARequestWithoutSendingIt) {
  OnePartyAndPeer scene;
  const Reply reply = scene.alice.Do(
      FormatRequest{scene.alice.MakeRequest("INVITE", "sip:bob@bob.invalid", kOffer)});
  const Message message = Read(reply.text);
  EXPECT_EQ(message.method(), "INVITE");
  EXPECT_EQ(message.body(), kOffer);
  EXPECT_TRUE(message.Get(HeaderId::kContact).has_value());
  EXPECT_THAT(scene.Ladder(), IsEmpty());
}

}  // namespace
}  // namespace sip
