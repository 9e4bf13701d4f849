#include "transactions/transaction_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/transactions/transaction_table_fixture.h"

namespace sip {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST_F(TransactionTableTest, GivesEachRequestAViaWithABranchOfItsOwn) {
  const auto first = StartClient("OPTIONS");
  const auto second = StartClient("OPTIONS");
  const Message one = Parse(first.text), two = Parse(second.text);
  EXPECT_EQ(one.via().transport, "WSS");
  EXPECT_EQ(one.via().sent_by, "alice.invalid");
  EXPECT_TRUE(one.via().has_magic_cookie());
  EXPECT_NE(one.via().branch(), two.via().branch());
  EXPECT_NE(first.transaction, second.transaction);
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
  EXPECT_EQ(received.outcome.transaction, second.transaction);

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
  ASSERT_EQ(Text(received.outcome),
            StrCat("send ACK, up#", static_cast<uint32_t>(invite.transaction)));
  const Message request = Parse(invite.text);
  const Message ack = Parse(received.outcome.text);
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
  const std::string ack = table_.Receive(refusal, context_).outcome.text;
  Wait(500);
  const auto again = table_.Receive(refusal, context_);
  EXPECT_EQ(again.matched, invite.transaction);
  EXPECT_EQ(Text(again.outcome), "send ACK");
  EXPECT_EQ(again.outcome.text, ack);
}

TEST_F(TransactionTableTest, PassesUpEvery2xxUntilTimerM) {
  const auto invite = StartClient("INVITE");
  const Message success = Answer(invite.text, 200);
  for (const int wait : {0, 500, 20'000}) {
    Wait(wait);
    EXPECT_THAT(Text(table_.Receive(success, context_).outcome), StartsWith("up"));
  }
  context_.now = Start() + k64T1;
  EXPECT_THAT(Text(Advance()), StartsWith("ended"));
  EXPECT_FALSE(Matches(success));
  ExpectEmpty();
}

// CANCEL, RFC 3261 section 9.1.

TEST_F(TransactionTableTest, CancelsOnTheBranchOfTheInvite) {
  const auto invite = StartClient("INVITE");
  table_.Receive(Answer(invite.text, 180), context_);
  const auto cancel =
      table_.StartCancel(invite.transaction, "Reason: SIP;cause=200\r\n", flow_, context_);
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
  EXPECT_TRUE(table_.StartCancel(invite.transaction, "", flow_, context_));
  EXPECT_FALSE(table_.StartCancel(invite.transaction, "", flow_, context_));
}

TEST_F(TransactionTableTest, CancelsNothingThatIsOverOrNoInvite) {
  const auto options = StartClient("OPTIONS");
  EXPECT_FALSE(table_.StartCancel(options.transaction, "", flow_, context_));
  const auto accepted = StartClient("INVITE");
  table_.Receive(Answer(accepted.text, 200), context_);
  EXPECT_FALSE(table_.StartCancel(accepted.transaction, "", flow_, context_));
  const auto refused = StartClient("INVITE");
  table_.Receive(Answer(refused.text, 486), context_);
  EXPECT_FALSE(table_.StartCancel(refused.transaction, "", flow_, context_));
  EXPECT_FALSE(table_.StartCancel(StartServer(Incoming{}), "", flow_, context_));
  EXPECT_FALSE(table_.StartCancel(TransactionHandle{999}, "", flow_, context_));
}

TEST_F(TransactionTableTest, GivesUpACancelledInviteThatGetsNoFinalResponse) {
  const auto invite = StartClient("INVITE");
  table_.Receive(Answer(invite.text, 180), context_);
  Wait(60'000);
  const auto cancel = table_.StartCancel(invite.transaction, "", flow_, context_);
  table_.Receive(Answer(cancel->text, 200), context_);
  AdvanceToDeadline();  // timer K of the CANCEL
  EXPECT_EQ(table_.deadline(), Start() + Seconds(92));
  const TransactionOutcomes outcomes = AdvanceToDeadline();
  EXPECT_THAT(Text(outcomes), StartsWith("timed out"));
  EXPECT_EQ(outcomes.front().text, invite.text);
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

  const TransactionOutcomes outcomes = FailAll();
  EXPECT_EQ(Text(outcomes), "failed#1, ended#1, failed#2, ended#2, failed#3, ended#3");
  EXPECT_EQ(outcomes.front().text, register_.text);
  EXPECT_EQ(table_.size(), 3u);

  EXPECT_EQ(Text(FailAll()), "");
  EXPECT_EQ(Text(Respond(server, 180)), "send 180");
  EXPECT_THAT(Text(table_.Receive(Answer(accepted.text, 200), context_).outcome), StartsWith("up"));
}

TEST_F(TransactionTableTest, FailsOneClientWhoseRequestCouldNotBeSent) {
  const auto lost = StartClient("MESSAGE");
  const auto other = StartClient("MESSAGE");
  const TransactionOutcome outcome = table_.Fail(lost.transaction);
  EXPECT_EQ(Text(outcome), "failed#1, ended#1");
  EXPECT_EQ(outcome.text, lost.text);
  EXPECT_EQ(Text(table_.Fail(lost.transaction)), "");
  EXPECT_FALSE(Matches(Answer(lost.text, 200)));
  EXPECT_TRUE(Matches(Answer(other.text, 200)));
}

TEST_F(TransactionTableTest, FailsNoClientThatHasItsAnswerAndNoServer) {
  const auto answered = StartClient("MESSAGE");
  table_.Receive(Answer(answered.text, 200), context_);
  EXPECT_EQ(Text(table_.Fail(answered.transaction)), "");
  EXPECT_EQ(Text(table_.Fail(StartServer(Incoming{}))), "");
  EXPECT_EQ(Text(table_.Fail(TransactionHandle{999})), "");
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
  EXPECT_FALSE(
      table_.IsMerged(Incoming{.via = "SIP/2.0/UDP proxy.example.com;branch=z9hG4bKfork"}));
}

TEST_F(TransactionTableTest, SendsEachRequestOnceAfterASleep) {
  UseUdp();
  StartClient("INVITE");
  StartClient("REGISTER");
  Respond(StartServer(Incoming{}), 486);
  Wait(20'000);
  EXPECT_EQ(Text(Advance()), "send INVITE, send REGISTER, send 486");
  EXPECT_EQ(Text(Advance()), "");
  EXPECT_EQ(table_.deadline(), context_.now + Seconds(1));
}

TEST_F(TransactionTableTest, SendsNoRequestAgainAfterASleepOfAnHour) {
  UseUdp();
  StartClient("INVITE");
  StartClient("REGISTER");
  Respond(StartServer(Incoming{}), 486);
  StartServer(Incoming{.method = "MESSAGE", .cseq = "2"});
  Wait(3'600'000);
  const std::string text = Text(Advance());
  EXPECT_THAT(text, Not(HasSubstr("send INVITE")));
  EXPECT_THAT(text, Not(HasSubstr("send REGISTER")));
  EXPECT_THAT(text, Not(HasSubstr("send 486")));
  EXPECT_THAT(text, HasSubstr("timed out#1, ended#1"));
  EXPECT_THAT(text, HasSubstr("timed out#2, ended#2"));
  EXPECT_THAT(text, HasSubstr("timed out#3, ended#3"));
  EXPECT_EQ(Text(Advance()), "");
}

TEST_F(TransactionTableTest, ServesTransactionsInTheOrderOfTheirDeadlines) {
  UseUdp();
  const auto early = StartClient("INVITE");
  Wait(100);
  const auto late = StartClient("INVITE");
  Wait(3'600'000);
  const TransactionOutcomes outcomes = Advance();
  EXPECT_EQ(outcomes.at(0).transaction, early.transaction);
  EXPECT_EQ(outcomes.at(1).transaction, late.transaction);
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
          table_.StartCancel(client.transaction, "", flow_, context_);
        }
        Incoming incoming;
        incoming.method = method;
        incoming.call_id = StrCat(transport, i);
        incoming.via = StrCat("SIP/2.0/TCP a.example.com;branch=z9hG4bK", i);
        const TransactionHandle server = StartServer(incoming);
        Respond(server, i % 3 == 0 ? 200 : 500);
      }
      Wait(10);
      Advance();
    }
    Wait(100'000);
    while (table_.deadline() <= context_.now) Advance();
    ExpectEmpty();
  }
}

}  // namespace
}  // namespace sip
