#ifndef SIPWASM_SRC_BASE_STR_CAT_H_
#define SIPWASM_SRC_BASE_STR_CAT_H_

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

// What absl::StrCat and absl::StrAppend do, for std::string_view: Abseil as Debian builds it takes
// its own absl::string_view only, which no std::string_view converts to.
namespace sip {

// A text, or the decimal digits of a number. For arguments only: it does not outlive them.
class Piece {
 public:
  Piece(std::string_view text) : text_(text) {}    // NOLINT: converts on purpose
  Piece(const std::string& text) : text_(text) {}  // NOLINT
  Piece(const char* text) : text_(text) {}         // NOLINT
  Piece(std::integral auto number) {               // NOLINT
    number < 0 ? Print(~static_cast<uint64_t>(number) + 1, true)
               : Print(static_cast<uint64_t>(number), false);
  }
  Piece(char) = delete;
  Piece(bool) = delete;
  Piece(const Piece&) = delete;
  Piece& operator=(const Piece&) = delete;

  std::string_view text() const { return text_; }

 private:
  void Print(uint64_t magnitude, bool negative);

  char digits_[20];
  std::string_view text_;
};

void AppendPieces(std::string& out, std::initializer_list<const Piece*> pieces);

namespace internal {
template <typename... Pieces>
void Append(std::string& out, const Pieces&... pieces) {
  AppendPieces(out, {&pieces...});
}
}  // namespace internal

// Appends texts and numbers to `*out`, none of which may lie in it.
template <typename... Args>
void StrAppend(std::string* out, const Args&... args) {
  internal::Append(*out, Piece(args)...);
}

template <typename... Args>
std::string StrCat(const Args&... args) {
  std::string out;
  internal::Append(out, Piece(args)...);
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
