// The door: what JavaScript can call. One class, integers only; text and words lie in two kept
// buffers on the way in; on the way out they are read by address before the next call.
#ifdef SIP_THIN_EMBIND
#include "thin_embind.h"
#else
#include <emscripten/bind.h>
#endif

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

// Memory ends at 2 GB: an address is an integer like any other, which JavaScript need not convert.
int Address(const void* place) { return static_cast<int>(reinterpret_cast<intptr_t>(place)); }

// Memory that JavaScript writes to.
template <typename Each>
struct Buffer {
  std::unique_ptr<Each[]> data;
  int size = 0;

  // Makes it at least this large. Its address.
  int Fit(int least) {
    if (size < least) {
      data.reset(new Each[static_cast<size_t>(least)]);
      size = least;
    }
    return Address(data.get());
  }
};

struct Door {
  std::optional<sip::Stack> stack;
  Buffer<char> text;
  Buffer<int32_t> words;
  sip::Wire out;
  // The output: where its words are, their number, where its text is, the number of its octets.
  uintptr_t shown[4] = {};

  std::string_view Text(int octets) const { return {text.data.get(), static_cast<size_t>(octets)}; }

  // Makes this the output: the number of its words.
  int Show(const sip::WireView& view) {
    shown[0] = reinterpret_cast<uintptr_t>(view.words.data());
    shown[1] = view.words.size();
    shown[2] = reinterpret_cast<uintptr_t>(view.text.data());
    shown[3] = view.text.size();
    return static_cast<int>(view.words.size());
  }
  int Show() { return Show({out.words, out.text}); }
};

// Makes the stack, from `octets` octets of randomness in the text buffer.
void Seed(Door& door, int octets) { door.stack.emplace(sip::Entropy(door.Text(octets))); }

// Kept buffers of at least this size, and their addresses.
int TextBuffer(Door& door, int octets) { return door.text.Fit(octets); }
int WordBuffer(Door& door, int count) { return door.words.Fit(count); }

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
int Poll(Door& door) { return door.Show(door.stack->Poll()); }

// Parses a part of the text as a sip::ValueKind: the number of words in the output.
int Parse(Door& door, int kind, int at, int octets) {
  const auto before = static_cast<size_t>(at);
  door.out.Clear();
  sip::WriteValue(static_cast<sip::ValueKind>(kind), door.Text(at + octets).substr(before),
                  door.out, before);
  return door.Show();
}

// Where it says what the output is: four words.
int Output(Door& door) { return Address(door.shown); }

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
      .function("output", &Output)
      .function("deadline", &Deadline)
      .function("handleCount", &HandleCount);
}
