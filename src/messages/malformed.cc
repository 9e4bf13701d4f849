#include "messages/malformed.h"

#include <utility>

#include "base/hex.h"
#include "base/sha256.h"
#include "base/str_cat.h"
#include "messages/answer_head.h"
#include "messages/method.h"
#include "messages/status_code.h"

namespace sip {
namespace {

// RFC 3261 section 17.1.3: a client finds the transaction of a response by the branch of the
// topmost Via and the method of CSeq. Without them an answer is of no use to anybody. Section 17:
// an ACK is never answered.
bool CanBeAnswered(const Message& message) {
  return !message.method().empty() && message.method() != method::kAck &&
         !message.via().host.empty() && message.Get(HeaderId::kCSeq);
}

}  // namespace

MalformedMessage BuildMalformed(const Message& message, MessageError error) {
  MalformedMessage result{.reason = std::move(error.reason), .status = 0, .response = {}};
  if (!CanBeAnswered(message)) return result;
  result.status = error.status;
  // RFC 3261 section 21.4.1: "The Reason-Phrase SHOULD identify the syntax problem in more detail".
  const std::string_view phrase = error.status == 400 ? result.reason : ReasonPhrase(error.status);
  // RFC 3261 section 8.2.7: "To header tags MUST be generated for responses in a stateless manner -
  // in a manner that will generate the same tag for the same request consistently."
  const String tag = Hex(Sha256(message.text()).data(), 8);
  result.response = AnswerHead(message, error.status, phrase, tag);
  StrAppend(&result.response, "Content-Length: 0\r\n\r\n");
  return result;
}

}  // namespace sip
