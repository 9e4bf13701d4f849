#include "base/number_table.h"

#include <bit>
#include <utility>

namespace sip {
namespace {

constexpr uint32_t kSmallest = 4;

// Swaps neighbours at ever smaller distances: comb sort, which is near n log n and little code.
void Sort(List<uint32_t>& keys) {
  size_t gap = keys.size();
  for (bool sorted = false; !sorted;) {
    gap = gap * 10 / 13;
    sorted = gap <= 1;
    if (sorted) gap = 1;
    for (size_t i = gap; i < keys.size(); ++i) {
      if (keys[i - gap] <= keys[i]) continue;
      std::swap(keys[i - gap], keys[i]);
      sorted = false;
    }
  }
}

}  // namespace

uintptr_t NumberTable::Find(uint32_t key) const { return size_ == 0 ? 0 : PlaceOf(key).value; }

uintptr_t NumberTable::Set(uint32_t key, uintptr_t value) {
  if (value == 0 && size_ == 0) return 0;
  if (value != 0 && 4 * size_ >= 3 * capacity_) {
    Resize(capacity_ == 0 ? kSmallest : 2 * capacity_);
  }
  Place* place = &PlaceOf(key);
  const uintptr_t before = std::exchange(*place, {key, value}).value;
  size_ += (value != 0) - (before != 0);
  if (value != 0 || before == 0) return before;

  // What stands behind the gap may have been pushed there by what stood in it.
  for (;;) {
    if (++place == &places_[capacity_]) place = &places_[0];
    if (place->value == 0) break;
    const Place moved = std::exchange(*place, {});
    PlaceOf(moved.key) = moved;
  }
  if (size_ == 0) {
    // Most tables of a user agent are empty most of the time.
    capacity_ = 0;
    places_.reset();
  } else if (capacity_ > kSmallest && 8 * size_ < capacity_) {
    Resize(capacity_ / 2);
  }
  return before;
}

NumberTable::Place& NumberTable::PlaceOf(uint32_t key) const {
  const uint32_t mask = capacity_ - 1;
  // The upper bits of a product with the golden ratio, which spreads what is near each other.
  uint32_t place = key * 0x9E3779B9 >> std::countl_zero(mask);
  while (places_[place].value != 0 && places_[place].key != key) place = (place + 1) & mask;
  return places_[place];
}

void NumberTable::Resize(uint32_t capacity) {
  const auto old = std::exchange(places_, std::unique_ptr<Place[]>(new Place[capacity]()));
  const uint32_t count = std::exchange(capacity_, capacity);
  for (uint32_t i = 0; i < count; ++i) {
    if (old[i].value != 0) PlaceOf(old[i].key) = old[i];
  }
}

List<uint32_t> NumberTable::Keys() const {
  List<uint32_t> keys;
  for (uint32_t i = 0; i < capacity_; ++i) {
    if (places_[i].value != 0) keys.push_back(places_[i].key);
  }
  Sort(keys);
  return keys;
}

}  // namespace sip
