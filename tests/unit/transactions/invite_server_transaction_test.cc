#include "transactions/invite_server_transaction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/transactions/machines.h"

namespace sip {
namespace {

using testing::ElementsAre;
using Machine = InviteServerTransaction;

constexpr bool kReliable = true;
constexpr bool kUnreliable = false;

std::string StateOf(const Machine& machine) {
  return NameOfState<Machine::Proceeding, Machine::Completed, Machine::Confirmed, Machine::Accepted,
                     Machine::Terminated>(
      machine, {"Proceeding", "Completed", "Confirmed", "Accepted", "Terminated"});
}

Machine Make(bool reliable) { return Machine("100", reliable, Start()); }

Machine In(std::string_view state, bool reliable = kUnreliable) {
  Machine machine = Make(reliable);
  if (state == "Proceeding") machine.Respond(180, "180", Start());
  if (state == "Completed" || state == "Confirmed") machine.Respond(486, "486", Start());
  if (state == "Confirmed") machine.ReceiveAck(Start());
  if (state == "Accepted" || state == "Terminated") machine.Respond(200, "200", Start());
  if (state == "Terminated") machine.Advance(At(32'000));
  EXPECT_EQ(StateOf(machine), state);
  return machine;
}

// RFC 3261 section 17.2.1: 100 "unless it knows that the TU will generate a provisional or final
// response within 200 ms".
TEST(InviteServerTransaction, SendsTryingOnceAfter200MsOfSilence) {
  for (const bool reliable : {kReliable, kUnreliable}) {
    Machine machine = Make(reliable);
    EXPECT_EQ(Text(machine.Advance(At(199))), "");
    EXPECT_THAT(Schedule(machine), ElementsAre("200 send 100"));
    EXPECT_EQ(StateOf(machine), "Proceeding");
  }
}

TEST(InviteServerTransaction, SendsNoTryingIfTheUserResponded) {
  for (const int status : {100, 180, 200, 486}) {
    Machine machine = Make(kReliable);
    EXPECT_EQ(Text(machine.Respond(status, "answer", At(199))), "send answer");
    for (const std::string& line : Schedule(machine))
      EXPECT_EQ(line.find("100"), std::string::npos);
  }
}

TEST(InviteServerTransaction, SendsNoTryingIfThereIsNone) {
  Machine machine("", kReliable, Start());
  EXPECT_EQ(machine.deadline(), InfiniteFuture());
  EXPECT_EQ(Text(machine.ReceiveRequest()), "");
}

TEST(InviteServerTransaction, AnswersAnEarlyRepetitionWithTryingAndDoesNotSendItAgain) {
  Machine machine = Make(kUnreliable);
  EXPECT_EQ(Text(machine.ReceiveRequest()), "send 100");
  EXPECT_EQ(machine.deadline(), InfiniteFuture());
  EXPECT_EQ(Text(machine.ReceiveRequest()), "send 100");
}

TEST(InviteServerTransaction, AnswersRepetitionsWithTheLatestProvisionalResponse) {
  Machine machine = Make(kUnreliable);
  machine.Advance(At(200));
  EXPECT_EQ(Text(machine.ReceiveRequest()), "send 100");
  machine.Respond(180, "180", At(300));
  EXPECT_EQ(Text(machine.ReceiveRequest()), "send 180");
  machine.Respond(183, "183", At(400));
  EXPECT_EQ(Text(machine.ReceiveRequest()), "send 183");
}

// Timers G and H.
TEST(InviteServerTransaction, RetransmitsARefusalUntil64T1AndReportsThatNoAckCame) {
  Machine machine = Make(kUnreliable);
  EXPECT_EQ(Text(machine.Respond(486, "486", Start())), "send 486");
  EXPECT_THAT(Schedule(machine),
              ElementsAre("500 send 486", "1500 send 486", "3500 send 486", "7500 send 486",
                          "11500 send 486", "15500 send 486", "19500 send 486", "23500 send 486",
                          "27500 send 486", "31500 send 486", "32000 timed out, ended"));
  EXPECT_EQ(StateOf(machine), "Terminated");
}

TEST(InviteServerTransaction, SendsARefusalOnceOnAReliableTransport) {
  Machine machine = In("Completed", kReliable);
  EXPECT_THAT(Schedule(machine), ElementsAre("32000 timed out, ended"));
}

// Timer I.
TEST(InviteServerTransaction, AbsorbsAcksForT4OnAnUnreliableTransport) {
  Machine machine = In("Completed", kUnreliable);
  EXPECT_EQ(Text(machine.ReceiveAck(At(600))), "");
  EXPECT_EQ(Text(machine.ReceiveAck(At(700))), "");
  EXPECT_THAT(Schedule(machine), ElementsAre("5600 ended"));
}

TEST(InviteServerTransaction, EndsAtTheNextWakeUpAfterTheAckOnAReliableTransport) {
  Machine machine = In("Completed", kReliable);
  machine.ReceiveAck(At(600));
  EXPECT_EQ(StateOf(machine), "Confirmed");
  EXPECT_THAT(Schedule(machine), ElementsAre("600 ended"));
}

// RFC 6026 section 7.1: timer L; "The server transaction MUST NOT generate 2xx retransmissions on
// its own."
TEST(InviteServerTransaction, StaysAcceptedFor64T1AndSendsNothingByItself) {
  for (const bool reliable : {kReliable, kUnreliable}) {
    Machine machine = Make(reliable);
    machine.Respond(200, "200", At(100));
    EXPECT_THAT(Schedule(machine), ElementsAre("32100 ended"));
  }
}

TEST(InviteServerTransaction, Repeated2xxOfTheUserDoNotLengthenAccepted) {
  Machine machine = In("Accepted");
  EXPECT_EQ(Text(machine.Respond(200, "200", At(20'000))), "send 200");
  EXPECT_THAT(Schedule(machine), ElementsAre("32000 ended"));
}

// Every cell of RFC 6026 figure 7: responses of the TU.
TEST(InviteServerTransaction, FollowsTheStateTableForResponses) {
  struct Cell {
    const char* state;
    int status;
    const char* outcomes;
    const char* next;
  };
  constexpr Cell kCells[] = {
      {"Proceeding", 100, "send answer", "Proceeding"},
      {"Proceeding", 199, "send answer", "Proceeding"},
      {"Proceeding", 200, "send answer", "Accepted"},
      {"Proceeding", 299, "send answer", "Accepted"},
      {"Proceeding", 300, "send answer", "Completed"},
      {"Proceeding", 699, "send answer", "Completed"},
      {"Completed", 180, "", "Completed"},
      {"Completed", 200, "", "Completed"},
      {"Completed", 486, "", "Completed"},
      {"Confirmed", 180, "", "Confirmed"},
      {"Confirmed", 200, "", "Confirmed"},
      {"Confirmed", 486, "", "Confirmed"},
      {"Accepted", 180, "", "Accepted"},
      {"Accepted", 200, "send answer", "Accepted"},
      {"Accepted", 486, "", "Accepted"},
      {"Terminated", 180, "", "Terminated"},
      {"Terminated", 200, "", "Terminated"},
      {"Terminated", 486, "", "Terminated"},
  };
  for (const Cell& cell : kCells) {
    for (const bool reliable : {kReliable, kUnreliable}) {
      SCOPED_TRACE(StrCat(cell.state, " + ", cell.status));
      Machine machine = In(cell.state, reliable);
      EXPECT_EQ(Text(machine.Respond(cell.status, "answer", At(1))), cell.outcomes);
      EXPECT_EQ(StateOf(machine), cell.next);
    }
  }
}

// Every cell of RFC 6026 figure 7: requests of the network, and errors of the transport.
TEST(InviteServerTransaction, FollowsTheStateTableForRequestsAndErrors) {
  struct Cell {
    const char* state;
    const char* on_invite;
    const char* on_ack;
    const char* after_ack;
    const char* on_error;
  };
  constexpr Cell kCells[] = {
      {"Proceeding", "send 180", "", "Proceeding", "failed"},
      {"Completed", "send 486", "", "Confirmed", "failed"},
      {"Confirmed", "", "", "Confirmed", "failed"},
      {"Accepted", "", "up", "Accepted", "failed"},
      {"Terminated", "", "", "Terminated", ""},
  };
  for (const Cell& cell : kCells) {
    SCOPED_TRACE(cell.state);
    Machine machine = In(cell.state);
    EXPECT_EQ(Text(machine.ReceiveRequest()), cell.on_invite);
    EXPECT_EQ(StateOf(machine), cell.state);
    EXPECT_EQ(Text(machine.TransportError()), cell.on_error);
    EXPECT_EQ(StateOf(machine), cell.state);
    EXPECT_EQ(Text(machine.ReceiveAck(At(1))), cell.on_ack);
    EXPECT_EQ(StateOf(machine), cell.after_ack);
  }
}

TEST(InviteServerTransaction, SendsOnceAfterASleepAndThenWaitsTheNextInterval) {
  Machine machine = In("Completed");
  EXPECT_EQ(Text(machine.Advance(At(10'000))), "send 486");
  EXPECT_EQ(Text(machine.Advance(At(10'000))), "");
  EXPECT_THAT(Schedule(machine, At(11'000)), ElementsAre("11000 send 486"));
}

TEST(InviteServerTransaction, GivesUpWithoutSendingAfterASleepOfAnHour) {
  Machine machine = In("Completed");
  EXPECT_EQ(Text(machine.Advance(At(3'600'000))), "timed out, ended");
  EXPECT_EQ(machine.deadline(), InfiniteFuture());
}

}  // namespace
}  // namespace sip
