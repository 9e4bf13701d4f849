#include "messages/header_fields.h"

#include <gtest/gtest.h>

#include <string>

namespace sip {
namespace {

TEST(FindHeader, KnowsEveryNameInAnyCase) {
  for (int i = 1; i <= static_cast<int>(HeaderId::kPPreferredIdentity); ++i) {
    const auto id = static_cast<HeaderId>(i);
    std::string name(HeaderName(id));
    ASSERT_FALSE(name.empty());
    EXPECT_EQ(FindHeader(name), id) << name;
    EXPECT_EQ(CanonicalName(name), name);
    for (char& c : name) c = static_cast<char>(toupper(c));
    EXPECT_EQ(FindHeader(name), id) << name;
    EXPECT_EQ(CanonicalName(name), HeaderName(id));
  }
}

TEST(FindHeader, KnowsTheCompactForms) {
  constexpr std::string_view kForms[][2] = {
      {"a", "Accept-Contact"},
      {"b", "Referred-By"},
      {"c", "Content-Type"},
      {"d", "Request-Disposition"},
      {"e", "Content-Encoding"},
      {"f", "From"},
      {"i", "Call-ID"},
      {"j", "Reject-Contact"},
      {"k", "Supported"},
      {"l", "Content-Length"},
      {"m", "Contact"},
      {"n", "Identity-Info"},
      {"o", "Event"},
      {"r", "Refer-To"},
      {"s", "Subject"},
      {"t", "To"},
      {"u", "Allow-Events"},
      {"v", "Via"},
      {"x", "Session-Expires"},
      {"y", "Identity"},
  };
  for (const auto& [compact, name] : kForms) {
    EXPECT_EQ(CanonicalName(compact), name);
    EXPECT_EQ(CanonicalName(std::string(1, static_cast<char>(toupper(compact[0])))), name);
  }
}

TEST(FindHeader, TakesOtherNamesForWhatTheyAre) {
  for (std::string_view name : {"", "g", "6", "V ", "\x16", "@", "[", "X-Own", "Vi", "Viaa",
                                "A-Name-That-Is-Longer-Than-All-Others", "\xD6"}) {
    EXPECT_EQ(FindHeader(name), HeaderId::kOther) << name;
    EXPECT_EQ(CanonicalName(name), name);
  }
  EXPECT_EQ(HeaderName(HeaderId::kOther), "");
}

}  // namespace
}  // namespace sip
