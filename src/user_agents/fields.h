#ifndef SIPWASM_SRC_USER_AGENTS_FIELDS_H_
#define SIPWASM_SRC_USER_AGENTS_FIELDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "messages/builder.h"

// What `Fields` says of a struct of views, as a table: one loop reads, or keeps, the fields of
// every struct, where a function for each would be several KB of the module.
namespace sip {

enum class FieldKind : uint8_t { kEnd, kFlag, kWord, kText, kBody, kLines };

template <typename Value>
constexpr FieldKind KindOf(std::string_view name) {
  if (std::is_same_v<Value, HeaderLines>) return FieldKind::kLines;
  if (std::is_same_v<Value, bool>) return FieldKind::kFlag;
  if (std::is_same_v<Value, std::string_view>) {
    // What goes into no header field may hold what it wants.
    const bool is_free = name.starts_with("body") || name == "password" || name == "ha1";
    return is_free ? FieldKind::kBody : FieldKind::kText;
  }
  static_assert(std::is_class_v<Value> || std::is_same_v<Value, bool> ||
                sizeof(Value) == sizeof(uint32_t));
  return FieldKind::kWord;  // a number or a handle
}

template <typename Each>
consteval auto ListKinds() {
  constexpr size_t kCount = [] {
    Each each;
    size_t count = 0;
    each.Fields([&](const char*, auto&) { ++count; });
    return count;
  }();
  std::array<FieldKind, kCount + 1> kinds = {};
  Each each;
  size_t at = 0;
  static_assert(std::is_trivially_copyable_v<Each> && std::is_trivially_destructible_v<Each>);
  each.Fields([&]<typename Value>(const char* name, Value&) { kinds[at++] = KindOf<Value>(name); });
  return kinds;
}

// The kinds of all fields of a struct, in the order in which they lie in memory; kEnd behind the
// last.
template <typename Each>
inline constexpr auto kFields = ListKinds<Each>();

// Goes from field to field of such a struct.
class FieldCursor {
 public:
  explicit FieldCursor(void* each) : at_(reinterpret_cast<uintptr_t>(each)) {}

  // The next field, which is of this type.
  template <typename Value>
  Value& Next() {
    at_ = (at_ + alignof(Value) - 1) / alignof(Value) * alignof(Value);
    auto* const value = reinterpret_cast<Value*>(at_);
    at_ += sizeof(Value);
    return *value;
  }

 private:
  uintptr_t at_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_FIELDS_H_
