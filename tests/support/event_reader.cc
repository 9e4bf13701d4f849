#include "tests/support/event_reader.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <variant>

#include "messages/message_index.h"
#include "messages/parser.h"

namespace sip {
namespace {

void Expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "event: %s\n", what);
  std::abort();
}

class FieldReader {
 public:
  FieldReader(std::span<const int32_t> words, std::string_view text,
              const std::map<uint32_t, std::string>& received, std::deque<Message>& messages)
      : words_(words), text_(text), received_(received), messages_(messages) {}

  int32_t Word() {
    Expect(at_ < words_.size(), "there are too few words");
    return words_[at_++];
  }
  void End() { Expect(at_ == words_.size(), "there are too many words"); }

  void operator()(const char*, std::string_view& value) { value = Text(); }
  void operator()(const char*, bool& value) { value = Word() != 0; }
  void operator()(const char*, List<std::string_view>& list) {
    for (int32_t left = Word(); left > 0; --left) list.push_back(Text());
  }
  void operator()(const char*, const Message*& message) {
    if (Word() == 0) return;
    const auto serial = static_cast<uint32_t>(Word());
    const std::string_view text = Text();
    if (serial != 0) Expect(received_.contains(serial), "its message did not come in");
    auto parsed = ParseMessage(serial == 0 ? text : received_.at(serial));
    Expect(std::holds_alternative<Message>(parsed), "its message is none");
    messages_.push_back(std::move(std::get<Message>(parsed)));
    messages_.back().set_serial(serial);
    message = &messages_.back();
    Words index;
    WriteMessageIndex(*message, index);
    for (const int32_t word : index) Expect(Word() == word, "the index of its message is wrong");
  }
  template <typename Number>
  void operator()(const char*, Number& value) {
    value = static_cast<Number>(static_cast<uint32_t>(Word()));
  }

 private:
  std::string_view Text() {
    const auto offset = static_cast<size_t>(Word());
    const auto length = static_cast<size_t>(Word());
    Expect(offset <= text_.size() && length <= text_.size() - offset, "a text lies outside");
    return text_.substr(offset, length);
  }

  std::span<const int32_t> words_;
  std::string_view text_;
  const std::map<uint32_t, std::string>& received_;
  std::deque<Message>& messages_;
  size_t at_ = 0;
};

template <size_t Index = 0>
Event ReadAs(size_t tag, FieldReader& reader) {
  if constexpr (Index < std::variant_size_v<Event>) {
    if (tag != Index) return ReadAs<Index + 1>(tag, reader);
    std::variant_alternative_t<Index, Event> event;
    event.Fields(reader);
    reader.End();
    return event;
  } else {
    Expect(false, "there is no such event");
    return Discarded();
  }
}

}  // namespace

Event EventReader::Read(const WireView& wire) {
  texts_.emplace_back(wire.text);
  FieldReader reader(wire.words, texts_.back(), received_, messages_);
  return ReadAs(static_cast<size_t>(reader.Word()), reader);
}

std::optional<Event> EventReader::Poll(Stack& stack) {
  const WireView wire = stack.Poll();
  if (wire.words.empty()) return std::nullopt;
  return Read(wire);
}

}  // namespace sip
