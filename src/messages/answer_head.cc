#include "messages/answer_head.h"

#include "base/str_cat.h"
#include "messages/status_code.h"

namespace sip {
namespace {

// RFC 3261 section 8.2.6.2: "If a request contained a To tag in the request, the To header field
// in the response MUST equal that of the request." One that cannot be read stays as it is, too.
String ToWithTag(const Message& request, std::string_view value, std::string_view tag) {
  const bool is_readable = !request.to().uri.text.empty();
  if (tag.empty() || !is_readable || request.to().parameters.Has("tag")) return String(value);
  while (value.ends_with(';') || value.ends_with(',') || value.ends_with(' ')) {
    value.remove_suffix(1);
  }
  return StrCat(value, ";tag=", tag);
}

}  // namespace

String AnswerHead(const Message& request, int status, std::string_view reason,
                  std::string_view to_tag) {
  String text = StrCat("SIP/2.0 ", status, " ", reason, "\r\n");
  for (const HeaderField& field : request.fields()) {
    switch (field.id) {
      case HeaderId::kTo:
        StrAppend(&text, "To: ", ToWithTag(request, field.value, to_tag), "\r\n");
        break;
      case HeaderId::kVia:
      case HeaderId::kFrom:
      case HeaderId::kCallId:
      case HeaderId::kCSeq:
        StrAppend(&text, HeaderName(field.id), ": ", field.value, "\r\n");
        break;
      default:
        break;
    }
  }
  return text;
}

}  // namespace sip
