#ifndef SIPWASM_SRC_MESSAGES_DIGEST_H_
#define SIPWASM_SRC_MESSAGES_DIGEST_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/string.h"
#include "grammar/challenge.h"
#include "messages/message.h"

// Digest authentication as a client: RFC 3261 section 22, RFC 7616, RFC 8760.
namespace sip {

enum class DigestAlgorithm { kMd5, kMd5Sess, kSha256, kSha256Sess };

struct Credentials {
  std::string_view username;
  std::string_view password;
  std::string_view ha1;  // instead of a password: H(username:realm:password) in hex, for MD5
  bool empty() const { return username.empty(); }
};

// A challenge that we can answer, ready to make credentials for as many requests as the server
// accepts with its nonce (RFC 7616 section 3.4: the nonce count rises with each).
struct DigestChallenge {
  bool proxy = false;  // from Proxy-Authenticate: answered in Proxy-Authorization
  String realm;
  String nonce;
  String opaque;
  bool has_opaque = false;
  bool stale = false;
  String algorithm_name;  // as the server wrote it; empty if it wrote none
  DigestAlgorithm algorithm = DigestAlgorithm::kMd5;
  enum class Qop { kNone, kAuth, kAuthInt } qop = Qop::kNone;
  uint32_t nonce_count = 0;  // of the last credentials made
};

// The challenge of a 401 or 407 that should be answered. RFC 8760 section 2.4, of several header
// fields with the same realm: the client "SHOULD use the topmost header field that it supports".
// Null if there is none that we can answer; `Credentials` with an ha1 can answer MD5 only.
std::unique_ptr<DigestChallenge> ReadChallenge(const Message& response,
                                               const Credentials& credentials);

// The same of one value of WWW-Authenticate or Proxy-Authenticate.
std::unique_ptr<DigestChallenge> ReadChallenge(std::string_view value, bool md5_only);

struct DigestRequest {
  std::string_view method;
  std::string_view uri;   // the Request-URI, as it is sent
  std::string_view body;  // for qop=auth-int
  std::string_view cnonce;
};

// The whole header line: "Authorization: Digest username=..., ..." or "Proxy-Authorization: ...".
// Raises the nonce count of the challenge.
String BuildCredentials(DigestChallenge& challenge, const Credentials& credentials,
                        const DigestRequest& request);

}  // namespace sip

#endif  // SIPWASM_SRC_MESSAGES_DIGEST_H_
