#include "tests/support/json_wire.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/keep.h"

namespace sip {
namespace {

TEST(JsonWire, ReadsTheCommandThatItHasWritten) {
  const Command command = SendInDialog{.dialog = DialogHandle{7},
                                       .method = "INFO",
                                       .headers = Lines({"X-One: 1", "X-Two: \"2\""}),
                                       .body = "Signal=5\r\n",
                                       .content_type = "application/dtmf-relay"};
  const auto json = ReadJson(Line(ToJson(command)));
  ASSERT_TRUE(json.has_value());
  const auto read = ReadCommandJson(*json);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(Line(ToJson(*read)), Line(ToJson(command)));
}

TEST(JsonWire, GivesAbsentFieldsTheirDefaults) {
  const auto read = ReadCommandJson(*ReadJson(R"({"type":"sendRequest","method":"MESSAGE"})"));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(std::get<SendRequest>(*read).cseq, 1U);
}

TEST(JsonWire, RefusesWhatIsNoCommand) {
  for (const char* text :
       {"{}", "[]", "1", "{\"type\":1}", R"({"type":"fly"})", R"({"type":"cancel","client":"x"})",
        R"({"type":"cancel","client":-1})", R"({"type":"cancel","headers":"x"})",
        R"({"type":"cancel","headers":[1]})", R"({"type":"setConnected","connected":1})",
        R"({"type":"respond","reason":5})"}) {
    const auto json = ReadJson(text);
    ASSERT_TRUE(json.has_value()) << text;
    EXPECT_FALSE(ReadCommandJson(*json).has_value()) << text;
  }
  EXPECT_FALSE(ReadJson("{").has_value());
  EXPECT_FALSE(ReadJson("").has_value());
}

TEST(JsonWire, WritesTextThatIsNotUtf8) {
  const std::string line = Line(ToJson(Event(Discarded{.reason = "\xFF\xFE"})));
  EXPECT_TRUE(ReadJson(line).has_value());
}

}  // namespace
}  // namespace sip
