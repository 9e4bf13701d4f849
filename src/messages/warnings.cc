#include "messages/warnings.h"

#include "base/str_cat.h"
#include "messages/header_value.h"

namespace sip {
namespace {

constexpr std::string_view kMalformed = " is not well-formed";
constexpr std::string_view kUnreadable = " cannot be read";

// RFC 3261 section 25.1: "toplabel = ALPHA / ALPHA *( alphanum / "-" ) alphanum", and no label
// holds a "_". A port may follow.
bool IsStrictHost(std::string_view host) {
  if (host.starts_with('[')) return true;
  host = TrimLws(host.substr(0, host.find(':')));
  const std::string_view top = host.substr(host.rfind('.') + 1);
  return host.find('_') == std::string_view::npos &&
         (top.empty() || !IsDigit(top[0]) || ReadNumber(top));
}

// The characters of one value, and what must stand between them. Within angle brackets there are
// those of a URI, whose user part holds no square brackets; outside of them those of tokens, hosts
// and separators, where an addr-spec may stand too. What is quoted may hold anything.
bool HasStrictText(HeaderKind kind, std::string_view text) {
  const bool is_address = HasAddress(kind);
  bool in_uri = is_address && text.find('<') == std::string_view::npos;
  if (in_uri && kind == HeaderKind::kRoutes) return false;
  char last = ';';
  for (Scanner scanner(text); !scanner.AtEnd();) {
    if (scanner.Peek() == '"' && scanner.ReadQuoted()) {
      last = '"';
      continue;
    }
    const char c = scanner.Take(1).front();
    if (IsLws(c)) continue;
    // An empty value, "x=;", and an empty parameter.
    if ((c == ';' || c == ',') && (last == ';' || last == '=') && !in_uri) return false;
    if (c == '<' || c == '>') {
      in_uri = c == '<';
    } else if (in_uri ? !IsUriChar(c) : !IsValueChar(c) && (c != ',' || is_address)) {
      return false;
    }
    last = c;
  }
  return in_uri || (last != ';' && last != ',' && last != '=');
}

bool IsStrict(HeaderKind kind, const HeaderValue& value) {
  switch (kind) {
    case HeaderKind::kWord:
    case HeaderKind::kDialog:
    case HeaderKind::kWarning:
      return true;
    case HeaderKind::kNumber:
      if (!value.second.empty()) return true;
      break;
    case HeaderKind::kVia: {
      // RFC 3261 section 25.1: via-received = "received" EQUAL (IPv4address / IPv6address).
      const std::string_view received = value.parameters.Get("received").value_or("-");
      const bool is_host =
          IsToken(received) || (received.find(':') != received.rfind(':') && received[0] != '[');
      if (!is_host || !IsStrictHost(value.second)) return false;
      break;
    }
    case HeaderKind::kChallenge:
      // RFC 3261 section 25.1: qop-options = "qop" EQUAL LDQUOT qop-value *("," qop-value) RDQUOT.
      if (!value.parameters.Get("qop").value_or("\"").starts_with('"')) return false;
      break;
    default: {
      Uri uri;
      if (HasAddress(kind) && ReadUri(value.second, uri) && uri.is_sip() &&
          (uri.user.find_first_of("[]") != std::string_view::npos || !IsStrictHost(uri.host))) {
        return false;
      }
    }
  }
  return HasStrictText(kind, value.text);
}

// What is to be said of a header field; nothing if it is fine.
std::string_view Judge(const HeaderField& field) {
  const HeaderKind kind = KindOf(field.id);
  if (kind <= HeaderKind::kText) return {};
  std::string_view rest = field.value;
  bool strict = !rest.ends_with(',') && !rest.ends_with(';');
  bool found = kind == HeaderKind::kTokens || kind == HeaderKind::kTokenList;
  while (const auto value = NextHeaderValue(kind, rest)) {
    const std::optional<HeaderValue> parsed = ParseHeaderValue(kind, *value);
    if (!parsed) return kUnreadable;
    strict = strict && IsStrict(kind, *parsed);
    found = true;
  }
  return !found ? kUnreadable : strict ? std::string_view() : kMalformed;
}

bool IsStartLineStrict(const Message& message) {
  const std::string_view uri = message.request_uri();
  if (message.is_request()) return IsStrict(HeaderKind::kAddress, {.text = uri, .second = uri});
  // The SP behind the status code is there even if the phrase is empty.
  const std::string_view reason = message.reason();
  return reason.find_first_of("\"#<>[]{}|\\^`") == std::string_view::npos &&
         !(reason.empty() && IsDigit(reason.data()[-1]));
}

}  // namespace

String Warnings(const Message& message) {
  String text;
  const auto warn = [&](std::string_view what, std::string_view verdict) {
    if (!verdict.empty()) StrAppend(&text, text.empty() ? "" : "; ", what, verdict);
  };
  const std::string_view all = message.text();
  const size_t feed = all.find('\n');
  // An empty line before the start line begins with CR or LF.
  if (IsLws(all[0]) || (feed != std::string_view::npos && all[feed - 1] != '\r')) {
    warn("A line end", kMalformed);
  }
  if (!IsStartLineStrict(message)) warn("The start line", kMalformed);
  if (message.has_stray_line()) warn("A line without a colon", kUnreadable);
  for (const HeaderField& field : message.fields()) warn(HeaderName(field.id), Judge(field));
  return text;
}

}  // namespace sip
