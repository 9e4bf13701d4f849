#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/transactions/transaction_table_fixture.h"

namespace sip {
namespace {

using testing::StartsWith;

TEST_F(TransactionTableTest, KnowsARepetitionOfARequest) {
  const Message invite = Incoming{};
  EXPECT_FALSE(Matches(invite));
  const TransactionHandle server = StartServer(invite);
  Respond(server, 180);
  const auto again = table_.Receive(invite, context_);
  EXPECT_EQ(again.matched, server);
  EXPECT_EQ(Text(again.outcome), "send 180");
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
  EXPECT_EQ(Text(received.outcome), "");
  EXPECT_THAT(Text(AdvanceToDeadline()), StartsWith("ended"));
  ExpectEmpty();
}

TEST_F(TransactionTableTest, PassesUpAnAckThatComesOnTheBranchOfAnAcceptedInvite) {
  const TransactionHandle server = StartServer(Incoming{});
  Respond(server, 200);
  const auto received = table_.Receive(Incoming{.method = "ACK"}, context_);
  EXPECT_EQ(received.matched, server);
  EXPECT_THAT(Text(received.outcome), StartsWith("up"));
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
  EXPECT_EQ(table_.deadline(), Start() + Milliseconds(200));
  const Message trying = Parse(AdvanceToDeadline().front().text);
  EXPECT_EQ(trying.status(), 100);
  EXPECT_EQ(trying.to_tag(), "");
  EXPECT_EQ(trying.via().branch(), "z9hG4bK776asdhds");
}

TEST_F(TransactionTableTest, SendsTryingToAnyOtherRequestAfter3500Ms) {
  StartServer(Incoming{.method = "MESSAGE"});
  EXPECT_EQ(table_.deadline(), Start() + Milliseconds(3500));
  EXPECT_EQ(Parse(AdvanceToDeadline().front().text).status(), 100);
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

}  // namespace
}  // namespace sip
