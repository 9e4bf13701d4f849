#include "messages/message_index.h"

#include "grammar/scanner.h"

namespace sip {
namespace {

// As every message passes here, many octets at a time.
bool IsAscii(std::string_view text) {
  constexpr uint64_t kHighBits = 128 * kEachOctet;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (; end - at >= 32; at += 32) {
    const uint64_t octets = Load8(at) | Load8(at + 8) | Load8(at + 16) | Load8(at + 24);
    if ((octets & kHighBits) != 0) return false;
  }
  for (; at < end; ++at) {
    if (static_cast<unsigned char>(*at) >= 0x80) return false;
  }
  return true;
}

}  // namespace

Utf16::Utf16(std::string_view text) : text_(text), ascii_(IsAscii(text)) {}

int32_t Utf16::Count(size_t octet) {
  if (octet < octet_) octet_ = 0, unit_ = 0;
  for (; octet_ < octet && octet_ < text_.size(); ++octet_) {
    const auto c = static_cast<unsigned char>(text_[octet_]);
    // A code point counts at its first octet: two units beyond the basic plane, else one.
    if ((c & 0xC0) != 0x80) unit_ += c >= 0xF0 ? 2 : 1;
  }
  return unit_;
}

WordWriter::WordWriter(std::string_view text, std::vector<int32_t>& words)
    : text_(text), units_(text), words_(words), size_(words.size()) {}

void WordWriter::Put(std::string_view part) {
  int32_t* const place = Room(2);
  place[0] = place[1] = 0;
  if (part.empty()) return;
  const auto octet = static_cast<size_t>(part.data() - text_.data());
  place[0] = units_.At(octet);
  place[1] = units_.At(octet + part.size()) - place[0];
}

void WordWriter::Put(const Parameters& parameters) {
  const size_t count_at = size_;
  int32_t count = 0;
  Word(count);
  for (const Parameter& parameter : parameters) {
    Put(parameter.name);
    Word(parameter.has_value ? 1 : 0);
    Put(parameter.value);
    ++count;
  }
  words_[count_at] = count;
}

void WordWriter::Put(const Uri& uri) {
  Put(uri.scheme);
  Put(uri.user);
  Word(uri.password.has_value() ? 1 : 0);
  Put(uri.password.value_or(""));
  Put(uri.host);
  Word(uri.port.has_value() ? *uri.port : -1);
  Put(uri.headers);
  Put(uri.opaque);
  Put(uri.parameters);
}

void WordWriter::Put(const NameAddr& address) {
  Put(address.display_name);
  Put(address.parameters);
  Put(address.uri);
}

void WriteMessageIndex(const Message& message, std::vector<int32_t>& words) {
  WordWriter out(message.text(), words);
  const size_t begin = out.size();
  out.Word(message.status());
  out.Put(message.cseq().method);
  out.Put(message.request_uri());
  out.Put(message.reason());
  out.Put(message.body());
  out.Put(message.call_id());
  out.Put(message.from_tag());
  out.Put(message.to_tag());
  out.Put(message.via().branch());
  out.Word(static_cast<int32_t>(message.cseq().number));
  out.Word(static_cast<int32_t>(message.fields().size()));
  const size_t places = out.size();
  for (int i = 0; i < 3; ++i) out.Word(0);
  for (const HeaderField& field : message.fields()) {
    out.Word(static_cast<int32_t>(field.id));
    out.Put(field.name);
    out.Put(field.value);
  }
  out.Set(places, out.size() - begin);
  out.Put(message.uri());
  for (const NameAddr* address : {&message.from(), &message.to()}) {
    out.Set(address == &message.from() ? places + 1 : places + 2, out.size() - begin);
    out.Put(*address);
  }
}

}  // namespace sip
