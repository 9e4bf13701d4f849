#ifndef SIPWASM_TESTS_FUZZ_REQUIRE_H_
#define SIPWASM_TESTS_FUZZ_REQUIRE_H_

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace sip {

// What must hold whatever the input: ends the fuzzer, which keeps the input, if it does not.
inline void Require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

// `loss` is what RoundTripLoss gives.
inline void RequireNone(const std::string& loss) { Require(loss.empty(), loss); }

}  // namespace sip

#endif  // SIPWASM_TESTS_FUZZ_REQUIRE_H_
