#include "transactions/non_invite_client_transaction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/transactions/machines.h"

namespace sip {
namespace {

using testing::ElementsAre;
using Machine = NonInviteClientTransaction;

constexpr bool kReliable = true;
constexpr bool kUnreliable = false;

std::string StateOf(const Machine& machine) {
  return NameOfState<Machine::Trying, Machine::Proceeding, Machine::Completed, Machine::Terminated>(
      machine, {"Trying", "Proceeding", "Completed", "Terminated"});
}

Machine Make(bool reliable) { return Machine("REGISTER sip:home", reliable, Start()); }

Machine In(std::string_view state, bool reliable = kUnreliable) {
  Machine machine = Make(reliable);
  if (state == "Proceeding") machine.ReceiveResponse(100, Start());
  if (state == "Completed") machine.ReceiveResponse(200, Start());
  if (state == "Terminated") machine.TransportError();
  EXPECT_EQ(StateOf(machine), state);
  return machine;
}

// RFC 3261 section 17.1.2.2: "intervals of 500 ms, 1 s, 2 s, 4 s, 4 s, 4 s, etc."
TEST(NonInviteClientTransaction, RetransmitsAtIntervalsThatGrowToT2AndGivesUpAfter64T1) {
  Machine machine = Make(kUnreliable);
  EXPECT_THAT(Schedule(machine),
              ElementsAre("500 send REGISTER", "1500 send REGISTER", "3500 send REGISTER",
                          "7500 send REGISTER", "11500 send REGISTER", "15500 send REGISTER",
                          "19500 send REGISTER", "23500 send REGISTER", "27500 send REGISTER",
                          "31500 send REGISTER", "32000 timed out, ended"));
  EXPECT_EQ(StateOf(machine), "Terminated");
}

TEST(NonInviteClientTransaction, OnlyGivesUpOnAReliableTransport) {
  Machine machine = Make(kReliable);
  EXPECT_THAT(Schedule(machine), ElementsAre("32000 timed out, ended"));
}

// "If Timer E fires while in the "Proceeding" state, [...] Timer E MUST be reset with a value of T2
// seconds." The timer that runs when the response comes is not touched.
TEST(NonInviteClientTransaction, RetransmitsEveryT2InProceeding) {
  Machine machine = Make(kUnreliable);
  ASSERT_THAT(Schedule(machine, At(500)), ElementsAre("500 send REGISTER"));
  machine.ReceiveResponse(100, At(600));
  EXPECT_THAT(Schedule(machine),
              ElementsAre("1500 send REGISTER", "5500 send REGISTER", "9500 send REGISTER",
                          "13500 send REGISTER", "17500 send REGISTER", "21500 send REGISTER",
                          "25500 send REGISTER", "29500 send REGISTER", "32000 timed out, ended"));
}

TEST(NonInviteClientTransaction, GivesUpInProceedingOnAReliableTransportToo) {
  Machine machine = Make(kReliable);
  machine.ReceiveResponse(100, At(600));
  EXPECT_THAT(Schedule(machine), ElementsAre("32000 timed out, ended"));
}

TEST(NonInviteClientTransaction, StaysCompletedForT4OnAnUnreliableTransport) {
  Machine machine = Make(kUnreliable);
  machine.ReceiveResponse(200, At(100));
  EXPECT_THAT(Schedule(machine), ElementsAre("5100 ended"));
}

TEST(NonInviteClientTransaction, LeavesCompletedAtTheNextWakeUpOnAReliableTransport) {
  Machine machine = Make(kReliable);
  EXPECT_EQ(Text(machine.ReceiveResponse(200, At(100))), "up");
  EXPECT_EQ(StateOf(machine), "Completed");
  EXPECT_THAT(Schedule(machine), ElementsAre("100 ended"));
}

// Every cell of RFC 3261 figure 6.
TEST(NonInviteClientTransaction, FollowsTheStateTable) {
  struct Cell {
    const char* state;
    int status;
    const char* outcomes;
    const char* next;
  };
  constexpr Cell kCells[] = {
      {"Trying", 100, "up", "Proceeding"},     {"Trying", 199, "up", "Proceeding"},
      {"Trying", 200, "up", "Completed"},      {"Trying", 401, "up", "Completed"},
      {"Trying", 699, "up", "Completed"},      {"Proceeding", 100, "up", "Proceeding"},
      {"Proceeding", 183, "up", "Proceeding"}, {"Proceeding", 200, "up", "Completed"},
      {"Proceeding", 302, "up", "Completed"},  {"Proceeding", 699, "up", "Completed"},
      {"Completed", 100, "", "Completed"},     {"Completed", 200, "", "Completed"},
      {"Completed", 500, "", "Completed"},     {"Terminated", 100, "", "Terminated"},
      {"Terminated", 200, "", "Terminated"},   {"Terminated", 500, "", "Terminated"},
  };
  for (const Cell& cell : kCells) {
    for (const bool reliable : {kReliable, kUnreliable}) {
      SCOPED_TRACE(StrCat(cell.state, " + ", cell.status));
      Machine machine = In(cell.state, reliable);
      EXPECT_EQ(Text(machine.ReceiveResponse(cell.status, At(1))), cell.outcomes);
      EXPECT_EQ(StateOf(machine), cell.next);
    }
  }
}

TEST(NonInviteClientTransaction, FailsWithTheTransportWhileItWaits) {
  for (const char* state : {"Trying", "Proceeding"}) {
    Machine machine = In(state);
    TransactionOutcome outcome = machine.TransportError();
    ASSERT_EQ(Text(outcome), "failed, ended") << state;
    EXPECT_EQ(outcome.text, "REGISTER sip:home");
    EXPECT_EQ(StateOf(machine), "Terminated");
  }
  for (const char* state : {"Completed", "Terminated"}) {
    Machine machine = In(state);
    EXPECT_EQ(Text(machine.TransportError()), "") << state;
    EXPECT_EQ(StateOf(machine), state);
  }
}

TEST(NonInviteClientTransaction, HandsOverItsRequestWhenItGivesUp) {
  Machine machine = Make(kReliable);
  EXPECT_EQ(machine.Advance(At(32'000)).text, "REGISTER sip:home");
}

TEST(NonInviteClientTransaction, SendsOnceAfterASleepAndThenWaitsTheNextInterval) {
  Machine machine = Make(kUnreliable);
  EXPECT_EQ(Text(machine.Advance(At(10'000))), "send REGISTER");
  EXPECT_EQ(Text(machine.Advance(At(10'000))), "");
  EXPECT_THAT(Schedule(machine, At(17'000)),
              ElementsAre("11000 send REGISTER", "13000 send REGISTER", "17000 send REGISTER"));
}

TEST(NonInviteClientTransaction, GivesUpWithoutSendingAfterASleepOfAnHour) {
  for (const char* state : {"Trying", "Proceeding"}) {
    Machine machine = In(state);
    EXPECT_EQ(Text(machine.Advance(At(3'600'000))), "timed out, ended") << state;
    EXPECT_EQ(Text(machine.Advance(At(3'600'000))), "");
  }
}

}  // namespace
}  // namespace sip
