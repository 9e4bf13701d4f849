#include "base/handle_map.h"

#include <algorithm>

namespace sip {

uintptr_t* NumberTable::Find(uint32_t key) {
  const auto found = map_.find(key);
  return found == map_.end() ? nullptr : &found->second;
}

void NumberTable::Set(uint32_t key, uintptr_t value) { map_[key] = value; }

uintptr_t NumberTable::Take(uint32_t key) {
  const auto found = map_.find(key);
  if (found == map_.end()) return 0;
  const uintptr_t value = found->second;
  map_.erase(found);
  return value;
}

std::vector<uint32_t> NumberTable::Keys() const {
  std::vector<uint32_t> keys;
  keys.reserve(map_.size());
  for (const auto& [key, value] : map_) keys.push_back(key);
  std::make_heap(keys.begin(), keys.end());
  std::sort_heap(keys.begin(), keys.end());
  return keys;
}

}  // namespace sip
