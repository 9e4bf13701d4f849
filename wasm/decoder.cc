// Puts the module together that tools/lib/encode.mjs has taken apart. A module of its own, as it
// runs once, on the first use: in 1 ms, where JavaScript that no engine has compiled yet takes 9.
#include <cstdint>

namespace {

/// What the text is made of, one after the other, each with a space behind it. All are numbers.
enum Stream : uint32_t {
  /// How many bytes come before the bodies of functions; these bytes; the same of those after.
  kBytes,
  /// For each pattern its items, the last of them kEndOfPattern.
  kPatterns,
  /// For each function how many groups of variables it declares; how many of which type each has.
  kDeclarations,
  /// For each function the patterns of its instructions.
  kCode,
  /// Variables, by how many others were used since: the one used last is 0.
  kVariables,
  /// From here on unsigned immediates, then those that are signed but not below zero.
  kCalls,
  kSigned = 8,
  kStreams = 11
};

/// What the items of a pattern mean that are neither the stream of an immediate nor a byte.
constexpr uint32_t kEndOfPattern = 0;
constexpr uint32_t kEndOfFunction = 1;
constexpr uint32_t kFirstByte = kStreams;

const uint8_t* streams[kStreams];
uint16_t items[1 << 14];
const uint16_t* patterns[1 << 12];
/// The variables of a function as they were used, the last first, as far as they are known to move.
uint16_t recent[1 << 11];
uint16_t* known;
uint8_t* out;

/// Digits are ASCII from # on, with ! for the backslash; the upper ones say that more follow.
uint32_t Read(uint32_t stream) {
  const uint32_t last = stream == kBytes ? 90 : 80;
  uint32_t number = 0;
  for (;;) {
    uint32_t digit = *streams[stream]++ - 35;
    if (digit > 92) digit += 59;
    if (digit < last) return number * last + digit;
    number = number * (92 - last) + digit - last + 1;
  }
}

bool AtEnd(Stream stream) { return *streams[stream] == ' '; }

/// LEB128. `last` is what fits into the last byte.
void WriteLeb(uint32_t value, uint32_t last) {
  for (; value > last; value >>= 7) *out++ = value | 128;
  *out++ = value;
}

void CopyBytes() {
  for (uint32_t left = Read(kBytes); left; --left) *out++ = Read(kBytes) + 35;
}

void WriteDeclarations() {
  uint32_t groups = Read(kDeclarations);
  for (*out++ = groups; groups; --groups) {
    WriteLeb(Read(kDeclarations), 127);
    *out++ = 127 - Read(kDeclarations);
  }
}

uint32_t ReadVariable() {
  uint16_t* at = recent + Read(kVariables);
  for (; known <= at; ++known) *known = known - recent;
  const uint16_t variable = *at;
  for (; at > recent; --at) *at = at[-1];
  return *at = variable;
}

void WriteInstructions() {
  const uint16_t* next = nullptr;
  uint32_t item = kEndOfPattern;
  do {
    if (item == kEndOfPattern) next = patterns[Read(kCode)];
    item = *next++;
    if (item >= kFirstByte) {
      *out++ = item - kFirstByte;
    } else if (item > kEndOfFunction) {
      WriteLeb(item == kVariables ? ReadVariable() : Read(item), item < kSigned ? 127 : 63);
    }
  } while (item != kEndOfFunction);
}

/// With its size before it, in four bytes.
void WriteFunction() {
  uint8_t* const start = out += 4;
  known = recent;
  WriteDeclarations();
  WriteInstructions();
  const uint32_t size = out - start;
  start[-4] = size | 128;
  start[-3] = size >> 7 | 128;
  start[-2] = size >> 14 | 128;
  start[-1] = size >> 21;
}

}  // namespace

/// Writes the module behind its text. Returns the end of it.
extern "C" __attribute__((export_name("decode"))) const uint8_t* Decode(uint8_t* text) {
  for (const uint8_t*& stream : streams) {
    stream = text;
    while (*text++ != ' ') {
    }
  }
  out = text;
  uint16_t* item = items;
  for (const uint16_t** pattern = patterns; !AtEnd(kPatterns); ++pattern) {
    *pattern = item;
    while ((*item++ = Read(kPatterns)) != kEndOfPattern) {
    }
  }
  CopyBytes();
  while (!AtEnd(kCode)) WriteFunction();
  CopyBytes();
  return out;
}
