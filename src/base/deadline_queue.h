#ifndef SIPWASM_SRC_BASE_DEADLINE_QUEUE_H_
#define SIPWASM_SRC_BASE_DEADLINE_QUEUE_H_

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

namespace sip {

// Who wants to be woken, and when: a binary heap that knows where each owner stands in it, so that
// moving or dropping a deadline costs O(log n) and leaves nothing behind that would wake anyone.
template <typename Owner>
class DeadlineQueue {
 public:
  // `owner` wants to be woken at `at`, and at no other time. InfiniteFuture() means never.
  void Set(Owner owner, absl::Time at) {
    const auto found = places_.find(owner);
    if (at == absl::InfiniteFuture()) {
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

  // The earliest deadline, InfiniteFuture() if there is none.
  absl::Time Next() const { return heap_.empty() ? absl::InfiniteFuture() : heap_.front().at; }

  // Takes out the owner whose deadline came first, if it has come by `now`. Among equals, first
  // come first served.
  std::optional<Owner> PopDue(absl::Time now) {
    if (heap_.empty() || heap_.front().at > now) return std::nullopt;
    const Owner owner = heap_.front().owner;
    Remove(0);
    return owner;
  }

  size_t size() const { return heap_.size(); }

 private:
  struct Entry {
    absl::Time at;
    uint64_t order;
    Owner owner;
    bool Before(const Entry& other) const {
      return at != other.at ? at < other.at : order < other.order;
    }
  };

  void Remove(size_t place) {
    places_.erase(heap_[place].owner);
    const Entry last = heap_.back();
    heap_.pop_back();
    if (place == heap_.size()) return;
    heap_[place] = last;
    places_[last.owner] = place;
    Down(Up(place));
  }

  size_t Up(size_t place) {
    while (place > 0 && heap_[place].Before(heap_[(place - 1) / 2])) {
      place = Swap(place, (place - 1) / 2);
    }
    return place;
  }

  void Down(size_t place) {
    for (;;) {
      size_t child = 2 * place + 1;
      if (child >= heap_.size()) return;
      if (child + 1 < heap_.size() && heap_[child + 1].Before(heap_[child])) ++child;
      if (!heap_[child].Before(heap_[place])) return;
      place = Swap(place, child);
    }
  }

  size_t Swap(size_t from, size_t to) {
    std::swap(heap_[from], heap_[to]);
    places_[heap_[from].owner] = from;
    places_[heap_[to].owner] = to;
    return to;
  }

  std::vector<Entry> heap_;
  absl::flat_hash_map<Owner, size_t> places_;
  uint64_t order_ = 0;
};

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_DEADLINE_QUEUE_H_
