#ifndef SIPWASM_SRC_BASE_STR_CAT_H_
#define SIPWASM_SRC_BASE_STR_CAT_H_

#include <concepts>
#include <cstdint>
#include <string_view>

#include "base/string.h"

// What absl::StrCat and absl::StrAppend do, for std::string_view: Abseil as Debian builds it takes
// its own absl::string_view only, which no std::string_view converts to.
namespace sip {

// One call for each piece: building a list of them first takes more of the module than it saves.
namespace internal {

void Append(String& out, std::string_view text);
void Append(String& out, const String& text);
void Append(String& out, const char* text);
void AppendNumber(String& out, uint64_t magnitude, bool negative);
void Append(String& out, std::integral auto number) {
  number < 0 ? AppendNumber(out, ~static_cast<uint64_t>(number) + 1, true)
             : AppendNumber(out, static_cast<uint64_t>(number), false);
}
void Append(String& out, char) = delete;
void Append(String& out, bool) = delete;

}  // namespace internal

// Appends texts and numbers, in decimal, to `*out`, none of which may lie in it.
template <typename... Args>
void StrAppend([[maybe_unused]] String* out, const Args&... args) {
  (internal::Append(*out, args), ...);
}

template <typename... Args>
String StrCat(const Args&... args) {
  String out;
  (internal::Append(out, args), ...);
  return out;
}

// The elements of a list of texts with `separator` between them.
template <typename List>
String StrJoin(const List& list, std::string_view separator) {
  String out;
  std::string_view before;
  for (const auto& element : list) {
    out.append(before);
    out.append(element);
    before = separator;
  }
  return out;
}

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_STR_CAT_H_
