#ifndef SIPWASM_SRC_BASE_PADDING_H_
#define SIPWASM_SRC_BASE_PADDING_H_

#include <bit>
#include <cstddef>
#include <string_view>

#include "base/string.h"

namespace sip {

// The text as MD5 and SHA-256 take it, in blocks of 64 octets. RFC 1321 sections 3.1 and 3.2, FIPS
// 180-4 section 5.1.1: append the bit "1", zeros, and the length in bits as 64 bits, of which
// `order` says which octet comes first.
String Padded(std::string_view text, std::endian order);

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_PADDING_H_
