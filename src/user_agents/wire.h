#ifndef SIPWASM_SRC_USER_AGENTS_WIRE_H_
#define SIPWASM_SRC_USER_AGENTS_WIRE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "messages/message.h"
#include "user_agents/event.h"

// Commands and events as flat words and one text, which is how they cross the door. The other side
// is js/engine/wire.ts; what a field looks like follows from its type:
//
//   number, boolean, handle, enumeration   one word
//   text                                   offset and length in octets into the text
//   list of texts                          count, then offset and length of each
//   message                                0 for none; else 1, its serial, offset and length of its
//                                          text (0 0 if it has a serial: the other side has it
//                                          already), then its index, see message_index.h
namespace sip {

struct Wire {
  std::vector<int32_t> words;
  std::string text;

  void Clear() {
    words.clear();
    text.clear();
  }
};

// One event: its index in `Event`, then its fields. No words: there is none.
struct WireView {
  std::span<const int32_t> words;
  std::string_view text;
};

// The place of `Each` among the alternatives of a variant, of which none is made for it.
template <typename Each, typename... Alternatives>
constexpr size_t IndexIn(std::type_identity<std::variant<Alternatives...>>) {
  size_t index = 0;
  static_cast<void>(((std::is_same_v<Each, Alternatives> || (++index, false)) || ...));
  return index;
}

// Events, first in, first out. Each is written down as it will cross the door when it is pushed, so
// that what it speaks of need not live any longer.
class EventQueue {
 public:
  template <typename Each>
  void Push(Each& event) {
    Begin(IndexIn<Each>(std::type_identity<Event>()));
    event.Fields(*this);
    End();
  }

  // Takes the oldest. What is returned is good until the queue is used again.
  WireView Pop();

  // Writes a field, see the table above.
  void operator()(const char*, std::string_view text) { Text(text); }
  void operator()(const char*, const std::vector<std::string_view>& list);
  void operator()(const char*, const Message* message);
  template <typename Number>
  void operator()(const char*, Number value) {
    Word(static_cast<uint32_t>(value));
  }

 private:
  void Begin(size_t tag);
  void End();
  void Word(size_t word) { wire_.words.push_back(static_cast<int32_t>(word)); }
  void Text(std::string_view text);

  // Before the words of each event stand their number and that of the octets of its text.
  Wire wire_;
  size_t words_begin_ = 0;  // of the event that is being written
  size_t text_begin_ = 0;
  size_t words_taken_ = 0;
  size_t text_taken_ = 0;
};

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_WIRE_H_
