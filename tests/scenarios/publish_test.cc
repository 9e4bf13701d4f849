#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"
#include "tests/support/scene.h"

// RFC 3903 sections 4 and 5: the event publication agent.
namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// alice publishes at bob, who is her event state compositor.
struct PublishScene : OnePartyAndPeer {
  RegistrationHandle publication{};

  PublishScene() {
    publication = static_cast<RegistrationHandle>(
        alice
            .Do(CreateRegistration{.core = alice.core,
                                   .registrar = "sip:alice@bob.invalid",
                                   .from = "<sip:alice@bob.invalid>;tag=a",
                                   .to = "<sip:alice@bob.invalid>",
                                   .call_id = "publication",
                                   .event = "presence",
                                   .expires = 100,
                                   .refresh_percent = 90})
            .handle);
  }
  ~PublishScene() {
    alice.Do(DisposeRegistration{.registration = publication});
    Forget();
  }
  Reply Publish(std::string_view body) {
    return alice.Do(Register{
        .registration = publication, .body = body, .content_type = "application/pidf+xml"});
  }
  Reply Remove() { return alice.Do(Unregister{.registration = publication}); }

  // What bob has got: "PUBLISH 100 if one: body".
  std::string Asked() {
    const Message publish = bob.Take();
    last.emplace_back(bob.received.back());
    EXPECT_EQ(publish.method(), "PUBLISH");
    EXPECT_EQ(publish.Get(HeaderId::kEvent), "presence");
    EXPECT_FALSE(publish.Get(HeaderId::kContact).has_value());
    return StrCat("PUBLISH ", publish.Get(HeaderId::kExpires).value_or("-"), " if ",
                  publish.Get(HeaderId::kSipIfMatch).value_or("-"), ": ", publish.body());
  }
  void Grant(std::string_view tag, uint32_t expires = 100) {
    Answer(200, {StrCat("SIP-ETag: ", tag), StrCat("Expires: ", expires)});
  }
  void Answer(int status, std::vector<std::string> headers = {}) {
    bob.Answer(Read(last.back()), status, {.headers = std::move(headers)});
  }

  std::vector<std::string> last;
};

TEST(Publish, PublishesRefreshesModifiesAndRemoves) {
  PublishScene scene;
  scene.Publish("here");
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if -: here");
  scene.Grant("one");
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 100", "terminated client"));
  // Section 4.3: a refresh "MUST NOT have a body".
  scene.Wait(Seconds(90));
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if one: ");
  scene.Grant("two", 50);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 50 refresh", "terminated client"));
  scene.Wait(Seconds(45));
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if two: ");
  scene.Grant("three");
  scene.Publish("away");
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if three: away");
  scene.Grant("four");
  scene.Remove();
  EXPECT_EQ(scene.Asked(), "PUBLISH 0 if four: ");
  scene.Forget();
  scene.Answer(200, {"Expires: 0"});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 200", "terminated client"));
  scene.Wait(Hours(1));
  scene.Publish("back");
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if -: back");
  scene.Grant("five");
}

// Section 5: "the EPA SHOULD perform an initial publication".
TEST(Publish, BeginsAnewWhenItsStateIsGone) {
  PublishScene scene;
  scene.Publish("here");
  scene.Asked();
  scene.Grant("one");
  scene.Wait(Seconds(90));
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if one: ");
  scene.Forget();
  scene.Answer(412);
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if -: here");
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Grant("two");
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 100 refresh", "terminated client"));
  scene.Publish("away");
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if two: away");
  scene.Answer(412);
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if -: away");
  scene.Forget();
  scene.Answer(412);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("unregistered 412", "terminated client"));
}

TEST(Publish, AsksForLongerWhenTheIntervalIsTooBrief) {
  PublishScene scene;
  scene.Publish("here");
  scene.Asked();
  scene.Answer(423, {"Min-Expires: 300"});
  EXPECT_EQ(scene.Asked(), "PUBLISH 300 if -: here");
  scene.Grant("one", 300);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 300", "terminated client"));
}

// Section 4: "EPAs MUST NOT send a new PUBLISH request [...] until they have received a final
// response".
TEST(Publish, WaitsForTheAnswerToTheLastOne) {
  PublishScene scene;
  scene.Publish("one");
  EXPECT_EQ(scene.Publish("two").handle, 0U);
  EXPECT_EQ(scene.Publish("three").handle, 0U);
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if -: one");
  scene.Grant("one");
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if one: three");
  scene.Remove();
  scene.Grant("three");
  EXPECT_EQ(scene.Asked(), "PUBLISH 0 if three: ");
  scene.Publish("four");
  scene.Answer(200);
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if -: four");
  scene.Remove();
  scene.Answer(403);
  EXPECT_EQ(scene.alice.Refused(Register{}), StatusCode::kNotFound);
  scene.Forget();
  scene.Remove();
  EXPECT_THAT(scene.Ladder(), IsEmpty()) << "nothing is published";
}

// Of a request that the user has no handle of, nothing is told before its end.
TEST(Publish, KeepsProvisionalResponsesToWhatWaitedAndToRefreshes) {
  PublishScene scene;
  scene.Publish("one");
  scene.Publish("two");
  scene.Asked();
  scene.Answer(100);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("response 100 Initial"));
  scene.Grant("one");
  scene.Asked();
  scene.Answer(100);
  scene.Grant("two");
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 100", "terminated client",
                                               "registered 100", "terminated client"));
  scene.Wait(Seconds(90));
  scene.Asked();
  scene.Answer(100);
  scene.Grant("three");
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("registered 100 refresh", "terminated client"));
}

// Without an entity-tag there is nothing that could be refreshed: it is published once more.
TEST(Publish, WithoutEntityTagIsPublishedAgainWithItsBody) {
  PublishScene scene;
  scene.Publish("here");
  scene.Asked();
  scene.Answer(200, {"Expires: 100"});
  scene.Wait(Seconds(90));
  EXPECT_EQ(scene.Asked(), "PUBLISH 100 if -: here");
  scene.Answer(503);
  EXPECT_EQ(scene.alice.Heard().back(), "terminated client");
}

}  // namespace
}  // namespace sip
