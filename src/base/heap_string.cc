#include "base/heap_string.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace sip {

HeapString::HeapString(HeapString&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

HeapString::~HeapString() { delete[] data_; }

HeapString& HeapString::operator=(HeapString&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  return *this;
}

void HeapString::reserve(size_t capacity) {
  if (capacity <= capacity_) return;
  char* const data = new char[capacity];
  if (size_ != 0) std::memcpy(data, data_, size_);
  delete[] data_;
  data_ = data;
  capacity_ = static_cast<uint32_t>(capacity);
}

char* HeapString::Extend(size_t octets) {
  const size_t begin = size_;
  const size_t size = begin + octets;
  // What is made in one piece takes what it has; what grows soon has room for its next pieces.
  if (size > capacity_) reserve(capacity_ == 0 ? size : std::max(size, size_t{2} * capacity_ + 64));
  size_ = static_cast<uint32_t>(size);
  return data_ + begin;
}

HeapString& HeapString::append(std::string_view text) {
  if (!text.empty()) std::memcpy(Extend(text.size()), text.data(), text.size());
  return *this;
}

}  // namespace sip
