#include "stack/wire.h"

#include <string>
#include <variant>
#include <vector>

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

void WriteReply(const Reply& reply, Wire& out) {
  out.words.push_back(static_cast<int32_t>(reply.handle));
  out.text = reply.text;
}

}  // namespace sip
