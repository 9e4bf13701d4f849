#ifndef SIPWASM_SRC_BASE_STR_CAT_H_
#define SIPWASM_SRC_BASE_STR_CAT_H_

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

// What absl::StrCat and absl::StrAppend do, for std::string_view: Abseil as Debian builds it takes
// its own absl::string_view only, which no std::string_view converts to.
namespace sip {

// One call for each piece: building a list of them first takes more of the module than it saves.
namespace internal {

void Append(std::string& out, std::string_view text);
void Append(std::string& out, const std::string& text);
void Append(std::string& out, const char* text);
void AppendNumber(std::string& out, uint64_t magnitude, bool negative);
void Append(std::string& out, std::integral auto number) {
  number < 0 ? AppendNumber(out, ~static_cast<uint64_t>(number) + 1, true)
             : AppendNumber(out, static_cast<uint64_t>(number), false);
}
void Append(std::string& out, char) = delete;
void Append(std::string& out, bool) = delete;

}  // namespace internal

// Appends texts and numbers, in decimal, to `*out`, none of which may lie in it.
template <typename... Args>
void StrAppend([[maybe_unused]] std::string* out, const Args&... args) {
  (internal::Append(*out, args), ...);
}

template <typename... Args>
std::string StrCat(const Args&... args) {
  std::string out;
  (internal::Append(out, args), ...);
  return out;
}

// The elements of a list of texts with `separator` between them.
template <typename List>
std::string StrJoin(const List& list, std::string_view separator) {
  std::string out;
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
