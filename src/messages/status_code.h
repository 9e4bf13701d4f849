#ifndef SIPWASM_SRC_MESSAGES_STATUS_CODE_H_
#define SIPWASM_SRC_MESSAGES_STATUS_CODE_H_

#include <string_view>

namespace sip {

// RFC 3261 section 7.2.
constexpr bool IsProvisional(int status) { return status >= 100 && status < 200; }
constexpr bool IsSuccess(int status) { return status >= 200 && status < 300; }
constexpr bool IsFinal(int status) { return status >= 200 && status < 700; }
constexpr bool IsFailure(int status) { return status >= 300 && status < 700; }

// The reason phrase of the IANA registry, in the words of the RFC that defines the code; "" if the
// code is unknown.
std::string_view ReasonPhrase(int status);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_STATUS_CODE_H_
