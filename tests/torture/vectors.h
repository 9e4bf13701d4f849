#ifndef SIPWASM_TESTS_TORTURE_VECTORS_H_
#define SIPWASM_TESTS_TORTURE_VECTORS_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <variant>

#include "base/str_cat.h"
#include "messages/parser.h"

// rfc4475 and rfc5118 hold the messages of these RFCs, octet by octet. In "*.fixed.dat" a mistaken
// Content-Length is put right. flows holds the example messages of other RFCs, one file each:
// flows/RFC/NUMBER-SECTION-NAME-WHAT.sip.
namespace sip {

inline std::string ReadVector(const std::filesystem::path& path) {
  std::ifstream file(std::filesystem::path(SIP_TEST_DIR) / "torture" / path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// "fine", or the status and the reason of the refusal; status 0 means silence.
inline std::string Verdict(std::string_view text) {
  const auto result = ParseMessage(text);
  const auto* malformed = std::get_if<MalformedMessage>(&result);
  return malformed == nullptr ? "fine" : StrCat(malformed->status, " ", malformed->reason);
}

inline size_t CountVectors(const std::filesystem::path& directory) {
  size_t count = 0;
  const auto path = std::filesystem::path(SIP_TEST_DIR) / "torture" / directory;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    count += entry.is_regular_file() ? 1 : 0;
  }
  return count;
}

// For messages that must be fine.
inline Message ParseVector(const std::filesystem::path& path) {
  auto result = ParseMessage(ReadVector(path));
  EXPECT_TRUE(std::holds_alternative<Message>(result)) << path;
  return std::get<Message>(std::move(result));
}

}  // namespace sip

#endif  // SIPWASM_TESTS_TORTURE_VECTORS_H_
