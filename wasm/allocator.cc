// The module's memory, in place of Emscripten's malloc (emmalloc is 1.5 KB of code) and of the
// function in JavaScript that makes it larger.
//
// Blocks come in sizes of eight to each power of two, and one that is given back waits for the next
// of its size: an operation takes a few instructions however much there is, a burst of calls takes
// what the burst before it took, and at most a ninth of a block is not used. Blocks are not joined.
// Before memory is made larger, the largest that waits is cut up: what a table leaves behind that
// has grown is not lost.

#include <cstddef>
#include <cstdint>
#include <new>

extern "C" uint8_t __heap_base;

namespace {

constexpr uint32_t kPage = 1 << 16;
constexpr uint32_t kLargest = 1 << 30;

// Lies 4 octets behind a multiple of 8, and its user's part on one.
struct Block {
  uint32_t size;  // a multiple of 8
  union {
    Block* next;  // while it waits
    uint8_t used[4];
  };
};

// How many units of 8 octets a block has, less one, in four bits and an exponent.
struct SizeClass {
  explicit SizeClass(uint32_t units) : exponent(units < 8 ? 0 : 28 - __builtin_clz(units)) {
    number = 8 * exponent + (units >> exponent);
  }
  uint32_t exponent;
  uint32_t number;
};

constexpr uint32_t kClasses = 256;
Block* waiting[kClasses];

// What is cut up, and up to where memory was taken for that.
uintptr_t fresh = 0;
uintptr_t fresh_end = 0;
uintptr_t taken = 0;

// Finds another piece to cut a block of this size from.
void Refill(uint32_t size) {
  for (uint32_t number = kClasses; number-- != 0;) {
    Block* const block = waiting[number];
    if (block == nullptr) continue;
    // What is left of the piece before is lost.
    if (block->size < size || block->size / 8 < fresh_end - fresh) break;
    waiting[number] = block->next;
    fresh = reinterpret_cast<uintptr_t>(block);
    fresh_end = fresh + block->size;
    return;
  }
  if (taken == 0) taken = reinterpret_cast<uintptr_t>(&__heap_base) + 4;
  if (fresh_end != taken) fresh = taken;
  const uint32_t pages = __builtin_wasm_memory_size(0);
  const uint32_t needed = (fresh + size + 4 + kPage - 1) / kPage;
  if (needed > pages) {
    // An eighth of what there is at least: each time costs, and JavaScript a new view.
    const uint32_t more = needed - pages;
    const bool grown = __builtin_wasm_memory_grow(0, more + pages / 8) != SIZE_MAX ||
                       __builtin_wasm_memory_grow(0, more) != SIZE_MAX;
    if (!grown) __builtin_trap();
  }
  fresh_end = taken = __builtin_wasm_memory_size(0) * kPage - 4;
}

}  // namespace

[[gnu::noinline]] void* operator new(size_t size) {
  if (size > kLargest) __builtin_trap();
  const uint32_t units = (size + 3) / 8;
  const SizeClass size_class(units);
  Block* block = waiting[size_class.number];
  if (block != nullptr) {
    waiting[size_class.number] = block->next;
    return block->used;
  }
  const uint32_t whole = ((units >> size_class.exponent) + 1) << size_class.exponent << 3;
  if (fresh_end - fresh < whole) Refill(whole);
  block = reinterpret_cast<Block*>(fresh);
  fresh += whole;
  block->size = whole;
  return block->used;
}

[[gnu::noinline]] void operator delete(void* memory) noexcept {
  if (memory == nullptr) return;
  Block* const block = reinterpret_cast<Block*>(static_cast<uint8_t*>(memory) - 4);
  Block*& first = waiting[SizeClass(block->size / 8 - 1).number];
  block->next = first;
  first = block;
}

void operator delete(void* memory, size_t) noexcept { operator delete(memory); }
void* operator new[](size_t size) { return operator new(size); }
void operator delete[](void* memory) noexcept { operator delete(memory); }
void operator delete[](void* memory, size_t) noexcept { operator delete(memory); }

// What else of the C and C++ libraries takes memory.
extern "C" {
void* malloc(size_t size) { return operator new(size); }
void free(void* memory) { operator delete(memory); }
}
