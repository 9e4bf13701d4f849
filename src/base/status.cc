#include "base/status.h"

// Calls, as what they do is longer than a call and there are many of them.
namespace sip {

[[gnu::noinline]] Status InvalidArgumentError(const char* problem, std::string_view value) {
  return Status(StatusCode::kInvalidArgument, problem, value);
}

[[gnu::noinline]] Status NotFoundError(const char* problem) {
  return Status(StatusCode::kNotFound, problem, {});
}

[[gnu::noinline]] Status FailedPreconditionError(const char* problem) {
  return Status(StatusCode::kFailedPrecondition, problem, {});
}

}  // namespace sip
