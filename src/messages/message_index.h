#ifndef SIPWASM_SRC_MESSAGES_MESSAGE_INDEX_H_
#define SIPWASM_SRC_MESSAGES_MESSAGE_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/words.h"
#include "grammar/name_addr.h"
#include "messages/message.h"

namespace sip {

// Turns octet offsets into offsets of UTF-16 code units, which is how JavaScript counts. Cheap when
// asked in rising order, free when the text is ASCII.
class Utf16 {
 public:
  explicit Utf16(std::string_view text);
  bool is_ascii() const { return ascii_; }
  int32_t At(size_t octet);

 private:
  std::string_view text_;
  bool ascii_;
  size_t octet_ = 0;
  int32_t unit_ = 0;
};

// Writes numbers behind others, and where the parts of a text are in it.
class WordWriter {
 public:
  // Offsets count from so many characters before the text.
  WordWriter(std::string_view text, Words& words, size_t before = 0)
      : text_(text), before_(static_cast<int32_t>(before)), units_(text), words_(words) {}

  void Clear() { words_.clear(); }
  void Word(int32_t word) { words_.push_back(word); }
  // Offset and length; 0 0 of an empty part.
  void Put(std::string_view part) { PutAt(words_.Room(2), part); }
  // The same at a place that there is already.
  void PutAt(int32_t* place, std::string_view part) {
    place[0] = part.empty() ? 0 : static_cast<int32_t>(part.data() - text_.data()) + before_;
    place[1] = static_cast<int32_t>(part.size());
    if (!units_.is_ascii() && !part.empty()) Convert(place);
  }
  // Their number; of each its name, 1 if it has a value else 0, the value as written. Returns where
  // among the words the value of "tag" is, 0 if there is none.
  size_t Put(const Parameters& parameters);
  // Scheme, user, 1 with a password else 0, the password, host, port or -1, headers, what follows
  // the scheme, parameters.
  void Put(const Uri& uri);
  // Display name, parameters, URI. Returns where the value of "tag" is.
  size_t Put(const NameAddr& address);

 private:
  // From octets to UTF-16.
  void Convert(int32_t* place);

  std::string_view text_;
  int32_t before_;
  Utf16 units_;
  Words& words_;
};

// Where the parts of a message are in its text: status (0: request), then offset and length of
// method (that of CSeq), Request-URI, reason, body, Call-ID, From tag, To tag and top Via branch,
// the CSeq number, the number of header fields, where Request-URI, From and To are among these
// words; of each header field its HeaderId, and offset and length of its name and value; the
// Request-URI; of From and To the display name, the parameters and the URI.
void WriteMessageIndex(const Message& message, Words& words);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_MESSAGE_INDEX_H_
