#include "transactions/transaction_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "messages/parser.h"
#include "unit/transactions/machines.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Message Parse(std::string_view text) {
  auto parsed = ParseMessage(text);
  EXPECT_TRUE(std::holds_alternative<Message>(parsed)) << text;
  return std::get<Message>(std::move(parsed));
}

std::string Sent(const TransactionOutcomes& outcomes, size_t which = 0) {
  return std::get<Transmit>(outcomes.at(which)).text;
}

// What a request that comes in can be made of.
struct Incoming {
  std::string method = "INVITE";
  std::string uri = "sip:bob@biloxi.example.com";
  std::string via = "SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds";
  std::string from = "Alice <sip:alice@atlanta.example.com>;tag=1928301774";
  std::string to = "Bob <sip:bob@biloxi.example.com>";
  std::string call_id = "a84b4c76e66710@pc33.atlanta.example.com";
  std::string cseq = "314159";

  operator Message() const {  // NOLINT(google-explicit-constructor)
    return Parse(StrCat(method, " ", uri, " SIP/2.0\r\nVia: ", via, "\r\nFrom: ", from,
                        "\r\nTo: ", to, "\r\nCall-ID: ", call_id, "\r\nCSeq: ", cseq, " ", method,
                        "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"));
  }
};

class TransactionTableTest : public testing::Test {
 protected:
  TransactionTableTest() { flow_.sent_by = "alice.invalid"; }

  void UseUdp() { flow_.transport = "UDP"; }
  void Wait(int64_t milliseconds) { context_.now += absl::Milliseconds(milliseconds); }

  RequestParts Request(std::string_view method) const {
    RequestParts request;
    request.method = method;
    request.request_uri = "sip:bob@biloxi.example.com";
    request.from = "<sip:alice@atlanta.example.com>;tag=mine";
    request.to = "<sip:bob@biloxi.example.com>";
    request.call_id = "call-1";
    request.cseq = 7;
    request.routes = {"<sip:proxy.example.com;lr>"};
    return request;
  }

  TransactionTable::Started StartClient(std::string_view method) {
    return table_.StartClient(Request(method), flow_, context_);
  }

  // The answer that a server builds to this request.
  Message Answer(const std::string& request, int status) {
    ResponseParts response;
    response.status = status;
    response.to_tag = status == 100 ? "" : "theirs";
    return Parse(BuildResponse(Parse(request), response));
  }

  TransactionHandle StartServer(const Message& request) {
    return table_.StartServer(request, flow_, context_);
  }

  TransactionOutcomes Respond(TransactionHandle transaction, int status) {
    return table_.Respond(transaction, status, StrCat(status, " "), context_);
  }

  bool Matches(const Message& message) {
    return table_.Receive(message, context_).matched.has_value();
  }

  TransactionOutcomes AdvanceToDeadline() {
    context_.now = table_.deadline();
    return table_.Advance(context_);
  }

  // Nobody wants to be woken, and nothing is left to be found.
  void ExpectEmpty() {
    EXPECT_EQ(table_.size(), 0u);
    EXPECT_EQ(table_.deadline(), absl::InfiniteFuture());
  }

  Entropy entropy_{"seed"};
  HandleSource handles_;
  Context context_{Start(), entropy_, handles_};
  Flow flow_;
  TransactionTable table_;
};

// Clients.

TEST_F(TransactionTableTest, GivesEachRequestAViaWithABranchOfItsOwn) {
  const auto first = StartClient("OPTIONS");
  const auto second = StartClient("OPTIONS");
  const Message one = Parse(first.text), two = Parse(second.text);
  EXPECT_EQ(one.via().transport, "WSS");
  EXPECT_EQ(one.via().sent_by, "alice.invalid");
  EXPECT_TRUE(one.via().has_magic_cookie());
  EXPECT_NE(one.via().branch(), two.via().branch());
  EXPECT_NE(first.transaction, second.transaction);
  EXPECT_EQ(table_.SentText(first.transaction), first.text);
}

TEST_F(TransactionTableTest, BuildsARequestWithoutATransaction) {
  const std::string ack = table_.BuildWithVia(Request("ACK"), flow_, context_);
  EXPECT_TRUE(Parse(ack).via().has_magic_cookie());
  EXPECT_NE(ack, table_.BuildWithVia(Request("ACK"), flow_, context_));
  ExpectEmpty();
}

TEST_F(TransactionTableTest, MatchesAResponseByBranchAndMethod) {
  const auto first = StartClient("OPTIONS");
  const auto second = StartClient("OPTIONS");
  const auto received = table_.Receive(Answer(second.text, 200), context_);
  EXPECT_EQ(received.matched, second.transaction);
  EXPECT_EQ(std::get<PassUp>(received.outcomes.front()).transaction, second.transaction);

  std::string other_method(Answer(first.text, 200).text());
  other_method.replace(other_method.find("7 OPTIONS"), 9, "7 MESSAGE");
  EXPECT_FALSE(Matches(Parse(other_method)));
}

TEST_F(TransactionTableTest, FindsNobodyForAResponseNobodyWaitsFor) {
  const auto options = StartClient("OPTIONS");
  const Message response = Answer(options.text, 200);
  EXPECT_TRUE(Matches(response));
  AdvanceToDeadline();
  EXPECT_FALSE(Matches(response));
  ExpectEmpty();
}

// RFC 3261 section 17.1.1.3.
TEST_F(TransactionTableTest, AcknowledgesARefusalOnItsOwn) {
  const auto invite = StartClient("INVITE");
  const auto received = table_.Receive(Answer(invite.text, 486), context_);
  ASSERT_EQ(Text(received.outcomes),
            StrCat("send ACK, up#", static_cast<uint32_t>(invite.transaction)));
  const Message request = Parse(invite.text);
  const Message ack = Parse(Sent(received.outcomes));
  EXPECT_EQ(ack.method(), "ACK");
  EXPECT_EQ(ack.request_uri(), request.request_uri());
  EXPECT_EQ(ack.call_id(), request.call_id());
  EXPECT_EQ(ack.from_tag(), "mine");
  EXPECT_EQ(ack.to_tag(), "theirs");
  EXPECT_EQ(ack.cseq().number, 7u);
  EXPECT_EQ(ack.cseq().method, "ACK");
  EXPECT_EQ(ack.GetList(HeaderId::kVia), request.GetList(HeaderId::kVia));
  EXPECT_EQ(ack.GetList(HeaderId::kRoute), request.GetList(HeaderId::kRoute));
}

TEST_F(TransactionTableTest, SendsTheSameAckForEveryRepetitionOfTheRefusal) {
  UseUdp();
  const auto invite = StartClient("INVITE");
  const Message refusal = Answer(invite.text, 486);
  const std::string ack = Sent(table_.Receive(refusal, context_).outcomes);
  Wait(500);
  const auto again = table_.Receive(refusal, context_);
  EXPECT_EQ(again.matched, invite.transaction);
  EXPECT_EQ(Text(again.outcomes), "send ACK");
  EXPECT_EQ(Sent(again.outcomes), ack);
}

TEST_F(TransactionTableTest, PassesUpEvery2xxUntilTimerM) {
  const auto invite = StartClient("INVITE");
  const Message success = Answer(invite.text, 200);
  for (const int wait : {0, 500, 20'000}) {
    Wait(wait);
    EXPECT_THAT(Text(table_.Receive(success, context_).outcomes), StartsWith("up"));
  }
  context_.now = Start() + k64T1;
  EXPECT_THAT(Text(table_.Advance(context_)), StartsWith("ended"));
  EXPECT_FALSE(Matches(success));
  ExpectEmpty();
}

// CANCEL, RFC 3261 section 9.1.

TEST_F(TransactionTableTest, CancelsOnTheBranchOfTheInvite) {
  const auto invite = StartClient("INVITE");
  table_.Receive(Answer(invite.text, 180), context_);
  const auto cancel =
      table_.StartCancel(invite.transaction, {"Reason: SIP;cause=200"}, flow_, context_);
  ASSERT_TRUE(cancel);
  const Message sent = Parse(cancel->text), request = Parse(invite.text);
  EXPECT_EQ(sent.method(), "CANCEL");
  EXPECT_EQ(sent.GetList(HeaderId::kVia), request.GetList(HeaderId::kVia));
  EXPECT_EQ(sent.cseq().number, request.cseq().number);
  EXPECT_EQ(sent.to_tag(), "");
  EXPECT_EQ(sent.Get(HeaderId::kReason), "SIP;cause=200");

  EXPECT_EQ(table_.Receive(Answer(cancel->text, 200), context_).matched, cancel->transaction);
  EXPECT_EQ(table_.Receive(Answer(invite.text, 487), context_).matched, invite.transaction);
}

TEST_F(TransactionTableTest, CancelsOnlyOnce) {
  const auto invite = StartClient("INVITE");
  EXPECT_TRUE(table_.StartCancel(invite.transaction, {}, flow_, context_));
  EXPECT_FALSE(table_.StartCancel(invite.transaction, {}, flow_, context_));
}

TEST_F(TransactionTableTest, CancelsNothingThatIsOverOrNoInvite) {
  const auto options = StartClient("OPTIONS");
  EXPECT_FALSE(table_.StartCancel(options.transaction, {}, flow_, context_));
  const auto accepted = StartClient("INVITE");
  table_.Receive(Answer(accepted.text, 200), context_);
  EXPECT_FALSE(table_.StartCancel(accepted.transaction, {}, flow_, context_));
  const auto refused = StartClient("INVITE");
  table_.Receive(Answer(refused.text, 486), context_);
  EXPECT_FALSE(table_.StartCancel(refused.transaction, {}, flow_, context_));
  EXPECT_FALSE(table_.StartCancel(StartServer(Incoming{}), {}, flow_, context_));
  EXPECT_FALSE(table_.StartCancel(TransactionHandle{999}, {}, flow_, context_));
}

TEST_F(TransactionTableTest, GivesUpACancelledInviteThatGetsNoFinalResponse) {
  const auto invite = StartClient("INVITE");
  table_.Receive(Answer(invite.text, 180), context_);
  Wait(60'000);
  const auto cancel = table_.StartCancel(invite.transaction, {}, flow_, context_);
  table_.Receive(Answer(cancel->text, 200), context_);
  AdvanceToDeadline();  // timer K of the CANCEL
  EXPECT_EQ(table_.deadline(), Start() + absl::Seconds(92));
  const TransactionOutcomes outcomes = AdvanceToDeadline();
  EXPECT_THAT(Text(outcomes), StartsWith("timed out"));
  EXPECT_EQ(std::get<TimedOut>(outcomes.front()).request, invite.text);
  ExpectEmpty();
}

// Servers.

TEST_F(TransactionTableTest, KnowsARepetitionOfARequest) {
  const Message invite = Incoming{};
  EXPECT_FALSE(Matches(invite));
  const TransactionHandle server = StartServer(invite);
  Respond(server, 180);
  const auto again = table_.Receive(invite, context_);
  EXPECT_EQ(again.matched, server);
  EXPECT_EQ(Text(again.outcomes), "send 180");
}

// RFC 3261 section 17.2.3, rules 1 to 3.
TEST_F(TransactionTableTest, MatchesARequestByBranchSentByAndMethod) {
  const TransactionHandle server = StartServer(Incoming{});
  EXPECT_FALSE(
      Matches(Incoming{.via = "SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bKother"}));
  EXPECT_FALSE(Matches(Incoming{.via = "SIP/2.0/UDP else.example.com;branch=z9hG4bK776asdhds"}));
  EXPECT_FALSE(Matches(
      Incoming{.via = "SIP/2.0/UDP pc33.atlanta.example.com:5070;branch=z9hG4bK776asdhds"}));
  EXPECT_FALSE(Matches(Incoming{.method = "OPTIONS"}));
  EXPECT_FALSE(Matches(Incoming{.method = "CANCEL"}));
  EXPECT_EQ(table_
                .Receive(Incoming{.uri = "sip:else@example.com",
                                  .via = "SIP/2.0/TCP PC33.Atlanta.example.com;branch="
                                         "z9hG4bK776asdhds;received=192.0.2.1"},
                         context_)
                .matched,
            server);
}

TEST_F(TransactionTableTest, AbsorbsTheAckOfARefusal) {
  const TransactionHandle server = StartServer(Incoming{});
  Respond(server, 486);
  const auto received = table_.Receive(Incoming{.method = "ACK"}, context_);
  EXPECT_EQ(received.matched, server);
  EXPECT_EQ(Text(received.outcomes), "");
  EXPECT_THAT(Text(AdvanceToDeadline()), StartsWith("ended"));
  ExpectEmpty();
}

TEST_F(TransactionTableTest, PassesUpAnAckThatComesOnTheBranchOfAnAcceptedInvite) {
  const TransactionHandle server = StartServer(Incoming{});
  Respond(server, 200);
  const auto received = table_.Receive(Incoming{.method = "ACK"}, context_);
  EXPECT_EQ(received.matched, server);
  EXPECT_THAT(Text(received.outcomes), StartsWith("up"));
}

TEST_F(TransactionTableTest, KnowsNoAckToA2xxByItsOwnBranch) {
  Respond(StartServer(Incoming{}), 200);
  EXPECT_FALSE(Matches(
      Incoming{.method = "ACK", .via = "SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bKack"}));
}

// RFC 3261 section 17.2.1: "the insertion of tags in the To header field of the response [...] is
// downgraded from MAY to SHOULD NOT".
TEST_F(TransactionTableTest, SendsTryingToAnInviteAfter200Ms) {
  StartServer(Incoming{});
  EXPECT_EQ(table_.deadline(), Start() + absl::Milliseconds(200));
  const Message trying = Parse(Sent(AdvanceToDeadline()));
  EXPECT_EQ(trying.status(), 100);
  EXPECT_EQ(trying.to_tag(), "");
  EXPECT_EQ(trying.via().branch(), "z9hG4bK776asdhds");
}

TEST_F(TransactionTableTest, SendsTryingToAnyOtherRequestAfter3500Ms) {
  StartServer(Incoming{.method = "MESSAGE"});
  EXPECT_EQ(table_.deadline(), Start() + absl::Milliseconds(3500));
  EXPECT_EQ(Parse(Sent(AdvanceToDeadline())).status(), 100);
}

TEST_F(TransactionTableTest, SendsNothingAfterAFinalResponseButMore2xx) {
  const TransactionHandle invite = StartServer(Incoming{});
  EXPECT_EQ(Text(Respond(invite, 200)), "send 200");
  EXPECT_EQ(Text(Respond(invite, 200)), "send 200");
  EXPECT_EQ(Text(Respond(invite, 486)), "");
  const TransactionHandle message = StartServer(Incoming{.method = "MESSAGE", .cseq = "2"});
  EXPECT_EQ(Text(Respond(message, 200)), "send 200");
  EXPECT_EQ(Text(Respond(message, 200)), "");
  EXPECT_EQ(Text(Respond(TransactionHandle{999}, 200)), "");
  EXPECT_EQ(Text(Respond(StartClient("OPTIONS").transaction, 200)), "");
}

TEST_F(TransactionTableTest, IsSilentWhereRfc4320Forbids408) {
  const TransactionHandle message = StartServer(Incoming{.method = "MESSAGE"});
  EXPECT_THAT(Text(Respond(message, 408)), StartsWith("ended"));
  ExpectEmpty();
}

// RFC 3261 section 9.2.
TEST_F(TransactionTableTest, FindsTheInviteThatACancelMeans) {
  const TransactionHandle invite = StartServer(Incoming{});
  const Message cancel = Incoming{.method = "CANCEL"};
  EXPECT_EQ(table_.FindCancelled(cancel), invite);
  EXPECT_EQ(
      table_.FindCancelled(Incoming{
          .method = "CANCEL", .via = "SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bKother"}),
      std::nullopt);

  // It has a transaction of its own, which takes its repetitions.
  const TransactionHandle server = StartServer(cancel);
  EXPECT_NE(server, invite);
  EXPECT_EQ(table_.Receive(cancel, context_).matched, server);
  EXPECT_EQ(table_.FindCancelled(cancel), invite);
}

TEST_F(TransactionTableTest, FindsNoInviteForACancelOnceItIsOver) {
  const TransactionHandle invite = StartServer(Incoming{});
  Respond(invite, 486);
  EXPECT_EQ(table_.FindCancelled(Incoming{.method = "CANCEL"}), invite);
  table_.Receive(Incoming{.method = "ACK"}, context_);
  AdvanceToDeadline();
  EXPECT_EQ(table_.FindCancelled(Incoming{.method = "CANCEL"}), std::nullopt);
}

// RFC 3261 section 17.2.3, for clients of RFC 2543.
TEST_F(TransactionTableTest, MatchesARequestWithoutMagicCookieByWhatRfc2543Had) {
  for (const char* via : {"SIP/2.0/UDP old.example.com", "SIP/2.0/UDP old.example.com;branch=1"}) {
    const Incoming invite{.via = via, .call_id = via};
    const TransactionHandle server = StartServer(invite);
    EXPECT_EQ(table_.Receive(invite, context_).matched, server);

    Incoming other = invite;
    other.uri = "sip:carol@example.com";
    EXPECT_FALSE(Matches(other));
    other = invite;
    other.from = "<sip:alice@atlanta.example.com>;tag=else";
    EXPECT_FALSE(Matches(other));
    other = invite;
    other.call_id = "else";
    EXPECT_FALSE(Matches(other));
    other = invite;
    other.cseq = "314160";
    EXPECT_FALSE(Matches(other));
    other = invite;
    other.via = "SIP/2.0/UDP else.example.com";
    EXPECT_FALSE(Matches(other));
    other = invite;
    other.via = "SIP/2.0/UDP old.example.com;branch=2";
    EXPECT_FALSE(Matches(other));

    Incoming cancel = invite;
    cancel.method = "CANCEL";
    EXPECT_FALSE(Matches(cancel));
    EXPECT_EQ(table_.FindCancelled(cancel), server);

    Respond(server, 486);
    Incoming ack = invite;
    ack.method = "ACK";
    ack.to = "Bob <sip:bob@biloxi.example.com>;tag=ours";
    EXPECT_EQ(table_.Receive(ack, context_).matched, server);
  }
}

// RFC 3261 section 8.2.2.2.
TEST_F(TransactionTableTest, KnowsARequestThatCameOverAnotherPath) {
  const Incoming invite;
  const Incoming other_path{.via = "SIP/2.0/UDP proxy.example.com;branch=z9hG4bKfork"};
  EXPECT_FALSE(table_.IsMerged(invite));
  StartServer(invite);
  EXPECT_FALSE(table_.IsMerged(invite));
  EXPECT_TRUE(table_.IsMerged(other_path));

  Incoming different = other_path;
  different.cseq = "314160";
  EXPECT_FALSE(table_.IsMerged(different));
  different = other_path;
  different.call_id = "else";
  EXPECT_FALSE(table_.IsMerged(different));
  different = other_path;
  different.from = "<sip:alice@atlanta.example.com>;tag=else";
  EXPECT_FALSE(table_.IsMerged(different));
  different = other_path;
  different.method = "OPTIONS";
  EXPECT_FALSE(table_.IsMerged(different));
  different = other_path;
  different.to = "Bob <sip:bob@biloxi.example.com>;tag=in-a-dialog";
  EXPECT_FALSE(table_.IsMerged(different));
}

TEST_F(TransactionTableTest, MergesNeitherAckNorCancel) {
  StartServer(Incoming{});
  StartServer(Incoming{.method = "CANCEL"});
  const std::string via = "SIP/2.0/UDP proxy.example.com;branch=z9hG4bKfork";
  EXPECT_FALSE(table_.IsMerged(Incoming{.method = "CANCEL", .via = via}));
  EXPECT_FALSE(table_.IsMerged(Incoming{.method = "ACK", .via = via}));
}

TEST_F(TransactionTableTest, ForgetsAMergedRequestWithTheLastOfItsTransactions) {
  const std::string path = "SIP/2.0/UDP proxy.example.com;branch=z9hG4bK";
  const TransactionHandle first = StartServer(Incoming{.method = "MESSAGE", .via = path + "1"});
  const TransactionHandle second = StartServer(Incoming{.method = "MESSAGE", .via = path + "2"});
  const Incoming third{.method = "MESSAGE", .via = path + "3"};
  Respond(first, 200);
  AdvanceToDeadline();
  EXPECT_TRUE(table_.IsMerged(third));
  Respond(second, 482);
  AdvanceToDeadline();
  EXPECT_FALSE(table_.IsMerged(third));
  ExpectEmpty();
}

// All together.

// RFC 3261 section 17.1.4.
TEST_F(TransactionTableTest, FailsEveryClientThatWaitsWhenTheConnectionIsLost) {
  const auto register_ = StartClient("REGISTER");
  const auto invite = StartClient("INVITE");
  const auto ringing = StartClient("INVITE");
  table_.Receive(Answer(ringing.text, 180), context_);
  const auto accepted = StartClient("INVITE");
  table_.Receive(Answer(accepted.text, 200), context_);
  const auto answered = StartClient("OPTIONS");
  table_.Receive(Answer(answered.text, 200), context_);
  const TransactionHandle server = StartServer(Incoming{});

  const TransactionOutcomes outcomes = table_.ConnectionLost(context_);
  EXPECT_EQ(Text(outcomes), "failed#1, ended#1, failed#2, ended#2, failed#3, ended#3");
  EXPECT_EQ(std::get<TransportFailed>(outcomes.front()).request, register_.text);
  EXPECT_EQ(table_.SentText(invite.transaction), "");
  EXPECT_EQ(table_.size(), 3u);

  EXPECT_EQ(Text(table_.ConnectionLost(context_)), "");
  EXPECT_EQ(Text(Respond(server, 180)), "send 180");
  EXPECT_THAT(Text(table_.Receive(Answer(accepted.text, 200), context_).outcomes),
              StartsWith("up"));
}

TEST_F(TransactionTableTest, FailsOneClientWhoseRequestCouldNotBeSent) {
  const auto lost = StartClient("MESSAGE");
  const auto other = StartClient("MESSAGE");
  const TransactionOutcomes outcomes = table_.Fail(lost.transaction, context_);
  EXPECT_EQ(Text(outcomes), "failed#1, ended#1");
  EXPECT_EQ(std::get<TransportFailed>(outcomes.front()).request, lost.text);
  EXPECT_EQ(Text(table_.Fail(lost.transaction, context_)), "");
  EXPECT_FALSE(Matches(Answer(lost.text, 200)));
  EXPECT_TRUE(Matches(Answer(other.text, 200)));
}

TEST_F(TransactionTableTest, FailsNoClientThatHasItsAnswerAndNoServer) {
  const auto answered = StartClient("MESSAGE");
  table_.Receive(Answer(answered.text, 200), context_);
  EXPECT_EQ(Text(table_.Fail(answered.transaction, context_)), "");
  EXPECT_EQ(Text(table_.Fail(StartServer(Incoming{}), context_)), "");
  EXPECT_EQ(Text(table_.Fail(TransactionHandle{999}, context_)), "");
  EXPECT_EQ(table_.size(), 2u);
}

TEST_F(TransactionTableTest, ForgetsWhatIsDestroyedAtOnce) {
  const auto client = StartClient("INVITE");
  const Incoming invite;
  const TransactionHandle server = StartServer(invite);
  table_.Destroy(client.transaction);
  table_.Destroy(server);
  table_.Destroy(server);
  ExpectEmpty();
  EXPECT_FALSE(Matches(Answer(client.text, 200)));
  EXPECT_FALSE(Matches(invite));
  EXPECT_EQ(table_.SentText(client.transaction), "");
  EXPECT_FALSE(
      table_.IsMerged(Incoming{.via = "SIP/2.0/UDP proxy.example.com;branch=z9hG4bKfork"}));
}

TEST_F(TransactionTableTest, SendsEachRequestOnceAfterASleep) {
  UseUdp();
  StartClient("INVITE");
  StartClient("REGISTER");
  Respond(StartServer(Incoming{}), 486);
  Wait(20'000);
  EXPECT_EQ(Text(table_.Advance(context_)), "send INVITE, send REGISTER, send 486");
  EXPECT_EQ(Text(table_.Advance(context_)), "");
  EXPECT_EQ(table_.deadline(), context_.now + absl::Seconds(1));
}

TEST_F(TransactionTableTest, SendsNoRequestAgainAfterASleepOfAnHour) {
  UseUdp();
  StartClient("INVITE");
  StartClient("REGISTER");
  Respond(StartServer(Incoming{}), 486);
  StartServer(Incoming{.method = "MESSAGE", .cseq = "2"});
  Wait(3'600'000);
  const std::string text = Text(table_.Advance(context_));
  EXPECT_THAT(text, Not(HasSubstr("send INVITE")));
  EXPECT_THAT(text, Not(HasSubstr("send REGISTER")));
  EXPECT_THAT(text, Not(HasSubstr("send 486")));
  EXPECT_THAT(text, HasSubstr("timed out#1, ended#1"));
  EXPECT_THAT(text, HasSubstr("timed out#2, ended#2"));
  EXPECT_THAT(text, HasSubstr("timed out#3, ended#3"));
  EXPECT_EQ(Text(table_.Advance(context_)), "");
}

TEST_F(TransactionTableTest, ServesTransactionsInTheOrderOfTheirDeadlines) {
  UseUdp();
  const auto early = StartClient("INVITE");
  Wait(100);
  const auto late = StartClient("INVITE");
  Wait(3'600'000);
  const TransactionOutcomes outcomes = table_.Advance(context_);
  EXPECT_EQ(std::get<TimedOut>(outcomes.at(0)).transaction, early.transaction);
  EXPECT_EQ(std::get<TimedOut>(outcomes.at(2)).transaction, late.transaction);
}

TEST_F(TransactionTableTest, IsEmptyAfterHundredsOfEveryKindOnAnyTransport) {
  for (const char* transport : {"WSS", "UDP"}) {
    flow_.transport = transport;
    for (int i = 0; i < 240; ++i) {
      const int statuses[] = {0, 180, 200, 486};
      const int status = statuses[i % 4];
      for (const char* method : {"INVITE", "MESSAGE"}) {
        const auto client = StartClient(method);
        if (status != 0) table_.Receive(Answer(client.text, status), context_);
        if (status == 180 && std::string_view(method) == "INVITE") {
          table_.StartCancel(client.transaction, {}, flow_, context_);
        }
        Incoming incoming;
        incoming.method = method;
        incoming.call_id = StrCat(transport, i);
        incoming.via = StrCat("SIP/2.0/TCP a.example.com;branch=z9hG4bK", i);
        const TransactionHandle server = StartServer(incoming);
        Respond(server, i % 3 == 0 ? 200 : 500);
      }
      Wait(10);
      table_.Advance(context_);
    }
    Wait(100'000);
    while (table_.deadline() <= context_.now) table_.Advance(context_);
    ExpectEmpty();
  }
}

}  // namespace
}  // namespace sip
