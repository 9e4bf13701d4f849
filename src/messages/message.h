#ifndef SIPWASM_SRC_MESSAGES_MESSAGE_H_
#define SIPWASM_SRC_MESSAGES_MESSAGE_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/heap_string.h"
#include "base/list.h"
#include "grammar/cseq.h"
#include "grammar/name_addr.h"
#include "grammar/uri.h"
#include "grammar/via.h"
#include "messages/header_fields.h"
#include "messages/token_with_parameters.h"

// RFC 3261 section 7: a start line, header fields in their order, a body. Everything is a view into
// one buffer that the message owns; a header field is parsed when somebody asks for it.
namespace sip {

struct HeaderField {
  HeaderId id = HeaderId::kOther;
  std::string_view name;   // as written
  std::string_view value;  // trimmed; the line breaks of a folded value have become spaces
};

// The parts of RFC 3261 section 8.2.6.2 and 17 that every message has; the parser makes sure that
// they are there before a message exists.
struct MandatoryFields {
  Uri request_uri;  // of a request
  Via via;          // the topmost
  NameAddr from;
  NameAddr to;
  std::string_view call_id;
  CSeq cseq;
};

class Message {
 public:
  Message(Message&&) = default;
  Message& operator=(Message&&) = default;

  bool is_request() const { return status_ == 0; }

  // Request line. Empty in a response. The URI is one, of whatever scheme.
  std::string_view method() const { return method_; }
  std::string_view request_uri() const { return request_uri_; }
  const Uri& uri() const { return mandatory_.request_uri; }

  // Status line. 0 and "" in a request.
  int status() const { return status_; }
  std::string_view reason() const { return reason_; }

  // The whole message: as it came, but for line breaks within header fields, which are spaces.
  std::string_view text() const { return {buffer_.data(), buffer_.size() - kPadding.size()}; }
  // True if there was a line among the header fields that is none, as it has no colon.
  bool has_stray_line() const { return has_stray_line_; }
  const List<HeaderField>& fields() const { return fields_; }
  std::string_view body() const { return body_; }

  const Via& via() const { return mandatory_.via; }
  const NameAddr& from() const { return mandatory_.from; }
  const NameAddr& to() const { return mandatory_.to; }
  std::string_view call_id() const { return mandatory_.call_id; }
  const CSeq& cseq() const { return mandatory_.cseq; }
  std::string_view from_tag() const { return mandatory_.from.tag(); }
  std::string_view to_tag() const { return mandatory_.to.tag(); }

  // The number under which the text came in at the door; 0 if it did not come in there.
  uint32_t serial() const { return serial_; }
  void set_serial(uint32_t serial) { serial_ = serial; }

  // The first field of this name, whole; nullopt if it is absent.
  std::optional<std::string_view> Get(HeaderId id) const;
  std::optional<std::string_view> Get(std::string_view name) const;

  // Every value of a field that may be a list (RFC 3261 section 7.3.1), in order: several fields
  // and several values in one field are the same.
  List<std::string_view> GetList(HeaderId id) const;

  // True if a list of tokens (Require, Supported, Allow, ...) holds this one, in any case.
  bool ListHas(HeaderId id, std::string_view token) const;

  // Typed access: nullopt if the field is absent or cannot be read.
  std::optional<NameAddr> GetNameAddr(
      HeaderId id) const;                                // the first value of Contact, Refer-To ...
  std::optional<uint32_t> GetNumber(HeaderId id) const;  // Expires, RSeq, Min-Expires ...
  std::optional<TokenWithParameters> GetToken(HeaderId id) const;  // Event, Subscription-State ...

 private:
  friend class MessageParser;
  // So many NULs stand behind the text: it is read eight octets at a time.
  static constexpr std::string_view kPadding{"\0\0\0\0\0\0\0\0", 8};

  Message() = default;

  HeapString buffer_;  // keeps its place when it is moved, so views stay good
  std::string_view method_;
  std::string_view request_uri_;
  int status_ = 0;
  uint32_t serial_ = 0;
  std::string_view reason_;
  bool has_stray_line_ = false;
  List<HeaderField> fields_;
  std::string_view body_;
  MandatoryFields mandatory_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_MESSAGE_H_
