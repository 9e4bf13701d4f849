#ifndef SIPWASM_SRC_BASE_CONTEXT_H_
#define SIPWASM_SRC_BASE_CONTEXT_H_

#include "base/entropy.h"
#include "base/handles.h"
#include "base/time.h"

namespace sip {

// What every entry into the core brings along: the time, which is only ever an input, and the
// Stack's sources of randomness and of handles.
struct Context {
  Time now;
  Entropy& entropy;
  HandleSource& handles;
};

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_CONTEXT_H_
