#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "grammar/scanner.h"
#include "torture/vectors.h"

// The example messages of the RFCs are read without loss: a reader of the simplest kind, which
// knows nothing but lines and colons, finds the same fields with the same values, octet by octet.
namespace sip {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

// RFC 3261 section 7.3.1: "All linear whitespace, including folding, has the same semantics as SP."
// Each octet of a line end within a value is read as a space, which is all that is changed.
std::string Unfolded(std::string value) {
  std::replace_if(
      value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
  return std::string(TrimLws(value));
}

Fields ReadFieldsSimply(std::string_view text) {
  Fields fields;
  text = text.substr(0, text.find("\r\n\r\n"));
  size_t at = text.find("\r\n");
  while (at != std::string_view::npos && at + 2 < text.size()) {
    const size_t next = text.find("\r\n", at + 2);
    const std::string_view line = text.substr(at + 2, next - std::min(next, at + 2));
    if (line.starts_with(' ') || line.starts_with('\t')) {
      fields.back().second.append("\r\n").append(line);
    } else {
      fields.emplace_back(TrimLws(line.substr(0, line.find(':'))), line.substr(line.find(':') + 1));
    }
    at = next;
  }
  for (auto& [name, value] : fields) value = Unfolded(std::move(value));
  return fields;
}

// Some RFCs leave Via out of their examples.
std::string WithVia(std::string text) {
  const Fields fields = ReadFieldsSimply(text);
  const bool has_via = absl::c_any_of(
      fields, [](const auto& field) { return FindHeader(field.first) == HeaderId::kVia; });
  if (!has_via) text.insert(text.find("\r\n"), "\r\nVia: SIP/2.0/TCP left-out.example");
  return text;
}

// RFC 5589 section 6.2, messages F4 and F6: NOTIFY with a CSeq of "... REFER".
bool HasWrongCSeq(const std::filesystem::path& path) {
  return path.filename() == "007-6_2-F4-NOTIFY.sip" || path.filename() == "008-6_2-F6-NOTIFY.sip";
}

TEST(Flows, EveryMessageIsReadWithoutLoss) {
  const std::filesystem::path directory = std::filesystem::path(SIP_TEST_DIR) / "torture/flows";
  int read = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    ++read;
    const std::string text = WithVia(ReadVector(entry.path()));
    auto result = ParseMessage(text);
    if (HasWrongCSeq(entry.path())) {
      EXPECT_EQ(Verdict(text), "400 The method of CSeq is not that of the request");
      continue;
    }
    ASSERT_TRUE(std::holds_alternative<Message>(result)) << entry.path() << Verdict(text);
    const auto& message = std::get<Message>(result);
    Fields fields;
    for (const HeaderField& field : message.fields()) {
      fields.emplace_back(field.name, field.value);
    }
    EXPECT_EQ(fields, ReadFieldsSimply(text)) << entry.path();
    const size_t body = std::min(text.find("\r\n\r\n") + 4, text.size());
    EXPECT_TRUE(std::string_view(text).substr(body).starts_with(message.body())) << entry.path();
    const size_t announced =
        message.GetNumber(HeaderId::kContentLength).value_or(text.size() - body);
    EXPECT_EQ(message.body().size(), announced) << entry.path();
  }
  EXPECT_EQ(read, 310);
}

// Serialising is the inverse: the fields written again are read as the same.
TEST(Flows, EveryMessageSurvivesBeingWrittenAgain) {
  const std::filesystem::path directory = std::filesystem::path(SIP_TEST_DIR) / "torture/flows";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file() || HasWrongCSeq(entry.path())) continue;
    const Message message = std::get<Message>(ParseMessage(WithVia(ReadVector(entry.path()))));
    std::string text = message.is_request()
                           ? StrCat(message.method(), " ", message.request_uri(), " SIP/2.0\r\n")
                           : StrCat("SIP/2.0 ", message.status(), " ", message.reason(), "\r\n");
    for (const HeaderField& field : message.fields()) {
      StrAppend(&text, CanonicalName(field.name), ": ", field.value, "\r\n");
    }
    StrAppend(&text, "\r\n", message.body());
    const Message again = std::get<Message>(ParseMessage(text));
    ASSERT_EQ(again.fields().size(), message.fields().size());
    for (size_t i = 0; i < message.fields().size(); ++i) {
      EXPECT_EQ(again.fields()[i].id, message.fields()[i].id);
      EXPECT_EQ(again.fields()[i].value, message.fields()[i].value);
    }
    EXPECT_EQ(again.body(), message.body());
    EXPECT_EQ(again.via().branch(), message.via().branch());
    EXPECT_EQ(again.from_tag(), message.from_tag());
    EXPECT_EQ(again.to_tag(), message.to_tag());
    EXPECT_TRUE(Equivalent(again.to().uri, message.to().uri));
  }
}

}  // namespace
}  // namespace sip
