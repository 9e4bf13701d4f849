#include "base/deadline_queue.h"

#include <utility>

namespace sip {

void DeadlineHeap::Set(uint32_t owner, Time at) {
  const uintptr_t found = places_.Find(owner);
  if (at == InfiniteFuture()) {
    if (found != 0) Remove(found - 1);
    return;
  }
  if (found == 0) {
    heap_.push_back({at, order_++, owner});
    places_.Set(owner, heap_.size());
    Up(heap_.size() - 1);
    return;
  }
  const size_t place = found - 1;
  if (heap_[place].at == at) return;
  heap_[place].at = at;
  heap_[place].order = order_++;
  Down(Up(place));
}

Time DeadlineHeap::Next() const { return heap_.empty() ? InfiniteFuture() : heap_.front().at; }

std::optional<uint32_t> DeadlineHeap::PopDue(Time now) {
  if (heap_.empty() || heap_.front().at > now) return std::nullopt;
  const uint32_t owner = heap_.front().owner;
  Remove(0);
  return owner;
}

void DeadlineHeap::Remove(size_t place) {
  places_.Set(heap_[place].owner, 0);
  const Entry last = heap_.back();
  heap_.pop_back();
  if (place == heap_.size()) return;
  heap_[place] = last;
  places_.Set(last.owner, place + 1);
  Down(Up(place));
}

size_t DeadlineHeap::Up(size_t place) {
  while (place > 0 && heap_[place].Before(heap_[(place - 1) / 2])) {
    place = Swap(place, (place - 1) / 2);
  }
  return place;
}

void DeadlineHeap::Down(size_t place) {
  for (;;) {
    size_t child = 2 * place + 1;
    if (child >= heap_.size()) return;
    if (child + 1 < heap_.size() && heap_[child + 1].Before(heap_[child])) ++child;
    if (!heap_[child].Before(heap_[place])) return;
    place = Swap(place, child);
  }
}

size_t DeadlineHeap::Swap(size_t from, size_t to) {
  std::swap(heap_[from], heap_[to]);
  places_.Set(heap_[from].owner, from + 1);
  places_.Set(heap_[to].owner, to + 1);
  return to;
}

}  // namespace sip
