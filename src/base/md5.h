#ifndef SIPWASM_SRC_BASE_MD5_H_
#define SIPWASM_SRC_BASE_MD5_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace sip {

// RFC 1321. Only for digest authentication, whose older servers know nothing better.
std::array<uint8_t, 16> Md5(std::string_view text);

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_MD5_H_
