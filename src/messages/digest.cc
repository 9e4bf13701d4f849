#include "messages/digest.h"

#include <utility>

#include "base/hex.h"
#include "base/md5.h"
#include "base/sha256.h"
#include "base/str_cat.h"
#include "grammar/scanner.h"

namespace sip {
namespace {

using Qop = DigestChallenge::Qop;

struct NamedAlgorithm {
  std::string_view name;
  DigestAlgorithm algorithm;
};
constexpr NamedAlgorithm kAlgorithms[] = {
    {"MD5", DigestAlgorithm::kMd5},
    {"MD5-sess", DigestAlgorithm::kMd5Sess},
    {"SHA-256", DigestAlgorithm::kSha256},
    {"SHA-256-sess", DigestAlgorithm::kSha256Sess},
};

bool IsMd5(DigestAlgorithm algorithm) {
  return algorithm == DigestAlgorithm::kMd5 || algorithm == DigestAlgorithm::kMd5Sess;
}

bool IsSession(DigestAlgorithm algorithm) {
  return algorithm == DigestAlgorithm::kMd5Sess || algorithm == DigestAlgorithm::kSha256Sess;
}

// RFC 7616 section 3.3: "If this is not present, it is assumed to be "MD5"." nullopt: one that we lack.
std::optional<DigestAlgorithm> FindAlgorithm(std::string_view name) {
  if (name.empty()) return DigestAlgorithm::kMd5;
  for (const NamedAlgorithm& entry : kAlgorithms) {
    if (EqualsIgnoreCase(entry.name, name)) return entry.algorithm;
  }
  return std::nullopt;
}

// RFC 7616 section 3.3: "Unrecognized options MUST be ignored." nullopt if none is left.
std::optional<Qop> ChooseQop(std::string_view options) {
  std::optional<Qop> qop;
  while (const std::optional<std::string_view> option = NextListValue(options)) {
    if (EqualsIgnoreCase(*option, "auth")) return Qop::kAuth;
    if (EqualsIgnoreCase(*option, "auth-int")) qop = Qop::kAuthInt;
  }
  return qop;
}

std::optional<DigestChallenge> ReadDigest(std::string_view value, bool md5_only) {
  const std::optional<Challenge> challenge = ParseChallenge(value);
  if (!challenge || !EqualsIgnoreCase(challenge->scheme, "Digest")) return std::nullopt;
  DigestChallenge result;
  result.algorithm_name = challenge->Get("algorithm").value_or("");
  const std::optional<DigestAlgorithm> algorithm = FindAlgorithm(result.algorithm_name);
  const std::optional<std::string> nonce = challenge->Get("nonce");
  if (!nonce || !algorithm || (md5_only && !IsMd5(*algorithm))) return std::nullopt;
  result.algorithm = *algorithm;
  result.nonce = *nonce;
  result.realm = challenge->Get("realm").value_or("");
  std::optional<std::string> opaque = challenge->Get("opaque");
  result.has_opaque = opaque.has_value();
  result.opaque = std::move(opaque).value_or("");
  result.stale = EqualsIgnoreCase(challenge->Get("stale").value_or(""), "true");
  if (const std::string options = challenge->Get("qop").value_or(""); !options.empty()) {
    const std::optional<Qop> qop = ChooseQop(options);
    if (!qop) return std::nullopt;
    result.qop = *qop;
  }
  return result;
}

// RFC 7616 section 3.4.1 and its neighbours: H(), KD() and what they are applied to.
class DigestCalculation {
 public:
  DigestCalculation(const DigestChallenge& challenge, const DigestRequest& request)
      : challenge_(challenge), request_(request) {}

  std::string Response(const Credentials& credentials, std::string_view nc,
                       std::string_view qop) const {
    const std::string ha1 = A1(credentials);
    const std::string ha2 = A2();
    return qop.empty() ? Hash(StrCat(ha1, ":", challenge_.nonce, ":", ha2))
                       : Hash(StrCat(ha1, ":", challenge_.nonce, ":", nc, ":", request_.cnonce, ":",
                                     qop, ":", ha2));
  }

 private:
  std::string Hash(std::string_view text) const {
    return IsMd5(challenge_.algorithm) ? Hex(Md5(text).data(), 16) : Hex(Sha256(text).data(), 32);
  }

  // RFC 7616 section 3.4.2.
  std::string A1(const Credentials& credentials) const {
    std::string ha1 =
        credentials.ha1.empty()
            ? Hash(StrCat(credentials.username, ":", challenge_.realm, ":", credentials.password))
            : credentials.ha1;
    if (!IsSession(challenge_.algorithm)) return ha1;
    return Hash(StrCat(ha1, ":", challenge_.nonce, ":", request_.cnonce));
  }

  // RFC 7616 section 3.4.3. RFC 3261 section 22.4: "the value of the entity-body is the empty
  // string" where there is no body.
  std::string A2() const {
    const std::string a2 = StrCat(request_.method, ":", request_.uri);
    if (challenge_.qop != Qop::kAuthInt) return Hash(a2);
    return Hash(StrCat(a2, ":", Hash(request_.body)));
  }

  const DigestChallenge& challenge_;
  const DigestRequest& request_;
};

std::string_view QopName(Qop qop) {
  return qop == Qop::kNone ? "" : qop == Qop::kAuth ? "auth" : "auth-int";
}

// nc-value = 8LHEX
std::string NonceCount(uint32_t count) {
  const uint8_t octets[] = {static_cast<uint8_t>(count >> 24), static_cast<uint8_t>(count >> 16),
                            static_cast<uint8_t>(count >> 8), static_cast<uint8_t>(count)};
  return Hex(octets, sizeof(octets));
}

}  // namespace

std::optional<DigestChallenge> ReadChallenge(const Message& response,
                                             const Credentials& credentials) {
  for (const HeaderField& field : response.fields()) {
    const bool proxy = field.id == HeaderId::kProxyAuthenticate;
    if (!proxy && field.id != HeaderId::kWwwAuthenticate) continue;
    if (auto challenge = ReadDigest(field.value, !credentials.ha1.empty())) {
      challenge->proxy = proxy;
      return challenge;
    }
  }
  return std::nullopt;
}

std::string BuildCredentials(DigestChallenge& challenge, const Credentials& credentials,
                             const DigestRequest& request) {
  ++challenge.nonce_count;
  const std::string_view qop = QopName(challenge.qop);
  const std::string nc = NonceCount(challenge.nonce_count);
  const std::string response = DigestCalculation(challenge, request).Response(credentials, nc, qop);
  std::string line =
      StrCat(HeaderName(challenge.proxy ? HeaderId::kProxyAuthorization : HeaderId::kAuthorization),
             ": Digest username=", Quote(credentials.username), ", realm=", Quote(challenge.realm),
             ", nonce=", Quote(challenge.nonce), ", uri=\"", request.uri, "\", response=\"",
             response, "\"");
  if (!challenge.algorithm_name.empty()) {
    StrAppend(&line, ", algorithm=", challenge.algorithm_name);
  }
  // RFC 7616 section 3.4: the client nonce is part of A1 of a session, and of every other digest
  // only with a qop.
  if (!qop.empty() || IsSession(challenge.algorithm)) {
    StrAppend(&line, ", cnonce=", Quote(request.cnonce));
  }
  if (!qop.empty()) StrAppend(&line, ", qop=", qop, ", nc=", nc);
  if (challenge.has_opaque) StrAppend(&line, ", opaque=", Quote(challenge.opaque));
  return line;
}

}  // namespace sip
