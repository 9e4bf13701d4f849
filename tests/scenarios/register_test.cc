#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"
#include "tests/scenarios/register_scene.h"
#include "tests/support/keep.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Register, IsRegisteredForTheTimeThatWasGranted) {
  RegisterScene scene;
  const Message request = scene.Register(600);
  EXPECT_EQ(request.request_uri(), "sip:registrar.invalid");
  EXPECT_EQ(*request.Get(HeaderId::kContact), "<sip:alice@alice.invalid;transport=ws>;expires=600");
  EXPECT_EQ(request.to_tag(), "");

  scene.Grant(request, 300);
  EXPECT_THAT(scene.Ladder(),
              ElementsAre("alice -> REGISTER -> registrar", "registrar -> 200 REGISTER -> alice"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 300", "terminated client"));
  EXPECT_EQ(scene.alice.Last<RegistrationChanged>().contacts.size(), 1U);
  scene.Dispose();
}

TEST(Register, TellsOfProvisionalResponsesAsOfAnyRequest) {
  RegisterScene scene;
  const Message request = scene.Register();
  scene.registrar.Answer(request, 100);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 100 Initial"));
  scene.Grant(request, 300);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 300", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, AsksForTheIntervalThatA423Demands) {
  RegisterScene scene;
  const Message first = scene.Register(60);
  scene.registrar.Answer(first, 423, {.headers = {"Min-Expires: 1800"}});
  const Message second = scene.registrar.Take();
  EXPECT_EQ(second.cseq().number, first.cseq().number + 1);
  EXPECT_EQ(second.call_id(), first.call_id());
  EXPECT_EQ(*second.Get(HeaderId::kContact), "<sip:alice@alice.invalid;transport=ws>;expires=1800");
  scene.Grant(second, 1800);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 1800", "terminated client"));
  scene.Forget();

  // A second 423 in a row is an answer.
  scene.Dispose();
}

TEST(Register, TakesTheSameRouteWithTheIntervalThatA423Demands) {
  Scene scene;
  Party& alice = scene.AddParty("alice", {.routes = Lines({"Route: <sip:edge.invalid;lr>"})});
  Peer& registrar = scene.AddPeer("registrar");
  const RegistrationHandle registration = alice.Registration(60);
  alice.Do(Register{.registration = registration});
  const Message first = registrar.Take();
  EXPECT_EQ(first.Get(HeaderId::kRoute).value_or(""), "<sip:edge.invalid;lr>");
  registrar.Answer(first, 423, {.headers = {"Min-Expires: 1800"}});
  EXPECT_EQ(registrar.Take().Get(HeaderId::kRoute).value_or(""), "<sip:edge.invalid;lr>");
  alice.Do(DisposeRegistration{.registration = registration});
  scene.Forget();
}

TEST(Register, TakesASecond423AsTheAnswer) {
  RegisterScene scene;
  scene.registrar.Answer(scene.Register(60), 423, {.headers = {"Min-Expires: 1800"}});
  scene.registrar.Answer(scene.registrar.Take(), 423, {.headers = {"Min-Expires: 3600"}});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 423", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, IsRefreshedWhenRefreshPercentOfTheTimeHasPassed) {
  RegisterScene scene;  // 90 %
  const Message first = scene.Register(600);
  scene.Grant(first, 200);
  scene.Forget();

  scene.Wait(Seconds(179));
  EXPECT_THAT(scene.Ladder(), IsEmpty());
  scene.Wait(Seconds(1));
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> REGISTER -> registrar"));
  const Message refresh = scene.registrar.Take();
  EXPECT_EQ(refresh.call_id(), first.call_id());
  EXPECT_EQ(refresh.cseq().number, first.cseq().number + 1);
  EXPECT_EQ(*refresh.Get(HeaderId::kContact), "<sip:alice@alice.invalid;transport=ws>;expires=600");
  scene.Grant(refresh, 200);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 200 refresh", "terminated client"));

  // And again, for as long as it is wanted.
  scene.Forget();
  scene.Wait(Seconds(180));
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> REGISTER -> registrar"));
  scene.Grant(scene.registrar.Take(), 200);
  scene.Forget();
  scene.Dispose();
}

TEST(Register, IsRefreshedWithTheCredentialsThatTheRegistrarTookLast) {
  RegisterScene scene;
  scene.registrar.Answer(scene.Register(), 401, {.headers = {kMd5}});
  scene.Grant(scene.registrar.Take(), 200);

  scene.Wait(Seconds(180));
  const Message refresh = scene.registrar.Take();
  EXPECT_THAT(std::string(refresh.Get(HeaderId::kAuthorization).value_or("")),
              testing::AllOf(HasSubstr("nonce=\"n1\""), HasSubstr("nc=00000002")));
  scene.registrar.Answer(refresh, 401, {.headers = {kStale}});
  const Message second = scene.registrar.Take();
  EXPECT_THAT(std::string(second.Get(HeaderId::kAuthorization).value_or("")),
              testing::AllOf(HasSubstr("nonce=\"n2\""), HasSubstr("nc=00000001")));
  scene.Grant(second, 200);

  scene.Wait(Seconds(180));
  const Message third = scene.registrar.Take();
  EXPECT_THAT(std::string(third.Get(HeaderId::kAuthorization).value_or("")),
              testing::AllOf(HasSubstr("nonce=\"n2\""), HasSubstr("nc=00000002")));
  scene.Grant(third, 200);
  scene.Forget();
  scene.Dispose();
}

TEST(Register, TellsWhenARefreshIsRefusedAndStopsRefreshing) {
  RegisterScene scene;
  scene.Grant(scene.Register(600), 200);
  scene.Forget();
  scene.Wait(Seconds(180));
  scene.registrar.Answer(scene.registrar.Take(), 503, {.headers = {"Retry-After: 30 (busy)"}});
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("unregistered 503 refresh retry 30", "terminated client"));
  scene.Forget();
  scene.Wait(Hours(1));
  EXPECT_THAT(scene.Ladder(), IsEmpty());
  scene.Dispose();
}

TEST(Register, TellsWhenItExpiresWhileItsRefreshIsUnanswered) {
  RegisterScene scene;
  scene.Grant(scene.Register(600), 200);
  scene.Forget();
  // alice -> REGISTER -> nobody
  scene.Wait(Seconds(200));
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> REGISTER -> registrar"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 0 refresh"));
  // The refresh times out 32 s after it was sent.
  scene.Wait(Seconds(12));
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("unregistered 408 refresh local", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, IsUnregisteredByAContactThatExpiresAtOnce) {
  RegisterScene scene;
  scene.Grant(scene.Register(), 600);
  scene.Forget();
  scene.alice.Do(Unregister{.registration = scene.registration});
  const Message request = scene.registrar.Take();
  EXPECT_EQ(*request.Get(HeaderId::kContact), "<sip:alice@alice.invalid;transport=ws>;expires=0");
  scene.registrar.Answer(request, 200);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 200", "terminated client"));
  scene.Forget();
  scene.Wait(Hours(1));
  EXPECT_THAT(scene.Ladder(), IsEmpty());
  scene.Dispose();
}

TEST(Register, IsUnregisteredWithEveryOtherBindingByAStar) {
  RegisterScene scene;
  scene.Grant(scene.Register(), 600);
  scene.Forget();
  scene.alice.Do(Unregister{.registration = scene.registration, .all = true});
  const Message request = scene.registrar.Take();
  EXPECT_EQ(*request.Get(HeaderId::kContact), "*");
  EXPECT_EQ(*request.Get(HeaderId::kExpires), "0");
  scene.registrar.Answer(request, 200);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 200", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, CannotBeOrderedWhileAnotherIsInProgress) {
  RegisterScene scene;
  const Message request = scene.Register();
  EXPECT_EQ(scene.alice.Refused(Register{.registration = scene.registration}),
            StatusCode::kFailedPrecondition);
  EXPECT_EQ(scene.alice.Refused(Unregister{.registration = scene.registration}),
            StatusCode::kFailedPrecondition);
  scene.Grant(request, 600);
  scene.Forget();
  scene.alice.Do(Register{.registration = scene.registration});
  scene.Grant(scene.registrar.Take(), 600);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 600", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, FailsAtOnceWhenTheConnectionIsLost) {
  RegisterScene scene;
  scene.Register();
  scene.alice.Do(SetConnected{.core = scene.alice.core, .connected = false});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 503 local", "terminated client"));
  scene.Forget();

  // Once it is back everything can be ordered anew.
  scene.alice.Do(SetConnected{.core = scene.alice.core, .connected = true});
  scene.alice.Do(Register{.registration = scene.registration});
  scene.registrar.Take();
  scene.Forget();
  scene.alice.Do(DisposeRegistration{.registration = scene.registration});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("terminated client", "terminated registration"));
}

TEST(Register, TimesOutAfter32Seconds) {
  RegisterScene scene;
  scene.Register();
  scene.Wait(Seconds(31));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Wait(Seconds(1));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 408 local", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, SurvivesALongSleepWithOneRefresh) {
  RegisterScene scene;
  scene.Grant(scene.Register(600), 200);
  scene.Forget();
  scene.Sleep(Hours(5));
  scene.Wait(Seconds(1));
  EXPECT_THAT(scene.Ladder(), ElementsAre("alice -> REGISTER -> registrar"));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 0 refresh"));
  scene.Grant(scene.registrar.Take(), 200);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 200 refresh", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, IsUnregisteredWhenTheRegistrarGrantsNothing) {
  RegisterScene scene;
  scene.Grant(scene.Register(), 0);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 200", "terminated client"));
  scene.Forget();
  scene.Dispose();
}

TEST(Register, ReadsItsOwnContactAmongThoseOfOtherDevices) {
  RegisterScene scene;
  const Message request = scene.Register(600);
  scene.registrar.Answer(request, 200,
                         {.headers = {"Contact: <sip:alice@desk.invalid>;expires=3600, "
                                      "<sip:alice@alice.invalid;transport=ws>;q=0.5;expires=120",
                                      "Expires: 7200"}});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 120", "terminated client"));
  EXPECT_EQ(scene.alice.Last<RegistrationChanged>().contacts.size(), 2U);
  scene.Forget();
  scene.Dispose();
}

// RFC 5626 section 4.2.1 and RFC 5627 section 4.2: the parameters of a flow and an instance go out
// with every REGISTER, and what the registrar says of the binding comes in as it wrote it.
TEST(Register, KeepsTheParametersOfItsFlowAndHearsOfItsGruus) {
  OnePartyAndPeer scene;
  scene.alice.configuration.contact =
      "<sip:alice@alice.invalid;transport=ws>;reg-id=1;+sip.instance=\"<urn:uuid:1>\"";
  const RegistrationHandle registration = scene.alice.Registration(100);
  scene.alice.Do(Register{.registration = registration});
  const std::string own = StrCat(scene.alice.configuration.contact, ";expires=100");
  const std::string granted = StrCat(own, ";pub-gruu=\"sip:alice@a.invalid;gr=urn:uuid:1\"",
                                     ";temp-gruu=\"sip:tgruu.7hs==jd7@a.invalid;gr\"");
  for (int i = 0; i < 2; ++i) {
    const Message sent = scene.bob.Take();
    EXPECT_EQ(sent.Get(HeaderId::kContact), own);
    scene.bob.Answer(
        sent, 200,
        {.headers = {"Contact: <sip:other@other.invalid>;expires=5", StrCat("Contact: ", granted),
                     "Require: outbound", "Path: <sip:edge.invalid;lr;ob>"}});
    const auto& changed = scene.alice.Last<RegistrationChanged>();
    EXPECT_EQ(changed.expires, 100U);
    EXPECT_EQ(changed.contacts.back(), granted);
    scene.Wait(Seconds(90));
  }
  scene.Forget();
  scene.alice.Do(DisposeRegistration{.registration = registration});
  scene.Forget();
}

TEST(Register, RefusesWhatCouldNotBeRegistered) {
  RegisterScene scene;
  const CreateRegistration good = {.core = scene.alice.core,
                                   .registrar = "sip:registrar.invalid",
                                   .from = "<sip:alice@alice.invalid>;tag=a",
                                   .to = "<sip:alice@alice.invalid>",
                                   .call_id = "r",
                                   .contact = "<sip:alice@alice.invalid>"};
  CreateRegistration order = good;
  order.registrar = "registrar";
  EXPECT_EQ(scene.alice.Refused(order), StatusCode::kInvalidArgument);
  order = good;
  order.contact = "*";
  EXPECT_EQ(scene.alice.Refused(order), StatusCode::kInvalidArgument);
  order = good;
  order.from = "<sip:alice@alice.invalid>";
  EXPECT_EQ(scene.alice.Refused(order), StatusCode::kInvalidArgument);
  order = good;
  order.to = "";
  EXPECT_EQ(scene.alice.Refused(order), StatusCode::kInvalidArgument);
  order = good;
  order.call_id = "";
  EXPECT_EQ(scene.alice.Refused(order), StatusCode::kInvalidArgument);
  for (const uint32_t percent : {0U, 49U, 100U}) {
    order = good;
    order.refresh_percent = percent;
    EXPECT_EQ(scene.alice.Refused(order), StatusCode::kInvalidArgument);
  }
}

TEST(Register, SendsTheHeadersOfThisOrderAlsoWithItsRefreshes) {
  RegisterScene scene;
  scene.registration = scene.alice.Registration(600);
  scene.alice.Do(Register{.registration = scene.registration, .headers = Lines({"X-Mine: 1"})});
  scene.Grant(scene.registrar.Take(), 100);
  scene.Wait(Seconds(90));
  const Message refresh = scene.registrar.Take();
  EXPECT_EQ(refresh.Get("X-Mine").value_or(""), "1");
  scene.Grant(refresh, 100);
  scene.Forget();
  scene.Dispose();
}

}  // namespace
}  // namespace sip
