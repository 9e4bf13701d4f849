#include "stack/wire.h"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

namespace sip {
namespace {

class Reader {
 public:
  Reader(std::span<const int32_t> words, std::string_view text) : words_(words), text_(text) {}

  bool ok() const { return ok_ && at_ == words_.size(); }

  int32_t Word() {
    if (at_ < words_.size()) return words_[at_++];
    ok_ = false;
    return 0;
  }

  std::string Text() {
    const auto offset = static_cast<uint32_t>(Word());
    const auto length = static_cast<uint32_t>(Word());
    if (offset > text_.size() || length > text_.size() - offset) {
      ok_ = false;
      return {};
    }
    return std::string(text_.substr(offset, length));
  }

  void operator()(const char*, std::string& value) { value = Text(); }
  void operator()(const char*, bool& value) { value = Word() != 0; }
  void operator()(const char*, std::vector<std::string>& list) {
    const auto count = static_cast<uint32_t>(Word());
    for (uint32_t i = 0; i < count && ok_; ++i) list.push_back(Text());
  }
  template <typename Number>
  void operator()(const char*, Number& value) {
    value = static_cast<Number>(static_cast<uint32_t>(Word()));
  }

 private:
  std::span<const int32_t> words_;
  std::string_view text_;
  size_t at_ = 0;
  bool ok_ = true;
};

class Writer {
 public:
  explicit Writer(Wire& out) : out_(out) {}

  void Word(size_t word) { out_.words.push_back(static_cast<int32_t>(word)); }
  void Text(std::string_view text) {
    Word(out_.text.size());
    Word(text.size());
    out_.text.append(text);
  }

  void operator()(const char*, const std::string& value) { Text(value); }
  void operator()(const char*, bool value) { Word(value ? 1 : 0); }
  void operator()(const char*, const std::vector<std::string>& list) {
    Word(list.size());
    for (const std::string& text : list) Text(text);
  }
  void operator()(const char*, const MessagePointer& message) {
    if (message == nullptr) return Word(0);
    Word(1);
    Word(message->serial());
    if (message->serial() == 0) {
      Text(message->text());
    } else {
      Word(0);
      Word(0);
    }
    WriteMessageIndex(*message, out_.words);
  }
  template <typename Number>
  void operator()(const char*, Number value) {
    Word(static_cast<uint32_t>(value));
  }

 private:
  Wire& out_;
};

// Reads into the alternative with this index.
template <size_t Index = 0>
bool ReadAs(size_t tag, Reader& reader, Command& command) {
  if constexpr (Index < std::variant_size_v<Command>) {
    if (tag != Index) return ReadAs<Index + 1>(tag, reader, command);
    command.template emplace<Index>().Fields(reader);
    return reader.ok();
  } else {
    return false;
  }
}

}  // namespace

Status ReadCommand(std::span<const int32_t> words, std::string_view text, Command& command) {
  Reader reader(words, text);
  const auto tag = static_cast<uint32_t>(reader.Word());
  if (ReadAs(tag, reader, command)) return OkStatus();
  return InvalidArgumentError("the command is not well-formed");
}

void WriteEvent(const Event& event, Wire& out) {
  Writer writer(out);
  writer.Word(event.index());
  // Fields() is not const, as it also serves reading; nothing is changed here.
  std::visit(
      [&](const auto& each) { const_cast<std::decay_t<decltype(each)>&>(each).Fields(writer); },
      event);
}

void WriteReply(const Reply& reply, Wire& out) {
  Writer writer(out);
  writer.Word(reply.handle);
  writer.Text(reply.text);
}

Utf16::Utf16(std::string_view text)
    : text_(text), ascii_(std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x80;
      })) {}

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
