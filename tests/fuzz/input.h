#ifndef SIPWASM_TESTS_FUZZ_INPUT_H_
#define SIPWASM_TESTS_FUZZ_INPUT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sip {

// The octets of a fuzzer, taken as decisions from the front. When they are used up every decision
// is the first one.
class Input {
 public:
  Input(const uint8_t* data, size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  bool empty() const { return rest_.empty(); }

  uint32_t Number() {
    if (rest_.empty()) return 0;
    const auto octet = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return octet;
  }
  uint32_t Number(size_t below) { return below == 0 ? 0 : Number() % static_cast<uint32_t>(below); }
  size_t Position(size_t below) {
    const size_t position = Number() << 8 | Number();
    return below == 0 ? 0 : position % below;
  }
  bool OneIn(uint32_t count) { return Number(count) == count - 1; }

  template <typename List>
  auto OneOf(const List& list) {
    return list[Number(std::size(list))];
  }

  // Up to 255 octets as they are.
  std::string Text() {
    const size_t size = std::min<size_t>(Number(), rest_.size());
    const std::string text(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return text;
  }

 private:
  std::string_view rest_;
};

}  // namespace sip

#endif  // SIPWASM_TESTS_FUZZ_INPUT_H_
