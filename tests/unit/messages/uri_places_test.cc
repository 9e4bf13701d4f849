#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>

#include "base/str_cat.h"
#include "messages/header_views.h"
#include "messages/parser.h"
#include "messages/warnings.h"

// A URI of any scheme is read in every place where one may stand, and none is odd.
namespace sip {
namespace {

constexpr std::string_view kUris[] = {
    "sip:alice@example.com;transport=ws?Subject=hi",
    "sips:alice@[2001:db8::1]:5061",
    "tel:+1-201-555-0123;phone-context=example.com",
    "urn:service:sos.fire",
    "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "mailto:alice@example.com?subject=hi",
    "http://www.example.com:8080/a/b.jpg?c=d",
    "https://www.example.com/",
    "cid:a@example.com",
    "nobody-knows.this+1:whatever,it;is",
};

constexpr std::string_view kFields[] = {
    "From",         "To",
    "Contact",      "Route",
    "Record-Route", "Path",
    "Refer-To",     "Referred-By",
    "Reply-To",     "Service-Route",
    "Alert-Info",   "P-Asserted-Identity",
    "Call-Info",    "P-Preferred-Identity",
    "Diversion",    "Remote-Party-ID",
    "History-Info", "Identity-Info",
};

// A BYE with this Request-URI and this field, which may take the place of a mandatory one.
std::string With(std::string_view uri, std::string_view name, std::string_view value) {
  std::string text =
      StrCat("BYE ", uri, " SIP/2.0\r\nVia: SIP/2.0/WSS h.invalid;branch=z9hG4bK1\r\n");
  if (name != "From") text += "From: <sip:a@b>;tag=1\r\n";
  if (name != "To") text += "To: <sip:b@c>;tag=2\r\n";
  return StrCat(text, "Call-ID: x\r\nCSeq: 1 BYE\r\n", name, ": ", value, "\r\n\r\n");
}

TEST(UrisOfEveryScheme, AreReadInTheRequestUri) {
  for (std::string_view uri : kUris) {
    // RFC 3261 section 19.1.1: a Request-URI has no headers.
    const std::string_view plain = uri.substr(0, uri.find('?'));
    auto result = ParseMessage(With(plain, "Subject", ""));
    ASSERT_TRUE(std::holds_alternative<Message>(result)) << plain;
    EXPECT_EQ(std::get<Message>(result).request_uri(), plain);
    EXPECT_EQ(Warnings(std::get<Message>(result)), "") << plain;
  }
}

TEST(UrisOfEveryScheme, AreReadInEveryHeaderField) {
  for (std::string_view name : kFields) {
    for (std::string_view uri : kUris) {
      auto result = ParseMessage(With("sip:b@c", name, StrCat("\"A\" <", uri, ">;x=y")));
      ASSERT_TRUE(std::holds_alternative<Message>(result)) << name << ": " << uri;
      const auto& message = std::get<Message>(result);
      EXPECT_EQ(Warnings(message), "") << name << ": " << uri;
      const auto values = HeaderValues(message, FindHeader(name));
      ASSERT_EQ(values.size(), 1u) << name << ": " << uri;
      EXPECT_EQ(values[0].second, uri) << name;
      EXPECT_EQ(values[0].parameters.Get("x"), "y") << name << ": " << uri;
      const auto address = message.GetNameAddr(FindHeader(name));
      ASSERT_TRUE(address) << name << ": " << uri;
      EXPECT_EQ(address->uri.scheme, uri.substr(0, uri.find(':'))) << name;
    }
  }
}

}  // namespace
}  // namespace sip
