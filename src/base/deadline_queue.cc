#include "base/deadline_queue.h"

namespace sip {

void DeadlineHeap::Set(uint32_t owner, Time at) {
  const uintptr_t found = places_.Find(owner);
  if (at == InfiniteFuture()) {
    if (found != 0) Remove(found - 1);
    return;
  }
  const Entry entry = {at, order_++, owner};
  if (found == 0) {
    heap_.push_back(entry);
    return Move(heap_.size() - 1, entry);
  }
  if (heap_[found - 1].at != at) Move(found - 1, entry);
}

Time DeadlineHeap::Next() const { return heap_.empty() ? InfiniteFuture() : heap_[0].at; }

std::optional<uint32_t> DeadlineHeap::PopDue(Time now) {
  if (heap_.empty() || heap_[0].at > now) return std::nullopt;
  const uint32_t owner = heap_[0].owner;
  Remove(0);
  return owner;
}

void DeadlineHeap::Remove(size_t place) {
  places_.Set(heap_[place].owner, 0);
  const Entry last = heap_.back();
  heap_.pop_back();
  if (place == heap_.size()) return;
  Move(place, last);
}

// What is in the way goes to the place that becomes free, rather than change places with it.
void DeadlineHeap::Move(size_t place, const Entry& entry) {
  for (; place > 0 && entry.Before(heap_[(place - 1) / 2]); place = (place - 1) / 2) {
    Put(place, heap_[(place - 1) / 2]);
  }
  for (;;) {
    size_t child = 2 * place + 1;
    if (child + 1 < heap_.size() && heap_[child + 1].Before(heap_[child])) ++child;
    if (child >= heap_.size() || !heap_[child].Before(entry)) break;
    Put(place, heap_[child]);
    place = child;
  }
  Put(place, entry);
}

void DeadlineHeap::Put(size_t place, const Entry& entry) {
  heap_[place] = entry;
  places_.Set(entry.owner, place + 1);
}

}  // namespace sip
