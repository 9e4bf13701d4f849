#include "messages/digest.h"

#include <initializer_list>

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

// RFC 7616 section 3.3: "If this is not present, it is assumed to be "MD5"." nullopt: one that we
// lack.
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

// RFC 7616 section 3.4.1: H(), in hex, of the parts with colons between them.
String Hash(DigestAlgorithm algorithm, std::initializer_list<std::string_view> parts) {
  const String text = StrJoin(parts, ":");
  return IsMd5(algorithm) ? Hex(Md5(text).data(), 16) : Hex(Sha256(text).data(), 32);
}

// RFC 7616 section 3.4.2: H(A1).
String HashOfA1(const DigestChallenge& challenge, const Credentials& credentials,
                std::string_view cnonce) {
  String hash(credentials.ha1);
  if (hash.empty()) {
    hash = Hash(challenge.algorithm, {credentials.username, challenge.realm, credentials.password});
  }
  if (!IsSession(challenge.algorithm)) return hash;
  return Hash(challenge.algorithm, {hash, challenge.nonce, cnonce});
}

// RFC 7616 section 3.4.3: H(A2), of the body too if its integrity is to be protected.
String HashOfA2(const DigestChallenge& challenge, const DigestRequest& request) {
  if (challenge.qop != Qop::kAuthInt) {
    return Hash(challenge.algorithm, {request.method, request.uri});
  }
  const String body = Hash(challenge.algorithm, {request.body});
  return Hash(challenge.algorithm, {request.method, request.uri, body});
}

std::string_view QopName(Qop qop) {
  return qop == Qop::kNone ? "" : qop == Qop::kAuth ? "auth" : "auth-int";
}

// nc-value = 8LHEX
String NonceCount(uint32_t count) {
  const uint8_t octets[] = {static_cast<uint8_t>(count >> 24), static_cast<uint8_t>(count >> 16),
                            static_cast<uint8_t>(count >> 8), static_cast<uint8_t>(count)};
  return Hex(octets, sizeof(octets));
}

}  // namespace

std::unique_ptr<DigestChallenge> ReadChallenge(std::string_view value, bool md5_only) {
  const std::optional<Challenge> challenge = ParseChallenge(value);
  if (!challenge || !EqualsIgnoreCase(challenge->scheme, "Digest")) return nullptr;
  const auto get = [&](std::string_view name) { return challenge->Get(name).value_or(""); };
  auto result = std::make_unique<DigestChallenge>();
  result->algorithm_name = get("algorithm");
  result->nonce = get("nonce");
  const std::optional<DigestAlgorithm> algorithm = FindAlgorithm(result->algorithm_name);
  if (result->nonce.empty() || !algorithm || (md5_only && !IsMd5(*algorithm))) return nullptr;
  result->algorithm = *algorithm;
  result->realm = get("realm");
  result->opaque = get("opaque");
  // What cannot be sent back in a header line cannot be answered. RFC 3261 section 25.1:
  // "quoted-pair  =  "\" (%x00-09 / %x0B-0C / %x0E-7F)"
  if (HasControlBreak(StrCat(result->nonce, result->realm, result->opaque))) return nullptr;
  result->has_opaque = challenge->parameters.Has("opaque");
  result->stale = EqualsIgnoreCase(get("stale"), "true");
  if (const String options = get("qop"); !options.empty()) {
    const std::optional<Qop> qop = ChooseQop(options);
    if (!qop) return nullptr;
    result->qop = *qop;
  }
  return result;
}

std::unique_ptr<DigestChallenge> ReadChallenge(const Message& response,
                                               const Credentials& credentials) {
  for (const HeaderField& field : response.fields()) {
    const bool proxy = field.id == HeaderId::kProxyAuthenticate;
    if (!proxy && field.id != HeaderId::kWwwAuthenticate) continue;
    if (auto challenge = ReadChallenge(field.value, !credentials.ha1.empty())) {
      challenge->proxy = proxy;
      return challenge;
    }
  }
  return nullptr;
}

String BuildCredentials(DigestChallenge& challenge, const Credentials& credentials,
                        const DigestRequest& request) {
  const std::string_view qop = QopName(challenge.qop);
  const String nc = NonceCount(++challenge.nonce_count);
  const String ha1 = HashOfA1(challenge, credentials, request.cnonce);
  const String ha2 = HashOfA2(challenge, request);
  const String response =
      qop.empty() ? Hash(challenge.algorithm, {ha1, challenge.nonce, ha2})
                  : Hash(challenge.algorithm, {ha1, challenge.nonce, nc, request.cnonce, qop, ha2});

  String line(
      HeaderName(challenge.proxy ? HeaderId::kProxyAuthorization : HeaderId::kAuthorization));
  line += ": Digest username=";
  line += Quote(credentials.username);
  const auto add = [&line](std::string_view name, std::string_view value) {
    StrAppend(&line, ", ", name, "=", value);
  };
  add("realm", Quote(challenge.realm));
  add("nonce", Quote(challenge.nonce));
  add("uri", Quote(request.uri));
  add("response", Quote(response));
  if (!challenge.algorithm_name.empty()) add("algorithm", challenge.algorithm_name);
  // RFC 7616 section 3.4: the client nonce is part of A1 of a session, and of every other digest
  // only with a qop.
  if (!qop.empty() || IsSession(challenge.algorithm)) add("cnonce", Quote(request.cnonce));
  if (!qop.empty()) {
    add("qop", qop);
    add("nc", nc);
  }
  if (challenge.has_opaque) add("opaque", Quote(challenge.opaque));
  return line;
}

}  // namespace sip
