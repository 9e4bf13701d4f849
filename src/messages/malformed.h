#ifndef SIPWASM_SRC_MESSAGES_MALFORMED_H_
#define SIPWASM_SRC_MESSAGES_MALFORMED_H_

#include "base/string.h"
#include "messages/message.h"
#include "messages/parser.h"

namespace sip {

// What is wrong with a message that could not be read, and the status that it deserves.
struct MessageError {
  int status = 400;
  String reason;
};

// The error with its answer, if one can be given. `message` holds what could be read: a field that
// could not is empty in its mandatory fields, but is there as text.
MalformedMessage BuildMalformed(const Message& message, MessageError error);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_MALFORMED_H_
