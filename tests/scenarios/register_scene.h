#ifndef SIPWASM_TESTS_SCENARIOS_REGISTER_SCENE_H_
#define SIPWASM_TESTS_SCENARIOS_REGISTER_SCENE_H_

#include <string>

#include "base/str_cat.h"
#include "tests/support/scene.h"

namespace sip {

inline constexpr char kMd5[] =
    "WWW-Authenticate: Digest realm=\"invalid\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"";
inline constexpr char kSha256[] =
    "WWW-Authenticate: Digest realm=\"invalid\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\"";
inline constexpr char kStale[] =
    "WWW-Authenticate: Digest realm=\"invalid\", nonce=\"n2\", stale=true, qop=\"auth\"";
inline constexpr char kProxy[] =
    "Proxy-Authenticate: Digest realm=\"proxy\", nonce=\"p1\", algorithm=MD5, qop=\"auth\"";

// Alice with credentials, and a registrar that says what the test says.
struct RegisterScene : Scene {
  Party& alice = AddParty("alice", {.username = "alice", .password = "secret"});
  Peer& registrar = AddPeer("registrar");
  RegistrationHandle registration{};

  // alice -> REGISTER -> registrar
  Message Register(uint32_t expires = 600) {
    registration = alice.Registration(expires);
    alice.Do(sip::Register{.registration = registration});
    return registrar.Take();
  }

  // alice <- 200 <- registrar
  void Accept(const Message& request, int expires) {
    registrar.Answer(request, 200,
                     {.headers = {StrCat("Contact: ", *request.Get(HeaderId::kContact)),
                                  StrCat("Expires: ", expires)}});
  }

  void Grant(const Message& request, int expires) {
    const std::string contact =
        StrCat("Contact: <sip:alice@alice.invalid;transport=ws>;expires=", expires);
    registrar.Answer(request, 200, {.headers = {contact}});
  }

  void Dispose() { alice.Do(DisposeRegistration{.registration = registration}); }
};

}  // namespace sip

#endif  // SIPWASM_TESTS_SCENARIOS_REGISTER_SCENE_H_
