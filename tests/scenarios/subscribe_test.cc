#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"
#include "tests/support/keep.h"
#include "tests/support/scene.h"

// RFC 6665 section 4.1: the subscriber.
namespace sip {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kPresence[] = "Event: presence";
constexpr char kBob[] = "sip:bob@bob.invalid";

// alice subscribes to bob, who notifies her.
struct SubscribeScene : OnePartyAndPeer {
  Message subscribe = Read(
      "SUBSCRIBE sip:x SIP/2.0\r\nVia: SIP/2.0/WS x\r\nFrom: <sip:x>;tag=x\r\nTo: <sip:x>\r\n"
      "Call-ID: x\r\nCSeq: 1 SUBSCRIBE\r\n\r\n");
  uint32_t number = 0;

  ClientHandle Subscribe(uint32_t expires = 600) {
    const ClientHandle client = alice.Subscribe(kBob, {kPresence, StrCat("Expires: ", expires)});
    subscribe = bob.Take();
    return client;
  }
  PeerRequest NotifyWith(std::string_view state, std::string_view tag = "peer") {
    PeerRequest notify = bob.WithinReceived(subscribe, "NOTIFY", ++number, std::string(tag));
    notify.headers = {kPresence, StrCat("Subscription-State: ", state)};
    return notify;
  }
  void Notify(std::string_view state, std::string_view tag = "peer") {
    bob.Ask(NotifyWith(state, tag));
  }
  // Answers what bob has asked; the status of what alice answers.
  int Answered() {
    if (!alice.handles("server").empty()) alice.Answer(alice.server, 200);
    return bob.Take().status();
  }
  void Grant(uint32_t expires) {
    bob.Answer(subscribe, 200, {.headers = {StrCat("Expires: ", expires)}});
  }
  // All of it: a subscription of ten minutes, which the core refreshes.
  void Establish() {
    Subscribe();
    Grant(600);
    Notify("active;expires=600");
    EXPECT_EQ(Answered(), 200);
    alice.Do(KeepSubscription{.dialog = alice.dialog, .refresh = true, .expires = 600});
    Forget();
  }
  // alice -> SUBSCRIBE -> bob, in the dialog
  ClientHandle Again(uint32_t expires) {
    const ClientHandle client =
        alice.InDialog(alice.dialog, "SUBSCRIBE", "", {kPresence, StrCat("Expires: ", expires)});
    subscribe = bob.Take();
    return client;
  }
  void End() {
    Notify("terminated;reason=noresource");
    EXPECT_EQ(Answered(), 200);
    EXPECT_EQ(alice.live("dialog"), 0U);
    Forget();
  }
};

TEST(Subscribe, HasNoDialogToSendInBeforeTheFirstNotify) {
  SubscribeScene scene;
  scene.Subscribe();
  const SendInDialog request = {.dialog = scene.alice.dialog, .method = "SUBSCRIBE"};
  EXPECT_EQ(scene.alice.Refused(request), StatusCode::kFailedPrecondition);
  scene.Grant(600);
  EXPECT_EQ(scene.alice.Refused(request), StatusCode::kFailedPrecondition);
  scene.Notify("active");
  EXPECT_EQ(scene.Answered(), 200);
  scene.Again(0);
  scene.Grant(0);
  scene.End();
}

TEST(Subscribe, IsGrantedNotifiedRefreshedAndEnded) {
  SubscribeScene scene;
  scene.Subscribe();
  EXPECT_EQ(*scene.subscribe.Get(HeaderId::kContact), "<sip:alice@alice.invalid;transport=ws>");
  scene.Grant(300);
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("subscription NotifyWait 600", "subscription NotifyWait 300",
                          "response 200 in dialog Closed", "terminated client"));
  scene.Notify("active");
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("subscription Active 300", "request NOTIFY in dialog Closed"));
  EXPECT_EQ(scene.alice.Last<DialogChanged>().remote_tag, "peer");
  EXPECT_EQ(scene.Answered(), 200);
  scene.alice.Do(KeepSubscription{.dialog = scene.alice.dialog, .refresh = true, .expires = 300});
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("terminated server", "subscription Active 300 again 270"));

  // alice -> SUBSCRIBE -> bob, by herself
  scene.Wait(Seconds(270));
  scene.subscribe = scene.bob.Take();
  EXPECT_EQ(scene.subscribe.request_uri(), "sip:bob@bob.invalid;transport=ws");
  EXPECT_EQ(*scene.subscribe.Get(HeaderId::kEvent), "presence");
  EXPECT_EQ(*scene.subscribe.Get(HeaderId::kExpires), "300");
  EXPECT_EQ(scene.subscribe.cseq().number, 2U);
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("subscription Active 30"));
  EXPECT_EQ(scene.alice.Last<DialogChanged>().client, scene.alice.Last<DialogChanged>().client);
  scene.bob.Answer(scene.subscribe, 200, {.headers = {"Expires: 300"}});
  EXPECT_THAT(scene.alice.Heard(), Contains("subscription Active 300 again 270"));
  scene.Notify("active;expires=300");
  EXPECT_EQ(scene.Answered(), 200);
  scene.Forget();

  // alice -> SUBSCRIBE, Expires: 0 -> bob
  scene.Again(0);
  scene.Grant(0);
  scene.Notify("terminated;reason=timeout");
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("subscription Active 0", "response 200 in dialog Closed",
                          "terminated client", "subscription Terminated",
                          "request NOTIFY in dialog Closed", "terminated dialog"));
  EXPECT_EQ(scene.Answered(), 200);
  scene.Forget();
}

// RFC 6665 section 4.1.3: "the client SHOULD wait at least the number of seconds specified by
// the "retry-after" parameter before attempting to re-subscribe."
TEST(Subscribe, WaitsUntilItIsTime) {
  SubscribeScene scene;
  SendRequest request = scene.alice.MakeRequest("SUBSCRIBE", kBob);
  request.headers = Lines({kPresence, "Expires: 600"});
  request.after = 60;
  const uint32_t client = scene.alice.Do(request).handle;
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("subscription NotifyWait 660"));
  scene.Wait(Milliseconds(59'999));
  EXPECT_THAT(scene.bob.received, IsEmpty());
  scene.Wait(Milliseconds(1));
  scene.subscribe = scene.bob.Take();
  // Timer N begins then (section 4.1.2.4).
  scene.Grant(600);
  scene.Wait(Milliseconds(31'999));
  EXPECT_EQ(scene.alice.live("dialog"), 1U);
  scene.Wait(Milliseconds(1));
  EXPECT_EQ(scene.alice.live("dialog"), 0U);
  EXPECT_EQ(scene.alice.Refused(DisposeRequest{.request = client}), StatusCode::kNotFound);
  scene.Forget();
}

TEST(Subscribe, IsNeverSentIfItIsDisposedOfBefore) {
  SubscribeScene scene;
  SendRequest request = scene.alice.MakeRequest("SUBSCRIBE", kBob);
  request.headers = Lines({kPresence});
  request.after = 60;
  const uint32_t client = scene.alice.Do(request).handle;
  scene.alice.Do(DisposeRequest{.request = client});
  scene.alice.Do(DisposeDialog{.dialog = scene.alice.dialog});
  scene.Wait(Seconds(200));
  EXPECT_THAT(scene.bob.received, IsEmpty());
  scene.Forget();
}

// RFC 6665 section 4.1.2.4: "the subscriber MUST be prepared to receive NOTIFY requests before the
// SUBSCRIBE transaction has completed."
TEST(Subscribe, MayBeNotifiedBeforeItsOwnResponseComes) {
  SubscribeScene scene;
  scene.Subscribe();
  scene.Notify("pending;expires=500");
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("subscription NotifyWait 600", "subscription Pending 500",
                          "request NOTIFY in dialog Closed"));
  EXPECT_EQ(scene.Answered(), 200);
  scene.Grant(400);
  EXPECT_THAT(scene.alice.Heard(), Contains("subscription Pending 400"));
  scene.End();
}

// RFC 6665 section 5.4.9: the first NOTIFY makes the dialog, the others are refused, and a 2xx of
// another fork is ignored.
TEST(Subscribe, ForkedIsTheDialogOfTheFirstNotify) {
  SubscribeScene scene;
  scene.Subscribe();
  scene.Notify("active;expires=600", "one");
  EXPECT_EQ(scene.Answered(), 200);
  scene.Notify("active;expires=600", "two");
  EXPECT_EQ(scene.Answered(), 481);
  scene.bob.Answer(scene.subscribe, 200,
                   {.tag = "two", .headers = {"Expires: 60", "Contact: <sip:two@two.invalid>"}});
  scene.Forget();
  scene.Again(600);
  EXPECT_EQ(scene.subscribe.request_uri(), "sip:bob@bob.invalid;transport=ws");
  scene.bob.Answer(scene.subscribe, 481);
  EXPECT_EQ(scene.alice.live("dialog"), 0U);
  scene.Forget();
}

TEST(Subscribe, IsOverWhenNoNotifyComesIn32Seconds) {
  SubscribeScene scene;
  scene.Subscribe();
  scene.Grant(600);
  scene.Forget();
  scene.Wait(Seconds(31));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Wait(Seconds(1));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("subscription Terminated", "terminated dialog"));
  scene.Notify("active");
  EXPECT_EQ(scene.Answered(), 481);
  scene.Forget();
}

// RFC 3261 section 8.1.3.1: that nobody answers is told once, as a 408.
TEST(Subscribe, UnansweredTimesOut) {
  SubscribeScene scene;
  scene.Subscribe();
  scene.alice.Heard();
  scene.Wait(Seconds(32));
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("terminated dialog", "response 408 local Closed", "terminated client"));
  scene.Forget();
}

TEST(Subscribe, RefusedMakesNoSubscription) {
  for (const int status : {302, 403, 423, 489, 503}) {
    SubscribeScene scene;
    scene.Subscribe();
    scene.bob.Answer(scene.subscribe, status, {.headers = {"Min-Expires: 7200"}});
    EXPECT_THAT(scene.alice.Heard(),
                ElementsAre("subscription NotifyWait 600", "terminated dialog",
                            StrCat("response ", status, " Closed"), "terminated client"));
    scene.Notify("active");
    EXPECT_EQ(scene.Answered(), 481);
    scene.Forget();
  }
}

// A challenge is answered within the same attempt, whose NOTIFY makes the dialog.
TEST(Subscribe, AnswersAChallenge) {
  SubscribeScene scene;
  scene.alice.configuration.username = "alice";
  scene.alice.configuration.password = "secret";
  scene.alice.Do(ConfigureCore{scene.alice.core, scene.alice.configuration});
  scene.Subscribe();
  scene.Wait(Seconds(20));
  scene.bob.Answer(scene.subscribe, 401,
                   {.headers = {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n\""}});
  scene.subscribe = scene.bob.Take();
  EXPECT_EQ(scene.subscribe.cseq().number, 2U);
  scene.Wait(Seconds(20));
  scene.Grant(600);
  scene.Notify("active;expires=600");
  EXPECT_EQ(scene.Answered(), 200);
  scene.Again(600);
  EXPECT_EQ(scene.subscribe.cseq().number, 3U);
  scene.bob.Answer(scene.subscribe, 404);
  scene.Forget();
}

// RFC 6665 section 4.1.3: what matches nothing is answered 481, and what cannot be read 489.
TEST(Subscribe, RefusesNotifiesThatAreNotItsOwn) {
  SubscribeScene scene;
  scene.Subscribe();
  const auto ask = [&](std::vector<std::string> headers) {
    PeerRequest notify = scene.NotifyWith("");
    notify.headers = std::move(headers);
    scene.bob.Ask(notify);
    return scene.Answered();
  };
  constexpr char kActive[] = "Subscription-State: active";
  for (const bool established : {false, true}) {
    EXPECT_EQ(ask({kActive}), 489);
    EXPECT_EQ(ask({"Event: presence;id=7", kActive}), established ? 489 : 481);
    EXPECT_EQ(ask({"Event: dialog", kActive}), established ? 489 : 481);
    EXPECT_EQ(ask({kPresence}), 489);
    if (!established) {
      EXPECT_EQ(ask({kPresence, kActive}), 200);
    }
  }
  scene.number = 0;
  EXPECT_EQ(ask({kPresence, kActive}), 500) << "out of order";
  scene.number = 100;
  scene.bob.Answer(scene.subscribe, 200, {.headers = {"Expires: 600"}});
  scene.End();
}

// RFC 3261 section 12.2.2: there is a dialog, though no session.
TEST(Subscribe, OptionsInItsDialogAreAnswered) {
  SubscribeScene scene;
  scene.Establish();
  scene.bob.Ask(scene.bob.WithinReceived(scene.subscribe, "OPTIONS", ++scene.number));
  EXPECT_EQ(scene.bob.Take().status(), 200);
  scene.bob.Ask(scene.bob.WithinReceived(scene.subscribe, "BYE", ++scene.number));
  EXPECT_EQ(scene.bob.Take().status(), 481);
  scene.Forget();
  scene.End();
}

// RFC 6665 section 4.4.1: a first NOTIFY that says "terminated" makes no dialog.
TEST(Subscribe, ForASingleLookIsOverWithItsFirstNotify) {
  SubscribeScene scene;
  scene.Subscribe(/*expires=*/0);
  scene.Grant(0);
  scene.Notify("terminated;reason=timeout");
  EXPECT_THAT(
      scene.alice.Heard(),
      ElementsAre("subscription NotifyWait 0", "subscription NotifyWait 0",
                  "response 200 in dialog Closed", "terminated client", "subscription Terminated",
                  "request NOTIFY in dialog Closed", "terminated dialog"));
  EXPECT_EQ(scene.Answered(), 200);
  scene.Forget();
}

TEST(Subscribe, TerminatedSaysWhenToSubscribeAnew) {
  SubscribeScene scene;
  scene.Establish();
  scene.Notify("terminated;reason=probation;retry-after=5");
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("subscription Terminated again 5", "request NOTIFY in dialog Closed",
                          "terminated dialog"));
  EXPECT_EQ(scene.Answered(), 200);
  scene.Forget();
}

// RFC 6665 section 4.1.2.2.
TEST(Subscribe, EndsWithARefreshThatIsRefusedForGood) {
  for (const int status : {404, 405, 410, 416, 480, 481, 485, 489, 501, 604}) {
    SubscribeScene scene;
    scene.Establish();
    scene.Wait(Seconds(540));
    scene.bob.Answer(scene.bob.Take(), status);
    EXPECT_EQ(scene.alice.live("dialog"), 0U) << status;
    scene.Forget();
  }
}

TEST(Subscribe, OutlivesARefreshThatFailsOtherwise) {
  for (const int status : {408, 423, 486, 503}) {
    SubscribeScene scene;
    scene.Establish();
    scene.Wait(Seconds(540));
    scene.bob.Answer(scene.bob.Take(), status);
    scene.Wait(Seconds(59));
    EXPECT_EQ(scene.alice.live("dialog"), 1U) << status;
    scene.Forget();
    scene.Wait(Seconds(33));
    EXPECT_THAT(scene.alice.Heard(), ElementsAre("subscription Terminated", "terminated dialog"));
    scene.Forget();
  }
}

// "Re-subscription times out": no NOTIFY within Timer N.
TEST(Subscribe, IsOverWhenARefreshBringsNoNotify) {
  SubscribeScene scene;
  scene.Establish();
  scene.Again(600);
  scene.Grant(600);
  scene.Forget();
  scene.Wait(Seconds(31));
  EXPECT_THAT(scene.alice.Heard(), IsEmpty());
  scene.Wait(Seconds(1));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("subscription Terminated", "terminated dialog"));
  scene.Forget();
}

TEST(Subscribe, NotRefreshedIsOverWhenItsTimeIsUp) {
  SubscribeScene scene;
  scene.Establish();
  scene.alice.Do(KeepSubscription{.dialog = scene.alice.dialog, .refresh = false, .expires = 60});
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("subscription Active 60"));
  scene.Wait(Seconds(60 + 32));
  EXPECT_THAT(scene.alice.Heard(), ElementsAre("subscription Terminated", "terminated dialog"));
  scene.Forget();
}

// A lost connection fails the refresh, not the subscription.
TEST(Subscribe, OutlivesALostConnection) {
  SubscribeScene scene;
  scene.Establish();
  scene.Again(600);
  scene.alice.Do(SetConnected{.core = scene.alice.core, .connected = false});
  EXPECT_THAT(scene.alice.Heard(),
              ElementsAre("response 503 local in dialog Closed", "terminated client"));
  scene.alice.Do(SetConnected{.core = scene.alice.core, .connected = true});
  scene.End();
}

TEST(Subscribe, WithoutEventOrDialogIsRefused) {
  SubscribeScene scene;
  SendRequest request = scene.alice.MakeRequest("SUBSCRIBE", kBob);
  EXPECT_EQ(scene.alice.Refused(request), StatusCode::kInvalidArgument);
  scene.Forget();
  scene.Subscribe();
  EXPECT_EQ(scene.alice.Refused(SendInDialog{.dialog = scene.alice.dialog, .method = "SUBSCRIBE"}),
            StatusCode::kFailedPrecondition);
  const std::string line = StrCat(kPresence, "\r\n");
  EXPECT_EQ(scene.alice.Refused(SendInDialog{.dialog = scene.alice.dialog,
                                             .method = "SUBSCRIBE",
                                             .headers = {.text = line, .count = 1}}),
            StatusCode::kFailedPrecondition)
      << "it has no remote side yet";
  EXPECT_EQ(scene.alice.Refused(KeepSubscription{}), StatusCode::kNotFound);
  scene.alice.Do(DisposeDialog{.dialog = scene.alice.dialog});
  EXPECT_EQ(scene.alice.live("dialog"), 0U);
  scene.Grant(600);
  scene.Notify("active");
  EXPECT_EQ(scene.Answered(), 481) << "nobody waits any more";
  scene.Forget();
}

// RFC 6665 section 4.5.2: a subscription in the dialog of a call, which outlives it.
TEST(Subscribe, InACallIsAUsageOfItsDialog) {
  SubscribeScene scene;
  const Message invite = scene.bob.Ask({.method = "INVITE", .body = kOffer});
  scene.alice.Answer(scene.alice.server, 200, kAnswer);
  const Message answer = scene.bob.Take();
  scene.bob.Ack(invite, answer);
  scene.Again(600);
  scene.Grant(600);
  const auto within = [&](std::string method, std::vector<std::string> headers = {}) {
    static uint32_t number = 1;
    PeerRequest request = scene.bob.WithinSent(invite, answer, std::move(method), ++number);
    request.headers = std::move(headers);
    scene.bob.Ask(request);
    return scene.Answered();
  };
  EXPECT_EQ(within("NOTIFY", {kPresence, "Subscription-State: active"}), 200);
  EXPECT_THAT(scene.alice.Heard(), Contains("subscription Active 600"));
  EXPECT_EQ(within("NOTIFY", {"Event: other"}), 200) << "of a session its user sees every NOTIFY";
  EXPECT_EQ(within("BYE"), 200);
  EXPECT_EQ(scene.alice.live("dialog"), 1U);
  EXPECT_EQ(within("NOTIFY", {kPresence, "Subscription-State: terminated"}), 200);
  EXPECT_EQ(scene.alice.live("dialog"), 0U);
  scene.Forget();
}

// A core that is disposed of leaves nothing behind, waiting or established.
TEST(Subscribe, GoesWithItsCore) {
  for (const bool established : {false, true}) {
    SubscribeScene scene;
    scene.Subscribe();
    if (established) {
      scene.Notify("active");
      EXPECT_EQ(scene.Answered(), 200);
    }
    scene.alice.Do(DisposeCore{.core = scene.alice.core});
    EXPECT_EQ(scene.alice.stack.handle_count(), 0U);
    scene.Forget();
    scene.alice.core =
        static_cast<CoreHandle>(scene.alice.Do(CreateCore{scene.alice.configuration}).handle);
  }
}

}  // namespace
}  // namespace sip
