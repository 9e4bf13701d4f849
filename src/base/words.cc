#include "base/words.h"

#include <cstring>
#include <utility>

namespace sip {

void Words::Grow(size_t kept) {
  capacity_ = 2 * size_ + 64;
  std::unique_ptr<int32_t[]> larger(new int32_t[capacity_]);
  if (kept != 0) std::memcpy(larger.get(), words_.get(), kept * sizeof(int32_t));
  words_ = std::move(larger);
}

}  // namespace sip
