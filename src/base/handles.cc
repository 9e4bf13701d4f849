#include "base/handles.h"

#include <algorithm>

namespace sip {

void SortNumbers(std::vector<uint32_t>& numbers) {
  std::make_heap(numbers.begin(), numbers.end());
  std::sort_heap(numbers.begin(), numbers.end());
}

}  // namespace sip
