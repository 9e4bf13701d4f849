#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"
#include "tests/scenarios/register_scene.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Register, AnswersAChallengeWithTheStrongestDigestThatItIsAskedFor) {
  for (const char* challenge : {kMd5, kSha256}) {
    RegisterScene scene;
    const Message first = scene.Register();
    scene.registrar.Answer(first, 401, {.headers = {challenge}});
    const Message second = scene.registrar.Take();
    EXPECT_EQ(second.cseq().number, first.cseq().number + 1);
    EXPECT_EQ(second.call_id(), first.call_id());
    EXPECT_EQ(second.from_tag(), first.from_tag());
    EXPECT_NE(second.via().branch(), first.via().branch());
    EXPECT_THAT(std::string(*second.Get(HeaderId::kAuthorization)),
                testing::AllOf(HasSubstr("username=\"alice\""), HasSubstr("nonce=\"n1\""),
                               HasSubstr("uri=\"sip:registrar.invalid\""), HasSubstr("nc=00000001"),
                               HasSubstr("qop=auth")));
    scene.Grant(second, 600);
    // One outcome, and nothing about the challenge.
    EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 600", "terminated client"));
    scene.Forget();
    scene.Dispose();
  }
}

TEST(Register, AnswersTheProxyAndTheRegistrarOneAfterTheOther) {
  RegisterScene scene;
  scene.registrar.Answer(scene.Register(), 407, {.headers = {kProxy}});
  const Message second = scene.registrar.Take();
  EXPECT_TRUE(second.Get(HeaderId::kProxyAuthorization).has_value());
  scene.registrar.Answer(second, 401, {.headers = {kMd5}});
  const Message third = scene.registrar.Take();
  EXPECT_TRUE(third.Get(HeaderId::kProxyAuthorization).has_value());
  EXPECT_TRUE(third.Get(HeaderId::kAuthorization).has_value());
  scene.Grant(third, 600);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 600", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, GivesUpAfterOneRefusalOfItsPassword) {
  RegisterScene scene;
  scene.registrar.Answer(scene.Register(), 401, {.headers = {kMd5}});
  scene.registrar.Answer(scene.registrar.Take(), 401, {.headers = {kMd5}});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 401", "terminated client"));
  EXPECT_THAT(scene.Ladder(),
              ElementsAre("alice -> REGISTER -> registrar", "registrar -> 401 REGISTER -> alice",
                          "alice -> REGISTER -> registrar", "registrar -> 401 REGISTER -> alice"));
  scene.Dispose();
}

TEST(Register, GivesUpWhenTheNonceIsNewButThePasswordStillWrong) {
  RegisterScene scene;
  scene.registrar.Answer(scene.Register(), 401, {.headers = {kMd5}});
  scene.registrar.Answer(scene.registrar.Take(), 401,
                         {.headers = {"WWW-Authenticate: Digest realm=\"invalid\", nonce=\"n3\""}});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 401", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, IsRefusedWith403AfterItsCredentials) {
  RegisterScene scene;
  scene.registrar.Answer(scene.Register(), 401, {.headers = {kMd5}});
  scene.registrar.Answer(scene.registrar.Take(), 403);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 403", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, TriesAgainWithTheNewNonceWhenItsNonceHasGrownStale) {
  RegisterScene scene;
  scene.registrar.Answer(scene.Register(), 401, {.headers = {kMd5}});
  scene.registrar.Answer(scene.registrar.Take(), 401, {.headers = {kStale}});
  const Message third = scene.registrar.Take();
  EXPECT_THAT(std::string(*third.Get(HeaderId::kAuthorization)), HasSubstr("nonce=\"n2\""));
  scene.Grant(third, 600);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 600", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, DoesNotLoopWithARegistrarThatCallsEveryNonceStale) {
  RegisterScene scene;
  Message request = scene.Register();
  for (int i = 0; i < 20; ++i) {
    scene.registrar.Answer(
        request, 401,
        {.headers = {
             StrCat("WWW-Authenticate: Digest realm=\"invalid\", stale=true, nonce=\"", i, "\"")}});
    if (scene.registrar.received.size() == static_cast<size_t>(i + 1)) break;
    request = scene.registrar.Take();
  }
  EXPECT_LT(scene.registrar.received.size(), 10U);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 401", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, WithoutCredentialsIsToldOfTheChallenge) {
  Scene scene;
  Party& alice = scene.AddParty("alice");
  Peer& registrar = scene.AddPeer("registrar");
  const RegistrationHandle registration = alice.Registration();
  alice.Do(Register{.registration = registration});
  registrar.Answer(registrar.Take(), 401, {.headers = {kMd5}});
  EXPECT_THAT(alice.Heard(), ElementsAre("unregistered 401", "terminated client"));
  scene.Forget();
  alice.Do(DisposeRegistration{.registration = registration});
}

TEST(Register, AnswersTheChallengeAfterA423) {
  RegisterScene scene;
  scene.registrar.Answer(scene.Register(60), 401, {.headers = {kMd5}});
  scene.registrar.Answer(scene.registrar.Take(), 423, {.headers = {"Min-Expires: 1800"}});
  const Message third = scene.registrar.Take();
  if (!third.Get(HeaderId::kAuthorization).has_value()) {
    scene.registrar.Answer(third, 401, {.headers = {kMd5}});
    const Message fourth = scene.registrar.Take();
    EXPECT_TRUE(fourth.Get(HeaderId::kAuthorization).has_value());
    scene.Grant(fourth, 1800);
  } else {
    scene.Grant(third, 1800);
  }
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 1800", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

}  // namespace
}  // namespace sip
