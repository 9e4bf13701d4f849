// Parts of Abseil that this module can do without, defined here so that the linker does not take
// Abseil's own from its archives. Status refers to all of them.
//
// - Raw logging formats through a printf of its own and writes to stderr.
// - StatusOr describes the error before it ends the program when a value is taken that is not
// there.
// - CordzInfo samples cords for a statistics page; the trees of cords hold payloads of a Status,
// and
//   no Status here has one.
//
// The declarations are Abseil's internals and may change with its version; CMakeLists.txt leaves
// this file out where it does not compile, and the module is then larger but the same.

#include <atomic>
#include <cstdlib>

#include "absl/base/internal/raw_logging.h"
#include "absl/status/internal/statusor_internal.h"
#include "absl/strings/internal/cord_internal.h"
#include "absl/strings/internal/cordz_info.h"

namespace absl {
ABSL_NAMESPACE_BEGIN

namespace raw_logging_internal {

void RawLog(absl::LogSeverity severity, const char*, int, const char*, ...) {
  if (severity == absl::LogSeverity::kFatal) abort();
}

void AsyncSignalSafeWriteToStderr(const char*, size_t) {}

bool RawLoggingFullySupported() { return false; }

namespace {
void Log(absl::LogSeverity severity, const char*, int, const std::string&) {
  if (severity == absl::LogSeverity::kFatal) abort();
}
}  // namespace

ABSL_INTERNAL_ATOMIC_HOOK_ATTRIBUTES ABSL_DLL base_internal::AtomicHook<InternalLogFunction>
    internal_log_function(Log);

}  // namespace raw_logging_internal

namespace internal_statusor {

void Helper::HandleInvalidStatusCtorArg(absl::Status*) { abort(); }
void Helper::Crash(const absl::Status&) { abort(); }
void ThrowBadStatusOrAccess(absl::Status) { abort(); }

}  // namespace internal_statusor

namespace cord_internal {

ABSL_CONST_INIT std::atomic<bool> cord_ring_buffer_enabled(false);
ABSL_CONST_INIT std::atomic<bool> shallow_subcords_enabled(false);
ABSL_CONST_INIT std::atomic<bool> cord_btree_exhaustive_validation(false);

void LogFatalNodeType(CordRep*) { abort(); }
void CordRep::Destroy(CordRep*) { abort(); }

void CordzInfo::TrackCord(InlineData&, MethodIdentifier) {}
void CordzInfo::TrackCord(InlineData&, const InlineData&, MethodIdentifier) {}
void CordzInfo::MaybeTrackCordImpl(InlineData&, const InlineData&, MethodIdentifier) {}
void CordzInfo::Untrack() {}
void CordzInfo::Lock(MethodIdentifier) {}
void CordzInfo::Unlock() {}

}  // namespace cord_internal

ABSL_NAMESPACE_END
}  // namespace absl
