#include "stack/stack.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <variant>

#include "tests/support/event_reader.h"
#include "tests/support/keep.h"
#include "tests/support/perform.h"

namespace sip {
namespace {

Time At(double seconds) { return FromUnixMillis(1e12) + Seconds(seconds); }

CreateCore Core(const std::string& name) {
  CreateCore create;
  create.configuration.sent_by = Keep(name + ".invalid");
  create.configuration.contact = Keep("<sip:" + name + "@" + name + ".invalid>");
  return create;
}

SendRequest Message(CoreHandle core, const std::string& call_id) {
  return {.core = core,
          .method = "MESSAGE",
          .request_uri = "sip:bob@bob.invalid",
          .from = "<sip:alice@alice.invalid>;tag=a",
          .to = "<sip:bob@bob.invalid>",
          .call_id = Keep(call_id)};
}

// The next event, which is there.
Event Next(Stack& stack) {
  static EventReader reader;
  return reader.Poll(stack).value();
}

size_t Drain(Stack& stack) {
  size_t events = 0;
  while (!stack.Poll().words.empty()) ++events;
  return events;
}

TEST(Stack, OfOneSeedSaysTheSameThingsAgain) {
  std::string texts[2];
  for (std::string& text : texts) {
    Stack stack{Entropy("seed")};
    const auto core = static_cast<CoreHandle>(Perform(stack, Core("alice"), At(0))->handle);
    ASSERT_TRUE(Perform(stack, Message(core, "c"), At(0)).ok());
    text = std::get<Transmitted>(Next(stack)).text;
  }
  EXPECT_EQ(texts[0], texts[1]);
}

TEST(Stack, GivesNoHandleTwice) {
  Stack stack{Entropy("seed")};
  std::set<uint32_t> handles;
  for (int i = 0; i < 20; ++i) {
    const uint32_t core = Perform(stack, Core("alice"), At(i))->handle;
    EXPECT_TRUE(handles.insert(core).second);
    const auto request = Message(static_cast<CoreHandle>(core), "c");
    EXPECT_TRUE(handles.insert(Perform(stack, request, At(i))->handle).second);
    ASSERT_TRUE(Perform(stack, DisposeCore{.core = static_cast<CoreHandle>(core)}, At(i)).ok());
  }
  EXPECT_EQ(stack.handle_count(), 0U);
  EXPECT_EQ(stack.deadline(), InfiniteFuture());
}

TEST(Stack, KeepsItsCoresApart) {
  Stack stack{Entropy("seed")};
  const auto alice = static_cast<CoreHandle>(Perform(stack, Core("alice"), At(0))->handle);
  const auto carol = static_cast<CoreHandle>(Perform(stack, Core("carol"), At(0))->handle);
  ASSERT_TRUE(Perform(stack, Message(alice, "one"), At(0)).ok());
  ASSERT_TRUE(Perform(stack, Message(carol, "two"), At(10)).ok());
  EXPECT_EQ(std::get<Transmitted>(Next(stack)).core, alice);
  EXPECT_EQ(std::get<Transmitted>(Next(stack)).core, carol);
  EXPECT_EQ(stack.deadline(), At(32));
  ASSERT_TRUE(Perform(stack, DisposeCore{.core = alice}, At(11)).ok());
  Drain(stack);
  EXPECT_EQ(stack.deadline(), At(42)) << "that of the other core";
  stack.Advance(At(42));
  EXPECT_EQ(std::get<ResponseReceived>(Next(stack)).message->status(), 408);
  EXPECT_EQ(stack.handle_count(), 1U);
}

TEST(Stack, NumbersWhatComesIn) {
  Stack stack{Entropy("seed")};
  const auto core = static_cast<CoreHandle>(Perform(stack, Core("alice"), At(0))->handle);
  const uint32_t first = stack.Receive(core, "hello", At(0));
  EXPECT_GT(first, 0U);
  EXPECT_EQ(stack.Receive(core, "\r\n", At(0)), first + 1);
  EXPECT_EQ(stack.Receive(CoreHandle{99}, "hello", At(0)), first + 2);
  EXPECT_EQ(Drain(stack), 2U) << "of the keep-alive nothing is told";
}

TEST(Stack, HasNoDeadlineAndNoEventInTheBeginning) {
  Stack stack{Entropy("seed")};
  EXPECT_EQ(stack.deadline(), InfiniteFuture());
  EXPECT_TRUE(stack.Poll().words.empty());
  EXPECT_EQ(stack.handle_count(), 0U);
  stack.Advance(At(0));
  stack.Advance(InfinitePast());
  EXPECT_TRUE(stack.Poll().words.empty());
}

}  // namespace
}  // namespace sip
