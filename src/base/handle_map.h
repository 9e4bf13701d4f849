#ifndef SIPWASM_SRC_BASE_HANDLE_MAP_H_
#define SIPWASM_SRC_BASE_HANDLE_MAP_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "base/list.h"
#include "base/number_table.h"

// Tables keyed by handles. All of them are one table of numbers underneath: a hash table of its own
// for each pair of types would weigh more in the module than what they are for.
namespace sip {

// Handles of one kind by those of another, or by a number.
template <typename Key, typename Handle>
class HandleIndex {
 public:
  std::optional<Handle> Find(Key key) const {
    const uintptr_t found = table_.Find(static_cast<uint32_t>(key));
    if (found == 0) return std::nullopt;
    return static_cast<Handle>(found);
  }
  void Set(Key key, Handle handle) {
    table_.Set(static_cast<uint32_t>(key), static_cast<uintptr_t>(handle));
  }
  void Erase(Key key) { table_.Set(static_cast<uint32_t>(key), 0); }
  size_t size() const { return table_.size(); }

 private:
  NumberTable table_;
};

// Numbers as the handles that they are, to walk through once.
template <typename Handle>
class Handles {
 public:
  struct Iterator {
    const uint32_t* at;
    Handle operator*() const { return static_cast<Handle>(*at); }
    Iterator& operator++() {
      ++at;
      return *this;
    }
    bool operator==(const Iterator&) const = default;
  };

  explicit Handles(List<uint32_t> numbers) : numbers_(std::move(numbers)) {}
  Iterator begin() const { return {numbers_.begin()}; }
  Iterator end() const { return {numbers_.end()}; }

 private:
  List<uint32_t> numbers_;
};

// Owns things that have handles. They stay where they are while others come and go.
template <typename Handle, typename T>
class HandleMap {
 public:
  HandleMap() = default;
  HandleMap(const HandleMap&) = delete;
  HandleMap& operator=(const HandleMap&) = delete;
  ~HandleMap() {
    for (const uint32_t key : table_.Keys()) Erase(static_cast<Handle>(key));
  }

  // Null if there is none.
  T* Find(Handle handle) { return At(table_.Find(static_cast<uint32_t>(handle))); }
  T& Add(Handle handle, std::unique_ptr<T> value) {
    T* raw = value.release();
    delete At(table_.Set(static_cast<uint32_t>(handle), reinterpret_cast<uintptr_t>(raw)));
    return *raw;
  }
  void Erase(Handle handle) { delete At(table_.Set(static_cast<uint32_t>(handle), 0)); }

  size_t size() const { return table_.size(); }

  // In the order in which they were made. Those of now: what comes and goes meanwhile is no matter.
  Handles<Handle> handles() const { return Handles<Handle>(table_.Keys()); }

 private:
  static T* At(uintptr_t value) { return reinterpret_cast<T*>(value); }

  NumberTable table_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_HANDLE_MAP_H_
