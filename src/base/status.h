#ifndef SIPWASM_SRC_BASE_STATUS_H_
#define SIPWASM_SRC_BASE_STATUS_H_

#include <string_view>
#include <utility>

#include "base/str_cat.h"
#include "base/string.h"

// What absl::Status and absl::StatusOr do, as far as the core needs it. Abseil's carry payloads as
// cords, which alone weigh more in the module than all of the transactions.
namespace sip {

enum class StatusCode : int {  // numbered as absl::StatusCode
  kOk = 0,
  kInvalidArgument = 3,     // the caller's value cannot be sent
  kNotFound = 5,            // the handle is unknown or has ended
  kFailedPrecondition = 9,  // not in this state
};

// The text is kept as two views, so that making a status, and dropping it, takes nothing: what is
// wrong, which is a literal, and perhaps about which value, which has to outlive the status.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(StatusCode code, const char* problem, std::string_view value)
      : code_(code), problem_(problem), value_(value) {}

  bool ok() const { return code_ == StatusCode::kOk; }
  StatusCode code() const { return code_; }
  String message() const { return StrCat(problem_, value_); }

 private:
  StatusCode code_ = StatusCode::kOk;
  const char* problem_ = "";
  std::string_view value_;
};

inline Status OkStatus() { return Status(); }
Status InvalidArgumentError(const char* problem, std::string_view value = {});
Status NotFoundError(const char* problem);
Status FailedPreconditionError(const char* problem);

// A value, or why there is none. The value may be read only if it is `ok()`.
template <typename T>
class [[nodiscard]] StatusOr {
 public:
  StatusOr(T value) : value_(std::move(value)) {}  // NOLINT: converts on purpose
  StatusOr(Status status) : status_(status) {}     // NOLINT

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
