#ifndef SIPWASM_SRC_MESSAGES_ANSWER_HEAD_H_
#define SIPWASM_SRC_MESSAGES_ANSWER_HEAD_H_

#include <string_view>

#include "base/string.h"
#include "messages/message.h"

namespace sip {

// The beginning of a response: the status line, then what RFC 3261 section 8.2.6.2 has it copy from
// the request: From, To (with `to_tag` if it has none), Call-ID, CSeq and every Via, in the order
// of the request, as far as they are there.
String AnswerHead(const Message& request, int status, std::string_view reason,
                  std::string_view to_tag);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_ANSWER_HEAD_H_
