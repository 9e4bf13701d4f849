#ifndef SIPWASM_SRC_BASE_STRING_H_
#define SIPWASM_SRC_BASE_STRING_H_

#include <string>

#include "base/heap_string.h"

namespace sip {

// The core's texts. In the module each look at a std::string, which first asks whether the text is
// a short one, kept in place, would be 1.5 KB of the download; tests and tools want a std::string.
#ifdef SIP_HEAP_STRING
using String = HeapString;
#else
using String = std::string;
#endif

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_STRING_H_
