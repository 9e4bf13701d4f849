#include "base/deadline_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

namespace sip {
namespace {

Time At(int seconds) { return UnixEpoch() + Seconds(seconds); }

std::vector<int> PopAll(DeadlineQueue<int>& queue, Time now) {
  std::vector<int> owners;
  while (const auto owner = queue.PopDue(now)) owners.push_back(*owner);
  return owners;
}

TEST(DeadlineQueue, WantsNothingWhenItIsEmpty) {
  DeadlineQueue<int> queue;
  EXPECT_EQ(queue.Next(), InfiniteFuture());
  EXPECT_EQ(queue.PopDue(At(100)), std::nullopt);
}

TEST(DeadlineQueue, GivesWhatIsDueInTheOrderOfTime) {
  DeadlineQueue<int> queue;
  queue.Set(1, At(30));
  queue.Set(2, At(10));
  queue.Set(3, At(20));
  EXPECT_EQ(queue.Next(), At(10));
  EXPECT_EQ(PopAll(queue, At(20)), (std::vector<int>{2, 3}));
  EXPECT_EQ(queue.Next(), At(30));
  EXPECT_EQ(PopAll(queue, At(29)), std::vector<int>());
  EXPECT_EQ(PopAll(queue, At(30)), std::vector<int>{1});
  EXPECT_EQ(queue.size(), 0u);
}

TEST(DeadlineQueue, ServesEqualDeadlinesInTheOrderInWhichTheyWereSet) {
  DeadlineQueue<int> queue;
  for (int owner = 0; owner < 20; ++owner) queue.Set(owner, At(10));
  queue.Set(3, At(11));
  queue.Set(3, At(10));
  std::vector<int> expected;
  for (int owner = 0; owner < 20; ++owner) {
    if (owner != 3) expected.push_back(owner);
  }
  expected.push_back(3);
  EXPECT_EQ(PopAll(queue, At(10)), expected);
}

TEST(DeadlineQueue, KeepsItsPlaceWhenTheSameDeadlineIsSetAgain) {
  DeadlineQueue<int> queue;
  queue.Set(1, At(10));
  queue.Set(2, At(10));
  queue.Set(1, At(10));
  EXPECT_EQ(PopAll(queue, At(10)), (std::vector<int>{1, 2}));
}

TEST(DeadlineQueue, MovesAndDropsDeadlinesWithoutLeavingAnythingBehind) {
  DeadlineQueue<int> queue;
  queue.Set(1, At(10));
  queue.Set(2, At(20));
  queue.Set(1, At(30));
  EXPECT_EQ(queue.size(), 2u);
  EXPECT_EQ(queue.Next(), At(20));
  queue.Set(2, InfiniteFuture());
  queue.Set(7, InfiniteFuture());
  EXPECT_EQ(queue.size(), 1u);
  EXPECT_EQ(queue.Next(), At(30));
}

TEST(DeadlineQueue, BehavesAsAListThatIsSearched) {
  std::mt19937 random(4711);
  DeadlineQueue<int> queue;
  std::map<int, Time> model;
  for (int step = 0; step < 20'000; ++step) {
    const int owner = static_cast<int>(random() % 50);
    if (random() % 4 == 0) {
      const Time now = At(static_cast<int>(random() % 1000));
      const auto popped = queue.PopDue(now);
      const auto first = std::min_element(model.begin(), model.end(),
                                          [](auto& a, auto& b) { return a.second < b.second; });
      if (first == model.end() || first->second > now) {
        ASSERT_EQ(popped, std::nullopt);
      } else {
        ASSERT_TRUE(popped);
        ASSERT_EQ(model.at(*popped), first->second);
        model.erase(*popped);
      }
    } else if (random() % 5 == 0) {
      queue.Set(owner, InfiniteFuture());
      model.erase(owner);
    } else {
      model[owner] = At(static_cast<int>(random() % 1000));
      queue.Set(owner, model[owner]);
    }
    ASSERT_EQ(queue.size(), model.size());
  }
}

}  // namespace
}  // namespace sip
