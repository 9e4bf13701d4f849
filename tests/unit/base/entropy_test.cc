#include "base/entropy.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace sip {
namespace {

TEST(Entropy, GivesTheSameForTheSameSeedAndOtherThingsForAnother) {
  Entropy a("seed"), same("seed"), other("other");
  const std::string token = a.Token(20);
  EXPECT_EQ(token, same.Token(20));
  EXPECT_NE(token, other.Token(20));
  EXPECT_NE(token, a.Token(20));
}

TEST(Entropy, MakesTokensOfLettersAndDigits) {
  Entropy entropy("seed");
  const std::string token = entropy.Token(2000);
  EXPECT_EQ(token.size(), 2000u);
  EXPECT_EQ(token.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789"), std::string::npos);
  EXPECT_EQ(std::set<char>(token.begin(), token.end()).size(), 36u);
}

TEST(Entropy, ReachesBothEndsOfARangeAndNothingOutside) {
  Entropy entropy("seed");
  std::set<uint32_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(entropy.Between(5, 8));
  EXPECT_EQ(seen, (std::set<uint32_t>{5, 6, 7, 8}));
  EXPECT_EQ(entropy.Between(9, 9), 9u);
  entropy.Between(0, UINT32_MAX);
}

TEST(Entropy, KeepsOneTableSecretThatTakesNothingFromTheTokens) {
  Entropy entropy("seed"), same("seed");
  const uint32_t secret = entropy.TableSecret();
  EXPECT_LT(secret, 1u << 30);
  EXPECT_EQ(entropy.Token(20), same.Token(20));
  EXPECT_EQ(entropy.TableSecret(), secret);
  EXPECT_NE(Entropy("other").TableSecret(), secret);
}

}  // namespace
}  // namespace sip
