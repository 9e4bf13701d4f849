#include "base/str_cat.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace sip {
namespace {

TEST(StrCat, JoinsTextsAndNumbers) {
  const std::string owned = "owned";
  EXPECT_EQ(StrCat(), "");
  EXPECT_EQ(StrCat("literal ", owned, " ", std::string_view("view"), " ", 42, " ", -7),
            "literal owned view 42 -7");
}

TEST(StrCat, PrintsTheLimitsOfIntegers) {
  EXPECT_EQ(StrCat(uint8_t{255}), "255");
  EXPECT_EQ(StrCat(std::numeric_limits<uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(StrCat(std::numeric_limits<int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(StrCat(std::numeric_limits<int32_t>::min()), "-2147483648");
}

TEST(StrAppend, AddsToWhatIsThere) {
  std::string text = "a";
  StrAppend(&text, "b", 1);
  StrAppend(&text);
  EXPECT_EQ(text, "ab1");
}

TEST(StrJoin, PutsTheSeparatorBetweenAllElements) {
  using List = std::vector<std::string_view>;
  EXPECT_EQ(StrJoin(List{}, ","), "");
  EXPECT_EQ(StrJoin(List{"a"}, ","), "a");
  EXPECT_EQ(StrJoin(List{"", "a", "", "b"}, ", "), ", a, , b");
}

}  // namespace
}  // namespace sip
