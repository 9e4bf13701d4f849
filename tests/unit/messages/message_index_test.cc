#include "messages/message_index.h"

#include <gtest/gtest.h>

#include <string>

namespace sip {
namespace {

TEST(Utf16, CountsAsJavaScriptDoes) {
  // a, u umlaut (2 octets, 1 unit), euro (3, 1), emoji (4, 2), b
  const std::string text =
      "a\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80"
      "b";
  Utf16 units(text);
  EXPECT_EQ(units.At(0), 0);
  EXPECT_EQ(units.At(1), 1);
  EXPECT_EQ(units.At(3), 2);
  EXPECT_EQ(units.At(6), 3);
  EXPECT_EQ(units.At(10), 5);
  EXPECT_EQ(units.At(11), 6);
  EXPECT_EQ(units.At(1), 1) << "backwards, too";
  EXPECT_EQ(units.At(11), 6);
  Utf16 ascii("hello");
  EXPECT_EQ(ascii.At(4), 4);
}

}  // namespace
}  // namespace sip
