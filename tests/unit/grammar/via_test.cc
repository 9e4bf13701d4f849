#include "grammar/via.h"

#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"

namespace sip {
namespace {

// protocol|version|transport|host|port|sent-by|branch
std::string Parts(std::string_view text) {
  const std::optional<Via> via = ParseVia(text);
  if (!via) return "none";
  return StrCat(via->protocol, "|", via->version, "|", via->transport, "|", via->host, "|",
                via->port ? StrCat(*via->port) : "-", "|", via->sent_by, "|", via->branch());
}

TEST(ParseVia, TakesAValueApart) {
  struct {
    std::string_view text;
    std::string_view parts;
  } const kCases[] = {
      {"SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK776",
       "SIP|2.0|UDP|pc33.atlanta.com|-|pc33.atlanta.com|z9hG4bK776"},
      {"SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9;rport",
       "SIP|2.0|WSS|df7jal23ls0d.invalid|-|df7jal23ls0d.invalid|z9"},
      {"SIP/2.0/TCP 192.0.2.1:5060 ;received=192.0.2.207;branch=z9",
       "SIP|2.0|TCP|192.0.2.1|5060|192.0.2.1:5060|z9"},
      {"SIP  / 2.0  / TCP     spindle.example.com   ;\r\n  branch  =   z9hG4bK9ikj8",
       "SIP|2.0|TCP|spindle.example.com|-|spindle.example.com|z9hG4bK9ikj8"},
      {"SIP/2.0/UDP host : 5070", "SIP|2.0|UDP|host|5070|host : 5070|"},
      {"SIP/2.0/UDP [2001:db8::9:1]:6050;branch=b",
       "SIP|2.0|UDP|[2001:db8::9:1]|6050|[2001:db8::9:1]:6050|b"},
      {"SIP/2.0/UDP [::1];received=[2001:db8::9:255];branch=b", "SIP|2.0|UDP|[::1]|-|[::1]|b"},
      {"SIP/2.0/UDP [::1];received=2001:db8::9:255;branch=b", "SIP|2.0|UDP|[::1]|-|[::1]|b"},
      {"SIP/2.0/UDP 10.0.0.1:5060;x-ds0num=\"ISDN 0 / 0 : DS1\";branch=b",
       "SIP|2.0|UDP|10.0.0.1|5060|10.0.0.1:5060|b"},
      {"SIP/2.0/UDP my_host;branch=b;", "SIP|2.0|UDP|my_host|-|my_host|b"},
      {"SIP/7.0/UDP c.example.com", "SIP|7.0|UDP|c.example.com|-|c.example.com|"},
      {"sip/2.0/udp h", "sip|2.0|udp|h|-|h|"},
      {"SIP/2.0/UDP 192.0.2.15;;", "SIP|2.0|UDP|192.0.2.15|-|192.0.2.15|"},
  };
  for (const auto& test : kCases) EXPECT_EQ(Parts(test.text), test.parts) << test.text;
}

TEST(ParseVia, RefusesWhatIsNone) {
  for (std::string_view text :
       {"", ";", "SIP/2.0/UDP", "SIP/2.0/UDP ", "SIP/2.0 host", "SIP//UDP h", "SIP/2.0/UDPhost",
        "SIP/2.0/UDP[::1]", "SIP/2.0/UDP h:99999", "SIP/2.0/UDP h x", "SIP/2.0/UDP ;branch=b",
        "SIP/2.0/UDP [::1", "SIP/2.0/UDP h, x"}) {
    EXPECT_EQ(Parts(text), "none") << text;
  }
}

TEST(Via, KnowsTheMagicCookie) {
  EXPECT_TRUE(ParseVia("SIP/2.0/UDP h;branch=z9hG4bK1")->has_magic_cookie());
  EXPECT_TRUE(ParseVia("SIP/2.0/UDP h;branch=Z9HG4BK1")->has_magic_cookie());
  EXPECT_FALSE(ParseVia("SIP/2.0/UDP h;branch=1")->has_magic_cookie());
  EXPECT_FALSE(ParseVia("SIP/2.0/UDP h")->has_magic_cookie());
}

}  // namespace
}  // namespace sip
