// Puts the module together that tools/lib/encode.mjs has taken apart. A module of its own, as it
// runs on the first use: JavaScript that no engine has compiled yet takes many times as long.
//
// The text is numbers in an arithmetic code: the patterns of instructions, the bytes before the
// code, the code, the bytes behind it. A number is told bit by bit, and how likely a bit is, six
// contexts say together in which it was told before, each weighted by how well it has known so far.
// With SIP_ENCODER defined this is the other side: it is given the bits, and writes the text.
#include <cstdint>

namespace {

/// How many contexts each bit has, and for how much of each there is room, as a power of two.
constexpr uint32_t kContexts = 6;
constexpr uint32_t kRoom = 17;

/// What a context knows of a bit: how likely it is, less a half, in 16 bits; 11 bits to tell
/// contexts in the same place from each other; how often it was told, up to kOften, in 5 bits.
using Knowledge = int32_t;
constexpr uint32_t kTimes = 31;
constexpr uint32_t kOften = 20;

Knowledge knowledge[kContexts][1 << kRoom];
uint32_t contexts[kContexts];
/// The bits of the number so far, below a one.
uint32_t path;
/// What each context weighs, in 65536ths, is a sum: for the first three bits of each kind of number
/// and the others; and after what the first context says. Those of the next bit.
constexpr uint32_t kKinds = 9;
constexpr uint32_t kSets = 4;
int32_t weights[kKinds * kSets * kContexts];
int32_t* weight;
constexpr uint32_t kSpecific = 1 << 12;
int32_t specific_weights[kSpecific * kContexts];
int32_t* specific;
/// Logarithms of odds for likelihoods in 4096 steps, in 256ths, and the way back.
int16_t odds[1 << 12];
uint16_t likelihoods[1 << 12];
/// What part of an error is learned from, after so many times.
int32_t rates[kOften + 1];

/// The arithmetic code: an interval of 30 bits, of which a digit is 6.
constexpr uint32_t kDigit = 6;
constexpr uint32_t kWhole = 30;
uint32_t range;
#ifdef SIP_ENCODER
uint32_t low;
const uint8_t* bits;
uint8_t* digits;

void WriteDigit() {
  if (low >> kWhole) {
    for (uint8_t* digit = digits; ++*--digit >> kDigit;) *digit = 0;
  }
  *digits++ = low >> (kWhole - kDigit) & 63;
  low = low << kDigit & ((1 << kWhole) - 1);
}

uint32_t Code(uint32_t part) {
  const uint32_t bit = *bits++;
  if (!bit) low += part;
  range = bit ? part : range - part;
  for (; range >> (kWhole - kDigit) == 0; range <<= kDigit) WriteDigit();
  return bit;
}

void Begin(const uint8_t* all_bits) {
  bits = all_bits;
  range = (1 << kWhole) - 1;
}
#else
uint32_t place;
const uint8_t* digits;

/// Digits are ASCII from # on without the backslash.
void ReadDigit() {
  const uint32_t digit = *digits++;
  place = place << kDigit | (digit - (digit > '\\') - '#');
}

/// The next bit, of which one has this part of the interval.
uint32_t Code(uint32_t part) {
  const uint32_t bit = place < part;
  if (!bit) place -= part;
  range = bit ? part : range - part;
  for (; range >> (kWhole - kDigit) == 0; range <<= kDigit) ReadDigit();
  return bit;
}

void Begin(const uint8_t* text) {
  digits = text;
  range = (1 << kWhole) - 1;
  for (uint32_t left = kWhole; left; left -= kDigit) ReadDigit();
}
#endif

#define INLINE [[gnu::always_inline]] inline

INLINE bool IsOf(const Knowledge* known, int32_t check) { return ((*known ^ check) & 0xFFE0) == 0; }

/// One of a pair of places, neither of which may know of this context: then that which was told
/// less.
Knowledge* FindInPair(Knowledge* known, Knowledge* other, int32_t check) {
  if (IsOf(other, check)) return other;
  if ((*known & kTimes) > (*other & kTimes)) known = other;
  *known = check;
  return known;
}

INLINE Knowledge* Find(uint32_t context) {
  const uint32_t hash = contexts[context] + path * 0x9E3779B1u;
  const uint32_t place = (hash ^ hash >> 15) & ((1 << kRoom) - 1);
  Knowledge* const known = &knowledge[context][place];
  const int32_t check = hash >> 21 << 5;
  if (IsOf(known, check)) return known;
  return FindInPair(known, &knowledge[context][place ^ 1], check);
}

INLINE int32_t Odds(const Knowledge* known) { return odds[(*known >> 20) + 2048]; }

INLINE int32_t Weighed(uint32_t context, const Knowledge* known) {
  return Odds(known) * (weight[context] + specific[context]);
}

INLINE void Learn(uint32_t context, Knowledge* known, int32_t bit, int32_t error) {
  const int32_t was = *known;
  const uint32_t times = was & kTimes;
  const int32_t change = (Odds(known) * error + 8192) >> 14;
  weight[context] += change >> 1;
  specific[context] += change;
  *known = was + ((bit - (was >> 16)) * rates[times] & 0xFFFF0000) + (times < kOften);
}

/// Without loops over contexts, which take half as long again in code that is compiled in a hurry.
uint32_t Bit() {
  Knowledge* const a = Find(0);
  Knowledge* const b = Find(1);
  Knowledge* const c = Find(2);
  Knowledge* const d = Find(3);
  Knowledge* const e = Find(4);
  Knowledge* const f = Find(5);
  int32_t sum = (Weighed(0, a) + Weighed(1, b) + Weighed(2, c) + Weighed(3, d) + Weighed(4, e) +
                 Weighed(5, f)) >>
                16;
  if (sum > 2047) sum = 2047;
  if (sum < -2047) sum = -2047;
  const int32_t likely = likelihoods[sum + 2048];
  const uint32_t bit = Code((range >> 14) * (likely >> 2));
  const int32_t seen = bit ? 32767 : -32768;
  const int32_t error = static_cast<int32_t>(bit << 15) - (likely >> 1);
  Learn(0, a, seen, error);
  Learn(1, b, seen, error);
  Learn(2, c, seen, error);
  Learn(3, d, seen, error);
  Learn(4, e, seen, error);
  Learn(5, f, seen, error);
  path = path * 2 + bit;
  if (path < 1 << kSets) weight += kContexts;
  return bit;
}

/// The last patterns, or what comes before them, the last first; two, four and six of these as one.
uint32_t last, second, third, fourth, fifth, sixth;
uint32_t two, four, five, six;

/// Two facts as one, for contexts.
INLINE uint32_t Mix(uint32_t a, uint32_t b) { return a * 0x2F0B4C47 + b; }

INLINE void Set(uint32_t context, uint32_t facts) {
  facts *= 0x9E3779B1;
  contexts[context] = facts ^ facts >> 15;
}

/// A number, and four more: ones for how many bits it has beyond three; a zero; the bits but for
/// the first.
uint32_t Number(uint32_t kind) {
  constexpr uint32_t kLeast = 2;
  path = 1;
  weight = weights + kind * (kSets * kContexts);
  specific = specific_weights + contexts[0] % kSpecific * kContexts;
  uint32_t length = 0;
  while (Bit()) ++length;
  uint32_t number = 1;
  for (length += kLeast; length; --length) number = number * 2 + Bit();
  return number - (1 << kLeast);
}

void Push(uint32_t pattern) {
  sixth = fifth;
  fifth = fourth;
  fourth = third;
  third = second;
  second = last;
  last = pattern;
  two = Mix(last, second);
  four = Mix(Mix(two, third), fourth);
  five = Mix(four, fifth);
  six = Mix(five, sixth);
}

/// Of what is no instruction: 1 for how many, 2 to 4 for variables, 5 and 6 for patterns, 7 for
/// bytes.
uint32_t Other(uint32_t what) {
  Set(0, what);
  Set(1, Mix(what, last));
  Set(2, Mix(what, second));
  Set(3, Mix(what, third));
  Set(4, Mix(what, two));
  Set(5, Mix(Mix(what, two), third));
  const uint32_t number = Number(0);
  Push(number + what);
  return number;
}

/// What the items of a pattern mean. Others are bytes.
enum Item : uint32_t { kEndOfPattern, kVariable, kCall, kOffset, kLastUnsigned, kFirstByte = 8 };

/// Opcodes of variables.
enum Opcode : uint32_t { kGet = 0x20, kSet = 0x21, kTee = 0x22 };

/// What becomes of a block: it begins, ends, or its rest is not reached.
enum Block : uint32_t { kBegins = 1, kEnds, kUnreached };

/// Patterns of instructions. The first item of each is what it does to blocks and, from -16 on, how
/// much higher the stack is then.
uint16_t items[1 << 15];
const uint16_t* patterns[1 << 12];
/// The variables of a function as they were used, the last first, as far as they are known to move.
uint16_t recent[1 << 16];
uint16_t* known_variables;
/// A value on the stack: which variable, and one, it is, 0 if none; by what pattern it came to be.
/// For what is loaded from a variable with what came to be in that.
struct Value {
  uint32_t variable;
  uint32_t origin;
};
Value stack[1 << 12];
/// Where in there the top is, and where the block began.
Value* top;
Value* bottom;
/// For each open block the top of the stack after it, where the one around it began, and how.
Value* tops[1 << 12];
Value* bottoms[1 << 12];
uint32_t beginnings[1 << 12];
uint32_t immediate, immediate_before;
/// The last offset from each variable, and one; how its value came to be.
uint32_t offsets[1 << 16];
uint32_t origins[1 << 16];
uint8_t* out;
/// How many functions there were.
uint32_t function;

/// LEB128. `last` is what fits into the last byte.
void WriteLeb(uint32_t value, uint32_t last) {
  for (; value > last; value >>= 7) *out++ = value | 128;
  *out++ = value;
}

/// Bytes around the code: their number, then they.
void CopyBytes() {
  for (uint32_t left = Other(1); left; --left) *out++ = Other(7);
}

void ReadPatterns() {
  uint16_t* item = items;
  for (const uint16_t** pattern = patterns;; ++pattern) {
    *pattern = item;
    if ((*item++ = Other(5)) == 0) return;
    while ((*item++ = Other(6)) != kEndOfPattern) {
    }
  }
}

void WriteDeclarations() {
  uint32_t groups = Other(2);
  for (*out++ = groups; groups; --groups) {
    WriteLeb(Other(3), 127);
    *out++ = 127 - Other(4);
  }
}

uint32_t Variable(uint32_t unused) {
  uint16_t* at = recent + unused;
  for (; known_variables <= at; ++known_variables) {
    *known_variables = known_variables - recent;
    offsets[*known_variables + 1] = 0;
    origins[*known_variables] = 0;
  }
  const uint16_t variable = *at;
  for (; at > recent; --at) *at = at[-1];
  return *at = variable;
}

/// `base` is what an offset is from, as on the stack.
void WriteImmediate(uint32_t item, uint32_t place, uint32_t base) {
  Set(0, Mix(Mix(place, top[-1].origin), top[-2].origin));
  Set(1, Mix(place, six));
  Set(2, Mix(Mix(Mix(place, two), immediate), immediate_before));
  Set(3, Mix(place, item == kOffset ? offsets[base] : last));
  Set(4, item == kCall ? Mix(place, top - bottom) : item);
  Set(5, item == kOffset     ? Mix(base, function)
         : item == kVariable ? Mix(place, known_variables - recent)
                             : Mix(place, function));
  const uint32_t number = Number(item);
  immediate_before = immediate;
  immediate = number;
  if (item == kOffset) offsets[base] = number + 1;
  WriteLeb(item == kVariable ? Variable(number) : number, item > kLastUnsigned ? 63 : 127);
}

void WriteInstructions() {
  uint32_t beginning = 0;
  uint32_t open = 1;
  // A little room below for what is not reached.
  top = bottom = stack + 64;
  do {
    const uint32_t height = top - bottom;
    Set(0, Mix(top[-1].origin, height));
    Set(1, Mix(Mix(two, third), height));
    Set(2, Mix(Mix(last, recent[0]), function));
    Set(3, Mix(five, immediate));
    Set(4, Mix(height, beginning));
    Set(5, Mix(Mix(top[-2].origin, top[-1].origin), last));
    const uint32_t pattern = Number(kKinds - 1);
    const uint16_t* next = patterns[pattern];
    const uint32_t effect = *next++;
    const int32_t higher = static_cast<int32_t>(effect >> 2) - 16;
    const uint32_t opcode = *next - kFirstByte;
    for (; const uint32_t item = *next; ++next) {
      if (item >= kFirstByte) {
        *out++ = item - kFirstByte;
      } else {
        // What is stored lies above where it is stored.
        WriteImmediate(item, next - items + 32, top[higher / 2 - 1].variable);
      }
    }
    Push(pattern);
    uint32_t& origin = origins[recent[0]];
    if (opcode == kSet || opcode == kTee) origin = top[-1].origin;
    top += higher;
    top[-1].variable = opcode == kGet || opcode == kTee ? recent[0] + 1 : 0;
    if (opcode != kTee) top[-1].origin = opcode == kGet ? Mix(pattern + 1, origin) : pattern + 1;
    switch (effect & 3) {
      case kBegins:
        beginnings[open] = beginning;
        bottoms[open] = bottom;
        tops[open++] = top;
        beginning = pattern + 1;
        bottom = top;
        break;
      case kEnds:
        top = tops[--open];
        bottom = bottoms[open];
        beginning = beginnings[open];
        break;
      case kUnreached:
        top = bottom;
    }
  } while (open);
}

/// With its size before it, in four bytes.
void WriteFunction() {
  uint8_t* const start = out += 4;
  ++function;
  known_variables = recent;
  WriteDeclarations();
  WriteInstructions();
  const uint32_t size = out - start;
  start[-4] = size | 128;
  start[-3] = size >> 7 | 128;
  start[-2] = size >> 14 | 128;
  start[-1] = size >> 21;
}

void MakeTables() {
  // The logistic function by its own derivative, from e to the power of -8 on.
  uint64_t part = 360000;
  uint32_t known = 0;
  for (int32_t i = -2048; i < 2048; ++i) {
    likelihoods[i + 2048] = part >> 14;
    for (; known <= part >> 18; ++known) odds[known] = i;
    part += part * ((1 << kWhole) - part) >> (kWhole + 8);
  }
  for (uint32_t i = 0; i <= kOften; ++i) rates[i] = 655360 / (i * 10 + 12);
  for (int32_t& each : weights) each = 18000;
}

}  // namespace

/// Writes the module that is told by a text.
extern "C" __attribute__((export_name("decode"))) void Decode(const uint8_t* text,
                                                              uint8_t* module) {
  out = module;
  MakeTables();
  Begin(text);
  ReadPatterns();
  CopyBytes();
  for (uint32_t functions = Other(1); functions; --functions) WriteFunction();
  CopyBytes();
}

#ifdef SIP_ENCODER
/// Writes the digits, from 0 on, and the module, to see that it comes out. Returns the end of the
/// digits.
extern "C" __attribute__((export_name("encode"))) uint8_t* Encode(const uint8_t* all_bits,
                                                                  uint8_t* to, uint8_t* module) {
  digits = to;
  Decode(all_bits, module);
  for (uint32_t left = kWhole; left; left -= kDigit) WriteDigit();
  return digits;
}
#endif
