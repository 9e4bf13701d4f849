#ifndef SIPWASM_SRC_BASE_STATUS_H_
#define SIPWASM_SRC_BASE_STATUS_H_

#include <string>
#include <utility>

// What absl::Status and absl::StatusOr do, as far as the core needs it. Abseil's carry payloads as
// cords, which alone weigh more in the module than all of the transactions.
namespace sip {

enum class StatusCode : int {  // numbered as absl::StatusCode
  kOk = 0,
  kInvalidArgument = 3,     // the caller's value cannot be sent
  kNotFound = 5,            // the handle is unknown or has ended
  kFailedPrecondition = 9,  // not in this state
};

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(StatusCode code, std::string message) : code_(code), message_(std::move(message)) {}

  bool ok() const { return code_ == StatusCode::kOk; }
  StatusCode code() const { return code_; }
  const std::string& message() const { return message_; }

 private:
  StatusCode code_ = StatusCode::kOk;
  std::string message_;
};

inline Status OkStatus() { return Status(); }
inline Status InvalidArgumentError(std::string message) {
  return Status(StatusCode::kInvalidArgument, std::move(message));
}
inline Status NotFoundError(std::string message) {
  return Status(StatusCode::kNotFound, std::move(message));
}
inline Status FailedPreconditionError(std::string message) {
  return Status(StatusCode::kFailedPrecondition, std::move(message));
}

// A value, or why there is none. The value may be read only if it is `ok()`.
template <typename T>
class [[nodiscard]] StatusOr {
 public:
  StatusOr(T value) : value_(std::move(value)) {}          // NOLINT: converts on purpose
  StatusOr(Status status) : status_(std::move(status)) {}  // NOLINT

  bool ok() const { return status_.ok(); }
  const Status& status() const { return status_; }
  T& operator*() { return value_; }
  const T& operator*() const { return value_; }
  T* operator->() { return &value_; }
  const T* operator->() const { return &value_; }

 private:
  Status status_;
  T value_ = {};
};

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_STATUS_H_
