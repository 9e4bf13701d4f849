#ifndef SIPWASM_SRC_MESSAGES_HEADER_FIELDS_H_
#define SIPWASM_SRC_MESSAGES_HEADER_FIELDS_H_

#include <cstdint>
#include <string_view>

// RFC 3261 section 20 and the extensions: the header fields that some part of the core or of the
// API reads by name. A field that is not here is kOther, and is found by its text.
namespace sip {

enum class HeaderId : uint8_t {
  kOther,
  kAccept,
  kAcceptContact,
  kAllow,
  kAllowEvents,
  kAuthenticationInfo,
  kAuthorization,
  kCallId,
  kContact,
  kContentDisposition,
  kContentEncoding,
  kContentLength,
  kContentType,
  kCSeq,
  kDate,
  kEvent,
  kExpires,
  kFlowTimer,
  kFrom,
  kIdentity,
  kIdentityInfo,
  kMaxForwards,
  kMinExpires,
  kMinSe,
  kPath,
  kProxyAuthenticate,
  kProxyAuthorization,
  kProxyRequire,
  kRAck,
  kReason,
  kRecordRoute,
  kReferredBy,
  kReferTo,
  kRejectContact,
  kReplaces,
  kRequestDisposition,
  kRequire,
  kRetryAfter,
  kRoute,
  kRSeq,
  kServer,
  kServiceRoute,
  kSessionExpires,
  kSipEtag,
  kSipIfMatch,
  kSubject,
  kSubscriptionState,
  kSupported,
  kTargetDialog,
  kTimestamp,
  kTo,
  kUnsupported,
  kUserAgent,
  kVia,
  kWarning,
  kWwwAuthenticate,
};

// The header of this name in any case, or in its compact form (RFC 3261 section 7.3.3).
HeaderId FindHeader(std::string_view name);

// The name as its RFC writes it ("Call-ID", "WWW-Authenticate"); "" for kOther.
std::string_view HeaderName(HeaderId id);

// The full name behind a compact form or an odd case; the text itself if it is unknown.
std::string_view CanonicalName(std::string_view name);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_HEADER_FIELDS_H_
