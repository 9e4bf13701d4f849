#ifndef SIPWASM_SRC_STACK_VALUES_H_
#define SIPWASM_SRC_STACK_VALUES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "user_agents/wire.h"

// Values of the grammar for the faces in JavaScript: where the parts of a text are in it. Offsets
// count UTF-16 code units; (o, l) is offset and length; parameters are their count, then for each
// (o, l) of its name, 1 if it has a value else 0, (o, l) of the value as written.
namespace sip {

enum class ValueKind : int32_t {
  kUri,      // (o, l) of scheme, user; 1 with a password else 0, (o, l) of it; (o, l) of host; port
             // or -1; (o, l) of headers, of what follows the scheme; parameters
  kHeader,   // of "Name: value", a HeaderKind, then for each value as HeaderValue: (o, l) of it, of
             // its first and its second part; parameters; 1 for an address (but "*") else 0; of it
             // as kUri
  kMessage,  // their number, -1, 0, 0, then as WriteMessageIndex; without words the text says what
             // is wrong
  kList,     // (o, l) of each value of a list of addresses
  kName,     // in the text the reason phrase of a status code, or the usual name of a header field,
             // whose HeaderId is the word
  kAddress,  // of a name and an address: as of From in WriteMessageIndex
  kEquivalent,  // of two URIs with a space between them: 1 if they are equivalent
};

// Writes nothing if the text does not parse. Offsets count from so many characters before the text.
void WriteValue(ValueKind kind, std::string_view text, Wire& out, size_t before = 0);

}  // namespace sip

#endif  // SIPWASM_SRC_STACK_VALUES_H_
