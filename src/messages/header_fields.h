#ifndef SIPWASM_SRC_MESSAGES_HEADER_FIELDS_H_
#define SIPWASM_SRC_MESSAGES_HEADER_FIELDS_H_

#include <cstdint>
#include <string_view>

// RFC 3261 section 20 and the extensions: the header fields that some part of the core or of the
// API reads by name. A field that is not here is kOther, and is found by its text.
namespace sip {

// In the order of the lengths of their names, by which FindHeader looks.
enum class HeaderId : uint8_t {
  kOther,
  kTo,
  kVia,
  kCSeq,
  kDate,
  kFrom,
  kPath,
  kRAck,
  kRSeq,
  kAllow,
  kEvent,
  kRoute,
  kAccept,
  kMinSe,
  kReason,
  kServer,
  kCallId,
  kContact,
  kExpires,
  kPrivacy,
  kRequire,
  kSubject,
  kWarning,
  kIdentity,
  kReferTo,
  kReplaces,
  kReplyTo,
  kSipEtag,
  kCallInfo,
  kDiversion,
  kSupported,
  kTimestamp,
  kAlertInfo,
  kFlowTimer,
  kUserAgent,
  kAnswerMode,
  kMinExpires,
  kReferredBy,
  kRetryAfter,
  kUnsupported,
  kAllowEvents,
  kContentType,
  kHistoryInfo,
  kMaxForwards,
  kRecordRoute,
  kSipIfMatch,
  kAuthorization,
  kIdentityInfo,
  kProxyRequire,
  kServiceRoute,
  kTargetDialog,
  kAcceptContact,
  kContentLength,
  kRejectContact,
  kAcceptEncoding,
  kAcceptLanguage,
  kRemotePartyId,
  kSessionExpires,
  kContentEncoding,
  kContentLanguage,
  kWwwAuthenticate,
  kProxyAuthenticate,
  kSubscriptionState,
  kAuthenticationInfo,
  kContentDisposition,
  kPAssertedIdentity,
  kProxyAuthorization,
  kRequestDisposition,
  kPPreferredIdentity,
};

// The header of this name in any case, or in its compact form (RFC 3261 section 7.3.3).
HeaderId FindHeader(std::string_view name);

// What the value of a header field looks like, by which header_value.h takes it apart.
enum class HeaderKind : uint8_t {
  kUnknown,      // none of ours
  kText,         // anything: Subject, User-Agent, Date ...
  kWord,         // one word: Call-ID, SIP-ETag, SIP-If-Match
  kNumber,       // 1*DIGIT, perhaps a comment and parameters behind it: Expires, Retry-After ...
  kToken,        // one token with parameters: Event, Subscription-State ...
  kMediaType,    // type "/" subtype with parameters: Content-Type
  kDialog,       // Call-ID and tags: Replaces, Target-Dialog
  kAddress,      // name-addr or addr-spec with parameters: From, To, Refer-To ...
  kCSeq,         // number and method
  kRAck,         // number, number and method
  kChallenge,    // WWW-Authenticate, Proxy-Authenticate
  kCredentials,  // Authorization, Proxy-Authorization
  kParameters,   // parameters between commas: Authentication-Info
  // From here on the value is a list of such.
  kTokens,     // Allow, Supported, Require ...
  kTokenList,  // tokens or media ranges with parameters: Reason, Accept, Privacy ...
  kContacts,   // as kAddress, and "*": Contact, P-Asserted-Identity ...
  kRoutes,     // as kAddress, but always in angle brackets: Route, Call-Info, Diversion ...
  kVia,
  kWarning,  // code, agent, text
};

HeaderKind KindOf(HeaderId id);
inline bool HasAddress(HeaderKind kind) {
  return kind == HeaderKind::kAddress || kind == HeaderKind::kContacts ||
         kind == HeaderKind::kRoutes;
}
inline bool IsList(HeaderKind kind) { return kind >= HeaderKind::kTokens; }

// The name as its RFC writes it ("Call-ID", "WWW-Authenticate"); "" for kOther.
std::string_view HeaderName(HeaderId id);

// The full name behind a compact form or an odd case; the text itself if it is unknown.
std::string_view CanonicalName(std::string_view name);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_HEADER_FIELDS_H_
