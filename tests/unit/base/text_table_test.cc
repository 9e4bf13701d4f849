#include "base/text_table.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <unordered_map>

namespace sip {
namespace {

constexpr uint32_t kSecret = 0x1234567;

TEST(TextTable, HoldsNumbersByText) {
  TextTable table(kSecret);
  EXPECT_EQ(table.Find(""), 0u);
  table.Set("a", 1);
  table.Set("b", 2);
  table.Set("a", 3);
  EXPECT_EQ(table.Find("a"), 3u);
  EXPECT_EQ(table.Find("b"), 2u);
  EXPECT_EQ(table.size(), 2u);
  table.Set("a", 0);
  table.Set("c", 0);
  EXPECT_EQ(table.Find("a"), 0u);
  EXPECT_EQ(table.Find("b"), 2u);
  EXPECT_EQ(table.size(), 1u);
}

TEST(TextTable, TellsApartTextsThatHoldNulOrAreLongOrEmpty) {
  TextTable table(kSecret);
  const std::string texts[] = {
      "", {0}, {0, 0}, std::string(100'000, 'x'), std::string(99'999, 'x'), "\xFF", "\x7F"};
  uint32_t value = 0;
  for (const std::string& text : texts) table.Set(text, ++value);
  value = 0;
  for (const std::string& text : texts) EXPECT_EQ(table.Find(text), ++value);
}

// The secret 1 makes of the hash the sum of the octets, the secret 0 the last one.
TEST(TextTable, KeepsApartTextsOfOneHash) {
  ASSERT_EQ(TextTable::Hash("abc", 1), TextTable::Hash("cab", 1));
  TextTable table(1);
  const std::string texts[] = {"abc", "acb", "bac", "bca", "cab", "cba"};
  for (uint32_t i = 0; i < 6; ++i) table.Set(texts[i], i + 1);
  for (uint32_t i = 0; i < 6; ++i) EXPECT_EQ(table.Find(texts[i]), i + 1);
  EXPECT_EQ(table.Find("bbb"), 0u);
  // The last of the chain, its middle, its first.
  for (const uint32_t gone : {0u, 3u, 5u}) table.Set(texts[gone], 0);
  for (uint32_t i = 0; i < 6; ++i) {
    EXPECT_EQ(table.Find(texts[i]), i == 0 || i == 3 || i == 5 ? 0 : i + 1);
  }
  EXPECT_EQ(table.size(), 3u);
}

TEST(TextTable, DoesWhatAnUnorderedMapDoes) {
  for (const uint32_t secret : {0u, 1u, kSecret, 0x3FFFFFFFu}) {
    std::mt19937 random(secret);
    TextTable table(secret);
    std::unordered_map<std::string, uint32_t> model;
    for (int step = 0; step < 20'000; ++step) {
      std::string text = std::to_string(random() % 300);
      if (random() % 2 == 0) text.insert(0, random() % 40, 'z');
      const bool removes = random() % 100 < (step / 2000 % 2 == 0 ? 30 : 70);
      const uint32_t value = removes ? 0 : static_cast<uint32_t>(random() % 1000 + 1);
      ASSERT_EQ(table.Find(text), model.contains(text) ? model[text] : 0);
      table.Set(text, value);
      if (removes) {
        model.erase(text);
      } else {
        model[text] = value;
      }
      ASSERT_EQ(table.Find(text), value);
      ASSERT_EQ(table.size(), model.size());
    }
    for (const auto& [text, value] : model) EXPECT_EQ(table.Find(text), value);
  }
}

// What is chosen to collide under one secret does not under another.
TEST(TextTable, HashesOtherwiseUnderAnotherSecret) {
  std::set<uint32_t> hashes;
  for (int i = 0; i < 1000; ++i) {
    std::string text(1000, 'b');
    text[static_cast<size_t>(i)] = 'c';
    EXPECT_EQ(TextTable::Hash(text, 1), TextTable::Hash(std::string(999, 'b') + "c", 1));
    hashes.insert(TextTable::Hash(text, kSecret));
  }
  EXPECT_EQ(hashes.size(), 1000u);
}

TEST(TextTable, HashIsThePolynomialModuloThePrime) {
  std::mt19937 random(5);
  for (int i = 0; i < 1000; ++i) {
    const uint32_t secret = random() & 0x3FFFFFFF;
    std::string text(random() % 300, '\0');
    for (char& c : text) c = static_cast<char>(random());
    uint64_t expected = 1;
    for (const char c : text) {
      expected = (expected * secret + static_cast<unsigned char>(c)) % 0x7FFFFFFF;
    }
    EXPECT_EQ(TextTable::Hash(text, secret) % 0x7FFFFFFF, expected);
  }
}

}  // namespace
}  // namespace sip
