#ifndef SIPWASM_SRC_MESSAGES_WARNINGS_H_
#define SIPWASM_SRC_MESSAGES_WARNINGS_H_

#include "base/string.h"
#include "messages/message.h"

namespace sip {

// What in a message that could be read is not as the RFCs have it, for a log: header fields that
// cannot be read, which are there as text all the same, and what is written wrongly but was taken
// as it is meant. "From is not well-formed; Refer-To cannot be read". Empty if there is nothing.
String Warnings(const Message& message);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_WARNINGS_H_
