#ifndef SIPWASM_TESTS_SUPPORT_PARTY_H_
#define SIPWASM_TESTS_SUPPORT_PARTY_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "base/time.h"
#include "stack/stack.h"
#include "tests/support/event_reader.h"
#include "tests/support/trace.h"

namespace sip {

inline constexpr char kOffer[] = "v=0\r\ns=offer\r\n";
inline constexpr char kAnswer[] = "v=0\r\ns=answer\r\n";

// A party's or peer's end of the wire.
struct WireEnd {
  std::function<void(std::string)> send;  // puts a text on it
  std::function<void()> deliver;          // lets what is on it arrive
  std::function<Time()> clock;
};

// A user agent of a scene: a Stack with one core, and what it has told.
//
// Whatever a Stack does, the party checks: every text that it sends is a well-formed message, no
// event names a handle that has ended, and no deadline is left in the past.
class Party {
 public:
  Party(std::string name, CoreConfiguration configuration, WireEnd wire);

  // Orders. `Do` expects success; `Refused` expects a refusal and says which.
  Reply Do(const Command& command);
  StatusCode Refused(const Command& command);
  bool Try(const Command& command);  // whichever; true if it was carried out

  // What came in, and time that has come.
  void Receive(std::string_view text);
  void Advance();

  // Everything told since this was last asked, transmissions aside, one line for each event:
  //   request INVITE [in dialog] HaveRemoteOffer
  //   response 180 [local] [in dialog] HaveLocalOffer
  //   dialog Early HaveLocalOffer
  //   subscription NotifyWait 600 / Active 600 again 540 / Terminated again 0
  //   ack Stable / no ack / cancelled / response failed
  //   registered 600 [refresh] / unregistered 403 [refresh] [local] [retry 5]
  //   terminated client / server / dialog / registration / core
  //   log 1 sip.category: text / discarded: reason
  std::vector<std::string> Heard() { return std::move(heard_); }

  // The last of an event, for its fields.
  template <typename T>
  const T& Last() const {
    for (auto event = events_.rbegin(); event != events_.rend(); ++event) {
      if (const T* found = std::get_if<T>(&*event)) return *found;
    }
    static const T none;
    return none;
  }

  // The message of the last request or response told.
  const Message& LastRequest() const { return *Last<RequestReceived>().message; }
  const Message& LastResponse() const { return *Last<ResponseReceived>().message; }

  // Shorthand for commands. `target` is a name, as in "sip:bob@bob.invalid".
  ClientHandle Invite(std::string_view target, std::string body = kOffer,
                      std::vector<std::string> headers = {});
  ClientHandle Request(std::string_view method, std::string_view target, std::string body = "");
  SendRequest MakeRequest(std::string_view method, std::string_view target,
                          std::string body = "") const;
  Reply Answer(ServerHandle to, uint32_t status, std::string body = "",
               std::vector<std::string> headers = {});
  Reply Ack(ClientHandle invite, DialogHandle in, std::string body = "");
  ClientHandle InDialog(DialogHandle in, std::string_view method, std::string body = "",
                        std::vector<std::string> headers = {});
  ClientHandle Subscribe(std::string_view target, std::vector<std::string> headers);
  RegistrationHandle Registration(uint32_t expires = 600, uint32_t refresh_percent = 90);

  std::string address() const;  // "sip:alice@alice.invalid"

  const std::string name;
  CoreConfiguration configuration;
  Stack stack;
  CoreHandle core{};

  // What was told of last.
  ClientHandle client{};
  ServerHandle server{};
  DialogHandle dialog{};
  std::vector<std::string> sent;  // every text

  // Of the handles that are told of and have not ended: how many there are of a kind.
  size_t live(std::string_view kind) const { return handles(kind).size(); }
  std::vector<uint32_t> handles(std::string_view kind) const;
  std::string Living() const;  // "server 5, dialog 7"
  Trace& trace() { return trace_; }

 private:
  void Pump();
  void Hear(const Event& event);
  void CheckText(std::string_view text) const;
  void Note(uint32_t handle, std::string_view kind);
  void NoteReply(const Command& command, uint32_t handle);
  std::string Describe(const Event& event);

  WireEnd wire_;
  EventReader reader_;
  std::vector<Event> events_;
  std::vector<std::string> heard_;
  std::map<uint32_t, std::string> live_;
  std::map<uint32_t, std::string> ended_;
  int tags_ = 0;
  Trace trace_;
};

}  // namespace sip

#endif  // SIPWASM_TESTS_SUPPORT_PARTY_H_
