#ifndef SIPWASM_SRC_BASE_NUMBER_TABLE_H_
#define SIPWASM_SRC_BASE_NUMBER_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/list.h"

namespace sip {

// Numbers by number: the one hash table of the core, with open addressing. What it holds takes
// between 1/8 and 3/4 of its places, so that an operation costs the same however much there is, and
// a burst that is over leaves nothing behind. A removal moves up what stood behind it: there are no
// tombstones.
class NumberTable {
 public:
  // 0 if there is none.
  uintptr_t Find(uint32_t key) const;

  // Returns what was there before, 0 if nothing was. The value 0 takes the key out.
  uintptr_t Set(uint32_t key, uintptr_t value);

  size_t size() const { return size_; }
  size_t capacity() const { return capacity_; }

  List<uint32_t> Keys() const;  // rising: a hash table has no order of its own

 private:
  struct Place {
    uint32_t key;
    uintptr_t value;  // 0: nothing stands here
  };

  // Where the key stands, or would stand. There is always an empty place behind.
  Place& PlaceOf(uint32_t key) const;
  void Resize(uint32_t capacity);

  std::unique_ptr<Place[]> places_;
  uint32_t capacity_ = 0;  // a power of two, or 0 if there is no key
  uint32_t size_ = 0;
};

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_NUMBER_TABLE_H_
