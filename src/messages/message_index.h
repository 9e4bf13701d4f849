#ifndef SIPWASM_SRC_MESSAGES_MESSAGE_INDEX_H_
#define SIPWASM_SRC_MESSAGES_MESSAGE_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "grammar/name_addr.h"
#include "messages/message.h"

namespace sip {

// Turns octet offsets into offsets of UTF-16 code units, which is how JavaScript counts. Cheap when
// asked in rising order, free when the text is ASCII.
class Utf16 {
 public:
  explicit Utf16(std::string_view text);
  [[gnu::always_inline]] int32_t At(size_t octet) {
    return ascii_ ? static_cast<int32_t>(octet) : Count(octet);
  }

 private:
  int32_t Count(size_t octet);

  std::string_view text_;
  bool ascii_;
  size_t octet_ = 0;
  int32_t unit_ = 0;
};

// Writes numbers behind others, and where the parts of a text are in it.
class WordWriter {
 public:
  WordWriter(std::string_view text, std::vector<int32_t>& words);
  ~WordWriter() { words_.resize(size_); }

  void Clear() { size_ = 0; }
  void Word(int32_t word) { *Room(1) = word; }
  // How many words there are; changes one of them.
  size_t size() const { return size_; }
  void Set(size_t at, size_t word) { words_[at] = static_cast<int32_t>(word); }
  // Offset and length; 0 0 of an empty part.
  void Put(std::string_view part);
  // Their number; of each its name, 1 if it has a value else 0, the value as written.
  void Put(const Parameters& parameters);
  // Scheme, user, 1 with a password else 0, the password, host, port or -1, headers, what follows
  // the scheme, parameters.
  void Put(const Uri& uri);
  // Display name, parameters, URI.
  void Put(const NameAddr& address);

 private:
  // The place of the next words.
  [[gnu::always_inline]] int32_t* Room(size_t count) {
    const size_t begin = size_;
    size_ += count;
    if (size_ > words_.size()) words_.resize(size_ + 128);
    return words_.data() + begin;
  }

  std::string_view text_;
  Utf16 units_;
  std::vector<int32_t>& words_;
  size_t size_;
};

// Where the parts of a message are in its text: status (0: request), then offset and length of
// method (that of CSeq), Request-URI, reason, body, Call-ID, From tag, To tag and top Via branch,
// the CSeq number, the number of header fields, where Request-URI, From and To are among these
// words; of each header field its HeaderId, and offset and length of its name and value; the
// Request-URI; of From and To the display name, the parameters and the URI.
void WriteMessageIndex(const Message& message, std::vector<int32_t>& words);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_MESSAGE_INDEX_H_
