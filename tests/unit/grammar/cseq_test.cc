#include "grammar/cseq.h"

#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"

namespace sip {
namespace {

std::string CSeqParts(std::string_view text) {
  const std::optional<CSeq> cseq = ParseCSeq(text);
  return cseq ? StrCat(cseq->number, " ", cseq->method) : "none";
}

TEST(ParseCSeq, ReadsNumberAndMethod) {
  EXPECT_EQ(CSeqParts("1 INVITE"), "1 INVITE");
  EXPECT_EQ(CSeqParts("0009\r\n  INVITE"), "9 INVITE");
  EXPECT_EQ(CSeqParts("0 a"), "0 a");
  EXPECT_EQ(CSeqParts("2147483647\tRE%47IST%45R"), "2147483647 RE%47IST%45R");
  for (std::string_view text :
       {"", "1", "INVITE", "1INVITE", "-1 INVITE", "2147483648 INVITE", "4294967296 INVITE",
        "36893488147419103232 REGISTER", "1 IN VITE", "1 INVITE;x", "1 "}) {
    EXPECT_EQ(CSeqParts(text), "none") << text;
  }
}

TEST(ParseRAck, ReadsBothNumbersAndTheMethod) {
  const std::optional<RAck> rack = ParseRAck("776656 1 INVITE");
  ASSERT_TRUE(rack);
  EXPECT_EQ(rack->response_number, 776656u);
  EXPECT_EQ(rack->cseq.number, 1u);
  EXPECT_EQ(rack->cseq.method, "INVITE");
  EXPECT_FALSE(ParseRAck("1 INVITE"));
  EXPECT_FALSE(ParseRAck("x 1 INVITE"));
  EXPECT_FALSE(ParseRAck(""));
}

}  // namespace
}  // namespace sip
