#ifndef SIPWASM_SRC_STACK_WIRE_H_
#define SIPWASM_SRC_STACK_WIRE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "messages/message.h"
#include "user_agents/command.h"
#include "user_agents/event.h"

// Commands and events as flat words and one text, which is how they cross the door. The other side
// is js/engine/wire.ts; what a field looks like follows from its type:
//
//   number, boolean, handle, enumeration   one word
//   text                                   offset and length in octets into the text
//   list of texts                          count, then offset and length of each
//   message                                0 for none; else 1, its serial, offset and length of its
//                                          text (0 0 if it has a serial: the other side has it
//                                          already), then its index, see MessageIndex
namespace sip {

struct Wire {
  std::vector<int32_t> words;
  std::string text;

  void Clear() {
    words.clear();
    text.clear();
  }
};

// `words` begin with the index of the command in the variant. InvalidArgument if they are none.
Status ReadCommand(std::span<const int32_t> words, std::string_view text, Command& command);

void WriteEvent(const Event& event, Wire& out);
void WriteReply(const Reply& reply, Wire& out);

// Turns octet offsets into offsets of UTF-16 code units, which is how JavaScript counts. Cheap when
// asked in rising order, free when the text is ASCII.
class Utf16 {
 public:
  explicit Utf16(std::string_view text);
  int32_t At(size_t octet);

 private:
  std::string_view text_;
  bool ascii_;
  size_t octet_ = 0;
  int32_t unit_ = 0;
};

// Where the parts of a message are in its text: status (0: request), then offset and length of
// method (that of CSeq), Request-URI, reason, body, Call-ID, From tag, To tag and top Via branch,
// the CSeq number, the number of header fields, and offset and length of each one's name and value.
void WriteMessageIndex(const Message& message, std::vector<int32_t>& words);

}  // namespace sip

#endif  // SIPWASM_SRC_STACK_WIRE_H_
