// The door: what JavaScript can call. One class, integers only; text and words lie in two kept
// buffers on the way in; on the way out they are read by address before the next call.
#include <emscripten/bind.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "stack/stack.h"
#include "stack/values.h"
#include "user_agents/wire.h"

namespace {

using sip::CoreHandle;

// Whole milliseconds since the epoch, as Date.now() gives them.
sip::Time ToTime(double now) { return sip::FromUnixMillis(std::floor(now)); }

class Door {
 public:
  // Makes the stack, from `octets` octets of randomness in the text buffer.
  void Seed(int octets) { stack_.emplace(sip::Entropy(Text(octets))); }

  // Kept buffers of at least this size, and their addresses.
  uintptr_t TextBuffer(int octets) { return Address(text_, octets); }
  uintptr_t WordBuffer(int count) { return Address(words_, count); }

  // An sip::StatusCode. The reply, or the text of the error, is in the output.
  int Perform(int count, int octets, double now) {
    sip::Reply reply;
    const sip::Status status = stack_->Perform(
        {{words_.data(), static_cast<size_t>(count)}, Text(octets)}, ToTime(now), reply);
    out_.words = {static_cast<int32_t>(reply.handle)};
    out_.text = status.ok() ? reply.text : status.message();
    Show();
    return static_cast<int>(status.code());
  }

  // The serial number of the message.
  int Receive(int core, int octets, double now) {
    return static_cast<int>(
        stack_->Receive(static_cast<CoreHandle>(core), Text(octets), ToTime(now)));
  }

  void Advance(double now) { stack_->Advance(ToTime(now)); }

  // Makes the oldest event the output: the number of its words, 0 if there is none.
  int Poll() {
    shown_ = stack_->Poll();
    return static_cast<int>(shown_.words.size());
  }

  // Parses the text as a sip::ValueKind: the number of words in the output.
  int Parse(int kind, int octets) {
    out_.Clear();
    sip::WriteValue(static_cast<sip::ValueKind>(kind), Text(octets), out_);
    return Show();
  }

  // A random token, to the output's text.
  void Token(int length) {
    out_.Clear();
    out_.text = stack_->Token(static_cast<size_t>(length));
    Show();
  }

  uintptr_t OutWords() { return reinterpret_cast<uintptr_t>(shown_.words.data()); }
  uintptr_t OutText() { return reinterpret_cast<uintptr_t>(shown_.text.data()); }
  int OutTextOctets() { return static_cast<int>(shown_.text.size()); }

  // Infinity if there is none.
  double Deadline() { return sip::ToUnixMillis(stack_->deadline()); }

  // How many handles live, for tests that look for leaks.
  int HandleCount() { return static_cast<int>(stack_->handle_count()); }

 private:
  std::string_view Text(int octets) { return {text_.data(), static_cast<size_t>(octets)}; }

  template <typename Buffer>
  static uintptr_t Address(Buffer& buffer, int size) {
    if (buffer.size() < static_cast<size_t>(size)) buffer.resize(static_cast<size_t>(size));
    return reinterpret_cast<uintptr_t>(buffer.data());
  }

  // Makes what was written down the output: the number of its words.
  int Show() {
    shown_ = {out_.words, out_.text};
    return static_cast<int>(out_.words.size());
  }

  std::optional<sip::Stack> stack_;
  std::vector<char> text_;
  std::vector<int32_t> words_;
  sip::Wire out_;
  sip::WireView shown_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(sip) {
  emscripten::class_<Door>("Door")
      .constructor<>()
      .function("seed", &Door::Seed)
      .function("text", &Door::TextBuffer)
      .function("words", &Door::WordBuffer)
      .function("perform", &Door::Perform)
      .function("receive", &Door::Receive)
      .function("advance", &Door::Advance)
      .function("poll", &Door::Poll)
      .function("parse", &Door::Parse)
      .function("token", &Door::Token)
      .function("outWords", &Door::OutWords)
      .function("outText", &Door::OutText)
      .function("outTextBytes", &Door::OutTextOctets)
      .function("deadline", &Door::Deadline)
      .function("handleCount", &Door::HandleCount);
}
