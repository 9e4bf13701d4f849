#include "messages/builder.h"

#include "base/str_cat.h"
#include "grammar/scanner.h"
#include "messages/answer_head.h"
#include "messages/method.h"
#include "messages/status_code.h"

namespace sip {
namespace {

void AppendFields(String& text, const Message& from, HeaderId id) {
  for (const HeaderField& field : from.fields()) {
    if (field.id == id) AppendField(text, id, field.value);
  }
}

// RFC 3261 section 20.14: "The Content-Length header field indicates the size of the message-body,
// in decimal number of octets". It is always written, as a proxy may go on over TCP.
void AppendBody(String& text, const Body& body) {
  const std::string_view content = body.content_type.empty() ? "" : body.content;
  if (!body.content_type.empty()) AppendField(text, HeaderId::kContentType, body.content_type);
  if (!body.content_disposition.empty()) {
    AppendField(text, HeaderId::kContentDisposition, body.content_disposition);
  }
  StrAppend(&text, "Content-Length: ", content.size(), "\r\n\r\n", content);
}

// RFC 3261 section 12.1.1: "When a UAS responds to a request with a response that establishes a
// dialog (such as a 2xx to INVITE), the UAS MUST copy all Record-Route header field values".
bool CanMakeDialog(std::string_view method, int status) {
  return status > 100 && status < 300 &&
         (method == method::kInvite || method == method::kSubscribe || method == method::kRefer);
}

// The requests that belong to an INVITE and go the way it went, sections 9.1 and 17.1.1.3: its
// Request-URI, its topmost Via, its Route, From, Call-ID and the number of its CSeq.
String FollowUp(const Message& invite, std::string_view method, std::string_view to) {
  std::string_view vias = invite.Get(HeaderId::kVia).value_or("");
  String text = StrCat(method, " ", invite.request_uri(), " SIP/2.0\r\n");
  AppendField(text, HeaderId::kVia, NextListValue(vias).value_or(""));
  AppendField(text, HeaderId::kMaxForwards, "70");
  AppendFields(text, invite, HeaderId::kRoute);
  AppendFields(text, invite, HeaderId::kFrom);
  AppendField(text, HeaderId::kTo, to);
  AppendField(text, HeaderId::kCallId, invite.call_id());
  AppendField(text, HeaderId::kCSeq, StrCat(invite.cseq().number, " ", method));
  return text;
}

}  // namespace

String BuildRequest(const RequestParts& request, std::string_view via) {
  String text = StrCat(request.method, " ", request.request_uri, " SIP/2.0\r\n");
  AppendField(text, HeaderId::kVia, via);
  // RFC 3261 section 8.1.1.6: "A UAC MUST insert a Max-Forwards header field into each request it
  // originates with a value that SHOULD be 70."
  if (FindLine(request.headers, HeaderId::kMaxForwards).empty()) {
    AppendField(text, HeaderId::kMaxForwards, "70");
  }
  text += request.routes;
  AppendField(text, HeaderId::kFrom, request.from);
  AppendField(text, HeaderId::kTo, request.to);
  AppendField(text, HeaderId::kCallId, request.call_id);
  AppendField(text, HeaderId::kCSeq, StrCat(request.cseq, " ", request.method));
  StrAppend(&text, request.credentials, request.headers);
  AppendBody(text, request.body);
  return text;
}

String BuildVia(std::string_view transport, std::string_view sent_by, std::string_view branch) {
  return StrCat("SIP/2.0/", transport, " ", sent_by, ";branch=", branch);
}

String BuildResponse(const Message& request, const ResponseParts& response) {
  const std::string_view reason =
      response.reason.empty() ? ReasonPhrase(response.status) : response.reason;
  String text = AnswerHead(request, response.status, reason, response.to_tag);
  if (CanMakeDialog(request.method(), response.status)) {
    AppendFields(text, request, HeaderId::kRecordRoute);
  }
  // RFC 3261 section 8.2.6.1: "When a 100 (Trying) response is generated, any Timestamp header
  // field present in the request MUST be copied into this 100 (Trying) response."
  if (response.status == 100) AppendFields(text, request, HeaderId::kTimestamp);
  text += response.headers;
  AppendBody(text, response.body);
  return text;
}

String BuildAckForFailure(const Message& invite, const Message& response) {
  // RFC 3261 section 17.1.1.3: "The To header field in the ACK MUST equal the To header field in
  // the response being acknowledged".
  String text = FollowUp(invite, method::kAck, response.Get(HeaderId::kTo).value_or(""));
  // RFC 3261 section 22.1: "UACs creating an ACK message will duplicate all of the Authorization
  // and Proxy-Authorization header field values that appeared in the INVITE".
  AppendFields(text, invite, HeaderId::kAuthorization);
  AppendFields(text, invite, HeaderId::kProxyAuthorization);
  AppendBody(text, {});
  return text;
}

String BuildCancel(const Message& invite, std::string_view headers) {
  // RFC 3261 section 9.1: "The Request-URI, Call-ID, To, the numeric part of CSeq, and From header
  // fields in the CANCEL request MUST be identical to those in the request being cancelled".
  String text = FollowUp(invite, method::kCancel, invite.Get(HeaderId::kTo).value_or(""));
  text += headers;
  AppendBody(text, {});
  return text;
}

String BuildLocalResponse(const Message& request, int status) {
  return BuildResponse(request, {.status = status});
}

void AppendField(String& lines, HeaderId id, std::string_view value) {
  StrAppend(&lines, HeaderName(id), ": ", value, "\r\n");
}

std::string_view NextLine(std::string_view& lines) {
  const size_t end = lines.find("\r\n");
  const std::string_view line = lines.substr(0, end == std::string_view::npos ? end : end + 2);
  lines.remove_prefix(line.size());
  return line;
}

std::string_view FindLine(std::string_view lines, HeaderId id) {
  while (!lines.empty()) {
    const std::string_view line = NextLine(lines);
    if (FindHeader(TrimLws(line.substr(0, line.find(':')))) == id) return line;
  }
  return "";
}

Status CheckHeaderLines(const HeaderLines& lines) {
  std::string_view rest = lines.text;
  std::string_view line;
  uint32_t count = 0;
  bool good = true;
  while (good && !rest.empty()) {
    line = NextLine(rest);
    good = line.ends_with("\r\n") && line.find(':') != std::string_view::npos &&
           IsToken(line.substr(0, line.find(':'))) &&
           !HasControlBreak(line.substr(0, line.size() - 2)) && ++count <= lines.count;
  }
  if (good && count == lines.count) return OkStatus();
  return InvalidArgumentError("Not a header line: ", line);
}

}  // namespace sip
