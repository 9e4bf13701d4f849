#include "messages/message_index.h"

#include <cstring>

namespace sip {
namespace {

// Eight octets at a time, as every message passes here.
bool IsAscii(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  size_t i = 0;
  for (uint64_t octets; i + sizeof octets <= text.size(); i += sizeof octets) {
    std::memcpy(&octets, text.data() + i, sizeof octets);
    if ((octets & kHighBits) != 0) return false;
  }
  for (; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) return false;
  }
  return true;
}

}  // namespace

Utf16::Utf16(std::string_view text) : text_(text), ascii_(IsAscii(text)) {}

int32_t Utf16::At(size_t octet) {
  if (ascii_) return static_cast<int32_t>(octet);
  if (octet < octet_) octet_ = 0, unit_ = 0;
  for (; octet_ < octet && octet_ < text_.size(); ++octet_) {
    const auto c = static_cast<unsigned char>(text_[octet_]);
    // A code point counts at its first octet: two units beyond the basic plane, else one.
    if ((c & 0xC0) != 0x80) unit_ += c >= 0xF0 ? 2 : 1;
  }
  return unit_;
}

void WriteMessageIndex(const Message& message, std::vector<int32_t>& words) {
  const std::string_view text = message.text();
  Utf16 units(text);
  words.reserve(words.size() + 19 + 4 * message.fields().size());
  const auto put = [&](std::string_view part) {
    if (part.empty()) {
      words.push_back(0);
      words.push_back(0);
      return;
    }
    const auto octet = static_cast<size_t>(part.data() - text.data());
    const int32_t begin = units.At(octet);
    words.push_back(begin);
    words.push_back(units.At(octet + part.size()) - begin);
  };
  words.push_back(message.status());
  put(message.cseq().method);
  put(message.request_uri());
  put(message.reason());
  put(message.body());
  put(message.call_id());
  put(message.from_tag());
  put(message.to_tag());
  put(message.via().branch());
  words.push_back(static_cast<int32_t>(message.cseq().number));
  words.push_back(static_cast<int32_t>(message.fields().size()));
  for (const HeaderField& field : message.fields()) {
    put(field.name);
    put(field.value);
  }
}

}  // namespace sip
