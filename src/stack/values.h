#ifndef SIPWASM_SRC_STACK_VALUES_H_
#define SIPWASM_SRC_STACK_VALUES_H_

#include <cstdint>
#include <string_view>

#include "user_agents/wire.h"

// Values of the grammar for the faces in JavaScript: where the parts of a text are in it. Offsets
// count UTF-16 code units; (o, l) is offset and length; parameters are their count, then for each
// (o, l) of its name, 1 if it has a value else 0, (o, l) of the value as written.
namespace sip {

enum class ValueKind : int32_t {
  kUri,  // (o, l) of scheme, user; 1 with a password else 0, (o, l) of it; (o, l) of host; port
         // or -1; (o, l) of headers, of what follows the scheme; parameters
  kNameAddr,   // (o, l) of the display name as written, of the URI; parameters
  kVia,        // (o, l) of protocol, version, transport, host; port or -1; parameters
  kCSeq,       // number, (o, l) of the method
  kToken,      // Event, Subscription-State, Content-Type ...: (o, l) of the token; parameters
  kChallenge,  // (o, l) of the scheme; parameters
  kMessage,    // 1, -1, 0, 0, then as WriteMessageIndex; without words the text says what is wrong
  kList,       // count, (o, l) of each value of a list
  kReason,     // no words: the reason phrase of a status code, in the text
};

// Writes nothing if the text does not parse.
void WriteValue(ValueKind kind, std::string_view text, Wire& out);

}  // namespace sip

#endif  // SIPWASM_SRC_STACK_VALUES_H_
