#ifndef SIPWASM_SRC_BASE_HEAP_STRING_H_
#define SIPWASM_SRC_BASE_HEAP_STRING_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

// What std::string does, as far as the core needs it, but for its form for short texts: the text
// always lies on the heap, and keeps its place when the HeapString is moved.
namespace sip {

class HeapString {
 public:
  HeapString() = default;
  HeapString(const char* text) : HeapString(std::string_view(text)) {}  // NOLINT
  explicit HeapString(std::string_view text) { append(text); }
  HeapString(const HeapString& other) : HeapString(std::string_view(other)) {}
  HeapString(HeapString&& other) noexcept;
  ~HeapString();
  HeapString& operator=(HeapString&& other) noexcept;
  HeapString& operator=(const HeapString& other) { return *this = std::string_view(other); }
  // The text may be part of this one.
  HeapString& operator=(std::string_view text) { return *this = HeapString(text); }

  operator std::string_view() const { return {data_, size_}; }  // NOLINT

  const char* data() const { return data_; }
  char* data() { return data_; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  char* begin() { return data_; }
  char* end() { return data_ + size_; }
  const char* begin() const { return data_; }
  const char* end() const { return data_ + size_; }
  char& operator[](size_t at) { return data_[at]; }
  char operator[](size_t at) const { return data_[at]; }

  friend bool operator==(const HeapString& one, std::string_view other) {
    return std::string_view(one) == other;
  }
  friend bool operator==(const HeapString& one, const char* other) {
    return one == std::string_view(other);
  }
  friend bool operator==(const HeapString& one, const HeapString& other) {
    return one == std::string_view(other);
  }

  void clear() { size_ = 0; }
  void reserve(size_t capacity);
  // The text must not lie in this one.
  HeapString& append(std::string_view text);
  HeapString& operator+=(std::string_view text) { return append(text); }
  void push_back(char octet) { *Extend(1) = octet; }

  // Makes it longer by so many octets, which are to be written. Returns where.
  char* Extend(size_t octets);
  // Drops what lies behind so many octets.
  void Truncate(size_t octets) { size_ = static_cast<uint32_t>(octets); }

 private:
  char* data_ = nullptr;
  uint32_t size_ = 0;
  uint32_t capacity_ = 0;
};

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_HEAP_STRING_H_
