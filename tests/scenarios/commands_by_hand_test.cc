#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"
#include "messages/parser.h"
#include "tests/support/keep.h"
#include "tests/support/scene.h"

// Commands for those who put messages, dialogs and transactions together by hand.
namespace sip {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr char kBob[] = "sip:bob@bob.invalid";
constexpr char kRequest[] =
    "MESSAGE sip:alice@alice.invalid SIP/2.0\r\n"
    "Via: SIP/2.0/WS bob.invalid;branch=z9hG4bKx\r\n"
    "Max-Forwards: 70\r\n"
    "To: <sip:alice@alice.invalid>\r\n"
    "From: <sip:bob@bob.invalid>;tag=peer\r\n"
    "Call-ID: by-hand\r\n"
    "CSeq: 7 MESSAGE\r\n"
    "Contact: <sip:bob@device.invalid>\r\n"
    "Record-Route: <sip:proxy.invalid;lr>\r\n"
    "Content-Length: 0\r\n\r\n";

struct ByHand : OnePartyAndPeer {
  ServerHandle Serve(std::string_view text = kRequest) {
    return ServerHandle{alice.Do(ServeRequest{.core = alice.core, .body = text}).handle};
  }
};

TEST(ServeRequest, TakesARequestForGrantedWithoutAWord) {
  ByHand scene;
  const ServerHandle server = scene.Serve();
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.alice.Do(Respond{.server = server, .status = 202});
  EXPECT_EQ(scene.bob.Take().status(), 202);
  EXPECT_EQ(scene.alice.Refused(Respond{.server = server, .status = 200}), StatusCode::kNotFound);
  scene.Forget();
}

// RFC 3261 section 17.2.2: what was answered before is answered by the transaction.
TEST(ServeRequest, RefusesWhatWasReceivedBefore) {
  ByHand scene;
  const ServerHandle server = scene.Serve();
  EXPECT_EQ(scene.alice.Refused(ServeRequest{.core = scene.alice.core, .body = kRequest}),
            StatusCode::kFailedPrecondition);
  scene.alice.Do(Respond{.server = server, .status = 200});
  scene.Forget();
}

TEST(ServeRequest, RefusesWhatCannotBeServed) {
  ByHand scene;
  std::string ack = kRequest;
  while (ack.find("MESSAGE") != std::string::npos) ack.replace(ack.find("MESSAGE"), 7, "ACK");
  for (const std::string& text :
       {std::string(), std::string("hello"), ack, std::string("SIP/2.0 200 OK\r\n\r\n")}) {
    EXPECT_EQ(scene.alice.Refused(ServeRequest{.core = scene.alice.core, .body = text}),
              StatusCode::kInvalidArgument)
        << text;
  }
}

TEST(Respond, WantsATagThatIsAToken) {
  ByHand scene;
  const ServerHandle server = scene.Serve();
  for (const std::string_view tag : {"l/", "a b", "a;b", "<>", "\xAD"}) {
    EXPECT_EQ(scene.alice.Refused(Respond{.server = server, .status = 488, .to_tag = tag}),
              StatusCode::kInvalidArgument)
        << tag;
  }
  scene.alice.Do(Respond{.server = server, .status = 488, .to_tag = "a-token"});
  EXPECT_EQ(scene.bob.Take().to().tag(), "a-token");
  scene.Forget();
}

TEST(FormatResponse, IsWhatRespondWouldSend) {
  ByHand scene;
  const Reply formatted = scene.alice.Do(FormatResponse{.core = scene.alice.core,
                                                        .request = kRequest,
                                                        .status = 488,
                                                        .to_tag = "mine",
                                                        .headers = Lines({"X-A: 1"}),
                                                        .body = "no",
                                                        .content_type = "text/plain"});
  EXPECT_THAT(scene.bob.received, IsEmpty());
  scene.alice.Do(Respond{.server = scene.Serve(),
                         .status = 488,
                         .to_tag = "mine",
                         .headers = Lines({"X-A: 1"}),
                         .body = "no",
                         .content_type = "text/plain"});
  EXPECT_EQ(scene.bob.received.back(), formatted.text);
  EXPECT_THAT(formatted.text, StartsWith("SIP/2.0 488 Not Acceptable Here\r\n"));
  scene.bob.Take();
  scene.Forget();
}

TEST(FormatResponse, NeedsARequest) {
  ByHand scene;
  EXPECT_EQ(scene.alice.Refused(FormatResponse{
                .core = scene.alice.core, .request = "SIP/2.0 200 OK\r\n\r\n", .status = 200}),
            StatusCode::kInvalidArgument);
}

// The credentials of RFC 2617 section 3.5, as they are without a "qop".
TEST(FormatCredentials, AnswersAChallengeThatNoRequestGot) {
  ByHand scene;
  FormatCredentials command = {.core = scene.alice.core,
                               .challenge =
                                   "Digest realm=\"testrealm@host.com\", opaque=\"5ccc\", "
                                   "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"",
                               .username = "Mufasa",
                               .password = "Circle Of Life",
                               .method = "GET",
                               .uri = "/dir/index.html"};
  const std::string answer = scene.alice.Do(command).text;
  EXPECT_THAT(answer, StartsWith("Digest "));
  EXPECT_THAT(answer, HasSubstr("response=\"670fd8c2df070c60b045671b8b24ff02\""));
  EXPECT_THAT(answer, HasSubstr("opaque=\"5ccc\""));
  // The digest of user name, realm and password in the place of the password.
  command.password = "";
  command.ha1 = "939e7578ed9e3c518a452acee763bce9";
  EXPECT_EQ(std::string(scene.alice.Do(command).text), answer);
  // RFC 7616 section 3.4: nc counts the requests with this nonce.
  command.challenge = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";
  command.nonce_count = 2;
  EXPECT_THAT(std::string(scene.alice.Do(command).text), HasSubstr("nc=00000003"));
}

TEST(FormatCredentials, IsNothingForWhatCannotBeAnswered) {
  ByHand scene;
  for (const char* challenge : {"", "Basic realm=\"r\"", "Digest realm=\"r\"",
                                "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-3"}) {
    EXPECT_EQ(scene.alice
                  .Do(FormatCredentials{.core = scene.alice.core,
                                        .challenge = challenge,
                                        .username = "a",
                                        .password = "b",
                                        .method = "GET",
                                        .uri = "x"})
                  .text,
              "")
        << challenge;
  }
}

// RFC 3261 section 12.1.1, without a response that makes the dialog.
TEST(DescribeDialog, TellsWhatARequestWouldMake) {
  ByHand scene;
  scene.alice.Do(DescribeDialog{.core = scene.alice.core, .from = "mine", .body = kRequest});
  const auto& told = scene.alice.Last<DialogChanged>();
  EXPECT_EQ(told.dialog, DialogHandle{});
  EXPECT_EQ(told.call_id, "by-hand");
  EXPECT_EQ(told.local_tag, "mine");
  EXPECT_EQ(told.remote_tag, "peer");
  EXPECT_EQ(told.remote_target, "sip:bob@device.invalid");
  EXPECT_THAT(told.routes, ElementsAre("<sip:proxy.invalid;lr>"));
  EXPECT_EQ(told.remote_sequence, 7U);
  EXPECT_EQ(scene.alice.live("dialog"), 0U);
  scene.Forget();
}

// RFC 3261 section 12.1.2.
TEST(DescribeDialog, TellsWhatAResponseWouldMake) {
  ByHand scene;
  DescribeDialog command = {.core = scene.alice.core,
                            .request_uri = kBob,
                            .from = "<sip:alice@alice.invalid>;tag=mine",
                            .call_id = "by-hand",
                            .cseq = 3};
  for (const auto& [status, state] : {std::pair("180 Ringing", SessionState::kEarly),
                                      std::pair("200 OK", SessionState::kConfirmed)}) {
    const std::string response =
        StrCat("SIP/2.0 ", status,
               "\r\nVia: SIP/2.0/WS alice.invalid;branch=z9hG4bKy\r\n"
               "To: <sip:bob@bob.invalid>;tag=peer\r\n"
               "From: <sip:alice@alice.invalid>;tag=mine\r\nCall-ID: by-hand\r\nCSeq: 3 INVITE\r\n"
               "Record-Route: <sip:one.invalid;lr>\r\nRecord-Route: <sip:two.invalid;lr>\r\n"
               "Contact: <sip:bob@device.invalid>\r\nContent-Length: 0\r\n\r\n");
    command.body = response;
    scene.alice.Do(command);
    const auto& told = scene.alice.Last<DialogChanged>();
    EXPECT_EQ(told.state, state);
    EXPECT_EQ(told.remote_tag, "peer");
    EXPECT_EQ(told.local_sequence, 3U);
    EXPECT_THAT(told.routes, ElementsAre("<sip:two.invalid;lr>", "<sip:one.invalid;lr>"));
  }
  command.body = "hello";
  EXPECT_EQ(scene.alice.Refused(command), StatusCode::kInvalidArgument);
  scene.Forget();
}

TEST(WatchRequest, HearsOfTheTransactionOfAClientFromThenOn) {
  ByHand scene;
  const ClientHandle client = scene.alice.Invite(kBob);
  const Message invite = scene.bob.Take();
  const Reply reply = scene.alice.Do(WatchRequest{.request = static_cast<uint32_t>(client)});
  EXPECT_EQ(static_cast<TransactionState>(reply.handle), TransactionState::kCalling);
  scene.bob.Answer(invite, 100);
  EXPECT_EQ(scene.alice.Last<TransactionChanged>().state, TransactionState::kProceeding);
  EXPECT_EQ(scene.alice.Last<TransactionChanged>().transaction,
            TransactionHandle{static_cast<uint32_t>(client)});
  scene.bob.Answer(invite, 486);
  scene.Forget();
}

TEST(WatchRequest, HearsOfTheTransactionOfAServerAndOfNobodyElse) {
  ByHand scene;
  const ServerHandle server = scene.Serve();
  EXPECT_EQ(static_cast<TransactionState>(
                scene.alice.Do(WatchRequest{.request = static_cast<uint32_t>(server)}).handle),
            TransactionState::kTrying);
  scene.alice.Do(Respond{.server = server, .status = 100});
  EXPECT_EQ(scene.alice.Last<TransactionChanged>().state, TransactionState::kProceeding);
  scene.alice.Do(Respond{.server = server, .status = 200});
  scene.bob.Take();
  scene.bob.Take();
  scene.Forget();
  scene.alice.Request("MESSAGE", kBob);
  scene.bob.Answer(scene.bob.Take(), 100);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 100 Closed"));
  scene.Wait(Seconds(32));
  scene.Forget();
}

// RFC 3261 section 9.1 would have it wait for a provisional response: who tells of it knows better.
TEST(Cancel, ThatIsToldIsSentAtOnceAndHasAClientOfItsOwn) {
  ByHand scene;
  const ClientHandle client = scene.alice.Invite(kBob);
  const Message invite = scene.bob.Take();
  const Reply reply =
      scene.alice.Do(Cancel{.client = client, .told = true, .headers = Lines({"Reason: SIP"})});
  const Message cancel = scene.bob.Take();
  EXPECT_EQ(cancel.method(), "CANCEL");
  EXPECT_EQ(cancel.via().branch(), invite.via().branch());
  EXPECT_EQ(cancel.cseq().number, invite.cseq().number);
  EXPECT_EQ(scene.bob.received.back(), reply.text);
  EXPECT_NE(ClientHandle{reply.handle}, client);
  scene.bob.Answer(cancel, 200);
  EXPECT_EQ(scene.alice.Last<ResponseReceived>().client, ClientHandle{reply.handle});
  scene.bob.Answer(invite, 487);
  EXPECT_EQ(scene.alice.Last<ResponseReceived>().client, client);
  scene.Forget();
}

// RFC 3261 section 8.1.1.6: 70 unless the user knows better, and in one field.
TEST(SendRequest, HasTheMaxForwardsOfItsUser) {
  ByHand scene;
  SendRequest request = scene.alice.MakeRequest("MESSAGE", kBob);
  scene.alice.Do(request);
  EXPECT_EQ(scene.bob.Take().Get(HeaderId::kMaxForwards), "70");
  request.headers = Lines({"X-A: 1", "Max-Forwards: 3"});
  const Reply formatted = scene.alice.Do(FormatRequest{.request = request});
  EXPECT_THAT(std::string(formatted.text), testing::Not(HasSubstr("Max-Forwards: 70")));
  scene.alice.Do(request);
  EXPECT_EQ(scene.bob.Take().Get(HeaderId::kMaxForwards), "3");
  EXPECT_THAT(scene.bob.received.back(), testing::Not(HasSubstr("Max-Forwards: 70")));
  scene.Wait(Seconds(32));
  scene.Forget();
}

}  // namespace
}  // namespace sip
