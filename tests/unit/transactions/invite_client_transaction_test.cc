#include "transactions/invite_client_transaction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/transactions/machines.h"

namespace sip {
namespace {

using testing::ElementsAre;
using Machine = InviteClientTransaction;

constexpr bool kReliable = true;
constexpr bool kUnreliable = false;

std::string StateOf(const Machine& machine) {
  return NameOfState<Machine::Calling, Machine::Proceeding, Machine::Completed, Machine::Accepted,
                     Machine::Terminated>(
      machine, {"Calling", "Proceeding", "Completed", "Accepted", "Terminated"});
}

Machine Make(bool reliable) { return Machine("INVITE sip:bob", reliable, Start()); }

// A machine that has come into this state at once.
Machine In(std::string_view state, bool reliable = kUnreliable) {
  Machine machine = Make(reliable);
  if (state == "Proceeding") machine.ReceiveResponse(180, "", Start());
  if (state == "Completed") machine.ReceiveResponse(486, "ACK of the first", Start());
  if (state == "Accepted") machine.ReceiveResponse(200, "", Start());
  if (state == "Terminated") machine.TransportError();
  EXPECT_EQ(StateOf(machine), state);
  return machine;
}

// RFC 3261 section 17.1.1.2: "The value of 64*T1 is equal to the amount of time required to send
// seven requests": the one that started it and six more.
TEST(InviteClientTransaction, RetransmitsAtDoublingIntervalsAndGivesUpAfter64T1) {
  Machine machine = Make(kUnreliable);
  EXPECT_THAT(
      Schedule(machine),
      ElementsAre("500 send INVITE", "1500 send INVITE", "3500 send INVITE", "7500 send INVITE",
                  "15500 send INVITE", "31500 send INVITE", "32000 timed out, ended"));
  EXPECT_EQ(StateOf(machine), "Terminated");
}

TEST(InviteClientTransaction, OnlyGivesUpOnAReliableTransport) {
  Machine machine = Make(kReliable);
  EXPECT_THAT(Schedule(machine), ElementsAre("32000 timed out, ended"));
}

TEST(InviteClientTransaction, DoesNotGiveUpAMillisecondEarly) {
  Machine machine = Make(kReliable);
  EXPECT_EQ(Text(machine.Advance(At(31'999))), "");
  EXPECT_EQ(StateOf(machine), "Calling");
}

TEST(InviteClientTransaction, WaitsForeverOnceThereWasAProvisionalResponse) {
  for (const bool reliable : {kReliable, kUnreliable}) {
    Machine machine = In("Proceeding", reliable);
    EXPECT_EQ(machine.deadline(), InfiniteFuture());
    EXPECT_EQ(Text(machine.Advance(At(3'600'000))), "");
    EXPECT_EQ(StateOf(machine), "Proceeding");
  }
}

TEST(InviteClientTransaction, StaysCompletedFor32SecondsOnAnUnreliableTransport) {
  Machine machine = Make(kUnreliable);
  machine.ReceiveResponse(486, "ACK", At(100));
  EXPECT_THAT(Schedule(machine), ElementsAre("32100 ended"));
}

TEST(InviteClientTransaction, LeavesCompletedAtTheNextWakeUpOnAReliableTransport) {
  Machine machine = Make(kReliable);
  EXPECT_EQ(Text(machine.ReceiveResponse(486, "ACK", At(100))), "send ACK, up");
  EXPECT_EQ(StateOf(machine), "Completed");
  EXPECT_THAT(Schedule(machine), ElementsAre("100 ended"));
}

// RFC 6026 section 7.2: timer M, whatever the transport.
TEST(InviteClientTransaction, StaysAcceptedFor64T1) {
  for (const bool reliable : {kReliable, kUnreliable}) {
    Machine machine = Make(reliable);
    machine.ReceiveResponse(200, "", At(100));
    EXPECT_THAT(Schedule(machine), ElementsAre("32100 ended"));
  }
}

TEST(InviteClientTransaction, Repeated2xxDoNotLengthenAccepted) {
  Machine machine = In("Accepted");
  machine.ReceiveResponse(200, "", At(20'000));
  EXPECT_THAT(Schedule(machine), ElementsAre("32000 ended"));
}

TEST(InviteClientTransaction, SendsTheAckOfTheFirstRefusalAgainForEveryOther) {
  Machine machine = Make(kUnreliable);
  TransactionOutcome outcome = machine.ReceiveResponse(486, "ACK one", At(10));
  EXPECT_EQ(outcome.text, "ACK one");
  outcome = machine.ReceiveResponse(603, "ACK two", At(20));
  ASSERT_EQ(Text(outcome), "send ACK");
  EXPECT_EQ(outcome.text, "ACK one");
}

// Every cell of RFC 6026 figure 5.
TEST(InviteClientTransaction, FollowsTheStateTable) {
  struct Cell {
    const char* state;
    int status;
    const char* outcomes;
    const char* next;
  };
  constexpr Cell kCells[] = {
      {"Calling", 100, "up", "Proceeding"},
      {"Calling", 183, "up", "Proceeding"},
      {"Calling", 200, "up", "Accepted"},
      {"Calling", 299, "up", "Accepted"},
      {"Calling", 300, "send ACK, up", "Completed"},
      {"Calling", 699, "send ACK, up", "Completed"},
      {"Proceeding", 100, "up", "Proceeding"},
      {"Proceeding", 199, "up", "Proceeding"},
      {"Proceeding", 200, "up", "Accepted"},
      {"Proceeding", 300, "send ACK, up", "Completed"},
      {"Proceeding", 503, "send ACK, up", "Completed"},
      {"Completed", 180, "", "Completed"},
      {"Completed", 200, "", "Completed"},
      {"Completed", 300, "send ACK", "Completed"},
      {"Completed", 699, "send ACK", "Completed"},
      {"Accepted", 180, "", "Accepted"},
      {"Accepted", 200, "up", "Accepted"},
      {"Accepted", 202, "up", "Accepted"},
      {"Accepted", 486, "", "Accepted"},
      {"Terminated", 180, "", "Terminated"},
      {"Terminated", 200, "", "Terminated"},
      {"Terminated", 486, "", "Terminated"},
  };
  for (const Cell& cell : kCells) {
    for (const bool reliable : {kReliable, kUnreliable}) {
      SCOPED_TRACE(StrCat(cell.state, " + ", cell.status));
      Machine machine = In(cell.state, reliable);
      EXPECT_EQ(Text(machine.ReceiveResponse(cell.status, "ACK sip:bob", At(1))), cell.outcomes);
      EXPECT_EQ(StateOf(machine), cell.next);
    }
  }
}

TEST(InviteClientTransaction, FailsWithTheTransportUnlessAccepted) {
  for (const char* state : {"Calling", "Proceeding", "Completed"}) {
    Machine machine = In(state);
    EXPECT_EQ(Text(machine.TransportError()), "failed, ended") << state;
    EXPECT_EQ(StateOf(machine), "Terminated");
    EXPECT_EQ(machine.deadline(), InfiniteFuture());
  }
  for (const char* state : {"Accepted", "Terminated"}) {
    Machine machine = In(state);
    EXPECT_EQ(Text(machine.TransportError()), "") << state;
    EXPECT_EQ(StateOf(machine), state);
  }
}

TEST(InviteClientTransaction, HandsOverItsRequestWhenItFails) {
  Machine lost = Make(kReliable);
  EXPECT_EQ(lost.TransportError().text, "INVITE sip:bob");
  Machine late = Make(kReliable);
  EXPECT_EQ(late.Advance(At(32'000)).text, "INVITE sip:bob");
}

// RFC 3261 section 9.1.
TEST(InviteClientTransaction, GivesUp64T1AfterItWasCancelled) {
  Machine machine = In("Proceeding");
  machine.Cancelled(At(60'000));
  EXPECT_THAT(Schedule(machine), ElementsAre("92000 timed out, ended"));
}

TEST(InviteClientTransaction, CountsFromTheCancelEvenIfTheProvisionalResponseCameLater) {
  Machine machine = Make(kReliable);
  machine.Cancelled(At(1'000));
  machine.ReceiveResponse(100, "", At(2'000));
  EXPECT_THAT(Schedule(machine), ElementsAre("33000 timed out, ended"));
}

TEST(InviteClientTransaction, TakesTheFinalResponseAfterItWasCancelled) {
  Machine machine = In("Proceeding");
  machine.Cancelled(At(1'000));
  EXPECT_EQ(Text(machine.ReceiveResponse(487, "ACK", At(1'100))), "send ACK, up");
  machine.Cancelled(At(1'200));
  EXPECT_THAT(Schedule(machine), ElementsAre("33100 ended"));
}

TEST(InviteClientTransaction, SendsOnceAfterASleepAndThenWaitsTheNextInterval) {
  Machine machine = Make(kUnreliable);
  EXPECT_EQ(Text(machine.Advance(At(10'000))), "send INVITE");
  EXPECT_EQ(Text(machine.Advance(At(10'000))), "");
  EXPECT_THAT(Schedule(machine, At(13'000)), ElementsAre("11000 send INVITE", "13000 send INVITE"));
}

TEST(InviteClientTransaction, GivesUpWithoutSendingAfterASleepOfAnHour) {
  Machine machine = Make(kUnreliable);
  EXPECT_EQ(Text(machine.Advance(At(3'600'000))), "timed out, ended");
  EXPECT_EQ(Text(machine.Advance(At(3'600'000))), "");
}

}  // namespace
}  // namespace sip
