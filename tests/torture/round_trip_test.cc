#include "tests/support/round_trip.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "torture/vectors.h"

namespace sip {
namespace {

// Serialising is the inverse of parsing, for every vector that is a message.
TEST(RoundTrip, EveryVectorWrittenAgainReadsAsTheSameValues) {
  const std::filesystem::path vectors = std::filesystem::path(SIP_TEST_DIR) / "torture";
  int read = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(vectors)) {
    const auto extension = entry.path().extension();
    if (extension != ".dat" && extension != ".sip") continue;
    const auto result = ParseMessage(ReadVector(entry.path()));
    const auto* message = std::get_if<Message>(&result);
    if (message == nullptr) continue;
    ++read;
    EXPECT_EQ(RoundTripLoss(*message), "") << entry.path();
  }
  EXPECT_GT(read, 300);
}

}  // namespace
}  // namespace sip
