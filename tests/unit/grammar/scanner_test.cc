#include "grammar/scanner.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sip {
namespace {

TEST(Scanner, KnowsTheCharactersOfATokenAndOfUnreserved) {
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    const bool alphanum = i < 128 && isalnum(i);
    const bool in_token = i != 0 && std::string_view("-.!%*_+`'~").find(c) != std::string::npos;
    const bool is_mark = i != 0 && std::string_view("-_.!~*'()").find(c) != std::string::npos;
    EXPECT_EQ(IsTokenChar(c), alphanum || in_token) << i;
    EXPECT_EQ(IsUnreservedChar(c), alphanum || is_mark) << i;
  }
}

TEST(Scanner, ReadsNumbersOf32BitsAndNothingElse) {
  struct {
    std::string_view text;
    std::optional<uint32_t> number;
  } const kCases[] = {
      {"0", 0},
      {"0068", 68},
      {"4294967295", 4294967295u},
      {"4294967296", {}},
      {"", {}},
      {"-1", {}},
      {"+1", {}},
      {" 1", {}},
      {"1 ", {}},
      {"1.5", {}},
      {"five", {}},
      {"36893488147419103232", {}},
      {"00000000000000000000000000000000000000007", 7},
  };
  for (const auto& test : kCases) EXPECT_EQ(ReadNumber(test.text), test.number) << test.text;
}

TEST(Scanner, ComparesAsciiWithoutCase) {
  EXPECT_TRUE(EqualsIgnoreCase("", ""));
  EXPECT_TRUE(EqualsIgnoreCase("Call-ID", "cALL-id"));
  EXPECT_FALSE(EqualsIgnoreCase("Call-ID", "Call-I"));
  EXPECT_FALSE(EqualsIgnoreCase("@[", "`{"));  // 32 apart, yet no letters
  EXPECT_FALSE(EqualsIgnoreCase("\xC3\x84", "\xC3\xA4"));
}

TEST(Scanner, StaysWhereItIsWhenARuleDoesNotMatch) {
  Scanner scanner("  x = \"unclosed");
  EXPECT_FALSE(scanner.Read('x'));
  EXPECT_EQ(scanner.ReadToken(), "");
  EXPECT_FALSE(scanner.ReadSeparator('='));
  EXPECT_EQ(scanner.position(), 0u);
  EXPECT_TRUE(scanner.ReadSeparator('x'));
  EXPECT_TRUE(scanner.ReadSeparator('='));
  EXPECT_FALSE(scanner.ReadQuoted());
  EXPECT_EQ(scanner.Peek(), '"');
}

TEST(Scanner, ReadsQuotedStringsWithEscapes) {
  struct {
    std::string_view text;
    std::optional<std::string_view> quoted;
  } const kCases[] = {
      {R"("plain" rest)", R"("plain")"},
      {R"("")", R"("")"},
      {R"("a\"b" x)", R"("a\"b")"},
      {R"("a\\" x")", R"("a\\")"},
      {R"("open)", {}},
      {R"("open\")", {}},
      {R"("open\)", {}},
      {R"(no "quote")", {}},
      {"\"", {}},
  };
  for (const auto& test : kCases) {
    Scanner scanner(test.text);
    EXPECT_EQ(scanner.ReadQuoted(), test.quoted) << test.text;
    EXPECT_EQ(scanner.position(), test.quoted ? test.quoted->size() : 0) << test.text;
  }
}

std::vector<std::string> Split(std::string_view text) {
  std::vector<std::string> values;
  while (const auto value = NextListValue(text)) values.emplace_back(*value);
  return values;
}

TEST(NextListValue, SplitsAtCommasOutsideOfQuotesAndBrackets) {
  using Values = std::vector<std::string>;
  EXPECT_EQ(Split("a, b ,c"), (Values{"a", "b", "c"}));
  EXPECT_EQ(Split(R"("a,b" <sip:c,d@e>;x="f,g", h)"),
            (Values{R"("a,b" <sip:c,d@e>;x="f,g")", "h"}));
  EXPECT_EQ(Split(R"("a\",b", c)"), (Values{R"("a\",b")", "c"}));
  EXPECT_EQ(Split(""), Values{});
  EXPECT_EQ(Split(" ,, a ,, "), Values{"a"});
  EXPECT_EQ(Split("a\r\n ,\r\n b"), (Values{"a", "b"}));
  EXPECT_EQ(Split(R"(<sip:a"@b>, "c>,d")"), (Values{R"(<sip:a"@b>)", R"("c>,d")"}));
}

TEST(NextListValue, TakesUnclosedQuotesAndBracketsAsText) {
  using Values = std::vector<std::string>;
  EXPECT_EQ(Split("\"a, b"), (Values{"\"a", "b"}));
  EXPECT_EQ(Split("<a, b"), (Values{"<a", "b"}));
  EXPECT_EQ(Split("<a, <sip:b,c>"), (Values{"<a", "<sip:b,c>"}));
  EXPECT_EQ(Split("a\\"), Values{"a\\"});
  EXPECT_EQ(Split(R"(\"a, b")"), (Values{R"(\"a)", "b\""}));
}

// Quadratic time would take minutes here.
TEST(NextListValue, TakesTimeInProportionToTheLength) {
  constexpr int kRepeats = 80'000;
  for (std::string_view unit : {"\",", "\\\",", "<,", "\"<\\>,", "<\\\"", "<\","}) {
    std::string text = "\"";
    for (int i = 0; i < kRepeats; ++i) text += unit;
    EXPECT_FALSE(Split(text).empty());
  }
}

}  // namespace
}  // namespace sip
