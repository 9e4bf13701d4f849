#ifndef SIPWASM_SRC_BASE_DEADLINE_QUEUE_H_
#define SIPWASM_SRC_BASE_DEADLINE_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/list.h"
#include "base/number_table.h"
#include "base/time.h"

namespace sip {

// A binary heap of numbers by deadline that knows where each stands in it. See DeadlineQueue.
class DeadlineHeap {
 public:
  void Set(uint32_t owner, Time at);
  Time Next() const;
  std::optional<uint32_t> PopDue(Time now);
  size_t size() const { return heap_.size(); }

 private:
  struct Entry {
    Time at;
    uint64_t order;
    uint32_t owner;
    bool Before(const Entry& other) const {
      return at != other.at ? at < other.at : order < other.order;
    }
  };

  void Remove(size_t place);
  // Puts an entry where it belongs, this place being free.
  void Move(size_t place, const Entry& entry);
  void Put(size_t place, const Entry& entry);

  List<Entry> heap_;
  NumberTable places_;  // by owner, from 1 on
  uint64_t order_ = 0;
};

// Who wants to be woken, and when. Moving or dropping a deadline costs O(log n) and leaves nothing
// behind that would wake anyone.
template <typename Handle>
class DeadlineQueue {
 public:
  // `owner` wants to be woken at `at`, and at no other time. InfiniteFuture() means never.
  void Set(Handle owner, Time at) { heap_.Set(static_cast<uint32_t>(owner), at); }

  // The earliest deadline, InfiniteFuture() if there is none.
  Time Next() const { return heap_.Next(); }

  // Takes out the owner whose deadline came first, if it has come by `now`. Among equals, first
  // come first served.
  std::optional<Handle> PopDue(Time now) {
    const std::optional<uint32_t> owner = heap_.PopDue(now);
    if (!owner.has_value()) return std::nullopt;
    return static_cast<Handle>(*owner);
  }

  size_t size() const { return heap_.size(); }

 private:
  DeadlineHeap heap_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_DEADLINE_QUEUE_H_
