#ifndef SIPWASM_SRC_BASE_HEX_H_
#define SIPWASM_SRC_BASE_HEX_H_

#include <cstddef>
#include <cstdint>

#include "base/string.h"

namespace sip {

// Two lowercase digits for each octet, the most significant first.
String Hex(const uint8_t* octets, size_t count);

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_HEX_H_
