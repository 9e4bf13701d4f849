#ifndef SIPWASM_SRC_BASE_SHARED_H_
#define SIPWASM_SRC_BASE_SHARED_H_

#include <cstddef>
#include <cstdint>
#include <utility>

namespace sip {

// Owns a value together with its copies, as std::shared_ptr does, but without what the core has no
// use for: threads, weak pointers, deleters and the type information that these need.
template <typename T>
class Shared {
 public:
  Shared() = default;
  Shared(std::nullptr_t) {}  // NOLINT: converts on purpose
  explicit Shared(T value) : box_(new Box{std::move(value)}) {}
  Shared(const Shared& other) : box_(other.box_) {
    if (box_ != nullptr) ++box_->owners;
  }
  Shared(Shared&& other) noexcept : box_(std::exchange(other.box_, nullptr)) {}
  Shared& operator=(Shared other) noexcept {
    std::swap(box_, other.box_);
    return *this;
  }
  ~Shared() {
    if (box_ != nullptr && --box_->owners == 0) delete box_;
  }

  const T& operator*() const { return box_->value; }
  const T* operator->() const { return &box_->value; }
  bool operator==(std::nullptr_t) const { return box_ == nullptr; }

 private:
  struct Box {
    T value;
    uint32_t owners = 1;
  };
  Box* box_ = nullptr;
};

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_SHARED_H_
