#include "base/sha256.h"

#include <bit>
#include <cmath>
#include <cstddef>

#include "base/padding.h"
#include "base/string.h"

namespace sip {
namespace {

// Made when first needed: as tables they are 0.3 KB of the module, which nothing compresses.
struct Constants {
  std::array<uint32_t, 64> round;
  std::array<uint32_t, 8> initial;
};

// The first thirty-two bits of the fractional part.
uint32_t FractionOf(double number) {
  return static_cast<uint32_t>((number - std::floor(number)) * 4294967296.0);
}

// By Newton's method, for numbers of three digits.
double CubeRoot(double number) {
  double root = number;
  for (int i = 0; i < 20; ++i) root -= (root - number / (root * root)) / 3;
  return root;
}

bool IsPrime(uint32_t number) {
  for (uint32_t divisor = 2; divisor * divisor <= number; ++divisor) {
    if (number % divisor == 0) return false;
  }
  return true;
}

// FIPS 180-4 section 4.2.2: "the first thirty-two bits of the fractional parts of the cube roots
// of the first sixty-four prime numbers"; section 5.3.3, of the initial hash value: "of the square
// roots of the first eight prime numbers".
Constants MakeConstants() {
  Constants constants;
  size_t count = 0;
  for (uint32_t number = 2; count < 64; ++number) {
    if (!IsPrime(number)) continue;
    if (count < 8) constants.initial[count] = FractionOf(std::sqrt(number));
    constants.round[count++] = FractionOf(CubeRoot(number));
  }
  return constants;
}

const Constants& GetConstants() {
  static const Constants constants = MakeConstants();
  return constants;
}

void Compress(const uint8_t* block, std::array<uint32_t, 8>& hash) {
  std::array<uint32_t, 64> w;
  for (size_t t = 0; t < 16; ++t) {
    w[t] = static_cast<uint32_t>(block[4 * t]) << 24 | block[4 * t + 1] << 16 |
           block[4 * t + 2] << 8 | block[4 * t + 3];
  }
  for (size_t t = 16; t < 64; ++t) {
    const uint32_t s0 = std::rotr(w[t - 15], 7) ^ std::rotr(w[t - 15], 18) ^ (w[t - 15] >> 3);
    const uint32_t s1 = std::rotr(w[t - 2], 17) ^ std::rotr(w[t - 2], 19) ^ (w[t - 2] >> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  const std::array<uint32_t, 64>& k = GetConstants().round;
  auto [a, b, c, d, e, f, g, h] = hash;
  for (size_t t = 0; t < 64; ++t) {
    const uint32_t sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const uint32_t t1 = h + sum1 + ((e & f) ^ (~e & g)) + k[t] + w[t];
    const uint32_t sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const uint32_t t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  const std::array<uint32_t, 8> add = {a, b, c, d, e, f, g, h};
  for (size_t i = 0; i < 8; ++i) hash[i] += add[i];
}

}  // namespace

std::array<uint8_t, 32> Sha256(std::string_view text) {
  std::array<uint32_t, 8> hash = GetConstants().initial;
  const String padded = Padded(text, std::endian::big);
  for (size_t at = 0; at < padded.size(); at += 64) {
    Compress(reinterpret_cast<const uint8_t*>(padded.data()) + at, hash);
  }
  std::array<uint8_t, 32> out;
  for (size_t i = 0; i < 32; ++i) out[i] = static_cast<uint8_t>(hash[i / 4] >> (24 - 8 * (i % 4)));
  return out;
}

}  // namespace sip
