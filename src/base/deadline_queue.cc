#include "base/deadline_queue.h"

#include <utility>

namespace sip {

void DeadlineHeap::Set(uint32_t owner, Time at) {
  const auto found = places_.find(owner);
  if (at == InfiniteFuture()) {
    if (found != places_.end()) Remove(found->second);
    return;
  }
  if (found == places_.end()) {
    heap_.push_back({at, order_++, owner});
    places_[owner] = heap_.size() - 1;
    Up(heap_.size() - 1);
    return;
  }
  const size_t place = found->second;
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
  places_.erase(heap_[place].owner);
  const Entry last = heap_.back();
  heap_.pop_back();
  if (place == heap_.size()) return;
  heap_[place] = last;
  places_[last.owner] = place;
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
  places_[heap_[from].owner] = from;
  places_[heap_[to].owner] = to;
  return to;
}

}  // namespace sip
