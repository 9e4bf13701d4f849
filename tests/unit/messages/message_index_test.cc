#include "messages/message_index.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "messages/parser.h"

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

TEST(WriteMessageIndex, SaysWhereTheAddressesAreAmongItsWords) {
  const std::string text =
      "OPTIONS sip:b@example.com:5070 SIP/2.0\r\n"
      "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\n"
      "From: \"\xC3\x84nne\" <sip:a:pw@example.org;lr>;tag=1;x\r\n"
      "To: <tel:+49>\r\n"
      "Call-ID: c\r\n"
      "CSeq: 1 OPTIONS\r\n\r\n";
  Words words;
  words.push_back(7);  // what stands there stays
  WriteMessageIndex(std::get<Message>(ParseMessage(text)), words);
  ASSERT_EQ(words[0], 7);
  const int32_t* const index = words.data() + 1;
  const auto part = [&](int32_t at) {
    // Two octets of the text are one unit.
    const size_t from = static_cast<size_t>(index[at]) + (index[at] > 100 ? 1 : 0);
    return text.substr(from, static_cast<size_t>(index[at + 1]));
  };
  EXPECT_EQ(index[18], 5) << "header fields";
  EXPECT_EQ(index[22], static_cast<int32_t>(HeaderId::kVia));
  const int32_t uri = index[19];
  EXPECT_EQ(uri, 22 + 5 * 5);
  EXPECT_EQ(part(uri), "sip");
  EXPECT_EQ(part(uri + 7), "example.com");
  EXPECT_EQ(index[uri + 9], 5070);
  EXPECT_EQ(index[uri + 14], 0) << "parameters";
  const int32_t from = index[20];
  EXPECT_EQ(from, uri + 15);
  EXPECT_EQ(index[from + 1], 6) << "the display name with its quotes, in units";
  EXPECT_EQ(index[from + 2], 2) << "parameters";
  EXPECT_EQ(part(from + 3), "tag");
  EXPECT_EQ(index[from + 5], 1) << "has a value";
  EXPECT_EQ(index[from + 10], 0) << "has none";
  EXPECT_EQ(part(from + 13 + 2), "a") << "user";
  EXPECT_EQ(index[from + 13 + 4], 1) << "has a password";
  EXPECT_EQ(part(from + 13 + 5), "pw");
  const int32_t to = index[21];
  EXPECT_EQ(index[to + 2], 0) << "parameters";
  EXPECT_EQ(part(to + 3), "tel");
  EXPECT_EQ(part(to + 3 + 12), "+49") << "what follows the scheme";
  EXPECT_EQ(words.size(), static_cast<size_t>(1 + to + 3 + 15));
}

}  // namespace
}  // namespace sip
