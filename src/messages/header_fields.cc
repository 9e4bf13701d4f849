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
  char compact = '\0';
};

// In the order of HeaderId. The compact forms are those of RFC 3261 section 20, RFC 3515, RFC 3841,
// RFC 3892, RFC 4028, RFC 4474 and RFC 6665.
constexpr Entry kEntries[] = {
    {HeaderId::kOther, ""},
    {HeaderId::kAccept, "Accept"},
    {HeaderId::kAcceptContact, "Accept-Contact", 'a'},
    {HeaderId::kAllow, "Allow"},
    {HeaderId::kAllowEvents, "Allow-Events", 'u'},
    {HeaderId::kAuthenticationInfo, "Authentication-Info"},
    {HeaderId::kAuthorization, "Authorization"},
    {HeaderId::kCallId, "Call-ID", 'i'},
    {HeaderId::kContact, "Contact", 'm'},
    {HeaderId::kContentDisposition, "Content-Disposition"},
    {HeaderId::kContentEncoding, "Content-Encoding", 'e'},
    {HeaderId::kContentLength, "Content-Length", 'l'},
    {HeaderId::kContentType, "Content-Type", 'c'},
    {HeaderId::kCSeq, "CSeq"},
    {HeaderId::kDate, "Date"},
    {HeaderId::kEvent, "Event", 'o'},
    {HeaderId::kExpires, "Expires"},
    {HeaderId::kFlowTimer, "Flow-Timer"},
    {HeaderId::kFrom, "From", 'f'},
    {HeaderId::kIdentity, "Identity", 'y'},
    {HeaderId::kIdentityInfo, "Identity-Info", 'n'},
    {HeaderId::kMaxForwards, "Max-Forwards"},
    {HeaderId::kMinExpires, "Min-Expires"},
    {HeaderId::kMinSe, "Min-SE"},
    {HeaderId::kPath, "Path"},
    {HeaderId::kProxyAuthenticate, "Proxy-Authenticate"},
    {HeaderId::kProxyAuthorization, "Proxy-Authorization"},
    {HeaderId::kProxyRequire, "Proxy-Require"},
    {HeaderId::kRAck, "RAck"},
    {HeaderId::kReason, "Reason"},
    {HeaderId::kRecordRoute, "Record-Route"},
    {HeaderId::kReferredBy, "Referred-By", 'b'},
    {HeaderId::kReferTo, "Refer-To", 'r'},
    {HeaderId::kRejectContact, "Reject-Contact", 'j'},
    {HeaderId::kReplaces, "Replaces"},
    {HeaderId::kRequestDisposition, "Request-Disposition", 'd'},
    {HeaderId::kRequire, "Require"},
    {HeaderId::kRetryAfter, "Retry-After"},
    {HeaderId::kRoute, "Route"},
    {HeaderId::kRSeq, "RSeq"},
    {HeaderId::kServer, "Server"},
    {HeaderId::kServiceRoute, "Service-Route"},
    {HeaderId::kSessionExpires, "Session-Expires", 'x'},
    {HeaderId::kSipEtag, "SIP-ETag"},
    {HeaderId::kSipIfMatch, "SIP-If-Match"},
    {HeaderId::kSubject, "Subject", 's'},
    {HeaderId::kSubscriptionState, "Subscription-State"},
    {HeaderId::kSupported, "Supported", 'k'},
    {HeaderId::kTargetDialog, "Target-Dialog"},
    {HeaderId::kTimestamp, "Timestamp"},
    {HeaderId::kTo, "To", 't'},
    {HeaderId::kUnsupported, "Unsupported"},
    {HeaderId::kUserAgent, "User-Agent"},
    {HeaderId::kVia, "Via", 'v'},
    {HeaderId::kWarning, "Warning"},
    {HeaderId::kWwwAuthenticate, "WWW-Authenticate"},
};
constexpr size_t kCount = std::size(kEntries);
constexpr size_t kMaxNameSize = 19;

constexpr bool IsInOrder() {
  for (size_t i = 0; i < kCount; ++i) {
    if (static_cast<size_t>(kEntries[i].id) != i || kEntries[i].name.size() > kMaxNameSize) {
      return false;
    }
  }
  return static_cast<size_t>(HeaderId::kWwwAuthenticate) == kCount - 1;
}
static_assert(IsInOrder());

// The headers sorted by the length of their names, and where each length begins.
struct Index {
  std::array<HeaderId, kCount> ids{};
  std::array<uint8_t, kMaxNameSize + 2> begin{};
  std::array<HeaderId, 26> compact{};
};

constexpr Index kIndex = [] {
  Index index;
  size_t at = 0;
  for (size_t size = 0; size <= kMaxNameSize; ++size) {
    index.begin[size] = static_cast<uint8_t>(at);
    for (const Entry& entry : kEntries) {
      if (entry.name.size() == size) index.ids[at++] = entry.id;
    }
  }
  index.begin[kMaxNameSize + 1] = static_cast<uint8_t>(at);
  for (const Entry& entry : kEntries) {
    if (entry.compact != '\0') index.compact[static_cast<size_t>(entry.compact - 'a')] = entry.id;
  }
  return index;
}();

}  // namespace

HeaderId FindHeader(std::string_view name) {
  if (name.size() == 1) {
    const char letter = static_cast<char>(name[0] | 32);
    if (letter < 'a' || letter > 'z') return HeaderId::kOther;
    return kIndex.compact[static_cast<size_t>(letter - 'a')];
  }
  if (name.empty() || name.size() > kMaxNameSize) return HeaderId::kOther;
  for (size_t i = kIndex.begin[name.size()]; i < kIndex.begin[name.size() + 1]; ++i) {
    if (EqualsIgnoreCase(name, HeaderName(kIndex.ids[i]))) return kIndex.ids[i];
  }
  return HeaderId::kOther;
}

std::string_view HeaderName(HeaderId id) { return kEntries[static_cast<size_t>(id)].name; }

std::string_view CanonicalName(std::string_view name) {
  const HeaderId id = FindHeader(name);
  return id == HeaderId::kOther ? name : HeaderName(id);
}

}  // namespace sip
