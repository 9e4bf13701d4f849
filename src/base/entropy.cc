#include "base/entropy.h"

#include "base/sha256.h"
#include "base/str_cat.h"

namespace sip {

uint8_t Entropy::NextByte() {
  if (used_ == block_.size()) {
    block_ = Sha256(StrCat(seed_, "/", counter_++));
    used_ = 0;
  }
  return block_[used_++];
}

String Entropy::Token(size_t length) {
  constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  String token;
  token.reserve(length);
  while (token.size() < length) {
    // 252 = 7 * 36: larger bytes would make some characters likelier than others.
    if (const uint8_t byte = NextByte(); byte < 252) token.push_back(kAlphabet[byte % 36]);
  }
  return token;
}

uint32_t Entropy::Between(uint32_t low, uint32_t high) {
  uint64_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8 | NextByte();
  return low + static_cast<uint32_t>(value * (static_cast<uint64_t>(high - low) + 1) >> 32);
}

uint32_t Entropy::TableSecret() const {
  const std::array<uint8_t, 32> hash = Sha256(StrCat(seed_, "/table"));
  return hash[0] | hash[1] << 8 | hash[2] << 16 | (hash[3] & 63) << 24;
}

}  // namespace sip
