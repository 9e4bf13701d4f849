#ifndef SIPWASM_TESTS_SUPPORT_EVENT_READER_H_
#define SIPWASM_TESTS_SUPPORT_EVENT_READER_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "messages/message.h"
#include "stack/stack.h"
#include "user_agents/event.h"
#include "user_agents/wire.h"

namespace sip {

// Reads events out of their words, as js/engine/codec.ts does. What an event points at lives as
// long as its reader. Words that do not fit the event end the program.
class EventReader {
 public:
  // The text of a message that came in; the events that bring it have its serial number only.
  void Received(uint32_t serial, std::string_view text) { received_[serial] = text; }

  Event Read(const WireView& wire);

  // The oldest event of a stack; nullopt if there is none.
  std::optional<Event> Poll(Stack& stack);

 private:
  std::map<uint32_t, std::string> received_;
  std::deque<std::string> texts_;
  std::deque<Message> messages_;
};

}  // namespace sip

#endif  // SIPWASM_TESTS_SUPPORT_EVENT_READER_H_
