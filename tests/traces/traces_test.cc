#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "tests/support/replay.h"

namespace sip {
namespace {

std::vector<std::string> TraceNames() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(SIP_TEST_DIR "/traces")) {
    if (entry.path().extension() == ".jsonl") names.push_back(entry.path().stem().string());
  }
  absl::c_sort(names);
  return names;
}

class Traces : public testing::TestWithParam<std::string> {};

TEST_P(Traces, ComesOutAsItWasRecorded) {
  std::ifstream file(std::string(SIP_TEST_DIR "/traces/") + GetParam() + ".jsonl");
  std::vector<std::string> recorded;
  for (std::string line; std::getline(file, line);) recorded.push_back(line);
  ASSERT_FALSE(recorded.empty());
  const Replay replay = RunAgain(recorded);
  EXPECT_TRUE(replay.same);
  const std::vector<std::string>& now = replay.trace.lines();
  for (size_t i = 0; i < std::min(recorded.size(), now.size()); ++i) {
    ASSERT_EQ(now[i], recorded[i]) << "line " << i + 1;
  }
  EXPECT_EQ(now.size(), recorded.size());
}

INSTANTIATE_TEST_SUITE_P(All, Traces, testing::ValuesIn(TraceNames()), [](const auto& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
});

}  // namespace
}  // namespace sip
