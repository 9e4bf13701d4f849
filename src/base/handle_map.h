#ifndef SIPWASM_SRC_BASE_HANDLE_MAP_H_
#define SIPWASM_SRC_BASE_HANDLE_MAP_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

// Tables keyed by handles. All of them are one table of numbers underneath: a hash table of its own
// for each pair of types would weigh more in the module than what they are for.
namespace sip {

// Numbers by number.
class NumberTable {
 public:
  // Null if there is none. Good until the table is changed.
  uintptr_t* Find(uint32_t key);
  void Set(uint32_t key, uintptr_t value);
  uintptr_t Take(uint32_t key);  // 0 if there was none
  size_t size() const { return map_.size(); }
  std::vector<uint32_t> Keys() const;  // rising: a hash table has no order of its own

 private:
  absl::flat_hash_map<uint32_t, uintptr_t> map_;
};

// Handles of one kind by those of another, or by a number.
template <typename Key, typename Handle>
class HandleIndex {
 public:
  std::optional<Handle> Find(Key key) {
    const uintptr_t* found = table_.Find(static_cast<uint32_t>(key));
    if (found == nullptr) return std::nullopt;
    return static_cast<Handle>(*found);
  }
  void Set(Key key, Handle handle) {
    table_.Set(static_cast<uint32_t>(key), static_cast<uintptr_t>(handle));
  }
  void Erase(Key key) { table_.Take(static_cast<uint32_t>(key)); }
  size_t size() const { return table_.size(); }

 private:
  NumberTable table_;
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
  T* Find(Handle handle) {
    const uintptr_t* found = table_.Find(static_cast<uint32_t>(handle));
    return found == nullptr ? nullptr : reinterpret_cast<T*>(*found);
  }
  T& Add(Handle handle, std::unique_ptr<T> value) {
    Erase(handle);
    T* raw = value.release();
    table_.Set(static_cast<uint32_t>(handle), reinterpret_cast<uintptr_t>(raw));
    return *raw;
  }
  void Erase(Handle handle) {
    delete reinterpret_cast<T*>(table_.Take(static_cast<uint32_t>(handle)));
  }

  size_t size() const { return table_.size(); }

  // In the order in which they were made.
  std::vector<Handle> handles() const {
    std::vector<Handle> handles;
    for (const uint32_t key : table_.Keys()) handles.push_back(static_cast<Handle>(key));
    return handles;
  }

 private:
  NumberTable table_;
};

// Numbers (handles, counts) by text.
using TextTable = absl::flat_hash_map<std::string, uint32_t>;

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_HANDLE_MAP_H_
