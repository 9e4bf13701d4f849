#include "base/hex.h"

namespace sip {

String Hex(const uint8_t* octets, size_t count) {
  constexpr char kDigits[] = "0123456789abcdef";
  String text;
  text.reserve(2 * count);
  for (size_t i = 0; i < count; ++i) {
    text.push_back(kDigits[octets[i] >> 4]);
    text.push_back(kDigits[octets[i] & 15]);
  }
  return text;
}

}  // namespace sip
