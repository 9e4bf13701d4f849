#ifndef SIPWASM_SRC_MESSAGES_BUILDER_H_
#define SIPWASM_SRC_MESSAGES_BUILDER_H_

#include <cstdint>
#include <string_view>

#include "base/status.h"
#include "base/string.h"
#include "messages/message.h"

// RFC 3261 section 7 the other way round: values to text. Nothing else in the core writes a start
// line or a header field.
//
// Header lines come in one piece, "Name: value" and a line end each.
namespace sip {

// Lines of somebody else's making.
struct HeaderLines {
  std::string_view text;
  uint32_t count = 0;  // how many they are meant to be
};

// A body with what RFC 3261 section 7.4 says about it.
struct Body {
  std::string_view content;
  std::string_view content_type;         // empty: no body, and no Content-Type is written
  std::string_view content_disposition;  // empty: none is written
};

// A request that is ready but for its Via, which the transaction gives it. It only points at its
// parts, which are kept apart because it may have to be sent again with other ones (credentials).
struct RequestParts {
  std::string_view method;
  std::string_view request_uri;
  std::string_view from;  // header value, with its tag
  std::string_view to;
  std::string_view call_id;
  uint32_t cseq = 0;
  std::string_view routes;       // Route lines, in order
  std::string_view headers;      // further lines, in order
  std::string_view credentials;  // Authorization and Proxy-Authorization lines
  Body body;

  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("method", method);
    field("requestUri", request_uri);
    field("from", from);
    field("to", to);
    field("callId", call_id);
    field("cseq", cseq);
    field("routes", routes);
    field("headers", headers);
    field("credentials", credentials);
    field("body", body.content);
    field("contentType", body.content_type);
    field("contentDisposition", body.content_disposition);
  }
};

// Start line, Via, Max-Forwards (unless the other lines have one), Route, From, To, Call-ID, CSeq,
// credentials, the other lines in their order, Content-Type, Content-Length (in octets, always),
// body.
String BuildRequest(const RequestParts& request, std::string_view via);

// The value of a Via of our own: "SIP/2.0/WSS <sent_by>;branch=<branch>".
String BuildVia(std::string_view transport, std::string_view sent_by, std::string_view branch);

struct ResponseParts {
  int status = 0;
  std::string_view reason = {};   // empty: that of the registry
  std::string_view to_tag = {};   // added to To if it has none (RFC 3261 section 8.2.6.2)
  std::string_view headers = {};  // further lines, in order
  Body body = {};
};

// RFC 3261 section 8.2.6.2: From, To, Call-ID, CSeq and every Via in their order are the request's;
// a response that makes a dialog also copies Record-Route (section 12.1.1: 101 to 299 to a request
// that can make one), and 100 copies Timestamp (section 8.2.6.1).
String BuildResponse(const Message& request, const ResponseParts& response);

// RFC 3261 section 17.1.1.3: the ACK that the transaction itself sends for a 300-699. `invite` is
// the INVITE as it was sent, `response` what came for it.
String BuildAckForFailure(const Message& invite, const Message& response);

// RFC 3261 section 9.1: the CANCEL of an INVITE as it was sent. `headers`: further lines (Reason).
String BuildCancel(const Message& invite, std::string_view headers);

// A response that nobody sent: what RFC 3261 section 8.1.3.1 has a client see when a request timed
// out (408) or could not be sent (503).
String BuildLocalResponse(const Message& request, int status);

// Appends the line of a header field.
void AppendField(String& lines, HeaderId id, std::string_view value);

// Takes the first line, with its line end, off `lines`.
std::string_view NextLine(std::string_view& lines);

// The line of this name, in any case or form, with its line end; empty if there is none.
std::string_view FindLine(std::string_view lines, HeaderId id);

// Whether these are so many lines, each the name of a field, which is a token, and a value without
// CR, LF or NUL, so that no value smuggles in a line. InvalidArgument names the line otherwise.
Status CheckHeaderLines(const HeaderLines& lines);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_BUILDER_H_
