#include "base/heap_string.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace sip {
namespace {

TEST(HeapStringTest, IsEmptyWithoutText) {
  const HeapString text;
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(text, "");
  EXPECT_EQ(text, HeapString(""));
}

TEST(HeapStringTest, AppendsTextsOfAnyLength) {
  HeapString text;
  std::string expected;
  for (size_t length = 0; length < 200; ++length) {
    const std::string piece(length, static_cast<char>('a' + length % 26));
    text.append(piece);
    expected += piece;
    ASSERT_EQ(text, expected);
  }
  text.push_back('!');
  EXPECT_EQ(text, expected + "!");
}

TEST(HeapStringTest, KeepsEveryOctet) {
  constexpr std::string_view kOctets("\0\xff\r\n", 4);
  EXPECT_EQ(HeapString(kOctets), kOctets);
}

TEST(HeapStringTest, CopiesAreTextsOfTheirOwn) {
  HeapString one = "alice";
  HeapString other = one;
  other.push_back('s');
  EXPECT_EQ(one, "alice");
  EXPECT_EQ(other, "alices");
  one = other;
  other.clear();
  EXPECT_EQ(one, "alices");
  EXPECT_TRUE(other.empty());
}

TEST(HeapStringTest, TakesAPartOfItself) {
  HeapString text = "sip:alice@example.com";
  text = std::string_view(text).substr(4, 5);
  EXPECT_EQ(text, "alice");
  const HeapString& same = text;
  text = same;
  EXPECT_EQ(text, "alice");
}

TEST(HeapStringTest, KeepsItsPlaceWhenItIsMoved) {
  HeapString one = "a";
  const char* const place = one.data();
  HeapString other = std::move(one);
  EXPECT_EQ(other.data(), place);
  HeapString third = "b";
  third = std::move(other);
  EXPECT_EQ(third.data(), place);
  EXPECT_EQ(third, "a");
}

TEST(HeapStringTest, ReservesWithoutChangingTheText) {
  HeapString text = "bye";
  text.reserve(1000);
  const char* const place = text.data();
  EXPECT_EQ(text, "bye");
  for (int i = 0; i < 900; ++i) text.push_back('.');
  EXPECT_EQ(text.data(), place);
}

}  // namespace
}  // namespace sip
