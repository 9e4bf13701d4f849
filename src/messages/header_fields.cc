#include "messages/header_fields.h"

#include <array>
#include <cstddef>
#include <iterator>

#include "grammar/scanner.h"

namespace sip {
namespace {

struct Entry {
  HeaderId id;
  std::string_view name;
  HeaderKind kind = HeaderKind::kUnknown;
  char compact = '\0';
};

// In the order of HeaderId. The compact forms are those of RFC 3261 section 20, RFC 3515, RFC 3841,
// RFC 3892, RFC 4028, RFC 4474 and RFC 6665. Read by the compiler alone, which makes the tables
// below of it.
constexpr Entry kEntries[] = {
    {HeaderId::kOther, ""},
    {HeaderId::kTo, "To", HeaderKind::kAddress, 't'},
    {HeaderId::kVia, "Via", HeaderKind::kVia, 'v'},
    {HeaderId::kCSeq, "CSeq", HeaderKind::kCSeq},
    {HeaderId::kDate, "Date", HeaderKind::kText},
    {HeaderId::kFrom, "From", HeaderKind::kAddress, 'f'},
    {HeaderId::kPath, "Path", HeaderKind::kRoutes},
    {HeaderId::kRAck, "RAck", HeaderKind::kRAck},
    {HeaderId::kRSeq, "RSeq", HeaderKind::kNumber},
    {HeaderId::kAllow, "Allow", HeaderKind::kTokens},
    {HeaderId::kEvent, "Event", HeaderKind::kToken, 'o'},
    {HeaderId::kRoute, "Route", HeaderKind::kRoutes},
    {HeaderId::kAccept, "Accept", HeaderKind::kTokenList},
    {HeaderId::kMinSe, "Min-SE", HeaderKind::kNumber},
    {HeaderId::kReason, "Reason", HeaderKind::kTokenList},
    {HeaderId::kServer, "Server", HeaderKind::kText},
    {HeaderId::kCallId, "Call-ID", HeaderKind::kWord, 'i'},
    {HeaderId::kContact, "Contact", HeaderKind::kContacts, 'm'},
    {HeaderId::kExpires, "Expires", HeaderKind::kNumber},
    {HeaderId::kPrivacy, "Privacy", HeaderKind::kTokenList},
    {HeaderId::kRequire, "Require", HeaderKind::kTokens},
    {HeaderId::kSubject, "Subject", HeaderKind::kText, 's'},
    {HeaderId::kWarning, "Warning", HeaderKind::kWarning},
    {HeaderId::kIdentity, "Identity", HeaderKind::kText, 'y'},
    {HeaderId::kReferTo, "Refer-To", HeaderKind::kAddress, 'r'},
    {HeaderId::kReplaces, "Replaces", HeaderKind::kDialog},
    {HeaderId::kReplyTo, "Reply-To", HeaderKind::kAddress},
    {HeaderId::kSipEtag, "SIP-ETag", HeaderKind::kWord},
    {HeaderId::kCallInfo, "Call-Info", HeaderKind::kRoutes},
    {HeaderId::kDiversion, "Diversion", HeaderKind::kRoutes},
    {HeaderId::kSupported, "Supported", HeaderKind::kTokens, 'k'},
    {HeaderId::kTimestamp, "Timestamp", HeaderKind::kText},
    {HeaderId::kAlertInfo, "Alert-Info", HeaderKind::kRoutes},
    {HeaderId::kFlowTimer, "Flow-Timer", HeaderKind::kNumber},
    {HeaderId::kUserAgent, "User-Agent", HeaderKind::kText},
    {HeaderId::kAnswerMode, "Answer-Mode", HeaderKind::kToken},
    {HeaderId::kMinExpires, "Min-Expires", HeaderKind::kNumber},
    {HeaderId::kReferredBy, "Referred-By", HeaderKind::kAddress, 'b'},
    {HeaderId::kRetryAfter, "Retry-After", HeaderKind::kNumber},
    {HeaderId::kUnsupported, "Unsupported", HeaderKind::kTokens},
    {HeaderId::kAllowEvents, "Allow-Events", HeaderKind::kTokens, 'u'},
    {HeaderId::kContentType, "Content-Type", HeaderKind::kMediaType, 'c'},
    {HeaderId::kHistoryInfo, "History-Info", HeaderKind::kRoutes},
    {HeaderId::kMaxForwards, "Max-Forwards", HeaderKind::kNumber},
    {HeaderId::kRecordRoute, "Record-Route", HeaderKind::kRoutes},
    {HeaderId::kSipIfMatch, "SIP-If-Match", HeaderKind::kWord},
    {HeaderId::kAuthorization, "Authorization", HeaderKind::kCredentials},
    {HeaderId::kIdentityInfo, "Identity-Info", HeaderKind::kRoutes, 'n'},
    {HeaderId::kProxyRequire, "Proxy-Require", HeaderKind::kTokens},
    {HeaderId::kServiceRoute, "Service-Route", HeaderKind::kRoutes},
    {HeaderId::kTargetDialog, "Target-Dialog", HeaderKind::kDialog},
    {HeaderId::kAcceptContact, "Accept-Contact", HeaderKind::kTokenList, 'a'},
    {HeaderId::kContentLength, "Content-Length", HeaderKind::kNumber, 'l'},
    {HeaderId::kRejectContact, "Reject-Contact", HeaderKind::kTokenList, 'j'},
    {HeaderId::kAcceptEncoding, "Accept-Encoding", HeaderKind::kTokenList},
    {HeaderId::kAcceptLanguage, "Accept-Language", HeaderKind::kTokenList},
    {HeaderId::kRemotePartyId, "Remote-Party-ID", HeaderKind::kRoutes},
    {HeaderId::kSessionExpires, "Session-Expires", HeaderKind::kNumber, 'x'},
    {HeaderId::kContentEncoding, "Content-Encoding", HeaderKind::kTokens, 'e'},
    {HeaderId::kContentLanguage, "Content-Language", HeaderKind::kTokens},
    {HeaderId::kWwwAuthenticate, "WWW-Authenticate", HeaderKind::kChallenge},
    {HeaderId::kProxyAuthenticate, "Proxy-Authenticate", HeaderKind::kChallenge},
    {HeaderId::kSubscriptionState, "Subscription-State", HeaderKind::kToken},
    {HeaderId::kAuthenticationInfo, "Authentication-Info", HeaderKind::kParameters},
    {HeaderId::kContentDisposition, "Content-Disposition", HeaderKind::kToken},
    {HeaderId::kPAssertedIdentity, "P-Asserted-Identity", HeaderKind::kContacts},
    {HeaderId::kProxyAuthorization, "Proxy-Authorization", HeaderKind::kCredentials},
    {HeaderId::kRequestDisposition, "Request-Disposition", HeaderKind::kTokens, 'd'},
    {HeaderId::kPPreferredIdentity, "P-Preferred-Identity", HeaderKind::kContacts},
};
constexpr size_t kCount = std::size(kEntries);
constexpr size_t kMaxNameSize = kEntries[kCount - 1].name.size();

constexpr bool IsInOrder() {
  for (size_t i = 0; i < kCount; ++i) {
    if (static_cast<size_t>(kEntries[i].id) != i) return false;
    if (i > 0 && kEntries[i].name.size() < kEntries[i - 1].name.size()) return false;
  }
  return true;
}
static_assert(IsInOrder());

constexpr size_t kTextSize = [] {
  size_t size = 0;
  for (const Entry& entry : kEntries) size += entry.name.size();
  return size;
}();

// All names in one text; the first header whose name has a length, and where that name is; the kind
// of each; the header behind each letter.
struct Index {
  std::array<char, kTextSize> names{};
  std::array<uint8_t, kMaxNameSize + 2> first{};
  std::array<uint16_t, kMaxNameSize + 1> offset{};
  std::array<HeaderKind, kCount> kinds{};
  std::array<HeaderId, 26> compact{};
};

constexpr Index kIndex = [] {
  Index index;
  size_t at = 0;
  size_t size = 0;
  for (size_t i = 0; i < kCount; ++i) {
    const Entry& entry = kEntries[i];
    for (; size < entry.name.size(); index.first[++size] = static_cast<uint8_t>(i)) {
      index.offset[size + 1] = static_cast<uint16_t>(at);
    }
    for (char c : entry.name) index.names[at++] = c;
    index.kinds[i] = entry.kind;
    if (entry.compact != '\0') index.compact[static_cast<size_t>(entry.compact - 'a')] = entry.id;
  }
  index.first[size + 1] = static_cast<uint8_t>(kCount);
  return index;
}();

std::string_view NameAt(size_t id, size_t size) {
  const size_t offset = kIndex.offset[size] + (id - kIndex.first[size]) * size;
  return {kIndex.names.data() + offset, size};
}

}  // namespace

HeaderId FindHeader(std::string_view name) {
  const size_t size = name.size();
  if (size == 1) {
    const char letter = static_cast<char>(name[0] | 32);
    if (letter < 'a' || letter > 'z') return HeaderId::kOther;
    return kIndex.compact[static_cast<size_t>(letter - 'a')];
  }
  if (size == 0 || size > kMaxNameSize) return HeaderId::kOther;
  for (size_t id = kIndex.first[size]; id < kIndex.first[size + 1]; ++id) {
    const std::string_view known = NameAt(id, size);
    if (((name[0] ^ known[0]) & ~32) == 0 && EqualsIgnoreCase(name, known)) {
      return static_cast<HeaderId>(id);
    }
  }
  return HeaderId::kOther;
}

HeaderKind KindOf(HeaderId id) { return kIndex.kinds[static_cast<size_t>(id)]; }

std::string_view HeaderName(HeaderId id) {
  size_t size = 0;
  while (kIndex.first[size + 1] <= static_cast<size_t>(id)) ++size;
  return NameAt(static_cast<size_t>(id), size);
}

std::string_view CanonicalName(std::string_view name) {
  const HeaderId id = FindHeader(name);
  return id == HeaderId::kOther ? name : HeaderName(id);
}

}  // namespace sip
