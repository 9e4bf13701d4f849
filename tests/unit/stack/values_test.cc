#include "stack/values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "messages/header_fields.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Reads words as JavaScript would: numbers, and slices of the text by UTF-16 units.
class Reader {
 public:
  Reader(ValueKind kind, std::string_view text) : text_(ToUnits(text)) {
    Wire wire;
    WriteValue(kind, text, wire);
    words_.assign(wire.words.begin(), wire.words.end());
    reason = wire.text;
  }
  bool done() const { return at_ == words_.size(); }
  int32_t Number() { return at_ < words_.size() ? words_[at_++] : -999; }
  std::string Text() {
    const auto offset = static_cast<size_t>(Number());
    const auto length = static_cast<size_t>(Number());
    return FromUnits(text_.substr(offset, length));
  }
  // "name" or "name=value", each.
  std::vector<std::string> Parameters() {
    std::vector<std::string> all;
    for (int32_t left = Number(); left > 0; --left) {
      std::string name = Text();
      const bool has_value = Number() != 0;
      const std::string value = Text();
      all.push_back(has_value ? name + "=" + value : name);
    }
    return all;
  }

  std::string reason;

 private:
  // Only for the characters used here: up to two octets, and emoji of four.
  static std::u16string ToUnits(std::string_view text) {
    std::u16string units;
    for (size_t i = 0; i < text.size(); ++i) {
      const auto c = static_cast<unsigned char>(text[i]);
      if (c < 0x80) {
        units.push_back(c);
      } else if (c < 0xE0) {
        units.push_back(static_cast<char16_t>((c & 0x1F) << 6 | (text[++i] & 0x3F)));
      } else {
        const uint32_t code = (c & 7U) << 18 | (text[i + 1] & 0x3FU) << 12 |
                              (text[i + 2] & 0x3FU) << 6 | (text[i + 3] & 0x3FU);
        i += 3;
        units.push_back(static_cast<char16_t>(0xD7C0 + (code >> 10)));
        units.push_back(static_cast<char16_t>(0xDC00 | (code & 0x3FF)));
      }
    }
    return units;
  }
  static std::string FromUnits(const std::u16string& units) {
    std::string text;
    for (size_t i = 0; i < units.size(); ++i) {
      uint32_t code = units[i];
      if (code < 0x80) {
        text.push_back(static_cast<char>(code));
      } else if (code < 0x800) {
        text.push_back(static_cast<char>(0xC0 | code >> 6));
        text.push_back(static_cast<char>(0x80 | (code & 0x3F)));
      } else {
        code = ((code - 0xD7C0) << 10) + (units[++i] & 0x3FFU);
        text.push_back(static_cast<char>(0xF0 | code >> 18));
        text.push_back(static_cast<char>(0x80 | (code >> 12 & 0x3F)));
        text.push_back(static_cast<char>(0x80 | (code >> 6 & 0x3F)));
        text.push_back(static_cast<char>(0x80 | (code & 0x3F)));
      }
    }
    return text;
  }

  std::u16string text_;
  std::vector<int32_t> words_;
  size_t at_ = 0;
};

TEST(Values, OfAUri) {
  Reader uri(ValueKind::kUri, "sip:alice:secret@example.com:5061;transport=ws;lr?subject=x&y=z");
  EXPECT_EQ(uri.Text(), "sip");
  EXPECT_EQ(uri.Text(), "alice");
  EXPECT_EQ(uri.Number(), 1);
  EXPECT_EQ(uri.Text(), "secret");
  EXPECT_EQ(uri.Text(), "example.com");
  EXPECT_EQ(uri.Number(), 5061);
  EXPECT_EQ(uri.Text(), "subject=x&y=z");
  uri.Text();  // what follows the scheme
  EXPECT_THAT(uri.Parameters(), ElementsAre("transport=ws", "lr"));
  EXPECT_TRUE(uri.done());
}

TEST(Values, CountFromWhatStandsBeforeTheText) {
  Wire wire;
  WriteValue(ValueKind::kUri, "sip:alice@example.com", wire, 10);
  EXPECT_EQ(wire.words[0], 10);      // sip
  EXPECT_EQ(wire.words[2], 10 + 4);  // alice
  EXPECT_EQ(wire.words[3], 5);
}

TEST(Values, OfAUriWithoutUserAndPort) {
  Reader uri(ValueKind::kUri, "sips:example.com");
  EXPECT_EQ(uri.Text(), "sips");
  EXPECT_EQ(uri.Text(), "");
  EXPECT_EQ(uri.Number(), 0);
  EXPECT_EQ(uri.Text(), "");
  EXPECT_EQ(uri.Text(), "example.com");
  EXPECT_EQ(uri.Number(), -1);
}

TEST(Values, OfAnAddressCountUtf16Units) {
  Reader address(ValueKind::kHeader,
                 "From: \"J\xC3\xBCrgen \xF0\x9F\x98\x80\" <sip:j@example.com>;tag=x;y");
  EXPECT_EQ(address.Number(), static_cast<int32_t>(HeaderKind::kAddress));
  EXPECT_EQ(address.Text(), "\"J\xC3\xBCrgen \xF0\x9F\x98\x80\" <sip:j@example.com>;tag=x;y");
  EXPECT_EQ(address.Text(), "\"J\xC3\xBCrgen \xF0\x9F\x98\x80\"");
  EXPECT_EQ(address.Text(), "sip:j@example.com");
  EXPECT_THAT(address.Parameters(), ElementsAre("tag=x", "y"));
  EXPECT_EQ(address.Number(), 1);  // what follows is the URI
  EXPECT_EQ(address.Text(), "sip");
  EXPECT_EQ(address.Text(), "j");
}

TEST(Values, OfAListOfHeaderValues) {
  Reader via(ValueKind::kHeader, "v:SIP/2.0/WSS h:443;branch=z9hG4bK1;rport, SIP/2.0/UDP i");
  EXPECT_EQ(via.Number(), static_cast<int32_t>(HeaderKind::kVia));
  EXPECT_EQ(via.Text(), "SIP/2.0/WSS h:443;branch=z9hG4bK1;rport");
  EXPECT_EQ(via.Text(), "SIP/2.0/WSS");
  EXPECT_EQ(via.Text(), "h:443");
  EXPECT_THAT(via.Parameters(), ElementsAre("branch=z9hG4bK1", "rport"));
  EXPECT_EQ(via.Number(), 0);
  EXPECT_EQ(via.Text(), "SIP/2.0/UDP i");
  EXPECT_EQ(via.Text(), "SIP/2.0/UDP");
  EXPECT_EQ(via.Text(), "i");
  EXPECT_EQ(via.Number(), 0);
  EXPECT_EQ(via.Number(), 0);
  EXPECT_TRUE(via.done());
}

TEST(Values, OfAnEmptyListAreItsKind) {
  Reader allow(ValueKind::kHeader, "Allow:");
  EXPECT_EQ(allow.Number(), static_cast<int32_t>(HeaderKind::kTokens));
  EXPECT_TRUE(allow.done());
}

TEST(Values, OfAStatusCodeAreItsReasonPhrase) {
  EXPECT_EQ(Reader(ValueKind::kName, "486").reason, "Busy Here");
  for (const char* text : {"299", "", "48", "4860", "99999999999999999999"}) {
    EXPECT_EQ(Reader(ValueKind::kName, text).reason, "") << text;
  }
}

TEST(Values, OfTheNameOfAHeaderFieldAreItsUsualSpellingAndItsNumber) {
  EXPECT_EQ(Reader(ValueKind::kName, "K").reason, "Supported");
  EXPECT_EQ(Reader(ValueKind::kName, "K").Number(), static_cast<int32_t>(HeaderId::kSupported));
  EXPECT_EQ(Reader(ValueKind::kName, "g").reason, "g");
  EXPECT_EQ(Reader(ValueKind::kName, "g").Number(), 0);
}

TEST(Values, OfAnAddressAreItsNameItsParametersAndItsUri) {
  Reader address(ValueKind::kAddress, " \"B\" <sip:bob@x>;q=1 ");
  EXPECT_EQ(address.Text(), "\"B\"");
  EXPECT_EQ(address.Number(), 1);
  EXPECT_EQ(address.Text(), "q");
  EXPECT_EQ(address.Number(), 1);
  EXPECT_EQ(address.Text(), "1");
  EXPECT_EQ(address.Text(), "sip");
  EXPECT_EQ(address.Text(), "bob");
  EXPECT_TRUE(Reader(ValueKind::kAddress, "*").done());
}

TEST(Values, OfAListOfAddresses) {
  Reader list(ValueKind::kList, "<sip:a,b@x>;q=1, \"c, d\" <sip:e> ,f");
  EXPECT_EQ(list.Text(), "<sip:a,b@x>;q=1");
  EXPECT_EQ(list.Text(), "\"c, d\" <sip:e>");
  EXPECT_EQ(list.Text(), "f");
  EXPECT_TRUE(list.done());
}

TEST(Values, OfAMessage) {
  Reader message(ValueKind::kMessage,
                 "INVITE sip:bob@x SIP/2.0\r\nVia: SIP/2.0/WS a;branch=z9hG4bK1\r\n"
                 "From: \xC3\xBC <sip:a>;tag=f\r\nTo: <sip:b>\r\nCall-ID: c\r\nCSeq: 9 INVITE\r\n"
                 "Content-Length: 4\r\n\r\n\xC3\xBC!!");
  EXPECT_GT(message.Number(), 4);
  for (const int32_t word : {-1, 0, 0}) EXPECT_EQ(message.Number(), word);
  EXPECT_EQ(message.Number(), 0);  // a request
  EXPECT_EQ(message.Text(), "INVITE");
  EXPECT_EQ(message.Text(), "sip:bob@x");
  EXPECT_EQ(message.Text(), "");
  EXPECT_EQ(message.Text(), "\xC3\xBC!!");
  EXPECT_EQ(message.Text(), "c");
  EXPECT_EQ(message.Text(), "f");
  EXPECT_EQ(message.Text(), "");
  EXPECT_EQ(message.Text(), "z9hG4bK1");
  EXPECT_EQ(message.Number(), 9);
  EXPECT_EQ(message.Number(), 6);
  for (int i = 0; i < 3; ++i) EXPECT_GT(message.Number(), 22 + 5 * 6 - 1);
  EXPECT_EQ(message.Number(), static_cast<int32_t>(HeaderId::kVia));
  EXPECT_EQ(message.Text(), "Via");
  EXPECT_EQ(message.Text(), "SIP/2.0/WS a;branch=z9hG4bK1");
}

TEST(Values, ThatDoNotParseAreNone) {
  struct {
    ValueKind kind;
    std::string_view text;
  } const kCases[] = {
      {ValueKind::kUri, ""},
      {ValueKind::kUri, "<"},
      {ValueKind::kUri, "::::"},
      {ValueKind::kUri, "\xFF\xFE"},
      {ValueKind::kMessage, ""},
      {ValueKind::kMessage, "hello"},
      {ValueKind::kHeader, "From: \""},
      {ValueKind::kHeader, "From:"},
      {ValueKind::kHeader, "CSeq: 1"},
      {ValueKind::kHeader, "Contact: <sip:a@b>, <"},
      {ValueKind::kHeader, "X-Own: unknown"},
      {ValueKind::kHeader, ""},
      {ValueKind::kHeader, "From"},
  };
  for (const auto& [kind, text] : kCases) {
    Wire wire;
    WriteValue(kind, text, wire);
    EXPECT_THAT(wire.words, IsEmpty()) << static_cast<int>(kind) << ": " << text;
  }
  EXPECT_NE(Reader(ValueKind::kMessage, "hello").reason, "");
}

}  // namespace
}  // namespace sip
