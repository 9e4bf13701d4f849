#ifndef SIPWASM_SRC_USER_AGENTS_WIRE_H_
#define SIPWASM_SRC_USER_AGENTS_WIRE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <variant>

#include "base/list.h"
#include "base/status.h"
#include "base/string.h"
#include "base/words.h"
#include "messages/builder.h"
#include "messages/message.h"
#include "user_agents/command.h"
#include "user_agents/event.h"
#include "user_agents/fields.h"

// Commands and events as flat words and one text, which is how they cross the door. The other side
// is js/engine/wire.ts; what a field looks like follows from its type:
//
//   number, boolean, handle, enumeration   one word
//   text                                   offset and length in octets into the text
//   header lines (of commands)             their number, then offset and length of all in one
//   piece,
//                                          a line end behind each
//   list of texts (of events)              count, then offset and length of each
//   message                                0 for none; else the number of its words, its serial,
//   offset and length of its
//                                          text (0 0 if it has a serial: the other side has it
//                                          already), then its index, see message_index.h
namespace sip {

struct Wire {
  Words words;
  String text;

  void Clear() {
    words.clear();
    text.clear();
  }
};

// One command or event: its index in `Command` or `Event`, then its fields.
struct WireView {
  std::span<const int32_t> words;
  std::string_view text;
};

// The number of a command or event among all.
template <typename Each, typename All>
inline constexpr size_t kTag = 0;
template <typename Each, typename... All>
inline constexpr size_t kTag<Each, std::variant<Each, All...>> = 0;
template <typename Each, typename First, typename... All>
inline constexpr size_t kTag<Each, std::variant<First, All...>> =
    1 + kTag<Each, std::variant<All...>>;

// Reads commands. What is wrong with one is remembered until it is asked for, at the end.
class CommandReader {
 public:
  explicit CommandReader(const WireView& wire) : wire_(wire) {}

  // The word at this place, 0 if there is none.
  uint32_t Peek(size_t at) const {
    return at < wire_.words.size() ? static_cast<uint32_t>(wire_.words[at]) : 0;
  }

  // The next word.
  uint32_t Word();

  // InvalidArgument if words are left over or were missing, or for a text that cannot be sent.
  Status Finish() const;

  // Reads the fields of a command, see the table above.
  void Read(const FieldKind* fields, void* command);

 private:
  std::string_view Text();
  HeaderLines Lines();

  WireView wire_;
  size_t at_ = 0;
  bool whole_ = true;
  Status status_;
};

// Copies the texts of a struct of views and lets each view point at its copy.
std::unique_ptr<char[]> KeepTexts(const FieldKind* fields, void* each);

// A command, or another struct of views with `Fields`, that outlives the call: with its texts.
template <typename Each>
class Kept {
 public:
  Kept() = default;
  explicit Kept(const Each& each) { *this = each; }
  Kept(const Kept&) = delete;
  // Some of the texts may be its own.
  Kept& operator=(Each each) {
    texts_ = KeepTexts(kFields<Each>.data(), &each);
    value_ = each;
    return *this;
  }
  const Each& operator*() const { return value_; }
  const Each* operator->() const { return &value_; }

 private:
  Each value_;
  std::unique_ptr<char[]> texts_;
};

// Events, first in, first out. Each is written down as it will cross the door when it is pushed, so
// that what it speaks of need not live any longer.
class EventQueue {
 public:
  template <typename Each>
  void Push(Each& event) {
    Begin(kTag<Each, Event>);
    event.Fields(*this);
    End();
  }

  // Takes the oldest; no words if there is none. Good until the queue is used again.
  WireView Pop();

  // Writes a field, see the table above.
  void operator()(const char*, std::string_view text) { Text(text); }
  void operator()(const char*, const List<std::string_view>& list);
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
