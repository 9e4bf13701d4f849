#include "user_agents/wire.h"

#include "messages/message_index.h"

namespace sip {

WireView EventQueue::Pop() {
  if (words_taken_ == wire_.words.size()) {
    wire_.Clear();
    words_taken_ = text_taken_ = 0;
    return {};
  }
  const int32_t* record = wire_.words.data() + words_taken_;
  const auto words = static_cast<size_t>(record[0]);
  const auto octets = static_cast<size_t>(record[1]);
  const WireView event = {{record + 2, words}, {wire_.text.data() + text_taken_, octets}};
  words_taken_ += 2 + words;
  text_taken_ += octets;
  return event;
}

void EventQueue::Begin(size_t tag) {
  words_begin_ = wire_.words.size();
  text_begin_ = wire_.text.size();
  Word(0);
  Word(0);
  Word(tag);
}

void EventQueue::End() {
  int32_t* record = wire_.words.data() + words_begin_;
  record[0] = static_cast<int32_t>(wire_.words.size() - words_begin_ - 2);
  record[1] = static_cast<int32_t>(wire_.text.size() - text_begin_);
}

void EventQueue::Text(std::string_view text) {
  Word(wire_.text.size() - text_begin_);
  Word(text.size());
  wire_.text.append(text);
}

void EventQueue::operator()(const char*, const std::vector<std::string_view>& list) {
  Word(list.size());
  for (const std::string_view text : list) Text(text);
}

void EventQueue::operator()(const char*, const Message* message) {
  if (message == nullptr) return Word(0);
  Word(1);
  Word(message->serial());
  if (message->serial() == 0) {
    Text(message->text());
  } else {
    Word(0);
    Word(0);
  }
  WriteMessageIndex(*message, wire_.words);
}

}  // namespace sip
