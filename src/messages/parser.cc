#include "messages/parser.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/str_cat.h"
#include "messages/malformed.h"
#include "messages/method.h"

namespace sip {
namespace {

constexpr size_t kUsualFields = 24;
constexpr std::string_view kCannotBeRead = " cannot be read";
constexpr std::string_view kIsMissing = " is missing";
constexpr std::string_view kIsNotSip2 = " is not SIP/2.0";

bool HasPrefixIgnoreCase(std::string_view text, std::string_view prefix) {
  return EqualsIgnoreCase(text.substr(0, prefix.size()), prefix);
}

}  // namespace

// One message on its way from text to values. Reading goes on behind an error, as what follows may
// be needed for the answer; the first error is the one that is told.
class MessageParser {
 public:
  std::variant<Message, MalformedMessage> Parse(std::string_view text, size_t max_size);

 private:
  // Tells of `what` that `verdict`, a text that lives as long as the program.
  void Fail(std::string_view what, std::string_view verdict, int status = 400);
  std::optional<std::string_view> NextLine();
  void ReadStartLine(std::string_view line);
  void ReadRequestLine(std::string_view line);
  void ReadStatusLine(std::string_view line);
  void ReadFields();
  std::optional<std::string_view> Single(HeaderId id);
  std::string_view Mandatory(HeaderId id);
  void ReadVia();
  void ReadMandatoryFields();
  void ReadBody();

  Message message_;
  size_t at_ = 0;   // how much of the buffer is read
  int status_ = 0;  // of the first error; 0 if there was none
  std::string_view what_;
  std::string_view verdict_;
};

void MessageParser::Fail(std::string_view what, std::string_view verdict, int status) {
  if (status_ != 0) return;
  status_ = status;
  what_ = what;
  verdict_ = verdict;
}

std::variant<Message, MalformedMessage> MessageParser::Parse(std::string_view text,
                                                             size_t max_size) {
  // RFC 3261 section 21.5.7: "The server was unable to process the request since the message length
  // exceeded its capabilities."
  if (text.size() > max_size) {
    Fail("The message", " is too large", 513);
    text = text.substr(0, max_size);
  }
  message_.buffer_.reserve(text.size() + Message::kPadding.size());
  message_.buffer_.append(text);
  message_.buffer_.append(Message::kPadding);
  message_.fields_.reserve(kUsualFields);
  // RFC 3261 section 7.5: "Implementations processing SIP messages over stream-oriented transports
  // MUST ignore any CRLF appearing before the start-line."
  while (at_ < text.size() && (text[at_] == '\r' || text[at_] == '\n')) ++at_;
  ReadStartLine(NextLine().value_or(""));
  ReadFields();
  ReadVia();
  ReadMandatoryFields();
  ReadBody();
  if (status_ == 0) return std::move(message_);
  return BuildMalformed(message_, {.status = status_, .reason = StrCat(what_, verdict_)});
}

// The next line without its end, CRLF or LF; nullopt for the empty one that ends the header, and at
// the end of the text.
//
// RFC 3261 section 7.3.1: "Header fields can be extended over multiple lines by preceding each
// extra line with at least one SP or horizontal tab (HT)." The breaks within become spaces, in
// place, and so does a stray CR: no value ever carries one on.
std::optional<std::string_view> MessageParser::NextLine() {
  char* const begin = message_.buffer_.data() + at_;
  char* const end = message_.buffer_.data() + message_.text().size();
  char* at = begin;
  char* feed = end;
  for (;; ++at) {
    // From control character to control character; behind the text there are some.
    uint64_t found;
    while ((found = OctetsBelow(Load8(at), ' ')) == 0) at += 8;
    at += std::countr_zero(found) / 8;
    if (at >= end) {
      at = feed = end;
      break;
    }
    feed = *at == '\r' && at[1] == '\n' ? at + 1 : at;
    if (*feed == '\n') {
      if (at == begin || (feed[1] != ' ' && feed[1] != '\t')) break;
      *feed = *at = ' ';
      at = feed;
    } else if (*at == '\r') {
      *at = ' ';
    }
  }
  at_ = static_cast<size_t>(std::min(feed + 1, end) - message_.buffer_.data());
  if (at == begin) return std::nullopt;
  return std::string_view(begin, static_cast<size_t>(at - begin));
}

void MessageParser::ReadStartLine(std::string_view line) {
  // No method holds a "/".
  if (HasPrefixIgnoreCase(line, "SIP/")) {
    ReadStatusLine(line);
  } else {
    ReadRequestLine(TrimLws(line));
  }
}

// Request-Line = Method SP Request-URI SP SIP-Version. RFC 4475 sections 3.1.2.9 and 3.1.2.10: "An
// element that is liberal in what it accepts may ignore these extra SP characters".
void MessageParser::ReadRequestLine(std::string_view line) {
  const size_t first = line.find(' ');
  const size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !IsToken(line.substr(0, first))) {
    return Fail("The start line", " is neither a request line nor a status line");
  }
  message_.method_ = line.substr(0, first);
  message_.request_uri_ = TrimLws(line.substr(first, last - first));
  const std::string_view version = line.substr(last + 1);
  if (!EqualsIgnoreCase(version, "SIP/2.0")) {
    // RFC 3261 section 21.5.6: "The server does not support, or refuses to support, the SIP
    // protocol version that was used in the request."
    const bool is_sip = HasPrefixIgnoreCase(version, "SIP/");
    return Fail("The version of the request", kIsNotSip2, is_sip ? 505 : 400);
  }
  if (!ReadUri(message_.request_uri_, message_.mandatory_.request_uri)) {
    Fail("The Request-URI", kCannotBeRead);
  }
}

// Status-Line = SIP-Version SP Status-Code SP Reason-Phrase. Some leave the second SP out together
// with the phrase.
void MessageParser::ReadStatusLine(std::string_view line) {
  Scanner scanner(line);
  const std::string_view version = scanner.ReadUntil(" \t");
  scanner.SkipLws();
  const std::string_view code = scanner.ReadUntil(" \t");
  message_.reason_ = TrimLws(scanner.rest());
  message_.status_ = static_cast<int>(ReadNumber(code).value_or(0));
  if (!EqualsIgnoreCase(version, "SIP/2.0")) Fail("The version of the response", kIsNotSip2);
  if (code.size() != 3 || message_.status_ < 100 || message_.status_ > 699) {
    Fail("The status code", " is not between 100 and 699");
  }
}

void MessageParser::ReadFields() {
  while (const std::optional<std::string_view> line = NextLine()) {
    Scanner scanner(*line);
    const std::string_view name = TrimLws(scanner.ReadUntil(":"));
    if (!scanner.Read(':')) {  // no field at all; it costs only itself
      message_.has_stray_line_ = true;
      continue;
    }
    if (message_.fields_.size() == kMaxHeaderFields) {
      return Fail("The message", " has too many header fields", 513);
    }
    message_.fields_.push_back(
        {.id = FindHeader(name), .name = name, .value = TrimLws(scanner.rest())});
  }
}

// The value of a field that can stand there once. Repeated with the same value it does no harm.
std::optional<std::string_view> MessageParser::Single(HeaderId id) {
  std::optional<std::string_view> value;
  for (const HeaderField& field : message_.fields_) {
    if (field.id != id) continue;
    if (value && *value != field.value) {
      Fail("There are several values of ", HeaderName(id));
      break;
    }
    value = field.value;
  }
  return value;
}

// Empty, and an error, if it is absent.
std::string_view MessageParser::Mandatory(HeaderId id) {
  const std::optional<std::string_view> value = Single(id);
  if (!value) Fail(HeaderName(id), kIsMissing);
  return value.value_or("");
}

void MessageParser::ReadVia() {
  const std::optional<std::string_view> field = message_.Get(HeaderId::kVia);
  if (!field) return Fail("Via", kIsMissing);
  // The first value is ours to read. The others of its line are looked at because RFC 4475 section
  // 3.1.2.1 has separators in the place of values ("192.0.2.15;;,;,,") refused.
  std::string_view rest = *field;
  Via others;
  Via* via = &message_.mandatory_.via;
  while (const std::optional<std::string_view> value = NextListValue(rest)) {
    if (!sip::ReadVia(*value, *via)) {
      *via = Via{};
      return Fail("Via", kCannotBeRead);
    }
    via = &others;
  }
  if (via != &others) Fail("Via", kCannotBeRead);
}

void MessageParser::ReadMandatoryFields() {
  MandatoryFields& fields = message_.mandatory_;
  for (auto [id, value] : {std::pair(HeaderId::kFrom, &fields.from), {HeaderId::kTo, &fields.to}}) {
    if (!ReadNameAddr(Mandatory(id), *value)) {
      *value = NameAddr{};
      Fail(HeaderName(id), kCannotBeRead);
    }
  }
  fields.call_id = Mandatory(HeaderId::kCallId);
  if (fields.call_id.empty()) Fail("Call-ID", " is empty");
  const std::optional<CSeq> cseq = ParseCSeq(Mandatory(HeaderId::kCSeq));
  if (!cseq) return Fail("CSeq", kCannotBeRead);
  fields.cseq = *cseq;
  // RFC 3261 section 8.1.1.5: "The method MUST match that of the request."
  if (!message_.method_.empty() && cseq->method != message_.method_) {
    // RFC 4475 section 3.1.2.18, of a method that nobody knows: "choosing a 501 (particularly at
    // proxies) has better future-proof characteristics."
    const bool is_known = method::IsIn(method::kRegistered, message_.method_);
    Fail("The method of CSeq", " is not that of the request", is_known ? 400 : 501);
  }
}

// RFC 3261 section 18.3: "If there are additional bytes in the transport packet beyond the end of
// the body, they MUST be discarded. If the transport packet ends before the end of the message
// body, this is considered an error."
void MessageParser::ReadBody() {
  message_.body_ = message_.text().substr(at_);
  const std::optional<std::string_view> field = Single(HeaderId::kContentLength);
  if (!field) return;
  const std::optional<uint32_t> length = ReadNumber(*field);
  if (!length) return Fail("Content-Length", " is not a number");
  if (*length > message_.body_.size())
    return Fail("The body", " is shorter than its Content-Length");
  message_.body_ = message_.body_.substr(0, *length);
}

std::variant<Message, MalformedMessage> ParseMessage(std::string_view text, size_t max_size) {
  return MessageParser().Parse(text, max_size);
}

}  // namespace sip
