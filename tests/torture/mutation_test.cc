#include <gtest/gtest.h>

#include <string>

#include "messages/builder.h"
#include "messages/digest.h"
#include "torture/vectors.h"

// Every prefix of some messages, and every message that one changed octet makes of them. Under the
// sanitizers this shows that no text makes the reader leave its bounds.
namespace sip {
namespace {

constexpr std::string_view kSeeds[] = {
    "rfc4475/wsinv.dat",
    "rfc4475/intmeth.dat",
    "rfc5118/via-received-param-with-delim.dat",
    "flows/rfc3665/001-2_1-F2-401.sip",
    "flows/rfc3515/002-4_1-x-NOTIFY.sip",
};

// Octets that mean something somewhere, and one that means nothing anywhere.
constexpr std::string_view kOctets{"\0\r\n \"\\<>;,:=@/[\xFF", 16};

void ReadEverything(const Message& message) {
  for (const HeaderField& field : message.fields()) {
    EXPECT_FALSE(HasControlBreak(field.name) && field.name.find('\0') == std::string::npos);
    EXPECT_EQ(field.value.find_first_of("\r\n"), std::string_view::npos);
    ParseNameAddr(field.value);
    ParseVia(field.value);
    ParseCSeq(field.value);
    ParseRAck(field.value);
    ParseTokenWithParameters(field.value);
    ParseChallenge(field.value);
    ParseUri(field.value);
    message.GetList(field.id);
  }
  EXPECT_TRUE(Equivalent(message.to().uri, message.to().uri));
  ReadChallenge(message, {.username = "a", .password = "b", .ha1 = ""});
}

// Reads the text, whatever it is, and checks that the answers to it are messages again.
void Try(const std::string& text) {
  const auto result = ParseMessage(text);
  const auto* message = std::get_if<Message>(&result);
  if (message == nullptr) {
    const auto& malformed = std::get<MalformedMessage>(result);
    EXPECT_FALSE(malformed.reason.empty());
    EXPECT_EQ(malformed.status == 0, malformed.response.empty());
    return;
  }
  ReadEverything(*message);
  const std::string answer = BuildResponse(
      *message, {.status = 486, .reason = "", .to_tag = "t", .headers = {}, .body = {}});
  EXPECT_EQ(Verdict(answer), "fine") << answer;
  if (!message->is_request()) return;
  EXPECT_EQ(Verdict(BuildCancel(*message, {})), "fine") << text;
  EXPECT_EQ(Verdict(BuildLocalResponse(*message, 408)), "fine") << text;
}

TEST(Mutation, EveryPrefixIsReadOrRefused) {
  for (std::string_view seed : kSeeds) {
    const std::string text = ReadVector(seed);
    for (size_t size = 0; size <= text.size(); ++size) Try(text.substr(0, size));
  }
}

TEST(Mutation, EveryChangeOfOneOctetIsReadOrRefused) {
  for (std::string_view seed : kSeeds) {
    std::string text = ReadVector(seed);
    const size_t header = std::min(text.find("\r\n\r\n") + 4, text.size());
    for (size_t at = 0; at < header; ++at) {
      const char original = text[at];
      for (char octet : kOctets) {
        text[at] = octet;
        Try(text);
      }
      text[at] = original;
      Try(std::string(text).erase(at, 1));
    }
  }
}

}  // namespace
}  // namespace sip
