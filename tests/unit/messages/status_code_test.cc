#include "messages/status_code.h"

#include <gtest/gtest.h>

namespace sip {
namespace {

TEST(ReasonPhrase, IsThatOfTheRegistry) {
  EXPECT_EQ(ReasonPhrase(100), "Trying");
  EXPECT_EQ(ReasonPhrase(200), "OK");
  EXPECT_EQ(ReasonPhrase(481), "Call/Transaction Does Not Exist");
  EXPECT_EQ(ReasonPhrase(487), "Request Terminated");
  EXPECT_EQ(ReasonPhrase(608), "Rejected");
  for (int unknown : {-1, 0, 99, 101, 299, 399, 418, 699, 700, 1000}) {
    EXPECT_EQ(ReasonPhrase(unknown), "");
  }
}

TEST(StatusCode, BelongsToItsClass) {
  EXPECT_TRUE(IsProvisional(199) && !IsProvisional(200) && !IsProvisional(99));
  EXPECT_TRUE(IsSuccess(200) && IsSuccess(299) && !IsSuccess(300));
  EXPECT_TRUE(IsFinal(200) && IsFinal(699) && !IsFinal(183) && !IsFinal(700));
  EXPECT_TRUE(IsFailure(300) && IsFailure(603) && !IsFailure(299));
}

}  // namespace
}  // namespace sip
