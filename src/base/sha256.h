#ifndef SIPWASM_SRC_BASE_SHA256_H_
#define SIPWASM_SRC_BASE_SHA256_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace sip {

// FIPS 180-4, section 6.2.
std::array<uint8_t, 32> Sha256(std::string_view text);

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_SHA256_H_
