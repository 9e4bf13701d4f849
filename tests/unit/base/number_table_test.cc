#include "base/number_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"

namespace sip {
namespace {

TEST(NumberTable, HoldsNothingAtFirst) {
  NumberTable table;
  EXPECT_EQ(table.Find(0), 0u);
  EXPECT_EQ(table.Set(7, 0), 0u);
  EXPECT_EQ(table.size(), 0u);
  EXPECT_TRUE(table.Keys().empty());
}

TEST(NumberTable, TellsWhatWasThereBefore) {
  NumberTable table;
  EXPECT_EQ(table.Set(7, 70), 0u);
  EXPECT_EQ(table.Set(7, 71), 70u);
  EXPECT_EQ(table.size(), 1u);
  EXPECT_EQ(table.Set(7, 0), 71u);
  EXPECT_EQ(table.Set(7, 0), 0u);
  EXPECT_EQ(table.Find(7), 0u);
  EXPECT_EQ(table.size(), 0u);
}

TEST(NumberTable, TakesEveryNumberAsAKey) {
  NumberTable table;
  for (const uint32_t key : {0u, 1u, 0x80000000u, UINT32_MAX}) table.Set(key, key / 2 + 1);
  for (const uint32_t key : {0u, 1u, 0x80000000u, UINT32_MAX}) {
    EXPECT_EQ(table.Find(key), key / 2 + 1);
  }
}

TEST(NumberTable, ListsItsKeysRising) {
  std::mt19937 random(1);
  for (const size_t count : {1, 2, 3, 10, 1000}) {
    NumberTable table;
    std::vector<uint32_t> keys;
    while (keys.size() < count) {
      const auto key = static_cast<uint32_t>(random());
      if (table.Set(key, 1) == 0) keys.push_back(key);
    }
    absl::c_sort(keys);
    EXPECT_THAT(table.Keys(), testing::ElementsAreArray(keys));
  }
}

// Few keys and many removals, so that runs of places that push each other on form and fall apart.
TEST(NumberTable, DoesWhatAnUnorderedMapDoes) {
  for (const uint32_t range : {4u, 30u, 3000u}) {
    std::mt19937 random(range);
    NumberTable table;
    std::unordered_map<uint32_t, uintptr_t> model;
    for (int step = 0; step < 30'000; ++step) {
      const auto key = static_cast<uint32_t>(random() % range * 0x01000001);
      const bool removes = random() % 100 < (step / 3000 % 2 == 0 ? 30 : 70);
      const uintptr_t value = removes ? 0 : random() % 1000 + 1;
      const auto known = model.find(key);
      ASSERT_EQ(table.Set(key, value), known == model.end() ? 0 : known->second);
      if (removes) {
        model.erase(key);
      } else {
        model[key] = value;
      }
      ASSERT_EQ(table.size(), model.size());
      const auto asked = static_cast<uint32_t>(random() % range * 0x01000001);
      ASSERT_EQ(table.Find(asked), model.contains(asked) ? model[asked] : 0);
    }
    for (const auto& [key, value] : model) EXPECT_EQ(table.Find(key), value);
    EXPECT_EQ(table.Keys().size(), model.size());
  }
}

// Handles of one kind rise in steps, as other kinds take numbers in between.
TEST(NumberTable, GrowsWithABurstAndShrinksAfterIt) {
  NumberTable table;
  for (uint32_t key = 0; key < 100'000; ++key) table.Set(4 * key, key + 1);
  EXPECT_LE(table.capacity(), 262'144u);
  for (uint32_t key = 0; key < 100'000; ++key) ASSERT_EQ(table.Set(4 * key, 0), key + 1);
  EXPECT_EQ(table.size(), 0u);
  EXPECT_EQ(table.capacity(), 0u);
}

TEST(NumberTable, DoesNotGrowWhileOneComesAndOneGoes) {
  NumberTable table;
  for (uint32_t key = 0; key < 100'000; ++key) {
    table.Set(key, 1);
    if (key >= 5) table.Set(key - 5, 0);
  }
  EXPECT_EQ(table.size(), 5u);
  EXPECT_EQ(table.capacity(), 8u);
}

}  // namespace
}  // namespace sip
