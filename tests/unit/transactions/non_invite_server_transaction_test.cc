#include "transactions/non_invite_server_transaction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/transactions/machines.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Machine = NonInviteServerTransaction;

constexpr bool kReliable = true;
constexpr bool kUnreliable = false;

std::string StateOf(const Machine& machine) {
  return NameOfState<Machine::Trying, Machine::Proceeding, Machine::Completed, Machine::Terminated>(
      machine, {"Trying", "Proceeding", "Completed", "Terminated"});
}

Machine Make(bool reliable) { return Machine("100", reliable, Start()); }

Machine In(std::string_view state, bool reliable = kUnreliable) {
  Machine machine = Make(reliable);
  if (state == "Proceeding") machine.Advance(At(3'500));
  if (state == "Completed") machine.Respond(200, "200", Start());
  if (state == "Terminated") machine.TransportError();
  EXPECT_EQ(StateOf(machine), state);
  return machine;
}

// RFC 4320 section 4.1: when Timer E of the other side has been reset to T2: after 0.5 + 1 + 2 s.
TEST(NonInviteServerTransaction, SendsTryingOnceAfter3500MsOfSilence) {
  for (const bool reliable : {kReliable, kUnreliable}) {
    Machine machine = Make(reliable);
    EXPECT_EQ(Text(machine.Advance(At(3'499))), "");
    EXPECT_THAT(Schedule(machine), ElementsAre("3500 send 100"));
    EXPECT_EQ(StateOf(machine), "Proceeding");
  }
}

TEST(NonInviteServerTransaction, SendsNoTryingIfThereIsNone) {
  Machine machine("", kReliable, Start());
  EXPECT_THAT(Schedule(machine), IsEmpty());
}

TEST(NonInviteServerTransaction, LetsTheUserSend100EarlyOnAReliableTransportOnly) {
  Machine reliable = Make(kReliable);
  EXPECT_EQ(Text(reliable.Respond(100, "100", At(1))), "send 100");
  EXPECT_EQ(StateOf(reliable), "Proceeding");
  EXPECT_EQ(reliable.deadline(), InfiniteFuture());

  Machine unreliable = Make(kUnreliable);
  EXPECT_EQ(Text(unreliable.Respond(100, "100", At(3'499))), "");
  EXPECT_EQ(StateOf(unreliable), "Trying");
  EXPECT_EQ(Text(unreliable.Respond(100, "100", At(3'500))), "send 100");
  EXPECT_EQ(StateOf(unreliable), "Proceeding");
}

// Timer J.
TEST(NonInviteServerTransaction, AnswersRepetitionsFor64T1OnAnUnreliableTransport) {
  Machine machine = Make(kUnreliable);
  EXPECT_EQ(Text(machine.Respond(200, "200", At(100))), "send 200");
  EXPECT_EQ(Text(machine.ReceiveRequest()), "send 200");
  EXPECT_THAT(Schedule(machine), ElementsAre("32100 ended"));
}

TEST(NonInviteServerTransaction, LeavesCompletedAtTheNextWakeUpOnAReliableTransport) {
  Machine machine = Make(kReliable);
  machine.Respond(200, "200", At(100));
  EXPECT_EQ(StateOf(machine), "Completed");
  EXPECT_THAT(Schedule(machine), ElementsAre("100 ended"));
}

// Every cell of RFC 3261 figure 8, with RFC 4320.
TEST(NonInviteServerTransaction, FollowsTheStateTableForResponses) {
  struct Cell {
    const char* state;
    int status;
    const char* outcomes;
    const char* next;
  };
  constexpr Cell kCells[] = {
      {"Trying", 101, "", "Trying"},
      {"Trying", 180, "", "Trying"},
      {"Trying", 200, "send answer", "Completed"},
      {"Trying", 404, "send answer", "Completed"},
      {"Trying", 408, "ended", "Terminated"},
      {"Trying", 699, "send answer", "Completed"},
      {"Proceeding", 100, "send answer", "Proceeding"},
      {"Proceeding", 183, "", "Proceeding"},
      {"Proceeding", 200, "send answer", "Completed"},
      {"Proceeding", 408, "ended", "Terminated"},
      {"Proceeding", 699, "send answer", "Completed"},
      {"Completed", 100, "", "Completed"},
      {"Completed", 200, "", "Completed"},
      {"Completed", 408, "", "Completed"},
      {"Completed", 500, "", "Completed"},
      {"Terminated", 100, "", "Terminated"},
      {"Terminated", 200, "", "Terminated"},
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

TEST(NonInviteServerTransaction, FollowsTheStateTableForRequestsAndErrors) {
  struct Cell {
    const char* state;
    const char* on_request;
    const char* on_error;
  };
  constexpr Cell kCells[] = {
      {"Trying", "", "failed, ended"},
      {"Proceeding", "send 100", "failed, ended"},
      {"Completed", "send 200", "failed, ended"},
      {"Terminated", "", ""},
  };
  for (const Cell& cell : kCells) {
    SCOPED_TRACE(cell.state);
    Machine machine = In(cell.state);
    EXPECT_EQ(Text(machine.ReceiveRequest()), cell.on_request);
    EXPECT_EQ(StateOf(machine), cell.state);
    EXPECT_EQ(Text(machine.TransportError()), cell.on_error);
    EXPECT_EQ(StateOf(machine), "Terminated");
  }
}

TEST(NonInviteServerTransaction, AnswersRepetitionsWithTheLatestProvisionalResponse) {
  Machine machine = In("Proceeding");
  machine.Respond(100, "100-of-the-user", At(4'000));
  EXPECT_EQ(Text(machine.ReceiveRequest()), "send 100-of-the-user");
}

TEST(NonInviteServerTransaction, SendsTryingOnceAfterASleepOfAnHour) {
  Machine machine = Make(kUnreliable);
  EXPECT_EQ(Text(machine.Advance(At(3'600'000))), "send 100");
  EXPECT_EQ(Text(machine.Advance(At(3'600'000))), "");
}

}  // namespace
}  // namespace sip
