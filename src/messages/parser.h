#ifndef SIPWASM_SRC_MESSAGES_PARSER_H_
#define SIPWASM_SRC_MESSAGES_PARSER_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

#include "base/string.h"
#include "messages/message.h"

namespace sip {

inline constexpr size_t kMaxMessageSize = 256 * 1024;  // octets, if nobody says otherwise
inline constexpr size_t kMaxHeaderFields = 4096;

// Why a text is no SIP message, and what can still be answered to it.
struct MalformedMessage {
  String reason;  // for people: "CSeq is missing"

  // RFC 3261 sections 8.2 and 16.3: what a server answers to such a request: 400, 501, 505, 513. 0
  // if the text is no request, or an ACK, or too broken for an answer: one needs a Via that can be
  // read and a CSeq, by which its client finds the transaction.
  int status = 0;

  // When status is set: the answer, built from what could be read of the request, ready to send.
  String response;
};

// Reads one message out of one WebSocket frame (RFC 7118 section 4: "Each SIP message MUST be
// carried within a single WebSocket message"). Lines end with CRLF or a bare LF; line breaks before
// the start line are passed over (RFC 3261 section 7.5). A body is what Content-Length says, or all
// that follows if it is absent; a Content-Length larger than what is there makes a request
// malformed (400) and a response is discarded (section 18.3).
//
// An optional header field that cannot be read never costs the message: it is found unreadable by
// who asks for it. A text of more than `max_size` octets is malformed (513), and so is one of more
// than kMaxHeaderFields; of the parameters of a value kMaxParameters are looked at.
std::variant<Message, MalformedMessage> ParseMessage(std::string_view text,
                                                     size_t max_size = kMaxMessageSize);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_PARSER_H_
