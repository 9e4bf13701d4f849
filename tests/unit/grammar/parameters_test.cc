#include "grammar/parameters.h"

#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"

namespace sip {
namespace {

// "name" for a flag, "name=value" otherwise, each in brackets; then what was left unread.
std::string Read(std::string_view text, Parameters::In in = Parameters::In::kHeader) {
  Scanner scanner(text);
  std::string result;
  for (const Parameter& parameter : Parameters::Read(scanner, in)) {
    StrAppend(&result, "[", parameter.name, parameter.has_value ? "=" : "", parameter.value, "]");
  }
  return StrCat(result, scanner.rest());
}

TEST(Parameters, ReadsWhatTheGrammarAllowsAndWhatIsSentNevertheless) {
  struct {
    std::string_view text;
    std::string_view expected;
  } const kCases[] = {
      {"", ""},
      {";a", "[a]"},
      {";a=b;c", "[a=b][c]"},
      {" ; a = b ; c = \"d;e,f\" ; g", "[a=b][c=\"d;e,f\"][g]"},
      {";a=\r\n b", "[a=b]"},
      {";;;a;;", "[a]"},
      {";x=", "[x=]"},
      {";x=;y=1", "[x=][y=1]"},
      {";=1;a", "[a]"},
      {";received=[::1];rport=5", "[received=[::1]][rport=5]"},
      {";received=2001:db8::9:255", "[received=2001:db8::9:255]"},
      {";a=b, next", "[a=b], next"},
      {";a, next", "[a], next"},
      {";a=ISDN 0/1;b", "[a=ISDN 0/1][b]"},
      {";a=\"open;b=1", "[a=\"open][b=1]"},
      {";a=\"x\"y;b", "[a=\"x\"y][b]"},
      {";q=why?;r", "[q=why?][r]"},
      {";name=\xD1\x80", "[name=\xD1\x80]"},
      {"junk;a", "junk;a"},
  };
  for (const auto& test : kCases) EXPECT_EQ(Read(test.text), test.expected) << test.text;
}

TEST(Parameters, OfAUriEndAtItsHeaders) {
  constexpr auto kUri = Parameters::In::kUri;
  EXPECT_EQ(Read(";a=b;c?d=e;f", kUri), "[a=b][c]?d=e;f");
  EXPECT_EQ(Read(";a=b,c", kUri), "[a=b,c]");
}

TEST(Parameters, AreFoundInAnyCaseAndTheFirstCounts) {
  Scanner scanner(";Tag=Abc;tag=other;FLAG");
  const Parameters parameters = Parameters::Read(scanner);
  EXPECT_EQ(parameters.Get("tAG"), "Abc");
  EXPECT_EQ(parameters.Get("flag"), "");
  EXPECT_TRUE(parameters.Has("flag"));
  EXPECT_FALSE(parameters.Has("ta"));
  EXPECT_EQ(parameters.size(), 3u);
}

TEST(Parameters, AreBoundedInNumberAndReadToTheEndAllTheSame) {
  std::string text;
  for (size_t i = 0; i < 10'000; ++i) StrAppend(&text, ";p", i, "=", i);
  Scanner scanner(text);
  EXPECT_EQ(Parameters::Read(scanner).size(), kMaxParameters);
  EXPECT_TRUE(scanner.AtEnd());

  const auto count = [](size_t number) {
    std::string text;
    for (size_t i = 0; i < number; ++i) StrAppend(&text, ";p", i);
    Scanner scanner(text);
    return Parameters::Read(scanner).size();
  };
  EXPECT_EQ(count(kMaxParameters - 1), kMaxParameters - 1);
  EXPECT_EQ(count(kMaxParameters), kMaxParameters);
  EXPECT_EQ(count(kMaxParameters + 1), kMaxParameters);
}

TEST(Quote, EscapesAndUnquoteUndoesIt) {
  struct {
    std::string_view text;
    std::string_view quoted;
  } const kCases[] = {
      {"", R"("")"},
      {"plain", R"("plain")"},
      {R"(a"b\c)", R"("a\"b\\c")"},
      {"\xD1\x80", "\"\xD1\x80\""},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(Quote(test.text), test.quoted);
    EXPECT_EQ(Unquote(test.quoted), test.text);
  }
  EXPECT_EQ(Unquote("token"), "token");
  EXPECT_EQ(Unquote("\""), "\"");
  EXPECT_EQ(Unquote("\"open"), "\"open");
  EXPECT_EQ(Unquote(R"("a\")"), R"(a\)");
}

}  // namespace
}  // namespace sip
