#ifndef SIPWASM_SRC_BASE_LIST_H_
#define SIPWASM_SRC_BASE_LIST_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <type_traits>

#include "base/heap_string.h"

// What std::vector does, as far as the core needs it. All lists grow by the one function by which
// texts do; of std::vector each type of elements has its own, 0.3 KB of the module in all.
namespace sip {

// Values that are copied octet by octet.
template <typename T>
class List {
 public:
  static_assert(std::is_trivially_copyable_v<T>);
  using value_type = T;
  using iterator = T*;
  using const_iterator = const T*;

  size_t size() const { return octets_.size() / sizeof(T); }
  bool empty() const { return octets_.empty(); }
  T* begin() { return reinterpret_cast<T*>(octets_.data()); }
  T* end() { return reinterpret_cast<T*>(octets_.end()); }
  const T* begin() const { return reinterpret_cast<const T*>(octets_.data()); }
  const T* end() const { return reinterpret_cast<const T*>(octets_.end()); }
  T& operator[](size_t at) { return begin()[at]; }
  const T& operator[](size_t at) const { return begin()[at]; }
  T& back() { return end()[-1]; }
  const T& back() const { return end()[-1]; }

  void reserve(size_t count) { octets_.reserve(count * sizeof(T)); }
  // The value must not lie in this list.
  void push_back(const T& value) { *reinterpret_cast<T*>(octets_.Extend(sizeof(T))) = value; }
  void pop_back() { octets_.Truncate(octets_.size() - sizeof(T)); }
  void erase(T* place) {
    std::copy(place + 1, end(), place);
    pop_back();
  }

  friend bool operator==(const List& one, const List& other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end());
  }

 private:
  HeapString octets_;
};

// Things that stay where they are while others come and go.
template <typename T>
class OwningList {
 public:
  using value_type = T*;
  using const_iterator = T* const*;

  OwningList() = default;
  OwningList(OwningList&&) = default;
  OwningList& operator=(OwningList&&) = default;  // changes places with the other
  ~OwningList() {
    for (T* each : pointers_) delete each;
  }

  size_t size() const { return pointers_.size(); }
  bool empty() const { return pointers_.empty(); }
  T* const* begin() const { return pointers_.begin(); }
  T* const* end() const { return pointers_.end(); }
  T& operator[](size_t at) const { return *pointers_[at]; }
  T& back() const { return *pointers_.back(); }

  T& Add(std::unique_ptr<T> value) {
    pointers_.push_back(value.get());
    return *value.release();
  }
  // Which must be there.
  void Erase(const T* value) {
    pointers_.erase(std::find(pointers_.begin(), pointers_.end(), value));
    delete value;
  }

 private:
  List<T*> pointers_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_LIST_H_
