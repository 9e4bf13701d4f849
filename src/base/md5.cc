#include "base/md5.h"

#include <bit>
#include <cmath>
#include <cstddef>

#include "base/padding.h"
#include "base/string.h"

namespace sip {
namespace {

// RFC 1321 section 3.4: "the integer part of 4294967296 times abs(sin(i))", for i from 1 to 64, one
// after the other by turning on by 1 radian: a table of them is 0.2 KB of the module.
class Sines {
 public:
  uint32_t Next() {
    constexpr double kSine = 0.8414709848078965;
    constexpr double kCosine = 0.5403023058681398;
    const double sine = sine_ * kCosine + cosine_ * kSine;
    cosine_ = cosine_ * kCosine - sine_ * kSine;
    sine_ = sine;
    return static_cast<uint32_t>(std::abs(sine) * 4294967296.0);
  }

 private:
  double sine_ = 0;
  double cosine_ = 1;
};

// RFC 1321 section 3.4: the shifts of the four rounds.
constexpr uint8_t kShifts[4][4] = {
    {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

uint32_t ReadWord(const uint8_t* bytes) {
  return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | static_cast<uint32_t>(bytes[3]) << 24;
}

void Compress(const uint8_t* block, std::array<uint32_t, 4>& hash) {
  auto [a, b, c, d] = hash;
  Sines sines;
  for (uint32_t i = 0; i < 64; ++i) {
    uint32_t mixed;
    uint32_t word;
    switch (i / 16) {
      case 0:
        mixed = (b & c) | (~b & d), word = i;
        break;
      case 1:
        mixed = (b & d) | (c & ~d), word = 5 * i + 1;
        break;
      case 2:
        mixed = b ^ c ^ d, word = 3 * i + 5;
        break;
      default:
        mixed = c ^ (b | ~d), word = 7 * i;
    }
    const uint32_t sum = a + mixed + sines.Next() + ReadWord(block + 4 * (word % 16));
    a = d, d = c, c = b;
    b += std::rotl(sum, kShifts[i / 16][i % 4]);
  }
  hash[0] += a, hash[1] += b, hash[2] += c, hash[3] += d;
}

}  // namespace

std::array<uint8_t, 16> Md5(std::string_view text) {
  std::array<uint32_t, 4> hash = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  const String padded = Padded(text, std::endian::little);
  for (size_t at = 0; at < padded.size(); at += 64) {
    Compress(reinterpret_cast<const uint8_t*>(padded.data()) + at, hash);
  }
  std::array<uint8_t, 16> out;
  for (size_t i = 0; i < 16; ++i) out[i] = static_cast<uint8_t>(hash[i / 4] >> (8 * (i % 4)));
  return out;
}

}  // namespace sip
