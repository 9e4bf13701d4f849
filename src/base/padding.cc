#include "base/padding.h"

#include <cstdint>

namespace sip {

String Padded(std::string_view text, std::endian order) {
  String padded(text);
  padded.push_back('\x80');
  while (padded.size() % 64 != 56) padded.push_back('\0');
  const uint64_t bits = static_cast<uint64_t>(text.size()) * 8;
  const int first = order == std::endian::big ? 56 : 0;
  for (int shift = 0; shift < 64; shift += 8) {
    padded.push_back(static_cast<char>(bits >> (shift ^ first)));
  }
  return padded;
}

}  // namespace sip
