#include "grammar/name_addr.h"

#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"

namespace sip {
namespace {

// display name|URI|parameters
std::string Parts(std::string_view text) {
  const std::optional<NameAddr> value = ParseNameAddr(text);
  if (!value) return "none";
  std::string parameters;
  for (const Parameter& parameter : value->parameters) {
    StrAppend(&parameters, "[", parameter.name, parameter.has_value ? "=" : "", parameter.value,
              "]");
  }
  return StrCat(value->display_name, "|", value->uri.text, "|", parameters);
}

TEST(ParseNameAddr, TakesAValueApart) {
  struct {
    std::string_view text;
    std::string_view parts;
  } const kCases[] = {
      {"sip:a@b", "|sip:a@b|"},
      {"sip:a@b;tag=1", "|sip:a@b|[tag=1]"},
      {"<sip:a@b;lr>;tag=1", "|sip:a@b;lr|[tag=1]"},
      {"Bob <sip:a@b>", "Bob|sip:a@b|"},
      {"\"Bob\" <sip:a@b>;tag=1", "\"Bob\"|sip:a@b|[tag=1]"},
      {"Mr. Watson <sip:a@b>", "Mr. Watson|sip:a@b|"},
      // RFC 4475: folded, no space before "<", quotes within quotes, addresses within names.
      {"\r\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n",
       "|sip:vivekg@chair-dnrc.example.com|[tag=1918181833n]"},
      {"\"J Rosenberg \\\\\\\"\"       <sip:j@example.com>\r\n  ;\r\n  tag = 98asjd8",
       "\"J Rosenberg \\\\\\\"\"|sip:j@example.com|[tag=98asjd8]"},
      {"caller<sip:caller@example.com>;tag=323", "caller|sip:caller@example.com|[tag=323]"},
      {"\"<sip:not@this>\" <sip:but@this>", "\"<sip:not@this>\"|sip:but@this|"},
      {"<http://www.example.com>;tag=3234233", "|http://www.example.com|[tag=3234233]"},
      {"isbn:2983792873", "|isbn:2983792873|"},
      {"sip:user@example.com?Route=%3Csip:sip.example.com%3E",
       "|sip:user@example.com?Route=%3Csip:sip.example.com%3E|"},
      {"<sip:user@example.com?Route=%3Csip:sip.example.com%3E>",
       "|sip:user@example.com?Route=%3Csip:sip.example.com%3E|"},
      // Seen in the field though not legal.
      {"\"Watson, Thomas\" < sip:t.watson@example.org >",
       "\"Watson, Thomas\"|sip:t.watson@example.org|"},
      {"Bell, Alexander <sip:a.g.bell@example.com>;tag=43",
       "Bell, Alexander|sip:a.g.bell@example.com|[tag=43]"},
      {"\xD0\x9F\xD1\x80 (x@y) <sip:a@b>", "\xD0\x9F\xD1\x80 (x@y)|sip:a@b|"},
      {"<sip:a@b>;;tag=1;", "|sip:a@b|[tag=1]"},
      {"<sip:a@b>;tag=1,", "|sip:a@b|[tag=1]"},
      {"<sip:a@b> ;tag=1 ", "|sip:a@b|[tag=1]"},
      {"<sip:a@b>;x=\"a,b;c\";tag=1", "|sip:a@b|[x=\"a,b;c\"][tag=1]"},
      {"<tel:+1;phone-context=x>;tag=1", "|tel:+1;phone-context=x|[tag=1]"},
  };
  for (const auto& test : kCases) EXPECT_EQ(Parts(test.text), test.parts) << test.text;
}

TEST(ParseNameAddr, RefusesWhatIsNone) {
  for (std::string_view text :
       {"", "*", "<>", "Bob", "<sip:a@b", "Bob <sip:a@b", "\"Bob <sip:a@b>", "<sip:a@b> x",
        "<sip:a@b>, <sip:c@d>", "sip:a@b, sip:c@d", "<sip:a b@c>", "<sip:a@b>;tag=1, more"}) {
    EXPECT_EQ(Parts(text), "none") << text;
  }
}

TEST(ParseNameAddr, TellsTheTag) {
  EXPECT_EQ(ParseNameAddr("<sip:a@b>;TAG=xyz")->tag(), "xyz");
  EXPECT_EQ(ParseNameAddr("<sip:a@b;tag=no>")->tag(), "");
}

}  // namespace
}  // namespace sip
