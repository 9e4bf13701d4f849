#include "grammar/uri.h"

#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"

namespace sip {
namespace {

// scheme|user|password|host|port|parameters|headers
std::string Parts(std::string_view text) {
  const std::optional<Uri> uri = ParseUri(text);
  if (!uri) return "none";
  EXPECT_EQ(uri->text, text);
  if (!uri->is_sip()) return StrCat(uri->scheme, "|", uri->opaque);
  std::string parameters;
  for (const Parameter& parameter : uri->parameters) {
    StrAppend(&parameters, "[", parameter.name, parameter.has_value ? "=" : "", parameter.value,
              "]");
  }
  return StrCat(uri->scheme, "|", uri->user, "|", uri->password.value_or("-"), "|", uri->host, "|",
                uri->port ? StrCat(*uri->port) : "-", "|", parameters, "|", uri->headers);
}

TEST(ParseUri, TakesAUriApart) {
  struct {
    std::string_view text;
    std::string_view parts;
  } const kCases[] = {
      // RFC 3261 section 19.1.3.
      {"sip:alice@atlanta.com", "sip|alice|-|atlanta.com|-||"},
      {"sip:alice:secretword@atlanta.com;transport=tcp",
       "sip|alice|secretword|atlanta.com|-|[transport=tcp]|"},
      {"sips:alice@atlanta.com?subject=project%20x&priority=urgent",
       "sips|alice|-|atlanta.com|-||subject=project%20x&priority=urgent"},
      {"sip:+1-212-555-1212:1234@gateway.com;user=phone",
       "sip|+1-212-555-1212|1234|gateway.com|-|[user=phone]|"},
      {"sips:1212@gateway.com", "sips|1212|-|gateway.com|-||"},
      {"sip:alice@192.0.2.4", "sip|alice|-|192.0.2.4|-||"},
      {"sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com",
       "sip||-|atlanta.com|-|[method=REGISTER]|to=alice%40atlanta.com"},
      {"sip:alice;day=tuesday@atlanta.com", "sip|alice;day=tuesday|-|atlanta.com|-||"},
      // RFC 4475 and RFC 5118.
      {"sip:user;par=u%40example.net@example.com",
       "sip|user;par=u%40example.net|-|example.com|-||"},
      {"sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1@example.com",
       "sip|1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*|&it+has=1|example.com|-||"},
      {"sip:%00@host5.example.com", "sip|%00|-|host5.example.com|-||"},
      {"sip:[2001:db8::10]", "sip||-|[2001:db8::10]|-||"},
      {"sip:[2001:db8::10]:5070", "sip||-|[2001:db8::10]|5070||"},
      {"sip:[2001:db8::10:5070]", "sip||-|[2001:db8::10:5070]|-||"},
      {"sip:user@[::ffff:192.0.2.2]", "sip|user|-|[::ffff:192.0.2.2]|-||"},
      {"sip:user@[2001:db8:::192.0.2.1]", "sip|user|-|[2001:db8:::192.0.2.1]|-||"},
      {"sip:2001:db8::10", "none"},
      // Seen in the field though not legal.
      {"sip:a#b{c}|d^[e]@host", "sip|a#b{c}|d^[e]|-|host|-||"},
      {"sip:user@my_host.example.com", "sip|user|-|my_host.example.com|-||"},
      {"sip:user@3com.example.com:5060", "sip|user|-|3com.example.com|5060||"},
      {"sip:user@host:;x", "sip|user|-|host|-|[x]|"},
      {"sip:user@host;;lr;", "sip|user|-|host|-|[lr]|"},
      {"sip:user@host;x=;pinhole=UDP:1.2.3.4:5060",
       "sip|user|-|host|-|[x=][pinhole=UDP:1.2.3.4:5060]|"},
      {"sip:\xD1\x83@\xD1\x85.example", "sip|\xD1\x83|-|\xD1\x85.example|-||"},
      {"SIP:a@b", "SIP|a|-|b|-||"},
      {"sip:a:@b", "sip|a||b|-||"},
      // Other schemes.
      {"tel:+1-201-555-0123;phone-context=example.com",
       "tel|+1-201-555-0123;phone-context=example.com"},
      {"urn:service:sos", "urn|service:sos"},
      {"mailto:a@b.example", "mailto|a@b.example"},
      {"soap.beep://192.0.2.103:3002", "soap.beep|//192.0.2.103:3002"},
      {"nobodyKnowsThisScheme:totallyopaquecontent", "nobodyKnowsThisScheme|totallyopaquecontent"},
  };
  for (const auto& test : kCases) EXPECT_EQ(Parts(test.text), test.parts) << test.text;
}

TEST(ParseUri, RefusesWhatIsNone) {
  for (std::string_view text : {"",           "*",           "sip",           "sip:",
                                ":a@b",       "1sip:a@b",    "s_ip:a@b",      "sip:@b",
                                "sip:a@",     "sip:a@b:x",   "sip:a@b:65536", "sip:a@b:5060x",
                                "sip:a@b c",  "sip:a b@c",   "<sip:a@b>",     "sip:a@b\r\n",
                                "sip:a@[::1", "sip:a@[]",    "sip:a@[g::]",   "sip:a@::1",
                                "sip:a@b>",   "sip:a@b/c",   "tel:",          "tel:1 2",
                                "sip:a@b,c",  "sip:a@[::1]x"}) {
    EXPECT_EQ(Parts(text), "none") << text;
  }
  EXPECT_FALSE(ParseUri(std::string_view("sip:a\0@b", 8)));
}

TEST(ParseUri, KnowsItsScheme) {
  EXPECT_TRUE(ParseUri("SiP:a@b")->is_sip());
  EXPECT_FALSE(ParseUri("sip:a@b")->is_sips());
  EXPECT_TRUE(ParseUri("sips:a@b")->is_sip());
  EXPECT_TRUE(ParseUri("SIPS:a@b")->is_sips());
  EXPECT_FALSE(ParseUri("tel:1")->is_sip());
}

bool AreEquivalent(std::string_view a, std::string_view b) {
  const bool forth = Equivalent(*ParseUri(a), *ParseUri(b));
  EXPECT_EQ(forth, Equivalent(*ParseUri(b), *ParseUri(a))) << a << " " << b;
  return forth;
}

// The examples of RFC 3261 section 19.1.4 first.
TEST(Equivalent, HoldsForUrisThatMeanTheSame) {
  constexpr std::string_view kPairs[][2] = {
      {"sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp"},
      {"sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"},
      {"sip:carol@chicago.com", "sip:carol@chicago.com;security=on"},
      {"sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on"},
      {"sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
       "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com"},
      {"sip:alice@atlanta.com?subject=project%20x&priority=urgent",
       "sip:alice@atlanta.com?priority=urgent&subject=project%20x"},
      {"sip:a@b?Subject=%78", "sip:a@b?subject=x"},
      {"TEL:+123", "tel:+123"},
  };
  for (const auto& [a, b] : kPairs) EXPECT_TRUE(AreEquivalent(a, b)) << a << " " << b;
}

TEST(Equivalent, FailsForUrisThatDiffer) {
  constexpr std::string_view kPairs[][2] = {
      {"SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP"},
      {"sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"},
      {"sip:bob@biloxi.com;transport=udp", "sip:bob@biloxi.com:6000;transport=tcp"},
      {"sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting"},
      {"sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"},
      {"sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off"},
      {"sip:a@b", "sips:a@b"},
      {"sip:a@b", "sip:b"},
      {"sip:a@b", "sip:a:@b"},
      {"sip:a:x@b", "sip:a:X@b"},
      {"sip:a@b", "sip:a@b;user=phone"},
      {"sip:a@b", "sip:a@b;maddr=192.0.2.1"},
      {"sip:a@b", "sip:a@b;ttl=1"},
      {"sip:a@b", "sip:a@b;method=INVITE"},
      {"sip:a%3Bb@c", "sip:a;b@c"},
      {"sip:a@b?x=1&y=2", "sip:a@b?x=1"},
      {"sip:a@b?x=1", "sip:a@b?x=2"},
      {"tel:+123", "tel:+124"},
      {"tel:a@b", "sip:a@b"},
  };
  for (const auto& [a, b] : kPairs) EXPECT_FALSE(AreEquivalent(a, b)) << a << " " << b;
}

TEST(Unescape, ResolvesEscapesOnceAndLeavesMalformedOnes) {
  EXPECT_EQ(Unescape("sips%3Auser%40example.com"), "sips:user@example.com");
  EXPECT_EQ(Unescape("v%61lue%25%34%31"), "value%41");
  EXPECT_EQ(Unescape("%4a%4A"), "JJ");
  EXPECT_EQ(Unescape("null-%00-null"), std::string("null-\0-null", 11));
  EXPECT_EQ(Unescape("%"), "%");
  EXPECT_EQ(Unescape("%4"), "%4");
  EXPECT_EQ(Unescape("%zz%4g"), "%zz%4g");
}

}  // namespace
}  // namespace sip
