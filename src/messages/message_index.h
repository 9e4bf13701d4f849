#ifndef SIPWASM_SRC_MESSAGES_MESSAGE_INDEX_H_
#define SIPWASM_SRC_MESSAGES_MESSAGE_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "messages/message.h"

namespace sip {

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

#endif  // SIPWASM_SRC_MESSAGES_MESSAGE_INDEX_H_
