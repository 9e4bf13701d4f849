#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "base/entropy.h"
#include "base/str_cat.h"
#include "tests/support/keep.h"
#include "tests/support/scene.h"

// Two user agents whose users do anything at any time, over a wire that loses, delays and doubles
// messages. Nothing is expected of what happens but what a Party always checks; and that in the
// end, when both have let go of everything, nothing is left. SIP_CHAOS_SEEDS=N plays more of them.
namespace sip {
namespace {

class Chaos : public Scene {
 public:
  Chaos(const std::string& seed, const std::string& transport)
      : entropy_(seed),
        alice_(AddParty("alice", Configuration(transport))),
        bob_(AddParty("bob", Configuration(transport))) {
    if (transport == "UDP") {
      loses = [this](const Packet&) { return Chance(15); };
      duplicates = [this](const Packet&) { return Chance(10); };
      delay = Milliseconds(5);
    } else {
      loses = [this](const Packet&) { return !connected_; };
    }
  }

  void Play(int steps) {
    for (int i = 0; i < steps; ++i) {
      Party& party = Chance(50) ? alice_ : bob_;
      Act(party);
      if (delay != ZeroDuration()) delay = Milliseconds(Number(700));
      Wait(Milliseconds(Chance(5) ? Number(40'000) : Number(800)));
    }
  }

  void LetGo() {
    if (!connected_) Connect(true);
    Wait(Minutes(5));
    for (Party* party : {&alice_, &bob_}) {
      // An INVITE that nobody answers lasts as long as both sides want it to.
      for (const uint32_t handle : party->handles("server")) {
        party->Try(Respond{.server = static_cast<ServerHandle>(handle), .status = 480});
      }
      for (const uint32_t handle : party->handles("client")) {
        party->Try(Cancel{.client = static_cast<ClientHandle>(handle)});
      }
      for (const uint32_t handle : party->handles("registration")) {
        party->Do(DisposeRegistration{.registration = static_cast<RegistrationHandle>(handle)});
      }
      for (const uint32_t handle : party->handles("dialog")) {
        party->Try(DisposeDialog{.dialog = static_cast<DialogHandle>(handle)});
      }
    }
    Wait(Minutes(5));
    Forget();
  }

 private:
  static CoreConfiguration Configuration(const std::string& transport) {
    return {.transport = transport,
            .allow = "ACK,BYE,CANCEL,INFO,INVITE,MESSAGE,NOTIFY,OPTIONS,REFER,REGISTER",
            .username = "user",
            .password = "secret"};
  }

  uint32_t Number(uint32_t below) { return entropy_.Between(0, below - 1); }
  bool Chance(uint32_t percent) { return Number(100) < percent; }
  template <typename T>
  T OneOf(const std::vector<T>& values) {
    return values.empty() ? T{} : values[Number(static_cast<uint32_t>(values.size()))];
  }
  template <typename Handle>
  Handle Any(Party& party, const char* kind) {
    return static_cast<Handle>(OneOf(party.handles(kind)));
  }

  void Connect(bool connected) {
    connected_ = connected;
    for (Party* party : {&alice_, &bob_}) {
      party->Do(SetConnected{.core = party->core, .connected = connected});
    }
  }

  void Act(Party& party) {
    Party& other = &party == &alice_ ? bob_ : alice_;
    switch (Number(16)) {
      case 0:
      case 1:
        party.Invite(other.address(), Chance(80) ? kOffer : "");
        break;
      case 2:
      case 3:
      case 4:
      case 5:
        Answer(party);
        break;
      case 6:
      case 7:
      case 8:
        Acknowledge(party);
        break;
      case 9:
        party.Try(Cancel{.client = Any<ClientHandle>(party, "client")});
        break;
      case 10:
      case 11:
      case 12:
        SendInDialog(party);
        break;
      case 13:
        Send(party, other);
        break;
      case 14:
        Register(party);
        break;
      default:
        Disturb(party);
    }
  }

  void Answer(Party& party) {
    const auto server = Any<ServerHandle>(party, "server");
    if (Chance(20)) {
      party.Try(NotifyReferrer{.server = server, .status = OneOf<uint32_t>({180, 200, 486})});
      return;
    }
    Respond respond = {.server = server,
                       .status = OneOf<uint32_t>({100, 180, 180, 183, 200, 200, 200, 200, 200, 202,
                                                  302, 401, 407, 408, 481, 486, 491, 500, 603})};
    if (respond.status == 401) {
      respond.headers =
          Lines({StrCat("WWW-Authenticate: Digest realm=\"r\", nonce=\"", Number(9), "\"")});
    } else if (respond.status == 407) {
      respond.headers = Lines({"Proxy-Authenticate: Digest realm=\"p\", nonce=\"n\", stale=true"});
    } else if (respond.status == 183 || respond.status == 200) {
      respond.body = kAnswer;
      respond.content_type = "application/sdp";
    }
    party.Try(respond);
  }

  void Acknowledge(Party& party) {
    const auto& response = party.Last<ResponseReceived>();
    const bool answer = response.message != nullptr && response.message->status() == 200;
    sip::Acknowledge acknowledge = {
        .dialog = answer ? response.dialog : Any<DialogHandle>(party, "dialog"),
        .client = answer ? response.client : Any<ClientHandle>(party, "client")};
    if (response.signaling == Signaling::kHaveRemoteOffer) {
      acknowledge.body = kAnswer;
      acknowledge.content_type = "application/sdp";
    }
    party.Try(acknowledge);
  }

  void SendInDialog(Party& party) {
    sip::SendInDialog order = {
        .dialog = Any<DialogHandle>(party, "dialog"),
        .method = OneOf<std::string_view>(
            {"BYE", "INVITE", "INVITE", "INFO", "MESSAGE", "REFER", "OPTIONS", "NOTIFY", "FOO"})};
    if (order.method == "INVITE" && Chance(80)) {
      order.body = kOffer;
      order.content_type = "application/sdp";
    }
    if (order.method == "REFER") order.headers = Lines({"Refer-To: <sip:carol@carol.invalid>"});
    party.Try(order);
  }

  void Send(Party& party, Party& other) {
    SendRequest order =
        party.MakeRequest(OneOf<std::string>({"MESSAGE", "OPTIONS", "REFER"}), other.address());
    order.call_id = Keep(StrCat("chaos-", entropy_.Token(8)));
    if (order.method == "REFER") order.headers = Lines({"Refer-To: <sip:carol@carol.invalid>"});
    party.Try(order);
  }

  void Register(Party& party) {
    const auto registration = Any<RegistrationHandle>(party, "registration");
    if (!IsSet(registration)) {
      party.Registration(60 + Number(600), 50 + Number(50));
    } else if (Chance(60)) {
      party.Try(sip::Register{.registration = registration});
    } else if (Chance(60)) {
      party.Try(Unregister{.registration = registration, .all = Chance(50)});
    } else {
      party.Try(DisposeRegistration{.registration = registration});
    }
  }

  void Disturb(Party& party) {
    if (Chance(40)) {
      Connect(!connected_);
    } else if (Chance(30)) {
      party.Try(DisposeDialog{.dialog = Any<DialogHandle>(party, "dialog")});
    } else if (Chance(30)) {
      party.Try(
          DisposeRequest{.request = static_cast<uint32_t>(Any<ClientHandle>(party, "client"))});
    } else if (Chance(50)) {
      Sleep(Seconds(Number(100)));
    } else {
      party.Try(ReportSendFailure{
          .core = party.core, .origin = OneOf(party.handles(Chance(50) ? "client" : "server"))});
    }
  }

  Entropy entropy_;
  Party& alice_;
  Party& bob_;
  bool connected_ = true;
};

int Seeds() {
  const char* seeds = std::getenv("SIP_CHAOS_SEEDS");
  return seeds == nullptr ? 20 : std::atoi(seeds);
}

class ChaosTest : public testing::TestWithParam<const char*> {};

TEST_P(ChaosTest, LeavesNothingBehindWhateverUsersDo) {
  for (int i = 0; i < Seeds() && !HasFailure(); ++i) {
    SCOPED_TRACE(StrCat("seed ", i));
    Chaos scene(StrCat("chaos ", i), GetParam());
    scene.Play(150);
    scene.LetGo();
  }
}

INSTANTIATE_TEST_SUITE_P(Over, ChaosTest, testing::Values("WS", "UDP"));

}  // namespace
}  // namespace sip
