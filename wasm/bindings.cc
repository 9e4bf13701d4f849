// The door: what JavaScript can call. One class, integers only; text and words lie in two kept
// buffers on the way in; on the way out they are read by address before the next call.
#include <emscripten/bind.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "stack/stack.h"
#include "stack/values.h"
#include "user_agents/wire.h"

namespace {

using sip::CoreHandle;

// Whole milliseconds since the epoch, as Date.now() gives them.
sip::Time ToTime(double now) { return sip::FromUnixMillis(std::floor(now)); }

// Memory that JavaScript writes to.
template <typename Each>
struct Buffer {
  std::unique_ptr<Each[]> data;
  int size = 0;

  // Makes it at least this large. Its address.
  uintptr_t Fit(int least) {
    if (size < least) {
      data.reset(new Each[static_cast<size_t>(least)]);
      size = least;
    }
    return reinterpret_cast<uintptr_t>(data.get());
  }
};

struct Door {
  std::optional<sip::Stack> stack;
  Buffer<char> text;
  Buffer<int32_t> words;
  sip::Wire out;
  sip::WireView shown;

  std::string_view Text(int octets) const { return {text.data.get(), static_cast<size_t>(octets)}; }

  // Makes what was written down the output: the number of its words.
  int Show() {
    shown = {out.words, out.text};
    return static_cast<int>(out.words.size());
  }
};

// Makes the stack, from `octets` octets of randomness in the text buffer.
void Seed(Door& door, int octets) { door.stack.emplace(sip::Entropy(door.Text(octets))); }

// Kept buffers of at least this size, and their addresses.
uintptr_t TextBuffer(Door& door, int octets) { return door.text.Fit(octets); }
uintptr_t WordBuffer(Door& door, int count) { return door.words.Fit(count); }

// An sip::StatusCode. The reply, or the text of the error, is in the output.
int Perform(Door& door, int count, int octets, double now) {
  sip::Reply reply;
  const sip::Status status = door.stack->Perform(
      {{door.words.data.get(), static_cast<size_t>(count)}, door.Text(octets)}, ToTime(now), reply);
  door.out.words.clear();
  door.out.words.push_back(static_cast<int32_t>(reply.handle));
  door.out.text = status.ok() ? std::move(reply.text) : status.message();
  door.Show();
  return static_cast<int>(status.code());
}

// The serial number of the message.
int Receive(Door& door, int core, int octets, double now) {
  return static_cast<int>(
      door.stack->Receive(static_cast<CoreHandle>(core), door.Text(octets), ToTime(now)));
}

void Advance(Door& door, double now) { door.stack->Advance(ToTime(now)); }

// Makes the oldest event the output: the number of its words, 0 if there is none.
int Poll(Door& door) {
  door.shown = door.stack->Poll();
  return static_cast<int>(door.shown.words.size());
}

// Parses the text as a sip::ValueKind: the number of words in the output.
int Parse(Door& door, int kind, int octets) {
  door.out.Clear();
  sip::WriteValue(static_cast<sip::ValueKind>(kind), door.Text(octets), door.out);
  return door.Show();
}

// A random token, to the output's text.
void Token(Door& door, int length) {
  door.out.Clear();
  door.out.text = door.stack->Token(static_cast<size_t>(length));
  door.Show();
}

uintptr_t OutWords(Door& door) { return reinterpret_cast<uintptr_t>(door.shown.words.data()); }
uintptr_t OutText(Door& door) { return reinterpret_cast<uintptr_t>(door.shown.text.data()); }
int OutTextOctets(Door& door) { return static_cast<int>(door.shown.text.size()); }

// Infinity if there is none.
double Deadline(Door& door) { return sip::ToUnixMillis(door.stack->deadline()); }

// How many handles live, for tests that look for leaks.
int HandleCount(Door& door) { return static_cast<int>(door.stack->handle_count()); }

}  // namespace

EMSCRIPTEN_BINDINGS(sip) {
  emscripten::class_<Door>("Door")
      .constructor<>()
      .function("seed", &Seed)
      .function("text", &TextBuffer)
      .function("words", &WordBuffer)
      .function("perform", &Perform)
      .function("receive", &Receive)
      .function("advance", &Advance)
      .function("poll", &Poll)
      .function("parse", &Parse)
      .function("token", &Token)
      .function("outWords", &OutWords)
      .function("outText", &OutText)
      .function("outTextBytes", &OutTextOctets)
      .function("deadline", &Deadline)
      .function("handleCount", &HandleCount);
}
