#ifndef SIPWASM_SRC_BASE_WORDS_H_
#define SIPWASM_SRC_BASE_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <memory>

namespace sip {

// Numbers of 32 bits behind one another, as they cross the door. A vector would write zeros first
// to where they will be.
class Words {
 public:
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const int32_t* data() const { return words_.get(); }
  const int32_t* begin() const { return data(); }
  const int32_t* end() const { return data() + size_; }
  int32_t& operator[](size_t at) { return words_[at]; }
  int32_t operator[](size_t at) const { return words_[at]; }

  void clear() { size_ = 0; }
  void push_back(int32_t word) { *Room(1) = word; }

  // The place of the next words, which are to be written there.
  [[gnu::always_inline]] int32_t* Room(size_t count) {
    const size_t begin = size_;
    size_ += count;
    if (size_ > capacity_) Grow(begin);
    return words_.get() + begin;
  }

 private:
  void Grow(size_t kept);

  std::unique_ptr<int32_t[]> words_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_WORDS_H_
