#include "base/list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace sip {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

TEST(List, HoldsNothingAtFirst) {
  List<uint64_t> list;
  EXPECT_TRUE(list.empty());
  EXPECT_THAT(list, IsEmpty());
  EXPECT_EQ(list, List<uint64_t>());
}

TEST(List, DoesWhatAVectorDoes) {
  List<uint64_t> list;
  std::vector<uint64_t> vector;
  list.reserve(3);
  for (uint64_t i = 0; i < 1000; ++i) {
    list.push_back(i << 32);
    vector.push_back(i << 32);
    if (i % 7 == 0) {
      list.pop_back();
      vector.pop_back();
    }
    if (i % 5 == 4) {
      list.erase(list.begin() + i / 3);
      vector.erase(vector.begin() + static_cast<ptrdiff_t>(i / 3));
    }
    ASSERT_THAT(list, ElementsAreArray(vector));
  }
  EXPECT_EQ(list.back(), vector.back());
  list[1] = 5;
  EXPECT_EQ(list[1], 5u);
}

TEST(List, IsCopiedAndMoved) {
  List<int> list;
  for (const int each : {1, 2, 3}) list.push_back(each);
  List<int> copy = list;
  copy.erase(copy.begin());
  EXPECT_THAT(list, ElementsAre(1, 2, 3));
  EXPECT_THAT(copy, ElementsAre(2, 3));
  EXPECT_FALSE(list == copy);
  const List<int> moved = std::move(list);
  EXPECT_THAT(moved, ElementsAre(1, 2, 3));
}

// Counts those that live.
struct Counted {
  explicit Counted(int& count) : count(count) { ++count; }
  ~Counted() { --count; }
  int& count;
};

TEST(OwningList, EndsWhatItOwns) {
  int count = 0;
  {
    OwningList<Counted> list;
    Counted* first = &list.Add(std::make_unique<Counted>(count));
    Counted* second = &list.Add(std::make_unique<Counted>(count));
    Counted* third = &list.Add(std::make_unique<Counted>(count));
    EXPECT_THAT(list, ElementsAre(first, second, third));
    list.Erase(second);
    EXPECT_EQ(count, 2);
    EXPECT_EQ(&list[1], third);
    EXPECT_EQ(&list.back(), third);

    OwningList<Counted> other;
    other.Add(std::make_unique<Counted>(count));
    other = std::move(list);
    list = {};
    EXPECT_EQ(count, 2);
    EXPECT_THAT(other, ElementsAre(first, third));
  }
  EXPECT_EQ(count, 0);
}

}  // namespace
}  // namespace sip
