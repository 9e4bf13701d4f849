#ifndef SIPWASM_SRC_MESSAGES_METHOD_H_
#define SIPWASM_SRC_MESSAGES_METHOD_H_

#include <string_view>

#include "grammar/scanner.h"

// RFC 3261 section 7.1: a method is a token, and its case matters. These are the ones that the
// core treats in a way of their own; any other token is a method too.
namespace sip::method {

inline constexpr std::string_view kAck = "ACK";
inline constexpr std::string_view kBye = "BYE";
inline constexpr std::string_view kCancel = "CANCEL";
inline constexpr std::string_view kInfo = "INFO";
inline constexpr std::string_view kInvite = "INVITE";
inline constexpr std::string_view kMessage = "MESSAGE";
inline constexpr std::string_view kNotify = "NOTIFY";
inline constexpr std::string_view kOptions = "OPTIONS";
inline constexpr std::string_view kPrack = "PRACK";
inline constexpr std::string_view kPublish = "PUBLISH";
inline constexpr std::string_view kRefer = "REFER";
inline constexpr std::string_view kRegister = "REGISTER";
inline constexpr std::string_view kSubscribe = "SUBSCRIBE";
inline constexpr std::string_view kUpdate = "UPDATE";

// All that are registered, as a list.
inline constexpr std::string_view kRegistered =
    "ACK,BYE,CANCEL,INFO,INVITE,MESSAGE,NOTIFY,OPTIONS,PRACK,PUBLISH,REFER,REGISTER,SUBSCRIBE,"
    "UPDATE";

// Whether a list holds this method. RFC 3261 section 7.1: "Methods are case-sensitive", unlike the
// rest.
inline bool IsIn(std::string_view methods, std::string_view method) {
  while (const auto value = NextListValue(methods)) {
    if (*value == method) return true;
  }
  return false;
}

}  // namespace sip::method

#endif  // SIPWASM_SRC_MESSAGES_METHOD_H_
