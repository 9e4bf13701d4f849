// Placeholder door: proves the pipeline from C++ to JavaScript.
#include <emscripten/bind.h>

#include <map>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"

namespace {

class Door {
 public:
  uintptr_t Reserve(int size) {
    buffer_.resize(size);
    return reinterpret_cast<uintptr_t>(buffer_.data());
  }
  int Count(int length) { return Words(absl::string_view(buffer_.data(), length)).value_or(0); }

 private:
  absl::StatusOr<int> Words(absl::string_view text) {
    if (text.empty()) return absl::InvalidArgumentError(absl::StrCat("empty at ", counts_.size()));
    absl::InlinedVector<absl::string_view, 8> words = absl::StrSplit(text, ' ');
    for (absl::string_view word : words) ++counts_[word];
    deadline_ = absl::UnixEpoch() + absl::Milliseconds(500) * counts_.size();
    return absl::ToUnixMillis(deadline_) / 500;
  }

  std::string buffer_;
  absl::flat_hash_map<std::string, int> counts_;
  absl::Time deadline_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(sip) {
  emscripten::class_<Door>("Door")
      .constructor<>()
      .function("reserve", &Door::Reserve)
      .function("count", &Door::Count);
}
