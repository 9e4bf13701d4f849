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

int32_t Utf16::At(size_t octet) {
  if (octet < octet_) octet_ = 0, unit_ = 0;
  for (; octet_ < octet && octet_ < text_.size(); ++octet_) {
    const auto c = static_cast<unsigned char>(text_[octet_]);
    // A code point counts at its first octet: two units beyond the basic plane, else one.
    if ((c & 0xC0) != 0x80) unit_ += c >= 0xF0 ? 2 : 1;
  }
  return unit_;
}

void WordWriter::Convert(int32_t* place) {
  const auto octet = static_cast<size_t>(place[0] - before_);
  place[0] = units_.At(octet) + before_;
  place[1] = units_.At(octet + static_cast<size_t>(place[1])) + before_ - place[0];
}

size_t WordWriter::Put(const Parameters& parameters) {
  const size_t count_at = words_.size();
  size_t tag = 0;
  Word(0);
  // What reads parameters is not there when a page begins, see wasm/README.md.
  if (parameters.empty()) return 0;
  for (const Parameter& parameter : parameters) {
    Put(parameter.name);
    Word(parameter.has_value ? 1 : 0);
    if (tag == 0 && EqualsIgnoreCase(parameter.name, "tag")) tag = words_.size();
    Put(parameter.value);
    ++words_[count_at];
  }
  return tag;
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

size_t WordWriter::Put(const NameAddr& address) {
  Put(address.display_name);
  const size_t tag = Put(address.parameters);
  Put(address.uri);
  return tag;
}

void WriteMessageIndex(const Message& message, Words& words) {
  WordWriter out(message.text(), words);
  const size_t begin = words.size();
  out.Word(message.status());
  out.Put(message.cseq().method);
  out.Put(message.request_uri());
  out.Put(message.reason());
  out.Put(message.body());
  out.Put(message.call_id());
  const size_t tags = words.size();
  out.Put("");
  out.Put("");
  out.Put(message.via().branch());
  out.Word(static_cast<int32_t>(message.cseq().number));
  out.Word(static_cast<int32_t>(message.fields().size()));
  const size_t places = words.size();
  words.Room(3);
  for (const HeaderField& field : message.fields()) {
    int32_t* const place = words.Room(5);
    place[0] = static_cast<int32_t>(field.id);
    out.PutAt(place + 1, field.name);
    out.PutAt(place + 3, field.value);
  }
  words[places] = static_cast<int32_t>(words.size() - begin);
  out.Put(message.uri());
  for (size_t i = 0; i < 2; ++i) {
    words[places + 1 + i] = static_cast<int32_t>(words.size() - begin);
    if (const size_t tag = out.Put(i == 0 ? message.from() : message.to())) {
      words[tags + 2 * i] = words[tag];
      words[tags + 2 * i + 1] = words[tag + 1];
    }
  }
}

}  // namespace sip
